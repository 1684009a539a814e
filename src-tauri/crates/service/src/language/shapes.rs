//! From a path to what the schema says of it.

use crate::plugins::{self, BUILT_IN};
use crate::schema::{Key, OWN, OWN_NAME, SERVICE, Shape};

/// What may stand at a path.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// The shapes of its value, any of them.
    pub(super) shapes: Vec<&'static Shape>,
    /// The key that stands there.
    pub(super) key: Option<&'static Key>,
    /// Whether it must stand there.
    pub(super) required: bool,
}

/// The whole file.
static FILE: Shape = Shape::Keys(SERVICE, &["service", "provider"]);

/// What may stand at a path; a number or `*` stands for any item of a list, and may be left out. `*` and names of
/// the user's own stand for each other.
pub(super) fn at<S: AsRef<str>>(path: &[S]) -> Known {
    let mut known = Known {
        shapes: vec![&FILE],
        ..Known::default()
    };
    for (depth, name) in path.iter().enumerate() {
        let name = name.as_ref();
        let mut next = Known::default();
        for shape in &known.shapes {
            step(shape, name, &mut next);
        }
        if next.key.is_none() {
            let before: Vec<&str> = path.iter().take(depth).map(AsRef::as_ref).collect();
            of_plugins(&before, name, &mut next);
        }
        known = next;
    }
    known
}

fn step(shape: &'static Shape, name: &str, next: &mut Known) {
    match shape {
        Shape::Keys(keys, required) => {
            if let Some(key) = keys.iter().find(|key| key.name == name) {
                next.shapes.push(&key.shape);
                next.key.get_or_insert(key);
                next.required |= required.contains(&name);
            }
        }
        Shape::Event(keys) => {
            if let Some(key) = keys.iter().find(|key| key.name == name) {
                next.shapes.push(&key.shape);
                next.key.get_or_insert(key);
            }
        }
        Shape::List(item) => {
            if name == "*" || name.bytes().all(|byte| byte.is_ascii_digit()) {
                next.shapes.push(item);
            } else {
                step(item, name, next);
            }
        }
        Shape::Named(value) | Shape::NamedBy(_, value) => next.shapes.push(value),
        Shape::Either(shapes) => {
            for shape in *shapes {
                step(shape, name, next);
            }
        }
        _ => {}
    }
}

/// Keys that plugins which are built in add.
fn of_plugins(before: &[&str], name: &str, next: &mut Known) {
    match before {
        ["functions", _] => {
            if let Some((_, key)) = plugins::of_function_key(name) {
                next.shapes.push(&key.shape);
                next.key = Some(key);
            }
        }
        ["custom"] => {
            let found = BUILT_IN
                .iter()
                .flat_map(|plugin| plugin.custom)
                .find(|(known, _)| *known == name);
            if name == OWN_NAME {
                next.shapes.push(&OWN);
            } else if let Some((_, shape)) = found {
                next.shapes.push(shape);
            }
        }
        _ => {}
    }
}

/// The keys that may stand in any of some shapes, each once, and which of them must.
pub(super) fn keys(shapes: &[&'static Shape]) -> Vec<(&'static Key, bool)> {
    let mut found: Vec<(&'static Key, bool)> = Vec::new();
    for shape in shapes {
        collect(shape, &mut found);
    }
    found
}

fn collect(shape: &'static Shape, found: &mut Vec<(&'static Key, bool)>) {
    match shape {
        Shape::Keys(keys, required) => {
            for key in *keys {
                if !found.iter().any(|(known, _)| known.name == key.name) {
                    found.push((key, required.contains(&key.name)));
                }
            }
        }
        Shape::Event(keys) => found.extend(keys.iter().map(|key| (key, false))),
        Shape::Either(shapes) => {
            for shape in *shapes {
                collect(shape, found);
            }
        }
        _ => {}
    }
}

/// The words that a value of any of some shapes may be.
pub(super) fn words(shapes: &[&'static Shape]) -> Vec<String> {
    let mut found = Vec::new();
    for shape in shapes {
        match shape {
            Shape::Word(words) | Shape::WordAnyCase(words) => {
                found.extend(words.iter().map(|word| (*word).to_owned()));
            }
            Shape::WholeOf(numbers) => found.extend(numbers.iter().map(i64::to_string)),
            Shape::Truth => found.extend(["true".to_owned(), "false".to_owned()]),
            Shape::List(item) => found.extend(words_of(item)),
            Shape::Either(shapes) => found.extend(shapes.iter().flat_map(words_of)),
            _ => {}
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|word| seen.insert(word.clone()));
    found
}

fn words_of(shape: &'static Shape) -> Vec<String> {
    words(&[shape])
}
