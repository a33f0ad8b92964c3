//! From a draft to an application: everything that is missing or contradicts itself is told at once,
//! each with the name of its field.
//!
//! Not here: whether sites, districts and stations exist (`acts`), whether the firm qualifies (policy).

use super::application::Application;
use super::area::Area;
use super::case::{Case, Draft};
use super::evidence::Provenance;
use super::fault::{Code, Fault, Faults, Place};

/// A field that an application needs is not filled in.
pub const FIELD_EMPTY: Code = Code("DM220");
/// A field contradicts another, or lists something twice.
pub const FIELD_UNFIT: Code = Code("DM221");

/// Most wishes, districts or stations that a draft may list.
pub const LIST_MAX: usize = 50;

/// Collects the faults of fields.
#[derive(Default)]
struct Fields(Vec<Fault>);

impl Fields {
    fn tell(&mut self, code: Code, field: &str, cause: &str, action: &str) {
        let place = Place {
            column: Some(field.to_owned()),
            ..Place::default()
        };
        self.0.push(Fault::new(code, cause, action).at(place));
    }

    /// The value of a field, or a fault.
    fn needed<T>(&mut self, field: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.tell(FIELD_EMPTY, field, "it is not filled in", "fill it in");
        }
        value
    }

    fn list<T: Ord>(&mut self, field: &str, all: &[T]) {
        let mut sorted: Vec<&T> = all.iter().collect();
        sorted.sort_unstable();
        if sorted.windows(2).any(|w| w[0] == w[1]) {
            self.tell(FIELD_UNFIT, field, "one is named twice", "name it once");
        }
        if all.len() > LIST_MAX {
            let cause = "it lists more than 50";
            self.tell(FIELD_UNFIT, field, cause, "keep the most important");
        }
    }
}

/// The application that a case asks for. DM220 and DM221 by field, all at once.
pub fn proved(case: &Case, provenance: Provenance) -> Result<Application, Faults> {
    let draft = &case.draft;
    let mut fields = Fields::default();
    areas(draft, &mut fields);
    days(draft, &mut fields);
    lists(draft, &mut fields);
    let needed = (
        fields.needed("use", draft.use_),
        fields.needed("area_min", draft.area_min),
        fields.needed("area_max", draft.area_max),
        fields.needed("start_from", draft.start_from),
        fields.needed("start_until", draft.start_until),
    );
    let (Some(use_), Some(area_min), Some(area_max), Some(start_from), Some(start_until)) = needed
    else {
        return Err(Faults(fields.0));
    };
    Faults(fields.0).or(())?;
    let application = Application {
        id: case.id.clone(),
        firm: case.firm.clone(),
        round: case.round.clone(),
        use_,
        area_min,
        area_max,
        start_from,
        start_until,
        rent_cap: draft.rent_cap,
        needs: draft.needs.clone(),
        site_wishes: draft.site_wishes.clone(),
        districts: draft.districts.clone(),
        anchors: draft.anchors.clone(),
        max_minutes: draft.max_minutes,
        households: draft.households.clone(),
        wants_subsidy: draft.wants_subsidy,
        provenance,
    };
    Ok(application.proved()?)
}

/// What an application asks for, as a draft that may be changed.
pub fn draft_of(application: &Application) -> Draft {
    Draft {
        use_: Some(application.use_),
        area_min: Some(application.area_min),
        area_max: Some(application.area_max),
        start_from: Some(application.start_from),
        start_until: Some(application.start_until),
        rent_cap: application.rent_cap,
        needs: application.needs.clone(),
        site_wishes: application.site_wishes.clone(),
        districts: application.districts.clone(),
        anchors: application.anchors.clone(),
        max_minutes: application.max_minutes,
        households: application.households.clone(),
        wants_subsidy: application.wants_subsidy,
    }
}

fn areas(draft: &Draft, fields: &mut Fields) {
    if draft.area_min.is_some_and(|a| a <= Area::ZERO) {
        fields.tell(FIELD_UNFIT, "area_min", "it is not above 0", "give an area");
    }
    if let (Some(min), Some(max)) = (draft.area_min, draft.area_max)
        && max < min
    {
        let cause = "it is below the smallest acceptable area";
        fields.tell(FIELD_UNFIT, "area_max", cause, "give at least area_min");
    }
}

fn days(draft: &Draft, fields: &mut Fields) {
    if let (Some(from), Some(until)) = (draft.start_from, draft.start_until)
        && until < from
    {
        let cause = "it is before the earliest start";
        fields.tell(FIELD_UNFIT, "start_until", cause, "give a later day");
    }
}

fn lists(draft: &Draft, fields: &mut Fields) {
    fields.list("site_wishes", &draft.site_wishes);
    fields.list("districts", &draft.districts);
    fields.list("anchors", &draft.anchors);
    let kinds: Vec<_> = draft.households.iter().map(|h| h.kind).collect();
    fields.list("households", &kinds);
    if draft.households.iter().any(|h| h.count == 0) {
        let cause = "a kind of household has the count 0";
        fields.tell(FIELD_UNFIT, "households", cause, "leave the kind out");
    }
}
