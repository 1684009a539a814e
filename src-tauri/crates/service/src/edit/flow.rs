//! Values between brackets, which JSON has alone.

use serde_json::Value;

use super::Page;
use super::layout::{Kind, Layout};
use super::lines::{Cut, column, line_start, same_line, slice};
use super::render;

/// Another value in the place of one.
pub(super) fn replace(page: &Page, node: &Layout, value: &Value) -> Vec<Cut> {
    let text = &page.text;
    let spread = page.style.json && text.trim().contains('\n');
    let deep = slice(text, line_start(text, node.start), node.start);
    let deep = deep.len() - deep.trim_start().len();
    let new = render::flow(value, spread.then_some(deep), &page.style);
    let space = if node.is_nothing() { " " } else { "" };
    vec![Cut::new(node.start, node.end, format!("{space}{new}"))]
}

/// One more member, before the one of that number or at the end.
pub(super) fn add(
    page: &Page,
    node: &Layout,
    key: Option<&str>,
    number: usize,
    value: &Value,
) -> Vec<Cut> {
    let (text, style) = (&page.text, &page.style);
    let places = members(node);
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return Vec::new();
    };
    let spread = !same_line(text, node.start, first.0);
    let indent = column(text, first.0);
    let inner = (spread && style.json).then_some(indent);
    let new = match key {
        Some(key) => render::member(key, value, inner, style),
        None => render::flow(value, inner, style),
    };
    let between = if spread {
        format!(",{}{}", style.eol, " ".repeat(indent))
    } else {
        ", ".to_owned()
    };
    match places.get(number) {
        Some((start, _)) => vec![Cut::new(*start, *start, format!("{new}{between}"))],
        None => vec![Cut::new(last.1, last.1, format!("{between}{new}"))],
    }
}

/// Where the members begin and end.
pub(super) fn members(node: &Layout) -> Vec<(usize, usize)> {
    match &node.kind {
        Kind::Items { items, .. } => items
            .iter()
            .map(|item| (item.dash, item.node.end))
            .collect(),
        Kind::Entries { entries, .. } => entries
            .iter()
            .map(|entry| (entry.key_start, entry.node.end))
            .collect(),
        _ => Vec::new(),
    }
}
