//! Names of sites, units, quotas, rules and limits, as a sentence calls them.
//!
//! Not here: sentences (`tell`).

use serde::Serialize;

use super::book::{Text, say};
use super::priced::{Named, Scarcity};
use super::relax::Ask;
use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::ids::SiteId;
use crate::domain::money::Fen;
use crate::domain::reason::HardRule;
use crate::domain::snapshot::Snapshot;
use crate::policy::Policy;

/// The names of a snapshot.
pub struct Names<'a> {
    /// The snapshot.
    pub snapshot: &'a Snapshot,
    /// Its policy.
    pub policy: &'a Policy,
}

/// The name of a value as files write it, for example `rd_office`.
fn written(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    let name = value.as_ref().and_then(|v| v.as_str());
    name.unwrap_or_default().to_owned()
}

impl Names<'_> {
    /// A hard rule.
    pub fn rule(&self, rule: HardRule) -> Text {
        say(&format!("rule.{}", written(&rule)), &[])
    }

    /// A part of the score.
    pub fn part(&self, name: &str) -> Text {
        match self.policy.labels.get(name) {
            Some(label) => Text::of(&label.zh, &label.en),
            None => Text::same(name),
        }
    }

    /// A site.
    pub fn site(&self, id: &SiteId) -> Text {
        let site = self.snapshot.inventory.sites.iter().find(|s| s.id == *id);
        match site {
            Some(s) if !s.name_en.is_empty() => Text::of(&s.name_zh, &s.name_en),
            Some(s) => Text::same(&s.name_zh),
            None => Text::same(id),
        }
    }

    /// A district.
    pub fn district(&self, code: &str) -> Text {
        let mut all = self.snapshot.ground.districts.iter();
        match all.find(|d| d.code.as_str() == code) {
            Some(d) => Text::of(&d.name_zh, &d.name_en),
            None => Text::same(code),
        }
    }

    /// Space as an option names it: units, parts, with subsidy.
    pub fn space(&self, option: &str) -> Text {
        let (units, subsidised) = match option.strip_suffix("|subsidy") {
            Some(units) => (units, true),
            None => (option, false),
        };
        let unit = |u: &str| match u.split_once('@') {
            Some((unit, area)) => {
                Text::same(unit).then(&say("space.part", &[("area", Text::same(area))]))
            }
            None => Text::same(u),
        };
        let all: Vec<Text> = units.split('+').map(unit).collect();
        let text = Text::list(&all);
        match subsidised {
            true => text.then(&say("space.subsidy", &[])),
            false => text,
        }
    }

    /// A reserve.
    pub fn reserve(&self, id: &str) -> Text {
        let found = self.policy.reserves.iter().find(|r| r.id == id);
        found.map_or(Text::same(id), |r| Text::of(&r.label_zh, &r.label_en))
    }

    /// A resource.
    pub fn resource(&self, named: &Named) -> Text {
        let (key, name) = match named.kind {
            Scarcity::Unit => ("res.unit", Text::same(&named.key)),
            Scarcity::Apartment => ("res.apartment", Text::same(&named.key)),
            Scarcity::Quota => ("res.quota", self.district(&named.key)),
            Scarcity::Reserve => ("res.reserve", self.reserve(&named.key)),
        };
        say(key, &[("key", name)])
    }

    /// A loosened limit, with how far it is loosened.
    pub fn ask(&self, a: &Application, ask: &Ask) -> Text {
        let needs = &a.needs;
        let less = |from: Option<u32>, to: u32| from.unwrap_or(to).saturating_sub(to);
        let (key, to, by) = match ask {
            Ask::AreaMin(to) => (
                "area_min",
                Text::same(to),
                Text::same(apart(a.area_min, *to)),
            ),
            Ask::AreaMax(to) => (
                "area_max",
                Text::same(to),
                Text::same(apart(a.area_max, *to)),
            ),
            Ask::RentCap(to) => {
                let by = a
                    .rent_cap
                    .map_or(0, |cap| to.fen().saturating_sub(cap.fen()));
                ("rent_cap", Text::same(Fen(to.fen())), Text::same(Fen(by)))
            }
            Ask::Minutes(to) => {
                let by = to.saturating_sub(a.max_minutes.unwrap_or(*to));
                ("minutes", Text::same(to), Text::same(by))
            }
            Ask::District(code) => ("district", self.district(code.as_str()), Text::default()),
            Ask::AnyDistrict => ("any_district", Text::default(), Text::default()),
            Ask::Start(to) => {
                let by = to.signed_duration_since(a.start_until).num_days();
                ("start", Text::same(to), Text::same(by))
            }
            Ask::Use(to) => (
                "use",
                say(&format!("use.{}", written(to)), &[]),
                Text::default(),
            ),
            Ask::FloorLoad(to) => (
                "floor_load",
                Text::same(to),
                Text::same(less(needs.floor_load_kg_m2, *to)),
            ),
            Ask::ClearHeight(to) => (
                "clear_height",
                Text::same(to),
                Text::same(less(needs.clear_height_mm, *to)),
            ),
            Ask::Power(to) => (
                "power",
                Text::same(to),
                Text::same(less(needs.power_a, *to)),
            ),
            Ask::Gas => ("gas", Text::default(), Text::default()),
            Ask::CleanWater => ("clean_water", Text::default(), Text::default()),
            Ask::Hazard(to) => (
                "hazard",
                say(&format!("hazard.{}", written(to)), &[]),
                Text::default(),
            ),
        };
        say(&format!("ask.{key}"), &[("to", to), ("by", by)])
    }
}

/// How far two areas lie apart.
fn apart(a: Area, b: Area) -> Area {
    Area(a.0.saturating_sub(b.0).abs())
}
