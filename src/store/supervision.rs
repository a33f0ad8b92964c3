//! Supervision: statements, draws, visits, findings, bans, suspensions, proposals to claw back.

use super::noun::{Cell, Noun};
use crate::domain::draw::Draw;
use crate::domain::finding::Finding;
use crate::domain::sanction::{Ban, Proposal, Suspension};
use crate::domain::statement::Statement;
use crate::domain::visit::Visit;

fn text(value: impl ToString) -> Cell {
    Cell::Text(value.to_string())
}

impl Noun for Statement {
    const NOUN: &'static str = "statement";
    const TABLE: &'static str = "statements";
    const COLUMNS: &'static [&'static str] =
        &["contract_id", "firm_id", "district_id", "quarter", "stage"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            text(&self.contract),
            text(&self.firm),
            text(&self.district),
            text(self.quarter),
            text(self.stage.name()),
        ]
    }
}

impl Noun for Draw {
    const NOUN: &'static str = "draw";
    const TABLE: &'static str = "draws";
    const COLUMNS: &'static [&'static str] = &["district_id", "stage", "list_digest"];
    const MAYBE: &'static [&'static str] = &["district_id", "list_digest"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::MaybeText(self.district.as_ref().map(ToString::to_string)),
            text(self.stage().name()),
            Cell::MaybeText(self.frozen.as_ref().map(|f| f.digest.clone())),
        ]
    }
}

impl Noun for Visit {
    const NOUN: &'static str = "visit";
    const TABLE: &'static str = "visits";
    const COLUMNS: &'static [&'static str] = &["contract_id", "firm_id", "district_id", "draw_id"];
    const MAYBE: &'static [&'static str] = &["draw_id"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            text(&self.contract),
            text(&self.firm),
            text(&self.district),
            Cell::MaybeText(self.draw.as_ref().map(ToString::to_string)),
        ]
    }
}

impl Noun for Finding {
    const NOUN: &'static str = "finding";
    const TABLE: &'static str = "findings";
    const COLUMNS: &'static [&'static str] = &[
        "visit_id",
        "contract_id",
        "firm_id",
        "district_id",
        "kind",
        "stage",
        "reply_due",
    ];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            text(&self.visit),
            text(&self.contract),
            text(&self.firm),
            text(&self.district),
            text(self.kind.name()),
            text(self.stage.name()),
            text(self.reply_due),
        ]
    }
}

impl Noun for Ban {
    const NOUN: &'static str = "ban";
    const TABLE: &'static str = "bans";
    const COLUMNS: &'static [&'static str] =
        &["firm_id", "district_id", "finding_id", "stage", "until_day"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            text(&self.firm),
            text(&self.district),
            text(&self.finding),
            text(self.stage.name()),
            text(self.until),
        ]
    }
}

impl Noun for Suspension {
    const NOUN: &'static str = "suspension";
    const TABLE: &'static str = "suspensions";
    const COLUMNS: &'static [&'static str] = &[
        "contract_id",
        "firm_id",
        "district_id",
        "finding_id",
        "stage",
    ];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            text(&self.contract),
            text(&self.firm),
            text(&self.district),
            text(&self.finding),
            text(self.stage.name()),
        ]
    }
}

impl Noun for Proposal {
    const NOUN: &'static str = "claw-back proposal";
    const TABLE: &'static str = "claw_back_proposals";
    const COLUMNS: &'static [&'static str] = &[
        "contract_id",
        "firm_id",
        "district_id",
        "finding_id",
        "stage",
    ];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            text(&self.contract),
            text(&self.firm),
            text(&self.district),
            text(&self.finding),
            text(self.stage.name()),
        ]
    }
}
