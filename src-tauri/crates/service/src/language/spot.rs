//! What stands at a place of a text.

use std::ops::Range;

use super::outline::{Item, Outline};

/// What a cursor is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// The name of a key, or where one may be written.
    Key {
        /// The path of what it stands in.
        parent: Vec<String>,
        /// What is written of it.
        typed: Range<usize>,
        /// Whether a colon stands behind it already.
        has_colon: bool,
        /// Whether it stands in brackets.
        in_brackets: bool,
    },
    /// The value of a key or an item of a list.
    Value {
        /// Its path.
        path: Vec<String>,
        /// What is written of it.
        typed: Range<usize>,
    },
    /// Inside `${...}`.
    Variable {
        /// The path of the value it stands in.
        path: Vec<String>,
        /// What stands between `${` (or the comma before this alternative) and the cursor.
        typed: Range<usize>,
    },
    /// A comment, or nothing that is known.
    Nothing,
}

/// What stands at a byte of a text whose outline was read.
pub fn spot(text: &str, outline: &Outline, at: usize) -> Spot {
    let Some(before) = text.get(..at) else {
        return Spot::Nothing;
    };
    let line_start = before.rfind('\n').map_or(0, |place| place + 1);
    let line = before.get(line_start..).unwrap_or_default();
    if is_comment(line) {
        return Spot::Nothing;
    }
    if let Some(start) = open_variable(line) {
        let holder = holder(outline, at);
        return Spot::Variable {
            path: holder.map(|item| item.path.clone()).unwrap_or_default(),
            typed: line_start + start..at,
        };
    }
    let on_key = outline.items.iter().find(|item| {
        item.key
            .as_ref()
            .is_some_and(|key| key.start <= at && at <= key.end)
    });
    if let Some((item, key)) = on_key.and_then(|item| Some((item, item.key.clone()?))) {
        let behind = text
            .get(key.end..)
            .unwrap_or_default()
            .trim_start_matches(' ');
        return Spot::Key {
            parent: parent(&item.path),
            typed: key,
            has_colon: behind.starts_with(':'),
            in_brackets: item.column.is_none(),
        };
    }
    if let Some(spot) = in_brackets(text, outline, at) {
        return spot;
    }
    let in_value = outline.items.iter().rev().find(|item| {
        item.key.is_some()
            && item.column.is_some()
            && line_start <= item.key.as_ref().map_or(0, |key| key.start)
            && item.key.as_ref().is_some_and(|key| key.end < at)
    });
    if let Some(item) = in_value {
        let end = item.value.end.max(item.value.start);
        let start = if item.value.is_empty() {
            at
        } else {
            item.value.start.min(at)
        };
        return Spot::Value {
            path: item.path.clone(),
            typed: start..end.max(at),
        };
    }
    on_a_line_of_its_own(text, outline, line_start, at)
}

fn parent(path: &[String]) -> Vec<String> {
    path.split_last()
        .map(|(_, parent)| parent.to_vec())
        .unwrap_or_default()
}

/// Whether the end of what stands before the cursor is in a comment.
fn is_comment(line: &str) -> bool {
    let mut quote = None;
    let mut before = ' ';
    for letter in line.chars() {
        match (quote, letter) {
            (None, '#') if before.is_whitespace() => return true,
            (None, '"' | '\'') if !before.is_alphanumeric() => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
        before = letter;
    }
    false
}

/// Where the innermost variable that is open at the end of a line begins: behind its `${`, or behind the last comma
/// between its alternatives.
fn open_variable(line: &str) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut parentheses = 0_usize;
    for (at, letter) in line.char_indices() {
        match letter {
            '$' if line.get(at..).is_some_and(|rest| rest.starts_with("${")) => {
                open.push(at + 2);
                parentheses = 0;
            }
            '}' => {
                open.pop();
            }
            '(' => parentheses += 1,
            ')' => parentheses = parentheses.saturating_sub(1),
            ',' if parentheses == 0 => {
                if let Some(start) = open.last_mut() {
                    *start = at + 1;
                }
            }
            _ => {}
        }
    }
    let start = open.pop()?;
    let behind = line.get(start..).unwrap_or_default();
    Some(start + behind.len() - behind.trim_start().len())
}

/// The item in whose value a place lies.
fn holder(outline: &Outline, at: usize) -> Option<&Item> {
    outline
        .items
        .iter()
        .filter(|item| item.value.start <= at && !item.value.is_empty() && at <= item.value.end)
        .min_by_key(|item| item.value.len())
}

fn in_brackets(text: &str, outline: &Outline, at: usize) -> Option<Spot> {
    let around = outline
        .brackets
        .iter()
        .filter(|brackets| brackets.range.start < at && at <= brackets.range.end)
        .min_by_key(|brackets| brackets.range.len())?;
    let value = outline.items.iter().find(|item| {
        item.column.is_none()
            && item.value.start <= at
            && at <= item.value.end
            && (item.path.len() == around.path.len() + 1 || item.path == around.path)
            && !item.value.is_empty()
    });
    if let Some(item) = value {
        return Some(Spot::Value {
            path: item.path.clone(),
            typed: item.value.clone(),
        });
    }
    let typed = word_before(text, at);
    if around.is_list {
        let mut path = around.path.clone();
        path.push("0".to_owned());
        return Some(Spot::Value { path, typed });
    }
    // Behind a name and its colon.
    let named = outline.items.iter().rev().find(|item| {
        item.column.is_none()
            && item.path.len() == around.path.len() + 1
            && item.path.starts_with(&around.path)
            && item.key.as_ref().is_some_and(|key| {
                let between = text.get(key.end..at).unwrap_or(",");
                between.trim_start().starts_with(':') && !between.contains([',', '{', '}', '\n'])
            })
    });
    Some(match named {
        Some(item) => Spot::Value {
            path: item.path.clone(),
            typed,
        },
        None => Spot::Key {
            parent: around.path.clone(),
            typed,
            has_colon: false,
            in_brackets: true,
        },
    })
}

fn word_before(text: &str, at: usize) -> Range<usize> {
    let before = text.get(..at).unwrap_or_default();
    let start = before
        .rfind(|letter: char| letter.is_whitespace() || "{[,:".contains(letter))
        .map_or(0, |place| place + 1);
    start..at
}

/// A line without a key: what it belongs to follows from its column.
fn on_a_line_of_its_own(text: &str, outline: &Outline, line_start: usize, at: usize) -> Spot {
    let before = text.get(line_start..at).unwrap_or_default();
    let mut column = before.len() - before.trim_start_matches(' ').len();
    let mut dashes = None;
    while let Some(rest) = before.get(column..).and_then(|rest| rest.strip_prefix('-')) {
        if !rest.is_empty() && !rest.starts_with(' ') {
            break;
        }
        dashes = Some(column);
        column += 1 + rest.len() - rest.trim_start_matches(' ').len();
    }
    let typed = line_start + column..at;
    if text
        .get(typed.clone())
        .is_none_or(|word| word.contains(' '))
    {
        return Spot::Nothing;
    }
    if let Some(dash) = dashes {
        let item = outline.items.iter().rev().find(|item| {
            item.key.is_none() && item.column == Some(dash) && item.value.start > line_start
        });
        let item = item.or_else(|| {
            outline.items.iter().find(|item| {
                item.key.is_none() && item.value.start > line_start && item.value.start <= at
            })
        });
        return item.map_or(Spot::Nothing, |item| Spot::Value {
            path: item.path.clone(),
            typed,
        });
    }
    let above = outline
        .items
        .iter()
        .rev()
        .filter(|item| item.value.start < line_start && item.column.is_some())
        .find(|item| {
            let begins = item.column.unwrap_or(0);
            begins < column || (begins == column && item.key.is_some())
        });
    let parent = match above {
        Some(item) if item.column == Some(column) => parent(&item.path),
        Some(item) => item.path.clone(),
        None => Vec::new(),
    };
    Spot::Key {
        parent,
        typed,
        has_colon: false,
        in_brackets: false,
    }
}
