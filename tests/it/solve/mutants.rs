//! Instance files that were damaged or made to hurt: never a panic, always a clear finding.

use super::worlds::{everything, toy};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::collection::vec;
use proptest::prelude::{
    ProptestConfig, TestCaseError, any, prop_assert, prop_assert_eq, proptest,
};
use std::io::Write;
use zhuchao::planning::format::{
    NOT_JSON, PACKING_BROKEN, Packing, TOO_LARGE, UNPACKED_LIMIT, read_instance, write_instance,
};
use zhuchao::solve::codes;
use zhuchao::solve::finding::Code;
use zhuchao::solve::instance::Instance;

/// Largest damaged file that is read.
const LIMIT: u64 = 1 << 20;

fn plain(instance: &Instance) -> Vec<u8> {
    write_instance(instance, Packing::Plain).expect("writes")
}

/// Refused with findings that say something, or read so that writing it gives it back.
fn answered(bytes: &[u8]) -> Result<(), TestCaseError> {
    match read_instance(bytes, LIMIT) {
        Err(found) => {
            prop_assert!(!found.is_empty());
            let clear = |c: Code| c.0.starts_with("SV1") && c.0.len() == 5;
            prop_assert!(
                found.iter().all(|f| clear(f.code) && !f.text.is_empty()),
                "{:?}",
                found
            );
        }
        Ok(instance) => {
            for packing in [Packing::Plain, Packing::Gzip] {
                let written = write_instance(&instance, packing).expect("writes");
                let read = read_instance(&written, UNPACKED_LIMIT);
                prop_assert_eq!(read.as_ref(), Ok(&instance));
            }
        }
    }
    Ok(())
}

/// One damage: kind, place and material.
type Damage = (u8, usize, usize, u8);

/// Tokens that replace a number or stand anywhere.
const TOKENS: [&str; 20] = [
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "1e400",
    "-0",
    "0.5",
    "1e2",
    "18446744073709551616",
    "4294967295",
    "4294967296",
    "-1",
    "null",
    "true",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "[]",
    "{}",
    "[[[[[[[[",
    "\"capacity\":1,",
];

fn damage(bytes: &mut Vec<u8>, (kind, from, to, byte): Damage) {
    if bytes.is_empty() {
        return;
    }
    let (a, b) = (from % bytes.len(), to % bytes.len());
    let (a, b) = (a.min(b), a.max(b));
    match kind % 7 {
        0 => bytes[a] ^= 1 << (byte % 8),
        1 => bytes.truncate(a),
        2 => drop(bytes.drain(a..b.min(a + 40))),
        3 => bytes.insert(a, byte),
        // A piece twice: keys, rows and brackets repeat.
        4 => {
            let piece = bytes[a..b].to_vec();
            bytes.splice(b..b, piece);
        }
        5 => drop(bytes.splice(a..a, TOKENS[usize::from(byte) % TOKENS.len()].bytes())),
        _ => number(bytes, a, TOKENS[usize::from(byte) % TOKENS.len()]),
    }
}

/// Replaces the first number behind a place.
fn number(bytes: &mut Vec<u8>, from: usize, token: &str) {
    let digit = |b: &u8| b.is_ascii_digit();
    if let Some(start) = bytes[from..].iter().position(digit).map(|n| from + n) {
        let size = bytes[start..].iter().take_while(|b| digit(b)).count();
        bytes.splice(start..start + size, token.bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_text_is_answered(
        instance in everything(),
        damages in vec(any::<Damage>(), 1..4),
    ) {
        let mut bytes = plain(&instance);
        damages.into_iter().for_each(|d| damage(&mut bytes, d));
        answered(&bytes)?;
    }

    #[test]
    fn damaged_gzip_is_answered(damages in vec(any::<Damage>(), 1..4)) {
        let mut bytes = write_instance(&toy(), Packing::Gzip).expect("writes");
        damages.into_iter().for_each(|d| damage(&mut bytes, d));
        answered(&bytes)?;
    }
}

fn codes_of(text: &[u8]) -> Vec<Code> {
    let found = read_instance(text, UNPACKED_LIMIT)
        .err()
        .unwrap_or_default();
    found.into_iter().map(|f| f.code).collect()
}

/// A file with these resources, agents and whatever else.
fn file(resources: &str, agents: &str, more: &str) -> String {
    format!(
        r#"{{"format":"zhuchao-instance/1","name":"m","sense":"max",{more}"resources":[{resources}],"agents":[{agents}]}}"#
    )
}

#[test]
fn nesting_a_million_deep() {
    let depth = 1_000_000;
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let (opened, closed) = (open.repeat(depth), close.repeat(depth));
        for text in [opened.clone(), format!("{opened}1{closed}")] {
            assert_eq!(codes_of(text.as_bytes()), [NOT_JSON]);
            assert_eq!(codes_of(file(&text, "", "").as_bytes()), [NOT_JSON]);
        }
        // A key that nobody knows is skipped however deep it is.
        let more = format!(r#""more":{opened}1{closed},"#);
        assert_eq!(codes_of(file("", "", &more).as_bytes()), []);
        let more = format!(r#""more":{opened}"#);
        assert_eq!(codes_of(file("", "", &more).as_bytes()), [NOT_JSON]);
    }
}

#[test]
fn keys_that_repeat() {
    let twice = r#"{"id":"r","capacity":1,"capacity":2}"#;
    assert_eq!(codes_of(file(twice, "", "").as_bytes()), [NOT_JSON]);
    assert_eq!(
        codes_of(file("", "", r#""name":"n","#).as_bytes()),
        [NOT_JSON]
    );
    assert_eq!(
        codes_of(file("", "", r#""more":1,"more":2,"#).as_bytes()),
        []
    );
}

#[test]
fn numbers_out_of_range() {
    for (n, fine) in [
        ("9223372036854775807", true),
        ("9223372036854775808", false),
        ("1e3", false),
        ("1.0", false),
        ("1e400", false),
        ("-0", false),
        ("00", false),
        ("NaN", false),
        (&"9".repeat(1_000_000), false),
    ] {
        let row = format!(r#"{{"id":"r","capacity":{n}}}"#);
        let expected: &[Code] = if fine { &[] } else { &[NOT_JSON] };
        assert_eq!(codes_of(file(&row, "", "").as_bytes()), expected, "{n:.30}");
    }
}

#[test]
fn a_million_options_in_one_agent() {
    let option = |k: usize, r: usize| {
        format!(
            r#"{{"id":"{k}","value":{k},"site":0,"uses":[[{r},{}]]}}"#,
            k + 1
        )
    };
    let agents = |r: usize| {
        let options: Vec<String> = (0..1_000_000).map(|k| option(k, r)).collect();
        format!(r#"{{"id":"a","options":[{}]}}"#, options.join(","))
    };
    let resources = r#"{"id":"r","capacity":7}"#;
    let text = file(resources, &agents(0), "");
    let read = read_instance(text.as_bytes(), UNPACKED_LIMIT).expect("sound");
    assert_eq!(read.agents()[0].options.len(), 1_000_000);
    assert_eq!(
        read_instance(&plain(&read), UNPACKED_LIMIT).as_ref(),
        Ok(&read)
    );
    let found = codes_of(file(resources, &agents(9), "").as_bytes());
    assert!(!found.is_empty() && found.iter().all(|c| *c == codes::USE_UNKNOWN));
}

#[test]
fn packed_zeros_stop_at_the_limit() {
    let mut packer = GzEncoder::new(Vec::new(), Compression::new(6));
    for _ in 0..64 {
        packer
            .write_all(&vec![b' '; 1 << 20])
            .expect("writes to memory");
    }
    let bomb = packer.finish().expect("writes to memory");
    let code = |bytes: &[u8]| read_instance(bytes, LIMIT).err().map(|f| f[0].code);
    assert_eq!(code(&bomb), Some(TOO_LARGE));
    assert_eq!(code(&bomb[..100]), Some(PACKING_BROKEN));
    assert_eq!(code(&[0x1f, 0x8b]), Some(PACKING_BROKEN));
}
