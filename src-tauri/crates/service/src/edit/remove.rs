//! What goes, and what goes elsewhere.

use serde_json::{Map, Value};

use super::layout::{Kind, Layout};
use super::lines::{Cut, begins_line, blank_before, line_end, line_start, next_line, slice};
use super::{Page, Stop, block, flow};

/// The entry or item at a path goes, with its lines. The last one leaves an empty collection.
pub(super) fn remove(page: &Page, path: &[String]) -> Result<Vec<Cut>, Stop> {
    let (name, above) = path.split_last().ok_or_else(|| page.missing(path))?;
    let parent = page.node(above)?;
    let number = match &parent.kind {
        Kind::Entries { entries, .. } => entries
            .iter()
            .position(|entry| entry.key == *name && !entry.merge),
        _ => name.parse::<usize>().ok(),
    };
    let places = flow::members(parent);
    let number = number.filter(|number| *number < places.len());
    let number = number.ok_or_else(|| page.missing(path))?;
    if places.len() == 1 {
        let empty = if matches!(parent.kind, Kind::Items { .. }) {
            Value::Array(Vec::new())
        } else {
            Value::Object(Map::new())
        };
        return block::replace(page, above, &empty);
    }
    let next = places.get(number + 1).copied();
    let before = number
        .checked_sub(1)
        .and_then(|number| places.get(number))
        .copied();
    let Some(own) = places.get(number).copied() else {
        return Err(page.missing(path));
    };
    if parent.is_flow() {
        return Ok(member(&page.text, own, before, next));
    }
    Ok(vec![lines(&page.text, own, next)])
}

/// A member between brackets, with one comma; comments stay.
fn member(
    text: &str,
    (start, end): (usize, usize),
    before: Option<(usize, usize)>,
    next: Option<(usize, usize)>,
) -> Vec<Cut> {
    match (before, next) {
        (_, Some((next, _))) => {
            let between = slice(text, end, next);
            if !between.contains('#') {
                return vec![Cut::new(start, next, "")];
            }
            let comma = end + between.find(',').unwrap_or(0);
            vec![Cut::new(start, comma + 1, "")]
        }
        (Some((_, before)), None) => {
            let between = slice(text, before, start);
            if !between.contains('#') {
                return vec![Cut::new(before, end, "")];
            }
            let comma = before + between.find(',').unwrap_or(0);
            vec![Cut::new(comma, comma + 1, ""), Cut::new(start, end, "")]
        }
        (None, None) => vec![Cut::new(start, end, "")],
    }
}

fn lines(text: &str, (start, end): (usize, usize), next: Option<(usize, usize)>) -> Cut {
    if !begins_line(text, start) {
        // It shares its line with a dash before it, which the next one takes over.
        let next = next.map_or(end, |(next, _)| next);
        let until = if slice(text, end, next).trim().is_empty() {
            next
        } else {
            end
        };
        return Cut::new(start, until, "");
    }
    let first = line_start(text, start);
    let after = next_line(text, end);
    let last = line_end(text, end);
    let blank_after =
        after >= text.len() || slice(text, after, next_line(text, after)).trim().is_empty();
    let apart = blank_before(text, start) && (blank_after || next.is_none());
    let first = if apart {
        line_start(text, first - 1)
    } else {
        first
    };
    if after == text.len() && last == after && first > 0 {
        // The text ends without a line break: so it does afterwards.
        let before = slice(text, 0, first);
        let before = before.strip_suffix('\n').unwrap_or(before);
        let before = before.strip_suffix('\r').unwrap_or(before);
        return Cut::new(before.len(), last, "");
    }
    Cut::new(first, after, "")
}

/// An item of a list goes to another number: the items change their places, what is between them stays.
pub(super) fn reorder(
    page: &Page,
    node: &Layout,
    from: usize,
    to: usize,
) -> Result<Vec<Cut>, Stop> {
    let text = &page.text;
    let slots: Vec<(usize, usize)> = flow::members(node)
        .into_iter()
        .map(|(start, end)| {
            let end = if node.is_flow() {
                end
            } else {
                line_end(text, end)
            };
            (start, end)
        })
        .collect();
    let mut order: Vec<usize> = (0..slots.len()).collect();
    if from >= order.len() || to >= order.len() {
        return Err(page.refuse(node.start, node.end, "the list has no such item"));
    }
    let moved = order.remove(from);
    order.insert(to, moved);
    let cuts = slots.iter().zip(&order).enumerate();
    Ok(cuts
        .filter(|(number, (_, taken))| number != *taken)
        .filter_map(|(_, ((start, end), taken))| {
            let (from, until) = slots.get(*taken)?;
            Some(Cut::new(*start, *end, slice(text, *from, *until)))
        })
        .collect())
}
