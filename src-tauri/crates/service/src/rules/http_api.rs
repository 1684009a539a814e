//! What holds between the routes of an HTTP API, its authorizers and the functions behind it.

use std::collections::HashMap;

use pilothouse_model::{Code, Diagnostic, Span};

use super::{conflict, place};
use crate::document::Node;
use crate::nearest;
use crate::types::{Event, Function, HttpApiEvent, RouteAuthorizer, Service};

/// The longest that an HTTP API waits for a function, in seconds.
const LONGEST: u32 = 30;

/// Checks every route.
pub(super) fn check(service: &Service, document: &Node, found: &mut Vec<Diagnostic>) {
    let mut known: HashMap<String, (String, Span)> = HashMap::new();
    for (key, function) in &service.functions {
        let mut has_route = false;
        for (at, event) in function.events.iter().enumerate() {
            let Event::HttpApi(route) = event else {
                continue;
            };
            has_route = true;
            let path = format!("functions.{key}.events.{at}.httpApi");
            authorizer(service, document, route, &path, found);
            let here = place(document, &path);
            let written = written(route);
            match known.get(&written) {
                Some((other, first)) => {
                    found.push(taken(&written, key, other, here, first, &path));
                }
                None => {
                    known.insert(written, (key.clone(), here));
                }
            }
        }
        if has_route {
            timeout(service, document, key, function, found);
        }
    }
}

fn written(route: &HttpApiEvent) -> String {
    if route.path == "*" {
        return "*".to_owned();
    }
    format!("{} {}", route.method, route.path)
}

/// A route has one function. Of two functions for everything else, the later counts.
fn taken(
    written: &str,
    key: &str,
    other: &str,
    here: Span,
    first: &Span,
    path: &str,
) -> Diagnostic {
    let message =
        format!("the route `{written}` of the function `{key}` is taken by the function `{other}`");
    let diagnostic = if written == "*" {
        Diagnostic::warning(
            Code::ConfigConflict,
            format!("{message}, and the later one counts"),
        )
    } else {
        Diagnostic::error(Code::ConfigConflict, message)
    };
    diagnostic
        .at(here)
        .path(path)
        .reason(format!("a second `httpApi` event for `{written}`"))
        .related(first.clone(), "the first one")
        .hint("Give one of them another method or path")
}

fn authorizer(
    service: &Service,
    document: &Node,
    route: &HttpApiEvent,
    path: &str,
    found: &mut Vec<Diagnostic>,
) {
    let api = &service.provider.http_api;
    let path = format!("{path}.authorizer");
    match &route.authorizer {
        Some(RouteAuthorizer::Named { name, .. }) if !api.authorizers.contains_key(name) => {
            let names = api.authorizers.keys().map(String::as_str);
            let hint = match nearest::of(name, names) {
                _ if name == "aws_iam" => {
                    "Write `authorizer: {type: aws_iam}` for signed requests".to_owned()
                }
                Some(near) => format!("Did you mean `{near}`?"),
                None if api.id.is_some() => {
                    "An API of another stack has authorizers of its own: write `id`".to_owned()
                }
                None => format!("Describe it: `provider.httpApi.authorizers.{name}`"),
            };
            found.push(conflict(
                document,
                &path,
                format!(
                    "`{path}`: there is no authorizer `{name}` in `provider.httpApi.authorizers`"
                ),
                &hint,
            ));
        }
        Some(RouteAuthorizer::Existing { .. }) if api.id.is_none() => {
            found.push(conflict(
                document,
                &path,
                format!("`{path}` names an authorizer by `id`, and the HTTP API is made by this stack"),
                "Describe the authorizer under `provider.httpApi.authorizers` and write its `name`, or name the API it belongs to: `provider.httpApi.id`",
            ));
        }
        _ => {}
    }
}

fn timeout(
    service: &Service,
    document: &Node,
    key: &str,
    function: &Function,
    found: &mut Vec<Diagnostic>,
) {
    let seconds = function.timeout.or(service.provider.timeout);
    let Some(seconds) = seconds.filter(|seconds| *seconds >= LONGEST) else {
        return;
    };
    let path = match function.timeout {
        Some(_) => format!("functions.{key}.timeout"),
        None => "provider.timeout".to_owned(),
    };
    found.push(
        Diagnostic::warning(
            Code::ConfigConflict,
            format!(
                "the function `{key}` may run for {seconds} seconds, and an HTTP API waits for {LONGEST} at most"
            ),
        )
        .at(place(document, &path))
        .path(path)
        .reason("a caller can be told of a failure although the function succeeds")
        .hint(format!("Write a `timeout` below {LONGEST}")),
    );
}
