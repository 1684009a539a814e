//! Where in the user's files a value came from.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Names one text the user can look at: a path relative to the project, or a word such as `--param`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(Arc<str>);

impl SourceId {
    /// Names a source as it will be shown to the user.
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self(name.into())
    }

    /// The name, as shown to the user.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A half-open range of bytes (never characters) of one source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Span {
    /// The text it points into.
    pub source: SourceId,
    /// First byte.
    pub start: usize,
    /// First byte after the range.
    pub end: usize,
}

impl Span {
    /// A range of bytes of `source`; an `end` before `start` is moved to `start`.
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        Self {
            source,
            start,
            end: end.max(start),
        }
    }
}

/// A place as people count: both from one, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from one.
    pub line: usize,
    /// Column in characters, from one.
    pub column: usize,
}

/// The texts that spans point into, kept so that a diagnostic can show its line.
#[derive(Debug, Clone, Default)]
pub struct Sources(BTreeMap<SourceId, Arc<str>>);

impl Sources {
    /// Remembers a text.
    pub fn insert(&mut self, id: SourceId, text: impl Into<Arc<str>>) {
        self.0.insert(id, text.into());
    }

    /// The text of a source, when it is known.
    pub fn text(&self, id: &SourceId) -> Option<&Arc<str>> {
        self.0.get(id)
    }

    /// Line and column where a span starts, when its source is known.
    pub fn position(&self, span: &Span) -> Option<Position> {
        place(self.text(&span.source)?, span.start)
    }

    /// Line and column where a span starts and where it ends, when its source is known.
    pub fn positions(&self, span: &Span) -> Option<(Position, Position)> {
        let text = self.text(&span.source)?;
        Some((place(text, span.start)?, place(text, span.end)?))
    }

    /// What of a span is worth marking: its first line, when it has several.
    pub fn first_line(&self, span: &Span) -> Option<(Position, Position)> {
        let text = self.text(&span.source)?;
        let end = span.start + first_line(text.get(span.start..span.end)?).len();
        Some((place(text, span.start)?, place(text, end)?))
    }
}

/// The first line of a text, without the spaces at its end.
pub fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim_end()
}

fn place(text: &str, at: usize) -> Option<Position> {
    let before = text.get(..at)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Some(Position {
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..)?.chars().count() + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_counts_characters_where_a_span_counts_bytes() {
        let id = SourceId::new("serverless.yml");
        let mut sources = Sources::default();
        sources.insert(id.clone(), "a: 1\né: ü\n");
        let span = Span::new(id, "a: 1\né: ".len(), "a: 1\né: ü".len());
        assert_eq!(
            sources.position(&span),
            Some(Position { line: 2, column: 4 })
        );
    }

    #[test]
    fn of_several_lines_the_first_is_marked() {
        let id = SourceId::new("serverless.yml");
        let mut sources = Sources::default();
        sources.insert(id.clone(), "a:\n  b: 1  \n  c: 2\n");
        let span = Span::new(id, 5, 19);
        let marked = sources
            .first_line(&span)
            .map(|(from, to)| (from.column, to.line, to.column));
        assert_eq!(marked, Some((3, 2, 7)));
        assert_eq!(sources.positions(&span).map(|(_, to)| to.line), Some(4));
    }
}
