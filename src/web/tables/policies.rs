//! Policies as tables.

use super::{C, STAGE, table};
use crate::acts::tables::Kind::{Day, Flag, Moment, Text};
use crate::acts::tables::Table;

/// Published policies.
pub const POLICIES: Table = table(
    "policies",
    &[
        C::shown("version", "版本", "Version", Text),
        C::shown("name_zh", "名称", "Name", Text),
        C::shown("name_en", "英文名称", "English name", Text),
        C::shown("from", "施行日期", "In force from", Day),
        C::shown("until", "失效日期", "In force until", Day),
        C::shown("stored", "发布时间", "Published at", Moment),
        C::shown("in_force", "现行有效", "In force today", Flag),
    ],
);

/// What is odd about a policy.
pub const FINDINGS_OF_POLICY: Table = table(
    "policy-findings",
    &[
        C::shown("severity", "严重程度", "Severity", Text),
        C::shown("kind", "类型", "Kind", Text),
        C::shown("rules", "规则", "Rules", Text),
        C::shown("text_zh", "说明", "What", Text),
        C::shown("text_en", "英文说明", "What, in English", Text),
    ],
);

/// What changes from one policy to another.
pub const CHANGES_OF_POLICY: Table = table(
    "policy-changes",
    &[
        C::shown("section", "章节", "Section", Text),
        C::shown("id", "规则", "Rule", Text),
        C::shown("change", "变化", "Change", Text),
        C::shown("values", "内容", "Values", Text),
    ],
);

/// Proposed policies.
pub const POLICY_DRAFTS: Table = table(
    "policy-drafts",
    &[
        C::shown("id", "版本", "Version", Text),
        STAGE,
        C::shown("digest", "摘要", "Digest", Text),
        C::shown("proposed.by", "提出人", "Proposed by", Text),
        C::shown("proposed.at", "提出时间", "Proposed at", Moment),
        C::shown("proposed.reason", "提出理由", "Why proposed", Text),
        C::shown("decided.by", "审批人", "Decided by", Text),
        C::shown("decided.at", "审批时间", "Decided at", Moment),
        C::shown("decided.reason", "审批意见", "Why decided", Text),
    ],
);
