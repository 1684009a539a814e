//! Where a configuration path leads in the table of keys: what may stand there, for forms and documentation.

use super::{Key, SERVICE, Shape, find};

/// What may stand at a path of names and numbers of list items, and the line about it.
pub fn at(path: &[String]) -> Option<(Shape, &'static str)> {
    let top = Shape::Keys(SERVICE, &[]);
    path.iter().try_fold((top, ""), |(shape, doc), name| {
        step(&shape, name).map(|(next, own)| (next, own.unwrap_or(doc)))
    })
}

fn step(shape: &Shape, name: &str) -> Option<(Shape, Option<&'static str>)> {
    let key = |keys: &'static [Key]| find(keys, name).map(|key| (key.shape, Some(key.doc)));
    match shape {
        Shape::Keys(keys, _) | Shape::Event(keys) => key(keys),
        Shape::Named(inner) | Shape::NamedBy(_, inner) => Some((**inner, None)),
        Shape::List(inner) => name.parse::<usize>().ok().map(|_| (**inner, None)),
        Shape::Either(shapes) => shapes.iter().find_map(|shape| step(shape, name)),
        Shape::AnyMapping | Shape::Anything => Some((Shape::Anything, None)),
        _ => None,
    }
}
