//! Lines of a text, and cuts in it.

/// A part of a text; nothing when the places are not in it.
pub(super) fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// Where the line of a place begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    slice(text, 0, at).rfind('\n').map_or(0, |at| at + 1)
}

/// Where the line of a place ends, before its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let rest = slice(text, at, text.len());
    let end = at + rest.find('\n').unwrap_or(rest.len());
    if slice(text, at, end).ends_with('\r') {
        end - 1
    } else {
        end
    }
}

/// Where the next line begins, or the end of the text.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    let rest = slice(text, at, text.len());
    at + rest.find('\n').map_or(rest.len(), |end| end + 1)
}

/// How far from the beginning of its line a place is.
pub(super) fn column(text: &str, at: usize) -> usize {
    slice(text, line_start(text, at), at).chars().count()
}

/// Whether only space stands before a place in its line.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    slice(text, line_start(text, at), at).trim().is_empty()
}

/// Whether two places are in one line.
pub(super) fn same_line(text: &str, one: usize, other: usize) -> bool {
    line_start(text, one) == line_start(text, other)
}

/// Whether the line before that of a place is blank.
pub(super) fn blank_before(text: &str, at: usize) -> bool {
    let start = line_start(text, at);
    start > 0 && {
        let before = line_start(text, start - 1);
        slice(text, before, start).trim().is_empty()
    }
}

/// Text that takes the place of other text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
}

impl Cut {
    pub(super) fn new(start: usize, end: usize, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { start, end, text }
    }
}

/// The text with cuts made, which must not overlap.
pub(super) fn cut(text: &str, mut cuts: Vec<Cut>) -> String {
    cuts.sort_by_key(|cut| cut.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for cut in &cuts {
        out.push_str(slice(text, at, cut.start));
        out.push_str(&cut.text);
        at = cut.end;
    }
    out.push_str(slice(text, at, text.len()));
    out
}
