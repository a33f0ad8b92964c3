//! Steps of a round and of a case as pages: what is offered, refused and done.

use zhuchao::acts::cases::draft;

use super::portal::{form, get};
use crate::acts::cases::{drafted, here, verified};

#[actix_web::test]
async fn steps_of_a_round_are_pages_that_say_what_they_do() {
    for town in here() {
        verified(&town, "F1");
        let round = get(&town, "bureau_planner", "/rounds/R1?lang=en").await;
        assert!(round.text.contains("/rounds/R1/guide"), "{}", round.text);
        let early = form(&town, "bureau_planner", "/rounds/R1/freeze", "of=freeze").await;
        assert_eq!(early.status, 422);
        assert!(early.text.contains("AC281"));
        town.at("2026-02-02T09:00:00+08:00");
        let frozen = form(&town, "bureau_planner", "/rounds/R1/freeze", "of=freeze").await;
        assert_eq!(frozen.status, 303, "{}", frozen.text);
        let plan = form(&town, "bureau_planner", "/rounds/R1/plan", "of=plan&work=5").await;
        assert_eq!(plan.status, 303, "{}", plan.text);
        let task = plan
            .header("location")
            .split('?')
            .next()
            .unwrap_or_default()
            .to_owned();
        let page = get(&town, "bureau_planner", &task).await;
        assert!(
            page.text.contains("data-events=\"/api/v1/tasks/"),
            "it is followed"
        );
        assert!(
            page.text.contains("<noscript><meta http-equiv=\"refresh\""),
            "also without scripts"
        );
        let off = form(
            &town,
            "bureau_planner",
            &format!("{task}/cancel"),
            "of=cancel&reason=x",
        )
        .await;
        assert_eq!(off.status, 303, "{}", off.text);
        let page = get(&town, "bureau_planner", &task).await;
        assert!(
            !page.text.contains("data-events"),
            "what is over stands still"
        );
    }
}

#[actix_web::test]
async fn a_case_that_was_withdrawn_offers_nothing_more() {
    let town = here().remove(0);
    let case = drafted(&town, "F1");
    let page = get(&town, "firm_preparer.F1", &format!("/cases/{}", case.id)).await;
    assert!(page.text.contains("/prepare\"") && !page.text.contains("/submit\""));
    draft::withdraw(&town.firm("F1"), &case.id, "").expect("withdrawn");
    let page = get(&town, "firm_approver.F1", &format!("/cases/{}", case.id)).await;
    assert!(!page.text.contains("/prepare\"") && !page.text.contains("/withdraw\""));
}
