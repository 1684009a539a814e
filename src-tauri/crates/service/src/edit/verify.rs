//! Whether a text became what it should: nothing is left to the care of the cuts.

use serde_json::Value;

use super::steps::Step;
use super::{Page, Stop};

/// Reads a changed text, whose value must be the old one with the step made.
pub(super) fn same(page: &Page, made: &str, step: &Step) -> Result<Page, Stop> {
    let path = match step {
        Step::Replace(path, _)
        | Step::Add(path, ..)
        | Step::Remove(path)
        | Step::Rename(path, _)
        | Step::Insert(path, ..)
        | Step::Move(path, ..) => path,
    };
    let (start, end) = page
        .root
        .at(path)
        .map_or((0, 0), |node| (node.start, node.end));
    let odd = || {
        page.refuse(
            start,
            end,
            "it is written in a way that is not edited by form",
        )
    };
    let after = Page::read(&page.source, made).map_err(|stop| match stop {
        // A text that became wrong says why: an anchor that is gone, for one.
        Stop::Refused(found)
            if found.message.contains("anchor") || found.message.contains("alias") =>
        {
            page.refuse(start, end, "its anchor is used elsewhere in the file")
        }
        _ => odd(),
    })?;
    let mut wanted = page.root.shadow();
    apply(&mut wanted, step).ok_or_else(odd)?;
    if after.root.shadow() == wanted {
        Ok(after)
    } else {
        Err(odd())
    }
}

fn at<'v>(value: &'v mut Value, path: &[String]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |value, name| match value {
        Value::Array(items) => items.get_mut(name.parse::<usize>().ok()?),
        Value::Object(entries) => entries.get_mut(name),
        _ => None,
    })
}

/// The step on the value.
pub(super) fn apply(value: &mut Value, step: &Step) -> Option<()> {
    match step {
        Step::Replace(path, new) => *at(value, path)? = new.clone(),
        Step::Add(path, key, new) => {
            let place = at(value, path)?;
            if !place.is_object() {
                *place = Value::Object(serde_json::Map::new());
            }
            place.as_object_mut()?.insert(key.clone(), new.clone());
        }
        Step::Insert(path, number, new) => {
            let place = at(value, path)?;
            if !place.is_array() {
                *place = Value::Array(Vec::new());
            }
            let items = place.as_array_mut()?;
            items.insert((*number).min(items.len()), new.clone());
        }
        Step::Remove(path) => {
            let (name, above) = path.split_last()?;
            match at(value, above)? {
                Value::Array(items) => {
                    let number = name.parse::<usize>().ok()?;
                    (number < items.len()).then(|| items.remove(number))?;
                }
                Value::Object(entries) => {
                    entries.shift_remove(name)?;
                }
                _ => return None,
            }
        }
        Step::Rename(path, to) => {
            let (name, above) = path.split_last()?;
            let entries = at(value, above)?.as_object_mut()?;
            let renamed = std::mem::take(entries).into_iter().map(|(key, value)| {
                let key = if key == *name { to.clone() } else { key };
                (key, value)
            });
            *entries = renamed.collect();
        }
        Step::Move(path, from, to) => {
            let items = at(value, path)?.as_array_mut()?;
            if *from >= items.len() || *to >= items.len() {
                return None;
            }
            let item = items.remove(*from);
            items.insert(*to, item);
        }
    }
    Some(())
}
