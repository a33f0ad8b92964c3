//! What more quota would bring: an amount on a scale, and beneath it who would be awarded more in the settlement of the
//! year and who would be placed in its plan.
//!
//! Not here: how it is found (`acts::money::what_if`, `acts::reasons::next_yuan`), changing a quota (`quota_form`).

use super::quota_form::CHANGE;
use crate::acts::money::quotas::QuotaNow;
use crate::acts::money::what_if;
use crate::acts::powers::money::SEE_SETTLEMENT;
use crate::acts::powers::reasons::ASK_NEXT_YUAN;
use crate::acts::reasons::next_yuan::{NextYuan, next_yuan};
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::ledger::QuotaKey;
use crate::domain::money::Fen;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::say;
use crate::web::portal::told::filter;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Button, Part, Sheet};

/// Amounts to try, in yuan.
const STEPS: [i64; 4] = [1, 10_000, 100_000, 1_000_000];
/// A step of the scale, in yuan.
const STEP: i64 = 10_000;
/// The end of the scale at least, in yuan.
const LEAST: i64 = 1_000_000;
/// Seconds of the run that says who would be placed.
const SECONDS: u32 = 1;

/// The same sheet with what more quota would bring.
pub fn with(
    desk: &Desk,
    ctx: &Ctx,
    mut sheet: Sheet,
    (key, now): (&QuotaKey, &QuotaNow),
) -> Result<Sheet, Faults> {
    let amount: Fen = ctx.value("more").parse().unwrap_or(Fen::ZERO);
    if !ctx.can(&SEE_SETTLEMENT) && !ctx.can(&ASK_NEXT_YUAN) {
        return Ok(sheet);
    }
    sheet = sheet
        .with("what", ctx.t("quota.what_if"), asks(ctx, now, amount))
        .with("steps", "", steps(ctx, (key, now), amount));
    if ctx.can(&ASK_NEXT_YUAN) {
        let part = places(desk, ctx, key, amount)?;
        sheet = sheet.half("placed", ctx.t("quota.who_placed"), part);
    }
    if ctx.can(&SEE_SETTLEMENT) {
        let part = awards(desk, ctx, key, amount)?;
        sheet = sheet.half("if", ctx.t("quota.who_awarded"), part);
    }
    Ok(sheet)
}

/// The amount to try, and of which money.
fn asks(ctx: &Ctx, now: &QuotaNow, amount: Fen) -> Part {
    let whole_yuan = |fen: Fen| fen.0 / 100;
    let most = whole_yuan(now.quota.amount)
        .max(whole_yuan(amount))
        .max(LEAST);
    let most = most.saturating_add(STEP - 1) / STEP * STEP;
    let more = Field::range("more", ctx.t("quota.more"), (0, most, STEP)).hint(format!(
        "+{} {}",
        ctx.yuan(&amount),
        ctx.t("yuan")
    ));
    let pool = ["year", "free"].map(|k| {
        let word = match k {
            "year" => "settlement.whole_year",
            _ => "quota.free_only",
        };
        (k.to_owned(), ctx.t(word).to_owned())
    });
    let whole = Field::one("whole", ctx.t("quota.pool"), pool.to_vec());
    match filter(ctx, vec![more, whole]) {
        Part::Filter(mut form) => {
            ctx.t("board.go").clone_into(&mut form.submit);
            "placed if steps".clone_into(&mut form.live);
            Part::Filter(form)
        }
        other => other,
    }
}

/// Amounts at hand, and the way to propose what was tried.
fn steps(ctx: &Ctx, (key, now): (&QuotaKey, &QuotaNow), amount: Fen) -> Part {
    let step = |n: i64| Button {
        href: format!("{}#placed", ctx.with("more", &n.to_string())),
        label: format!("+{}", ctx.yuan(&Fen(n * 100))),
        kind: "",
    };
    let mut all = STEPS.map(step).to_vec();
    if amount > Fen::ZERO && ctx.can(CHANGE.power) {
        let then = Fen(now.quota.amount.0.saturating_add(amount.0));
        let path = path_to(
            "/quotas/{}/{}/propose?amount={}",
            &[&key.district, &key.year, &then],
        );
        all.push(Button {
            href: ctx.plain(&path),
            label: format!("{} {}", ctx.t("quota.propose_this"), ctx.yuan(&then)),
            kind: "primary",
        });
    }
    Part::Buttons(all)
}

/// Who would be placed in the plan of the year.
fn places(desk: &Desk, ctx: &Ctx, key: &QuotaKey, amount: Fen) -> Result<Part, Faults> {
    let note = |words: &str| Part::Note("info", ctx.t(words).to_owned());
    if amount <= Fen::ZERO {
        return Ok(note("quota.try_more"));
    }
    match next_yuan(desk, key, amount, SECONDS) {
        Ok(Some(found)) => placed(desk, ctx, &found),
        Ok(None) => Ok(note("quota.no_plan")),
        Err(faults) => Ok(Part::Text(say::missing(ctx, &faults))),
    }
}

fn placed(desk: &Desk, ctx: &Ctx, found: &NextYuan) -> Result<Part, Faults> {
    let firms = lookup::firms(desk)?;
    let lines = found.placed.iter().map(|(application, firm)| {
        let path = path_to("/application/{}?round={}", &[application, &found.round]);
        Line {
            key: application.to_string(),
            cells: vec![
                Cell::link(ctx.plain(&path), say::firm(ctx, &firms, firm.as_str()))
                    .under(application.to_string()),
            ],
        }
    });
    let low = found.gain.low.map(|p| ctx.points(&p)).unwrap_or_default();
    let caption = format!("{} · {} +{low}", found.round, ctx.t("points"));
    let heads = [("firm", ctx.t("quota.would_be_placed"))];
    let table = Table::plain(ctx, &caption, &heads, lines.collect());
    Ok(Part::Table(table.empty(ctx.t("quota.nobody_placed"))))
}

/// What would change in the settlement of the year.
fn awards(desk: &Desk, ctx: &Ctx, key: &QuotaKey, amount: Fen) -> Result<Part, Faults> {
    let whole = ctx.value("whole") != "free";
    let found = match what_if::what_if(desk, key, whole, amount) {
        Ok(found) => found,
        Err(faults) => return Ok(Part::Text(say::missing(ctx, &faults))),
    };
    let firms = lookup::firms(desk).unwrap_or_default();
    let lines = found.shifts.iter().map(|s| Line {
        key: s.claim.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/claims/{}", &[&s.claim])),
                say::firm(ctx, &firms, s.firm.as_str()),
            ),
            Cell::money(s.now),
            Cell::money(s.then),
            Cell::money(Fen(s.then.0.saturating_sub(s.now.0))),
        ],
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("now", ctx.t("compare.before")),
        ("then", ctx.t("compare.after")),
        ("more", ctx.t("compare.more")),
    ];
    let table = Table::plain(ctx, ctx.t("quota.what_if"), &heads, lines.collect());
    Ok(Part::Table(table.empty(ctx.t("quota.no_shift"))))
}
