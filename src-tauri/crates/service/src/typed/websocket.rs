//! `websocket` events, and what `provider` says of the WebSocket API.

use super::reader::{At, Reader};
use crate::document::Content;
use crate::types::{
    Event, Judge, WebsocketApi, WebsocketAuthorizer, WebsocketEvent, WebsocketLogs,
};

/// Reads those of an item of `events`.
pub(super) fn read(reader: &mut Reader, item: &At<'_>, events: &mut Vec<Event>) {
    if let Some(at) = item.get("websocket") {
        let event = event(reader, &at);
        events.extend(event.map(|event| Event::Websocket(Box::new(event))));
    }
}

fn event(reader: &mut Reader, at: &At<'_>) -> Option<WebsocketEvent> {
    if at.node.as_mapping().is_none() {
        let Some(route) = at.node.to_text().filter(|route| !route.is_empty()) else {
            reader.refuse(at, "a route such as `$connect`, or a mapping with `route`");
            return None;
        };
        return Some(WebsocketEvent {
            route,
            ..WebsocketEvent::default()
        });
    }
    let route = super::messages::needed_text(reader, at, "route")?;
    Some(WebsocketEvent {
        route,
        responds: reader
            .text(at.get("routeResponseSelectionExpression"))
            .is_some_and(|expression| !expression.is_empty()),
        authorizer: at.get("authorizer").and_then(|at| authorizer(reader, &at)),
    })
}

fn authorizer(reader: &mut Reader, at: &At<'_>) -> Option<WebsocketAuthorizer> {
    if at.node.as_mapping().is_none() {
        let text = reader
            .text(Some(at.clone()))
            .filter(|text| !text.is_empty())?;
        let (name, judge) = if text.contains(':') {
            (end_of_arn(&text), Judge::Arn(text.into()))
        } else {
            reader.is_function_of_service(at, &text);
            (text.clone(), Judge::Function(text))
        };
        return Some(WebsocketAuthorizer {
            name,
            judge,
            identity_source: None,
        });
    }
    let name = reader.words(at.get("name"));
    let identity_source = reader.texts_if(at.get("identitySource"));
    let (name, judge) = match (at.get("arn"), name) {
        (Some(arn), name) => {
            let arn = reader.text_or_function(Some(arn))?;
            // The name that is written counts where none can be read from the ARN.
            let Some(name) = arn.as_str().map(end_of_arn).or(name) else {
                reader.conflict(
                    at,
                    format!(
                        "`{}` has no `name`, and none can be read from a CloudFormation function",
                        at.path
                    ),
                    "Give it a name: `name: my-authorizer`",
                );
                return None;
            };
            (name, Judge::Arn(arn))
        }
        (None, Some(name)) => {
            reader.is_function_of_service(&at.get("name").unwrap_or_else(|| at.clone()), &name);
            (name.clone(), Judge::Function(name))
        }
        (None, None) => {
            reader.conflict(
                at,
                format!("`{}` does not say which function decides", at.path),
                "Write `name: function` for one of this service, or `arn: arn:...` for another",
            );
            return None;
        }
    };
    Some(WebsocketAuthorizer {
        name,
        judge,
        identity_source,
    })
}

fn end_of_arn(arn: &str) -> String {
    arn.rsplit(':').next().unwrap_or(arn).to_owned()
}

/// What `provider` says in its several keys.
pub(super) fn provider(reader: &mut Reader, at: &At<'_>) -> WebsocketApi {
    let below = |first: &str, second: &str| at.get(first).and_then(|at| at.get(second));
    let logs = below("logs", "websocket");
    let mut text = |name: &str| reader.words(at.get(name));
    let (name, route_selection_expression, description) = (
        text("websocketsApiName"),
        text("websocketsApiRouteSelectionExpression"),
        text("websocketsDescription"),
    );
    WebsocketApi {
        id: reader.text_or_function(below("apiGateway", "websocketApiId")),
        name,
        route_selection_expression,
        description,
        use_provider_tags: reader
            .truth(below("websocket", "useProviderTags"))
            .unwrap_or_default(),
        logs: logs.and_then(|at| self::logs(reader, &at)),
    }
}

fn logs(reader: &mut Reader, at: &At<'_>) -> Option<WebsocketLogs> {
    match &at.node.content {
        Content::Bool(enabled) => enabled.then(WebsocketLogs::default),
        Content::Mapping(_) => Some(WebsocketLogs {
            access_logging: reader.truth(at.get("accessLogging")),
            execution_logging: reader.truth(at.get("executionLogging")),
            full_execution_data: reader.truth(at.get("fullExecutionData")),
            format: reader.words(at.get("format")),
            level: level(reader, at),
        }),
        _ => {
            reader.refuse(at, "true, false or a mapping");
            None
        }
    }
}

fn level(reader: &mut Reader, at: &At<'_>) -> Option<String> {
    let level = at.get("level")?;
    let text = reader
        .text(Some(level.clone()))
        .filter(|text| !text.is_empty())?;
    let is_off = matches!(
        at.get("executionLogging").map(|at| &at.node.content),
        Some(Content::Bool(false))
    );
    // Where nothing is logged the level does not count.
    if !is_off && !matches!(text.as_str(), "INFO" | "ERROR") {
        reader.refuse(&level, "INFO or ERROR");
    }
    Some(text)
}
