//! What a person, or a program with `--json`, reads: values on standard output, failures on standard error.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use miette::{LabeledSpan, NamedSource, SourceSpan};
use pilothouse_api::{ApiError, Findings, texts};
use pilothouse_model::{Diagnostic, Severity, Sources, Span};
use serde_json::{Value, json};

/// Writes a line for the reader. A reader that has gone away (`| head`) is not a failure of ours.
pub(crate) fn line(text: impl fmt::Display) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// Writes a line about the work, apart from its result.
pub(crate) fn note(text: impl fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Writes a value as JSON.
pub(crate) fn json(value: &Value) {
    line(format_args!("{value:#}"));
}

/// The program could not even begin.
pub(crate) fn cannot_start(problem: &io::Error) -> ExitCode {
    note(format_args!("error: Pilothouse cannot start: {problem}"));
    ExitCode::FAILURE
}

/// Tells a failure and gives its exit code.
pub(crate) fn failure(error: &ApiError, as_json: bool) -> ExitCode {
    if as_json {
        note(format_args!("{:#}", json!({ "error": error_value(error) })));
        return ExitCode::FAILURE;
    }
    if let Some(found) = &error.findings {
        findings(found);
    }
    note(format_args!("error[{}]: {}", error.code, error.title));
    if let Some(detail) = &error.detail {
        note(format_args!("  because: {detail}"));
    }
    for hint in &error.hints {
        note(format_args!("  help: {hint}"));
    }
    ExitCode::FAILURE
}

/// Tells every diagnostic, with the line it is about.
pub(crate) fn findings(findings: &Findings) {
    for diagnostic in &findings.diagnostics.0 {
        let shown = Shown::new(diagnostic, &findings.sources);
        note(format_args!("{:?}", miette::Report::new(shown)));
    }
}

/// Diagnostics as JSON, with lines and columns from one.
pub(crate) fn findings_value(findings: &Findings) -> Value {
    let entry = |diagnostic: &Diagnostic| {
        let place = diagnostic.span.as_ref().map(|span| {
            let (from, to) = findings.sources.first_line(span).unzip();
            json!({
                "file": span.source.as_str(),
                "line": from.map(|p| p.line),
                "column": from.map(|p| p.column),
                "endLine": to.map(|p| p.line),
                "endColumn": to.map(|p| p.column),
            })
        });
        json!({
            "code": diagnostic.code.as_str(),
            "severity": if diagnostic.severity == Severity::Error { "error" } else { "warning" },
            "message": diagnostic.message,
            "path": diagnostic.path,
            "at": place,
            "reason": diagnostic.reason,
            "hint": diagnostic.hint,
            "fix": fix_value(diagnostic, &findings.sources),
        })
    };
    findings.diagnostics.0.iter().map(entry).collect()
}

/// The change that puts a finding right: what is written over what.
fn fix_value(diagnostic: &Diagnostic, sources: &Sources) -> Option<Value> {
    let span = diagnostic.span.as_ref()?;
    let fix = texts::fix(diagnostic, span.source.as_str(), sources)?;
    let at = Span::new(span.source.clone(), fix.range.start, fix.range.end);
    let (from, to) = sources.positions(&at)?;
    Some(json!({
        "title": fix.words,
        "line": from.line,
        "column": from.column,
        "endLine": to.line,
        "endColumn": to.column,
        "text": fix.text,
    }))
}

fn error_value(error: &ApiError) -> Value {
    json!({
        "code": error.code.as_str(),
        "title": error.title,
        "detail": error.detail,
        "hints": error.hints,
        "diagnostics": error.findings.as_deref().map(findings_value),
    })
}

/// A diagnostic in the shape that miette draws.
#[derive(Debug)]
struct Shown {
    diagnostic: Diagnostic,
    source: Option<NamedSource<String>>,
    related: Vec<LabeledSpan>,
}

impl Shown {
    fn new(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let main = diagnostic.span.as_ref();
        let source = main.and_then(|span| {
            let text = sources.text(&span.source)?;
            Some(NamedSource::new(span.source.as_str(), text.to_string()))
        });
        // miette draws one source; a place in another file is told in words by the message itself.
        let related = diagnostic
            .related
            .iter()
            .filter(|(span, _)| main.is_some_and(|main| main.source == span.source))
            .map(|(span, label)| {
                LabeledSpan::new(Some(label.clone()), span.start, span.end - span.start)
            })
            .collect();
        Self {
            diagnostic: diagnostic.clone(),
            source,
            related,
        }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.diagnostic.message)
    }
}

impl std::error::Error for Shown {}

impl miette::Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.diagnostic.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let hint = self.diagnostic.hint.as_ref()?;
        Some(Box::new(hint))
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.source
            .as_ref()
            .map(|source| source as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.source.as_ref()?;
        let span = self.diagnostic.span.as_ref()?;
        let place = SourceSpan::from((span.start, span.end - span.start));
        let reason = self
            .diagnostic
            .reason
            .clone()
            .or_else(|| self.diagnostic.path.clone());
        let main = LabeledSpan::new_primary_with_span(reason, place);
        Some(Box::new(
            std::iter::once(main).chain(self.related.iter().cloned()),
        ))
    }
}
