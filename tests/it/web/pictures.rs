//! The pictures: what they say is counted right, each has a title, a description and a table, and none runs out of its
//! frame.

use proptest::prelude::*;
use zhuchao::domain::procedure::Step;
use zhuchao::web::portal::pictures::gini;
use zhuchao::web::sheet::chart::{Chart, Dot, Ground};

use super::walking::get;
use crate::acts::procedure::{go, world};
use crate::support::town::towns;

#[test]
fn the_gini_of_what_is_known_is_known() {
    assert_eq!(gini(&[]), "0.00");
    assert_eq!(gini(&[0, 0]), "0.00", "nothing is held by anybody");
    assert_eq!(gini(&[7, 7, 7, 7]), "0.00");
    assert_eq!(
        gini(&[0, 0, 0, 8]),
        "0.75",
        "one of four holds all: (n - 1) / n"
    );
    assert_eq!(gini(&[1, 2, 3, 4]), "0.25");
}

proptest! {
    #[test]
    fn a_gini_lies_between_none_and_one_and_knows_no_order(mut held in proptest::collection::vec(0_i64..1_000_000, 1..60)) {
        let before = gini(&held);
        let value: f64 = before.parse().expect("a number");
        prop_assert!((0.0..=1.0).contains(&value), "{before}");
        held.reverse();
        prop_assert_eq!(&before, &gini(&held));
        let twice: Vec<i64> = held.iter().map(|v| v * 2).collect();
        prop_assert_eq!(before, gini(&twice));
    }

    #[test]
    fn dots_stand_within_the_picture(at in proptest::collection::vec((113.7_f64..114.7, 22.4_f64..22.9), 1..40)) {
        let dots = at.into_iter().map(|at| Dot { label: String::new(), at, class: 1, text: String::new() });
        let ground = Ground::new(Vec::new(), dots.collect(), Vec::new());
        for dot in &ground.dots {
            let (x, y) = ground.spot(dot);
            prop_assert!((0..=1000).contains(&x) && (0..=ground.high()).contains(&y), "{x},{y}");
        }
    }
}

#[test]
fn the_same_rent_everywhere_is_a_picture_too() {
    let ground = Ground::default();
    assert_eq!(ground.high(), 1);
    let chart = Chart::ground("t", "d", ["", "", ""], ground);
    assert!(chart.ground.is_some_and(|g| g.path(&[]).is_empty()));
}

#[actix_web::test]
async fn statistics_show_each_picture_with_its_words_and_its_table() {
    let town = towns(&world()).remove(0);
    go(&town, Step::Publicised);
    for query in ["", "?lang=en"] {
        let page = get(&town, "", &format!("/statistics{query}")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        let pictures = page.text.matches("<figure class=\"chart\"").count();
        assert_eq!(pictures, 8);
        // The town has no quota, so there is nothing to draw of them, and that is said.
        assert_eq!(page.text.matches("<desc>").count(), pictures - 1);
        assert_eq!(
            page.text.matches("<details><summary>").count(),
            pictures,
            "{}",
            page.text
        );
        assert!(!page.text.contains(">pic."), "no word is missing");
    }
    let page = get(&town, "", "/statistics?lang=en").await;
    // Five firms ask for 200, 200, 200, 280 and 900 square metres; two floors of 300 are there.
    let areas = page
        .text
        .split("id=\"sizes-demand\"")
        .nth(1)
        .unwrap_or_default();
    let areas = areas.split("</section>").next().unwrap_or_default();
    let row = |label: &str| {
        let row = areas
            .split(&format!("<th scope=\"row\">{label}</th>"))
            .nth(1);
        row.and_then(|r| r.split("</tr>").next())
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(
        row("200 – 500 m²"),
        "<td class=\"n\">4</td><td class=\"n\">2</td>"
    );
    assert_eq!(
        row("500 – 1000 m²"),
        "<td class=\"n\">1</td><td class=\"n\">0</td>"
    );
}
