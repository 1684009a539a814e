//! From the parser's events to a [`Layout`]: first the tree, then the exact place of each mark, read forward from the
//! mark before it (the parser's ends of blocks lie beyond the comments that follow).

use pilothouse_model::SourceId;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use serde_json::Value;

use super::layout::{Entry, Item, Kind, Layout, of_json};
use super::lines::slice;
use crate::document::{self, Content, Places, Syntax};

/// Reads a text that was read without a fault before.
pub(super) fn trace(source: &SourceId, text: &str, syntax: Syntax) -> Option<Layout> {
    if syntax == Syntax::Json {
        let node = document::read(source, text, syntax).ok()?;
        return Some(of_json(&node));
    }
    let mut tracer = Tracer {
        text,
        places: Places::new(source, text),
        open: Vec::new(),
        root: None,
        closed: 0,
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        tracer.take(&event, span);
    }
    let nothing = || Layout {
        from: text.len(),
        start: text.len(),
        end: text.len(),
        anchor: 0,
        tag: None,
        kind: Kind::Scalar(Value::Null, ScalarStyle::Plain),
    };
    let mut root = tracer.root.unwrap_or_else(nothing);
    if root.is_nothing() {
        return Some(nothing());
    }
    let start = root.start;
    settle(text, &mut root, start)?;
    Some(root)
}

#[derive(Debug)]
struct Tracer<'a> {
    text: &'a str,
    places: Places<'a>,
    open: Vec<(Layout, Option<Entry>)>,
    root: Option<Layout>,
    closed: usize,
}

impl Tracer<'_> {
    fn take(&mut self, event: &Event<'_>, span: saphyr_parser::Span) {
        let span = self.places.of(span);
        let node = |kind: Kind, anchor: usize, tag: Option<&Tag>| Layout {
            from: span.start,
            start: span.start,
            end: span.end,
            anchor,
            tag: tag.map(|tag| document::function_of(tag).unwrap_or_default()),
            kind,
        };
        match event {
            Event::Alias(anchor) => {
                let name = slice(self.text, span.start, span.end).trim();
                let name = name.trim_start_matches('*').to_owned();
                let anchor = *anchor;
                self.put(node(Kind::Alias { name, anchor }, 0, None));
            }
            Event::Scalar(text, style, anchor, tag) => {
                let tag = tag.as_deref();
                let value = value_of(text, *style, tag);
                self.put(node(Kind::Scalar(value, *style), *anchor, tag));
            }
            Event::SequenceStart(anchor, tag) => {
                let flow = opens_with(slice(self.text, span.start, span.end), '[');
                let items = Vec::new();
                let kind = Kind::Items { flow, items };
                self.open.push((node(kind, *anchor, tag.as_deref()), None));
            }
            Event::MappingStart(anchor, tag) => {
                let flow = opens_with(slice(self.text, span.start, span.end), '{');
                let entries = Vec::new();
                let kind = Kind::Entries { flow, entries };
                self.open.push((node(kind, *anchor, tag.as_deref()), None));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((mut node, _)) = self.open.pop() {
                    // The closing bracket; the end of a block is found by what is in it.
                    node.end = span.start + 1;
                    self.closed += 1;
                    self.put(node);
                }
            }
            _ => {}
        }
    }

    fn put(&mut self, node: Layout) {
        let Some((open, pending)) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut open.kind {
            Kind::Items { items, .. } => items.push(Item {
                dash: node.start,
                node,
            }),
            Kind::Entries { entries, .. } => match pending.take() {
                Some(entry) => entries.push(Entry { node, ..entry }),
                None => *pending = Some(key(self.text, node)),
            },
            _ => {}
        }
    }
}

fn key(text: &str, node: Layout) -> Entry {
    let written = slice(text, node.start, node.end);
    let name = match &node.kind {
        Kind::Scalar(Value::String(name), _) => name.clone(),
        Kind::Scalar(value, _) => value.to_string(),
        _ => written.trim().to_owned(),
    };
    let merge = matches!(&node.kind, Kind::Scalar(_, ScalarStyle::Plain)) && name == "<<";
    Entry {
        key: name,
        key_start: node.start,
        key_end: match node.kind {
            Kind::Scalar(_, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) => {
                end_of_quoted(text, node.start)
            }
            _ => node.start + written.trim_end().len(),
        },
        merge,
        node,
    }
}

fn value_of(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let content = match tag {
        None if style == ScalarStyle::Plain => document::plain(text),
        Some(tag) if tag.is_yaml_core_schema() => match tag.suffix.as_str() {
            "str" => Content::Text(text.to_owned()),
            "int" | "float" => document::number(text)
                .map_or_else(|| Content::Text(text.to_owned()), Content::Number),
            _ => document::plain(text),
        },
        _ => Content::Text(text.to_owned()),
    };
    let nowhere = pilothouse_model::Span::new(SourceId::new(""), 0, 0);
    document::Node::new(nowhere, content).to_json()
}

/// The next byte that is neither space nor part of a comment.
fn past_trivia(text: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        let rest = slice(text, at, text.len());
        at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        if !slice(text, at, text.len()).starts_with('#') {
            return at;
        }
        at += slice(text, at, text.len())
            .find('\n')
            .unwrap_or(text.len() - at);
    }
}

/// Whether a collection's first mark, behind its anchor and tag, is a bracket.
fn opens_with(mark: &str, bracket: char) -> bool {
    let mut words = mark.split_whitespace();
    let first = words.find(|word| !word.starts_with(['&', '!']));
    first.is_some_and(|word| word.starts_with(bracket))
}

/// Finds the places inside a value whose place begins at `from`; none when it is written in a way that is not read here.
fn settle(text: &str, node: &mut Layout, from: usize) -> Option<()> {
    node.from = from;
    if matches!(node.kind, Kind::Scalar(_, ScalarStyle::Plain))
        && slice(text, node.start, node.end).trim().is_empty()
    {
        node.start = from;
        node.end = from;
        return Some(());
    }
    let mut at = past_trivia(text, from);
    if node.anchor > 0 && slice(text, at, text.len()).starts_with('&') {
        let rest = slice(text, at, text.len());
        at += rest.find([' ', '\t', '\r', '\n', ',', ']', '}'])?;
        node.from = at;
        at = past_trivia(text, at);
    }
    node.start = at;
    settle_inside(text, node, at)
}

fn settle_inside(text: &str, node: &mut Layout, at: usize) -> Option<()> {
    let end = node.end;
    match &mut node.kind {
        Kind::Alias { name, .. } => node.end = at + 1 + name.len(),
        Kind::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded) => {
            node.end = end_of_block_scalar(text, at, end);
        }
        Kind::Scalar(_, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) => {
            node.end = end_of_quoted(text, at);
        }
        Kind::Scalar(..) => {
            node.end = at.max(at + slice(text, at, end).trim_end().len());
        }
        Kind::Items { flow: true, items } => {
            let at = past_tag(text, at, node.tag.as_ref());
            let mut at = past_trivia(text, at) + 1;
            for item in items {
                item.dash = past_trivia(text, at);
                settle(text, &mut item.node, item.dash)?;
                at = past_comma(text, item.node.end);
            }
        }
        Kind::Entries {
            flow: true,
            entries,
        } => {
            for entry in entries {
                settle_entry(text, entry)?;
            }
        }
        Kind::Items { items, .. } => {
            let mut at = past_tag(text, at, node.tag.as_ref());
            for item in items {
                item.dash = past_trivia(text, at);
                slice(text, item.dash, text.len()).strip_prefix('-')?;
                settle(text, &mut item.node, item.dash + 1)?;
                at = item.node.end;
            }
            node.end = at;
        }
        Kind::Entries { entries, .. } => {
            for entry in entries {
                settle_entry(text, entry)?;
                node.end = entry.node.end;
            }
        }
    }
    Some(())
}

fn settle_entry(text: &str, entry: &mut Entry) -> Option<()> {
    let rest = slice(text, entry.key_end, text.len());
    let colon = entry.key_end + rest.len() - rest.trim_start_matches([' ', '\t']).len();
    slice(text, colon, text.len()).strip_prefix(':')?;
    settle(text, &mut entry.node, colon + 1)
}

fn past_tag(text: &str, at: usize, tag: Option<&String>) -> usize {
    let rest = slice(text, at, text.len());
    if tag.is_none() || !rest.starts_with('!') {
        return at;
    }
    at + rest.find([' ', '\t', '\r', '\n']).unwrap_or(rest.len())
}

fn past_comma(text: &str, at: usize) -> usize {
    let at = past_trivia(text, at);
    at + usize::from(slice(text, at, text.len()).starts_with(','))
}

/// The parser's end lies at the next mark; blank lines belong to a text that keeps them (`|+`) alone.
fn end_of_block_scalar(text: &str, start: usize, end: usize) -> usize {
    let header = slice(text, start, text.len()).lines().next();
    let header = header.unwrap_or_default();
    let header_end = start + header.trim_end().len();
    let words = header.split(" #").next().unwrap_or_default();
    let written = slice(text, header_end, end);
    let kept = if words.contains('+') {
        let lines = written.rfind('\n').unwrap_or(0);
        slice(written, 0, lines).trim_end_matches('\r')
    } else {
        written.trim_end()
    };
    header_end + kept.len()
}

/// The parser's end of a quoted text can lie beyond the comment behind it.
fn end_of_quoted(text: &str, start: usize) -> usize {
    let rest = slice(text, start, text.len());
    let Some(open) = rest.find(['"', '\'']) else {
        return start;
    };
    let double = slice(rest, open, rest.len()).starts_with('"');
    let mut letters = rest
        .char_indices()
        .skip_while(|(at, _)| *at <= open)
        .peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' if double => drop(letters.next()),
            '"' if double => return start + at + 1,
            '\'' if !double && letters.next_if(|(_, next)| *next == '\'').is_none() => {
                return start + at + 1;
            }
            _ => {}
        }
    }
    text.len()
}
