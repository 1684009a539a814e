//! How a scalar is written: as plainly as it can be read back, by this reader and by others.

use std::fmt::Write;

use serde_json::Value;

use super::style::Style;
use crate::document::{self, Content};

/// Where a scalar is put, which decides what must be quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// In a line of its own.
    Block,
    /// Between brackets.
    Flow,
    /// A name.
    Key,
}

/// A scalar in one line.
pub(super) fn inline(value: &Value, spot: Spot, style: &Style) -> String {
    match value {
        Value::String(text) => self::text(text, spot, style),
        other => other.to_string(),
    }
}

/// A text in one line, quoted when it must be.
pub(super) fn text(text: &str, spot: Spot, style: &Style) -> String {
    if style.json {
        return Value::from(text).to_string();
    }
    if is_plain(text, spot) {
        return text.to_owned();
    }
    let single = !text.chars().any(needs_escape);
    if single && (style.quote == '\'' || text.contains(['"', '\\'])) {
        return single_quoted(text);
    }
    double_quoted(text)
}

/// A text in the quotes that another had.
pub(super) fn quoted_as(text: &str, single: bool) -> String {
    if single && !text.chars().any(needs_escape) {
        single_quoted(text)
    } else {
        double_quoted(text)
    }
}

fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn double_quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            letter if needs_escape(letter) => {
                let number = u32::from(letter);
                // Writing to a text cannot fail.
                let _ = if number > 0xFFFF {
                    write!(out, "\\U{number:08X}")
                } else {
                    write!(out, "\\u{number:04X}")
                };
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// What is not printed, or turns the direction of what follows, or ends a line somewhere.
fn needs_escape(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
        )
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Words that older readers take for truths.
const OLD_WORDS: &[&str] = &["yes", "no", "on", "off", "y", "n", "true", "false", "null"];

/// Whether a text can stand without quotes and mean itself.
fn is_plain(text: &str, spot: Spot) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let odd_first = "-?:,[]{}#&*!|>'\"%@`=~<".contains(first);
    // A dash is fine before a letter, as in `-x`; what begins a list or a number is not.
    let dashed = first == '-' && text.chars().nth(1).is_some_and(char::is_alphabetic);
    if (odd_first && !dashed) || text.trim() != text || text.chars().any(needs_escape) {
        return false;
    }
    if text.contains(": ") || text.contains(" #") || text.ends_with(':') || text.contains('\t') {
        return false;
    }
    if spot == Spot::Flow && (text.contains([',', '[', ']', '{', '}']) || text.contains(':')) {
        return false;
    }
    if spot == Spot::Key && (text.len() > 200 || text.contains(['{', '}', '[', ']', ','])) {
        return false;
    }
    if OLD_WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) || like_a_number(text) {
        return false;
    }
    matches!(document::plain(text), Content::Text(read) if read == text)
        && !text.starts_with("---")
        && !text.starts_with("...")
}

/// Numbers, times and dates of any YAML: `0o17`, `1_000`, `12:30`, `1e3`, `.5`, `2024-01-01`.
fn like_a_number(text: &str) -> bool {
    let body = text.trim_start_matches(['+', '-']);
    let is_start = |letter: char| letter.is_ascii_digit() || letter == '.';
    if !body.starts_with(is_start) {
        return false;
    }
    let digits = body.trim_start_matches("0x").trim_start_matches("0o");
    digits
        .chars()
        .all(|letter| letter.is_ascii_hexdigit() || "_:.+-TZ ".contains(letter))
        && body.chars().any(|letter| letter.is_ascii_digit())
}

/// A text of several lines as a block, its lines `indent` deep; none when it cannot be one.
pub(super) fn block(text: &str, indent: usize, eol: &str) -> Option<String> {
    let body = text.trim_end_matches('\n');
    let odd = |letter: char| letter != '\n' && needs_escape(letter);
    if !body.contains('\n') && body.len() == text.len() {
        return None;
    }
    if body.is_empty() || text.starts_with([' ', '\n', '\t', '#']) || text.chars().any(odd) {
        return None;
    }
    let mut lines = body.split('\n');
    if lines.any(|line| !line.is_empty() && line.trim().is_empty()) {
        return None;
    }
    // More ends of lines than one would take the blank lines that follow in the file.
    let mark = match text.len() - body.len() {
        0 => "|-",
        1 => "|",
        _ => return None,
    };
    let mut out = mark.to_owned();
    for line in body.split('\n') {
        out.push_str(eol);
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(line);
        }
    }
    Some(out)
}
