//! Whatever people do in whatever order: no stage is reached that the law does not know, and every act that
//! was done has exactly one row in the journal.

use proptest::prelude::*;
use zhuchao::acts::Wish;
use zhuchao::acts::act::tag;
use zhuchao::acts::cases::{begin, draft, evidence, flags, profile, review, submit};
use zhuchao::domain::case::Case;
use zhuchao::domain::fault::Faults;
use zhuchao::store;

use super::{full, here, pledge, rows, well, words};
use crate::support::town::Town;
use crate::support::world::key;

const MOMENTS: [&str; 4] = [
    "2026-01-06T09:00:00+08:00",
    "2026-01-14T09:00:00+08:00",
    "2026-01-20T09:00:00+08:00",
    "2026-02-27T09:00:00+08:00",
];

/// One deed of somebody; the case is one of those that are there.
#[derive(Debug, Clone, Copy)]
struct Deed {
    what: u8,
    which: usize,
    firm: bool,
}

fn deed() -> impl Strategy<Value = Deed> {
    (0u8..19, 0usize..6, any::<bool>()).prop_map(|(what, which, firm)| Deed { what, which, firm })
}

fn cases(town: &Town) -> Vec<Case> {
    town.desk.store().read(store::all).expect("cases")
}

/// Does the deed; `None` when there is nothing to do it to.
fn done(town: &Town, deed: Deed) -> Option<Result<(), Faults>> {
    let name = if deed.firm { "F1" } else { "F2" };
    if deed.what <= 2 {
        return Some(begin::begin(&town.preparer(name), &key("R1")).map(drop));
    }
    if deed.what == 3 {
        return Some(profile::verify(&town.reviewer("440305"), &key(name), "").map(drop));
    }
    let all = cases(town);
    let case = all.get(deed.which.checked_rem(all.len())?)?;
    let (id, firm) = (&case.id, case.firm.as_str());
    let officer = town.reviewer("440305");
    let wish = Wish {
        unchanged: tag(case).ok(),
        ..Wish::default()
    };
    Some(match deed.what {
        4 | 5 => draft::save(&town.preparer(firm).wishing(wish), id, &full()).map(drop),
        6 => evidence::file(&town.preparer(firm), id, &pledge()).map(drop),
        7 | 8 => draft::prepare(&town.preparer(firm), id).map(drop),
        9 => draft::take_back(&town.preparer(firm), id).map(drop),
        10 | 11 => submit::submit(&town.firm(firm), id).map(drop),
        12 => draft::withdraw(&town.firm(firm), id, "").map(drop),
        13 => review::accept(&officer, id, words()).map(drop),
        14 => review::send_back(&officer, id, words()).map(drop),
        15 => review::verify(&officer, id, words()).map(drop),
        16 => review::reject(&officer, id, "not_eligible", words()).map(drop),
        17 => review::reopen(&town.district("440305"), id, words()).map(drop),
        _ => {
            let other = case.flags.first()?.other();
            flags::clear(&officer, id, other, "looked at").map(drop)
        }
    })
}

fn lived(town: &Town, deeds: &[(Deed, u8)]) {
    for (deed, moment) in deeds {
        let (before, count) = (cases(town), rows(town));
        if *moment < 4 {
            town.at(MOMENTS[usize::from(*moment)]);
        }
        let Some(result) = done(town, *deed) else {
            continue;
        };
        assert_eq!(
            rows(town),
            count + usize::from(result.is_ok()),
            "{deed:?}: {result:?}"
        );
        for after in cases(town) {
            let stage = before.iter().find(|c| c.id == after.id).map(|c| c.stage);
            let lawful = match stage {
                Some(stage) => stage == after.stage || stage.next().contains(&after.stage),
                None => after.stage == zhuchao::domain::case::CaseStage::Draft,
            };
            assert!(lawful, "{deed:?} led {stage:?} to {:?}", after.stage);
            assert!(result.is_ok() || before.contains(&after), "{deed:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn no_order_of_deeds_breaks_the_law_of_stages(
        deeds in prop::collection::vec((deed(), 0u8..40), 20..90)
    ) {
        for town in here() {
            lived(&town, &deeds);
            well(&town);
        }
    }
}
