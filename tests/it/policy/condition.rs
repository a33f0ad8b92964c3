//! Conditions: what is read, what is refused and at which column, three-valued logic, one canonical form.

use proptest::prelude::*;
use zhuchao::domain::area::Share;
use zhuchao::domain::firm::Credential;
use zhuchao::domain::money::Fen;
use zhuchao::policy::condition::{
    BAD_CONDITION, CREDENTIALS, Condition, DEPTH_MAX, Expr, Facts, LENGTH_MAX, Number, Op, Source,
    TESTS_MAX, Text, Truth, Verdict, decide, implies,
};

use super::world::{application, changed, codes, day, firm};

fn condition(text: &str) -> Condition {
    text.parse().expect("the test writes a lawful condition")
}

fn says(text: &str) -> Truth {
    let (mut firm, application) = (firm(), application());
    firm.credentials = vec![Credential::HighTech];
    firm.revenue = Some(Fen(1_000_000_050));
    let facts = Facts {
        firm: &firm,
        application: Some(&application),
        day: day(2026, 2, 6),
    };
    condition(text).of(&facts)
}

#[test]
fn conditions_say_what_the_facts_say() {
    assert_eq!(says("headcount >= 30 and headcount < 31"), Truth::Yes);
    assert_eq!(says("headcount > 30 or headcount != 30"), Truth::No);
    assert_eq!(says("industry starts_with [\"73\", \"74\"]"), Truth::Yes);
    assert_eq!(says("industry in [\"73\", \"74\"]"), Truth::No);
    assert_eq!(says("has high_tech and not has carrier"), Truth::Yes);
    assert_eq!(
        says("seat in [\"440305\"] and use in [\"rd_office\"]"),
        Truth::Yes
    );
    assert_eq!(says("area_min == 200 and area_max <= 300"), Truth::Yes);
    assert_eq!(says("wants_subsidy and not works_in [\"K1\"]"), Truth::Yes);
    assert_eq!(says("households == 0"), Truth::Yes);
    // Exact to the fen: ten million yuan and a half is more than ten million.
    assert_eq!(says("revenue > 10000000"), Truth::Yes);
    assert_eq!(says("revenue <= 10000000"), Truth::No);
}

#[test]
fn a_condition_is_printed_in_one_form() {
    let text = "headcount>=8 and industry starts_with [\"73\",\"74\"] and\n ((has high_tech or rd_share >= 0300))";
    let one = "headcount >= 8 and industry starts_with [\"73\", \"74\"] and (has high_tech or rd_share >= 300)";
    assert_eq!(condition(text).to_string(), one);
    assert_eq!(condition(one), condition(text));
    assert_eq!(says(one), Truth::Yes);
    let nested = "not (has carrier and (has high_tech and wants_subsidy))";
    assert_eq!(condition(nested).to_string(), nested);
}

#[test]
fn what_is_not_known_is_never_taken_for_met() {
    assert_eq!(says("rd_share >= 300"), Truth::Unknown);
    assert_eq!(says("not rd_share >= 300"), Truth::Unknown);
    assert_eq!(says("rd_share >= 300 or has high_tech"), Truth::Yes);
    assert_eq!(says("rd_share >= 300 and has carrier"), Truth::No);
    let firm = firm();
    let alone = Facts::of_firm(&firm, day(2026, 2, 6));
    assert_eq!(condition("area_min >= 0").of(&alone), Truth::Unknown);
    assert_eq!(condition("wants_subsidy").of(&alone), Truth::Unknown);
}

#[test]
fn a_firm_is_as_old_as_its_full_months() {
    let mut firm = firm();
    firm.founded = Some(day(2024, 2, 7));
    let age = |d| {
        let facts = Facts::of_firm(&firm, d);
        facts.number(Number::AgeMonths)
    };
    assert_eq!(age(day(2026, 2, 6)), Some(23));
    assert_eq!(age(day(2026, 2, 7)), Some(24));
    assert_eq!(age(day(2020, 1, 1)), Some(0));
}

#[test]
fn a_condition_that_cannot_be_read_names_the_column() {
    let cases = [
        ("", 1, "attribute"),
        ("headcount", 10, "=="),
        ("headcount = 8", 11, "cannot stand"),
        ("headcount >= ", 14, "heads"),
        ("headcount >= 8 headcount", 16, "`and`"),
        ("colour == 8", 1, "no attribute"),
        ("has wings", 5, "no credential"),
        ("industry == 8", 10, "starts_with"),
        ("industry in []", 14, "text in quotes"),
        ("industry in [\"73\" \"74\"]", 19, "`,`"),
        ("industry in [\"73]", 14, "closing quote"),
        ("industry in [\"7 3\"]", 14, "letters"),
        ("(headcount >= 8", 16, "parenthesis"),
        ("人数 >= 8", 1, "cannot stand"),
        ("headcount >= 9999999999999", 14, "too large"),
        ("headcount >= 8 and", 19, "attribute"),
    ];
    for (text, column, part) in cases {
        let fault = text.parse::<Condition>().expect_err(text);
        assert_eq!(fault.code, BAD_CONDITION, "{text}");
        let head = format!("condition, column {column}: ");
        assert!(fault.cause.starts_with(&head), "{text}: {}", fault.cause);
        assert!(fault.cause.contains(part), "{text}: {}", fault.cause);
    }
}

#[test]
fn length_depth_and_number_of_tests_are_bounded() {
    let long = "has carrier or ".repeat(LENGTH_MAX / 10) + "has carrier";
    assert!(long.parse::<Condition>().is_err());
    let many = vec!["has carrier"; TESTS_MAX].join(" or ");
    assert!(many.parse::<Condition>().is_ok());
    assert!(
        format!("{many} or has carrier")
            .parse::<Condition>()
            .is_err()
    );
    let deep = |n: usize| format!("{}has carrier{}", "(".repeat(n), ")".repeat(n));
    assert!(deep(DEPTH_MAX - 1).parse::<Condition>().is_ok());
    assert!(deep(DEPTH_MAX).parse::<Condition>().is_err());
    assert!(
        ("not ".repeat(400) + "has carrier")
            .parse::<Condition>()
            .is_err()
    );
}

#[test]
fn a_document_with_a_bad_condition_is_refused_with_its_code() {
    let key = "condition = 'use in [\"rd_office\", \"office\", \"laboratory\", \"factory\"]'";
    assert_eq!(codes(&changed(key, "condition = 'use = 1'")), ["PO113"]);
    let firm_only = changed(
        "condition = \"age_months < 24\"",
        "condition = \"area_min < 24\"",
    );
    assert_eq!(codes(&firm_only), ["PO114"]);
}

#[test]
fn whether_a_condition_can_hold_is_decided() {
    let verdict = |text: &str| decide(&condition(text));
    assert_eq!(verdict("headcount >= 0"), Verdict::Always);
    assert_eq!(verdict("headcount < 0"), Verdict::Never);
    assert_eq!(verdict("headcount > 8 and headcount < 9"), Verdict::Never);
    assert_eq!(verdict("revenue > 8 and revenue < 9"), Verdict::Sometimes);
    assert_eq!(verdict("rd_share > 10000"), Verdict::Never);
    assert_eq!(verdict("has carrier or not has carrier"), Verdict::Always);
    let nested = "industry starts_with [\"745\"] and not industry starts_with [\"74\"]";
    assert_eq!(verdict(nested), Verdict::Never);
    let apart = "industry starts_with [\"74\"] and not industry starts_with [\"745\"]";
    assert_eq!(verdict(apart), Verdict::Sometimes);
    assert!(implies(
        &[&condition("headcount >= 50")],
        &condition("headcount >= 15")
    ));
    assert!(!implies(
        &[&condition("headcount >= 15")],
        &condition("headcount >= 50")
    ));
}

fn words() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[0-9A-Za-z_.-]{1,6}", 1..4)
}

fn test_of() -> impl Strategy<Value = Expr> {
    let op = prop::sample::select(vec![
        Op::Equal,
        Op::Unequal,
        Op::Below,
        Op::AtMost,
        Op::Above,
        Op::AtLeast,
    ]);
    let number = prop::sample::select(Number::ALL.to_vec());
    let text = prop::sample::select(Text::ALL.to_vec());
    let credentials: Vec<Credential> = CREDENTIALS.iter().map(|(_, c)| *c).collect();
    prop_oneof![
        (number, op, 0..1_000_000_i64).prop_map(|(n, o, v)| Expr::Compare(n, o, v)),
        (text.clone(), words()).prop_map(|(t, w)| Expr::StartsWith(t, w)),
        (text, words()).prop_map(|(t, w)| Expr::OneOf(t, w)),
        prop::sample::select(credentials).prop_map(Expr::Has),
        words().prop_map(Expr::WorksIn),
        Just(Expr::WantsSubsidy),
    ]
}

fn expr() -> impl Strategy<Value = Expr> {
    test_of().prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::Or),
            inner.prop_map(|e| Expr::Not(Box::new(e))),
        ]
    })
}

fn facts_of(firm: &zhuchao::domain::firm::Firm) -> Facts<'_> {
    Facts::of_firm(firm, day(2026, 2, 6))
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(expr in expr()) {
        let text = Condition(expr.clone()).to_string();
        prop_assume!(text.len() <= LENGTH_MAX);
        let read = text.parse::<Condition>();
        prop_assert_eq!(read.map(|c| c.0), Ok(expr), "{}", text);
    }

    /// Kleene's laws, and the order: knowing more never turns a known answer round.
    #[test]
    fn three_valued_logic_keeps_its_laws(a in expr(), b in expr(), rd in 0..10_001_i64) {
        let mut firm = firm();
        let of = |e: &Expr| Condition(e.clone()).of(&facts_of(&firm));
        let (x, y) = (of(&a), of(&b));
        let both = vec![a.clone(), b.clone()];
        let not = |e: &Expr| Expr::Not(Box::new(e.clone()));
        prop_assert_eq!(of(&Expr::And(both.clone())), x.min(y));
        prop_assert_eq!(of(&Expr::Or(both.clone())), x.max(y));
        prop_assert_eq!(of(&not(&not(&a))), x);
        let opposite = Expr::And(vec![not(&a), not(&b)]);
        prop_assert_eq!(of(&not(&Expr::Or(both))), of(&opposite));
        firm.rd_share = Share::new(rd).ok();
        firm.revenue = Some(Fen(5_000_000));
        firm.founded = Some(day(2020, 1, 1));
        let known = Condition(a).of(&facts_of(&firm));
        prop_assert!(x == Truth::Unknown || known == x);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
        let _ = text.parse::<Condition>();
    }
}
