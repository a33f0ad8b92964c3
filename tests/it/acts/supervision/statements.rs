//! Quarterly statements: what is owed, filed, returned, confirmed; performance terms against it.

use zhuchao::acts::Desk;
use zhuchao::acts::refuse;
use zhuchao::acts::supervision::due::{self, Owed};
use zhuchao::acts::supervision::kpis::{self, TermOutcome};
use zhuchao::acts::supervision::statements::{self, NOT_OWED};
use zhuchao::domain::area::Area;
use zhuchao::domain::quarter::{BAD_QUARTER, Quarter};
use zhuchao::domain::statement::{BAD_FIGURES, Figures, StatementStage};

use super::super::cases::{cells, code, well};
use super::{bare, figures, filed, here};
use crate::support::town::Town;
use crate::support::world::{day, key};

fn owed(desk: &Desk, overdue: bool) -> Vec<(String, String, bool)> {
    let all = due::list(desk, overdue).expect("a list");
    let one = |o: &Owed| (o.contract.to_string(), o.quarter.to_string(), o.overdue);
    all.iter().map(one).collect()
}

#[test]
fn a_quarter_is_three_months_of_a_year() {
    let quarter: Quarter = key("2026Q4");
    assert_eq!(
        (quarter.from(), quarter.until()),
        (day(2026, 10, 1), day(2027, 1, 1))
    );
    assert_eq!(quarter.next().to_string(), "2027Q1");
    assert_eq!(Quarter::of(day(2026, 3, 31)).due(15), day(2026, 4, 15));
    for wrong in [
        "2026", "2026Q5", "2026Q0", "26Q1", "2026q1", "-026Q1", "2026Q١",
    ] {
        let fault = wrong.parse::<Quarter>().expect_err(wrong);
        assert_eq!(
            (fault.code, BAD_QUARTER.0),
            (BAD_QUARTER, "DM280"),
            "{wrong}"
        );
    }
}

#[test]
fn each_contract_in_force_owes_a_statement_by_the_day_and_is_listed_until_it_is_confirmed() {
    for town in bare() {
        town.at("2026-03-31T12:00:00+08:00");
        assert_eq!(owed(&town.firm("F1"), false), [], "the quarter runs");
        town.at("2026-04-15T12:00:00+08:00");
        let mine = due::list(&town.preparer("F1"), false).expect("a list");
        assert_eq!((mine.len(), mine[0].due), (1, day(2026, 4, 15)));
        assert_eq!(owed(&town.planner(), true), [], "the last day is not over");
        town.at("2026-04-16T00:30:00+08:00");
        let late = |contract: &str| (contract.to_owned(), "2026Q1".to_owned(), true);
        assert_eq!(
            owed(&town.planner(), true),
            [late("C-1"), late("C-2"), late("C-9")]
        );
        assert_eq!(owed(&town.district("440310"), true), [late("C-9")]);
        let filed = filed(&town, "C-1", "2026Q1", &figures(40, 500_000));
        assert_eq!(owed(&town.reviewer("440305"), true), [late("C-2")]);
        let listed = due::list(&town.reviewer("440305"), false).expect("a list");
        assert_eq!(
            listed[0].stage,
            Some(StatementStage::Filed),
            "to be confirmed"
        );
        statements::confirm(&town.reviewer("440305"), &filed.id, "").expect("confirmed");
        assert_eq!(owed(&town.firm("F1"), false), []);
        well(&town);
    }
}

#[test]
fn two_persons_of_the_firm_file_and_the_district_confirms_or_returns() {
    for town in here() {
        town.at("2026-04-10T09:00:00+08:00");
        let (preparer, approver) = (town.preparer("F1"), town.firm("F1"));
        let prepare = |desk: &Desk, quarter: &str, what: &Figures| {
            statements::prepare(desk, &key("C-1"), key(quarter), (what, "note"))
        };
        let good = figures(40, 500_000);
        assert_eq!(
            code(prepare(&preparer, "2026Q2", &good)),
            NOT_OWED,
            "it runs"
        );
        assert_eq!(
            (code(prepare(&preparer, "2025Q4", &good)), NOT_OWED.0),
            (NOT_OWED, "AC430")
        );
        let much = Figures {
            area_sublet: Area(1),
            apartments_used: 1,
            tax: zhuchao::domain::money::Fen(-1),
            ..good
        };
        let wrong = ["tax", "area_in_use", "apartments_used"].map(|f| ("DM281", f.to_owned()));
        assert_eq!(
            (cells(prepare(&preparer, "2026Q1", &much)), BAD_FIGURES.0),
            (wrong.to_vec(), "DM281")
        );
        assert_eq!(
            code(prepare(&town.preparer("F2"), "2026Q1", &good)),
            refuse::NOT_YOURS
        );
        let own = prepare(&approver, "2026Q1", &good).expect("prepared");
        assert_eq!(
            code(statements::file(&approver, &own.id)),
            refuse::SAME_PERSON
        );
        prepare(&preparer, "2026Q1", &good).expect("written anew");
        assert_eq!(
            code(statements::file(&preparer, &own.id)),
            refuse::NOT_ALLOWED
        );
        assert_eq!(
            code(statements::file(&town.firm("F2"), &own.id)),
            refuse::NOT_YOURS
        );
        statements::file(&approver, &own.id).expect("filed");
        let reviewer = town.reviewer("440305");
        let send_back = |desk: &Desk, why: &str| statements::send_back(desk, &own.id, why);
        assert_eq!(
            code(send_back(&town.reviewer("440310"), "no")),
            refuse::NOT_YOURS
        );
        assert_eq!(code(send_back(&reviewer, " ")), refuse::UNFIT);
        send_back(&reviewer, "the tax is missing").expect("returned");
        let (seen, _) = statements::one(&preparer, &own.id).expect("seen");
        let said = seen.reviewed.expect("the reason");
        assert_eq!(
            (said.by.as_str(), said.reason.as_str()),
            ("", "the tax is missing")
        );
        assert_eq!(
            code(statements::confirm(&reviewer, &own.id, "")),
            refuse::WRONG_STATE
        );
        prepare(&preparer, "2026Q1", &good).expect("mended");
        statements::file(&approver, &own.id).expect("filed");
        let done = statements::confirm(&reviewer, &own.id, "").expect("confirmed");
        assert_eq!(done.stage, StatementStage::Confirmed);
        assert_eq!(
            code(prepare(&preparer, "2026Q1", &good)),
            refuse::WRONG_STATE
        );
        let count = |desk: &Desk| {
            let all = statements::list(desk, None, None, (None, 0));
            all.expect("a list").len()
        };
        assert_eq!([count(&preparer), count(&town.firm("F2"))], [1, 0]);
        assert_eq!([count(&reviewer), count(&town.reviewer("440310"))], [1, 0]);
        well(&town);
    }
}

fn terms(town: &Town) -> Vec<TermOutcome> {
    let all = kpis::of_contract(&town.firm("F1"), &key("C-1")).expect("terms");
    all.iter().map(|j| j.outcome).collect()
}

#[test]
fn terms_are_met_not_met_not_due_not_filed_or_not_measured() {
    use TermOutcome::{Met, NotDue, NotFiled, NotMeasured, NotMet};
    for town in bare() {
        town.at("2026-04-10T09:00:00+08:00");
        filed(&town, "C-1", "2026Q1", &figures(50, 600_000));
        assert_eq!(
            terms(&town),
            [NotDue, NotDue, NotMeasured],
            "headcount, revenue, patents"
        );
        town.at("2026-07-10T09:00:00+08:00");
        filed(&town, "C-1", "2026Q2", &figures(50, 500_000));
        assert_eq!(
            terms(&town),
            [NotDue, Met, NotMeasured],
            "a sum may be met before"
        );
        town.at("2027-01-15T09:00:00+08:00");
        assert_eq!(terms(&town)[0], NotDue, "the last day is not over");
        town.at("2027-01-16T09:00:00+08:00");
        assert_eq!(terms(&town)[0], NotFiled);
        filed(&town, "C-1", "2026Q4", &figures(39, 0));
        assert_eq!(terms(&town), [NotMet, Met, NotMeasured]);
        let seen = kpis::of_contract(&town.district("440305"), &key("C-1")).expect("terms");
        let values: Vec<Option<i64>> = seen.iter().map(|j| j.filed).collect();
        assert_eq!(values, [Some(39), Some(1_100_000), None]);
        let other = kpis::of_contract(&town.firm("F2"), &key("C-1"));
        assert_eq!(code(other), refuse::NOT_YOURS);
    }
}
