//! Sanctions that decisions brought into being: bans, suspensions of subsidy, proposals to claw back; lifting and
//! settling them.
//!
//! Not here: deciding them (`finding_acts`), orders to pay back (`money::claw_backs`).

use actix_web::HttpResponse;

use super::{MOST, contract};
use crate::acts::act::tag;
use crate::acts::powers::supervision as power;
use crate::acts::supervision::sanctions;
use crate::acts::{Desk, lookup, refuse};
use crate::domain::fault::Faults;
use crate::domain::ids::{BanId, ProposalId, SuspensionId};
use crate::domain::sanction::{Ban, Proposal, ProposalStage, SanctionStage, Suspension};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::verbs::{self, Stand, Verb, before, upon};
use crate::web::portal::{of, page, say};
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

const LIFT_BAN: Verb = Verb {
    path: "/bans/{id}/lift",
    power: &power::LIFT_BAN,
    words: "sanction.lift_ban",
    danger: false,
    stands: |desk, ctx, keys| {
        let id: BanId = keys.read("id")?;
        let all = sanctions::bans(desk, None, (None, MOST))?;
        let found = all.iter().find(|b| b.id == id);
        let found = found.ok_or_else(|| refuse::absent("ban", &id))?;
        let stand = stand(desk, ctx, found.firm.as_str()).tag(tag(found)?);
        Ok(stand.asks(vec![Field::words("reason", ctx.t("reason")).needed()]))
    },
    act: |desk, keys, sent| {
        sanctions::lift_ban(desk, &keys.read("id")?, sent.get("reason"))?;
        Went::to("/sanctions", "sanction_lifted")
    },
};

const LIFT_SUSPENSION: Verb = Verb {
    path: "/suspensions/{id}/lift",
    power: &power::LIFT_SUSPENSION,
    words: "sanction.lift_suspension",
    danger: false,
    stands: |desk, ctx, keys| {
        let id: SuspensionId = keys.read("id")?;
        let all = sanctions::suspensions(desk, None, (None, MOST))?;
        let found = all.iter().find(|s| s.id == id);
        let found = found.ok_or_else(|| refuse::absent("suspension", &id))?;
        let stand = stand(desk, ctx, found.firm.as_str()).tag(tag(found)?);
        Ok(stand.asks(vec![Field::words("reason", ctx.t("reason")).needed()]))
    },
    act: |desk, keys, sent| {
        sanctions::lift_suspension(desk, &keys.read("id")?, sent.get("reason"))?;
        Went::to("/sanctions", "sanction_lifted")
    },
};

const SETTLE: Verb = Verb {
    path: "/claw-back-proposals/{id}/settle",
    power: &power::SETTLE_PROPOSAL,
    words: "sanction.settle",
    danger: false,
    stands: |desk, ctx, keys| {
        let id: ProposalId = keys.read("id")?;
        let all = sanctions::proposals(desk, None, (None, MOST))?;
        let found = all.iter().find(|p| p.id == id);
        let found = found.ok_or_else(|| refuse::absent("proposal", &id))?;
        let ways = ["ordered", "dropped"];
        let ways = ways.map(|w| (w.to_owned(), say::word(ctx, "proposal", w)));
        let stand = stand(desk, ctx, found.firm.as_str()).tag(tag(found)?);
        Ok(stand.asks(vec![
            Field::one("as", ctx.t("sanction.settled_as"), ways.to_vec()).needed(),
            Field::words("note", ctx.t("reason")).needed(),
        ]))
    },
    act: |desk, keys, sent| {
        let ordered = sent.get("as") == "ordered";
        sanctions::settle(desk, &keys.read("id")?, ordered, sent.get("note"))?;
        Went::to("/sanctions", "proposal_settled")
    },
};

/// Acts on sanctions.
pub const VERBS: &[Verb] = &[LIFT_BAN, LIFT_SUSPENSION, SETTLE];

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/sanctions",
        of(&power::SEE_SANCTION),
        "bans, suspensions and proposals to claw back",
        |r| r.to(list),
    ),
    before(&LIFT_BAN),
    upon(&LIFT_BAN),
    before(&LIFT_SUSPENSION),
    upon(&LIFT_SUSPENSION),
    before(&SETTLE),
    upon(&SETTLE),
];

fn stand(desk: &Desk, ctx: &Ctx, firm: &str) -> Stand {
    let name = super::firm(desk, ctx, firm);
    Stand::under("sanctions", "/sanctions", ctx.t("nav.sanctions")).state("draft", name)
}

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let firms = lookup::firms(desk).unwrap_or_default();
    let firm = |key: &str| Cell::text(say::firm(ctx, &firms, key));
    let bans = bans(desk, ctx, &firm)?;
    let suspensions = suspensions(desk, ctx, &firm)?;
    let proposals = proposals(desk, ctx, &firm)?;
    Ok(Sheet::new("sanctions", ctx.t("nav.sanctions"))
        .lead(ctx.t("sanction.lead"))
        .with("bans", ctx.t("sanction.bans"), Part::Table(bans))
        .with(
            "suspensions",
            ctx.t("sanction.suspensions"),
            Part::Table(suspensions),
        )
        .with(
            "proposals",
            ctx.t("sanction.proposals"),
            Part::Table(proposals),
        ))
}

/// The name of a firm as a cell.
type Firm<'a> = &'a dyn Fn(&str) -> Cell;

/// A link to an act, where the reader's role may do it and it can be done.
fn way(ctx: &Ctx, verb: &Verb, id: &str, open: bool) -> Cell {
    match open && ctx.can(verb.power) {
        true => {
            let path = verbs::keys(&[("id", id)]).filled(verb.path);
            Cell::link(ctx.plain(&path), ctx.t(verb.words))
        }
        false => Cell::none(),
    }
}

fn bans(desk: &Desk, ctx: &Ctx, firm: Firm<'_>) -> Result<Table, Faults> {
    let found = sanctions::bans(desk, None, (None, MOST))?;
    let lines = found.iter().map(|b: &Ban| Line {
        key: b.id.to_string(),
        cells: vec![
            firm(b.firm.as_str()),
            say::state(ctx, "sanction", b.stage.name()),
            Cell::day(b.from),
            Cell::day(b.until),
            finding(ctx, b.finding.as_str()),
            way(
                ctx,
                &LIFT_BAN,
                b.id.as_str(),
                b.stage == SanctionStage::Standing,
            ),
        ],
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("stage", ctx.t("state")),
        ("from", ctx.t("sanction.from")),
        ("until", ctx.t("sanction.until")),
        ("finding", ctx.t("finding.one")),
        ("act", ctx.t("sanction.act")),
    ];
    let table = Table::plain(ctx, ctx.t("sanction.bans"), &heads, lines.collect());
    Ok(table.empty(ctx.t("sanction.none")))
}

fn suspensions(desk: &Desk, ctx: &Ctx, firm: Firm<'_>) -> Result<Table, Faults> {
    let found = sanctions::suspensions(desk, None, (None, MOST))?;
    let lines = found.iter().map(|s: &Suspension| {
        let open = s.stage == SanctionStage::Standing;
        Line {
            key: s.id.to_string(),
            cells: vec![
                firm(s.firm.as_str()),
                say::state(ctx, "sanction", s.stage.name()),
                contract(ctx, s.contract.as_str()),
                Cell::day(s.from),
                s.until.map_or_else(Cell::none, Cell::day),
                finding(ctx, s.finding.as_str()),
                way(ctx, &LIFT_SUSPENSION, s.id.as_str(), open),
            ],
        }
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("stage", ctx.t("state")),
        ("contract", ctx.t("claim.contract")),
        ("from", ctx.t("sanction.from")),
        ("until", ctx.t("sanction.until")),
        ("finding", ctx.t("finding.one")),
        ("act", ctx.t("sanction.act")),
    ];
    let table = Table::plain(ctx, ctx.t("sanction.suspensions"), &heads, lines.collect());
    Ok(table.empty(ctx.t("sanction.none")))
}

fn proposals(desk: &Desk, ctx: &Ctx, firm: Firm<'_>) -> Result<Table, Faults> {
    let found = sanctions::proposals(desk, None, (None, MOST))?;
    let lines = found.iter().map(|p: &Proposal| {
        let open = p.stage == ProposalStage::Open;
        Line {
            key: p.id.to_string(),
            cells: vec![
                firm(p.firm.as_str()),
                say::state(ctx, "proposal", p.stage.name()),
                contract(ctx, p.contract.as_str()),
                Cell::day(p.from),
                finding(ctx, p.finding.as_str()),
                way(ctx, &SETTLE, p.id.as_str(), open),
            ],
        }
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("stage", ctx.t("state")),
        ("contract", ctx.t("claim.contract")),
        ("from", ctx.t("contract.claw_back")),
        ("finding", ctx.t("finding.one")),
        ("act", ctx.t("sanction.act")),
    ];
    let table = Table::plain(ctx, ctx.t("sanction.proposals"), &heads, lines.collect());
    Ok(table.empty(ctx.t("sanction.none")))
}

fn finding(ctx: &Ctx, id: &str) -> Cell {
    Cell::link(
        ctx.plain(&path_to("/findings/{}", &[&id])),
        ctx.t("finding.see"),
    )
}
