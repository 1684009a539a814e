//! What holds between `cloudFront` events: all of them make one distribution.

use std::collections::BTreeSet;

use pilothouse_model::{Code, Diagnostic};

use super::{conflict, place};
use crate::document::Node;
use crate::nearest;
use crate::types::{CachePolicy, CloudFrontEvent, Event, Function, Service};

/// The only Region whose functions CloudFront takes.
const REGION: &str = "us-east-1";

/// An event, and whose it is.
struct Called<'a> {
    function: &'a str,
    event: &'a CloudFrontEvent,
    origin: String,
    path: String,
}

/// Checks every event of every function.
pub(super) fn check(service: &Service, document: &Node, found: &mut Vec<Diagnostic>) {
    let mut calls: Vec<Called<'_>> = Vec::new();
    for (key, function) in &service.functions {
        for (at, event) in function.events.iter().enumerate() {
            let Event::CloudFront(event) = event else {
                continue;
            };
            let path = format!("functions.{key}.events.{at}.cloudFront");
            limits(document, key, function, event, found);
            let call = Called {
                function: key,
                event,
                origin: event.origin.id(),
                path,
            };
            among(document, &calls, &call, found);
            calls.push(call);
        }
        architecture(service, document, key, function, found);
    }
    policies(service, document, &calls, found);
    let Some(first) = calls.first() else { return };
    if service.region != REGION {
        found.push(conflict(
            document,
            &first.path,
            format!(
                "`{}`: CloudFront takes functions of {REGION} alone, and this service is deployed to {}",
                first.path, service.region
            ),
            "Deploy it to us-east-1: `provider.region: us-east-1`",
        ));
    }
    default_origin(document, &calls, found);
}

/// What functions at the edge may have.
fn limits(
    document: &Node,
    key: &str,
    function: &Function,
    event: &CloudFrontEvent,
    found: &mut Vec<Diagnostic>,
) {
    let kind = event.event_type.as_deref();
    let (memory, seconds) = match kind {
        Some("origin-request" | "origin-response") => (10_240, 30),
        _ => (128, 5),
    };
    let words = kind.unwrap_or("viewer-request");
    for (name, value, most, unit) in [
        ("memorySize", function.memory_size, memory, "MB"),
        ("timeout", function.timeout, seconds, "seconds"),
    ] {
        let Some(value) = value.filter(|value| *value > most) else {
            continue;
        };
        let path = format!("functions.{key}.{name}");
        found.push(conflict(
            document,
            &path,
            format!(
                "`{path}` is {value}, and CloudFront allows a function {most} {unit} at most for {words}"
            ),
            &format!("Write {most} or less, or leave `{name}` out"),
        ));
    }
}

/// AWS refuses it, at the end of a deploy.
fn architecture(
    service: &Service,
    document: &Node,
    key: &str,
    function: &Function,
    found: &mut Vec<Diagnostic>,
) {
    let is_at_edge = function
        .events
        .iter()
        .any(|event| matches!(event, Event::CloudFront(_)));
    let own = function.architecture.as_deref();
    let architecture = own.or(service.provider.architecture.as_deref());
    if !is_at_edge || architecture != Some("arm64") {
        return;
    }
    let path = match own {
        Some(_) => format!("functions.{key}.architecture"),
        None => "provider.architecture".to_owned(),
    };
    found.push(
        Diagnostic::warning(
            Code::ConfigConflict,
            format!("the function `{key}` is for arm64, and CloudFront runs x86_64 alone"),
        )
        .at(place(document, &path))
        .path(path)
        .reason("AWS refuses the distribution")
        .hint("Give the function `architecture: x86_64`"),
    );
}

/// What an event may not have in common with those before it.
fn among(document: &Node, before: &[Called<'_>], call: &Called<'_>, found: &mut Vec<Diagnostic>) {
    let pattern = |call: &Called<'_>| call.event.path_pattern.clone();
    let paths = || match pattern(call) {
        Some(pattern) => format!("paths `{pattern}`"),
        None => "all other paths".to_owned(),
    };
    let alike = before
        .iter()
        .filter(|other| pattern(other) == pattern(call));
    for other in alike {
        if other.origin != call.origin {
            found.push(
                conflict(
                    document,
                    &call.path,
                    format!(
                        "`{}`: {} are answered by the origin `{}` already, and cannot be answered by `{}` too",
                        call.path, paths(), other.origin, call.origin
                    ),
                    "Give one of the two another `pathPattern`",
                )
                .related(place(document, &other.path), "the first one"),
            );
            return;
        }
        let same =
            other.function == call.function && other.event.include_body == call.event.include_body;
        if other.event.event_type == call.event.event_type && !same {
            found.push(
                conflict(
                    document,
                    &call.path,
                    format!(
                        "`{}`: the function `{}` is called for `{}` of {} already",
                        call.path,
                        other.function,
                        call.event.event_type.as_deref().unwrap_or_default(),
                        paths()
                    ),
                    "Give one of the two another `eventType` or `pathPattern`",
                )
                .related(place(document, &other.path), "the first one"),
            );
            return;
        }
    }
}

/// Which origin answers what no path is written for.
fn default_origin(document: &Node, calls: &[Called<'_>], found: &mut Vec<Diagnostic>) {
    let mut chosen = calls.iter().filter(|call| call.event.is_default_origin);
    if let Some(first) = chosen.next() {
        if let Some(second) = chosen.find(|call| call.origin != first.origin) {
            found.push(
                conflict(
                    document,
                    &second.path,
                    format!(
                        "`{}`: `isDefaultOrigin` is written for `{}` already",
                        second.path, first.origin
                    ),
                    "Keep `isDefaultOrigin` for one origin",
                )
                .related(place(document, &first.path), "the first one"),
            );
        }
        return;
    }
    let origins: BTreeSet<&str> = calls.iter().map(|call| call.origin.as_str()).collect();
    let has_rest = calls.iter().any(|call| call.event.path_pattern.is_none());
    if let Some(first) = calls.first()
        && !has_rest
        && origins.len() > 1
    {
        found.push(conflict(
            document,
            &first.path,
            format!(
                "`{}`: there are several origins, and none is for paths that no `pathPattern` names",
                first.path
            ),
            "Write `isDefaultOrigin: true` in one event, or leave its `pathPattern` out",
        ));
    }
}

fn policies(service: &Service, document: &Node, calls: &[Called<'_>], found: &mut Vec<Diagnostic>) {
    let known = &service.provider.cloud_front.cache_policies;
    let mut used = BTreeSet::new();
    for call in calls {
        let Some(CachePolicy::Name(name)) = &call.event.cache_policy else {
            continue;
        };
        used.insert(name);
        if !known.contains_key(name) {
            let path = format!("{}.cachePolicy.name", call.path);
            let hint = match nearest::of(name, known.keys().map(String::as_str)) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Describe it: `provider.cloudFront.cachePolicies.{name}`"),
            };
            let message = format!(
                "`{path}`: there is no policy `{name}` in `provider.cloudFront.cachePolicies`"
            );
            found.push(conflict(document, &path, message, &hint));
        }
    }
    for name in known.keys().filter(|name| !used.contains(name)) {
        let path = format!("provider.cloudFront.cachePolicies.{name}");
        found.push(
            Diagnostic::warning(
                Code::ConfigConflict,
                format!("`{path}` is used by no `cloudFront` event"),
            )
            .at(place(document, &path))
            .path(path)
            .hint(format!(
                "Write `cachePolicy: {{name: {name}}}` in an event, or remove it"
            )),
        );
    }
}
