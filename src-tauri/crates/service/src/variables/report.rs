//! What is said when a variable cannot be resolved.

use pilothouse_model::{Code, Diagnostic, Severity, Span};

use super::arena::CellId;
use super::evaluate::{Resolver, Stop};
use super::sources::Missing;
use super::syntax::{SyntaxProblem, Variable};
use crate::lookup::Lookup;

const DATA_INSTEAD: &str = "Write the value to a JSON or YAML file and read that";
/// Errors after which resolving ends.
const MOST_ERRORS: usize = 200;

/// A cell that is being evaluated, and which of its variables.
#[derive(Debug)]
pub(super) struct Asking {
    pub(super) cell: CellId,
    /// As written; empty before the first.
    pub(super) variable: String,
}

impl Asking {
    pub(super) const fn new(cell: CellId) -> Self {
        Self {
            cell,
            variable: String::new(),
        }
    }
}

impl Resolver<'_> {
    /// Reports at the variable being evaluated, with the chain of those that asked for it.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) -> Stop {
        let mut diagnostic = diagnostic;
        if let Some((here, askers)) = self.asking.split_last() {
            diagnostic = diagnostic
                .at(self.span_of(here))
                .path(self.arena.path(here.cell));
            for asker in askers.iter().rev() {
                let label = format!("wanted by `{}`", self.arena.path(asker.cell));
                diagnostic = diagnostic.related(self.span_of(asker), label);
            }
        }
        self.found.push(diagnostic);
        // Nobody reads more; and what follows is often the same fault again.
        let errors = self
            .found
            .0
            .iter()
            .filter(|f| f.severity == Severity::Error);
        if errors.count() >= MOST_ERRORS {
            self.exhausted = true;
        }
        Stop::Failed
    }

    /// The place of a variable inside its text, when the text stands there as it is.
    fn span_of(&self, asking: &Asking) -> Span {
        let whole = self.span(asking.cell);
        let written = self
            .sources
            .text(&whole.source)
            .and_then(|text| text.get(whole.start..whole.end))
            .and_then(|text| text.find(&asking.variable));
        match written {
            Some(at) if !asking.variable.is_empty() => Span::new(
                whole.source.clone(),
                whole.start + at,
                whole.start + at + asking.variable.len(),
            ),
            _ => whole,
        }
    }

    pub(super) fn report_syntax_here(&mut self, problem: &SyntaxProblem) -> Stop {
        let hint = match problem {
            SyntaxProblem::WrappedFallback => "Write `${opt:a, self:b}`, not `${opt:a, ${self:b}}`",
            SyntaxProblem::BadFallback => "Put quotes around a text: `${opt:stage, 'dev'}`",
            _ => "Write `\\${` for a text that is not a variable",
        };
        let said = problem.to_string();
        self.report(
            Diagnostic::error(Code::VariableSyntax, said.clone())
                .reason(said)
                .hint(hint),
        )
    }

    /// A cell that is met while it is being evaluated.
    pub(super) fn report_circle(&mut self, id: CellId) -> Stop {
        let from = self
            .asking
            .iter()
            .position(|asking| asking.cell == id)
            .unwrap_or(0);
        let circle = self.asking.get(from..).unwrap_or_default();
        let mut names: Vec<String> = circle
            .iter()
            .map(|asking| format!("`{}`", self.arena.path(asking.cell)))
            .collect();
        if let Some(first) = names.first().cloned() {
            names.push(first);
        }
        self.report(
            Diagnostic::error(
                Code::VariableCycle,
                format!(
                    "variables refer to each other in a circle: {}",
                    names.join(" -> ")
                ),
            )
            .reason("this closes the circle")
            .hint("Give one of them a value of its own"),
        )
    }

    pub(super) fn report_too_large(&mut self) -> Stop {
        self.exhausted = true;
        self.report(
            Diagnostic::error(
                Code::ConfigTooLarge,
                "the configuration grows beyond what is read when its variables are replaced",
            )
            .hint("Values that repeat values that repeat values multiply: refer to fewer of them"),
        )
    }

    pub(super) fn report_missing(&mut self, variable: &Variable, missing: Vec<Missing>) -> Stop {
        let reasons: Vec<&str> = missing.iter().map(|m| m.reason.as_str()).collect();
        let mut diagnostic = Diagnostic::error(
            Code::VariableMissing,
            format!("`{}` has no value", variable.written),
        )
        .reason(reasons.join("; "));
        let hint = missing.into_iter().find_map(|missing| missing.hint);
        let fallback = variable.written.trim_end_matches('}').to_owned();
        diagnostic =
            diagnostic.hint(hint.unwrap_or_else(|| {
                format!("Give it a value, or a fallback: `{fallback}, 'value'}}`")
            }));
        self.report(diagnostic)
    }

    pub(super) fn report_refused(&mut self, lookup: &Lookup, reason: String) -> Stop {
        let (code, what) = match lookup {
            Lookup::Environment(name) => (Code::VariableForbidden, name.as_str()),
            Lookup::File(path) => (Code::ConfigUnreadable, path.as_str()),
            Lookup::Code(call) => (Code::CodeFailed, call.path.as_str()),
            Lookup::Cloud(_) => (Code::CloudRefused, "what AWS is asked"),
        };
        let diagnostic = Diagnostic::error(code, format!("`{what}` cannot be read: {reason}"));
        self.report(match lookup {
            Lookup::Code(_) => diagnostic
                .reason("a value that code gives")
                .hint(DATA_INSTEAD),
            _ => diagnostic.reason(reason),
        })
    }

    pub(super) fn report_consent(&mut self, lookup: &Lookup, hash: &str) -> Stop {
        let what = match lookup {
            Lookup::Environment(name) => name.clone(),
            Lookup::File(path) => path.to_string(),
            Lookup::Code(call) => call.path.to_string(),
            Lookup::Cloud(asked) => asked.question.to_string(),
        };
        let message = format!("`{what}` is code that would run on this computer to get its value");
        self.report(
            Diagnostic::error(Code::ConsentNeeded, message)
                .reason("a value that code gives")
                .hint(format!("Read it, then allow it: --allow-code {hash}")),
        )
    }

    /// AWS could not be asked: nobody knows whether there is a value, so no fallback may stand in.
    pub(super) fn report_failed(&mut self, code: Code, reason: &str, hint: Option<&str>) -> Stop {
        let variable = self.asking.last().map(|asking| asking.variable.clone());
        let mut diagnostic = Diagnostic::error(
            code,
            format!("`{}` has no answer: {reason}", variable.unwrap_or_default()),
        )
        .reason(reason);
        if let Some(hint) = hint {
            diagnostic = diagnostic.hint(hint);
        }
        self.report(diagnostic)
    }
}
