//! Numbers as people read them. Values stay exact: cut decimals are only zeros, but for points,
//! which show one decimal and keep the exact figure in the title.
//!
//! Not here: words.

use crate::domain::area::Area;
use crate::domain::money::Fen;
use crate::domain::points::Points;

/// A decimal text with thousands separators: `-1234567.50` gives `-1,234,567.50`.
pub fn grouped(decimal: &str) -> String {
    let (sign, rest) = match decimal.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", decimal),
    };
    let (whole, tail) = rest
        .split_once('.')
        .map_or((rest, None), |(w, t)| (w, Some(t)));
    let mut out = String::from(sign);
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(tail) = tail {
        out.push('.');
        out.push_str(tail);
    }
    out
}

fn without_zeros(decimal: &str) -> &str {
    decimal.strip_suffix(".00").unwrap_or(decimal)
}

/// Yuan without a unit; fen only when there are any.
pub fn yuan(amount: Fen) -> String {
    grouped(without_zeros(&amount.yuan()))
}

/// Square metres without a unit; decimals only when there are any.
pub fn metres(area: Area) -> String {
    grouped(without_zeros(&area.to_string()))
}

/// Points with one decimal, half away from zero.
pub fn points(points: Points) -> String {
    let tenths = (i128::from(points.0.unsigned_abs()) + 50) / 100;
    let sign = if points.0 < 0 && tenths > 0 { "-" } else { "" };
    grouped(&format!("{sign}{}.{}", tenths / 10, tenths % 10))
}

/// Parts per million as per cent with four decimals, or `0`.
pub fn percent_of_ppm(ppm: i64) -> String {
    match ppm {
        0 => "0 %".to_owned(),
        ppm => format!("{}.{:04} %", ppm / 10_000, ppm.unsigned_abs() % 10_000),
    }
}

/// `part` of `all` in tenths of a per cent, rounded down; 0 when `all` is not positive.
pub fn per_mille(part: i64, all: i64) -> i64 {
    if all <= 0 {
        return 0;
    }
    let exact = i128::from(part.max(0)) * 1000 / i128::from(all);
    i64::try_from(exact).unwrap_or(i64::MAX)
}

/// The same as text: `83.4 %`.
pub fn percent(part: i64, all: i64) -> String {
    let tenths = per_mille(part, all);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// Percent-encodes what may not stand in a path segment or a query value.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// Parts per million with three decimals, cut off: a coefficient.
pub fn thousandths(ppm: i64) -> String {
    let sign = if ppm < 0 { "-" } else { "" };
    let ppm = ppm.unsigned_abs();
    format!("{sign}{}.{:03}", ppm / 1_000_000, ppm % 1_000_000 / 1_000)
}
