//! Failures in the window's words.

use pilothouse_api::error::Findings;
use pilothouse_api::show::Origins;
use pilothouse_api::{ApiError, words};
use pilothouse_model::{Diagnostic, Severity, Sources, StackEventRecord};

use crate::wire::{FailedResource, Failure, Finding, FindingPlace, Problem, count, moment};

impl From<ApiError> for Problem {
    fn from(error: ApiError) -> Self {
        Self::of(&error, None)
    }
}

impl Problem {
    /// A failure, its resources with the lines that ask for them where those are known.
    pub(crate) fn of(error: &ApiError, origins: Option<&Origins>) -> Self {
        Self {
            code: error.code.as_str(),
            kind: error.kind,
            title: error.title.clone(),
            detail: error.detail.as_deref().map(Into::into),
            hints: error.hints.clone(),
            retry: error.retry,
            findings: error
                .findings
                .as_deref()
                .map(findings)
                .unwrap_or_default()
                .into(),
            failure: error
                .failure
                .as_deref()
                .map(|failure| Box::new(of_failure(failure, origins))),
            consent: error.consent.clone(),
        }
    }
}

/// What is worth knowing about a project's files; errors first, each kind in the order of the file.
pub(crate) fn findings(found: &Findings) -> Vec<Finding> {
    let mut all: Vec<Finding> = found
        .diagnostics
        .0
        .iter()
        .map(|diagnostic| finding(diagnostic, &found.sources))
        .collect();
    all.sort_by_key(|one| !one.is_error);
    all
}

pub(crate) fn finding(diagnostic: &Diagnostic, sources: &Sources) -> Finding {
    Finding {
        code: diagnostic.code.as_str().to_owned(),
        is_error: diagnostic.severity == Severity::Error,
        message: diagnostic.message.clone(),
        place: place(diagnostic, sources),
        path: diagnostic.path.clone(),
        reason: diagnostic.reason.clone(),
        hint: diagnostic.hint.clone(),
    }
}

fn place(diagnostic: &Diagnostic, sources: &Sources) -> Option<FindingPlace> {
    let span = diagnostic.span.as_ref()?;
    let position = sources.position(span)?;
    let text = sources.text(&span.source)?;
    // A text that ends too early is wrong after its last line.
    let line = text
        .lines()
        .nth(position.line.checked_sub(1)?)
        .unwrap_or_default();
    // A span of several lines is marked to the end of its first.
    let rest = line.chars().count().saturating_sub(position.column - 1);
    let meant = text
        .get(span.start..span.end)
        .map_or(1, |meant| meant.chars().count());
    Some(FindingPlace {
        file: span.source.as_str().to_owned(),
        line: count(position.line),
        column: count(position.column),
        text: line.to_owned(),
        length: count(meant.min(rest).max(1)),
    })
}

fn of_failure(failure: &pilothouse_api::error::Failure, origins: Option<&Origins>) -> Failure {
    let resource = |record: &StackEventRecord| FailedResource {
        logical_id: record.logical_id.clone(),
        resource_type: record.resource_type.clone(),
        type_words: words::of_type(&record.resource_type),
        status: record.status.clone(),
        reason: record.reason.clone(),
        at: moment(record.at),
        origin: origins.and_then(|origins| origins.of_resource(&record.logical_id)),
    };
    Failure {
        stack: failure.stack.clone(),
        status: failure.status.clone(),
        rolled_back: failure.rolled_back(),
        first: failure.first.as_ref().map(resource),
        also: failure.also.iter().map(resource).collect(),
        remains: failure.remains.clone(),
    }
}
