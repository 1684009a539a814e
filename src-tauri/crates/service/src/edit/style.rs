//! How a file is written, so that what is added looks as if its author had written it.

use saphyr_parser::ScalarStyle;
use serde_json::Value;

use super::layout::{Kind, Layout};
use super::lines::{column, line_start, slice};

/// The habits of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Style {
    /// Spaces of a level.
    pub(super) unit: usize,
    /// Spaces of a dash beyond the key of its list.
    pub(super) dash: usize,
    /// The quote of texts that need one.
    pub(super) quote: char,
    /// The line break.
    pub(super) eol: &'static str,
    /// Whether braces have space inside.
    pub(super) roomy: bool,
    /// Whether CloudFormation's functions are written as tags.
    pub(super) tags: bool,
    /// Whether texts of several lines are blocks; not where a comment follows, which they would take in.
    pub(super) blocks: bool,
    /// Whether it is JSON.
    pub(super) json: bool,
}

impl Style {
    /// The same, for what a comment follows.
    pub(super) fn before_comment(&self) -> Self {
        Self {
            blocks: false,
            ..self.clone()
        }
    }

    /// Looks at a text.
    pub(super) fn of(text: &str, root: &Layout, json: bool) -> Self {
        let mut seen = Seen::default();
        seen.look(text, root);
        let broken = text.find('\n').unwrap_or(0);
        let crlf = broken > 0 && slice(text, 0, broken).ends_with('\r');
        let json_unit = || {
            let lines = text.lines().skip(1);
            let spaces = |line: &str| line.len() - line.trim_start().len();
            lines.map(spaces).find(|spaces| *spaces > 0)
        };
        let unit = if json { json_unit() } else { seen.unit }.unwrap_or(2);
        Self {
            unit: unit.clamp(1, 16),
            dash: seen.dash.unwrap_or(unit),
            quote: if seen.double > seen.single { '"' } else { '\'' },
            eol: if crlf { "\r\n" } else { "\n" },
            roomy: seen.roomy.unwrap_or(json),
            tags: !json && seen.tags >= seen.long,
            blocks: true,
            json,
        }
    }
}

#[derive(Debug, Default)]
struct Seen {
    unit: Option<usize>,
    dash: Option<usize>,
    single: usize,
    double: usize,
    roomy: Option<bool>,
    tags: usize,
    long: usize,
}

impl Seen {
    fn look(&mut self, text: &str, node: &Layout) {
        self.tags += usize::from(node.tag.as_ref().is_some_and(|tag| !tag.is_empty()));
        let long = |key: &str| key == "Ref" || key.starts_with("Fn::");
        self.long += usize::from(node.entries().iter().any(|entry| long(&entry.key)));
        match &node.kind {
            Kind::Scalar(Value::String(_), ScalarStyle::SingleQuoted) => self.single += 1,
            Kind::Scalar(Value::String(_), ScalarStyle::DoubleQuoted) => self.double += 1,
            Kind::Entries { flow: true, .. } if self.roomy.is_none() && !node.is_empty() => {
                let brace = slice(text, node.start, node.end);
                let brace = brace.get(brace.find('{').unwrap_or(0) + 1..);
                self.roomy = brace.map(|inside| inside.starts_with([' ', '\n', '\r']));
            }
            Kind::Entries {
                flow: false,
                entries,
            } => {
                for entry in entries {
                    let key = column(text, entry.key_start);
                    let own_line =
                        line_start(text, entry.key_start) != line_start(text, entry.node.start);
                    let inner = column(text, entry.node.start);
                    match &entry.node.kind {
                        Kind::Entries { flow: false, .. } if own_line && inner > key => {
                            self.unit.get_or_insert(inner - key);
                        }
                        Kind::Items { flow: false, .. } if own_line && inner >= key => {
                            self.dash.get_or_insert(inner - key);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        for child in node.children() {
            self.look(text, child);
        }
    }
}
