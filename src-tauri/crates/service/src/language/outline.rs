//! The keys of a text with their paths and places, read line by line; also of a text that is not finished.

use std::ops::Range;

use super::flow;
use crate::document::Syntax;

/// A key, or an item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its configuration path.
    pub path: Vec<String>,
    /// Where its name stands, with its quotes; none for an item of a list.
    pub key: Option<Range<usize>>,
    /// What stands behind it in its line; empty when its value stands below.
    pub value: Range<usize>,
    /// The column it begins in, from zero; inside brackets none.
    pub(super) column: Option<usize>,
}

/// A `[...]` or `{...}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Brackets {
    pub(super) path: Vec<String>,
    pub(super) range: Range<usize>,
    pub(super) is_list: bool,
}

/// What a text holds.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// Keys and items in the order written.
    pub items: Vec<Item>,
    pub(super) brackets: Vec<Brackets>,
}

impl Outline {
    /// Reads a text.
    pub fn of(text: &str, syntax: Syntax) -> Self {
        let mut outline = Self::default();
        if syntax == Syntax::Json {
            let start = text.find(['{', '[']).unwrap_or(text.len());
            flow::read(text, start, &[], None, &mut outline);
            return outline;
        }
        let mut reader = Reader {
            text,
            outline,
            frames: Vec::new(),
        };
        reader.run();
        reader.outline
    }

    /// The names right below a path.
    pub fn names<'o>(&'o self, parent: &'o [String]) -> impl Iterator<Item = &'o str> {
        self.items
            .iter()
            .filter(move |item| {
                item.key.is_some()
                    && item.path.len() == parent.len() + 1
                    && item.path.starts_with(parent)
            })
            .filter_map(|item| item.path.last().map(String::as_str))
    }

    /// The item at a path.
    pub fn at(&self, path: &[String]) -> Option<&Item> {
        self.items.iter().find(|item| item.path == path)
    }
}

/// A mapping or a list whose lines may go on.
#[derive(Debug)]
struct Frame {
    column: usize,
    path: Vec<String>,
    /// How many items a list has; none for a mapping.
    count: Option<usize>,
    /// What was read of it last.
    last: Vec<String>,
}

#[derive(Debug)]
struct Reader<'t> {
    text: &'t str,
    outline: Outline,
    frames: Vec<Frame>,
}

impl Reader<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            at = self.line(at);
        }
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.find('\n')
            .map_or(self.text.len(), |length| at + length)
    }

    /// Reads what begins in a line; answers where the next one begins.
    fn line(&mut self, start: usize) -> usize {
        let end = self.line_end(start);
        let line = self.text.get(start..end).unwrap_or_default();
        let next = end + 1;
        let content = line.trim_start();
        let mut column = line.len() - content.len();
        if content.is_empty() || content.starts_with(['#', '%']) || content.starts_with("---") {
            return next;
        }
        // The item of a list whose content stands in the same line.
        let mut inside: Option<Vec<String>> = None;
        loop {
            let here = start + column;
            let content = self.text.get(here..end).unwrap_or_default();
            if content == "-" || content.starts_with("- ") {
                let value = content.get(1..).unwrap_or_default();
                let skipped = 1 + value.len() - value.trim_start().len();
                inside = Some(self.item(column, here, inside.as_deref()));
                column += skipped;
                if content.get(skipped..).is_none_or(str::is_empty) {
                    return next;
                }
                continue;
            }
            let Some((name, length, behind)) = key_of(content) else {
                let value = here..value_end(content, here);
                return match inside {
                    Some(path) => self.value(&path, value, column.saturating_sub(2), next),
                    None => next,
                };
            };
            let path = self.key(column, &name, here..here + length, inside.take());
            let value = here + behind;
            let rest = self.text.get(value..end).unwrap_or_default();
            let value = value + rest.len() - rest.trim_start().len();
            let rest = self.text.get(value..end).unwrap_or_default();
            return self.value(&path, value..value_end(rest, value), column, next);
        }
    }

    fn item(&mut self, column: usize, at: usize, inside: Option<&[String]>) -> Vec<String> {
        while self
            .frames
            .last()
            .is_some_and(|frame| frame.column > column)
        {
            self.frames.pop();
        }
        let goes_on = inside.is_none()
            && self
                .frames
                .last()
                .is_some_and(|frame| frame.column == column && frame.count.is_some());
        if !goes_on {
            let path = inside.map_or_else(|| self.last(), <[String]>::to_vec);
            self.frames.push(Frame {
                column,
                path,
                count: Some(0),
                last: Vec::new(),
            });
        }
        let Some(frame) = self.frames.last_mut() else {
            return Vec::new();
        };
        let number = frame.count.unwrap_or(0);
        frame.count = Some(number + 1);
        let mut path = frame.path.clone();
        path.push(number.to_string());
        frame.last.clone_from(&path);
        self.outline.items.push(Item {
            path: path.clone(),
            key: None,
            value: at + 1..at + 1,
            column: Some(column),
        });
        path
    }

    fn key(
        &mut self,
        column: usize,
        name: &str,
        key: Range<usize>,
        inside: Option<Vec<String>>,
    ) -> Vec<String> {
        let is_over = |frame: &Frame| {
            frame.column > column || (frame.column == column && frame.count.is_some())
        };
        while inside.is_none() && self.frames.last().is_some_and(is_over) {
            self.frames.pop();
        }
        let goes_on = inside.is_none()
            && self
                .frames
                .last()
                .is_some_and(|frame| frame.column == column);
        if !goes_on {
            let path = inside.unwrap_or_else(|| self.last());
            self.frames.push(Frame {
                column,
                path,
                count: None,
                last: Vec::new(),
            });
        }
        let Some(frame) = self.frames.last_mut() else {
            return Vec::new();
        };
        let mut path = frame.path.clone();
        path.push(name.to_owned());
        frame.last.clone_from(&path);
        let end = key.end;
        self.outline.items.push(Item {
            path: path.clone(),
            key: Some(key),
            value: end..end,
            column: Some(column),
        });
        path
    }

    fn last(&self) -> Vec<String> {
        self.frames
            .last()
            .map_or_else(Vec::new, |frame| frame.last.clone())
    }

    /// Keeps the value of the last item and reads what it holds; answers where the next line begins.
    fn value(&mut self, path: &[String], value: Range<usize>, column: usize, next: usize) -> usize {
        if let Some(item) = self
            .outline
            .items
            .iter_mut()
            .rev()
            .find(|item| item.path == path)
        {
            item.value = value.clone();
        }
        let written = self.text.get(value.clone()).unwrap_or_default();
        let (marks, content) = behind_marks(written);
        let at = value.start + marks;
        match content.chars().next() {
            Some('|' | '>') => self.behind_block(next, column),
            Some('{' | '[') => {
                let end = flow::read(self.text, at, path, Some(column), &mut self.outline);
                self.line_end(end.min(self.text.len())) + 1
            }
            Some(quote @ ('"' | '\'')) => {
                let end = flow::behind_quotes(self.text, at, quote);
                (self.line_end(end.min(self.text.len())) + 1).max(next)
            }
            _ => next,
        }
    }

    /// Where the first line begins that is no part of a block of text.
    fn behind_block(&self, next: usize, column: usize) -> usize {
        let mut at = next;
        while at < self.text.len() {
            let end = self.line_end(at);
            let line = self.text.get(at..end).unwrap_or_default();
            let indent = line.len() - line.trim_start().len();
            if !line.trim().is_empty() && indent <= column {
                return at;
            }
            at = end + 1;
        }
        at
    }
}

/// The length of anchors and tags before a value, and the value.
fn behind_marks(written: &str) -> (usize, &str) {
    let mut at = 0;
    loop {
        let rest = written.get(at..).unwrap_or_default();
        if !rest.starts_with(['&', '!']) {
            return (at, rest);
        }
        let length = rest.find(' ').unwrap_or(rest.len());
        let behind = rest.get(length..).unwrap_or_default();
        at += length + behind.len() - behind.trim_start().len();
    }
}

/// The end of a value in its line: before a comment and the spaces in front of it.
fn value_end(content: &str, start: usize) -> usize {
    let bytes = content.as_bytes();
    let mut quote = None;
    let mut end = content.len();
    for (at, byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') if at == 0 || bytes.get(at - 1) == Some(&b' ') => {
                quote = Some(*byte)
            }
            (Some(open), byte) if *byte == open => quote = None,
            (None, b'#') if at == 0 || bytes.get(at - 1) == Some(&b' ') => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    start + content.get(..end).unwrap_or_default().trim_end().len()
}

/// The name of a key, its length as written, and where its value may begin.
fn key_of(content: &str) -> Option<(String, usize, usize)> {
    if let Some(quote @ ('"' | '\'')) = content.chars().next() {
        let end = content.get(1..)?.find(quote)? + 2;
        let rest = content.get(end..)?;
        let colon = rest.trim_start();
        if !colon.starts_with(':') {
            return None;
        }
        let name = content.get(1..end - 1)?.to_owned();
        return Some((name, end, end + rest.len() - colon.len() + 1));
    }
    if content.starts_with(['{', '[', '|', '>', '&', '!', '*', '#']) {
        return None;
    }
    let colon = content.match_indices(':').map(|(at, _)| at).find(|at| {
        let behind = content.get(at + 1..).unwrap_or_default();
        behind.is_empty() || behind.starts_with([' ', '\t'])
    })?;
    let name = content.get(..colon)?;
    if name.contains(" #") || name.contains("${") {
        return None;
    }
    let name = name.trim_end();
    (!name.is_empty()).then(|| (name.to_owned(), name.len(), colon + 1))
}
