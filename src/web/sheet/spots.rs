//! What a file would change, on the map: a mark for each place, told apart by shape and by colour, with what each means.
//!
//! Not here: where the differences lie (`acts::books`), the ground (`chart`).

use super::chart::{Dot, Ground};

/// A mark on the map.
#[derive(Debug, Clone)]
pub struct Mark {
    /// `new`, `changed`, `gone` or `kept`.
    pub kind: &'static str,
    /// What stands there.
    pub label: String,
    /// What becomes of it, in words.
    pub text: String,
    /// Longitude and latitude in degrees.
    pub at: (f64, f64),
    /// Where it was.
    pub from: Option<(f64, f64)>,
}

/// The picture, and where its features are fetched by the map that can be moved.
pub struct Spots {
    /// Address of the features.
    pub src: String,
    /// What it shows.
    pub title: String,
    /// Marks; those that matter most last.
    pub marks: Vec<Mark>,
    /// Kinds that the picture has, with their words.
    pub legend: Vec<(&'static str, String)>,
    /// The ground beneath.
    pub ground: Ground,
}

impl Spots {
    /// Marks on the ground of some outlines.
    pub fn new(
        (src, title): (String, &str),
        rings: Vec<Vec<(f64, f64)>>,
        marks: Vec<Mark>,
        legend: Vec<(&'static str, String)>,
    ) -> Spots {
        let dot = |m: &Mark| Dot {
            label: String::new(),
            at: m.at,
            class: 0,
            text: String::new(),
        };
        let dots = marks.iter().map(dot).collect();
        Spots {
            src,
            title: title.to_owned(),
            ground: Ground::new(rings, dots, Vec::new()),
            marks,
            legend,
        }
    }

    /// Where a mark stands.
    pub fn place(&self, at: &(f64, f64)) -> (i64, i64) {
        self.ground.place(at)
    }
}
