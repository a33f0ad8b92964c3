//! Pictures made by the server as SVG: bars with a limit, and curves. Each has a title, a description and the
//! same figures as a table.
//!
//! Not here: which figures.

use crate::web::format;

/// A bar: what it is of, its value, and how far it may go.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// Its length.
    pub value: i64,
    /// The limit; 0 = none.
    pub limit: i64,
    /// The value in words.
    pub text: String,
}

/// A curve: a name and its points.
#[derive(Debug, Clone)]
pub struct Curve {
    /// Name.
    pub label: String,
    /// Class in the style sheet.
    pub class: &'static str,
    /// Points: across, up.
    pub points: Vec<(i64, i64)>,
    /// The same in words, for the table: across, up.
    pub said: Vec<(String, String)>,
}

/// A picture.
#[derive(Debug, Clone, Default)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// What can be seen in it, in words.
    pub text: String,
    /// Bars.
    pub bars: Vec<Bar>,
    /// Curves.
    pub curves: Vec<Curve>,
    /// Headings of the table: what, value, limit.
    pub heads: [String; 3],
    /// Words at the ends of the axes of curves: left, right, low, high.
    pub ends: [String; 4],
}

/// Room for a label, in letters; a Chinese sign takes two.
const SHORT: i32 = 16;
/// Width of the drawing area of curves.
const WIDE: i64 = 1000;
/// Height of it.
const HIGH: i64 = 240;

impl Chart {
    /// A picture of bars.
    pub fn bars(title: &str, text: &str, heads: [&str; 3], bars: Vec<Bar>) -> Chart {
        Chart {
            title: title.to_owned(),
            text: text.to_owned(),
            bars,
            curves: Vec::new(),
            heads: heads.map(str::to_owned),
            ends: Default::default(),
        }
    }

    /// A picture of curves.
    pub fn curves(title: &str, text: &str, heads: [&str; 3], curves: Vec<Curve>) -> Chart {
        Chart {
            curves,
            ..Chart::bars(title, text, heads, Vec::new())
        }
    }

    /// The same with words at the ends of its axes: left, right, low, high.
    #[must_use]
    pub fn between(mut self, ends: [String; 4]) -> Chart {
        self.ends = ends;
        self
    }

    /// Longest bar or limit.
    fn longest(&self) -> i64 {
        let all = self.bars.iter().map(|b| b.value.max(b.limit));
        all.max().unwrap_or(1).max(1)
    }

    /// Length of a value of 1000.
    pub fn length(&self, value: &i64) -> i64 {
        format::per_mille(*value, self.longest()) * 770 / 1000
    }

    /// A label as short as the picture has room; the table says it whole.
    pub fn short(&self, label: &str) -> String {
        let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
        let mut left = SHORT;
        let kept: String = label
            .chars()
            .take_while(|c| {
                left -= wide(*c);
                left >= 0
            })
            .collect();
        match kept.len() == label.len() {
            true => kept,
            false => kept + "…",
        }
    }

    /// Height of the picture of bars.
    pub fn height(&self) -> usize {
        self.bars.len() * 42 + 4
    }

    /// Where a bar begins.
    pub fn top(&self, n: &usize) -> usize {
        n * 42 + 2
    }

    /// Points of a curve, as SVG writes them.
    pub fn line(&self, curve: &Curve) -> String {
        let (left, right) = self.range(|p| p.0);
        let (low, high) = self.range(|p| p.1);
        let at = |value: i64, (from, to): (i64, i64), long: i64| {
            let span = i128::from(to - from).max(1);
            let part = i128::from(value - from) * i128::from(long) / span;
            i64::try_from(part).unwrap_or(long)
        };
        let point = |(x, y): &(i64, i64)| {
            let across = at(*x, (left, right), WIDE);
            format!("{across},{}", HIGH - at(*y, (low, high), HIGH))
        };
        curve.points.iter().map(point).collect::<Vec<_>>().join(" ")
    }

    fn range(&self, of: fn(&(i64, i64)) -> i64) -> (i64, i64) {
        let all = || self.curves.iter().flat_map(|c| &c.points).map(of);
        (all().min().unwrap_or(0), all().max().unwrap_or(1))
    }

    /// First and last place of the curves.
    pub fn span(&self) -> (i64, i64) {
        self.range(|p| p.0)
    }

    /// Lowest and highest value of the curves.
    pub fn reach(&self) -> (i64, i64) {
        self.range(|p| p.1)
    }
}
