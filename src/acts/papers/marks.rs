//! Marks in the text of a document: `{{文号}}` or `{{number}}` is a field. A word processor cuts texts into pieces where it
//! likes, so a mark is first put together; then what holds it is repeated or filled.
//!
//! - A field of the notice stands once. A paragraph with the text or the checks stands once for each of theirs.
//! - A row of a table with a field of an award stands once for each award; a notice without awards has no such table.
//!
//! Not here: what a notice says, the file around the document (`package`).

use super::Notice;

/// A field of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Document number.
    Number,
    /// Title.
    Title,
    /// Who publishes it.
    Office,
    /// Where the seal goes.
    Seal,
    /// Day.
    Day,
    /// A paragraph of the text.
    Text,
    /// A line of how it is checked.
    Check,
    /// A heading of the table.
    Head(usize),
    /// A cell of an award.
    Cell(usize),
}

/// Chinese name, English name, field.
pub const FIELDS: [(&str, &str, Field); 19] = [
    ("文号", "number", Field::Number),
    ("标题", "title", Field::Title),
    ("正文", "text", Field::Text),
    ("单位", "office", Field::Office),
    ("盖章", "seal", Field::Seal),
    ("日期", "day", Field::Day),
    ("核验", "check", Field::Check),
    ("序号", "n", Field::Cell(0)),
    ("企业", "firm", Field::Cell(1)),
    ("场地", "site", Field::Cell(2)),
    ("面积", "area", Field::Cell(3)),
    ("公寓", "apartments", Field::Cell(4)),
    ("补贴", "subsidy", Field::Cell(5)),
    ("表头1", "head1", Field::Head(0)),
    ("表头2", "head2", Field::Head(1)),
    ("表头3", "head3", Field::Head(2)),
    ("表头4", "head4", Field::Head(3)),
    ("表头5", "head5", Field::Head(4)),
    ("表头6", "head6", Field::Head(5)),
];

/// Longest name between the braces, in bytes.
const NAME_MAX: usize = 60;

/// The field of a name.
pub fn field(name: &str) -> Option<Field> {
    let name = name.trim();
    let hit = |(zh, en, _): &&(&str, &str, Field)| *zh == name || *en == name;
    FIELDS.iter().find(hit).map(|(_, _, field)| *field)
}

/// The names in the marks of a part, in order; the part must have been [`joined`].
pub fn names(xml: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = xml;
    while let Some((_, after)) = rest.split_once("{{") {
        match after.split_once("}}") {
            Some((name, after)) => {
                found.push(name.trim().to_owned());
                rest = after;
            }
            None => {
                found.push(after.chars().take(12).collect());
                rest = "";
            }
        }
    }
    found
}

/// The same part with every mark in one piece: what a paragraph says is read across its pieces, and a mark goes whole into
/// the piece in which it begins.
pub fn joined(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    // Texts of the paragraph that is open, each with what stands before it.
    let mut pieces: Vec<(String, String)> = Vec::new();
    let mut between = String::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        let (text, tail) = rest.split_at(at);
        between.push_str(text);
        let end = tail.find('>').map_or(tail.len(), |n| n + 1);
        let (tag, tail) = tail.split_at(end);
        between.push_str(tag);
        rest = tail;
        if is(tag, "w:t") && !tag.ends_with("/>") {
            let end = rest.find('<').unwrap_or(rest.len());
            let (said, tail) = rest.split_at(end);
            pieces.push((std::mem::take(&mut between), said.to_owned()));
            rest = tail;
        } else if is(tag, "w:p") || is(tag, "/w:p") {
            flush(&mut out, &mut pieces, &mut between);
        }
    }
    between.push_str(rest);
    flush(&mut out, &mut pieces, &mut between);
    out
}

/// True for a tag of this name.
fn is(tag: &str, name: &str) -> bool {
    let inside = tag.strip_prefix('<').and_then(|t| t.strip_prefix(name));
    inside.is_some_and(|rest| rest.starts_with(['>', ' ', '/', '\n', '\r', '\t']))
}

fn flush(out: &mut String, pieces: &mut Vec<(String, String)>, between: &mut String) {
    let texts: Vec<&str> = pieces.iter().map(|(_, said)| said.as_str()).collect();
    let texts = whole_marks(&texts);
    for ((before, _), text) in pieces.drain(..).zip(texts) {
        out.push_str(&before);
        out.push_str(&text);
    }
    out.push_str(between);
    between.clear();
}

/// The texts with each mark in the one in which it begins.
fn whole_marks(texts: &[&str]) -> Vec<String> {
    let all: String = texts.concat();
    let mut ends = Vec::new();
    let mut at = 0;
    for text in texts {
        at += text.len();
        ends.push(at);
    }
    let of = |at: usize| ends.partition_point(|end| *end <= at);
    let mut made = vec![String::new(); texts.len()];
    let mut at = 0;
    while let Some(rest) = all.get(at..).filter(|rest| !rest.is_empty()) {
        let long = match mark_length(rest) {
            Some(long) => long,
            None => rest.chars().next().map_or(1, char::len_utf8),
        };
        if let (Some(text), Some(piece)) = (made.get_mut(of(at)), rest.get(..long)) {
            text.push_str(piece);
        }
        at += long;
    }
    made
}

/// The length of the mark that a text begins with.
fn mark_length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("{{")?;
    let end = inside.find("}}").filter(|end| *end <= NAME_MAX)?;
    Some(end + 4)
}

/// A piece of a part between a tag and its end, around a place.
pub fn around(xml: &str, at: usize, name: &str) -> Option<(usize, usize)> {
    let before = xml.get(..at)?;
    let open = |tag: &str| before.rfind(tag);
    let begins = open(&format!("<{name}>")).max(open(&format!("<{name} ")))?;
    let close = format!("</{name}>");
    // Something of the same name that ended in between is not what holds the place.
    if before.get(begins..)?.contains(&close) {
        return None;
    }
    let ends = xml.get(at..)?.find(&close)? + at + close.len();
    Some((begins, ends))
}

/// Where the first mark of such a field stands.
pub fn first(xml: &str, wanted: &dyn Fn(Field) -> bool) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = xml.get(from..)?.find("{{").map(|n| n + from) {
        let name = xml.get(at + 2..)?.split_once("}}")?.0;
        if field(name).is_some_and(wanted) {
            return Some(at);
        }
        from = at + 2;
    }
    None
}

/// A part with everything filled in; it must have been [`joined`].
pub fn filled(xml: &str, notice: &Notice) -> String {
    let rows = |row: &[String; 6]| row.to_vec();
    let all = notice.rows.iter().map(rows).collect::<Vec<_>>();
    let mut text = repeated(
        xml,
        "w:tr",
        &|f| matches!(f, Field::Cell(_)),
        &all,
        &|cells, f| match f {
            Field::Cell(n) => cells.get(n).cloned(),
            _ => None,
        },
    );
    let lists = [(Field::Text, &notice.text), (Field::Check, &notice.checks)];
    for (wanted, lines) in lists {
        let lines: Vec<Vec<String>> = lines.iter().map(|l| vec![l.clone()]).collect();
        text = repeated(&text, "w:p", &|f| f == wanted, &lines, &|line, f| {
            line.first().filter(|_| f == wanted).cloned()
        });
    }
    once(&text, &|f| {
        Some(match f {
            Field::Number => notice.number.clone(),
            Field::Title => notice.title.clone(),
            Field::Office => notice.office.clone(),
            Field::Seal => notice.seal.clone(),
            Field::Day => notice.day.clone(),
            Field::Head(n) => notice.heads.get(n).cloned().unwrap_or_default(),
            Field::Text | Field::Check | Field::Cell(_) => String::new(),
        })
    })
}

/// A piece for each line in place of every piece that holds such a field. Without any line a row takes its table with it; a
/// paragraph stays and says nothing, because a cell of a table must have one.
fn repeated(
    xml: &str,
    name: &str,
    wanted: &dyn Fn(Field) -> bool,
    lines: &[Vec<String>],
    value: &dyn Fn(&[String], Field) -> Option<String>,
) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = first(rest, wanted) {
        let table = (lines.is_empty() && name == "w:tr").then(|| around(rest, at, "w:tbl"));
        let piece = table.flatten().or_else(|| around(rest, at, name));
        let Some((begins, ends)) = piece else {
            break;
        };
        let (before, tail) = rest.split_at(begins);
        let (piece, after) = tail.split_at(ends - begins);
        out.push_str(before);
        for line in lines {
            out.push_str(&once(piece, &|f| value(line, f)));
        }
        if lines.is_empty() && name == "w:p" {
            out.push_str(&once(piece, &|_| Some(String::new())));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Values in place of their marks, each looked at once; a mark without a value stays.
fn once(text: &str, value: &dyn Fn(Field) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let hit = after.split_once("}}").and_then(|(name, after)| {
            let value = value(field(name)?)?;
            Some((value, after))
        });
        rest = match hit {
            Some((value, after)) => {
                out.push_str(&escaped(&value));
                after
            }
            None => {
                out.push_str("{{");
                after
            }
        };
    }
    out.push_str(rest);
    out
}

/// A text as XML holds it: marked signs escaped, signs that XML does not know left out. Braces are written as
/// references, so that nobody's name can be taken for a mark.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
