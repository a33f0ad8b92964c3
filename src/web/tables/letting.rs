//! Letting as tables: offers, their homes, contracts, the waiting list. What an award grants of several units or
//! types of apartments stands in one cell, in the same order in each column.
//!
//! Not here: how files are written (`acts::tables`).

use super::{APPLICATION, AREA, C, DISTRICT, FEN, FIRM, ID, PLAN, POINTS, ROUND, STAGE, table};
use crate::acts::tables::Kind::{Day, Flag, Integer, Moment, Text};
use crate::acts::tables::{Column, Table};

const SITE: Column = C::shown("award.site", "场址", "Site", Text);
const LET_UNITS: Column = C::shown("award.units.unit", "单元", "Units", Text);
const LET_AREAS: Column = C::shown("award.units.area", "面积（㎡）", "Areas (m2)", AREA);
const LET_RENTS: Column = C::shown(
    "award.units.monthly_rent",
    "月租金（元）",
    "Rents per month (yuan)",
    FEN,
);
const HOMES_GIVEN: Column = C::shown("award.apartments.apartment", "公寓", "Apartments", Text);
const HOMES_COUNT: Column = C::shown(
    "award.apartments.count",
    "公寓套数",
    "Number of apartments",
    Integer,
);

/// Offers.
pub const OFFERS: Table = table(
    "offers",
    &[
        ID,
        APPLICATION,
        FIRM,
        ROUND,
        DISTRICT,
        STAGE,
        SITE,
        LET_UNITS,
        LET_AREAS,
        LET_RENTS,
        HOMES_GIVEN,
        HOMES_COUNT,
        C::shown("award.subsidy.district", "补贴区", "Subsidy district", Text),
        C::shown("award.subsidy.awarded", "补贴（元）", "Subsidy (yuan)", FEN),
        C::shown("expires_on", "接受期限", "Expires on", Day),
        C::shown("made_at", "发出时间", "Made at", Moment),
        C::shown("answered.at", "答复时间", "Answered at", Moment),
        C::shown("answered.reason", "理由", "Reason", Text),
        PLAN,
    ],
);

/// Homes of an offer.
pub const HOMES: Table = table(
    "homes",
    &[
        C::shown("kind", "家庭类型", "Household", Text),
        C::shown("asked", "申请套数", "Asked", Integer),
        C::shown("given", "配住房型", "Given", Text),
        C::shown("without", "未配住", "Without", Integer),
        C::shown(
            "cash",
            "货币补贴（元/月）",
            "Money instead, yuan a month",
            FEN,
        ),
        C::shown("may_choose", "可选货币", "May choose the money", Flag),
    ],
);

/// Contracts.
pub const CONTRACTS: Table = table(
    "contracts",
    &[
        ID,
        C::shown("number", "合同号", "Number", Text),
        APPLICATION,
        FIRM,
        ROUND,
        DISTRICT,
        STAGE,
        SITE,
        LET_UNITS,
        LET_AREAS,
        C::shown("monthly_rent", "月租金（元）", "Rent per month (yuan)", FEN),
        HOMES_GIVEN,
        HOMES_COUNT,
        C::shown("award.subsidy.awarded", "补贴（元）", "Subsidy (yuan)", FEN),
        C::shown("from", "起", "From", Day),
        C::shown("until", "止（不含）", "Until (exclusive)", Day),
        C::shown("free_months", "免租期（月）", "Rent-free months", Integer),
        C::shown("signed.at", "签订时间", "Signed at", Moment),
        C::shown("renews", "续签自", "Renews", Text),
        C::shown("breach.number", "违约通知", "Notice of breach", Text),
        C::shown("ended.at", "终止时间", "Ended at", Moment),
        C::shown("ended.reason", "终止理由", "Reason of the end", Text),
    ],
);

/// The waiting list of a round.
pub const WAITING: Table = table(
    "waiting",
    &[
        C::shown("position", "位次", "Position", Integer),
        APPLICATION,
        FIRM,
        C::shown("points", "分值", "Points", POINTS),
        C::shown("why", "未安排原因", "Why it waits", Text),
    ],
);
