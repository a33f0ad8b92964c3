//! Replay of the adoption of a scenario: its changes give its snapshot again, and who signed is known.

use zhuchao::acts::record::replay;
use zhuchao::acts::scenarios;
use zhuchao::store::raw;

use crate::acts::scenarios::{made, pinned, planned, ran};
use crate::acts::tasks::round;

#[test]
fn an_adoption_matches_and_what_was_changed_since_is_named() {
    for (town, base_plan) in planned() {
        let scenario = made(&town, pinned("F1", "A2", 200), Some(&base_plan));
        ran(&town, &scenario).result.expect("a plan");
        let (_, variants) = scenarios::see(&town.planner(), &scenario.id).expect("seen");
        let variant = variants[0].digest.clone();
        scenarios::adopt(&town.bureau(), &variant, "agreed").expect("adopted");
        let all = replay::decisions(&town.planner(), &round()).expect("decisions");
        assert!(all.iter().any(|d| d.kind == "scenario" && d.key == variant));
        let again = || {
            let one = replay::replay(&town.planner(), "scenario", &variant, None);
            one.expect("a replay")
        };
        let report = again();
        assert_eq!(report.differences, vec![], "{}", town.name);
        assert!(
            report
                .proven
                .iter()
                .any(|p| p.contains("give its snapshot"))
        );
        let sql = format!(
            "UPDATE variants SET body = replace(body, '\"A2\"', '\"A1\"') WHERE id = '{variant}'"
        );
        raw::execute(town.desk.store(), &sql).expect("a stranger can");
        let places: Vec<String> = again().differences.into_iter().map(|d| d.place).collect();
        for place in ["adopted variant", "snapshot of the variant"] {
            assert!(places.iter().any(|p| p == place), "{place}: {places:?}");
        }
    }
}
