//! Keys that must be there, alone or of several.
//!
//! A table says it in a word for each: `name` must be there; of `one|other` at least one; of `one^other` one and no
//! other; with `one>other` the second beside the first.

use super::{Key, find};
use crate::document::Mapping;

/// What is missing, or too much.
pub(super) enum Unmet {
    Missing(&'static str),
    NoneOf(Vec<&'static str>),
    Several(Vec<&'static str>),
    Without(&'static str, &'static str),
}

/// What of a rule the entries do not keep.
pub(super) fn unmet(rule: &'static str, entries: &Mapping) -> Option<Unmet> {
    let has = |name: &str| entries.get(name).is_some_and(|entry| !entry.node.is_null());
    if let Some((first, second)) = rule.split_once('>') {
        return (has(first) && !has(second)).then_some(Unmet::Without(first, second));
    }
    let names = names(rule);
    let there: Vec<&'static str> = names.iter().copied().filter(|name| has(name)).collect();
    match there.len() {
        0 if names.len() > 1 => Some(Unmet::NoneOf(names)),
        0 => Some(Unmet::Missing(rule)),
        1 => None,
        _ => rule.contains('^').then_some(Unmet::Several(there)),
    }
}

/// The names that a rule speaks of.
pub(super) fn names(rule: &'static str) -> Vec<&'static str> {
    rule.split(['|', '^', '>']).collect()
}

impl Unmet {
    /// The key that the complaint is about.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Missing(name) | Self::Without(_, name) => name,
            Self::NoneOf(names) | Self::Several(names) => names.first().copied().unwrap_or(""),
        }
    }

    /// What is wrong, of the mapping at a path.
    pub(super) fn said(&self, path: &str) -> String {
        let quoted = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            names.join(", ")
        };
        match self {
            Self::Missing(name) if path.is_empty() => format!("`{name}` is missing"),
            Self::Missing(name) => format!("`{path}` has no `{name}`"),
            Self::NoneOf(names) => format!("`{path}` has none of {}", quoted(names)),
            Self::Several(names) => {
                format!("of {} only one may stand in `{path}`", quoted(names))
            }
            Self::Without(first, second) => format!("`{path}` has `{first}` and no `{second}`"),
        }
    }

    /// The way out.
    pub(super) fn hint(&self, keys: &'static [Key]) -> Option<String> {
        match self {
            Self::Several(_) => Some("Remove the others".to_owned()),
            _ => find(keys, self.name()).map(|key| format!("Add `{}`: {}", key.name, key.doc)),
        }
    }
}
