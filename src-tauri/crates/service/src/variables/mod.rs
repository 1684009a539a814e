//! Variables: `${self:...}`, `${opt:...}` and their kin, replaced in two phases.
//!
//! Pure: what a variable wants of the outside is listed ([`Resolved::wanted`]), and resolving starts anew with the
//! answers. Values are resolved on demand, each once, so that order in the file does not matter; what they
//! refer to in a circle, too deep or without a bound is refused.

mod arena;
mod cloud;
mod code;
pub(crate) mod dotenv;
mod evaluate;
mod files;
mod report;
pub(crate) mod secrets;
mod sources;
mod syntax;
mod walk;

#[cfg(test)]
mod tests;

pub(crate) use sources::CREDENTIALS;

use std::collections::BTreeSet;

use pilothouse_model::{Diagnostics, Sources};

use crate::document::Node;
use crate::load::Options;
use crate::lookup::{Answers, Lookup};

/// What variables are resolved with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) options: &'a Options,
    pub(crate) answers: &'a Answers,
}

/// A document whose variables were replaced as far as can be.
#[derive(Debug)]
pub(crate) struct Resolved {
    /// The document; what could not be resolved is null.
    pub(crate) document: Node,
    /// The configuration paths of what could not be resolved.
    pub(crate) failed: Vec<String>,
    /// What must be known to go on, each asked once.
    pub(crate) wanted: Vec<Lookup>,
    /// What is wrong.
    pub(crate) found: Diagnostics,
    /// The texts of files that were read.
    pub(crate) sources: Sources,
    /// References that stand for secrets in the document.
    pub(crate) secrets: BTreeSet<String>,
}

/// Replaces the variables of a document.
pub(crate) fn resolve(document: Node, context: Context<'_>, sources: Sources) -> Resolved {
    evaluate::Resolver::new(document, context, sources).run()
}
