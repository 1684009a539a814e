//! `alb` events and `provider.alb`.

use super::messages::missing;
use super::reader::{At, Reader};
use crate::document::Content;
use crate::types::{Alb, AlbAuthorizer, AlbConditions, AlbEvent, AlbHealthCheck, Event};

/// Reads those of an item of `events`.
pub(super) fn read(reader: &mut Reader, item: &At<'_>, events: &mut Vec<Event>) {
    if let Some(at) = item.get("alb") {
        events.extend(event(reader, &at).map(|event| Event::Alb(Box::new(event))));
    }
}

fn event(reader: &mut Reader, at: &At<'_>) -> Option<AlbEvent> {
    if at.node.as_mapping().is_none() {
        reader.refuse(
            at,
            "a mapping with `listenerArn`, `priority` and `conditions`",
        );
        return None;
    }
    let mut complete = true;
    for name in ["listenerArn", "priority", "conditions"] {
        if at.get(name).is_none() {
            missing(reader, at, name);
            complete = false;
        }
    }
    let listener = reader.text_or_function(at.get("listenerArn"));
    let priority = reader.whole(at.get("priority"));
    let conditions = at.get("conditions").map(|at| conditions(reader, &at));
    let event = AlbEvent {
        listener: listener?,
        priority: priority?,
        conditions: conditions?,
        health_check: at.get("healthCheck").and_then(|at| health(reader, &at)),
        multi_value_headers: reader
            .truth(at.get("multiValueHeaders"))
            .unwrap_or_default(),
        target_group_name: reader.words(at.get("targetGroupName")),
        authorizers: reader.texts(at.get("authorizer")),
    };
    if event.balancer_and_listener().is_none()
        && let Some(arn) = at.get("listenerArn")
    {
        reader.refuse(
            &arn,
            "the ARN of a load balancer's listener, or a `Ref` to one",
        );
        complete = false;
    }
    complete.then_some(event)
}

fn conditions(reader: &mut Reader, at: &At<'_>) -> AlbConditions {
    match at.node.as_mapping() {
        None => reader.refuse(at, "a mapping"),
        Some(written) if written.is_empty() => reader.conflict(
            at,
            format!("`{}` is empty, and would mean every request", at.path),
            "Write at least one of `path`, `host`, `method`, `header`, `query` and `ip`",
        ),
        Some(_) => {}
    }
    AlbConditions {
        path: reader.texts_if(at.get("path")),
        host: reader.texts_if(at.get("host")),
        method: reader.texts_if(at.get("method")),
        header: at.get("header").map(|at| headers(reader, at)),
        query: at
            .get("query")
            .map(|query| reader.texts_by_name(Some(query))),
        ip: reader.texts_if(at.get("ip")),
    }
}

/// One header or several.
fn headers(reader: &mut Reader, at: At<'_>) -> Vec<(String, Vec<String>)> {
    let items = if at.node.as_mapping().is_some() {
        vec![at]
    } else {
        reader.items(Some(at))
    };
    items
        .into_iter()
        .filter_map(|item| {
            let name = super::messages::needed_text(reader, &item, "name")?;
            Some((name, reader.texts(item.get("values"))))
        })
        .collect()
}

fn health(reader: &mut Reader, at: &At<'_>) -> Option<AlbHealthCheck> {
    match &at.node.content {
        Content::Bool(enabled) => enabled.then(AlbHealthCheck::default),
        Content::Mapping(_) => Some(AlbHealthCheck {
            path: reader.text(at.get("path")),
            interval: reader.whole(at.get("intervalSeconds")),
            timeout: reader.whole(at.get("timeoutSeconds")),
            healthy: reader.whole(at.get("healthyThresholdCount")),
            unhealthy: reader.whole(at.get("unhealthyThresholdCount")),
            codes: at
                .get("matcher")
                .and_then(|matcher| reader.text(matcher.get("httpCode")))
                .filter(|codes| !codes.is_empty()),
        }),
        _ => {
            reader.refuse(at, "true, false or a mapping");
            None
        }
    }
}

/// `provider.alb`.
pub(super) fn provider(reader: &mut Reader, at: Option<At<'_>>) -> Alb {
    let Some(at) = at else { return Alb::default() };
    Alb {
        target_group_prefix: reader.words(at.get("targetGroupPrefix")),
        authorizers: reader
            .entries(at.get("authorizers"))
            .into_iter()
            .filter(|(_, at)| !at.node.is_null())
            .map(|(name, at)| {
                let authorizer = authorizer(reader, &at);
                (name, authorizer)
            })
            .collect(),
    }
}

fn authorizer(reader: &mut Reader, at: &At<'_>) -> AlbAuthorizer {
    const OIDC: &[&str] = &[
        "authorizationEndpoint",
        "clientId",
        "issuer",
        "tokenEndpoint",
        "userInfoEndpoint",
    ];
    const COGNITO: &[&str] = &["userPoolArn", "userPoolClientId", "userPoolDomain"];
    let cognito = reader.text(at.get("type")).as_deref() == Some("cognito");
    for name in if cognito { COGNITO } else { OIDC } {
        if at.get(name).is_none() && at.node.as_mapping().is_some() {
            missing(reader, at, name);
        }
    }
    let settings = reader.entries(Some(at.clone()));
    AlbAuthorizer {
        cognito,
        settings: settings
            .into_iter()
            .filter(|(name, at)| name != "type" && !at.node.is_null())
            .map(|(name, at)| (name, at.node.to_json()))
            .collect(),
    }
}
