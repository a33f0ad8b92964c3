//! Choices of forms from the nouns of the trade: uses, credentials, households, hazard classes. What a form sends
//! is the name that files and the API use, too.
//!
//! Not here: choices that are data (`acts::lookup`).

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::acts::words::{self, Text};
use crate::domain::fault::Fault;
use crate::domain::firm::Credential;
use crate::domain::housing::HouseholdKind;
use crate::domain::space::{Hazard, Use};
use crate::web::context::Ctx;
use crate::web::sheet::form::bad;

/// A noun from the name that a form sent; WB140 of the field.
pub fn noun<T: DeserializeOwned>(field: &str, name: &str) -> Result<T, Fault> {
    serde_json::from_value(Value::String(name.to_owned())).map_err(|_| bad(field))
}

/// The name of a noun, as a form sends it.
pub fn name(noun: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(noun).ok();
    value
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn pair(ctx: &Ctx, noun: &impl serde::Serialize, text: &Text) -> (String, String) {
    (name(noun), ctx.say(text).to_owned())
}

/// Uses.
pub fn uses(ctx: &Ctx) -> Vec<(String, String)> {
    let all = [Use::RdOffice, Use::Office, Use::Laboratory, Use::Factory];
    all.iter()
        .map(|u| pair(ctx, u, &words::use_of(*u)))
        .collect()
}

/// Credentials.
pub fn credentials(ctx: &Ctx) -> Vec<(String, String)> {
    let all = [
        Credential::AboveScale,
        Credential::HighTech,
        Credential::Specialised,
        Credential::TechSme,
        Credential::NationalLab,
        Credential::Academician,
        Credential::Carrier,
    ];
    all.iter()
        .map(|c| pair(ctx, c, &words::credential(*c)))
        .collect()
}

/// Kinds of households.
pub const HOUSEHOLDS: [HouseholdKind; 4] = [
    HouseholdKind::Single,
    HouseholdKind::Couple,
    HouseholdKind::Family,
    HouseholdKind::Large,
];

/// Hazard classes, the least dangerous first.
pub fn hazards(ctx: &Ctx) -> Vec<(String, String)> {
    let all = [Hazard::None, Hazard::C, Hazard::B, Hazard::A];
    all.iter()
        .map(|h| pair(ctx, h, &words::hazard(*h)))
        .collect()
}
