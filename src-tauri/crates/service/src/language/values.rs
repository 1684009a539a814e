//! The values that variables have, of a text whose rest may be wrong.

use pilothouse_model::Sources;

use crate::document::{self, Node, Syntax};
use crate::variables::{self, Context};
use crate::{Lookup, Request};

/// What comes of a turn; see [`crate::load`], whose loop this shares.
#[derive(Debug)]
pub enum Values {
    /// These are wanted, each for the first time; answer them all and call again.
    Needs(Vec<Lookup>),
    /// The document with its variables replaced; what has no value is nothing.
    Ready(Box<Node>),
    /// The text cannot be read at all.
    Broken,
}

/// Replaces the variables of a text, and looks at nothing else.
pub fn values(request: &Request<'_>) -> Values {
    let syntax = Syntax::of_name(request.source.as_str());
    let mut sources = Sources::default();
    sources.insert(request.source.clone(), request.text);
    let Ok(document) = document::read(request.source, request.text, syntax) else {
        return Values::Broken;
    };
    let context = Context {
        options: request.options,
        answers: request.answers,
    };
    let resolved = variables::resolve(document, context, sources);
    if resolved.wanted.is_empty() {
        Values::Ready(Box::new(resolved.document))
    } else {
        Values::Needs(resolved.wanted)
    }
}
