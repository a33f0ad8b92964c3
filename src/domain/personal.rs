//! Personal data (个人信息): the one table of where names of natural persons and ways to reach them stand, and how
//! each is masked. What leaves the house is masked unless the viewer is the person's own side or the officer
//! who handles the matter; seeing it whole is an act of its own.
//!
//! Not in the table, because it is not kept: numbers of identity cards (only a digest), phones of accounts.
//! Free text (reasons, notes, grounds) may say anything; its fields ask for no personal data.
//!
//! Not here: who may see what (`acts`), how long it is kept (`policy::retention`).

/// How a field is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mask {
    /// The first character stays.
    Name,
    /// Nothing stays but that something was there.
    Whole,
    /// The last four characters stay.
    Number,
}

/// A field with personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The noun that has it.
    pub noun: &'static str,
    /// Last parts of its path; `*` is any place of a list.
    pub path: &'static [&'static str],
    /// How it is masked.
    pub mask: Mask,
    /// What it is.
    pub what: &'static str,
}

const fn field(
    noun: &'static str,
    path: &'static [&'static str],
    mask: Mask,
    what: &'static str,
) -> Field {
    Field {
        noun,
        path,
        mask,
        what,
    }
}

/// THE table.
pub const FIELDS: &[Field] = &[
    field(
        "profile",
        &["controllers", "*", "name"],
        Mask::Name,
        "实际控制人姓名",
    ),
    field(
        "profile",
        &["controllers", "*", "code_digest"],
        Mask::Whole,
        "证件号码摘要",
    ),
    field("objection", &["objector", "name"], Mask::Name, "异议人姓名"),
    field(
        "objection",
        &["objector", "contact"],
        Mask::Whole,
        "异议人联系方式",
    ),
    field("account", &["person", "name"], Mask::Name, "用户姓名"),
    field("account", &["person", "login"], Mask::Whole, "登录名"),
    field(
        "case",
        &["evidence", "*", "label"],
        Mask::Whole,
        "材料文件名",
    ),
    field(
        "bank account",
        &["bank_account", "holder"],
        Mask::Name,
        "户名",
    ),
    field(
        "bank account",
        &["bank_account", "number"],
        Mask::Number,
        "银行账号",
    ),
];

/// A text, masked.
pub fn mask(how: Mask, text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    match how {
        _ if chars.is_empty() => String::new(),
        Mask::Name => format!("{}**", chars[0]),
        Mask::Whole => "***".to_owned(),
        Mask::Number => {
            let from = chars.len().saturating_sub(4).max(chars.len() / 2);
            format!("****{}", chars[from..].iter().collect::<String>())
        }
    }
}

/// How a field at a path is masked; `None` when it is no personal data.
pub fn at(path: &[&str]) -> Option<Mask> {
    let number = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let fits = |f: &&Field| {
        f.path.len() <= path.len()
            && (f.path.iter().rev().zip(path.iter().rev()))
                .all(|(want, is)| want == is || (*want == "*" && number(is)))
    };
    FIELDS.iter().find(fits).map(|f| f.mask)
}

/// True when the value at a path such as `controllers.0.name` is personal.
pub fn is_personal(path: &str) -> bool {
    at(&path.split('.').collect::<Vec<_>>()).is_some()
}
