//! Eligibility rule by rule, as the check before applying shows it.

use zhuchao::domain::firm::Credential;
use zhuchao::policy::eligibility::{self, Outcome, Verdict};
use zhuchao::policy::{self, Policy};

use super::world::{application, changed, codes, day, firm, policy};

const ALL: [&str; 3] = ["business_licence", "social_insurance", "self_use_pledge"];

fn evaluated(
    policy: &Policy,
    held: &[&str],
    change: impl FnOnce(&mut zhuchao::domain::firm::Firm),
) -> Vec<Verdict> {
    let mut firm = firm();
    change(&mut firm);
    eligibility::evaluate(policy, &firm, &application(), held, day(2026, 2, 6))
}

fn outcome(all: &[Verdict], rule: &str) -> Outcome {
    let found = all.iter().find(|v| v.rule == rule);
    found.expect("the rule is evaluated").outcome
}

/// The default policy with one more rule that asks for a share of R&D and a certificate.
fn with_rule() -> Policy {
    let rule = "[[eligibility.rule]]\nid = \"E-RD\"\nclause = \"第四条\"\nlabel_zh = \"研发\"\n\
        label_en = \"R&D\"\ncondition = \"rd_share >= 300 or has high_tech\"\n\
        evidence_needed = [\"credential_certificate\"]\nbasis = \"test\"\nevidence = \"synthetic\"\n\n";
    let text = changed(
        "[[eligibility.rule]]",
        &format!("{rule}[[eligibility.rule]]"),
    );
    policy::read(&text).expect("lawful")
}

#[test]
fn with_every_document_every_rule_is_met() {
    let all = evaluated(&policy(), &ALL, |_| ());
    assert_eq!(all.len(), 6);
    assert!(all.iter().all(|v| v.outcome == Outcome::Met), "{all:?}");
    assert!(
        all.iter()
            .all(|v| !v.label.zh.is_empty() && !v.label.en.is_empty())
    );
    assert!(all.iter().all(|v| !v.basis.is_empty()));
}

#[test]
fn a_document_that_is_not_there_is_named() {
    let all = evaluated(&policy(), &["business_licence"], |_| ());
    assert_eq!(outcome(&all, "industry"), Outcome::Met);
    assert_eq!(outcome(&all, "headcount"), Outcome::NeedsEvidence);
    assert_eq!(outcome(&all, "E-SELF"), Outcome::NeedsEvidence);
    let heads = all.iter().find(|v| v.rule == "headcount").expect("there");
    assert_eq!(heads.missing, ["social_insurance"]);
    assert!(
        heads
            .detail
            .zh
            .ends_with("；缺少材料：近三个月社会保险参保证明"),
        "{heads:?}"
    );
    assert!(
        heads
            .detail
            .en
            .contains("evidence missing: Proof of social insurance")
    );
}

#[test]
fn no_document_mends_a_broken_rule() {
    let all = evaluated(&policy(), &[], |f| f.headcount = 7);
    assert_eq!(outcome(&all, "headcount"), Outcome::NotMet);
    let none = evaluated(&policy(), &ALL, |f| f.headcount = 7);
    assert_eq!(outcome(&none, "headcount"), Outcome::NotMet);
}

#[test]
fn a_named_rule_is_met_not_met_or_needs_evidence_with_its_clause() {
    let policy = with_rule();
    let unknown = evaluated(&policy, &ALL, |_| ());
    assert_eq!(outcome(&unknown, "E-RD"), Outcome::NeedsEvidence);
    let poor = evaluated(&policy, &ALL, |f| {
        f.rd_share = zhuchao::domain::area::Share::new(299).ok();
    });
    assert_eq!(outcome(&poor, "E-RD"), Outcome::NotMet);
    let good = |f: &mut zhuchao::domain::firm::Firm| f.credentials = vec![Credential::HighTech];
    let bare = evaluated(&policy, &ALL, good);
    assert_eq!(outcome(&bare, "E-RD"), Outcome::NeedsEvidence);
    let held = [ALL.as_slice(), &["credential_certificate"]].concat();
    let full = evaluated(&policy, &held, good);
    assert_eq!(outcome(&full, "E-RD"), Outcome::Met);
    let rule = full.iter().find(|v| v.rule == "E-RD").expect("there");
    assert_eq!(rule.clause, "第四条");
}

#[test]
fn named_rules_reach_the_plan_and_documents_do_not() {
    let policy = with_rule();
    let unmet = |f: &zhuchao::domain::firm::Firm| {
        let all = eligibility::unmet(&policy, f, &application(), day(2026, 2, 6));
        all.into_iter().map(|u| u.rule).collect::<Vec<_>>()
    };
    let mut firm = firm();
    assert_eq!(
        unmet(&firm),
        ["E-RD"],
        "a fact that is not known does not meet a rule"
    );
    firm.credentials = vec![Credential::HighTech];
    assert!(unmet(&firm).is_empty());
}

#[test]
fn evidence_asked_for_has_a_name() {
    let text = changed(
        "seat_evidence = [\"business_licence\"]",
        "seat_evidence = [\"licence\"]",
    );
    assert_eq!(codes(&text), ["PO117"]);
    let twice = changed("id = \"E-SELF\"", "id = \"E-USE\"");
    assert_eq!(codes(&twice), ["PO104"]);
}
