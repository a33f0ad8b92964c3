//! Flags: the same firm twice, firms with one controller, and who clears them.

use zhuchao::acts::cases::flags::{self, FLAG_OPEN};
use zhuchao::acts::cases::profile::{self, Declared, code_digest};
use zhuchao::acts::cases::{draft, review};
use zhuchao::acts::refuse;
use zhuchao::domain::area::Share;
use zhuchao::domain::case::Flag;
use zhuchao::domain::profile::{Controller, FirmFacts};
use zhuchao::store;

use super::{accepted, code, here, officer, stored, submitted, words};
use crate::support::town::Town;
use crate::support::world::key;

/// Declares one controller of a firm, and has the facts verified.
pub fn controlled(town: &Town, firm: &str, name: &str, number: Option<&str>, bp: i64) {
    let known = town.desk.store().read(|tx| store::need(tx, firm));
    let known: zhuchao::domain::firm::Firm = known.expect("the firm");
    let declared = Declared {
        facts: FirmFacts::of(&known),
        controllers: vec![Controller {
            name: name.to_owned(),
            code_digest: number.map(|n| code_digest(n).expect("a code")),
            share: Share::new(bp).expect("a share"),
        }],
    };
    profile::declare(&town.firm(firm), &key(firm), &declared).expect("declared");
    profile::verify(&town.reviewer(known.district.as_str()), &key(firm), "").expect("verified");
}

#[test]
fn a_second_case_of_a_firm_is_flagged_in_both_and_cleared_by_a_person() {
    for town in here() {
        let first = accepted(&town, "F1");
        let second = submitted(&town, "F1");
        assert_eq!(second.flags, [Flag::Duplicate(first.id.clone())]);
        let first = stored(&town, &first);
        assert_eq!(first.flags, [Flag::Duplicate(second.id.clone())]);
        let officer = officer(&town, &first);
        assert_eq!(
            code(review::verify(&officer, &first.id, words())),
            FLAG_OPEN
        );
        let clear = |note: &str| flags::clear(&officer, &first.id, &second.id, note);
        assert_eq!(code(clear(" ")), refuse::UNFIT);
        let far = flags::clear(&town.reviewer("440310"), &first.id, &second.id, "x");
        assert_eq!(code(far), refuse::NOT_YOURS);
        let done = clear("two sites, one applicant").expect("cleared");
        assert_eq!(done.flagged(), "cleared");
        assert_eq!(code(clear("again")), refuse::ABSENT);
        review::verify(&officer, &first.id, words()).expect("verified");
        // The other one keeps its own flag, until the first is no longer asked for.
        review::accept(&officer, &second.id, words()).expect("accepted");
        assert_eq!(
            code(review::verify(&officer, &second.id, words())),
            FLAG_OPEN
        );
        draft::withdraw(&town.firm("F1"), &first.id, "").expect("withdrawn");
        review::verify(&officer, &second.id, words()).expect("nothing left to look at");
    }
}

#[test]
fn a_draft_and_a_withdrawn_case_are_nobodys_duplicate() {
    for town in here() {
        super::drafted(&town, "F1");
        let gone = submitted(&town, "F1");
        draft::withdraw(&town.firm("F1"), &gone.id, "").expect("withdrawn");
        assert!(submitted(&town, "F1").flags.is_empty(), "{}", town.name);
    }
}

#[test]
fn firms_with_one_controller_are_flagged_from_the_policys_share_on() {
    for town in here() {
        let number = Some("110101199003078888");
        controlled(&town, "F1", "张三", number, 6_000);
        controlled(&town, "F2", "Zhang San", number, 3_000);
        controlled(&town, "F3", "张三", Some("110101199003079999"), 9_000);
        controlled(&town, "F9", "张三", None, 2_999);
        let one = submitted(&town, "F1");
        assert!(one.flags.is_empty(), "nobody else asks yet");
        let two = submitted(&town, "F2");
        assert_eq!(
            two.flags,
            [Flag::Related(one.id.clone(), 3_000)],
            "the same number, whatever the name; exactly the share counts"
        );
        assert_eq!(
            stored(&town, &one).flags,
            [Flag::Related(two.id.clone(), 3_000)]
        );
        assert!(
            submitted(&town, "F3").flags.is_empty(),
            "the same name with another number is another person"
        );
        assert!(submitted(&town, "F9").flags.is_empty(), "below the share");
        controlled(&town, "F9", "张三", None, 4_000);
        let nine = submitted(&town, "F9");
        assert!(
            nine.flags.contains(&Flag::Related(one.id.clone(), 4_000)),
            "a name alone is enough for a person to look, also across districts: {:?}",
            nine.flags
        );
    }
}
