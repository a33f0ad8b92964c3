//! The lists of the API as tables: one constant for each list. Another list becomes a table by one
//! more constant here and `.table(&tables::NAME)` at its route; filters, powers and masking are those of
//! the list, because the file is made of the JSON that the caller would see.
//!
//! A key is a path in the JSON of an item.
//!
//! Not here: how files are written (`acts::tables`), when one is sent (`listing`).

mod letting;
mod money;
mod policies;
mod record;
mod stock;
mod supervision;

pub use letting::*;
pub use money::*;
pub use policies::*;
pub use record::*;
pub use stock::*;
pub use supervision::*;

use crate::acts::tables::Kind::{Day, Flag, Integer, Moment, Scaled, Text};
use crate::acts::tables::{Column, Table};

/// Fen shown as yuan.
const FEN: crate::acts::tables::Kind = Scaled(2);
/// 0.01 m2 shown as m2.
const AREA: crate::acts::tables::Kind = Scaled(2);
/// Milli-points shown as points.
const POINTS: crate::acts::tables::Kind = Scaled(3);

use Column as C;

const fn table(name: &'static str, columns: &'static [Column]) -> Table {
    Table {
        name,
        items: "items",
        columns,
    }
}

const ID: Column = C::shown("id", "编号", "Key", Text);
const FIRM: Column = C::shown("firm", "企业", "Firm", Text);
const ROUND: Column = C::shown("round", "批次", "Round", Text);
const DISTRICT: Column = C::shown("district", "区", "District", Text);
const STAGE: Column = C::shown("stage", "状态", "Stage", Text);
const APPLICATION: Column = C::shown("application", "申请", "Application", Text);
const PLAN: Column = C::shown("plan", "方案", "Plan", Text);

/// Days of the calendar.
pub const CALENDAR: Table = table(
    "calendar",
    &[
        C::shown("date", "日期", "Date", Day),
        C::shown("kind", "类型", "Kind", Text),
        C::shown("source", "依据", "Source", Text),
    ],
);

/// Imports.
pub const IMPORTS: Table = table(
    "imports",
    &[
        ID,
        C::shown("kind", "数据表", "Table", Text),
        C::shown("at", "导入时间", "Imported at", Moment),
        C::shown("by", "导入人", "Imported by", Text),
        C::shown("inserted", "新增", "New", Integer),
        C::shown("updated", "修改", "Changed", Integer),
        C::shown("can_be_undone", "可撤销", "Can be undone", Flag),
        C::shown("undone.at", "撤销时间", "Undone at", Moment),
        C::shown("undone.by", "撤销人", "Undone by", Text),
        C::shown("undone.reason", "撤销原因", "Why undone", Text),
    ],
);

/// Cases.
pub const CASES: Table = table(
    "cases",
    &[
        ID,
        FIRM,
        ROUND,
        DISTRICT,
        STAGE,
        C::shown("draft.use", "用途", "Use", Text),
        C::shown(
            "draft.area_min",
            "面积下限（平方米）",
            "Area from (m2)",
            AREA,
        ),
        C::shown("draft.area_max", "面积上限（平方米）", "Area to (m2)", AREA),
        C::shown("draft.start_from", "最早入驻", "Start from", Day),
        C::shown("draft.start_until", "最迟入驻", "Start until", Day),
        C::shown(
            "draft.rent_cap",
            "租金上限（元/平方米·月）",
            "Rent cap (yuan/m2/month)",
            FEN,
        ),
        C::shown("draft.site_wishes", "场址志愿", "Site wishes", Text),
        C::shown("draft.districts", "可接受区", "Districts", Text),
        C::shown("draft.wants_subsidy", "申请租金补贴", "Wants subsidy", Flag),
        C::shown("submitted.at", "提交时间", "Submitted at", Moment),
        C::shown("received_on", "收件日期", "Received on", Day),
        C::shown("supplement_until", "补正期限", "Supplement until", Day),
        C::shown("by_officer", "窗口代录", "By officer", Flag),
        C::shown("begun_at", "创建时间", "Begun at", Moment),
    ],
);

/// Profiles of firms.
pub const PROFILES: Table = table(
    "profiles",
    &[
        FIRM,
        C::shown("facts.name_zh", "名称", "Name", Text),
        C::shown("facts.industry", "行业代码", "Industry", Text),
        DISTRICT,
        STAGE,
        C::shown("facts.headcount", "人数", "Headcount", Integer),
        C::shown("facts.revenue", "营业收入（元）", "Revenue (yuan)", FEN),
        C::shown(
            "facts.rd_share",
            "研发占比（%）",
            "R&D share (%)",
            Scaled(2),
        ),
        C::shown("facts.founded", "成立日期", "Founded on", Day),
        C::shown("facts.credentials", "资质", "Credentials", Text),
        C::shown("facts.fields", "领域", "Fields", Text),
        C::shown("declared.at", "申报时间", "Declared at", Moment),
        C::shown("verdict.at", "核验时间", "Judged at", Moment),
    ],
);

/// Objections.
pub const OBJECTIONS: Table = table(
    "objections",
    &[
        ID,
        APPLICATION,
        ROUND,
        DISTRICT,
        STAGE,
        FIRM,
        C::shown("person.name", "异议人", "Person", Text),
        C::shown("grounds", "理由", "Grounds", Text),
        C::shown("entered.at", "提出时间", "Entered at", Moment),
        C::shown("due", "答复期限", "Due", Day),
        C::shown("replied.at", "答复时间", "Replied at", Moment),
        C::shown("replied.reason", "答复", "Reply", Text),
    ],
);

/// Applications of barred firms.
pub const BARRED: Table = table(
    "barred",
    &[
        APPLICATION,
        FIRM,
        C::shown("ban", "禁止申请编号", "Ban", Text),
        C::shown("until", "禁止期至", "Until", Day),
    ],
);

/// Scenarios of a round.
pub const SCENARIOS: Table = table(
    "scenarios",
    &[
        ID,
        ROUND,
        C::shown("name", "名称", "Name", Text),
        C::shown("tags", "标签", "Tags", Text),
        C::shown("reason", "理由", "Reason", Text),
        C::shown("parent", "基于方案", "Parent plan", Text),
        C::shown("task", "最近任务", "Last task", Text),
        C::shown("made_by", "编制人", "Made by", Text),
        C::shown("made_at", "编制时间", "Made at", Moment),
        C::shown("changes", "变更", "Changes", Text),
    ],
);

/// Tasks.
pub const TASKS: Table = table(
    "tasks",
    &[
        ID,
        C::shown("kind", "类型", "Kind", Text),
        ROUND,
        C::shown("scenario", "情景", "Scenario", Text),
        C::shown("state", "状态", "State", Text),
        C::shown("priority", "优先级", "Priority", Integer),
        C::shown("work", "工作量（标准秒）", "Work (nominal s)", Integer),
        C::shown("attempts", "次数", "Attempts", Integer),
        C::shown("owner", "执行者", "Owner", Text),
        C::shown("asked_by", "申请人", "Asked by", Text),
        C::shown("asked_at", "申请时间", "Asked at", Moment),
        C::shown("ended_at", "结束时间", "Ended at", Moment),
        C::shown("reason", "理由", "Reason", Text),
        C::shown("result", "方案", "Plan", Text),
        C::shown("failure.cause", "失败原因", "Failure", Text),
    ],
);

/// Accounts.
pub const ACCOUNTS: Table = table(
    "accounts",
    &[
        ID,
        C::shown("login", "登录名", "Login", Text),
        C::shown("name", "姓名", "Name", Text),
        C::shown("role", "角色", "Role", Text),
        FIRM,
        DISTRICT,
        C::shown("state", "状态", "State", Text),
        C::shown("second_factor", "双因素", "Second factor", Flag),
        C::shown("last_seen", "最近访问", "Last seen", Moment),
        C::shown("created_at", "创建时间", "Created at", Moment),
        C::shown("created_by", "创建人", "Created by", Text),
        C::shown("demo", "演示", "Demonstration", Flag),
    ],
);

/// Sessions.
pub const SESSIONS: Table = table(
    "sessions",
    &[
        ID,
        C::shown("created_at", "登录时间", "Created at", Moment),
        C::shown("last_seen", "最近访问", "Last seen", Moment),
        C::shown("expires_at", "失效时间", "Expires at", Moment),
        C::shown("ip", "地址", "Address", Text),
        C::shown("browser", "浏览器", "Browser", Text),
        C::shown("live", "有效", "Live", Flag),
        C::shown("ended_at", "结束时间", "Ended at", Moment),
        C::shown("ended_by", "结束操作", "Ended by", Text),
    ],
);

/// Tokens; never the secret.
pub const TOKENS: Table = table(
    "tokens",
    &[
        ID,
        C::shown("name", "名称", "Name", Text),
        C::shown("created_at", "创建时间", "Created at", Moment),
        C::shown("expires_at", "失效时间", "Expires at", Moment),
        C::shown("last_used", "最近使用", "Last used", Moment),
        C::shown("revoked_at", "撤销时间", "Revoked at", Moment),
    ],
);

/// Reasons of rejection.
pub const REASONS: Table = table(
    "reject-reasons",
    &[
        ID,
        C::shown("label.zh", "理由", "Reason", Text),
        C::shown("label.en", "英文", "English", Text),
        C::shown("clause", "条款", "Clause", Text),
        C::shown("basis", "依据", "Basis", Text),
    ],
);

/// The rows of the published plan: who gets what, and who waits and why.
pub const ALLOCATION: Table = Table {
    name: "allocation",
    items: "rows",
    columns: &[
        APPLICATION,
        C::shown("firm.id", "企业", "Firm", Text),
        C::shown("firm.name", "名称", "Name", Text),
        C::shown("firm.industry", "行业代码", "Industry", Text),
        C::shown("firm.headcount", "人数", "Headcount", Integer),
        C::shown("outcome.state", "结果", "State", Text),
        C::shown("outcome.site.id", "场址", "Site", Text),
        C::shown("outcome.site.name", "场址名称", "Site name", Text),
        C::shown("outcome.district", "区", "District", Text),
        C::shown("outcome.area", "面积（平方米）", "Area (m2)", AREA),
        C::shown(
            "outcome.monthly_rent",
            "月租金（元）",
            "Rent per month (yuan)",
            FEN,
        ),
        C::shown("outcome.from", "起", "From", Day),
        C::shown("outcome.until", "止（不含）", "Until (exclusive)", Day),
        C::shown(
            "outcome.subsidy.awarded",
            "补贴（元）",
            "Subsidy (yuan)",
            FEN,
        ),
        C::shown("outcome.worth", "分值", "Points", POINTS),
        C::shown("outcome.kind", "未安排类别", "Why (kind)", Text),
        C::shown("outcome.sentence", "未安排原因", "Why", Text),
    ],
};

/// Sites with what is let and vacant.
pub const SITES: Table = Table {
    name: "sites",
    items: "sites",
    columns: &[
        ID,
        C::shown("name", "名称", "Name", Text),
        DISTRICT,
        C::shown("district_name", "区名", "District name", Text),
        C::shown("kind", "类型", "Kind", Text),
        C::shown("address", "地址", "Address", Text),
        C::shown("area", "面积（平方米）", "Area (m2)", AREA),
        C::shown("area_let", "已配置（平方米）", "Let by the plan (m2)", AREA),
        C::shown("source", "来源", "Source", Text),
    ],
};

/// Rounds.
pub const ROUNDS: Table = Table {
    name: "rounds",
    items: "rounds",
    columns: &[ID, C::shown("name", "名称", "Name", Text)],
};
