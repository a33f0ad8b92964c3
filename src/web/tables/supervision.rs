//! Supervision as tables.
//!
//! Not here: how files are written (`acts::tables`).

use super::{AREA, C, DISTRICT, FEN, FIRM, ID, STAGE, table};
use crate::acts::tables::Kind::{Day, Flag, Integer, Moment, Text};
use crate::acts::tables::{Column, Table};

const CONTRACT: Column = C::shown("contract", "合同", "Contract", Text);
const FINDING: Column = C::shown("finding", "问题", "Finding", Text);

/// Statements of a quarter.
pub const STATEMENTS: Table = table(
    "statements",
    &[
        ID,
        CONTRACT,
        FIRM,
        DISTRICT,
        C::shown("quarter", "季度", "Quarter", Text),
        STAGE,
        C::shown("figures.headcount", "人数", "Headcount", Integer),
        C::shown("figures.revenue", "营业收入（元）", "Revenue (yuan)", FEN),
        C::shown(
            "figures.rd_expense",
            "研发费用（元）",
            "R&D expense (yuan)",
            FEN,
        ),
        C::shown(
            "figures.tax",
            "区内纳税（元）",
            "Tax in the district (yuan)",
            FEN,
        ),
        C::shown(
            "figures.area_in_use",
            "自用面积（平方米）",
            "Area in own use (m2)",
            AREA,
        ),
        C::shown(
            "figures.area_sublet",
            "转租面积（平方米）",
            "Area sublet (m2)",
            AREA,
        ),
        C::shown(
            "figures.apartments_used",
            "使用公寓",
            "Apartments used",
            Integer,
        ),
        C::shown("note", "备注", "Note", Text),
        C::shown("filed.at", "报送时间", "Filed at", Moment),
        C::shown("reviewed.at", "审核时间", "Reviewed at", Moment),
    ],
);

/// Statements that are due.
pub const OWED: Table = table(
    "statements-due",
    &[
        CONTRACT,
        FIRM,
        DISTRICT,
        C::shown("quarter", "季度", "Quarter", Text),
        C::shown("due", "期限", "Due", Day),
        C::shown("overdue", "逾期", "Overdue", Flag),
        STAGE,
    ],
);

/// Terms of performance of a contract, by year.
pub const TERMS: Table = table(
    "terms",
    &[
        C::shown("year", "年度", "Year", Integer),
        C::shown("name", "指标", "Term", Text),
        C::shown("least", "下限", "Least", Integer),
        C::shown("filed", "报送值", "Filed", Integer),
        C::shown("outcome", "结果", "Outcome", Text),
    ],
);

/// Draws of contracts to be inspected.
pub const DRAWS: Table = table(
    "draws",
    &[
        ID,
        DISTRICT,
        C::shown("title", "名称", "Title", Text),
        STAGE,
        C::shown("method", "随机值来源", "Method", Text),
        C::shown("known_from", "可知日期", "Known from", Day),
        C::shown("announced_at", "公告时间", "Announced at", Moment),
        C::shown("frozen_at", "冻结时间", "Frozen at", Moment),
        C::shown("list_digest", "名单摘要", "Digest of the list", Text),
        C::shown("count", "抽取数", "Count", Integer),
        C::shown("drawn_at", "抽取时间", "Drawn at", Moment),
        C::shown("value", "随机值", "Value", Text),
        C::shown("seed", "种子", "Seed", Text),
    ],
);

/// The list of a draw.
pub const DRAW_LIST: Table = Table {
    name: "draw-list",
    items: "list",
    columns: &[
        CONTRACT,
        C::shown("weight", "权重", "Weight", Integer),
        C::shown("officers", "可检查人员（序号）", "Officers (numbers)", Text),
    ],
};

/// Why each contract of a draw weighs what it weighs.
pub const DRAW_RISKS: Table = Table {
    name: "draw-risks",
    items: "risks",
    columns: &[
        CONTRACT,
        C::shown("weight", "权重", "Weight", Integer),
        C::shown("base", "基础", "Base", Integer),
        C::shown("overdue", "逾期报送", "Overdue", Integer),
        C::shown("terms_missed", "未达指标", "Terms missed", Integer),
        C::shown("findings", "既往问题", "Findings", Integer),
        C::shown(
            "subsidy_millions",
            "补贴（百万元）",
            "Subsidy (million yuan)",
            Integer,
        ),
    ],
};

/// Visits.
pub const VISITS: Table = table(
    "visits",
    &[
        ID,
        CONTRACT,
        FIRM,
        DISTRICT,
        C::shown("on", "日期", "On", Day),
        C::shown("draw", "抽查", "Draw", Text),
        C::shown("inspectors", "检查人员", "Inspectors", Text),
        C::shown("seen", "所见", "Seen", Text),
        C::shown("findings", "问题数", "Findings", Integer),
        C::shown("entered.at", "录入时间", "Entered at", Moment),
    ],
);

/// Findings.
pub const FINDINGS: Table = table(
    "findings",
    &[
        ID,
        C::shown("visit", "检查", "Visit", Text),
        CONTRACT,
        FIRM,
        DISTRICT,
        STAGE,
        C::shown("kind", "类型", "Kind", Text),
        C::shown("clause", "条款", "Clause", Text),
        C::shown("text", "问题", "Finding", Text),
        C::shown("reply_due", "回复期限", "Reply due", Day),
        C::shown("reply.at", "回复时间", "Replied at", Moment),
        C::shown("decided.at", "决定时间", "Decided at", Moment),
        C::shown("mended.at", "整改时间", "Mended at", Moment),
        C::shown("closed.at", "办结时间", "Closed at", Moment),
    ],
);

/// Bans from applying.
pub const BANS: Table = table(
    "bans",
    &[
        ID,
        FIRM,
        DISTRICT,
        FINDING,
        C::shown("from", "起", "From", Day),
        C::shown("until", "止", "Until", Day),
        STAGE,
        C::shown("ordered.at", "决定时间", "Ordered at", Moment),
        C::shown("ordered.reason", "理由", "Reason", Text),
        C::shown("lifted.at", "解除时间", "Lifted at", Moment),
    ],
);

/// Suspensions of subsidy.
pub const SUSPENSIONS: Table = table(
    "suspensions",
    &[
        ID,
        CONTRACT,
        FIRM,
        DISTRICT,
        FINDING,
        C::shown("from", "起", "From", Day),
        C::shown("until", "止", "Until", Day),
        STAGE,
        C::shown("ordered.at", "决定时间", "Ordered at", Moment),
        C::shown("ordered.reason", "理由", "Reason", Text),
        C::shown("lifted.at", "解除时间", "Lifted at", Moment),
    ],
);

/// Proposals to claw back.
pub const PROPOSALS: Table = table(
    "claw-back-proposals",
    &[
        ID,
        CONTRACT,
        FIRM,
        DISTRICT,
        FINDING,
        C::shown("from", "起", "From", Day),
        STAGE,
        C::shown("proposed.at", "提出时间", "Proposed at", Moment),
        C::shown("proposed.reason", "理由", "Reason", Text),
        C::shown("settled.at", "处理时间", "Settled at", Moment),
        C::shown("settled.reason", "处理结果", "Outcome", Text),
    ],
);
