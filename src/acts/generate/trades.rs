//! Trades of section M (GB/T 4754-2017) with the space they need, the fields they may work in and
//! their share among 120 firms; the shares are those of the demonstration round, assumed.
//!
//! Not here: which codes policy supports.

use crate::domain::space::Use;

/// A trade.
#[derive(Debug, Clone, Copy)]
pub struct Trade {
    /// GB/T 4754 class.
    pub code: &'static str,
    /// Chinese name.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// Space it needs.
    pub use_: Use,
    /// Fields it may work in.
    pub fields: &'static [&'static str],
    /// Firms of 120.
    pub share: u64,
}

const fn trade(
    code: &'static str,
    (zh, en): (&'static str, &'static str),
    use_: Use,
    fields: &'static [&'static str],
    share: u64,
) -> Trade {
    Trade {
        code,
        zh,
        en,
        use_,
        fields,
        share,
    }
}

const RD: Use = Use::RdOffice;

/// All trades.
pub const ALL: [Trade; 16] = [
    trade(
        "7484",
        ("工程设计", "Engineering Design"),
        RD,
        &["K1", "K2", "K3"],
        15,
    ),
    trade(
        "7481",
        ("工程咨询管理", "Engineering Management"),
        RD,
        &["K2", "K3"],
        7,
    ),
    trade(
        "7320",
        ("工程技术研究", "Engineering Research"),
        RD,
        &["K3", "K4", "K5"],
        15,
    ),
    trade(
        "7310",
        ("智能计算研究", "Computing Research"),
        RD,
        &["K3", "K4"],
        10,
    ),
    trade(
        "7491",
        ("工业设计", "Industrial Design"),
        RD,
        &["K4", "K6"],
        7,
    ),
    trade(
        "7449",
        ("测绘信息技术", "Survey and Mapping"),
        RD,
        &["K3"],
        6,
    ),
    trade(
        "7515",
        ("新能源技术", "New Energy Technology"),
        RD,
        &["K1", "K5", "K6"],
        9,
    ),
    trade(
        "7514",
        ("节能技术", "Energy Saving Technology"),
        RD,
        &["K1", "K2", "K5"],
        6,
    ),
    trade(
        "7530",
        ("科技转移服务", "Technology Transfer"),
        RD,
        &["K4", "K5"],
        6,
    ),
    trade(
        "7520",
        ("知识产权服务", "Intellectual Property"),
        Use::Office,
        &[],
        9,
    ),
    trade("7455", ("认证服务", "Certification"), RD, &["K2", "K6"], 4),
    trade(
        "7452",
        ("检测技术", "Testing Technology"),
        Use::Factory,
        &["K2", "K5", "K6"],
        9,
    ),
    trade(
        "7453",
        ("计量技术", "Metrology"),
        Use::Factory,
        &["K5", "K6"],
        3,
    ),
    trade(
        "7461",
        ("环境监测", "Environmental Monitoring"),
        Use::Laboratory,
        &["K2"],
        4,
    ),
    trade(
        "7340",
        ("医学研究", "Medical Research"),
        Use::Laboratory,
        &["K4"],
        7,
    ),
    trade(
        "7512",
        ("生物技术", "Biotechnology"),
        Use::Laboratory,
        &[],
        3,
    ),
];

/// The trade of a card of a deck that holds each trade as often as its share.
pub fn dealt(card: u64) -> Trade {
    let mut left = card;
    let found = ALL.iter().find(|t| {
        let here = left < t.share;
        left = left.saturating_sub(t.share);
        here
    });
    found.copied().unwrap_or(ALL[0])
}

/// The space that an industry code needs; R&D offices for codes that are not listed.
pub fn use_of(code: &str) -> Use {
    let found = ALL.iter().find(|t| t.code == code);
    found.map_or(RD, |t| t.use_)
}
