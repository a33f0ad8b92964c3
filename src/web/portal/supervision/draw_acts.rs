//! Acts on draws: announcing, freezing the list, entering the value and drawing.
//!
//! Not here: pages of draws (`draws`).

use super::draws::place;
use crate::acts::act::tag;
use crate::acts::powers::supervision as power;
use crate::acts::supervision::draws::{self, NewDraw};
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::ids::DrawId;
use crate::domain::people::Body;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::say;
use crate::web::portal::verbs::{Keys, Stand, Verb, before, upon};
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::Part;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;

/// Announcing how the value will be obtained.
pub const ANNOUNCE: Verb = Verb {
    path: "/draws/announce",
    power: &power::ANNOUNCE_DRAW,
    words: "draw.announce",
    danger: false,
    stands: announcing,
    act: |desk, _, sent| {
        let new = NewDraw {
            district: sent.maybe("district")?,
            title: sent.get("title").to_owned(),
            method: sent.get("method").to_owned(),
            known_from: sent.need("known_from")?,
        };
        let draw = draws::announce(desk, &new)?;
        Went::to(path_to("/draws/{}", &[&draw.id]), "draw_announced")
    },
};

/// Freezing the list.
pub const FREEZE: Verb = Verb {
    path: "/draws/{id}/freeze",
    power: &power::FREEZE_DRAW,
    words: "draw.freeze",
    danger: false,
    stands: seen,
    act: |desk, keys, _| {
        let id: DrawId = keys.read("id")?;
        draws::freeze(desk, &id)?;
        Went::to(path_to("/draws/{}", &[&id]), "draw_frozen")
    },
};

/// Entering the value and drawing.
pub const HOLD: Verb = Verb {
    path: "/draws/{id}/hold",
    power: &power::HOLD_DRAW,
    words: "draw.hold",
    danger: true,
    stands: |desk, ctx, keys| {
        let value = Field::line("value", ctx.t("draw.value"))
            .hint(ctx.t("draw.value.hint"))
            .wide()
            .needed();
        Ok(seen(desk, ctx, keys)?.asks(vec![value]))
    },
    act: |desk, keys, sent| {
        let id: DrawId = keys.read("id")?;
        draws::hold(desk, &id, sent.get("value"))?;
        Went::to(path_to("/draws/{}", &[&id]), "draw_held")
    },
};

/// Acts on draws.
pub const VERBS: &[Verb] = &[ANNOUNCE, FREEZE, HOLD];

/// The routes.
pub const ROUTES: &[Route] = &[
    before(&ANNOUNCE),
    upon(&ANNOUNCE),
    before(&FREEZE),
    upon(&FREEZE),
    before(&HOLD),
    upon(&HOLD),
];

fn announcing(desk: &Desk, ctx: &Ctx, _: &Keys) -> Result<Stand, Faults> {
    let districts = lookup::districts(desk)?;
    let choices = match &desk.person().body {
        // A district draws for itself.
        Body::District(own) => vec![(own.to_string(), say::named(ctx, &districts, own.as_str()))],
        _ => say::or_none(ctx, "draw.city", say::choices(ctx, &districts)),
    };
    Ok(
        Stand::under("draws", "/draws", ctx.t("nav.draws")).asks(vec![
            Field::line("title", ctx.t("draw.title")).needed(),
            Field::one("district", ctx.t("district"), choices),
            Field::day("known_from", ctx.t("draw.known_from"))
                .hint(ctx.t("draw.known_from.hint"))
                .needed(),
            Field::words("method", ctx.t("draw.method"))
                .hint(ctx.t("draw.method.hint"))
                .needed(),
        ]),
    )
}

fn seen(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let draw = draws::one(desk, &keys.read("id")?)?;
    let districts = lookup::districts(desk)?;
    let stage = draw.stage().name();
    let district = draw.district.as_ref().map(|d| d.as_str());
    let mut pairs = vec![
        (
            ctx.t("district").to_owned(),
            Cell::text(place(ctx, &districts, district)),
        ),
        (
            ctx.t("draw.method").to_owned(),
            Cell::text(draw.method.clone()),
        ),
        (
            ctx.t("draw.known_from").to_owned(),
            Cell::day(draw.known_from),
        ),
    ];
    if let Some(frozen) = &draw.frozen {
        pairs.push((
            ctx.t("draw.digest").to_owned(),
            Cell::key(frozen.digest.clone()),
        ));
        pairs.push((
            ctx.t("draw.count").to_owned(),
            Cell::text(format!(
                "{} / {}",
                frozen.list.count,
                frozen.list.entries.len()
            )),
        ));
    }
    Ok(Stand::under("draws", "/draws", ctx.t("nav.draws"))
        .at(path_to("/draws/{}", &[&draw.id]), draw.title.clone())
        .state(stage, say::word(ctx, "draw", stage))
        .tag(tag(&draw)?)
        .about("facts", ctx.t("facts"), Part::Pairs(pairs)))
}
