//! The steps of an application: what each asks, and the draft with what it sent.
//!
//! Not here: the pages (`wizard`).

use super::{choices, say};
use crate::acts::{Desk, lookup, words};
use crate::domain::case::Draft;
use crate::domain::fault::Faults;
use crate::domain::housing::Households;
use crate::domain::space::Technical;
use crate::web::context::Ctx;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form};

/// Use, area, start, rent.
pub fn space(ctx: &Ctx, form: Form, draft: &Draft) -> Form {
    form.group(
        ctx.t("wizard.space"),
        ctx.t("wizard.space.hint"),
        vec![
            Field::one(
                "use",
                ctx.t("use"),
                say::or_none(ctx, "choose", choices::uses(ctx)),
            )
            .maybe(draft.use_.as_ref().map(choices::name))
            .needed(),
            Field::number("rent_cap", ctx.t("rent.cap"))
                .maybe(draft.rent_cap)
                .hint(ctx.t("yuan.m2")),
            Field::number("area_min", ctx.t("area_min"))
                .maybe(draft.area_min)
                .needed(),
            Field::number("area_max", ctx.t("area_max"))
                .maybe(draft.area_max)
                .needed(),
            Field::day("start_from", ctx.t("field.start_from"))
                .maybe(draft.start_from)
                .needed(),
            Field::day("start_until", ctx.t("field.start_until")).maybe(draft.start_until),
        ],
    )
}

/// How many wishes a form takes.
const WISHES: usize = 5;

/// Wishes, districts, stations.
pub fn place(desk: &Desk, ctx: &Ctx, form: Form, draft: &Draft) -> Result<Form, Faults> {
    let sites = say::or_none(
        ctx,
        "nothing_named",
        say::choices(ctx, &lookup::sites(desk)?),
    );
    let districts = say::choices(ctx, &lookup::districts(desk)?);
    let stations = say::choices(ctx, &lookup::stations(desk)?);
    let wish = |n: usize| {
        Field::one(
            &format!("wish{n}"),
            &format!("{} {}", ctx.t("wish"), n + 1),
            sites.clone(),
        )
        .maybe(draft.site_wishes.get(n))
    };
    let mut wishes: Vec<Field> = (0..WISHES).map(wish).collect();
    wishes.push(
        Field::many("districts", ctx.t("districts.ok"), districts)
            .hint(ctx.t("wizard.districts.hint"))
            .chosen(draft.districts.iter().map(ToString::to_string)),
    );
    Ok(form
        .group(ctx.t("wishes"), ctx.t("wizard.wishes.hint"), wishes)
        .group(
            ctx.t("anchors"),
            ctx.t("wizard.anchors.hint"),
            vec![
                Field::number("max_minutes", ctx.t("field.max_minutes")).maybe(draft.max_minutes),
                Field::many("anchors", ctx.t("anchors"), stations)
                    .chosen(draft.anchors.iter().map(ToString::to_string)),
            ],
        ))
}

/// Technical needs.
pub fn technical(ctx: &Ctx, form: Form, draft: &Draft) -> Form {
    let needs = &draft.needs;
    let hazard = needs.hazard.as_ref().map(choices::name);
    form.group(
        ctx.t("wizard.technical"),
        ctx.t("wizard.technical.hint"),
        vec![
            Field::number("floor_load_kg_m2", ctx.t("vac.load")).maybe(needs.floor_load_kg_m2),
            Field::number("clear_height_mm", ctx.t("field.clear_height_mm"))
                .maybe(needs.clear_height_mm),
            Field::number("power_a", ctx.t("vac.power")).maybe(needs.power_a),
            Field::one(
                "hazard",
                ctx.t("field.hazard"),
                say::or_none(ctx, "nothing_named", choices::hazards(ctx)),
            )
            .maybe(hazard),
            Field::tick("gas", ctx.t("field.gas"), needs.gas == Some(true)),
            Field::tick(
                "clean_water",
                ctx.t("field.clean_water"),
                needs.clean_water == Some(true),
            ),
        ],
    )
}

/// Households and subsidy.
pub fn housing(ctx: &Ctx, form: Form, draft: &Draft) -> Form {
    let count = |kind| {
        draft
            .households
            .iter()
            .find(|h| h.kind == kind)
            .map(|h| h.count)
    };
    let homes = choices::HOUSEHOLDS.map(|kind| {
        let label = ctx.say(&words::household(kind)).to_owned();
        Field::number(&format!("home_{}", choices::name(&kind)), &label).maybe(count(kind))
    });
    form.group(
        ctx.t("households"),
        ctx.t("wizard.housing.hint"),
        homes.to_vec(),
    )
    .group(
        ctx.t("subsidy"),
        "",
        vec![Field::tick(
            "wants_subsidy",
            ctx.t("wizard.subsidy"),
            draft.wants_subsidy,
        )],
    )
}

/// The draft with what a step sent.
pub fn changed(at: usize, mut draft: Draft, sent: &Fields) -> Result<Draft, Faults> {
    match at {
        0 => {
            let use_ = Some(sent.get("use")).filter(|u| !u.is_empty());
            draft.use_ = use_.map(|u| choices::noun("use", u)).transpose()?;
            draft.rent_cap = sent.maybe("rent_cap")?;
            draft.area_min = sent.maybe("area_min")?;
            draft.area_max = sent.maybe("area_max")?;
            draft.start_from = sent.maybe("start_from")?;
            draft.start_until = sent.maybe("start_until")?.or(draft.start_from);
        }
        1 => {
            let mut wishes = Vec::new();
            for n in 0..WISHES {
                let wish = sent.maybe(&format!("wish{n}"))?;
                wishes.extend(wish.filter(|w| !wishes.contains(w)));
            }
            draft.site_wishes = wishes;
            draft.districts = sent.list("districts")?;
            draft.anchors = sent.list("anchors")?;
            draft.max_minutes = sent.maybe("max_minutes")?;
        }
        2 => {
            let hazard = Some(sent.get("hazard")).filter(|h| !h.is_empty());
            draft.needs = Technical {
                floor_load_kg_m2: sent.maybe("floor_load_kg_m2")?,
                clear_height_mm: sent.maybe("clear_height_mm")?,
                power_a: sent.maybe("power_a")?,
                gas: sent.ticked("gas").then_some(true),
                clean_water: sent.ticked("clean_water").then_some(true),
                hazard: hazard.map(|h| choices::noun("hazard", h)).transpose()?,
            };
        }
        _ => {
            draft.households.clear();
            for kind in choices::HOUSEHOLDS {
                let count = sent.maybe::<u32>(&format!("home_{}", choices::name(&kind)))?;
                let count = count.filter(|n| *n > 0);
                draft
                    .households
                    .extend(count.map(|count| Households { kind, count }));
            }
            draft.wants_subsidy = sent.ticked("wants_subsidy");
        }
    }
    Ok(draft)
}
