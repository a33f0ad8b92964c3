//! Notices as PDF: only where the program has a press, with a font of this machine that has Chinese signs.

use zhuchao::acts::papers::Notice;
use zhuchao::acts::papers::press::{NO_PRESS, Press, SIGN_MISSING};

/// Fonts that a machine may have; the first one that is there is used.
const FONTS: [&str; 3] = [
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc#2",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc#2",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
];

/// A press; `None`, said aloud, on a machine without such a font.
fn press() -> Option<Press> {
    let there = |named: &&&str| {
        let path = named.split('#').next().unwrap_or_default();
        std::path::Path::new(path).exists()
    };
    let found = FONTS.iter().find(there);
    if found.is_none() {
        println!("no font with Chinese signs here: no PDF is tried");
    }
    found.map(|named| Press::open(named).expect("a press"))
}

fn notice(rows: usize) -> Notice {
    let row = |n: usize| {
        [
            n.to_string(),
            format!(
                "（模拟）深圳市第{n}号工程设计研究院有限公司 Synthetic Engineering Consultants"
            ),
            "南山智园崇文园区 2栋".to_owned(),
            "1,250.00".to_owned(),
            "3".to_owned(),
            "360,000.00".to_owned(),
        ]
    };
    Notice {
        number: "演示〔2026〕1号".to_owned(),
        title: "2026年第一批创新型产业用房配置结果公示".to_owned(),
        text: vec![
            "现将配置结果予以公示。有异议者请在公示期内实名提出，如崔禛、喆、犇。".to_owned(),
        ],
        heads: ["序号", "企业", "园区", "面积", "公寓", "补贴"].map(str::to_owned),
        rows: (1..=rows).map(row).collect(),
        checks: vec![format!("方案摘要 {}", "0123456789abcdef".repeat(4))],
        office: "主管部门".to_owned(),
        seal: "（盖章处）".to_owned(),
        day: "2026-02-13".to_owned(),
    }
}

fn pages(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    text.matches("/Type/Page").count() - text.matches("/Type/Pages").count()
        + text.matches("/Type /Page").count()
        - text.matches("/Type /Pages").count()
}

#[test]
fn a_notice_is_printed_on_as_many_pages_as_it_needs_and_always_the_same() {
    let Some(press) = press() else { return };
    let short = press.printed(&notice(0)).expect("a file");
    assert!(short.starts_with(b"%PDF-"));
    assert_eq!(pages(&short), 1);
    let long = press.printed(&notice(120)).expect("a file");
    assert!(pages(&long) > 4, "{}", pages(&long));
    assert_eq!(long, press.printed(&notice(120)).expect("again"));
    assert!(
        long.len() < 400_000,
        "only the signs that are used go along: {}",
        long.len()
    );
    if let Ok(path) = std::env::var("ZHUCHAO_TEST_WRITE_PDF") {
        std::fs::write(path, &long).expect("written");
    }
}

#[test]
fn a_sign_that_the_font_lacks_is_refused_and_never_left_out() {
    let Some(press) = press() else { return };
    let mut odd = notice(1);
    odd.rows[0][1].push('\u{1f6f8}');
    let fault = press.printed(&odd).expect_err("it is refused");
    assert_eq!(fault.code, SIGN_MISSING);
    let none = Press::open(&format!(
        "{}#99",
        FONTS[0].split('#').next().unwrap_or_default()
    ));
    assert_eq!(none.err().map(|f| f.code), Some(NO_PRESS));
}
