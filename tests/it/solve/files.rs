//! The two formats: what is written is read back, and bad files are named, not crashed on.

use super::worlds::{solved, toy, with_lodging};
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};
use zhuchao::planning::format::{
    NOT_JSON, NOT_WRITABLE, OTHER_FORMAT, PACKING_BROKEN, Packing, SITE_NOT_INTEGER,
    STATUS_UNKNOWN, TOO_LARGE, TRACE_SHAPE, UNPACKED_LIMIT, read_instance, read_outcome,
    write_instance, write_outcome,
};
use zhuchao::solve::codes;
use zhuchao::solve::finding::{Code, Finding};
use zhuchao::solve::outcome::{BlockProof, Held, Number, Outcome};

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(instance in with_lodging()) {
        let outcome = solved(&instance);
        for packing in [Packing::Plain, Packing::Gzip] {
            let bytes = write_instance(&instance, packing).expect("writes");
            let read = read_instance(&bytes, UNPACKED_LIMIT);
            prop_assert_eq!(read.as_ref(), Ok(&instance));
            prop_assert_eq!(&bytes, &write_instance(&instance, packing).expect("writes"));
            let bytes = write_outcome(&outcome, packing).expect("writes");
            let read = read_outcome(&bytes, UNPACKED_LIMIT);
            prop_assert_eq!(read.as_ref(), Ok(&outcome));
        }
    }
}

/// Every key of our own is written, and read back as it was.
#[test]
fn our_own_keys_are_read_back() {
    let outcome = Outcome {
        proof: Some(BlockProof {
            packed: vec![1, 0],
            agents: vec![0.1, -2.5, 0.0],
            resources: vec![0.0, 0.0, 1e-9, 0.25, 3.0],
            held: vec![Held {
                packed: vec![0, 1],
                agents: vec![2],
            }],
            bound: 37,
        }),
        conflict: Some(vec!["b".to_owned(), "筑巢".to_owned()]),
        ..solved(&toy())
    };
    let bytes = write_outcome(&outcome, Packing::Plain).expect("writes");
    let read = read_outcome(&bytes, UNPACKED_LIMIT);
    assert_eq!(read.as_ref(), Ok(&outcome));
    let again = write_outcome(&outcome, Packing::Plain).expect("writes");
    assert_eq!(bytes, again);
    let plain = Outcome {
        proof: None,
        conflict: None,
        ..outcome
    };
    let bytes = write_outcome(&plain, Packing::Plain).expect("writes");
    let text = String::from_utf8(bytes).expect("text");
    assert!(!text.contains("proof") && !text.contains("conflict"));
}

#[test]
fn certificates_of_the_wrong_shape_are_named() {
    let with = |row: &str| NOTHING.replace("\"seconds\"", &format!("\"proof\":{row},\"seconds\""));
    let good = r#"{"packed":[0],"agents":[],"resources":[0.5],"bound":3,"by":"them"}"#;
    assert_eq!(outcome(&with(good)), []);
    assert_eq!(outcome(&with("null")), []);
    assert_eq!(outcome(&with(&good.replace("[0]", "[-1]"))), [NOT_JSON]);
    assert_eq!(outcome(&with(&good.replace("[0]", "[0.5]"))), [NOT_JSON]);
    assert_eq!(
        outcome(&with(&good.replace("\"bound\":3,", ""))),
        [NOT_JSON]
    );
}

fn codes_of<T>(result: Result<T, Vec<Finding>>) -> Vec<Code> {
    result
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|f| f.code)
        .collect()
}

fn instance(text: &str) -> Vec<Code> {
    codes_of(read_instance(text.as_bytes(), UNPACKED_LIMIT))
}

fn outcome(text: &str) -> Vec<Code> {
    codes_of(read_outcome(text.as_bytes(), UNPACKED_LIMIT))
}

const EMPTY: &str =
    r#"{"format":"zhuchao-instance/1","name":"e","sense":"max","resources":[],"agents":[]}"#;
const NOTHING: &str = r#"{"format":"zhuchao-outcome/1","instance":"e","status":"unknown","value":null,"seconds":0,"choices":[]}"#;

#[test]
fn short_files_are_read() {
    assert_eq!(instance(EMPTY), []);
    assert_eq!(outcome(NOTHING), []);
    assert_eq!(
        outcome(&NOTHING.replace("\"seconds\"", "\"weather\":[{}],\"seconds\"")),
        []
    );
    let real = NOTHING.replace("\"value\"", "\"upper_bound\":1.5,\"value\"");
    let read = read_outcome(real.as_bytes(), UNPACKED_LIMIT).expect("reads");
    assert_eq!(read.upper_bound, Some(Number::Real(1.5)));
}

#[test]
fn bad_instance_files_are_named() {
    for text in [
        "",
        "nonsense",
        "[1,2]",
        "{\"format\":1}",
        "\u{0}",
        &"[".repeat(100_000),
    ] {
        assert_eq!(instance(text), [NOT_JSON], "{text:.20}");
        assert_eq!(outcome(text), [NOT_JSON], "{text:.20}");
    }
    assert_eq!(instance(&EMPTY.replace("max", "min")), [OTHER_FORMAT]);
    assert_eq!(
        instance(&EMPTY.replace("instance/1", "instance/2")),
        [OTHER_FORMAT]
    );
    let real = EMPTY.replace(
        "\"resources\":[]",
        r#""resources":[{"id":"r","capacity":1.5}]"#,
    );
    assert_eq!(instance(&real), [NOT_JSON]);
}

#[test]
fn faults_of_file_and_instance_come_together() {
    let agents = r#""agents":[{"id":"a","options":[{"id":"o","value":1,"site":1,"uses":[[-1,5]]}],
        "lodging":[{"need":1,"value":1,"pools":{"01":[0],"x":[0],"2":[-7]}}]}]"#;
    let text = EMPTY.replace("\"agents\":[]", agents);
    let expected = [
        SITE_NOT_INTEGER,
        SITE_NOT_INTEGER,
        codes::USE_UNKNOWN,
        codes::POOL_UNKNOWN,
    ];
    assert_eq!(instance(&text), expected);
}

#[test]
fn bad_outcome_files_are_named() {
    assert_eq!(
        outcome(&NOTHING.replace("unknown", "perfect")),
        [STATUS_UNKNOWN]
    );
    assert_eq!(
        outcome(&NOTHING.replace("outcome/1", "outcome/9")),
        [OTHER_FORMAT]
    );
    let trace =
        |rows: &str| NOTHING.replace("\"seconds\"", &format!("\"trace\":{rows},\"seconds\""));
    assert_eq!(outcome(&trace("[[1,2]]")), [TRACE_SHAPE]);
    assert_eq!(outcome(&trace("[[null,2,3]]")), [TRACE_SHAPE]);
    assert_eq!(outcome(&trace("[[1,null,3.5]]")), []);
}

#[test]
fn packed_files_are_limited_and_broken_ones_named() {
    let packed = write_instance(&toy(), Packing::Gzip).expect("writes");
    assert_eq!(codes_of(read_instance(&packed, 10)), [TOO_LARGE]);
    assert_eq!(codes_of(read_instance(EMPTY.as_bytes(), 10)), [TOO_LARGE]);
    assert_eq!(
        codes_of(read_instance(&packed[..packed.len() / 2], UNPACKED_LIMIT)),
        [PACKING_BROKEN]
    );
    assert_eq!(Packing::for_name("x.json.gz"), Packing::Gzip);
    assert_eq!(Packing::for_name("x.json"), Packing::Plain);
}

#[test]
fn numbers_without_a_json_word_are_not_written() {
    let mut outcome = solved(&toy());
    outcome.seconds = f64::INFINITY;
    let code = write_outcome(&outcome, Packing::Plain)
        .err()
        .map(|f| f.code);
    assert_eq!(code, Some(NOT_WRITABLE));
    let mut outcome = solved(&toy());
    outcome.proof = Some(BlockProof {
        packed: vec![],
        agents: vec![f64::NAN],
        resources: vec![],
        held: vec![],
        bound: 0,
    });
    let code = write_outcome(&outcome, Packing::Plain)
        .err()
        .map(|f| f.code);
    assert_eq!(code, Some(NOT_WRITABLE));
}

/// The codes provoked above, by the text that outsiders rely on.
#[test]
fn the_codes_of_files_are_stable() {
    let codes = [OTHER_FORMAT, PACKING_BROKEN, TOO_LARGE, NOT_WRITABLE];
    assert_eq!(codes.map(|c| c.0), ["SV152", "SV156", "SV157", "SV158"]);
}
