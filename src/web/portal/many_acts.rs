//! Which acts can be done on many things at once: accepting and verifying applications, reviewing, publicising and
//! approving claims, confirming statements, accepting offers.
//!
//! Not here: how it is done (`many`).

use super::many::{Found, Many, Names, before, upon};
use super::say;
use crate::acts::act::tag;
use crate::acts::cases::review::{self, Words};
use crate::acts::cases::view;
use crate::acts::money::{claims, publicity, review as claim_review};
use crate::acts::powers::{cases, money, offers as offer, supervision};
use crate::acts::rounds::offers;
use crate::acts::supervision::statements;
use crate::acts::{Desk, refuse};
use crate::domain::fault::Faults;
use crate::domain::ids::{ApplicationId, ClaimId, OfferId, StatementId};
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::sheet::field::Field;

/// The routes.
pub const ROUTES: &[Route] = &[
    before(&ACCEPT_CASES),
    upon(&ACCEPT_CASES),
    before(&VERIFY_CASES),
    upon(&VERIFY_CASES),
    before(&REVIEW_CLAIMS),
    upon(&REVIEW_CLAIMS),
    before(&PUBLICISE_CLAIMS),
    upon(&PUBLICISE_CLAIMS),
    before(&APPROVE_CLAIMS),
    upon(&APPROVE_CLAIMS),
    before(&CONFIRM_STATEMENTS),
    upon(&CONFIRM_STATEMENTS),
    before(&ACCEPT_OFFERS),
    upon(&ACCEPT_OFFERS),
];

/// Every act on many things.
pub const ALL: &[&Many] = &[
    &ACCEPT_CASES,
    &VERIFY_CASES,
    &REVIEW_CLAIMS,
    &PUBLICISE_CLAIMS,
    &APPROVE_CLAIMS,
    &CONFIRM_STATEMENTS,
    &ACCEPT_OFFERS,
];

/// Accepting applications for review.
pub const ACCEPT_CASES: Many = Many {
    path: "/many/cases/accept",
    power: &cases::ACCEPT_CASE,
    words: "verb.accept",
    list: ("review", "/review"),
    find: case,
    asks: |_| Vec::new(),
    act: |desk, key, _| {
        let id = read::<ApplicationId>("application", key)?;
        review::accept(desk, &id, Words::default()).map(drop)
    },
};

/// Verifying applications.
pub const VERIFY_CASES: Many = Many {
    path: "/many/cases/verify",
    power: &cases::VERIFY_CASE,
    words: "verb.verify",
    act: |desk, key, _| {
        let id = read::<ApplicationId>("application", key)?;
        review::verify(desk, &id, Words::default()).map(drop)
    },
    ..ACCEPT_CASES
};

/// Reviewing claims at their calculated amount.
pub const REVIEW_CLAIMS: Many = Many {
    path: "/many/claims/review",
    power: &money::REVIEW_CLAIM,
    words: "claim.review",
    list: ("claims", "/claims"),
    find: claim,
    asks: |_| Vec::new(),
    act: |desk, key, _| {
        let id = read::<ClaimId>("claim", key)?;
        claim_review::review(desk, &id, None, "").map(drop)
    },
};

/// Publicising claims under one notice.
pub const PUBLICISE_CLAIMS: Many = Many {
    path: "/many/claims/publicise",
    power: &money::PUBLICISE_CLAIM,
    words: "claim.publicise",
    asks: |ctx| {
        let number = Field::line("number", ctx.t("notice.number"));
        vec![number.hint(ctx.t("notice.number.hint")).needed()]
    },
    act: |desk, key, sent| {
        let id = read::<ClaimId>("claim", key)?;
        publicity::publicise(desk, &id, sent.get("number")).map(drop)
    },
    ..REVIEW_CLAIMS
};

/// Approving claims.
pub const APPROVE_CLAIMS: Many = Many {
    path: "/many/claims/approve",
    power: &money::APPROVE_CLAIM,
    words: "claim.approve",
    act: |desk, key, _| {
        let id = read::<ClaimId>("claim", key)?;
        publicity::approve(desk, &id).map(drop)
    },
    ..REVIEW_CLAIMS
};

/// Confirming quarterly statements.
pub const CONFIRM_STATEMENTS: Many = Many {
    path: "/many/statements/confirm",
    power: &supervision::REVIEW_STATEMENT,
    words: "statement.confirm",
    list: ("statements", "/statements"),
    find: statement,
    asks: |_| Vec::new(),
    act: |desk, key, _| {
        let id = read::<StatementId>("statement", key)?;
        statements::confirm(desk, &id, "").map(drop)
    },
};

/// Accepting offers of one's own firm.
pub const ACCEPT_OFFERS: Many = Many {
    path: "/many/offers/accept",
    power: &offer::ACCEPT_OFFER,
    words: "offer.accept",
    list: ("offers", "/offers"),
    find: one_offer,
    asks: |_| Vec::new(),
    act: |desk, key, _| {
        let id = read::<OfferId>("offer", key)?;
        offers::accept(desk, &id).map(drop)
    },
};

/// A key that was sent; AC013 when it is none.
fn read<T: std::str::FromStr>(noun: &'static str, key: &str) -> Result<T, Faults> {
    key.parse()
        .map_err(|_| refuse::absent(noun, key.to_owned()).into())
}

fn case(desk: &Desk, ctx: &Ctx, names: &Names, key: &str) -> Result<Found, Faults> {
    let case = view::show(desk, &read("application", key)?)?.case;
    Ok(Found {
        href: ctx.plain(&path_to("/cases/{}", &[&case.id])),
        name: say::firm(ctx, names, case.firm.as_str()),
        under: case.id.to_string(),
        state: say::state(ctx, "case", case.stage.name()),
        tag: tag(&case)?,
    })
}

fn claim(desk: &Desk, ctx: &Ctx, names: &Names, key: &str) -> Result<Found, Faults> {
    let claim = claims::one(desk, &read("claim", key)?)?;
    Ok(Found {
        href: ctx.plain(&path_to("/claims/{}", &[&claim.id])),
        name: say::firm(ctx, names, claim.firm.as_str()),
        under: format!("{} · {}", claim.year, ctx.money(&claim.calculation.amount)),
        state: say::state(ctx, "claim", claim.stage.name()),
        tag: tag(&claim)?,
    })
}

fn statement(desk: &Desk, ctx: &Ctx, names: &Names, key: &str) -> Result<Found, Faults> {
    let (found, tag) = statements::one(desk, &read("statement", key)?)?;
    Ok(Found {
        href: ctx.plain(&path_to("/statements/{}", &[&found.id])),
        name: say::firm(ctx, names, found.firm.as_str()),
        under: found.quarter.to_string(),
        state: say::state(ctx, "statement", found.stage.name()),
        tag,
    })
}

fn one_offer(desk: &Desk, ctx: &Ctx, names: &Names, key: &str) -> Result<Found, Faults> {
    let found = offers::one(desk, &read("offer", key)?)?;
    Ok(Found {
        href: ctx.plain(&path_to("/offers/{}", &[&found.id])),
        name: say::firm(ctx, names, found.firm.as_str()),
        under: format!(
            "{} · {} {}",
            found.round,
            ctx.t("offer.until"),
            found.expires_on
        ),
        state: say::state(ctx, "offer", found.stage.name()),
        tag: tag(&found)?,
    })
}
