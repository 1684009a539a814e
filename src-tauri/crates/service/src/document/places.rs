//! From the parser's characters to bytes.

use pilothouse_model::{SourceId, Span};

/// Converts the parser's places, which count characters, to ours, which count bytes.
#[derive(Debug)]
pub(crate) struct Places<'a> {
    source: &'a SourceId,
    length: usize,
    /// The byte at which each character starts; empty when all characters are one byte.
    starts: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(source: &'a SourceId, text: &str) -> Self {
        let starts = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at).collect()
        };
        Self {
            source,
            length: text.len(),
            starts,
        }
    }

    pub(crate) fn byte(&self, character: usize) -> usize {
        if self.starts.is_empty() {
            character.min(self.length)
        } else {
            self.starts.get(character).copied().unwrap_or(self.length)
        }
    }

    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source.clone(), self.byte(start), self.byte(end))
    }

    pub(crate) fn of(&self, span: saphyr_parser::Span) -> Span {
        self.span(span.start.index(), span.end.index())
    }
}
