//! Tables about a quota: its changes, and the newest entries of its ledger.
//!
//! Not here: pages of quotas (`quotas`).

use crate::acts::money::quotas;
use crate::acts::{Desk, lookup, words};
use crate::domain::fault::Faults;
use crate::domain::ledger::QuotaKey;
use crate::domain::quota_change::QuotaChange;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::say;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::table::{Line, Table};

/// Its changes, the newest first.
pub fn history(desk: &Desk, ctx: &Ctx, changes: &[QuotaChange]) -> Result<Table, Faults> {
    let people = lookup::people(desk)?;
    let lines = changes.iter().rev().map(|c| Line {
        key: c.id.to_string(),
        cells: vec![
            Cell::moment(ctx, &c.proposed.at).under(say::person(&people, &c.proposed.by)),
            say::state(ctx, "change", c.stage.name()),
            super::maybe(c.before),
            Cell::money(c.amount),
            Cell::text(ctx.say(&words::quota_mode(c.mode))),
            Cell::text(c.basis.clone()),
            c.decided.as_ref().map_or_else(Cell::none, |d| {
                let by = format!("{} {}", say::person(&people, &d.by), d.reason);
                Cell::moment(ctx, &d.at).under(by)
            }),
        ],
    });
    let heads = [
        ("at", ctx.t("quota.proposed_at")),
        ("stage", ctx.t("state")),
        ("before", ctx.t("quota.before")),
        ("amount", ctx.t("quota.proposed")),
        ("mode", ctx.t("quota.mode")),
        ("basis", ctx.t("quota.basis")),
        ("decided", ctx.t("quota.decided")),
    ];
    let table = Table::plain(ctx, ctx.t("quota.changes"), &heads, lines.collect());
    Ok(table.empty(ctx.t("quota.no_change")))
}

/// The newest entries of the ledger.
pub fn entries(desk: &Desk, ctx: &Ctx, key: &QuotaKey) -> Result<Table, Faults> {
    let mut all = quotas::entries(desk, key, (None, super::MOST))?;
    all.reverse();
    let lines = all.iter().take(50).map(|e| Line {
        key: e.id.clone(),
        cells: vec![
            Cell::count(e.seq),
            Cell::moment(ctx, &e.at),
            Cell::text(say::word(ctx, "entry", e.kind.name())),
            Cell::text(format!(
                "{} → {}",
                say::word(ctx, "money_account", e.from.name()),
                say::word(ctx, "money_account", e.to.name())
            )),
            Cell::money(e.amount),
            e.claim.as_ref().map_or_else(Cell::none, |c| {
                Cell::link(ctx.plain(&path_to("/claims/{}", &[&c])), ctx.t("claim.one"))
            }),
        ],
    });
    let heads = [
        ("seq", "#"),
        ("at", ctx.t("journal.at")),
        ("kind", ctx.t("quota.entry")),
        ("way", ctx.t("quota.way")),
        ("amount", ctx.t("quota.sum")),
        ("claim", ctx.t("claim.one")),
    ];
    Ok(
        Table::plain(ctx, ctx.t("quota.entries"), &heads, lines.collect())
            .empty(ctx.t("quota.none")),
    )
}
