//! Where a notice stands on paper: A4 with the margins and sizes of GB/T 9704, the table with its headings on every page,
//! the place of the seal, the numbers of the pages.
//!
//! Not here: drawing (`pdf`), where lines break (`lines`).

use super::Signs;
use super::lines::lines;
use crate::acts::papers::Notice;

/// Width of a page in points.
pub const WIDE: f32 = 595.28;
/// Height of a page.
pub const HIGH: f32 = 841.89;

/// Left edge of the text: 28 mm.
const LEFT: f32 = 79.37;
/// Width of the text: 156 mm.
const ROOM: f32 = 442.2;
/// First line: 37 mm from the top.
const TOP: f32 = 104.88;
/// Nothing stands below this: 35 mm from the bottom.
const BOTTOM: f32 = HIGH - 99.21;

/// Size of the text (三号) and the distance of its lines.
const TEXT: (f32, f32) = (16.0, 28.0);
/// Size of the title (二号).
const TITLE: (f32, f32) = (22.0, 36.0);
/// Size of the table.
const CELL: (f32, f32) = (10.5, 15.0);
/// Size of small print.
const SMALL: (f32, f32) = (9.0, 13.0);
/// Widths of the columns: number, firm, site, area, apartments, subsidy.
const COLUMNS: [f32; 6] = [30.0, 138.2, 122.0, 56.0, 36.0, 60.0];
/// Between a rule and the words of a cell.
const PAD: f32 = 3.5;

/// Words at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// Left end of their base line.
    pub at: (f32, f32),
    /// Size.
    pub size: f32,
    /// What they say.
    pub text: String,
    /// Grey.
    pub pale: bool,
}

/// A line from one place to another.
pub type Rule = ((f32, f32), (f32, f32));

/// A page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// Words.
    pub words: Vec<Words>,
    /// Lines of the table.
    pub rules: Vec<Rule>,
}

/// How a line stands.
#[derive(Clone, Copy, PartialEq)]
enum Set {
    Left,
    Middle,
}

struct Desk<'a> {
    signs: &'a Signs<'a>,
    pages: Vec<Page>,
    down: f32,
}

/// The pages of a notice; at least one.
pub fn pages(signs: &Signs<'_>, notice: &Notice) -> Vec<Page> {
    let mut desk = Desk {
        signs,
        pages: vec![Page::default()],
        down: TOP,
    };
    desk.paragraph(&notice.number, TEXT, Set::Middle, 0.0);
    desk.down += 18.0;
    desk.paragraph(&notice.title, TITLE, Set::Middle, 0.0);
    desk.down += 18.0;
    for text in &notice.text {
        desk.paragraph(text, TEXT, Set::Left, TEXT.0 * 2.0);
    }
    if !notice.rows.is_empty() {
        desk.down += 8.0;
        desk.table(notice);
        desk.down += 14.0;
    }
    for text in &notice.checks {
        desk.paragraph(text, SMALL, Set::Left, 0.0);
    }
    desk.signed(notice);
    desk.numbered();
    desk.pages
}

impl Desk<'_> {
    fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// A new page unless there is room for so much.
    fn room(&mut self, high: f32) -> bool {
        if self.down + high <= BOTTOM || self.down <= TOP {
            return true;
        }
        self.pages.push(Page::default());
        self.down = TOP;
        false
    }

    fn measure(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|c| self.signs.wide(c)).sum::<f32>() * size
    }

    fn cut(&self, text: &str, size: f32, (first, room): (f32, f32)) -> Vec<String> {
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        lines(&text, (first, room), &|c| self.signs.wide(c) * size)
    }

    fn write(&mut self, text: &str, size: f32, at: (f32, f32), pale: bool) {
        let text = text.trim_end().to_owned();
        if !text.is_empty() {
            let words = Words {
                at,
                size,
                text,
                pale,
            };
            self.page().words.push(words);
        }
    }

    fn paragraph(&mut self, text: &str, (size, step): (f32, f32), set: Set, indent: f32) {
        let cut = self.cut(text, size, (ROOM - indent, ROOM));
        for (n, line) in cut.iter().enumerate() {
            self.room(step);
            let wide = self.measure(line.trim_end(), size);
            let left = match set {
                Set::Left if n == 0 => indent,
                Set::Left => 0.0,
                Set::Middle => (ROOM - wide) / 2.0,
            };
            let base = self.down + step - (step - size) / 2.0 - size * 0.12;
            self.write(line, size, (LEFT + left, base), false);
            self.down += step;
        }
    }

    fn table(&mut self, notice: &Notice) {
        self.row(&notice.heads, None);
        for row in &notice.rows {
            self.row(row, Some(&notice.heads));
        }
    }

    /// A row in its rules; on a new page the headings come first.
    fn row(&mut self, cells: &[String; 6], heads: Option<&[String; 6]>) {
        let (size, step) = CELL;
        let cut: Vec<Vec<String>> = (cells.iter().zip(COLUMNS))
            .map(|(cell, wide)| {
                let room = wide - 2.0 * PAD;
                self.cut(cell, size, (room, room))
            })
            .collect();
        let most = cut.iter().map(Vec::len).max().unwrap_or(1);
        // A handful of lines: exact.
        let high = step * most as f32 + 2.0 * PAD;
        if !self.room(high)
            && let Some(heads) = heads
        {
            self.row(heads, None);
        }
        let (top, mut left) = (self.down, LEFT);
        for (n, (lines, wide)) in cut.iter().zip(COLUMNS).enumerate() {
            for (k, line) in lines.iter().enumerate() {
                let long = self.measure(line.trim_end(), size);
                let across = match n {
                    0..=2 => PAD,
                    _ => wide - PAD - long,
                };
                let base = top + PAD + step * (k as f32 + 1.0) - (step - size) / 2.0 - size * 0.12;
                self.write(line, size, (left + across, base), false);
            }
            self.rule((left, top), (left, top + high));
            left += wide;
        }
        self.rule((left, top), (left, top + high));
        self.rule((LEFT, top), (left, top));
        self.rule((LEFT, top + high), (left, top + high));
        self.down += high;
    }

    fn rule(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.page().rules.push((from, to));
    }

    /// Who publishes it, the place of the seal, the day: together on one page.
    fn signed(&mut self, notice: &Notice) {
        self.room(5.0 * TEXT.1);
        self.down += TEXT.1;
        let right = |text: &str| format!("{text}\u{3000}\u{3000}");
        self.paragraph_right(&right(&notice.office), TEXT, false);
        self.paragraph_right(&right(&notice.seal), (12.0, TEXT.1), true);
        self.paragraph_right(&right(&notice.day), TEXT, false);
    }

    fn paragraph_right(&mut self, text: &str, (size, step): (f32, f32), pale: bool) {
        let wide = self.measure(text, size);
        let base = self.down + step - (step - size) / 2.0 - size * 0.12;
        self.write(text, size, (LEFT + (ROOM - wide).max(0.0), base), pale);
        self.down += step;
    }

    /// Numbers of the pages, as official papers have them.
    fn numbered(&mut self) {
        let all = self.pages.len();
        for n in 0..all {
            let text = format!("— {} —", n + 1);
            let wide = self.measure(&text, 14.0);
            let words = Words {
                at: (LEFT + (ROOM - wide) / 2.0, BOTTOM + 32.0),
                size: 14.0,
                text,
                pale: false,
            };
            if let Some(page) = self.pages.get_mut(n) {
                page.words.push(words);
            }
        }
    }
}
