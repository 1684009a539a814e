//! The whole road from a text to a service.

use std::cmp::Reverse;
use std::collections::HashSet;

use indexmap::IndexMap;
use pilothouse_model::{Code, Diagnostic, Diagnostics, Severity, SourceId, Sources};

use crate::document::{self, Syntax};
use crate::lookup::{Answers, Lookup};
use crate::variables::{self, Context, Resolved};
use crate::{Node, Service, images, plugins, rules, schema, typed};

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
    /// Whether plugins that are not built in will be run by the project's own Serverless: then they are no fault, and
    /// what the schema does not know may be theirs.
    pub foreign_plugins: bool,
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
    let name = request.source.as_str();
    let document = match document::read(request.source, request.text, Syntax::of_name(name)) {
        Ok(document) => document,
        Err(diagnostics) => {
            return Err(Rejected {
                diagnostics,
                sources,
            });
        }
    };
    if document.as_mapping().is_none() {
        let diagnostics = Diagnostics(vec![not_a_mapping(name, &document)]);
        return Err(Rejected {
            diagnostics,
            sources,
        });
    }
    let context = Context {
        options: request.options,
        answers: request.answers,
    };
    let resolved = variables::resolve(document, context, sources);
    if resolved.wanted.is_empty() {
        finish(request, resolved)
    } else {
        Ok(Step::Needs(resolved.wanted))
    }
}

/// The stage of [`load`] between reading and checking, for whoever measures it: a document with its variables replaced as
/// far as the answers go. What has no value is null.
pub fn resolve(document: Node, options: &Options, answers: &Answers) -> Node {
    let context = Context { options, answers };
    variables::resolve(document, context, Sources::default()).document
}

fn not_a_mapping(name: &str, document: &Node) -> Diagnostic {
    let what = if document.is_null() {
        "is empty"
    } else {
        "is not a mapping"
    };
    Diagnostic::error(Code::ConfigBadValue, format!("`{name}` {what}"))
        .at(document.span.clone())
        .reason("a service is a mapping of keys to values")
        .hint("Begin with `service: my-service` and `provider:`")
}

fn finish(request: &Request<'_>, resolved: Resolved) -> Result<Step, Rejected> {
    let mut document = resolved.document;
    typed::unfold(&mut document);
    let mut given = Vec::new();
    let answers = request.answers;
    let added = plugins::apply(&mut document, request.options, answers, &mut given);
    if !added.wanted.is_empty() {
        return Ok(Step::Needs(added.wanted));
    }
    let is_foreign = request.options.foreign_plugins && !plugins::foreign(&document).is_empty();
    let mut checked = schema::check(&mut document);
    // Keys, events and values may be a plugin's: Serverless judges them when it packages.
    checked.retain(|_| !is_foreign);
    let (mut service, unreadable) =
        typed::read(&document, request.options, request.source.as_str());
    service.package.patterns.extend(added.patterns);
    service.plugins.files = added.files;
    service.plugins.calls = added.calls;
    let mut found = resolved.found.0;
    // What follows from a variable that has no value was said where the variable stands.
    let failed: HashSet<String> = resolved.failed.into_iter().collect();
    let own = |problems: Vec<Diagnostic>| {
        let own = problems.into_iter().filter(|p| !follows(p, &failed));
        worst(own.collect())
    };
    found.extend(unite(own(checked), own(unreadable)));
    found.extend(variables::secrets::misplaced(&document, &resolved.secrets));
    found.extend(
        plugins::check(&document)
            .into_iter()
            .filter(|_| !is_foreign),
    );
    found.extend(given);
    let stops = |found: &[Diagnostic]| found.iter().any(|d| d.severity == Severity::Error);
    if !stops(&found) && !is_foreign {
        found.extend(rules::check(&service, &document));
    }
    if !stops(&found) {
        let settled = images::settle(&mut service, request.options, answers, &document);
        if !settled.wanted.is_empty() {
            return Ok(Step::Needs(settled.wanted));
        }
        found.extend(settled.found);
    }
    found.sort_by_key(|d| {
        d.span
            .as_ref()
            .map(|span| (span.source.clone(), span.start))
    });
    let sources = resolved.sources;
    if stops(&found) {
        let diagnostics = Diagnostics(found);
        return Err(Rejected {
            diagnostics,
            sources,
        });
    }
    Ok(Step::Ready(Box::new(Loaded {
        service,
        resolved: document,
        sources,
        warnings: Diagnostics(found),
    })))
}

/// One finding per fault: where a value breaks the schema's rules and cannot be read either, the schema's words
/// with the weight of an error.
fn unite(checked: Vec<Diagnostic>, unreadable: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut found = checked;
    for problem in unreadable {
        if problem.code == Code::NotYetSupported && says_why(&found, &problem) {
            continue;
        }
        // That something is missing was said, and what: it weighs as much as what cannot be read for it.
        if problem.code == Code::ConfigBadValue && lacks_a_key(&mut found, &problem) {
            continue;
        }
        let known = found
            .iter_mut()
            .find(|known| known.path.is_some() && known.path == problem.path);
        match known {
            Some(known) if problem.code == Code::ConfigBadValue && problem.hint.is_none() => {
                known.severity = Severity::Error;
            }
            // A fault is not made less by what else is to be said of it.
            Some(known) if known.severity > problem.severity => {}
            // What is missing or not supported is told better where it is read.
            Some(known) => *known = problem,
            None => found.push(problem),
        }
    }
    found
}

/// Whether something inside the value was named already as what is not supported.
fn says_why(found: &[Diagnostic], problem: &Diagnostic) -> bool {
    let Some(path) = &problem.path else {
        return false;
    };
    found.iter().any(|known| {
        known.code == Code::NotYetSupported
            && known
                .path
                .as_ref()
                .and_then(|inner| inner.strip_prefix(path.as_str()))
                .is_some_and(|rest| rest.starts_with('.'))
    })
}

/// Whether a key that the value lacks was named; that is an error then.
fn lacks_a_key(found: &mut [Diagnostic], problem: &Diagnostic) -> bool {
    let missing = found.iter_mut().find(|known| {
        known.code == Code::ConfigMissingKey
            && known
                .path
                .as_deref()
                .and_then(|path| path.rsplit_once('.'))
                .map(|(of, _)| of)
                == problem.path.as_deref()
    });
    missing
        .map(|known| known.severity = Severity::Error)
        .is_some()
}

/// The findings, or the gravest of them when there are more than anybody reads.
fn worst(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    const MOST: usize = 500;
    if found.len() > MOST {
        found.sort_by_key(|problem| Reverse(problem.severity));
        found.truncate(MOST);
    }
    found
}

/// Whether a finding is about, or inside, a value that could not be resolved.
fn follows(problem: &Diagnostic, failed: &HashSet<String>) -> bool {
    let Some(path) = problem.path.as_deref().filter(|_| !failed.is_empty()) else {
        return false;
    };
    failed.contains(path)
        || path
            .match_indices('.')
            .any(|(at, _)| path.get(..at).is_some_and(|outer| failed.contains(outer)))
}

#[cfg(test)]
mod tests;
