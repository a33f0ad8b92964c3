//! Pictures made by the server as SVG: bars with a limit, bars in pairs, curves, and dots on the ground. Each has a title,
//! a description and the same figures as a table.
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

impl Bar {
    /// The value in words, as short as it stands at the end of the bar: the share where there is one.
    pub fn brief(&self) -> &str {
        let last = self.text.rsplit(" · ").next().unwrap_or_default();
        last.split(" / ").next().unwrap_or_default()
    }
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

/// A dot on the ground.
#[derive(Debug, Clone)]
pub struct Dot {
    /// What it is of.
    pub label: String,
    /// Longitude and latitude in degrees.
    pub at: (f64, f64),
    /// Class from 0 to 4: its colour and its size.
    pub class: usize,
    /// The value in words.
    pub text: String,
}

/// Dots on the ground.
#[derive(Debug, Clone, Default)]
pub struct Ground {
    /// Outlines: rings of longitudes and latitudes.
    pub rings: Vec<Vec<(f64, f64)>>,
    /// Dots.
    pub dots: Vec<Dot>,
    /// What each class of dots stands for.
    pub classes: Vec<String>,
    frame: Frame,
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
    /// True when value and limit are two things to compare, one beneath the other.
    pub pair: bool,
    /// Curves.
    pub curves: Vec<Curve>,
    /// Dots on the ground.
    pub ground: Option<Ground>,
    /// Headings of the table: what, value, limit.
    pub heads: [String; 3],
    /// Words at the ends of the axes of curves: left, right, low, high.
    pub ends: [String; 4],
}

/// Room for a label, in letters; a Chinese sign takes two.
const SHORT: i32 = 16;
/// Length of the longest bar; words stand behind it.
const LONG: i64 = 640;
/// Most points of a curve of which each is marked.
const MARKED: usize = 8;
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
            heads: heads.map(str::to_owned),
            ..Chart::default()
        }
    }

    /// A picture of pairs of bars.
    pub fn pairs(title: &str, text: &str, heads: [&str; 3], bars: Vec<Bar>) -> Chart {
        Chart {
            pair: true,
            ..Chart::bars(title, text, heads, bars)
        }
    }

    /// A picture of dots on the ground.
    pub fn ground(title: &str, text: &str, heads: [&str; 3], ground: Ground) -> Chart {
        Chart {
            ground: Some(ground),
            ..Chart::bars(title, text, heads, Vec::new())
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

    /// True when there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.bars.is_empty() && self.curves.is_empty() && self.ground.is_none()
    }

    /// Longest bar or limit.
    fn longest(&self) -> i64 {
        let all = self.bars.iter().map(|b| b.value.max(b.limit));
        all.max().unwrap_or(1).max(1)
    }

    /// Length of a value of 1000.
    pub fn length(&self, value: &i64) -> i64 {
        format::per_mille(*value, self.longest()) * LONG / 1000
    }

    /// Where the words behind a bar begin.
    pub fn after(&self, bar: &Bar) -> i64 {
        self.length(&bar.value).max(self.length(&bar.limit)) + 240
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
        let points = self.places(curve).into_iter();
        let points = points.map(|(x, y)| format!("{x},{y}"));
        points.collect::<Vec<_>>().join(" ")
    }

    /// Where the points of a curve are marked: those of a curve of a few.
    pub fn spots(&self, curve: &Curve) -> Vec<(i64, i64)> {
        match curve.points.len() > MARKED {
            true => Vec::new(),
            false => self.places(curve),
        }
    }

    fn places(&self, curve: &Curve) -> Vec<(i64, i64)> {
        let (left, right) = self.range(|p| p.0);
        let (low, high) = self.range(|p| p.1);
        let at = |value: i64, (from, to): (i64, i64), long: i64| {
            let span = i128::from(to - from).max(1);
            let part = i128::from(value - from) * i128::from(long) / span;
            i64::try_from(part).unwrap_or(long)
        };
        let point = |(x, y): &(i64, i64)| {
            let across = at(*x, (left, right), WIDE);
            (across, HIGH - at(*y, (low, high), HIGH))
        };
        curve.points.iter().map(point).collect()
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

/// Width of the ground.
const ACROSS: f64 = 1000.0;
/// How much shorter a degree of longitude is at the latitude of Shenzhen.
const NARROW: f64 = 0.923;

/// West, north, and how many degrees the longer side has.
#[derive(Debug, Clone, Copy, Default)]
struct Frame {
    west: f64,
    north: f64,
    wide: f64,
}

impl Ground {
    /// The ground with what stands on it.
    pub fn new(rings: Vec<Vec<(f64, f64)>>, dots: Vec<Dot>, classes: Vec<String>) -> Ground {
        let mut points = rings
            .iter()
            .flatten()
            .chain(dots.iter().map(|d| &d.at))
            .copied();
        let first = points.next().unwrap_or_default();
        let start = (first, first);
        let (low, high) = points.fold(start, |(low, high), p| {
            (
                (p.0.min(low.0), p.1.min(low.1)),
                (p.0.max(high.0), p.1.max(high.1)),
            )
        });
        let frame = Frame {
            west: low.0,
            north: high.1,
            wide: (high.0 - low.0).max(high.1 - low.1).max(0.01),
        };
        Ground {
            rings,
            dots,
            classes,
            frame,
        }
    }

    /// A place in the picture.
    pub fn place(&self, at: &(f64, f64)) -> (i64, i64) {
        let scale = ACROSS / self.frame.wide.max(0.01);
        // Within the picture, so that nothing is cut off.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a picture is a thousand points wide"
        )]
        let point = |x: f64| x.round() as i64;
        (
            point((at.0 - self.frame.west) * scale),
            point((self.frame.north - at.1) * scale / NARROW),
        )
    }

    /// Height of the picture.
    pub fn high(&self) -> i64 {
        let all = self
            .rings
            .iter()
            .flatten()
            .chain(self.dots.iter().map(|d| &d.at));
        all.map(|p| self.place(p).1).max().unwrap_or(1).max(1)
    }

    /// A ring as SVG writes it; points that fall together are left out.
    pub fn path(&self, ring: &[(f64, f64)]) -> String {
        let mut points: Vec<(i64, i64)> = ring.iter().map(|p| self.place(p)).collect();
        points.dedup_by(|b, a| (a.0 - b.0).abs() + (a.1 - b.1).abs() < 3);
        let points = points.iter().map(|(x, y)| format!("{x},{y}"));
        points.collect::<Vec<_>>().join(" ")
    }

    /// Where a dot stands.
    pub fn spot(&self, dot: &Dot) -> (i64, i64) {
        self.place(&dot.at)
    }
}

impl Dot {
    /// How large it is drawn: by class, so that colour alone says nothing.
    pub fn radius(&self) -> usize {
        7 + 3 * self.class.min(4)
    }
}
