//! Plain scalars, by the rules of js-yaml 4's default schema: YAML 1.2's core schema with timestamps, and none of
//! YAML 1.1's `yes`, `on`, octal `010` or `1_000`.

use std::sync::LazyLock;

use jiff::Span;
use jiff::civil::Date;
use regex::Regex;
use serde_json::Number;

use super::Content;

/// The content of a plain (unquoted, untagged) scalar.
pub(crate) fn plain(text: &str) -> Content {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Content::Null,
        // Numbers that JSON cannot hold: JavaScript writes them as null.
        ".nan" | ".NaN" | ".NAN" | ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF"
        | "-.inf" | "-.Inf" | "-.INF" => Content::Null,
        "true" | "True" | "TRUE" => Content::Bool(true),
        "false" | "False" | "FALSE" => Content::Bool(false),
        _ => number(text)
            .map(Content::Number)
            .or_else(|| timestamp(text).map(Content::Text))
            .unwrap_or_else(|| Content::Text(text.to_owned())),
    }
}

/// A number, when the text is one.
pub(crate) fn number(text: &str) -> Option<Number> {
    let first = text.trim_start_matches(['-', '+']).chars().next()?;
    if !(first.is_ascii_digit() || first == '.') {
        return None;
    }
    integer(text).or_else(|| float(text))
}

fn integer(text: &str) -> Option<Number> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, digits) = match digits.get(..2) {
        Some("0b") => (2, digits.get(2..)?),
        Some("0x") => (16, digits.get(2..)?),
        Some("0o") => (8, digits.get(2..)?),
        _ => (10, digits),
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    match i64::from_str_radix(digits, radix) {
        Ok(value) => Some(Number::from(if negative { -value } else { value })),
        // JavaScript has no larger integers: they become the nearest double.
        Err(_) => from_double(digits.parse().ok()?, negative),
    }
}

static FLOAT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9]+(?:[eE][-+]?[0-9]+)?)$")
        .ok()
});

fn float(text: &str) -> Option<Number> {
    if !FLOAT.as_ref()?.is_match(text) {
        return None;
    }
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    from_double(digits.parse().ok()?, negative)
}

fn from_double(value: f64, negative: bool) -> Option<Number> {
    /// Beyond this a double no longer holds every integer, and JavaScript prints it as a double.
    const WHOLE: f64 = 9_007_199_254_740_992.0;
    let value = if negative { -value } else { value };
    if value.fract() == 0.0 && value.abs() <= WHOLE {
        #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
        return Some(Number::from(value as i64));
    }
    Number::from_f64(value)
}

static TIMESTAMP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::?(\d\d))?))?)?$",
    )
    .ok()
});

/// A date, or a date and time, in the form JavaScript gives it in JSON: `2020-01-01T00:00:00.000Z`.
fn timestamp(text: &str) -> Option<String> {
    // Most texts are no dates, and a look at the first letter costs less than the pattern.
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let found = TIMESTAMP.as_ref()?.captures(text)?;
    let part = |at: usize| -> Option<i8> { found.get(at)?.as_str().parse().ok() };
    let year = found.get(1)?.as_str().parse().ok()?;
    let date = Date::new(year, part(2)?, part(3)?).ok()?;
    let Some(hour) = part(4) else {
        // A date without a time has two digits in each part; `2020-1-1` is a text.
        return (text.len() == 10).then(|| format!("{date}T00:00:00.000Z"));
    };
    let millis: i32 = found.get(7).map_or(Some(0), |fraction| {
        format!("{:0<3.3}", fraction.as_str()).parse().ok()
    })?;
    let time = date.at(hour, part(5)?, part(6)?, millis * 1_000_000);
    let zone = i64::from(part(10).unwrap_or(0)) * 60 + i64::from(part(11).unwrap_or(0));
    let east = found.get(9).is_none_or(|sign| sign.as_str() == "+");
    let utc = time
        .checked_sub(
            Span::new()
                .try_minutes(if east { zone } else { -zone })
                .ok()?,
        )
        .ok()?;
    Some(utc.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}
