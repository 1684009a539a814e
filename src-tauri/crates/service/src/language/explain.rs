//! What is known of a key, for people: what it is for, what may stand there, what is used when nothing does.

use super::{examples, shapes};
use crate::nearest;
use crate::schema::{Key, Shape, Status, said};

/// Everything about a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documentation {
    /// Its configuration path, as it was asked.
    pub path: String,
    /// What it is for, in one line.
    pub doc: String,
    /// What may stand there.
    pub kind: String,
    /// The words that may stand there, when there are such.
    pub words: Vec<String>,
    /// What is used when it is absent, when that is a fixed value.
    pub default: Option<String>,
    /// How it is written.
    pub example: Option<String>,
    /// Why it is refused, old or without effect; nothing when it simply works.
    pub note: Option<String>,
    /// Whether what it stands in must have it.
    pub required: bool,
    /// The keys that may stand in it, with what they are for.
    pub keys: Vec<(String, String)>,
}

/// What is known of the key at a path such as `functions.*.timeout`; the numbers of list items may be left out.
pub fn explain(path: &str) -> Option<Documentation> {
    let names: Vec<&str> = if path.is_empty() {
        Vec::new()
    } else {
        path.split('.').collect()
    };
    explain_at(&names)
}

/// The same for a path in parts.
pub fn explain_at<S: AsRef<str>>(path: &[S]) -> Option<Documentation> {
    let known = shapes::at(path);
    if known.shapes.is_empty() {
        return None;
    }
    let last = path.last().map_or("", AsRef::as_ref);
    let joined: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
    let doc = known
        .key
        .map_or_else(|| unnamed(&joined), |key| key.doc.to_owned());
    let kinds: Vec<String> = known.shapes.iter().map(|shape| said(shape)).collect();
    let pattern = pattern(&joined);
    Some(Documentation {
        default: default_of(&doc, &pattern),
        example: examples::of(&pattern, last, &known.shapes),
        doc,
        kind: kinds.join(" or "),
        words: shapes::words(&known.shapes),
        note: known.key.and_then(note),
        required: known.required,
        keys: shapes::keys(&known.shapes)
            .into_iter()
            .map(|(key, _)| (key.name.to_owned(), key.doc.to_owned()))
            .collect(),
        path: joined.join("."),
    })
}

/// A path like one that does not exist.
pub fn near_path(path: &str) -> Option<String> {
    let names: Vec<&str> = path.split('.').collect();
    let wrong = (1..=names.len()).find(|count| {
        shapes::at(names.get(..*count).unwrap_or_default())
            .shapes
            .is_empty()
    })?;
    let before = names.get(..wrong - 1)?;
    let known = shapes::keys(&shapes::at(before).shapes);
    let near = nearest::of(names.get(wrong - 1)?, known.iter().map(|(key, _)| key.name))?;
    let mut fixed: Vec<&str> = before.to_vec();
    fixed.push(near);
    fixed.extend(names.get(wrong..)?);
    Some(fixed.join("."))
}

/// What stands at a place that has no key of the schema: a name of the user's own.
fn unnamed(path: &[&str]) -> String {
    match path {
        [] => "The whole file".to_owned(),
        ["functions", _] => "A function".to_owned(),
        ["params", _] => "Values for a stage".to_owned(),
        ["resources", "Resources", _] => "A resource".to_owned(),
        ["functions", _, "events", number] if is_number(number) => {
            "An event of the function".to_owned()
        }
        ["provider", "environment", _] | ["functions", _, "environment", _] => {
            "An environment variable".to_owned()
        }
        [.., number] if is_number(number) => "An item of the list".to_owned(),
        [.., "tags" | "stackTags", _] => "A tag".to_owned(),
        _ => "A name of your own".to_owned(),
    }
}

fn is_number(name: &str) -> bool {
    name == "*" || name.bytes().all(|byte| byte.is_ascii_digit())
}

/// The path with `*` for names of the user's own, and without the numbers of items.
pub(super) fn pattern(path: &[&str]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for (depth, name) in path.iter().enumerate() {
        if depth > 0 && name.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let own = shapes::at(path.get(..=depth).unwrap_or_default())
            .key
            .is_none();
        names.push(if own { "*" } else { name });
    }
    names.join(".")
}

/// The value that the documentation names for when the key is absent.
fn default_of(doc: &str, pattern: &str) -> Option<String> {
    if let Some(default) = examples::default_of(pattern) {
        return Some(default.to_owned());
    }
    let before = doc.strip_suffix(" when absent")?;
    let said = before
        .rsplit(['`', ';'])
        .map(str::trim)
        .find(|part| !part.is_empty())?;
    Some(said.to_owned())
}

fn note(key: &Key) -> Option<String> {
    let old = key.deprecated.map(|old| match old.instead {
        "" => "It is no longer used, and can go".to_owned(),
        instead => format!("It is the old spelling of `{instead}`"),
    });
    match key.status {
        Status::Supported => old,
        Status::Refused(why, instead) => Some(format!("It is refused: {why}. {instead}")),
        Status::Version4 => {
            Some("It belongs to version 4 of Serverless, which is not supported".to_owned())
        }
        Status::WithoutEffect(why) | Status::Unknown(why) => {
            Some(format!("It has no effect: {why}"))
        }
    }
}

/// Whether a value of a shape stands in lines below its key.
pub(super) fn stands_below(shape: &Shape) -> bool {
    match shape {
        Shape::Keys(..)
        | Shape::Named(_)
        | Shape::NamedBy(..)
        | Shape::AnyMapping
        | Shape::List(_) => true,
        Shape::Either(shapes) => shapes.iter().all(stands_below),
        _ => false,
    }
}
