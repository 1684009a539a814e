//! A text as a tree of values that know their places.
//!
//! The rules for scalars are js-yaml's (see `scalar`), since the files were written for it; CloudFormation's
//! short tags take their long form; merge keys and aliases are expanded. What is read here is data: nothing in
//! a document can name a type, run code or grow without a bound.

mod advice;
mod build;
mod json;
mod node;
mod places;
mod scalar;
mod tag;

#[cfg(test)]
mod tests;

use pilothouse_model::{Code, Diagnostic, Diagnostics, SourceId, Span};

pub use node::{Content, Entry, Mapping, Node};
pub(crate) use places::Places;
pub(crate) use scalar::{number, plain};
pub(crate) use tag::function_of;

/// The largest text read: a service of 500 functions has some 100 KB.
pub const MOST_BYTES: usize = 1 << 20;
/// The deepest nesting.
pub const MOST_DEPTH: usize = 128;
/// The most values after aliases are expanded; aliases of aliases grow without a bound otherwise.
pub const MOST_NODES: usize = 250_000;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// YAML.
    Yaml,
    /// JSON.
    Json,
}

impl Syntax {
    /// By the ending of a file's name; YAML unless it is `.json`.
    pub fn of_name(name: &str) -> Self {
        // What code exports is given as JSON.
        const JSON: &[&str] = &["json", "js", "cjs", "mjs", "ts", "cts", "mts"];
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if JSON.contains(&ending) {
            Self::Json
        } else {
            Self::Yaml
        }
    }
}

/// Reads a text. An empty one is null.
///
/// # Errors
/// Every duplicate key and unknown tag; or the one place where the syntax breaks or a limit is passed.
pub fn read(source: &SourceId, text: &str, syntax: Syntax) -> Result<Node, Diagnostics> {
    if text.len() > MOST_BYTES {
        let found = Diagnostic::error(
            Code::ConfigTooLarge,
            format!("`{source}` has more than {MOST_BYTES} bytes"),
        )
        .hint("Move parts of it to other files and read them with `${file(...)}`");
        return Err(Diagnostics(vec![found]));
    }
    match syntax {
        Syntax::Yaml => build::build(source, text),
        Syntax::Json => {
            if let Err(problem) = serde_json::from_str::<serde::de::IgnoredAny>(text)
                && !text.trim().is_empty()
            {
                return Err(Diagnostics(vec![json_problem(source, text, &problem)]));
            }
            if text.trim().is_empty() {
                let nothing = Span::new(source.clone(), 0, 0);
                return Ok(Node::new(nothing, Content::Null));
            }
            json::build(source, text)
        }
    }
}

fn json_problem(source: &SourceId, text: &str, problem: &serde_json::Error) -> Diagnostic {
    let line_start: usize = text
        .split_inclusive('\n')
        .take(problem.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let start = (line_start + problem.column().saturating_sub(1)).min(text.len());
    let said = problem.to_string();
    let reason = said.split(" at line ").next().unwrap_or(&said).to_owned();
    Diagnostic::error(
        Code::ConfigSyntax,
        format!("`{source}` is not valid JSON: {reason}"),
    )
    .at(Span::new(
        source.clone(),
        start,
        (start + 1).min(text.len()),
    ))
    .reason(reason)
}
