//! Money as tables.
//!
//! Not here: how files are written (`acts::tables`).

use super::{C, DISTRICT, FEN, FIRM, ID, STAGE, table};
use crate::acts::tables::Kind::{Day, Flag, Integer, Moment, Text};
use crate::acts::tables::{Column, Table};

const CONTRACT: Column = C::shown("contract", "合同", "Contract", Text);
const YEAR: Column = C::shown("year", "年度", "Year", Integer);
const ITEM: Column = C::shown("item", "项目", "Item", Text);

/// Released quotas with what stands in their accounts.
pub const QUOTAS: Table = table(
    "quotas",
    &[
        ID,
        DISTRICT,
        YEAR,
        ITEM,
        C::shown("amount", "额度（元）", "Quota (yuan)", FEN),
        C::shown("mode", "超额处理", "When exceeded", Text),
        C::shown("balance.free", "可用（元）", "Free (yuan)", FEN),
        C::shown("balance.committed", "已承诺（元）", "Committed (yuan)", FEN),
        C::shown("balance.payable", "应付（元）", "Payable (yuan)", FEN),
        C::shown("balance.paid", "已付（元）", "Paid (yuan)", FEN),
        C::shown(
            "balance.clawed_back",
            "追回（元）",
            "Clawed back (yuan)",
            FEN,
        ),
        C::shown("balance.entries", "分录数", "Entries", Integer),
        C::shown("source", "依据", "Basis", Text),
    ],
);

/// Changes of a quota.
pub const QUOTA_CHANGES: Table = Table {
    name: "quota-changes",
    items: "changes",
    columns: &[
        ID,
        DISTRICT,
        YEAR,
        ITEM,
        C::shown("before", "原额度（元）", "Before (yuan)", FEN),
        C::shown("amount", "新额度（元）", "Amount (yuan)", FEN),
        C::shown("mode", "超额处理", "When exceeded", Text),
        C::shown("basis", "依据", "Basis", Text),
        STAGE,
        C::shown("proposed.at", "提出时间", "Proposed at", Moment),
        C::shown("proposed.by", "提出人", "Proposed by", Text),
        C::shown("decided.at", "决定时间", "Decided at", Moment),
        C::shown("decided.by", "决定人", "Decided by", Text),
    ],
};

/// The ledger of a quota.
pub const QUOTA_ENTRIES: Table = table(
    "quota-entries",
    &[
        ID,
        C::shown("seq", "序号", "Number", Integer),
        C::shown("kind", "类型", "Kind", Text),
        C::shown("amount", "金额（元）", "Amount (yuan)", FEN),
        C::shown("from", "转出账户", "From", Text),
        C::shown("to", "转入账户", "To", Text),
        CONTRACT,
        C::shown("claim", "申领", "Claim", Text),
        C::shown("at", "时间", "At", Moment),
        C::shown("by", "经办人", "By", Text),
    ],
);

/// What stood in the accounts of a quota at the end of each month.
pub const BURN_DOWN: Table = Table {
    name: "burn-down",
    items: "months",
    columns: &[
        C::shown("month", "月份", "Month", Text),
        C::shown("balance.granted", "额度（元）", "Granted (yuan)", FEN),
        C::shown("balance.free", "可用（元）", "Free (yuan)", FEN),
        C::shown("balance.committed", "已承诺（元）", "Committed (yuan)", FEN),
        C::shown("balance.payable", "应付（元）", "Payable (yuan)", FEN),
        C::shown("balance.paid", "已付（元）", "Paid (yuan)", FEN),
        C::shown(
            "balance.clawed_back",
            "追回（元）",
            "Clawed back (yuan)",
            FEN,
        ),
    ],
};

/// Commitments of subsidy to contracts, by year.
pub const COMMITMENTS: Table = table(
    "commitments",
    &[
        CONTRACT,
        FIRM,
        DISTRICT,
        YEAR,
        ITEM,
        C::shown("wanted", "应补（元）", "By the rules (yuan)", FEN),
        C::shown("bound", "已承诺（元）", "Bound (yuan)", FEN),
        C::shown("left", "未申领（元）", "Left (yuan)", FEN),
        STAGE,
    ],
);

/// Claims of subsidy.
pub const CLAIMS: Table = table(
    "claims",
    &[
        ID,
        CONTRACT,
        FIRM,
        DISTRICT,
        YEAR,
        ITEM,
        STAGE,
        C::shown("months", "月份", "Months", Text),
        C::shown("rent_paid", "已付租金（元）", "Rent paid (yuan)", FEN),
        C::shown("other_aid", "其他资助（元）", "Other aid (yuan)", FEN),
        C::shown("computed", "核算（元）", "Computed (yuan)", FEN),
        C::shown("reviewed", "审定（元）", "Reviewed (yuan)", FEN),
        C::shown("awarded", "核定（元）", "Awarded (yuan)", FEN),
        C::shown("paid", "已付（元）", "Paid (yuan)", FEN),
        C::shown("recalled", "追回（元）", "Recalled (yuan)", FEN),
        C::shown("paid_on", "支付日期", "Paid on", Day),
        C::shown("publicity_until", "公示截止", "Publicity until", Day),
        C::shown("settlement", "结算", "Settlement", Text),
        C::shown("batch", "支付批次", "Batch", Text),
        C::shown("policy", "政策版本", "Policy", Text),
        C::shown("submitted.at", "提交时间", "Submitted at", Moment),
    ],
);

/// Settlements of a year.
pub const SETTLEMENTS: Table = table(
    "settlements",
    &[
        ID,
        DISTRICT,
        YEAR,
        ITEM,
        STAGE,
        C::shown("whole_year", "全年", "Whole year", Flag),
        C::shown("proposed.at", "提出时间", "Proposed at", Moment),
        C::shown("proposed.by", "提出人", "Proposed by", Text),
        C::shown("decided.at", "决定时间", "Decided at", Moment),
        C::shown("decided.by", "决定人", "Decided by", Text),
    ],
);

/// The sheet of a settlement: each claim, its exact share, the cut and the fen of the remainder.
pub const SHEET: Table = Table {
    name: "settlement-sheet",
    items: "sheet.rows",
    columns: &[
        C::shown("claim", "申领", "Claim", Text),
        FIRM,
        C::shown("computed", "核算（元）", "Computed (yuan)", FEN),
        C::shown("floor", "向下取整（元）", "Rounded down (yuan)", FEN),
        C::shown("remainder", "余数", "Remainder", Integer),
        C::shown(
            "remainder_rank",
            "余数位次",
            "Rank of the remainder",
            Integer,
        ),
        C::shown("rank", "位次", "Rank", Integer),
        C::shown("awarded", "核定（元）", "Awarded (yuan)", FEN),
        C::shown("cut", "削减（元）", "Cut (yuan)", FEN),
    ],
};

/// Batches of payments.
pub const BATCHES: Table = table(
    "payment-batches",
    &[
        ID,
        DISTRICT,
        YEAR,
        ITEM,
        STAGE,
        C::shown("count", "笔数", "Payments", Integer),
        C::shown("total", "合计（元）", "Total (yuan)", FEN),
        C::shown("made.at", "编制时间", "Made at", Moment),
        C::shown("exported.at", "导出时间", "Exported at", Moment),
        C::shown("digest", "摘要", "Digest", Text),
        C::shown("confirmed.at", "确认时间", "Confirmed at", Moment),
        C::shown("paid_on", "支付日期", "Paid on", Day),
        C::shown("reference", "凭证号", "Reference", Text),
    ],
);

/// The payments of a batch.
pub const PAYMENTS: Table = Table {
    name: "payments",
    items: "payments",
    columns: &[
        C::shown("claim", "申领", "Claim", Text),
        FIRM,
        C::shown("amount", "金额（元）", "Amount (yuan)", FEN),
        C::shown("failed", "失败原因", "Failed", Text),
    ],
};

/// Claw-backs.
pub const CLAW_BACKS: Table = table(
    "claw-backs",
    &[
        ID,
        C::shown("claim", "申领", "Claim", Text),
        CONTRACT,
        FIRM,
        DISTRICT,
        YEAR,
        ITEM,
        STAGE,
        C::shown("amount", "应退（元）", "Amount (yuan)", FEN),
        C::shown("owed", "未退（元）", "Owed (yuan)", FEN),
        C::shown("deadline", "期限", "Deadline", Day),
        C::shown("late", "逾期", "Late", Flag),
        C::shown("ordered.at", "责令时间", "Ordered at", Moment),
        C::shown("ordered.reason", "理由", "Reason", Text),
        C::shown("waived.at", "免除时间", "Waived at", Moment),
    ],
);

/// What the rules leave a firm under each of its contracts.
pub const ALLOWANCES: Table = Table {
    name: "allowances",
    items: "contracts",
    columns: &[
        CONTRACT,
        DISTRICT,
        YEAR,
        C::shown("rule", "规则", "Rule", Text),
        C::shown("months_used", "已用月数", "Months used", Integer),
        C::shown("months_left", "剩余月数", "Months left", Integer),
        C::shown("year_used", "本年已补（元）", "Used this year (yuan)", FEN),
        C::shown("year_left", "本年剩余（元）", "Left this year (yuan)", FEN),
        C::shown("total_used", "累计已补（元）", "Used in all (yuan)", FEN),
        C::shown("total_left", "累计剩余（元）", "Left in all (yuan)", FEN),
    ],
};
