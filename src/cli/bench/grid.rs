//! Tables of cells as aligned text, markdown or CSV.
//!
//! Not here: what stands in the cells.

/// A cell, or a dash when there is nothing to say.
pub fn or_dash<T: ToString>(cell: Option<T>) -> String {
    cell.map_or_else(|| "-".to_owned(), |c| c.to_string())
}

/// Aligned columns; short rows end early. With `markdown` in pipes.
pub fn text(head: &[String], rows: &[Vec<String>], markdown: bool) -> String {
    let width = |n: usize| {
        let cells = rows.iter().filter_map(|r| r.get(n)).chain(head.get(n));
        cells.map(|c| c.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut lines = vec![line(head, &widths, markdown)];
    if markdown {
        lines.push(line(&vec!["---".to_owned(); head.len()], &widths, true));
    }
    lines.extend(rows.iter().map(|r| line(r, &widths, markdown)));
    lines.concat()
}

fn line(cells: &[String], widths: &[usize], markdown: bool) -> String {
    let padded = widths.iter().enumerate().map(|(n, width)| {
        let cell = cells.get(n).map_or("", String::as_str);
        let gap = " ".repeat(width.saturating_sub(cell.chars().count()));
        // Names to the left, figures to the right.
        if n == 0 {
            format!("{cell}{gap}")
        } else {
            format!("{gap}{cell}")
        }
    });
    let padded: Vec<String> = padded.collect();
    if markdown {
        format!("| {} |\n", padded.join(" | "))
    } else {
        format!("{}\n", padded.join("  ").trim_end())
    }
}

/// Rows with every field of the head; cells with a comma or a quote are quoted.
pub fn csv(head: &Vec<String>, rows: &[Vec<String>]) -> String {
    let quoted = |cell: &String| {
        if cell.contains([',', '"', '\n']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    let row = |cells: &Vec<String>| {
        let mut cells: Vec<String> = cells.iter().map(quoted).collect();
        cells.resize(head.len(), String::new());
        cells.join(",") + "\n"
    };
    std::iter::once(head).chain(rows).map(row).collect()
}
