//! The whole road from a text to a service.

use indexmap::IndexMap;
use pilothouse_model::{Code, Diagnostic, Diagnostics, SourceId, Sources};

use crate::lookup::{Answers, Lookup};
use crate::{Node, Service};

/// What the command line says about how to read a configuration.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `--stage`.
    pub stage: Option<String>,
    /// `--region`.
    pub region: Option<String>,
    /// `--param key=value`, the last of equal keys.
    pub params: IndexMap<String, String>,
    /// Every other option as given, without its dashes, for `${opt:...}`; stage and region need not be repeated.
    pub others: IndexMap<String, String>,
    /// The value of `${sls:instanceId}`: unique to this run.
    pub instance_id: String,
}

/// Everything [`load`] decides from.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The name of the configuration file, relative to the project; its ending chooses YAML or JSON.
    pub source: &'a SourceId,
    /// Its text.
    pub text: &'a str,
    /// The command line.
    pub options: &'a Options,
    /// What was found out so far.
    pub answers: &'a Answers,
}

/// What comes of a turn of the loop.
#[derive(Debug)]
pub enum Step {
    /// These are wanted, each for the first time; answer them all and call again.
    Needs(Vec<Lookup>),
    /// The service, resolved and checked.
    Ready(Box<Loaded>),
}

/// A service that may be worked with.
#[derive(Debug)]
pub struct Loaded {
    /// The service.
    pub service: Service,
    /// The file with its variables replaced, for `print`; see [`Node::to_json`].
    pub resolved: Node,
    /// The texts that spans point into.
    pub sources: Sources,
    /// What the user should know all the same.
    pub warnings: Diagnostics,
}

/// Everything that is wrong, warnings included.
#[derive(Debug)]
pub struct Rejected {
    /// The findings, in the order of the file.
    pub diagnostics: Diagnostics,
    /// The texts that spans point into.
    pub sources: Sources,
}

/// One turn: lists what is wanted of the outside world, or gives the service.
///
/// # Errors
/// With every problem of the file that can be told, of which at least one is an error.
pub fn load(request: &Request<'_>) -> Result<Step, Rejected> {
    let mut sources = Sources::default();
    sources.insert(request.source.clone(), request.text);
    Err(Rejected {
        diagnostics: Diagnostics(vec![Diagnostic::error(
            Code::NotYetSupported,
            "Loading is not built yet",
        )]),
        sources,
    })
}
