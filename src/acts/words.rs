//! The official terms of the nouns in both languages, and the language itself.
//!
//! Not here: headings and labels of pages (`web/words.tsv`), sentences about one case (`acts::view`).

use serde::{Deserialize, Serialize};

use crate::domain::evidence::Evidence;
use crate::domain::firm::Credential;
use crate::domain::housing::{HouseholdKind, Layout};
use crate::domain::place::Precision;
use crate::domain::quota::QuotaMode;
use crate::domain::reason::HardRule;
use crate::domain::space::{Fitout, Hazard, Raised, Use};

/// A language of the pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// zh-CN, the default.
    #[default]
    Zh,
    /// English.
    En,
}

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A text in both languages.
    pub fn of(zh: impl Into<String>, en: impl Into<String>) -> Text {
        Text {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The same in both languages: a key, a number.
    pub fn same(text: impl Into<String>) -> Text {
        let text = text.into();
        Text::of(text.clone(), text)
    }

    /// Names of a noun; the Chinese one stands in where no English one is known.
    pub fn names(zh: &str, en: &str) -> Text {
        Text::of(zh, if en.is_empty() { zh } else { en })
    }

    /// The text in a language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

type Pair = (&'static str, &'static str);

fn text((zh, en): Pair) -> Text {
    Text::of(zh, en)
}

/// A hard rule that is broken, as a phrase.
pub fn hard_rule(rule: HardRule) -> Text {
    text(match rule {
        HardRule::District => ("不在可接受的区内", "not in an acceptable district"),
        HardRule::Use => ("用途不符", "use differs"),
        HardRule::Available => ("租期内不能连续使用", "not available for the whole term"),
        HardRule::LeaseTerm => (
            "可租年限短于本批次租期",
            "longest lease shorter than the term",
        ),
        HardRule::FloorLoad => ("楼板荷载不足或未载明", "floor load too small or not stated"),
        HardRule::ClearHeight => ("净高不足或未载明", "clear height too small or not stated"),
        HardRule::Power => ("用电容量不足或未载明", "power too small or not stated"),
        HardRule::Gas => ("无燃气或未载明", "no gas, or not stated"),
        HardRule::CleanWater => ("无纯水或未载明", "no clean water, or not stated"),
        HardRule::Hazard => (
            "不允许所需火灾危险性类别或未载明",
            "hazard class not allowed or not stated",
        ),
        HardRule::RentUnknown => ("租金未载明", "rent not known"),
        HardRule::RentCap => ("租金高于申请上限", "rent above the cap of the application"),
        HardRule::NoPosition => (
            "位置不明，无法计算通勤",
            "no position known, though minutes are limited",
        ),
        HardRule::Minutes => (
            "通勤时间超过上限",
            "too many minutes to every anchor station",
        ),
        HardRule::TooSmall => (
            "面积不足（与相邻单元合并后亦不足）",
            "too small, also with its neighbours",
        ),
        HardRule::TooLarge => (
            "面积超过需求或可申请面积，且不可分割",
            "larger than wanted or entitled to, and not divisible",
        ),
        HardRule::SmallestLot => (
            "最小分割面积超过需求或可申请面积",
            "smallest lot larger than wanted or entitled to",
        ),
    })
}

/// Use of a unit.
pub fn use_of(use_: Use) -> Text {
    text(match use_ {
        Use::RdOffice => ("研发办公", "R&D office"),
        Use::Office => ("办公", "office"),
        Use::Laboratory => ("实验室", "laboratory"),
        Use::Factory => ("厂房", "factory"),
    })
}

/// How a unit was raised.
pub fn raised(raised: Raised) -> Text {
    text(match raised {
        Raised::Ancillary => ("配套建设", "ancillary construction"),
        Raised::PlotRatio => ("提高容积率", "plot-ratio increase"),
        Raised::Renovation => ("整治提升", "renovation"),
        Raised::BuyBack => ("回购", "buy-back"),
        Raised::Cooperative => ("合作开发", "cooperative development"),
        Raised::Unknown => ("未载明", "not stated"),
    })
}

/// Fit-out.
pub fn fitout(fitout: Fitout) -> Text {
    text(match fitout {
        Fitout::BareShell => ("毛坯", "bare shell"),
        Fitout::Simple => ("简装", "simple"),
        Fitout::Full => ("精装", "full"),
        Fitout::Unknown => ("未载明", "not stated"),
    })
}

/// Fire-hazard class.
pub fn hazard(class: Hazard) -> Text {
    text(match class {
        Hazard::None => ("无", "none"),
        Hazard::C => ("丙类", "class C"),
        Hazard::B => ("乙类", "class B"),
        Hazard::A => ("甲类", "class A"),
    })
}

/// Layout of an apartment.
pub fn layout(layout: Layout) -> Text {
    text(match layout {
        Layout::DormBed => ("宿舍床位", "dormitory bed"),
        Layout::Studio => ("单间", "studio"),
        Layout::OneBed => ("一房", "one-bedroom"),
        Layout::TwoBed => ("两房", "two-bedroom"),
        Layout::ThreeBed => ("三房", "three-bedroom"),
        Layout::FourBed => ("四房", "four-bedroom"),
    })
}

/// Kind of household.
pub fn household(kind: HouseholdKind) -> Text {
    text(match kind {
        HouseholdKind::Single => ("单身", "single"),
        HouseholdKind::Couple => ("夫妻", "couple"),
        HouseholdKind::Family => ("三至四口之家", "family of 3-4"),
        HouseholdKind::Large => ("五口及以上", "household of 5+"),
    })
}

/// Credential of a firm.
pub fn credential(credential: Credential) -> Text {
    text(match credential {
        Credential::AboveScale => ("规上", "above scale"),
        Credential::HighTech => ("高新技术企业", "high-tech enterprise"),
        Credential::Specialised => ("专精特新", "specialised SME"),
        Credential::TechSme => ("科技型中小企业", "technology SME"),
        Credential::NationalLab => ("国家实验室等", "national laboratory"),
        Credential::Academician => ("院士工作站", "academician workstation"),
        Credential::Carrier => ("创新载体", "innovation carrier"),
    })
}

/// How well a fact is known.
pub fn evidence(evidence: Evidence) -> Text {
    text(match evidence {
        Evidence::Published => ("官方发布", "published"),
        Evidence::Secondary => ("二手来源", "secondary source"),
        Evidence::Derived => ("推算", "derived"),
        Evidence::Assumption => ("假定", "assumed"),
        Evidence::Synthetic => ("模拟", "synthetic"),
    })
}

/// Precision of a position.
pub fn precision(precision: Precision) -> Text {
    text(match precision {
        Precision::Surveyed => ("实测位置", "surveyed"),
        Precision::Station => ("以地铁站代表", "metro station stands for it"),
        Precision::District => ("仅到区一级", "district level only"),
    })
}

/// Mode of a quota.
pub fn quota_mode(mode: QuotaMode) -> Text {
    text(match mode {
        QuotaMode::Hard => ("不得超出", "never exceeded"),
        QuotaMode::ProRata => ("超出则统一按比例核减", "above it, one uniform cut"),
    })
}

/// A weight of the score by its name; a weight without a term is shown by its name.
pub fn score_part(name: &str) -> Text {
    text(match name {
        "placed_base" | "placed" | "base" => ("配置基本分", "placed at all"),
        "per_area_wish_fit" | "area_wish_fit" | "area_fit" => {
            ("面积契合", "fit to the area wished")
        }
        "cluster_fit" => ("集聚区契合", "fit to the cluster"),
        "field_affinity" => ("领域契合", "field affinity"),
        "site_wish" | "site_wish_first" => ("场址志愿", "site wish"),
        "nearness" | "anchor_minute" | "anchor_minutes" | "minutes" => {
            ("通勤便利", "nearness to an anchor station")
        }
        "credentials" | "credential" => ("企业资质", "credentials"),
        "area_per_100m2" | "area" => ("面积", "area let"),
        "subsidy" | "subsidy_per_1000_yuan" => ("房租补贴", "rent subsidy"),
        "apartments" => ("人才公寓", "apartments"),
        other => return Text::same(other),
    })
}

/// A cell of an inventory table by its column; a column without a term is shown by its name.
pub fn cell(column: &str) -> Text {
    text(match column {
        "building" => ("楼栋", "building"),
        "floor" => ("楼层", "floor"),
        "room" => ("房号", "room"),
        "use" => ("用途", "use"),
        "area_m2" => ("面积", "area"),
        "divisible" => ("可否分割", "divisible or not"),
        "smallest_lot_m2" => ("最小分割面积", "smallest lot"),
        "group_id" => ("整租组合", "let-only-together group"),
        "one_tenant_per_floor" => ("是否一层一户", "one tenant per floor or not"),
        "raised_by" => ("筹集方式", "how raised"),
        "fitout" => ("装修", "fit-out"),
        "rent_yuan_m2_month" => ("租金", "rent"),
        "rent_area" => ("计租片区", "area of the rent by rule"),
        "rent_grade" => ("计租等级", "grade of the rent by rule"),
        "floor_load_kg_m2" => ("荷载", "floor load"),
        "clear_height_m" => ("净高", "clear height"),
        "power_a" => ("用电", "power"),
        "gas" => ("燃气", "gas"),
        "clean_water" => ("纯水", "clean water"),
        "hazard_class" => ("火灾危险性", "fire hazard"),
        "lease_term_months" => ("租期", "term of the lease"),
        "rent_free_months" => ("免租期", "rent-free months"),
        "available_from" | "available_until" => ("可租期间", "availability"),
        other => return Text::same(other),
    })
}
