//! Names and credit codes that cannot be taken for real ones: names begin with （模拟） or
//! (synthetic), codes carry the division 000000, which is never issued.
//!
//! Organisation code by GB 11714: eight characters and `C9 = 11 - sum(w x c) mod 11` with weights
//! 3 7 9 10 5 8 4 2 (10 is X, 11 is 0). Credit code by GB 32100 (`domain::credit_code`).
//!
//! Not here: trades (`trades`).

use crate::domain::credit_code::{CreditCode, check_character};
use crate::domain::fault::Fault;

/// Invented core names, Chinese and Pinyin.
pub const CORES: [(&str, &str); 24] = [
    ("云帆", "Yunfan"),
    ("星舟", "Xingzhou"),
    ("岭南", "Lingnan"),
    ("拓维", "Tuowei"),
    ("明衡", "Mingheng"),
    ("启元", "Qiyuan"),
    ("禾木", "Hemu"),
    ("青砚", "Qingyan"),
    ("远舟", "Yuanzhou"),
    ("澄观", "Chengguan"),
    ("木棉", "Mumian"),
    ("凌波", "Lingbo"),
    ("弘理", "Hongli"),
    ("知行", "Zhixing"),
    ("海石", "Haishi"),
    ("宏图", "Hongtu"),
    ("鲲羽", "Kunyu"),
    ("朗峰", "Langfeng"),
    ("衡山", "Hengshan"),
    ("晨曦", "Chenxi"),
    ("南枝", "Nanzhi"),
    ("听涛", "Tingtao"),
    ("望野", "Wangye"),
    ("栖梧", "Qiwu"),
];

const ORGANISATION: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The credit code of firm `number`, at most 999999.
pub fn credit_code(number: u32) -> Result<CreditCode, Fault> {
    let body = format!("YG{number:06}");
    let head = format!("91000000{body}{}", organisation_check(&body));
    // Without a check character the code is refused where it is read.
    let last = check_character(&head).map(String::from).unwrap_or_default();
    format!("{head}{last}").parse()
}

fn organisation_check(body: &str) -> char {
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let digits = body.chars().map(|c| ORGANISATION.find(c).unwrap_or(0));
    let sum: usize = digits
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        n => char::from_digit(u32::try_from(n).unwrap_or(0), 10).unwrap_or('0'),
    }
}
