//! What triggers a function, in words.

use pilothouse_service::types::{
    Event, Function, HttpAuthorizer, HttpEvent, Integration, RouteAuthorizer, ScheduleEvent,
};

use super::{EventView, Origins, gateways, messages, plain, rules};

/// The events of a function, in the order written; a schedule with several rates counts once for each.
pub(super) fn of_function(key: &str, function: &Function, origins: &Origins) -> Vec<EventView> {
    let mut found = Vec::new();
    for (number, event) in function.events.iter().enumerate() {
        let origin = origins.of_path(&format!("functions.{key}.events.{number}"));
        let view =
            |(kind, kind_words): (&str, &str), words: String, notes: Vec<String>| EventView {
                function: key.to_owned(),
                kind: kind.to_owned(),
                kind_words: kind_words.to_owned(),
                words,
                notes,
                origin: origin.clone(),
            };
        match event {
            Event::Http(event) => {
                found.push(view(
                    ("http", "REST API"),
                    rest_words(event),
                    rest_notes(event),
                ));
            }
            Event::HttpApi(event) => {
                let notes = event.authorizer.as_ref().map(route_judged_by);
                let notes = notes.into_iter().collect();
                let words = http_words(&event.method, &event.path);
                found.push(view(("httpApi", "HTTP API"), words, notes));
            }
            Event::Schedule(event) => {
                let notes = schedule_notes(event);
                let rates = event.rates.iter().map(plain);
                found.extend(rates.map(|rate| view(("schedule", "Schedule"), rate, notes.clone())));
            }
            other => found.push(
                match messages::words(other)
                    .or_else(|| rules::words(other))
                    .or_else(|| gateways::words(other))
                {
                    Some(event) => {
                        let notes = event.notes.into_iter().map(str::to_owned).collect();
                        view((event.kind, event.kind_words), event.words, notes)
                    }
                    None => view(("other", "Event"), String::new(), Vec::new()),
                },
            ),
        }
    }
    found
}

const SIGNED: &str = "signed requests only";

/// `GET /hello`.
pub(super) fn rest_words(event: &HttpEvent) -> String {
    format!("{} /{}", event.method.to_uppercase(), event.path)
}

/// `GET /notes/{id}`; `ANY *` is everything.
pub(super) fn http_words(method: &str, path: &str) -> String {
    let method = if method == "*" { "ANY" } else { method };
    if path == "*" {
        format!("{method} every path")
    } else {
        format!("{method} {path}")
    }
}

fn rest_notes(event: &HttpEvent) -> Vec<String> {
    let does = match event.integration {
        Integration::Http | Integration::HttpProxy => Some("goes on to another address"),
        Integration::Mock => Some("answered by the API itself"),
        _ => None,
    };
    let notes = [
        (event.private, "API key"),
        (event.asynchronous, "answers at once"),
        (event.cors.is_some(), "CORS"),
    ];
    let notes = notes.into_iter().filter(|(holds, _)| *holds);
    event
        .authorizer
        .as_ref()
        .map(judged_by)
        .into_iter()
        .chain(does.map(str::to_owned))
        .chain(notes.map(|(_, note)| note.to_owned()))
        .collect()
}

/// Who lets callers in.
fn judged_by(authorizer: &HttpAuthorizer) -> String {
    match authorizer {
        HttpAuthorizer::Made(made) if made.is_user_pool() => {
            format!("users of {} only", made.name)
        }
        HttpAuthorizer::Made(made) => format!("let in by {}", made.name),
        HttpAuthorizer::Existing { .. } => "let in by an authorizer".to_owned(),
        _ => SIGNED.to_owned(),
    }
}

fn route_judged_by(authorizer: &RouteAuthorizer) -> String {
    match authorizer {
        RouteAuthorizer::AwsIam => SIGNED.to_owned(),
        RouteAuthorizer::Named { name, .. } => format!("let in by {name}"),
        RouteAuthorizer::Existing { .. } => "let in by an authorizer".to_owned(),
    }
}

fn schedule_notes(event: &ScheduleEvent) -> Vec<String> {
    if event.enabled == Some(false) {
        vec!["disabled".to_owned()]
    } else {
        Vec::new()
    }
}
