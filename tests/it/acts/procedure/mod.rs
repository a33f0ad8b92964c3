//! The procedure of rounds on both databases: a small city on its way from the guide to the contracts.

mod aid;
mod calendar;
mod contracts;
mod endings;
mod letting;
mod objections;
mod offers;
mod rules;
mod steps;
mod succession;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use zhuchao::acts::rounds::guide::{self, NewGuide};
use zhuchao::acts::rounds::{choice, confirm, freezing, offers as answers, publicity};
use zhuchao::acts::{Desk, care, plan};
use zhuchao::domain::fault::{Code, Faults};
use zhuchao::domain::ids::RoundId;
use zhuchao::domain::offer::Offer;
use zhuchao::domain::people::{Actor, Role};
use zhuchao::domain::procedure::{Procedure, Step};
use zhuchao::planning::run::{Settings, Watch};
use zhuchao::store;

use crate::support::town::{Town, moment};
use crate::support::world::{World, key};

const PROCESS: &str = include_str!("process.toml");

/// The policy of the worlds with the rules of the procedure.
pub fn governed(world: World) -> World {
    world.policy("[transit]", &format!("{PROCESS}[transit]"))
}

/// Two floors, four firms that want one: F1 and F2 get them, F3 and F4 wait.
pub fn world() -> World {
    governed(World::city())
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", 300)
        .unit("A2", "S1/A/2", 300)
        .firm_with("F1", 40, |f| f.fields = vec![key("K1")])
        .wants_with("F1", 200, 400, |a| a.site_wishes = vec![key("S1")])
        .firm("F2", 40)
        .wants_with("F2", 200, 400, |a| a.site_wishes = vec![key("S1")])
        .firm("F3", 40)
        .wants("F3", 200, 400)
        .firm("F4", 40)
        .wants("F4", 280, 400)
        .firm("F5", 40)
        .wants("F5", 900, 1000)
}

/// The round of the worlds.
pub fn r1() -> RoundId {
    key("R1")
}

/// The code of a refusal.
pub fn code<T: std::fmt::Debug>(result: Result<T, Faults>) -> Code {
    result.expect_err("it is refused").0[0].code
}

/// A second planner, who neither chose nor approved.
pub fn third(town: &Town) -> Desk {
    town.desk
        .of(Actor::city("planner.two", Role::BureauPlanner))
}

/// A guide whose window is the first ten days of 2026.
pub fn the_guide() -> NewGuide {
    NewGuide {
        number: "深规〔2026〕1号".to_owned(),
        text: "指南".to_owned(),
        opens_at: moment("2026-01-05T09:00:00+08:00"),
        closes_at: moment("2026-01-15T18:00:00+08:00"),
        policy: "test".to_owned(),
        short_window: String::new(),
    }
}

/// A plan of the snapshot in force; gives its digest.
pub fn planned(town: &Town) -> String {
    let quiet = |_| {};
    let watch = Watch::start(60.0, Arc::new(AtomicBool::new(false)), &quiet);
    let settings = Settings {
        work: Some(2.0),
        ..Settings::official(60.0, 7)
    };
    let made = plan::plan(&town.desk, &r1(), &settings, &watch);
    made.map(|m| m.digest)
        .unwrap_or_else(|faults| panic!("no plan:\n{faults}"))
}

/// The procedure as stored.
pub fn now(town: &Town) -> Procedure {
    let stored = town.desk.store().read(|tx| store::need(tx, "R1"));
    stored.expect("a procedure")
}

/// Brings the round to a step by the acts that lead there; by 2026-02-13 at publicity, 02-28 after.
pub fn go(town: &Town, to: Step) {
    let round = r1();
    if to >= Step::Guided {
        town.at("2026-01-05T09:00:00+08:00");
        guide::publish(&town.planner(), &round, &the_guide()).expect("a guide");
    }
    if to >= Step::Frozen {
        town.at("2026-02-10T09:00:00+08:00");
        freezing::freeze(&town.planner(), &round).expect("a snapshot");
    }
    if to >= Step::Chosen {
        let plan = planned(town);
        choice::choose(&town.planner(), &round, &plan, "the best").expect("a choice");
    }
    again(town, to);
}

/// From a choice on, once more after an upheld objection.
pub fn again(town: &Town, to: Step) {
    let round = r1();
    if to >= Step::Approved {
        let plan = now(town).choice.expect("a choice").plan;
        choice::approve(&town.bureau(), &round, &plan, "in order").expect("an approval");
    }
    if to >= Step::Publicised {
        town.at("2026-02-13T09:00:00+08:00");
        publicity::publicise(&town.planner(), &round, "公示1号").expect("publicity");
    }
    if to >= Step::Confirmed {
        town.at("2026-02-28T09:00:00+08:00");
        confirm::confirm(&town.bureau(), &round, "no objection").expect("confirmed");
    }
}

/// Confirms a round that is publicised.
pub fn again_confirmed(town: &Town) {
    town.at("2026-02-28T09:00:00+08:00");
    confirm::confirm(&town.bureau(), &r1(), "no objection").expect("confirmed");
}

/// The offers of the round by firm.
pub fn offers(town: &Town) -> Vec<Offer> {
    let mut all = answers::list(&town.planner(), Some(&r1()), None, (None, 0)).expect("offers");
    all.sort_by(|a, b| a.firm.cmp(&b.firm));
    all
}

/// The only offer of a firm.
pub fn offer(town: &Town, firm: &str) -> Offer {
    let all = offers(town);
    let mine: Vec<Offer> = all
        .into_iter()
        .filter(|o| o.firm.as_str() == firm)
        .collect();
    assert_eq!(mine.len(), 1, "{firm}: {mine:?}");
    mine.into_iter().next().expect("one")
}

/// Nothing is wrong in the database.
pub fn well(town: &Town) {
    let (_, faults) = care::examine(&town.desk).expect("an examination");
    assert!(faults.is_empty(), "{}: {faults:?}", town.name);
}
