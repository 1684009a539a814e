//! Changes that put a finding right.

use pilothouse_model::{Code, Diagnostic, Fix, Span};

use super::{Key, Shape};
use crate::document::{Entry, Mapping};

pub(super) fn write(at: &Span, text: &str) -> Fix {
    Fix::Write {
        at: at.clone(),
        text: text.to_owned(),
    }
}

/// Takes out a key with its value, where both stand in one text.
pub(super) fn remove(entry: &Entry) -> Fix {
    let (key, value) = (&entry.key, &entry.node.span);
    let end = if key.source == value.source {
        value.end.max(key.end)
    } else {
        key.end
    };
    Fix::Remove {
        at: Span::new(key.source.clone(), key.start, end),
    }
}

/// The change from an old spelling to the new one: nothing takes its place, or another name at the same place does.
pub(super) fn spelled_anew(name: &str, instead: &str, entry: &Entry, path: &str) -> Option<Fix> {
    if instead.is_empty() {
        return Some(remove(entry));
    }
    let place = path.strip_suffix(name)?;
    let new = instead.rsplit('.').next().unwrap_or(instead);
    let same_place = place.ends_with(instead.strip_suffix(new)?) && !instead.contains(' ');
    // Globs that leave out would have to be turned round.
    (same_place && name != "exclude").then(|| write(&entry.key, new))
}

/// Offers no name that stands beside already: it would stand there twice.
pub(super) fn without_taken(found: &mut [Diagnostic], entries: &Mapping) {
    for problem in found {
        let taken = match &problem.fix {
            Some(Fix::Write { at, text }) => {
                entries.contains_key(text) && entries.values().any(|entry| entry.key == *at)
            }
            _ => false,
        };
        if taken {
            problem.fix = None;
        }
    }
}

/// Keys of an event that stand beside its kind instead of below it.
pub(super) fn too_far_left(found: &mut [Diagnostic], kind: &Key, path: &str) {
    for problem in found {
        let name = problem
            .path
            .as_deref()
            .and_then(|of| of.strip_prefix(path)?.strip_prefix('.'));
        if problem.code == Code::ConfigUnknownKey
            && name.is_some_and(|name| has_key(&kind.shape, name))
        {
            problem.hint = Some(format!(
                "It is a key of `{}`: indent it by two more spaces, so that it stands below",
                kind.name
            ));
            problem.fix = None;
        }
    }
}

fn has_key(shape: &Shape, name: &str) -> bool {
    match shape {
        Shape::Keys(keys, _) => keys.iter().any(|key| key.name == name),
        Shape::Either(shapes) => shapes.iter().any(|shape| has_key(shape, name)),
        _ => false,
    }
}
