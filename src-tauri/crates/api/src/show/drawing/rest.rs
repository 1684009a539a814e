//! The REST API in a drawing: who can reach it, what its methods lead to, and who lets callers in.

use pilothouse_model::Template;
use pilothouse_service::Service;
use pilothouse_service::types::{HttpAuthorizer, HttpEvent, Judge};
use pilothouse_template::naming;

use super::{INTERNET, REST, named, of_function, of_resource};
use crate::show::{Drawing, NodeKind, events, plain};

/// Draws what an `http` event of a function asks for.
pub(super) fn draw(
    drawing: &mut Drawing,
    service: &Service,
    template: &Template,
    key: &str,
    event: &HttpEvent,
) {
    reach(drawing, service);
    let words = events::rest_words(event);
    if let Some(uri) = event.request.uri.as_ref() {
        let address = plain(uri);
        let id = format!("address:{address}");
        drawing.node(&id, NodeKind::Other, host(&address), "outside this service");
        drawing.edge(REST, &id, &words);
    } else if event.integration != pilothouse_service::types::Integration::Mock {
        drawing.edge(REST, &of_function(key), &words);
    }
    if let Some(HttpAuthorizer::Made(made)) = &event.authorizer {
        judge(drawing, template, &made.name, &made.judge);
    }
}

/// The API, and from where it can be called.
fn reach(drawing: &mut Drawing, service: &Service) {
    let provider = &service.provider;
    let private = provider
        .endpoint_type
        .as_deref()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("private"));
    let (from, label, note) = if private {
        ("network", "Private network", "what is in the VPC")
    } else {
        (INTERNET, "Internet", "anyone who knows the address")
    };
    drawing.node(from, NodeKind::Internet, label, note);
    match &provider.api_gateway.rest_api_id {
        Some(id) => drawing.node(REST, NodeKind::Api, &plain(id), "REST API of another stack"),
        None => {
            let name = naming::rest_api_name(service);
            drawing.node(REST, NodeKind::Api, &name, "REST API");
        }
    }
    drawing.edge(from, REST, "HTTPS");
}

fn judge(drawing: &mut Drawing, template: &Template, name: &str, judge: &Judge) {
    const WORDS: &str = "asks who is let in";
    let value = match judge {
        Judge::Function(key) => {
            drawing.edge(REST, &of_function(key), WORDS);
            return;
        }
        Judge::Arn(value) => value,
    };
    let within = named(value)
        .into_iter()
        .find_map(|id| of_resource(template, &id).map(|(kind, label)| (id, kind, label)));
    let (id, kind, label) =
        within.unwrap_or_else(|| (plain(value), NodeKind::Other, name.to_owned()));
    drawing.node(&id, kind, &label, "lets callers in");
    drawing.edge(REST, &id, WORDS);
}

/// `https://example.com/{proxy}` is `example.com`.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}
