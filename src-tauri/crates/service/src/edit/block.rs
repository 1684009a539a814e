//! Values in lines of their own: replaced, added to mappings, inserted in lists.

use saphyr_parser::ScalarStyle;
use serde_json::Value;

use super::layout::{Kind, Layout};
use super::lines::{
    Cut, begins_line, blank_before, column, line_end, line_start, next_line, same_line, slice,
};
use super::{Page, Stop, flow, render, scalar};

/// Another value in the place of what is at a path.
pub(super) fn replace(page: &Page, path: &[String], value: &Value) -> Result<Vec<Cut>, Stop> {
    let node = page.node(path)?;
    if page.style.json || page.in_brackets(path) {
        return Ok(flow::replace(page, node, value));
    }
    if path.is_empty() {
        return Ok(root(page, node, value));
    }
    let beside = same_line(&page.text, node.from, node.start);
    let in_list = parent_is_list(page, path);
    let indent = place_of(page, path, node);
    if render::is_block(value, &page.style) {
        Ok(block_value(page, node, value, (indent, in_list, beside)))
    } else {
        Ok(one_value(page, node, value, (indent, beside)))
    }
}

fn parent_is_list(page: &Page, path: &[String]) -> bool {
    let parent = path.len().checked_sub(1).and_then(|len| path.get(..len));
    let parent = parent.and_then(|path| page.root.at(path));
    parent.is_some_and(|node| matches!(node.kind, Kind::Items { .. }))
}

/// How deep the key or dash is whose value this is.
fn place_of(page: &Page, path: &[String], node: &Layout) -> usize {
    let Some((name, parent)) = path.split_last() else {
        return 0;
    };
    let Some(parent) = page.root.at(parent) else {
        return column(&page.text, node.from);
    };
    let at = match &parent.kind {
        Kind::Entries { entries, .. } => entries
            .iter()
            .find(|entry| entry.key == *name)
            .map(|entry| entry.key_start),
        Kind::Items { items, .. } => name
            .parse::<usize>()
            .ok()
            .and_then(|at| items.get(at))
            .map(|item| item.dash),
        _ => None,
    };
    at.map_or(0, |at| column(&page.text, at))
}

/// The whole document is nothing yet.
fn root(page: &Page, node: &Layout, value: &Value) -> Vec<Cut> {
    let lines = if render::is_block(value, &page.style) {
        render::lines(value, 0, &page.style)
    } else {
        render::one_line(value, page.style.unit, &page.style)
    };
    if !node.is_nothing() {
        return vec![Cut::new(node.start, node.end, lines)];
    }
    let text = &page.text;
    let broken = text.is_empty() || text.ends_with('\n');
    let eol = page.style.eol;
    let before = if broken { "" } else { eol };
    let end = text.len();
    vec![Cut::new(end, end, format!("{before}{lines}{eol}"))]
}

/// A scalar, or something empty.
fn one_value(
    page: &Page,
    node: &Layout,
    value: &Value,
    (indent, beside): (usize, bool),
) -> Vec<Cut> {
    let text = &page.text;
    let new = same_quotes(page, node, value)
        .unwrap_or_else(|| render::one_line(value, indent + page.style.unit, &page.style));
    if beside || !node.is_block() {
        // The lines of a text go below the comment that stands beside its mark.
        let (head, below) = new.split_at(new.find(page.style.eol).unwrap_or(new.len()));
        let space = if node.is_nothing() { " " } else { "" };
        let end = line_end(text, node.end);
        return vec![
            Cut::new(node.start, node.end, format!("{space}{head}")),
            Cut::new(end, end, below),
        ];
    }
    let free = |from: usize, to: usize| slice(text, from, to).trim().is_empty();
    let new = if free(node.from, node.start) && free(node.end, line_end(text, node.end)) {
        new
    } else {
        let style = page.style.before_comment();
        render::one_line(value, indent + style.unit, &style)
    };
    // The lines of the old value go; comments between them and their key stay.
    let first = line_start(text, node.start);
    let before = slice(text, 0, first);
    let end = before
        .trim_end_matches('\n')
        .trim_end_matches('\r')
        .len()
        .max(node.from);
    let last = slice(text, 0, first)
        .strip_suffix('\n')
        .map_or(first, |line| line.strip_suffix('\r').unwrap_or(line).len());
    let end = end.max(last);
    vec![
        Cut::new(node.from, node.from, format!(" {new}")),
        Cut::new(end, node.end, ""),
    ]
}

/// A text in the quotes of the text that it replaces.
fn same_quotes(page: &Page, node: &Layout, value: &Value) -> Option<String> {
    let (Kind::Scalar(Value::String(_), style), Value::String(new)) = (&node.kind, value) else {
        return None;
    };
    if node.tag.is_some() || new.contains('\n') || page.style.json {
        return None;
    }
    match style {
        ScalarStyle::SingleQuoted => Some(scalar::quoted_as(new, true)),
        ScalarStyle::DoubleQuoted => Some(scalar::quoted_as(new, false)),
        _ => None,
    }
}

fn block_value(
    page: &Page,
    node: &Layout,
    value: &Value,
    (indent, in_list, beside): (usize, bool, bool),
) -> Vec<Cut> {
    let (text, style) = (&page.text, &page.style);
    let behind = slice(text, node.end, line_end(text, node.end)).trim();
    if in_list && beside && behind.is_empty() {
        let lines = render::lines(value, indent + 2, style);
        let space = if node.is_nothing() { " " } else { "" };
        return vec![Cut::new(node.start, node.end, format!("{space}{lines}"))];
    }
    if beside {
        let below = if in_list {
            let deeper = " ".repeat(indent + 2);
            format!(
                "{}{deeper}{}",
                style.eol,
                render::lines(value, indent + 2, style)
            )
        } else {
            render::after_colon(value, indent, style)
        };
        let end = line_end(text, node.end);
        return vec![
            Cut::new(node.from, node.end.max(node.from), ""),
            Cut::new(end, end, below),
        ];
    }
    // A list may stand as deep as its key, a mapping may not.
    let at = column(text, node.start);
    let deep = if value.is_array() || at > indent {
        at
    } else {
        indent + style.unit
    };
    let pad = " ".repeat(deep - at);
    let commented = style.before_comment();
    let style = if behind.is_empty() { style } else { &commented };
    let lines = render::lines(value, deep, style);
    vec![Cut::new(node.start, node.end, format!("{pad}{lines}"))]
}

/// One more name at the end of a mapping.
pub(super) fn add(page: &Page, node: &Layout, key: &str, value: &Value) -> Vec<Cut> {
    let (text, style) = (&page.text, &page.style);
    let entries = node.entries();
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
        return Vec::new();
    };
    let indent = column(text, first.key_start);
    let apart = entries.len() > 1 && blank_before(text, last.key_start);
    let blank = if apart { style.eol } else { "" };
    let new = render::entry(key, value, indent, style);
    let at = line_end(text, last.node.end);
    let pad = " ".repeat(indent);
    vec![Cut::new(at, at, format!("{blank}{}{pad}{new}", style.eol))]
}

/// One more item in a list.
pub(super) fn insert(page: &Page, node: &Layout, number: usize, value: &Value) -> Vec<Cut> {
    let (text, style) = (&page.text, &page.style);
    let items = node.items();
    let Some(first) = items.first() else {
        return Vec::new();
    };
    let indent = column(text, first.dash);
    let new = render::item(value, indent, style);
    let pad = " ".repeat(indent);
    let before = number.checked_sub(1).and_then(|number| items.get(number));
    match before {
        Some(before) => {
            let apart = match items.get(number) {
                Some(_) => {
                    let below = next_line(text, before.node.end);
                    slice(text, below, line_end(text, below)).trim().is_empty()
                }
                None => items.last().is_some_and(|last| {
                    items.len() > 1 && begins_line(text, last.dash) && blank_before(text, last.dash)
                }),
            };
            let blank = if apart { style.eol } else { "" };
            let at = line_end(text, before.node.end);
            vec![Cut::new(at, at, format!("{blank}{}{pad}{new}", style.eol))]
        }
        None => {
            let new = format!("{new}{}{pad}", style.eol);
            vec![Cut::new(first.dash, first.dash, new)]
        }
    }
}
