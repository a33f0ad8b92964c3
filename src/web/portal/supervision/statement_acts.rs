//! Acts on quarterly statements: preparing and filing by the firm, confirming and returning by the district.
//!
//! Not here: pages of statements (`statements`).

use super::statements::{pairs, terms, title};
use crate::acts::Desk;
use crate::acts::powers::supervision as power;
use crate::acts::supervision::statements;
use crate::domain::fault::Faults;
use crate::domain::ids::{ContractId, StatementId};
use crate::domain::quarter::Quarter;
use crate::domain::statement::{Figures, Statement};
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::say;
use crate::web::portal::verbs::{Keys, Stand, Verb, before, upon};
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::Part;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::Fields;

/// Stating a quarter.
pub const PREPARE: Verb = Verb {
    path: "/contracts/{id}/statements/{quarter}",
    power: &power::PREPARE_STATEMENT,
    words: "statement.prepare",
    danger: false,
    stands: preparing,
    act: |desk, keys, sent| {
        let contract: ContractId = keys.read("id")?;
        let what = (&figures_of(sent)?, sent.get("note"));
        let made = statements::prepare(desk, &contract, keys.read("quarter")?, what)?;
        Went::to(path_to("/statements/{}", &[&made.id]), "statement_prepared")
    },
};

/// Filing it.
pub const FILE: Verb = Verb {
    path: "/statements/{id}/file",
    power: &power::FILE_STATEMENT,
    words: "statement.file",
    danger: false,
    stands: seen,
    act: |desk, keys, _| {
        let id: StatementId = keys.read("id")?;
        statements::file(desk, &id)?;
        Went::to(path_to("/statements/{}", &[&id]), "statement_filed")
    },
};

/// Confirming it.
pub const CONFIRM: Verb = Verb {
    path: "/statements/{id}/confirm",
    power: &power::REVIEW_STATEMENT,
    words: "statement.confirm",
    danger: false,
    stands: |desk, ctx, keys| {
        let note = Field::words("note", ctx.t("statement.note"));
        Ok(seen(desk, ctx, keys)?.asks(vec![note]))
    },
    act: |desk, keys, sent| {
        let id: StatementId = keys.read("id")?;
        statements::confirm(desk, &id, sent.get("note"))?;
        Went::to(path_to("/statements/{}", &[&id]), "statement_confirmed")
    },
};

/// Returning it.
pub const RETURN: Verb = Verb {
    path: "/statements/{id}/return",
    power: &power::REVIEW_STATEMENT,
    words: "statement.return",
    danger: false,
    stands: |desk, ctx, keys| {
        let why = Field::words("reason", ctx.t("reason")).needed();
        Ok(seen(desk, ctx, keys)?.asks(vec![why]))
    },
    act: |desk, keys, sent| {
        let id: StatementId = keys.read("id")?;
        statements::send_back(desk, &id, sent.get("reason"))?;
        Went::to(path_to("/statements/{}", &[&id]), "statement_returned")
    },
};

/// Acts on statements.
pub const VERBS: &[Verb] = &[PREPARE, FILE, CONFIRM, RETURN];

/// The routes.
pub const ROUTES: &[Route] = &[
    before(&PREPARE),
    upon(&PREPARE),
    before(&FILE),
    upon(&FILE),
    before(&CONFIRM),
    upon(&CONFIRM),
    before(&RETURN),
    upon(&RETURN),
];

fn seen(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let (found, tag) = statements::one(desk, &keys.read("id")?)?;
    let stage = found.stage.name();
    Ok(
        Stand::under("statements", "/statements", ctx.t("nav.statements"))
            .at(
                path_to("/statements/{}", &[&found.id]),
                title(desk, ctx, &found),
            )
            .state(stage, say::word(ctx, "statement", stage))
            .tag(tag)
            .about(
                "figures",
                ctx.t("statement.figures"),
                Part::Pairs(pairs(ctx, &found)),
            )
            .about(
                "terms",
                ctx.t("contract.kpis"),
                Part::Table(terms(desk, ctx, &found.contract)?),
            ),
    )
}

/// The figures of a quarter, as they were stated before.
fn preparing(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let id: ContractId = keys.read("id")?;
    let quarter: Quarter = keys.read("quarter")?;
    let found = crate::acts::rounds::contracts::one(desk, &id)?;
    let known = statements::one(desk, &Statement::key_of(&id, quarter)?).ok();
    let f = known.as_ref().map(|(s, _)| s.figures).unwrap_or_default();
    let note = known.as_ref().map(|(s, _)| s.note.clone());
    let number = |name: &'static str, value: String| {
        let words = format!("figure.{name}");
        Field::number(name, ctx.t(&words)).value(value).needed()
    };
    let fields = vec![
        number("headcount", f.headcount.to_string()),
        number("revenue", f.revenue.to_string()),
        number("rd_expense", f.rd_expense.to_string()),
        number("tax", f.tax.to_string()),
        number("area_in_use", f.area_in_use.to_string()),
        number("area_sublet", f.area_sublet.to_string()),
        number("apartments_used", f.apartments_used.to_string()),
        Field::words("note", ctx.t("statement.note")).maybe(note),
    ];
    let stand = Stand::under("statements", "/statements", ctx.t("nav.statements"))
        .at(path_to("/contracts/{}", &[&id]), found.number)
        .state("draft", quarter.to_string())
        .group(
            ctx.t("statement.figures"),
            ctx.t("statement.figures.hint"),
            fields,
        );
    Ok(match known {
        Some((_, tag)) => stand.tag(tag),
        None => stand,
    })
}

fn figures_of(sent: &Fields) -> Result<Figures, Faults> {
    Ok(Figures {
        headcount: sent.need("headcount")?,
        revenue: sent.need("revenue")?,
        rd_expense: sent.need("rd_expense")?,
        tax: sent.need("tax")?,
        area_in_use: sent.need("area_in_use")?,
        area_sublet: sent.need("area_sublet")?,
        apartments_used: sent.need("apartments_used")?,
    })
}
