//! `http` events.

mod authorizer;
mod request;

use indexmap::IndexMap;

use super::reader::{At, Reader};
use crate::document::Content;
use crate::types::{Cors, HttpEvent, HttpResponse, Integration, ResponseTemplate, StatusCode};

pub(super) fn read(reader: &mut Reader, at: &At<'_>) -> Option<HttpEvent> {
    if let Some(route) = at.node.as_text() {
        let Some((method, path)) = route.split_once(' ') else {
            reader.refuse(at, "a method and a path, such as `GET /hello`");
            return None;
        };
        return Some(HttpEvent {
            path: one_slash_less(path),
            method: method_of(method),
            ..HttpEvent::default()
        });
    }
    if at.get("path").is_none() || at.get("method").is_none() {
        reader.refuse(at, "`GET /hello`, or a mapping with `path` and `method`");
        return None;
    }
    let path = reader.text(at.get("path"))?;
    let method = reader.text(at.get("method"))?;
    let integration = integration(reader, at);
    let connection_type = connection_type(reader, at, integration);
    Some(HttpEvent {
        path: one_slash_less(&path),
        method: method_of(&method),
        cors: cors(reader, at.get("cors")),
        private: reader.truth(at.get("private")).unwrap_or_default(),
        asynchronous: reader.truth(at.get("async")).unwrap_or_default(),
        integration,
        authorizer: authorizer::read(reader, at.get("authorizer")),
        claims: authorizer::claims(reader, at.get("authorizer"), integration),
        request: request::read(reader, at, integration),
        connection_id: connection_type
            .is_some()
            .then(|| reader.text_or_function(at.get("connectionId")))
            .flatten(),
        connection_type,
        response: response_of(reader, at, integration),
        operation_id: reader.text(at.get("operationId")),
    })
}

/// A path without the slash at each end.
pub(super) fn one_slash_less(path: &str) -> String {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.strip_suffix('/').unwrap_or(path).to_owned()
}

fn method_of(method: &str) -> String {
    match method.to_lowercase().as_str() {
        "*" => "any".to_owned(),
        method => method.to_owned(),
    }
}

fn integration(reader: &mut Reader, at: &At<'_>) -> Integration {
    let Some(written) = at.get("integration") else {
        let asynchronous = at
            .get("async")
            .is_some_and(|at| at.node.content == Content::Bool(true));
        // Only a request that is not answered can go on without waiting.
        return if asynchronous {
            Integration::Lambda
        } else {
            Integration::LambdaProxy
        };
    };
    let word = reader.text(Some(written.clone())).unwrap_or_default();
    match word.to_lowercase().replace('_', "-").as_str() {
        "lambda" | "aws" => Integration::Lambda,
        "lambda-proxy" | "aws-proxy" => Integration::LambdaProxy,
        "http" => Integration::Http,
        "http-proxy" => Integration::HttpProxy,
        "mock" => Integration::Mock,
        _ => {
            reader.refuse(
                &written,
                "`lambda-proxy`, `lambda`, `http-proxy`, `http` or `mock`",
            );
            Integration::default()
        }
    }
}

fn cors(reader: &mut Reader, at: Option<At<'_>>) -> Option<Cors> {
    let at = at?;
    match &at.node.content {
        Content::Bool(allowed) => allowed.then(Cors::default),
        Content::Mapping(_) => Some(Cors {
            origin: reader.text(at.get("origin")),
            origins: reader.texts(at.get("origins")),
            headers: reader.texts_if(at.get("headers")),
            methods: reader.texts_if(at.get("methods")),
            allow_credentials: reader.truth(at.get("allowCredentials")).unwrap_or_default(),
            max_age: reader.whole(at.get("maxAge")),
            cache_control: reader.text(at.get("cacheControl")),
        }),
        _ => {
            reader.refuse(&at, "true, false or a mapping");
            None
        }
    }
}

/// The proxy integrations hand the answer through as it is.
fn response_of(reader: &mut Reader, at: &At<'_>, integration: Integration) -> Option<HttpResponse> {
    let response = at.get("response")?;
    if !integration.is_mapped() {
        let message = format!(
            "`{}` has no effect: a proxy integration hands the answer through",
            response.path
        );
        reader.warn(
            &response,
            message,
            "Remove it, or write `integration: lambda`",
        );
        return None;
    }
    Some(self::response(reader, &response))
}

/// How the `http` integrations connect, in AWS's spelling.
fn connection_type(reader: &mut Reader, at: &At<'_>, integration: Integration) -> Option<String> {
    if !integration.is_http() {
        return None;
    }
    let written = at.get("connectionType")?;
    let kind = reader.text(Some(written.clone()))?;
    let kind = kind.to_uppercase().replacen('-', "_", 1);
    if kind == "VPC_LINK" && at.get("connectionId").is_none() {
        reader.conflict(
            &written,
            format!(
                "`{}` asks for a VPC link, but `connectionId` is missing",
                written.path
            ),
            "Write the link's id beside it: `connectionId: abc123`",
        );
    }
    Some(kind)
}

fn response(reader: &mut Reader, at: &At<'_>) -> HttpResponse {
    let mut status_codes: IndexMap<String, StatusCode> = reader
        .entries(at.get("statusCodes"))
        .into_iter()
        .map(|(code, at)| {
            let status = StatusCode {
                pattern: reader.text(at.get("pattern")),
                template: template(reader, at.get("template")),
                headers: reader.texts_by_name(at.get("headers")),
            };
            (code, status)
        })
        .collect();
    if status_codes.is_empty() && at.get("statusCodes").is_some() {
        let success = StatusCode {
            pattern: Some(String::new()),
            ..StatusCode::default()
        };
        status_codes.insert("200".to_owned(), success);
    }
    // JavaScript gives the numbers among an object's keys in ascending order.
    status_codes.sort_by(|one, _, other, _| one.cmp(other));
    HttpResponse {
        headers: reader.texts_by_name(at.get("headers")),
        template: template(reader, at.get("template")),
        content_handling: reader.text(at.get("contentHandling")),
        status_codes,
    }
}

fn template(reader: &mut Reader, at: Option<At<'_>>) -> Option<ResponseTemplate> {
    let at = at?;
    if at.node.as_mapping().is_some() {
        return Some(ResponseTemplate::ByType(reader.texts_by_name(Some(at))));
    }
    reader.text(Some(at)).map(ResponseTemplate::One)
}
