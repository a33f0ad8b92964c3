//! Nouns into the cells of their table: the inverse of the readers of rows. What a noun does not
//! keep (for example the kind of a district) is left out.

use chrono::NaiveDate;

use crate::domain::application::Application;
use crate::domain::decimal;
use crate::domain::evidence::Provenance;
use crate::domain::firm::Firm;
use crate::domain::housing::{ApartmentType, Project};
use crate::domain::place::{Cluster, Datum, District, Located, Position, Station};
use crate::domain::quota::Quota;
use crate::domain::space::{Building, Division, Floor, Site, Technical, Unit};

use super::clusters::is_field;
use super::words::{RowKind, Word};

/// Named cells of one row.
pub(super) type Cells = Vec<(&'static str, String)>;

fn opt<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

fn word<W: Word>(value: Option<W>) -> String {
    value.map(W::word).unwrap_or_default().to_owned()
}

fn join<T: ToString>(values: &[T]) -> String {
    let all: Vec<String> = values.iter().map(T::to_string).collect();
    all.join(";")
}

fn metres(mm: Option<u32>) -> String {
    mm.map(|mm| decimal::format(i64::from(mm), 3))
        .unwrap_or_default()
}

fn day(date: Option<NaiveDate>) -> String {
    opt(date)
}

fn provenance(p: &Provenance) -> Cells {
    vec![
        ("evidence", p.evidence.word().to_owned()),
        ("source", p.source.clone()),
        ("note", p.note.clone()),
        ("assumed", p.assumed.join(";")),
    ]
}

fn position(p: Position) -> Cells {
    let (lon, lat) = p.micro();
    vec![
        ("lon", decimal::format(i64::from(lon), 6)),
        ("lat", decimal::format(i64::from(lat), 6)),
        ("datum", Datum::Wgs84.word().to_owned()),
    ]
}

fn located(l: Option<&Located>) -> Cells {
    let Some(l) = l else {
        return vec![("position_precision", "none".to_owned())];
    };
    let mut cells = position(l.position);
    cells.push(("position_precision", Some(l.precision).word().to_owned()));
    cells.push(("position_accuracy_m", l.accuracy_m.to_string()));
    cells
}

pub(super) fn district(d: &District) -> Cells {
    let has_outline = if d.outline.is_some() { "1" } else { "0" };
    vec![
        ("code", d.code.to_string()),
        ("name_zh", d.name_zh.clone()),
        ("name_en", d.name_en.clone()),
        ("has_outline", has_outline.to_owned()),
    ]
}

pub(super) fn station(s: &Station) -> Cells {
    let mut cells = position(s.position);
    cells.push(("station_id", s.id.to_string()));
    cells.push(("name_zh", s.name_zh.clone()));
    cells
}

pub(super) fn cluster(c: &Cluster, all: &[Cluster]) -> Cells {
    let kind = if is_field(&c.id) {
        RowKind::Field
    } else {
        RowKind::Cluster
    };
    // A name that holds a separator could not be read back: such a field is named by its key.
    let name_of = |id: &crate::domain::ids::ClusterId| match all.iter().find(|f| f.id == *id) {
        Some(f) if !f.name_zh.contains([';', '；']) => f.name_zh.trim().to_owned(),
        _ => id.to_string(),
    };
    let fields: Vec<String> = c.fields.iter().map(name_of).collect();
    let mut cells = located(c.located.as_ref());
    cells.extend([
        ("row_kind", kind.word().to_owned()),
        ("id", c.id.to_string()),
        ("name_zh", c.name_zh.clone()),
        ("name_en", c.name_en.clone()),
        ("district_code", opt(c.district.as_ref())),
        ("suggested_fields", fields.join(";")),
        ("evidence", c.evidence.word().to_owned()),
    ]);
    cells
}

pub(super) fn site(s: &Site) -> Cells {
    let mut cells = located(s.located.as_ref());
    cells.extend([
        ("site_id", s.id.to_string()),
        ("kind", s.kind.word().to_owned()),
        ("name_zh", s.name_zh.clone()),
        ("name_en", s.name_en.clone()),
        ("district_code", s.district.to_string()),
        ("address", s.address.clone()),
    ]);
    cells.extend(provenance(&s.provenance));
    cells
}

fn technical(t: &Technical) -> Cells {
    vec![
        ("floor_load_kg_m2", opt(t.floor_load_kg_m2)),
        ("clear_height_m", metres(t.clear_height_mm)),
        ("power_a", opt(t.power_a)),
        ("gas", opt(t.gas)),
        ("clean_water", opt(t.clean_water)),
        ("hazard_class", word(t.hazard)),
    ]
}

fn availability(u: &Unit) -> Cells {
    let from: Vec<String> = u.available.iter().map(|p| p.from().to_string()).collect();
    let until: Vec<String> = u.available.iter().map(|p| day(p.until())).collect();
    vec![
        ("available_from", from.join(";")),
        ("available_until", until.join(";")),
    ]
}

pub(super) fn unit(u: &Unit, floor: Option<&Floor>, building: Option<&Building>) -> Cells {
    let lot = match u.division {
        Division::Whole => None,
        Division::Divisible { smallest_lot } => Some(smallest_lot),
    };
    let rule = u.rent_rule.as_ref();
    let mut cells = vec![
        ("unit_id", u.id.to_string()),
        ("site_id", opt(building.map(|b| &b.site))),
        ("building", opt(building.map(|b| &b.label))),
        ("floor", opt(floor.map(|f| f.level))),
        ("room", u.room.clone()),
        ("use", u.use_.word().to_owned()),
        ("area_m2", u.area.to_string()),
        ("divisible", lot.is_some().to_string()),
        ("smallest_lot_m2", opt(lot)),
        ("group_id", opt(u.group.as_ref())),
        ("one_tenant_per_floor", opt(floor.map(|f| f.one_tenant))),
        ("raised_by", u.raised.word().to_owned()),
        ("fitout", u.fitout.word().to_owned()),
        ("rent_yuan_m2_month", opt(u.rent.as_ref().map(|r| r.rate))),
        ("rent_evidence", word(u.rent.as_ref().map(|r| r.evidence))),
        ("rent_area", opt(rule.map(|r| &r.area))),
        ("rent_grade", opt(rule.map(|r| &r.grade))),
        ("lease_term_months", opt(u.lease_months)),
        ("rent_free_months", u.rent_free_months.to_string()),
    ];
    cells.extend(technical(&u.technical));
    cells.extend(availability(u));
    cells.extend(provenance(&u.provenance));
    cells
}

pub(super) fn apartment(t: &ApartmentType, project: Option<&Project>) -> Cells {
    let mut cells = vec![
        ("project_id", t.project.to_string()),
        ("project_name_zh", opt(project.map(|p| &p.name_zh))),
        ("site_id", opt(project.map(|p| &p.site))),
        ("park_site_id", opt(project.and_then(|p| p.park.as_ref()))),
        ("apartment_type_id", t.id.to_string()),
        ("layout", t.layout.word().to_owned()),
        ("area_m2", opt(t.area)),
        ("count", t.count.to_string()),
        ("rent_yuan_m2_month", opt(t.rent)),
        ("available_from", t.available.from().to_string()),
        ("count_evidence", t.count_evidence.word().to_owned()),
    ];
    cells.extend(provenance(&t.provenance));
    cells
}

pub(super) fn firm(f: &Firm) -> Cells {
    let credentials: Vec<&str> = f.credentials.iter().map(|c| c.word()).collect();
    let mut cells = vec![
        ("firm_id", f.id.to_string()),
        ("credit_code", f.credit_code.to_string()),
        ("name_zh", f.name_zh.clone()),
        ("name_en", f.name_en.clone()),
        ("industry_code", f.industry.to_string()),
        ("district_code", f.district.to_string()),
        ("headcount", f.headcount.to_string()),
        ("revenue_yuan", opt(f.revenue)),
        (
            "rd_share_pct",
            f.rd_share
                .map(|s| decimal::format(s.bp(), 2))
                .unwrap_or_default(),
        ),
        ("founded_on", day(f.founded)),
        ("credentials", credentials.join(";")),
        ("fields", join(&f.fields)),
    ];
    cells.extend(provenance(&f.provenance));
    cells
}

fn needs(t: &Technical) -> Cells {
    vec![
        ("floor_load_min_kg_m2", opt(t.floor_load_kg_m2)),
        ("clear_height_min_m", metres(t.clear_height_mm)),
        ("power_min_a", opt(t.power_a)),
        ("needs_gas", (t.gas == Some(true)).to_string()),
        (
            "needs_clean_water",
            (t.clean_water == Some(true)).to_string(),
        ),
        ("hazard_class", word(t.hazard)),
    ]
}

pub(super) fn application(a: &Application) -> Cells {
    let count = |h: &crate::domain::housing::Households| format!("{}:{}", h.kind.word(), h.count);
    let households: Vec<String> = a.households.iter().map(count).collect();
    let mut cells = vec![
        ("application_id", a.id.to_string()),
        ("firm_id", a.firm.to_string()),
        ("round_id", a.round.to_string()),
        ("use", a.use_.word().to_owned()),
        ("area_min_m2", a.area_min.to_string()),
        ("area_max_m2", a.area_max.to_string()),
        ("start_from", a.start_from.to_string()),
        ("start_until", a.start_until.to_string()),
        ("rent_cap_yuan_m2_month", opt(a.rent_cap)),
        ("site_wishes", join(&a.site_wishes)),
        ("districts", join(&a.districts)),
        ("anchors", join(&a.anchors)),
        ("max_minutes", opt(a.max_minutes)),
        ("households", households.join(";")),
        ("wants_subsidy", a.wants_subsidy.to_string()),
    ];
    cells.extend(needs(&a.needs));
    cells.extend(provenance(&a.provenance));
    cells
}

pub(super) fn quota(q: &Quota) -> Cells {
    let mut cells = vec![
        ("district_code", q.district.to_string()),
        ("year", q.year.to_string()),
        ("item", q.item.word().to_owned()),
        ("amount_yuan", q.amount.to_string()),
        ("mode", q.mode.word().to_owned()),
    ];
    cells.extend(provenance(&q.provenance));
    cells
}
