//! The portals: what the public, firms, districts and the bureau see and do. Each page asks acts at the caller's
//! own desk, as the API does, and is a sheet.
//!
//! Not here: how a page is answered (`screen`), how it looks (`sheet`), what is decided (`acts`).

pub mod account;
pub mod accounts;
pub mod awards;
pub mod case_acts;
pub mod case_fields;
pub mod case_parts;
pub mod cases;
pub mod chapters;
pub mod choices;
pub mod compare;
pub mod contracts;
pub mod desk;
pub mod doors;
pub mod enter;
pub mod files;
pub mod fit;
pub mod journal;
pub mod manual;
pub mod many;
pub mod many_acts;
pub mod messages;
pub mod money;
pub mod notices;
pub mod objections;
pub mod offers;
pub mod paper;
pub mod pictures;
pub mod places;
pub mod plans;
pub mod policies;
pub mod policy_acts;
pub mod precheck;
pub mod profile;
pub mod profiles;
pub mod register;
pub mod retention;
pub mod review;
pub mod round_acts;
pub mod round_fields;
pub mod rounds;
pub mod say;
pub mod scenarios;
pub mod sign_in;
pub mod start;
pub mod statistics;
pub mod supervision;
pub mod table_map;
pub mod table_parts;
pub mod tables;
pub mod tasks;
pub mod templates;
pub mod told;
pub mod vacancies;
pub mod vacancy_map;
pub mod vacancy_site;
pub mod verbs;
pub mod waiting;
pub mod waits;
pub mod way;
pub mod wizard;
pub mod wizard_steps;

use actix_web::Route as Answer;
use actix_web::http::Method;

use super::routes::{Route, Who};
use crate::acts::powers::Power;

/// A page.
pub const fn page(
    path: &'static str,
    who: Who,
    shows: &'static str,
    handler: fn(Answer) -> Answer,
) -> Route {
    Route {
        method: Method::GET,
        path,
        who,
        shows,
        doc: None,
        handler,
    }
}

/// A form that is sent.
pub const fn form(
    path: &'static str,
    who: Who,
    shows: &'static str,
    handler: fn(Answer) -> Answer,
) -> Route {
    Route {
        method: Method::POST,
        path,
        who,
        shows,
        doc: None,
        handler,
    }
}

/// Whoever has a power.
pub const fn of(power: &'static Power) -> Who {
    Who::Power(power)
}
