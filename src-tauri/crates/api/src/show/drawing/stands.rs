//! Between nodes of a drawing and resources of a stack.

use pilothouse_model::Template;
use pilothouse_template::naming;
use serde_json::{Map, Value};

use super::{HTTP, REST, of_resource, type_of};
use crate::show::{Node, NodeKind, plain};

const FUNCTION: &str = "AWS::Lambda::Function";
const RULE: &str = "AWS::Events::Rule";
const SCHEDULE: &str = "AWS::Scheduler::Schedule";
const REST_API: &str = "AWS::ApiGateway::RestApi";
const API: &str = "AWS::ApiGatewayV2::Api";
const DISTRIBUTION: &str = "AWS::CloudFront::Distribution";

/// The resources of a template that a node stands for; none for what is outside the stack.
pub(crate) fn resources_of(template: &Template, node: &str) -> Vec<String> {
    let Some(all) = template.section("Resources") else {
        return Vec::new();
    };
    if let Some(key) = node.strip_prefix("function:") {
        let id = naming::function_id(key);
        return all.contains_key(&id).then_some(id).into_iter().collect();
    }
    if let Some(rate) = node.strip_prefix("schedule:") {
        return with(all, |kind, properties| {
            let written = properties.get("ScheduleExpression").map(plain);
            (kind == RULE || kind == SCHEDULE) && written.as_deref() == Some(rate)
        });
    }
    let protocol = |wanted: &str| {
        with(all, |kind, properties| {
            kind == API && properties.get("ProtocolType").and_then(Value::as_str) == Some(wanted)
        })
    };
    match node {
        REST => with(all, |kind, _| kind == REST_API),
        HTTP => protocol("HTTP"),
        "websocketApi" => protocol("WEBSOCKET"),
        "cloudFront" => with(all, |kind, _| kind == DISTRIBUTION),
        id if all.contains_key(id) => vec![id.to_owned()],
        _ => Vec::new(),
    }
}

fn with(all: &Map<String, Value>, fits: impl Fn(&str, &Map<String, Value>) -> bool) -> Vec<String> {
    let nothing = Map::new();
    let ids = all.iter().filter(|(_, resource)| {
        let kind = resource.get("Type").and_then(Value::as_str);
        let properties = resource.get("Properties").and_then(Value::as_object);
        fits(kind.unwrap_or_default(), properties.unwrap_or(&nothing))
    });
    ids.map(|(id, _)| id.clone()).collect()
}

/// What a resource would be in a drawing, when it is worth a place there.
pub(crate) fn node_of(template: &Template, id: &str) -> Option<Node> {
    let resource = template.section("Resources")?.get(id)?;
    let kind = match resource.get("Type")?.as_str()? {
        FUNCTION => Some(NodeKind::Function),
        REST_API | API | DISTRIBUTION => Some(NodeKind::Api),
        SCHEDULE => Some(NodeKind::Schedule),
        _ => None,
    };
    let kind = match kind {
        Some(kind) => kind,
        None => of_resource(template, id)?.0,
    };
    let name = id.strip_suffix("LambdaFunction").unwrap_or(id);
    Some(Node {
        id: id.to_owned(),
        kind,
        label: name.to_owned(),
        note: type_of(template, id),
    })
}
