//! Rules of the procedure that bind: how long the window is, who may object, who decides a large letting, what an
//! apartment costs and what stands in its place, what a unit costs whose rent the policy sets.

use zhuchao::acts::refuse;
use zhuchao::acts::rounds::guide::{self, NewGuide, SHORT_WINDOW};
use zhuchao::acts::rounds::objections::{self, ANONYMOUS, NewObjection};
use zhuchao::acts::rounds::{contracts, freezing, homes, offers as answers};
use zhuchao::acts::supervision::due;
use zhuchao::acts::tasks::{self, Request};
use zhuchao::domain::housing::{HouseholdKind, Layout};
use zhuchao::domain::money::Fen;
use zhuchao::domain::objection::Objector;
use zhuchao::domain::procedure::Step;
use zhuchao::domain::space::RentRule;
use zhuchao::domain::task::Work;

use super::contracts::terms;
use super::{code, go, governed, now, offer, planned, r1, the_guide, well, world};
use crate::support::town::{Town, moment, towns};
use crate::support::world::{World, households, key, rate};

#[test]
fn a_window_shorter_than_the_policy_asks_says_why() {
    for town in towns(&world()) {
        town.at("2026-01-05T09:00:00+08:00");
        let short = NewGuide {
            closes_at: moment("2026-01-15T00:00:00+08:00"),
            ..the_guide()
        };
        let publish = |new: &NewGuide| guide::publish(&town.planner(), &r1(), new);
        assert_eq!(code(publish(&short)), SHORT_WINDOW, "ten days of eleven");
        let reasoned = NewGuide {
            short_window: " a second call ".to_owned(),
            ..short
        };
        let guided = publish(&reasoned).expect("it says why").guide;
        assert_eq!(guided.expect("a guide").short_window, "a second call");
        let long = NewGuide {
            short_window: "not needed".to_owned(),
            ..the_guide()
        };
        let guided = publish(&long).expect("eleven days").guide;
        assert_eq!(guided.expect("a guide").short_window, "", "{}", town.name);
    }
}

fn nameless() -> NewObjection {
    NewObjection {
        application: key("AP-F1"),
        objector: None,
        grounds: "its headcount is wrong".to_owned(),
    }
}

#[test]
fn an_objection_without_a_name_counts_where_the_policy_takes_any_form() {
    for town in towns(&world().policy("form = \"named_in_writing\"", "form = \"any\"")) {
        go(&town, Step::Publicised);
        let entered = objections::object(&town.planner(), &r1(), &nameless()).expect("any form");
        assert_eq!(entered.objector, Objector::Anonymous {}, "{}", town.name);
        let firm = objections::object(&town.firm("F3"), &r1(), &nameless()).expect("its own");
        assert_eq!(firm.firm().map(|f| f.as_str()), Some("F3"), "{}", town.name);
    }
    for town in towns(&world()) {
        go(&town, Step::Publicised);
        let refused = objections::object(&town.planner(), &r1(), &nameless());
        assert_eq!(code(refused), ANONYMOUS);
        let for_another = NewObjection {
            objector: Some(Objector::Firm { firm: key("F4") }),
            ..nameless()
        };
        let refused = objections::object(&town.firm("F3"), &r1(), &for_another);
        assert_eq!(code(refused), refuse::UNFIT, "a firm objects for itself");
    }
}

const ROUTES: &str = r#"[[process.route]]
id = "street"
label_zh = "街道办事处"
label_en = "Street office"
area_from_m2 = 0
area_below_m2 = "250.00"
basis = "test"
evidence = "synthetic"

[[process.route]]
id = "department"
label_zh = "产业主管部门"
label_en = "Industry department"
area_from_m2 = "250.00"
basis = "test"
evidence = "synthetic"

"#;

#[test]
fn a_large_letting_names_the_decision_and_a_small_one_who_decides() {
    let routed = world().policy("[transit]", &format!("{ROUTES}[transit]"));
    for town in towns(&routed) {
        go(&town, Step::Confirmed);
        let mine = offer(&town, "F1");
        answers::accept(&town.firm("F1"), &mine.id).expect("accepted");
        let sign = |terms| contracts::sign_offer(&town.bureau(), &mine.id, &terms);
        let bare = sign(terms("HT-1"));
        assert_eq!(code(bare), contracts::NO_DECISION, "300 m2 are large here");
        let decided = contracts::Terms {
            decision: "深工信〔2026〕7号".to_owned(),
            ..terms("HT-1")
        };
        let decision = sign(decided).expect("signed").decision.expect("routed");
        assert_eq!(
            (decision.route.as_str(), decision.number.as_str()),
            ("department", "深工信〔2026〕7号"),
            "{}",
            town.name
        );
        well(&town);
    }
    let small = ROUTES.replace("250.00", "350.00");
    for town in towns(&world().policy("[transit]", &format!("{small}[transit]"))) {
        go(&town, Step::Confirmed);
        let mine = offer(&town, "F1");
        answers::accept(&town.firm("F1"), &mine.id).expect("accepted");
        let signed = contracts::sign_offer(&town.bureau(), &mine.id, &terms("HT-1"));
        let decision = signed.expect("signed").decision.expect("routed");
        assert_eq!(
            (decision.route.as_str(), decision.number.as_str()),
            ("street", "")
        );
    }
}

/// F1 asks for three homes and two are there.
fn lodging() -> World {
    let cash = "[housing.cash]\nmode = \"if_no_unit\"\nsingle_yuan_month = 800\ncouple_yuan_month = 1200\n\
                family_yuan_month = 1500\nlarge_yuan_month = 1800\nbasis = \"test\"\nevidence = \"synthetic\"\n\n\
                [housing.rent]\nshare_bp = 6000\nbasis = \"test\"\nevidence = \"synthetic\"\n\n";
    governed(World::city())
        .policy("[transit]", &format!("{cash}[transit]"))
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", 300)
        .apartments("P1", 200, None, (Layout::Studio, 2))
        .apartment_rent("P1", rate(5555))
        .firm("F1", 40)
        .wants_with("F1", 200, 400, |a| {
            a.households = vec![households(HouseholdKind::Single, 3)];
        })
}

#[test]
fn an_offer_tells_rents_of_homes_and_money_in_their_place() {
    for town in towns(&lodging()) {
        go(&town, Step::Confirmed);
        let mine = offer(&town, "F1");
        let homes = homes::of_offer(&town.firm("F1"), &mine.id).expect("homes");
        let [home] = homes.as_slice() else {
            panic!("one kind of household: {homes:?}");
        };
        assert_eq!((home.asked, home.without), (3, 1), "{}", town.name);
        let [given] = home.given.as_slice() else {
            panic!("one type: {home:?}");
        };
        assert_eq!((given.count, given.market), (2, Some(rate(5555))));
        assert_eq!(given.rent, Some(rate(3333)), "60 % of 55.55, rounded down");
        assert_eq!((home.cash, home.may_choose), (Some(Fen(80_000)), false));
        let other = homes::of_offer(&town.firm("F9"), &mine.id);
        assert_eq!(code(other), refuse::NOT_YOURS);
    }
}

const RENTS: &str = r#"[[rent.reference]]
id = "P1"
label_zh = "片区"
label_en = "Area"
rent_yuan_m2_month = "70.00"
basis = "test"
evidence = "synthetic"

[[rent.grade]]
id = "A"
label_zh = "甲级"
label_en = "Grade A"
coefficient_bp = 11000
basis = "test"
evidence = "synthetic"

[[rent.tier]]
id = "small"
label_zh = "小型"
label_en = "Small"
condition = "headcount < 50"
share_bp = 5000
basis = "test"
evidence = "synthetic"

[[rent.tier]]
id = "other"
label_zh = "其他"
label_en = "Others"
share_bp = 10000
basis = "test"
evidence = "synthetic"

"#;

/// Two equal units by rule; F1 is small, F2 is not; both would pay at most 60 yuan.
fn ruled() -> World {
    let by_rule = |u: &mut zhuchao::domain::space::Unit| {
        u.rent = None;
        u.rent_rule = Some(RentRule {
            area: "P1".to_owned(),
            grade: "A".to_owned(),
        });
    };
    governed(World::city())
        .policy("[transit]", &format!("{RENTS}[transit]"))
        .site("S1", "440305", 0)
        .unit_with("A1", "S1/A/1", 300, by_rule)
        .unit_with("A2", "S1/A/2", 300, by_rule)
        .firm("F1", 40)
        .wants_with("F1", 200, 400, |a| a.rent_cap = Some(rate(6000)))
        .firm("F2", 60)
        .wants_with("F2", 200, 400, |a| a.rent_cap = Some(rate(6000)))
}

#[test]
fn a_rent_by_rule_follows_the_area_the_grade_and_the_tier_of_the_tenant() {
    for town in towns(&ruled()) {
        go(&town, Step::Frozen);
        let digest = planned(&town);
        let plan = town
            .desk
            .store()
            .read(|tx| zhuchao::store::plans::need(tx, &digest));
        let plan = plan.expect("stored").plan().expect("a plan");
        let rents: Vec<(&str, Fen)> = (plan.awards.iter())
            .map(|a| (a.application.as_str(), a.units[0].monthly_rent))
            .collect();
        // 70.00 x 1.1 x 0.5 = 38.50 for F1; F2 would pay 77.00, above its cap.
        assert_eq!(rents, [("AP-F1", Fen(300 * 3850))], "{}", town.name);
        let waiting: Vec<&str> = plan
            .waiting
            .iter()
            .map(|w| w.application.as_str())
            .collect();
        assert_eq!(waiting, ["AP-F2"]);
    }
}

#[test]
fn a_rent_rule_that_the_policy_has_not_is_told_at_the_freeze() {
    for town in towns(&ruled().policy("id = \"P1\"", "id = \"P2\"")) {
        go(&town, Step::Guided);
        town.at("2026-02-10T09:00:00+08:00");
        let refused = freezing::freeze(&town.planner(), &r1()).expect_err("P1 is not known");
        assert_eq!(refused.0.len(), 1, "once for both units: {refused:?}");
        assert_eq!(
            refused.0[0].code,
            zhuchao::acts::freeze::STRANGE_RENT,
            "{}",
            town.name
        );
    }
}

#[test]
fn nothing_is_planned_any_more_once_a_round_is_confirmed() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let asked = Request {
            work: Work::PlanRound {
                round: r1(),
                scenario: None,
                work: 5,
            },
            priority: 0,
            reason: String::new(),
        };
        let refused = tasks::request(&town.planner(), &asked);
        assert_eq!(code(refused), refuse::WRONG_STATE, "{}", town.name);
        assert_eq!(now(&town).step, Step::Confirmed);
    }
}

fn owed(town: &Town) -> usize {
    due::list(&town.planner(), false).expect("a list").len()
}

#[test]
fn what_is_owed_is_told_also_on_a_day_without_a_policy() {
    for town in towns(&world().policy(
        "effective_from = \"2026-01-01\"",
        "effective_from = \"2026-01-01\"\neffective_until = \"2026-12-31\"",
    )) {
        go(&town, Step::Confirmed);
        town.at("2027-06-01T09:00:00+08:00");
        assert_eq!(owed(&town), 0, "{}", town.name);
    }
}
