//! A service as nodes and arrows: who calls what, and what each function uses.

mod rest;
mod runs;
mod stands;

use std::collections::BTreeSet;

use pilothouse_model::Template;
use pilothouse_service::Service;
use pilothouse_service::types::{Event, Function};
use pilothouse_template::naming;
use serde_json::Value;

pub(crate) use stands::{node_of, resources_of};

use super::{Drawing, Edge, Node, NodeKind, events, gateways, messages, plain, rules};

const INTERNET: &str = "internet";
const REST: &str = "restApi";
const HTTP: &str = "httpApi";

/// Draws a service.
pub(crate) fn draw(service: &Service, template: &Template) -> Drawing {
    let mut drawing = Drawing::default();
    for (key, function) in &service.functions {
        triggers(&mut drawing, service, template, key, function);
    }
    for (key, function) in &service.functions {
        let note = super::runtime(service, function);
        drawing.node(&of_function(key), NodeKind::Function, key, &note);
        uses(&mut drawing, service, template, key, function);
    }
    for (key, function) in &service.functions {
        runs::draw(&mut drawing, service, template, key, function);
    }
    rest_of(&mut drawing, template);
    drawing.nodes.sort_by_key(|node| node.kind);
    drawing
}

fn of_function(key: &str) -> String {
    format!("function:{key}")
}

fn triggers(
    drawing: &mut Drawing,
    service: &Service,
    template: &Template,
    key: &str,
    function: &Function,
) {
    for event in &function.events {
        match event {
            Event::Http(event) => {
                rest::draw(drawing, service, template, key, event);
            }
            Event::HttpApi(event) => {
                let gateway = gateways::Gateway {
                    id: HTTP.to_owned(),
                    label: naming::http_api_name(service),
                    note: "HTTP API",
                    scheme: "HTTPS",
                };
                let words = events::http_words(&event.method, &event.path);
                through(drawing, key, &gateway, &words);
            }
            Event::Schedule(event) => {
                for rate in event.rates.iter().map(plain) {
                    let id = format!("schedule:{rate}");
                    drawing.node(&id, NodeKind::Schedule, &rate, "Schedule");
                    drawing.edge(&id, &of_function(key), "calls");
                }
            }
            other => {
                if let Some(gateway) = gateways::gateway(service, other) {
                    let words = gateways::words(other).map_or_else(String::new, |it| it.words);
                    through(drawing, key, &gateway, &words);
                } else if let Some(source) =
                    messages::source(other).or_else(|| rules::source(other))
                {
                    brings(drawing, template, key, &source);
                }
            }
        }
    }
}

/// Requests from the internet reach a function through an API, a load balancer or CloudFront.
fn through(drawing: &mut Drawing, key: &str, gateway: &gateways::Gateway, words: &str) {
    drawing.node(
        INTERNET,
        NodeKind::Internet,
        "Internet",
        "anyone who knows the address",
    );
    drawing.node(&gateway.id, NodeKind::Api, &gateway.label, gateway.note);
    drawing.edge(INTERNET, &gateway.id, gateway.scheme);
    drawing.edge(&gateway.id, &of_function(key), words);
}

/// Where a function's messages come from: a resource of this stack that the event makes or names, or one outside.
fn brings(drawing: &mut Drawing, template: &Template, key: &str, source: &messages::Source<'_>) {
    let within = source
        .value
        .and_then(|value| named(value).into_iter().next())
        .filter(|id| of_resource(template, id).is_some());
    let id = match (&source.id, within) {
        (Some(id), _) => id.clone(),
        (None, Some(id)) => id,
        (None, None) => source.value.map(plain).unwrap_or_default(),
    };
    drawing.node(&id, source.kind, &source.label, source.note);
    drawing.edge(&id, &of_function(key), &source.words);
}

/// What a function's environment names and what its role may touch.
fn uses(
    drawing: &mut Drawing,
    service: &Service,
    template: &Template,
    key: &str,
    function: &Function,
) {
    let from = of_function(key);
    let environment = service
        .provider
        .environment
        .iter()
        .chain(&function.environment);
    for (name, value) in environment {
        for id in named(value) {
            if let Some((kind, label)) = of_resource(template, &id) {
                drawing.node(&id, kind, &label, &type_of(template, &id));
                drawing.edge(&from, &id, name);
            }
        }
    }
    if function.role.is_some() || service.provider.iam_role.is_some() {
        return;
    }
    for statement in &service.provider.iam_statements {
        let actions = super::texts(statement.get("Action")).join(", ");
        let listed = match statement.get("Resource") {
            Some(Value::Array(items)) => items.iter().collect(),
            Some(one) => vec![one],
            None => Vec::new(),
        };
        for resource in listed {
            let ids = named(resource);
            let inside: Vec<&String> = ids
                .iter()
                .filter(|id| of_resource(template, id).is_some())
                .collect();
            if inside.is_empty()
                && let Some((id, kind, label)) = of_arn(&plain(resource))
            {
                drawing.node(&id, kind, &label, "outside this service");
                drawing.edge(&from, &id, &actions);
            }
            for id in inside {
                let (kind, label) =
                    of_resource(template, id).unwrap_or((NodeKind::Other, id.clone()));
                drawing.node(id, kind, &label, &type_of(template, id));
                drawing.edge(&from, id, &actions);
            }
        }
    }
}

/// The user's own resources that nothing above has named.
fn rest_of(drawing: &mut Drawing, template: &Template) {
    let Some(section) = template.section("Resources") else {
        return;
    };
    for id in section.keys() {
        if let Some((kind, label)) = of_resource(template, id) {
            drawing.node(id, kind, &label, &type_of(template, id));
        }
    }
}

/// The logical ids that a value refers to.
fn named(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(value, &mut found);
    found
}

fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                match (name.as_str(), inner) {
                    ("Ref", Value::String(id)) => {
                        found.insert(id.clone());
                    }
                    ("Fn::GetAtt", Value::Array(parts)) => {
                        found.extend(parts.first().and_then(Value::as_str).map(str::to_owned));
                    }
                    ("Fn::GetAtt", Value::String(text)) => {
                        found.extend(text.split('.').next().map(str::to_owned));
                    }
                    ("Fn::Sub", Value::String(text)) => found.extend(substituted(text)),
                    _ => collect(inner, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

/// The names in `${...}` of a `Fn::Sub`, without attributes.
fn substituted(text: &str) -> Vec<String> {
    let parts = text
        .split("${")
        .skip(1)
        .filter_map(|part| part.split_once('}'));
    parts
        .map(|(name, _)| name.split('.').next().unwrap_or(name).to_owned())
        .collect()
}

fn type_of(template: &Template, id: &str) -> String {
    let resource = template
        .section("Resources")
        .and_then(|section| section.get(id));
    let name = resource.and_then(|resource| resource.get("Type")?.as_str());
    crate::words::of_type(name.unwrap_or_default())
}

/// Kind and label of a resource that is worth a place in a drawing: what holds data or passes it on.
fn of_resource(template: &Template, id: &str) -> Option<(NodeKind, String)> {
    const BUCKET_OF_RELEASES: &str = "ServerlessDeploymentBucket";
    if id == BUCKET_OF_RELEASES {
        return None;
    }
    let resource = template.section("Resources")?.get(id)?;
    let kind = match resource.get("Type")?.as_str()? {
        "AWS::DynamoDB::Table" | "AWS::RDS::DBInstance" | "AWS::RDS::DBCluster" => NodeKind::Table,
        "AWS::S3::Bucket" => NodeKind::Bucket,
        "AWS::SQS::Queue" | "AWS::SNS::Topic" | "AWS::Kinesis::Stream" => NodeKind::Queue,
        "AWS::KMS::Key" => NodeKind::Key,
        "AWS::SSM::Parameter" | "AWS::SecretsManager::Secret" => NodeKind::Secret,
        "AWS::Cognito::UserPool" | "AWS::StepFunctions::StateMachine" => NodeKind::Other,
        _ => return None,
    };
    Some((kind, id.to_owned()))
}

/// What an ARN in words names: its node, kind and label.
fn of_arn(arn: &str) -> Option<(String, NodeKind, String)> {
    let mut parts = arn.splitn(6, ':').skip(2);
    let service = parts.next()?;
    let resource = parts.nth(2)?;
    let kind = match service {
        "ssm" | "secretsmanager" => NodeKind::Secret,
        "kms" => NodeKind::Key,
        "dynamodb" | "rds" => NodeKind::Table,
        "s3" => NodeKind::Bucket,
        "sqs" | "sns" | "kinesis" => NodeKind::Queue,
        _ => NodeKind::Other,
    };
    let label = resource.rsplit_once('/').map_or(resource, |(_, name)| name);
    let label = match (kind, label) {
        (NodeKind::Key, "*") => "the secret's key",
        (_, "*") => resource,
        (_, label) => label,
    };
    Some((arn.to_owned(), kind, label.to_owned()))
}

impl Drawing {
    fn node(&mut self, id: &str, kind: NodeKind, label: &str, note: &str) {
        if self.nodes.iter().all(|node| node.id != id) {
            self.nodes.push(Node {
                id: id.to_owned(),
                kind,
                label: label.to_owned(),
                note: note.to_owned(),
            });
        }
    }

    fn edge(&mut self, from: &str, to: &str, label: &str) {
        let edge = Edge {
            from: from.to_owned(),
            to: to.to_owned(),
            label: label.to_owned(),
        };
        if !self.edges.contains(&edge) {
            self.edges.push(edge);
        }
    }
}
