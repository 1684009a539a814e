//! What holds between the routes of a WebSocket API.

use std::collections::HashMap;

use pilothouse_model::{Code, Diagnostic};

use super::place;
use crate::document::Node;
use crate::types::{Event, Service};

/// Checks every route.
pub(super) fn check(service: &Service, document: &Node, found: &mut Vec<Diagnostic>) {
    let mut known: HashMap<&str, (&str, String)> = HashMap::new();
    for (key, function) in &service.functions {
        for (at, event) in function.events.iter().enumerate() {
            let Event::Websocket(event) = event else {
                continue;
            };
            let path = format!("functions.{key}.events.{at}.websocket");
            let route = event.route.as_str();
            let fits = |letter: char| letter.is_ascii_alphanumeric() || "$/-_.".contains(letter);
            if !route.chars().all(fits) {
                found.push(
                    Diagnostic::warning(
                        Code::ConfigConflict,
                        format!("the route `{route}` of the function `{key}` gives its resource a name that CloudFormation refuses"),
                    )
                    .at(place(document, &path))
                    .path(path.clone())
                    .hint("Use letters, digits and `$/-_.` alone"),
                );
            }
            match known.get(route) {
                Some((other, first)) => found.push(
                    Diagnostic::warning(
                        Code::ConfigConflict,
                        format!("the route `{route}` of the function `{key}` is taken by the function `{other}`, and the later one counts"),
                    )
                    .at(place(document, &path))
                    .path(path)
                    .related(place(document, first), "the first one")
                    .hint("Give one of them another route"),
                ),
                None => {
                    known.insert(route, (key, path));
                }
            }
        }
    }
}
