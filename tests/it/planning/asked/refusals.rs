//! Questions that cannot be put: what is not there, another plan, changes that make no sense.

use zhuchao::domain::fault::{Code, Faults};
use zhuchao::domain::money::Fen;
use zhuchao::planning::ask::edit::Edit;
use zhuchao::planning::ask::footing::Footing;
use zhuchao::planning::ask::{BAD_QUESTION, OTHER_PLAN, UNKNOWN, UNSOUND_CHANGE};
use zhuchao::planning::foil::{Demand, ask};
use zhuchao::planning::inverse::more::{More, gain};

use super::super::city;
use super::city::{effort, go, planned};
use crate::support::world::key;

fn code<T>(said: Result<T, Faults>) -> Option<Code> {
    said.err().and_then(|f| f.0.first().map(|f| f.code))
}

#[test]
fn a_question_names_what_is_there() {
    let planned = planned(city::snapshot());
    let footing = planned.footing();
    let quote = footing.quote().expect("prices");
    let asked = |demand: Demand| code(ask(&footing, &quote, &[demand], &effort(), &go()));
    assert_eq!(
        asked(Demand::Place {
            application: key("AP-NONE")
        }),
        Some(UNKNOWN)
    );
    let application = || key("AP-F1");
    assert_eq!(
        asked(Demand::Give {
            application: application(),
            unit: key("NONE")
        }),
        Some(UNKNOWN)
    );
    assert_eq!(
        asked(Demand::District {
            application: application(),
            district: key("440306")
        }),
        Some(UNKNOWN)
    );
    assert_eq!(
        code(ask(&footing, &quote, &[], &effort(), &go())),
        Some(BAD_QUESTION)
    );
    // The quota of this district is cut afterwards and holds nobody back.
    let more = More::Quota {
        district: key("440310"),
        amount: Fen(100),
    };
    assert_eq!(
        code(gain(&footing, &more, &effort(), &go())),
        Some(BAD_QUESTION)
    );
}

#[test]
fn a_plan_is_asked_about_with_its_own_snapshot() {
    let mut other = planned(city::snapshot());
    other.plan.snapshot = "0".repeat(64);
    let said = Footing::of(&other.snapshot, &other.built, &other.plan, None, &effort());
    assert_eq!(code(said), Some(OTHER_PLAN));
}

#[test]
fn an_unsound_change_is_refused() {
    let planned = planned(city::snapshot());
    let mut edit = Edit::default();
    edit.capacity.insert(0, -1);
    assert_eq!(
        code(edit.apply(&planned.built.instance)),
        Some(UNSOUND_CHANGE)
    );
}
