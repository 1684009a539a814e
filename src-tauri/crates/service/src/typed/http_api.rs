//! `httpApi` events and `provider.httpApi`.

use serde_json::Value;

use super::reader::{At, Reader};
use crate::document::Content;
use crate::schema::is_function;
use crate::types::{
    Event, HttpApi, HttpApiAuthorizer, HttpApiAuthorizerKind, HttpApiCors, HttpApiEvent,
    HttpApiLogs, Judge, RouteAuthorizer,
};

/// Reads those of an item of `events`.
pub(super) fn read(reader: &mut Reader, item: &At<'_>, events: &mut Vec<Event>) {
    if let Some(at) = item.get("httpApi") {
        events.extend(event(reader, &at).map(Event::HttpApi));
    }
}

fn event(reader: &mut Reader, at: &At<'_>) -> Option<HttpApiEvent> {
    if let Some(route) = at.node.as_text() {
        let event = of_text(route);
        if event.is_none() {
            reader.refuse(at, "a method and a path, such as `GET /hello`, or `*`");
        }
        return event;
    }
    let Some(path) = reader.text(at.get("path")) else {
        if at.get("path").is_none() {
            reader.refuse(
                at,
                "a method and a path, such as `GET /hello`, or a mapping with `path`",
            );
        }
        return None;
    };
    let method = reader.words(at.get("method"));
    check_method(reader, at, &path, method.as_deref());
    let authorizer = at
        .get("authorizer")
        .and_then(|at| route_authorizer(reader, &at));
    Some(HttpApiEvent {
        method: any_or(method.as_deref().unwrap_or("*")),
        path,
        authorizer,
    })
}

/// `*` as a path is every request, whatever the method; everywhere else the method must be said.
fn check_method(reader: &mut Reader, at: &At<'_>, path: &str, method: Option<&str>) {
    match method {
        Some(method) if path == "*" && method != "*" => reader.conflict(
            &at.get("method").unwrap_or_else(|| at.clone()),
            format!(
                "`{}`: the path `*` is every request, and cannot be narrowed to the method `{method}`",
                at.path
            ),
            "Leave `method` out, or write a path such as `/{proxy+}`",
        ),
        None if path != "*" => super::messages::missing(reader, at, "method"),
        _ => {}
    }
}

fn any_or(method: &str) -> String {
    match method.to_uppercase().as_str() {
        "ANY" => "*".to_owned(),
        method => method.to_owned(),
    }
}

fn of_text(route: &str) -> Option<HttpApiEvent> {
    let (method, path) = match route.split_once(' ') {
        Some((method, path)) if path.starts_with('/') => (method, path),
        None if route == "*" => ("*", "*"),
        _ => return None,
    };
    Some(HttpApiEvent {
        method: any_or(method),
        path: path.to_owned(),
        authorizer: None,
    })
}

fn route_authorizer(reader: &mut Reader, at: &At<'_>) -> Option<RouteAuthorizer> {
    if at.node.as_mapping().is_none() {
        let name = reader
            .text(Some(at.clone()))
            .filter(|name| !name.is_empty())?;
        return Some(RouteAuthorizer::Named { name, scopes: None });
    }
    let kind = reader.text(at.get("type"));
    let name = reader.words(at.get("name"));
    let id = reader.text_or_function(at.get("id"));
    let scopes = reader.texts_if(at.get("scopes"));
    if kind.as_deref() == Some("aws_iam") {
        for other in ["id", "name", "scopes"] {
            if let Some(written) = at.get(other) {
                reader.conflict(
                    &written,
                    format!(
                        "`{}`: with `type: aws_iam` there is no authorizer, and so no `{other}`",
                        written.path
                    ),
                    "Keep `type: aws_iam` alone, or leave it out",
                );
            }
        }
        return Some(RouteAuthorizer::AwsIam);
    }
    if let Some(id) = id {
        return Some(RouteAuthorizer::Existing {
            id,
            request: kind.as_deref() == Some("request"),
            scopes,
        });
    }
    let Some(name) = name else {
        reader.conflict(
            at,
            format!("`{}` says neither which authorizer nor how callers sign", at.path),
            "Write `name` (one of `provider.httpApi.authorizers`), `id` (of an API that exists), or `type: aws_iam`",
        );
        return None;
    };
    Some(RouteAuthorizer::Named { name, scopes })
}

/// `provider.httpApi` with `provider.logs.httpApi`.
pub(super) fn provider(reader: &mut Reader, provider: &At<'_>) -> HttpApi {
    let written = provider.get("logs").and_then(|logs| logs.get("httpApi"));
    let logs = written.clone().and_then(|at| logs(reader, &at));
    let Some(at) = provider.get("httpApi") else {
        return HttpApi {
            logs,
            ..HttpApi::default()
        };
    };
    let read = HttpApi {
        id: reader.text_or_function(at.get("id")),
        name: reader.words(at.get("name")),
        should_start_name_with_service: reader
            .truth(at.get("shouldStartNameWithService"))
            .unwrap_or_default(),
        payload: reader.text(at.get("payload")),
        cors: cors(reader, at.get("cors")),
        metrics: reader.truth(at.get("metrics")),
        disable_default_endpoint: reader.truth(at.get("disableDefaultEndpoint")),
        use_provider_tags: reader.truth(at.get("useProviderTags")).unwrap_or_default(),
        authorizers: reader
            .entries(at.get("authorizers"))
            .into_iter()
            .filter(|(_, at)| !at.node.is_null())
            .filter_map(|(key, at)| Some((key.clone(), authorizer(reader, &key, &at)?)))
            .collect(),
        logs,
    };
    if read.id.is_some() {
        let logs = written.filter(|_| read.logs.is_some());
        let cors = at.get("cors").filter(|_| read.cors.is_some());
        for (what, written) in [
            ("CORS", cors),
            ("an authorizer", at.get("authorizers")),
            ("its log", logs),
        ] {
            let Some(written) = written else { continue };
            reader.conflict(
                &written,
                format!(
                    "`{}`: the API of `provider.httpApi.id` belongs to another stack, which alone can set {what}",
                    written.path
                ),
                "Set it where that API is made, and remove it here",
            );
        }
    }
    read
}

fn logs(reader: &mut Reader, at: &At<'_>) -> Option<HttpApiLogs> {
    match &at.node.content {
        Content::Bool(enabled) => enabled.then(HttpApiLogs::default),
        Content::Mapping(_) => Some(HttpApiLogs {
            format: reader.words(at.get("format")),
        }),
        _ => {
            reader.refuse(at, "true, false or a mapping");
            None
        }
    }
}

/// Texts and intrinsics; one alone stands for a list of one.
fn values(reader: &mut Reader, at: Option<At<'_>>) -> Vec<Value> {
    match at {
        Some(at) if is_function(at.node) => vec![at.node.to_json()],
        at => reader.texts_or_functions(at),
    }
}

fn authorizer(reader: &mut Reader, key: &str, at: &At<'_>) -> Option<HttpApiAuthorizer> {
    if at.node.as_mapping().is_none() {
        reader.refuse(at, "a mapping");
        return None;
    }
    let kind = match reader.text(at.get("type")).as_deref() {
        Some("request") => request(reader, at)?,
        _ => jwt(reader, at)?,
    };
    let name = reader.words(at.get("name"));
    Some(HttpApiAuthorizer {
        name: name.unwrap_or_else(|| key.to_owned()),
        identity_source: values(reader, at.get("identitySource")),
        kind,
    })
}

fn jwt(reader: &mut Reader, at: &At<'_>) -> Option<HttpApiAuthorizerKind> {
    let missing: Vec<&str> = ["identitySource", "issuerUrl", "audience"]
        .into_iter()
        .filter(|name| at.get(name).is_none())
        .collect();
    if !missing.is_empty() {
        reader.conflict(
            at,
            format!(
                "`{}` reads tokens, and does not say its `{}`",
                at.path,
                missing.join("`, `")
            ),
            "Add what is missing, or write `type: request` for a function that decides",
        );
        return None;
    }
    Some(HttpApiAuthorizerKind::Jwt {
        issuer: reader.text_or_function(at.get("issuerUrl"))?,
        audience: values(reader, at.get("audience")),
    })
}

fn request(reader: &mut Reader, at: &At<'_>) -> Option<HttpApiAuthorizerKind> {
    let name = at.get("functionName");
    let judge = match (&name, at.get("functionArn")) {
        (Some(_), Some(_)) => {
            reader.conflict(
                at,
                format!("`{}` has `functionName` and `functionArn` at once", at.path),
                "Keep `functionName` for a function of this service, or `functionArn` for another",
            );
            return None;
        }
        (None, None) => {
            reader.conflict(
                at,
                format!("`{}` does not say which function decides", at.path),
                "Add `functionName` for a function of this service, or `functionArn` for another",
            );
            return None;
        }
        (Some(name), None) => {
            let key = reader.text(Some(name.clone()))?;
            reader.is_function_of_service(name, &key);
            Judge::Function(key)
        }
        (None, arn) => Judge::Arn(reader.text_or_function(arn)?),
    };
    let seconds = reader.whole(at.get("resultTtlInSeconds"));
    if seconds.is_some_and(|seconds| seconds > 0) && at.get("identitySource").is_none() {
        reader.conflict(
            at,
            format!(
                "`{}` keeps answers for {} seconds, and has no `identitySource` to tell callers apart by",
                at.path,
                seconds.unwrap_or_default()
            ),
            "Add `identitySource`, such as `$request.header.Authorization`, or write `resultTtlInSeconds: 0`",
        );
    }
    Some(HttpApiAuthorizerKind::Request {
        judge,
        managed_externally: reader
            .truth(at.get("managedExternally"))
            .unwrap_or_default(),
        result_ttl_in_seconds: seconds,
        enable_simple_responses: reader.truth(at.get("enableSimpleResponses")),
        payload_version: reader.text(at.get("payloadVersion")),
    })
}

fn cors(reader: &mut Reader, at: Option<At<'_>>) -> Option<HttpApiCors> {
    let at = at?;
    match &at.node.content {
        Content::Bool(allowed) => allowed.then_some(HttpApiCors::Defaults),
        Content::Mapping(_) => Some(HttpApiCors::Rules {
            allowed_origins: reader.texts_if(at.get("allowedOrigins")),
            allowed_headers: reader.texts_if(at.get("allowedHeaders")),
            allowed_methods: reader.texts_if(at.get("allowedMethods")),
            allow_credentials: reader.truth(at.get("allowCredentials")),
            exposed_response_headers: reader.texts_if(at.get("exposedResponseHeaders")),
            max_age: reader.whole(at.get("maxAge")),
        }),
        _ => {
            reader.refuse(&at, "true, false or a mapping");
            None
        }
    }
}
