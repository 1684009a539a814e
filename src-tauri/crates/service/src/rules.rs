//! What holds between several parts of a service.

mod alb;
mod cloud_front;
mod event_rules;
mod http_api;
mod images;
mod messages;
mod stack;
mod websocket;

use pilothouse_model::{Code, Diagnostic, Span};

use crate::document::Node;
use crate::types::{Event, Service};

/// Checks a service whose parts were read.
pub(crate) fn check(service: &Service, document: &Node) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    http_api::check(service, document, &mut found);
    for (name, function) in &service.functions {
        for event in &function.events {
            if let Event::Schedule(schedule) = event
                && schedule.rates.len() > 1
                && schedule.name.is_some()
            {
                let path = format!("functions.{name}.events");
                found.push(conflict(
                    document,
                    &path,
                    format!("a schedule of the function `{name}` has a name and several rates"),
                    "Give each rate a schedule of its own, or leave out the name",
                ));
            }
        }
    }
    messages::check(service, document, &mut found);
    event_rules::check(service, document, &mut found);
    websocket::check(service, document, &mut found);
    alb::check(service, document, &mut found);
    cloud_front::check(service, document, &mut found);
    images::check(service, document, &mut found);
    stack::check(service, document, &mut found);
    stage(service, document, &mut found);
    framework_version(document, &mut found);
    deployment_method(document, &mut found);
    found
}

fn conflict(document: &Node, path: &str, message: String, hint: &str) -> Diagnostic {
    Diagnostic::error(Code::ConfigConflict, message)
        .at(place(document, path))
        .path(path)
        .hint(hint)
}

/// Where a configuration path stands, or as much of it as there is.
pub(crate) fn place(document: &Node, path: &str) -> Span {
    let mut node = document;
    for name in path.split('.') {
        let next = match node.as_sequence() {
            Some(nodes) => name.parse::<usize>().ok().and_then(|at| nodes.get(at)),
            None => node.get(name),
        };
        match next {
            Some(next) => node = next,
            None => break,
        }
    }
    node.span.clone()
}

/// A stage of a REST API has a narrower alphabet than a stage of Serverless.
fn stage(service: &Service, document: &Node, found: &mut Vec<Diagnostic>) {
    let has_http = service
        .functions
        .values()
        .flat_map(|function| &function.events)
        .any(|event| matches!(event, Event::Http(_)));
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    if has_http && !service.stage.chars().all(fits) {
        found.push(conflict(
            document,
            "provider.stage",
            format!(
                "the stage `{}` cannot be the stage of a REST API",
                service.stage
            ),
            "Use letters, digits, hyphens and underscores alone",
        ));
    }
}

fn framework_version(document: &Node, found: &mut Vec<Diagnostic>) {
    let Some(node) = document.get("frameworkVersion") else {
        return;
    };
    let Some(text) = node.to_text() else { return };
    let exact = text.trim_start_matches(['^', '~', '=', 'v', ' ']);
    let major = exact.split(['.', ' ', '-']).next().unwrap_or_default();
    if major.parse::<u32>().is_ok_and(|major| major != 3) {
        found.push(
            Diagnostic::warning(
                Code::ConfigConflict,
                format!(
                    "the file is written for version {text} of Serverless, and is read as version 3"
                ),
            )
            .at(node.span.clone())
            .path("frameworkVersion")
            .hint(
                "Write `frameworkVersion: '3'` once you have checked that it means the same there",
            ),
        );
    }
}

/// Nothing is deployed that was not shown before, which takes a change set.
fn deployment_method(document: &Node, found: &mut Vec<Diagnostic>) {
    let method = document
        .get("provider")
        .and_then(|provider| provider.get("deploymentMethod"));
    if let Some(node) = method.filter(|node| node.as_text() == Some("direct")) {
        found.push(
            Diagnostic::warning(
                Code::ConfigConflict,
                "`deploymentMethod: direct` has no effect: every deploy is a change set",
            )
            .at(node.span.clone())
            .path("provider.deploymentMethod")
            .hint("Write `changesets`, or leave it out"),
        );
    }
}
