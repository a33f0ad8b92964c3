//! 150 firms apply: most on the screen, some on paper, some in one file; three supplement, one applies
//! twice, one is rejected.

use zhuchao::acts::cases::evidence::{self, Sent};
use zhuchao::acts::cases::review::{self, Words};
use zhuchao::acts::cases::{begin, bulk, draft, flags, submit};
use zhuchao::acts::rounds::guide;
use zhuchao::domain::area::Area;
use zhuchao::domain::case::{Case, CaseStage, Draft, Flag};
use zhuchao::domain::housing::HouseholdKind;
use zhuchao::domain::space::Use;

use super::city::{FIRMS, NANSHAN, firm, heads, home};
use crate::acts::cases::bulk::{HEAD, row};
use crate::acts::cases::{having, pledge};
use crate::acts::procedure::{r1, the_guide};
use crate::support::town::Town;
use crate::support::world::{day, households, key};

/// Firms whose pledge bears no seal.
const SHORT: [usize; 3] = [7, 8, 9];
/// The firm that applies twice.
const TWICE: usize = 20;
/// The firm that is rejected.
pub const REJECTED: usize = 30;
/// From here on paper, typed in by the district.
const PAPER: usize = 141;
/// From here on in one file of the district.
const FILED: usize = 146;

fn words(note: &str) -> Words<'_> {
    Words { note, internal: "" }
}

/// What the n-th firm asks for.
fn wish(n: usize) -> Draft {
    let least = 100 + i64::from(heads(n)) * 2;
    Draft {
        use_: Some(Use::RdOffice),
        area_min: Some(Area::metres(least)),
        area_max: Some(Area::metres(least + 150)),
        start_from: Some(day(2026, 3, 1)),
        start_until: Some(day(2026, 6, 1)),
        site_wishes: vec![key(["S1", "S2", "S3"][n % 3])],
        households: vec![households(HouseholdKind::Single, 1)],
        wants_subsidy: true,
        ..Draft::default()
    }
}

fn sent(town: &Town, n: usize) -> Case {
    let of = firm(n);
    let mine = town.preparer(of.as_str());
    let case = begin::begin(&mine, &r1()).expect("a case");
    let case = draft::save(&having(&mine, &case), &case.id, &wish(n)).expect("saved");
    let bare = draft::prepare(&mine, &case.id).and_then(|_| {
        let early = submit::submit(&town.firm(of.as_str()), &case.id);
        draft::take_back(&mine, &case.id)?;
        early
    });
    assert_eq!(bare.expect_err("no pledge").0[0].code.0, "AC243");
    evidence::file(&mine, &case.id, &pledge()).expect("filed");
    draft::prepare(&mine, &case.id).expect("prepared");
    submit::submit(&town.firm(of.as_str()), &case.id).unwrap_or_else(|f| panic!("{of}: {f}"))
}

fn passed(town: &Town, case: &Case) -> Case {
    let officer = town.reviewer(case.district.as_str());
    review::accept(&officer, &case.id, words("received")).expect("accepted");
    review::verify(&officer, &case.id, words("verified")).expect("verified")
}

/// The case comes back for another pledge, is supplemented and passes.
fn supplemented(town: &Town, n: usize, case: &Case) {
    let officer = town.reviewer(case.district.as_str());
    review::accept(&officer, &case.id, words("received")).expect("accepted");
    let back = review::send_back(&officer, &case.id, words("the pledge has no seal"));
    let back = back.expect("sent back");
    assert_eq!(back.stage, CaseStage::Returned);
    assert!(back.supplement_until.is_some());
    let of = firm(n);
    let sealed = Sent {
        label: "承诺书（盖章）.pdf",
        bytes: b"%PDF-1.4\n% sealed\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
        ..pledge()
    };
    evidence::file(&town.preparer(of.as_str()), &case.id, &sealed).expect("filed");
    let again = submit::submit(&town.firm(of.as_str()), &case.id).expect("submitted again");
    passed(town, &again);
}

/// A second case of the same firm is flagged for a person, and withdrawn.
fn duplicate(town: &Town, first: &Case) {
    let second = sent(town, TWICE);
    assert_eq!(second.flags, [Flag::Duplicate(first.id.clone())]);
    let officer = town.reviewer(first.district.as_str());
    review::accept(&officer, &first.id, words("received")).expect("accepted");
    let stopped = review::verify(&officer, &first.id, words("verified"));
    assert_eq!(
        stopped.expect_err("a flag stands").0[0].code,
        flags::FLAG_OPEN
    );
    let of = firm(TWICE);
    draft::withdraw(&town.firm(of.as_str()), &second.id, "sent twice").expect("withdrawn");
    review::verify(&officer, &first.id, words("the other one is withdrawn")).expect("verified");
}

fn rejected(town: &Town, case: &Case) {
    let officer = town.reviewer(case.district.as_str());
    review::accept(&officer, &case.id, words("received")).expect("accepted");
    let after = review::reject(
        &officer,
        &case.id,
        "not_eligible",
        words("it sub-lets its present space"),
    );
    assert_eq!(after.expect("rejected").stage, CaseStage::Rejected);
}

fn on_screen(town: &Town) {
    for n in 1..PAPER {
        let case = sent(town, n);
        match n {
            _ if SHORT.contains(&n) => supplemented(town, n, &case),
            TWICE => duplicate(town, &case),
            REJECTED => rejected(town, &case),
            _ => drop(passed(town, &case)),
        }
    }
}

fn on_paper(town: &Town) {
    for n in PAPER..FILED {
        let officer = town.reviewer(home(n));
        let case = begin::paper(&officer, &firm(n), &r1(), day(2026, 1, 8), &wish(n));
        let case = case.expect("typed in");
        evidence::file(&officer, &case.id, &pledge()).expect("scanned");
        draft::prepare(&officer, &case.id).expect("prepared");
        let case = submit::submit(&officer, &case.id).expect("submitted");
        verified_by_another(town, &case);
    }
}

/// Whoever typed a paper form in does not verify it.
fn verified_by_another(town: &Town, case: &Case) {
    let second = crate::acts::cases::second(town, case.district.as_str());
    review::accept(&second, &case.id, words("received")).expect("accepted");
    review::verify(&second, &case.id, words("verified")).expect("verified");
}

fn in_one_file(town: &Town) {
    let firms: Vec<usize> = (FILED..=FIRMS).filter(|n| home(*n) == NANSHAN).collect();
    let rows: Vec<String> = (firms.iter())
        .map(|n| row(&format!("B-{n}"), firm(*n).as_str(), "R1", "300"))
        .collect();
    let file = format!("{HEAD}\n{}\n", rows.join("\n"));
    let officer = town.reviewer(NANSHAN);
    let entered = bulk::enter(&officer, file.as_bytes(), day(2026, 1, 9), false).expect("entered");
    assert_eq!(entered.cases.len(), firms.len());
    for n in (FILED..=FIRMS).filter(|n| home(*n) != NANSHAN) {
        passed(town, &sent(town, n));
    }
}

/// From the guide to the last verdict.
pub fn apply(town: &Town) {
    town.at("2026-01-05T09:00:00+08:00");
    guide::publish(&town.planner(), &r1(), &the_guide()).expect("a guide");
    town.at("2026-01-09T10:00:00+08:00");
    on_screen(town);
    on_paper(town);
    in_one_file(town);
}
