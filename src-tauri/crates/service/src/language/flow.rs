//! Values in brackets, and JSON.

use std::ops::Range;

use super::outline::{Brackets, Item, Outline};

/// What is open, and what stands in it so far.
#[derive(Debug)]
struct Open {
    path: Vec<String>,
    start: usize,
    is_list: bool,
    count: usize,
    /// The name whose value comes next.
    key: Option<Range<usize>>,
    /// Where the value that is being read begins.
    word: Option<usize>,
}

/// Reads what stands in the brackets that open at `start`; answers where they end. One that is not closed ends where
/// a line of a block begins: at a column no further right than `column`.
pub(super) fn read(
    text: &str,
    start: usize,
    path: &[String],
    column: Option<usize>,
    outline: &mut Outline,
) -> usize {
    let mut open: Vec<Open> = Vec::new();
    let mut at = start;
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let width = letter.len_utf8();
        match letter {
            '{' | '[' => {
                let inner = open
                    .last_mut()
                    .map_or_else(|| path.to_vec(), |outer| outer.begin(text, at, outline));
                open.push(Open {
                    path: inner,
                    start: at,
                    is_list: letter == '[',
                    count: 0,
                    key: None,
                    word: None,
                });
            }
            '}' | ']' => {
                if close(&mut open, text, at, outline) {
                    return at + 1;
                }
            }
            '"' | '\'' => {
                let end = behind_quotes(text, at, letter);
                begin_word(&mut open, at);
                at = end;
                continue;
            }
            ',' => {
                if let Some(top) = open.last_mut() {
                    top.end(text, at, outline);
                }
            }
            ':' if is_behind_key(text, at) => {
                if let Some(top) = open.last_mut() {
                    top.name(text, at);
                }
            }
            '\n' if column.is_some_and(|column| is_left(text, at + 1, column)) => {
                break;
            }
            '$' if text.get(at..).is_some_and(|rest| rest.starts_with("${")) => {
                begin_word(&mut open, at);
                at = behind_variable(text, at);
                continue;
            }
            letter if letter.is_whitespace() => {}
            _ => begin_word(&mut open, at),
        }
        at += width;
    }
    let end = at;
    while !close(&mut open, text, end, outline) && !open.is_empty() {}
    end
}

fn begin_word(open: &mut [Open], at: usize) {
    if let Some(top) = open.last_mut() {
        top.word.get_or_insert(at);
    }
}

/// Closes the innermost brackets; answers whether they were the outermost.
fn close(open: &mut Vec<Open>, text: &str, at: usize, outline: &mut Outline) -> bool {
    let Some(mut top) = open.pop() else {
        return true;
    };
    top.end(text, at, outline);
    outline.brackets.push(Brackets {
        path: top.path,
        range: top.start..at,
        is_list: top.is_list,
    });
    open.is_empty()
}

impl Open {
    /// What was written becomes a name.
    fn name(&mut self, text: &str, colon: usize) {
        if self.is_list {
            return;
        }
        if let Some(start) = self.word.take() {
            let written = text.get(start..colon).unwrap_or_default().trim_end();
            self.key = Some(start..start + written.len());
        }
    }

    /// A value begins that holds others; answers its path.
    fn begin(&mut self, text: &str, at: usize, outline: &mut Outline) -> Vec<String> {
        self.word = None;
        let path = self.path_of_value(text);
        self.push(path.clone(), at..at, outline);
        self.key = None;
        path
    }

    /// A value ends.
    fn end(&mut self, text: &str, at: usize, outline: &mut Outline) {
        let word = self.word.take();
        if self.key.is_none() && word.is_none() {
            return;
        }
        let start = word.unwrap_or(at);
        let written = text.get(start..at).unwrap_or_default().trim_end();
        // A name without a value yet.
        if self.key.is_none() && !self.is_list {
            self.key = Some(start..start + written.len());
            let path = self.path_named(text);
            self.push(path, at..at, outline);
        } else {
            let path = self.path_of_value(text);
            self.push(path, start..start + written.len(), outline);
        }
        self.key = None;
    }

    fn path_named(&self, text: &str) -> Vec<String> {
        let written = self.key.clone().and_then(|key| text.get(key));
        let mut path = self.path.clone();
        path.push(
            written
                .unwrap_or_default()
                .trim_matches(['"', '\''])
                .to_owned(),
        );
        path
    }

    fn path_of_value(&mut self, text: &str) -> Vec<String> {
        if !self.is_list {
            return self.path_named(text);
        }
        let mut path = self.path.clone();
        path.push(self.count.to_string());
        self.count += 1;
        path
    }

    fn push(&mut self, path: Vec<String>, value: Range<usize>, outline: &mut Outline) {
        outline.items.push(Item {
            path,
            key: self.key.clone(),
            value,
            column: None,
        });
    }
}

/// A colon ends a name when a space, a line's end or a bracket follows, or when the name is quoted.
fn is_behind_key(text: &str, at: usize) -> bool {
    let behind = text.get(at + 1..).and_then(|rest| rest.chars().next());
    let before = text.get(..at).and_then(|rest| rest.chars().next_back());
    behind.is_none_or(|letter| letter.is_whitespace() || "{[,}]\"'".contains(letter))
        || matches!(before, Some('"' | '\''))
}

/// Whether a line begins at a column no further right, and is no end of brackets.
fn is_left(text: &str, start: usize, column: usize) -> bool {
    let line = text
        .get(start..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    let content = line.trim_start();
    !content.is_empty()
        && line.len() - content.len() <= column
        && !content.starts_with([']', '}', '#', ','])
}

/// The place behind quotes that open at `at`; the text's end when they are not closed.
pub(super) fn behind_quotes(text: &str, at: usize, quote: char) -> usize {
    let rest = text.get(at + 1..).unwrap_or_default();
    let mut escaped = false;
    for (place, letter) in rest.char_indices() {
        if letter == quote && !escaped {
            return at + 1 + place + 1;
        }
        // Quotes that are not closed in their line are so while they are being written.
        if letter == '\n' && rest.get(place + 1..).is_some_and(begins_with_key) {
            return at + 1 + place;
        }
        escaped = quote == '"' && letter == '\\' && !escaped;
    }
    text.len()
}

fn begins_with_key(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().trim();
    line.contains(": ") || line.ends_with(':')
}

/// The place behind a variable, or behind its `${` when it is not closed in its line.
fn behind_variable(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let mut depth = 0_usize;
    for (place, letter) in rest.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth <= 1 => return at + place + 1,
            '}' => depth -= 1,
            '\n' => break,
            _ => {}
        }
    }
    at + 2
}
