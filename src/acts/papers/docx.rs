//! A notice as a file of a word processor: the template in `data/templates/notice`, filled in and packed.
//!
//! The template is plain WordprocessingML with marks: `{{name}}` a value; `{{each name}} .. {{end}}` once for each line,
//! whose cells are `{{1}}`, `{{2}}` ..; `{{if rows}} .. {{end if}}` left out where there are no rows.
//!
//! Not here: what a notice says.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Notice;
use crate::domain::fault::{Code, Fault};

/// The file cannot be packed.
pub const NOT_PACKED: Code = Code("AC510");

const DOCUMENT: &str = include_str!("../../../data/templates/notice/document.xml");
const TYPES: &str = include_str!("../../../data/templates/notice/content_types.xml");
const RELATIONS: &str = include_str!("../../../data/templates/notice/rels.xml");

/// Media type of the file.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The notice as a file. The same notice gives the same bytes.
///
/// # Errors
/// AC510 when it cannot be packed.
pub fn written(notice: &Notice) -> Result<Vec<u8>, Fault> {
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("word/document.xml", filled(DOCUMENT, notice)),
    ];
    packed(&parts).map_err(|e| {
        let cause = format!("the document cannot be packed: {e}");
        Fault::new(NOT_PACKED, cause, "report this")
    })
}

fn packed(parts: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, text) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn filled(template: &str, notice: &Notice) -> String {
    let single = |lines: &[String]| lines.iter().map(|l| vec![l.clone()]).collect::<Vec<_>>();
    let table = |rows: &[[String; 6]]| rows.iter().map(|r| r.to_vec()).collect::<Vec<_>>();
    let mut text = template.to_owned();
    if notice.rows.is_empty() {
        text = without(&text, "{{if rows}}", "{{end if}}");
    }
    text = text.replace("{{if rows}}", "").replace("{{end if}}", "");
    text = each(&text, "text", &single(&notice.text));
    text = each(&text, "heads", &table(std::slice::from_ref(&notice.heads)));
    text = each(&text, "rows", &table(&notice.rows));
    text = each(&text, "checks", &single(&notice.checks));
    let values = [
        ("number", &notice.number),
        ("title", &notice.title),
        ("office", &notice.office),
        ("seal", &notice.seal),
        ("day", &notice.day),
    ];
    once(
        &text,
        &values.map(|(name, value)| (name.to_owned(), value.as_str())),
    )
}

fn without(text: &str, from: &str, until: &str) -> String {
    let cut = text.split_once(from).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(until)?;
        Some(format!("{before}{after}"))
    });
    cut.unwrap_or_else(|| text.to_owned())
}

fn each(text: &str, name: &str, lines: &[Vec<String>]) -> String {
    let mark = format!("{{{{each {name}}}}}");
    let found = text.split_once(mark.as_str());
    let parts = found.and_then(|(before, rest)| {
        let (piece, after) = rest.split_once("{{end}}")?;
        Some((before, piece, after))
    });
    let Some((before, piece, after)) = parts else {
        return text.to_owned();
    };
    let line = |cells: &Vec<String>| {
        let values: Vec<(String, &str)> = (1..)
            .zip(cells)
            .map(|(n, cell): (usize, &String)| (n.to_string(), cell.as_str()))
            .collect();
        once(piece, &values)
    };
    let lines: String = lines.iter().map(line).collect();
    format!("{before}{lines}{after}")
}

/// Values in place of their marks, each looked at once: a value that looks like a mark stays as it is.
fn once(text: &str, values: &[(String, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let hit = after.split_once("}}").and_then(|(name, after)| {
            let value = values.iter().find(|(n, _)| n == name)?.1;
            Some((value, after))
        });
        rest = match hit {
            Some((value, after)) => {
                out.push_str(&escaped(value));
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
