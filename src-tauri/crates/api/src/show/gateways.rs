//! Events of WebSocket APIs, load balancers and CloudFront, in words and in the drawing.

use pilothouse_service::Service;
use pilothouse_service::types::{AlbConditions, AlbEvent, CloudFrontEvent, Event};
use pilothouse_template::naming;

use super::messages::Words;

/// The words of an event; none when it is of another kind.
pub(super) fn words(event: &Event) -> Option<Words> {
    let (kind, kind_words, words, notes) = match event {
        Event::Websocket(event) => {
            let mut notes = Vec::new();
            if event.authorizer.is_some() {
                notes.push("let in by an authorizer");
            }
            if event.responds {
                notes.push("answers");
            }
            ("websocket", "WebSocket", event.route.clone(), notes)
        }
        Event::Alb(event) => {
            let mut notes = Vec::new();
            if !event.authorizers.is_empty() {
                notes.push("signed-in users only");
            }
            if event.health_check.is_some() {
                notes.push("health is checked");
            }
            ("alb", "Load balancer", requests(&event.conditions), notes)
        }
        Event::CloudFront(event) => ("cloudFront", "CloudFront", call(event), Vec::new()),
        _ => return None,
    };
    Some(Words {
        kind,
        kind_words,
        words,
        notes,
    })
}

/// Which requests a load balancer passes on.
fn requests(conditions: &AlbConditions) -> String {
    let lists = [&conditions.method, &conditions.host, &conditions.path];
    let mut parts: Vec<String> = lists
        .into_iter()
        .flatten()
        .map(|values| values.join(", "))
        .collect();
    let others = [
        (conditions.header.is_some(), "by header"),
        (conditions.query.is_some(), "by parameter"),
        (conditions.ip.is_some(), "by address"),
    ];
    let others = others.into_iter().filter(|(written, _)| *written);
    parts.extend(others.map(|(_, words)| words.to_owned()));
    parts.join(" ")
}

fn call(event: &CloudFrontEvent) -> String {
    let when = event.event_type.as_deref().unwrap_or("requests");
    match &event.path_pattern {
        Some(pattern) => format!("{when} of {pattern}"),
        None => when.to_owned(),
    }
}

/// What stands between the internet and a function: its node, its name, a note on it, and what the arrow to it says.
pub(super) struct Gateway {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) note: &'static str,
    pub(super) scheme: &'static str,
}

/// The gateway of an event; none when it is of another kind.
pub(super) fn gateway(service: &Service, event: &Event) -> Option<Gateway> {
    let (id, label, note, scheme) = match event {
        Event::Websocket(_) => (
            "websocketApi".to_owned(),
            naming::websocket_api_name(service),
            "WebSocket API",
            "WSS",
        ),
        Event::Alb(event) => {
            let balancer = balancer(event);
            (
                format!("alb:{balancer}"),
                balancer,
                "Load balancer",
                "HTTP(S)",
            )
        }
        Event::CloudFront(_) => (
            "cloudFront".to_owned(),
            "CloudFront".to_owned(),
            "Distribution",
            "HTTPS",
        ),
        _ => return None,
    };
    Some(Gateway {
        id,
        label,
        note,
        scheme,
    })
}

/// The load balancer's name as its listener's ARN says it, or the listener's name in the template.
fn balancer(event: &AlbEvent) -> String {
    let arn = event.listener.as_str().unwrap_or_default();
    let mut parts = arn.rsplit('/').skip(2);
    let named = parts.next().filter(|name| !name.is_empty());
    let listener = event.balancer_and_listener().map(|(balancer, _)| balancer);
    named.or(listener).unwrap_or("load balancer").to_owned()
}
