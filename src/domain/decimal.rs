//! Plain decimals with a fixed number of places, to and from integers. No exponent, no
//! thousands separator, no float in between.

/// Reads `[-]digits[.digits]` with at most `places` decimals as an integer of `10^-places`.
/// `None` when the text is anything else or does not fit.
pub fn parse(text: &str, places: u32) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let decimals = usize::try_from(places).ok()?;
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || part.len() > decimals || !all_digits(whole) || !all_digits(part) {
        return None;
    }
    if digits.ends_with('.') {
        return None;
    }
    let scale = 10_i64.checked_pow(places)?;
    let padded = format!("{part:0<decimals$}");
    let fraction = if padded.is_empty() {
        0
    } else {
        padded.parse::<i64>().ok()?
    };
    let size = whole
        .parse::<i64>()
        .ok()?
        .checked_mul(scale)?
        .checked_add(fraction)?;
    Some(if negative { -size } else { size })
}

/// Writes an integer of `10^-places` as a decimal with exactly `places` places.
pub fn format(value: i64, places: u32) -> String {
    let scale = 10_u64.pow(places);
    let (sign, size) = if value < 0 {
        ("-", value.unsigned_abs())
    } else {
        ("", value.unsigned_abs())
    };
    let width = usize::try_from(places).unwrap_or(0);
    if width == 0 {
        return format!("{sign}{size}");
    }
    format!("{sign}{}.{:0width$}", size / scale, size % scale)
}
