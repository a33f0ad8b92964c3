//! The record on both databases: replay, history, heads, personal data, retention.

mod adoptions;
mod chain;
mod money;
mod personal;
mod replays;
mod retention;

use zhuchao::acts::record::replay::{self, Difference};
use zhuchao::acts::rounds::objections::{self, NewObjection};
use zhuchao::acts::rounds::{contracts, offers as answers, succession};
use zhuchao::domain::objection::{Objection, Objector};
use zhuchao::domain::offer::Kpi;
use zhuchao::domain::procedure::Step;
use zhuchao::store::raw;

use crate::acts::procedure::{go, offer, r1, third, world};
use crate::support::town::{Town, towns};
use crate::support::world::key;

/// A name and a contact that must not leave the house.
pub const SECRETS: [&str; 2] = ["欧阳保密", "13900001234"];

/// Every difference in the round.
pub fn differences(town: &Town) -> Vec<(String, Difference)> {
    replay::differences(&town.planner(), &r1()).expect("a replay")
}

/// An objection of a person, typed in by a planner of his own, while the plan is publicised.
pub fn objected(town: &Town) -> Objection {
    let new = NewObjection {
        application: key("AP-F2"),
        objector: Some(Objector::Person {
            name: SECRETS[0].to_owned(),
            contact: SECRETS[1].to_owned(),
        }),
        grounds: "its headcount is wrong".to_owned(),
    };
    objections::object(&third(town), &r1(), &new).expect("an objection")
}

/// A town whose round went the whole way: an objection dismissed, an offer declined, the next in line, a
/// contract.
pub fn whole_way() -> Vec<Town> {
    let all = towns(&world());
    for town in &all {
        go(town, Step::Publicised);
        let objection = objected(town);
        objections::dismiss(&replier(town), &objection.id, "it is proved").expect("a reply");
        crate::acts::procedure::again_confirmed(town);
        let declined = offer(town, "F1").id;
        answers::decline(&town.firm("F1"), &declined, "moved").expect("declined");
        let next = succession::offer_next(&town.planner(), &r1()).expect("a succession");
        assert!(next.is_some(), "somebody waits");
        let mine = offer(town, "F2").id;
        answers::accept(&town.firm("F2"), &mine).expect("accepted");
        contracts::sign_offer(&town.bureau(), &mine, &terms()).expect("signed");
    }
    all
}

/// An officer who neither decided nor entered anything.
pub fn replier(town: &Town) -> zhuchao::acts::Desk {
    use zhuchao::domain::people::{Actor, Role};
    town.desk
        .of(Actor::city("approver.two", Role::BureauApprover))
}

fn terms() -> contracts::Terms {
    contracts::Terms {
        decision: String::new(),
        number: "HT-1".to_owned(),
        kpis: vec![Kpi {
            name: "headcount".to_owned(),
            year: 2026,
            least: 40,
            reported: None,
        }],
        clauses: vec!["self-use".to_owned()],
    }
}

/// Executes SQL with the guards of a table switched off, as an administrator of the database could.
pub fn past_the_guards(town: &Town, table: &str, sql: &str) {
    let store = town.desk.store();
    let off = match town.name {
        "sqlite" => {
            let query = format!(
                "SELECT name AS value FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"
            );
            let names = raw::texts(store, &query).expect("triggers");
            let drop = names.iter().map(|n| format!("DROP TRIGGER {n}; "));
            drop.collect::<String>()
        }
        _ => format!("ALTER TABLE {table} DISABLE TRIGGER ALL; "),
    };
    raw::batch(store, &format!("{off}{sql}")).expect("an administrator can");
}
