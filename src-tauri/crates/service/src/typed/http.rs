//! `http` events.

use indexmap::IndexMap;

use super::reader::{At, Reader};
use crate::document::Content;
use crate::types::{
    Cors, HttpAuthorizer, HttpEvent, HttpRequest, HttpResponse, Integration, RequestParameter,
    ResponseTemplate, StatusCode,
};

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
    Some(HttpEvent {
        path: one_slash_less(&path),
        method: method_of(&method),
        cors: cors(reader, at.get("cors")),
        private: reader.truth(at.get("private")).unwrap_or_default(),
        asynchronous: reader.truth(at.get("async")).unwrap_or_default(),
        integration: integration(reader, at),
        authorizer: authorizer(reader, at.get("authorizer")),
        request: request(reader, at.get("request")),
        response: at
            .get("response")
            .map(|response| self::response(reader, &response)),
        operation_id: reader.text(at.get("operationId")),
        timeout_in_millis: None,
    })
}

/// A path without the slash at each end.
fn one_slash_less(path: &str) -> String {
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
        "http" | "http-proxy" | "mock" => {
            reader.not_yet(
                &written,
                &format!("the integration `{word}`"),
                "Use `lambda-proxy` or `lambda`",
            );
            Integration::default()
        }
        _ => {
            reader.refuse(&written, "`lambda-proxy` or `lambda`");
            Integration::default()
        }
    }
}

fn authorizer(reader: &mut Reader, at: Option<At<'_>>) -> Option<HttpAuthorizer> {
    let at = at?;
    let kind = match at.node.as_text() {
        Some(text) => Some(text.to_owned()),
        None => reader.text(at.get("type")),
    };
    if kind.is_some_and(|kind| kind.eq_ignore_ascii_case("aws_iam")) {
        return Some(HttpAuthorizer::AwsIam);
    }
    reader.not_yet(
        &at,
        "an authorizer other than `aws_iam`",
        "Use `authorizer: aws_iam`, or none",
    );
    None
}

fn cors(reader: &mut Reader, at: Option<At<'_>>) -> Option<Cors> {
    let at = at?;
    match &at.node.content {
        Content::Bool(allowed) => allowed.then(Cors::default),
        Content::Mapping(_) => {
            let origins = reader.texts(at.get("origins"));
            let origin = reader.text(at.get("origin"));
            Some(Cors {
                origin: if origins.is_empty() {
                    origin
                } else {
                    Some(origins.join(","))
                },
                headers: reader.texts_if(at.get("headers")),
                methods: reader.texts_if(at.get("methods")),
                allow_credentials: reader.truth(at.get("allowCredentials")).unwrap_or_default(),
                max_age: reader.whole(at.get("maxAge")),
                cache_control: reader.text(at.get("cacheControl")),
            })
        }
        _ => {
            reader.refuse(&at, "true, false or a mapping");
            None
        }
    }
}

fn request(reader: &mut Reader, at: Option<At<'_>>) -> HttpRequest {
    let Some(at) = at else {
        return HttpRequest::default();
    };
    HttpRequest {
        template: reader.texts_by_name(at.get("template")),
        pass_through: reader.text(at.get("passThrough")),
        content_handling: reader.text(at.get("contentHandling")),
        parameters: parameters(reader, at.get("parameters")),
    }
}

fn parameters(reader: &mut Reader, at: Option<At<'_>>) -> IndexMap<String, RequestParameter> {
    let mut read = IndexMap::new();
    let Some(at) = at else { return read };
    for (group, place) in [
        ("querystrings", "querystring"),
        ("paths", "path"),
        ("headers", "header"),
    ] {
        for (name, at) in reader.entries(at.get(group)) {
            let parameter = match &at.node.content {
                Content::Bool(required) => RequestParameter {
                    required: *required,
                    mapped_value: None,
                },
                Content::Mapping(_) => RequestParameter {
                    required: reader.truth(at.get("required")).unwrap_or_default(),
                    mapped_value: reader.text(at.get("mappedValue")),
                },
                _ => {
                    reader.refuse(&at, "true, false or a mapping");
                    continue;
                }
            };
            read.insert(format!("method.request.{place}.{name}"), parameter);
        }
    }
    read
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
