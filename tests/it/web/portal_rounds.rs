//! The steps of a round as pages of the bureau.

use super::walking::{form, get};
use crate::acts::cases::{here, verified};

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
