//! Messages: everything that officers and the rounds told a firm, the newest first, and what of it waits for an answer.
//! They are read from the things themselves, so that none can be lost or say something else.
//!
//! Not here: answering (the pages of the things).

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};

use super::told::{filter, passes};
use super::{of, page, say};
use crate::acts::cases::view::{self, Wanted};
use crate::acts::money::claims;
use crate::acts::powers::cases::SEE_CASE;
use crate::acts::rounds::{contracts, objections, offers};
use crate::acts::{Desk, lookup};
use crate::domain::case::{Case, CaseStage};
use crate::domain::claim::{Claim, ClaimStage};
use crate::domain::fault::Faults;
use crate::domain::objection::Objection;
use crate::domain::offer::{Contract, Offer, OfferStage};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/messages",
    of(&SEE_CASE),
    "what a firm was told",
    |r| r.to(list),
)];

/// Most of each kind that are read.
const MOST: u32 = 500;

/// A message.
pub struct Message {
    /// When.
    at: DateTime<Utc>,
    /// What it is about, for example `case`.
    kind: &'static str,
    /// What happened.
    what: String,
    /// What was said.
    note: String,
    /// Where the thing stands.
    path: String,
    /// What must be done until when; empty where nothing waits.
    pub waits: String,
}

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, sheet).await
}

/// Kinds of messages: name, word.
const KINDS: [(&str, &str); 5] = [
    ("case", "nav.cases"),
    ("offer", "nav.offers"),
    ("contract", "nav.contracts"),
    ("objection", "nav.objections"),
    ("claim", "nav.claims"),
];

fn sheet(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let all = all(desk, ctx)?;
    let waiting = all.iter().filter(|m| !m.waits.is_empty()).count();
    let open = |m: &&Message| passes(ctx, "open", if m.waits.is_empty() { "no" } else { "yes" });
    let lines = all
        .iter()
        .filter(|m| passes(ctx, "kind", m.kind))
        .filter(open)
        .enumerate()
        .map(|(n, m)| line(ctx, n, m));
    let heads = [
        ("what", ctx.t("message.what")),
        ("about", ctx.t("message.about")),
        ("note", ctx.t("message.note")),
        ("waits", ctx.t("message.waits")),
        ("at", ctx.t("message.at")),
    ];
    let table = Table::of(ctx, ctx.t("nav.messages"), &heads, lines.collect());
    let kinds = KINDS.map(|(name, word)| (name.to_owned(), ctx.t(word).to_owned()));
    let open = vec![("yes".to_owned(), ctx.t("message.open").to_owned())];
    let fields = vec![
        Field::one(
            "kind",
            ctx.t("message.about"),
            say::or_none(ctx, "all", kinds.to_vec()),
        ),
        Field::one(
            "open",
            ctx.t("message.waits"),
            say::or_none(ctx, "all", open),
        ),
    ];
    Ok(Sheet::new("messages", ctx.t("nav.messages"))
        .lead(format!("{waiting} {}", ctx.t("message.lead")))
        .with("filter", "", filter(ctx, fields))
        .with("list", "", Part::Table(table.empty(ctx.t("message.none")))))
}

fn line(ctx: &Ctx, n: usize, m: &Message) -> Line {
    let about = KINDS.iter().find(|(kind, _)| *kind == m.kind);
    let waits = match m.waits.as_str() {
        "" => Cell::none(),
        text => Cell::state("pending", text),
    };
    Line {
        key: n.to_string(),
        cells: vec![
            Cell::link(ctx.plain(&m.path), m.what.clone()),
            Cell::text(about.map_or("", |(_, word)| ctx.t(word))),
            Cell::text(m.note.clone()),
            waits,
            Cell::moment(ctx, &m.at),
        ],
    }
}

/// All messages that the reader may see, the newest first.
pub fn all(desk: &Desk, ctx: &Ctx) -> Result<Vec<Message>, Faults> {
    let mut all = Vec::new();
    let wanted = Wanted {
        limit: MOST,
        ..Wanted::default()
    };
    for case in view::list(desk, &wanted)? {
        all.extend(of_case(ctx, &case));
    }
    if !desk.person().role.is_firm() {
        all.sort_by_key(|m| std::cmp::Reverse(m.at));
        return Ok(all);
    }
    let found = offers::list(desk, None, None, (None, MOST))?;
    let sites = lookup::sites(desk)?;
    all.extend(found.iter().flat_map(|o| of_offer(ctx, &sites, o)));
    let found = contracts::list(desk, None, None, (None, MOST))?;
    all.extend(found.iter().map(|c| of_contract(ctx, c)));
    let found = claims::list(desk, None, None, (None, MOST))?;
    all.extend(found.iter().flat_map(|c| of_claim(ctx, c)));
    for round in lookup::rounds(desk)? {
        let found = objections::list(desk, &round.id, None, (None, MOST))?;
        all.extend(found.iter().filter_map(|o| of_objection(ctx, o)));
    }
    all.sort_by_key(|m| std::cmp::Reverse(m.at));
    Ok(all)
}

fn of_case(ctx: &Ctx, case: &Case) -> Vec<Message> {
    let last = case.remarks.len();
    let message = |(n, remark): (usize, &crate::domain::case::Remark)| {
        let open = n == last && case.stage == CaseStage::Returned;
        let until = case.supplement_until.filter(|_| open);
        Message {
            at: remark.signed.at,
            kind: "case",
            what: say::word(ctx, "case", remark.stage.name()),
            note: remark.signed.reason.clone(),
            path: path_to("/cases/{}", &[&case.id]),
            waits: until
                .map(|day| format!("{} {day}", ctx.t("message.supplement")))
                .unwrap_or_default(),
        }
    };
    (1..).zip(&case.remarks).map(message).collect()
}

fn of_offer(ctx: &Ctx, sites: &[lookup::Named], offer: &Offer) -> Vec<Message> {
    let path = path_to("/offers/{}", &[&offer.id]);
    let open = offer.stage == OfferStage::Open;
    let made = Message {
        at: offer.made.at,
        kind: "offer",
        what: ctx.t("message.offered").to_owned(),
        note: say::named(ctx, sites, offer.award.site.as_str()),
        path: path.clone(),
        waits: match open {
            true => format!("{} {}", ctx.t("offer.until"), offer.expires_on),
            false => String::new(),
        },
    };
    let answered = offer.answered.as_ref().map(|s| Message {
        at: s.at,
        kind: "offer",
        what: say::word(ctx, "offer", offer.stage.name()),
        note: s.reason.clone(),
        path,
        waits: String::new(),
    });
    std::iter::once(made).chain(answered).collect()
}

fn of_contract(ctx: &Ctx, contract: &Contract) -> Message {
    Message {
        at: contract.signed.at,
        kind: "contract",
        what: ctx.t("message.signed").to_owned(),
        note: contract.number.clone(),
        path: path_to("/contracts/{}", &[&contract.id]),
        waits: String::new(),
    }
}

fn of_claim(ctx: &Ctx, claim: &Claim) -> Vec<Message> {
    let last = claim.remarks.len();
    let message = |(n, remark): (usize, &crate::domain::claim::ClaimRemark)| Message {
        at: remark.signed.at,
        kind: "claim",
        what: say::word(ctx, "claim", remark.stage.name()),
        note: remark.signed.reason.clone(),
        path: path_to("/claims/{}", &[&claim.id]),
        waits: match n == last && claim.stage == ClaimStage::Returned {
            true => ctx.t("message.supplement").to_owned(),
            false => String::new(),
        },
    };
    (1..).zip(&claim.remarks).map(message).collect()
}

fn of_objection(ctx: &Ctx, objection: &Objection) -> Option<Message> {
    let replied = objection.replied.as_ref()?;
    Some(Message {
        at: replied.at,
        kind: "objection",
        what: say::word(ctx, "objection", objection.stage.name()),
        note: replied.reason.clone(),
        path: path_to("/objections/{}", &[&objection.id]),
        waits: String::new(),
    })
}
