//! How a function is run, in the drawing: its address of its own, its network, its files and layers, the secrets of its
//! environment, and where its results and failures go.

use pilothouse_model::Template;
use pilothouse_service::Service;
use pilothouse_service::types::{Destination, Function};
use pilothouse_template::naming;
use serde_json::Value;

use super::{Drawing, INTERNET, NodeKind, named, of_arn, of_function, of_resource, plain, type_of};

/// What dynamic references of CloudFormation begin with, and whose secret they are.
const REFERENCES: [(&str, &str); 3] = [
    ("{{resolve:ssm-secure:", "Parameter Store"),
    ("{{resolve:ssm:", "Parameter Store"),
    ("{{resolve:secretsmanager:", "Secrets Manager"),
];

/// Draws how a function is run.
pub(super) fn draw(
    drawing: &mut Drawing,
    service: &Service,
    template: &Template,
    key: &str,
    function: &Function,
) {
    if let Some(url) = &function.url {
        let who = if url.aws_iam {
            "signed requests only"
        } else {
            "anyone who knows the address"
        };
        drawing.node(
            INTERNET,
            NodeKind::Internet,
            "Internet",
            "anyone who knows the address",
        );
        drawing.edge(INTERNET, &of_function(key), &format!("function URL, {who}"));
    }
    let id = naming::function_id(key);
    let resource = template.section("Resources").and_then(|all| all.get(&id));
    if let Some(properties) = resource.and_then(|resource| resource.get("Properties")) {
        network(drawing, key, properties);
        files(drawing, key, properties);
        layers(drawing, key, properties);
        secrets(drawing, key, properties);
        if let Some(queue) = properties.pointer("/DeadLetterConfig/TargetArn") {
            leads(drawing, service, template, (key, "on error"), queue);
        }
    }
    let Some(asynchronous) = &function.asynchronous else {
        return;
    };
    let results = [
        (&asynchronous.on_success, "on success"),
        (&asynchronous.on_failure, "on failure"),
    ];
    for (destination, label) in results {
        match destination {
            Some(Destination::Function(other)) => {
                drawing.edge(&of_function(key), &of_function(other), label);
            }
            Some(Destination::Arn { arn, .. }) => {
                leads(drawing, service, template, (key, label), arn);
            }
            None => {}
        }
    }
}

/// The network that it stands in, by its subnets; what guards it is the arrow's word.
fn network(drawing: &mut Drawing, key: &str, properties: &Value) {
    let of = |name: &str| items(properties.pointer(&format!("/VpcConfig/{name}")));
    let (subnets, groups) = (of("SubnetIds"), of("SecurityGroupIds"));
    if subnets.is_empty() && groups.is_empty() {
        return;
    }
    let id = format!("network:{}", subnets.join(","));
    let label = match subnets.as_slice() {
        [] => "Network".to_owned(),
        [one] => one.clone(),
        [one, rest @ ..] => format!("{one} and {} more", rest.len()),
    };
    drawing.node(&id, NodeKind::Network, &label, "Subnets");
    let words = if groups.is_empty() {
        "runs in".to_owned()
    } else {
        format!("runs in, guarded by {}", groups.join(", "))
    };
    drawing.edge(&of_function(key), &id, &words);
}

/// File systems that it mounts.
fn files(drawing: &mut Drawing, key: &str, properties: &Value) {
    let mounts = properties
        .get("FileSystemConfigs")
        .and_then(Value::as_array);
    for mount in mounts.into_iter().flatten() {
        let path = mount.get("LocalMountPath").map(plain).unwrap_or_default();
        let arn = mount.get("Arn").map(plain).unwrap_or_default();
        let name = arn.rsplit(['/', ':']).next().unwrap_or(&arn);
        drawing.node(
            &format!("files:{arn}"),
            NodeKind::Other,
            name,
            "EFS file system",
        );
        drawing.edge(&of_function(key), &format!("files:{arn}"), &path);
    }
}

/// Layers that it is given.
fn layers(drawing: &mut Drawing, key: &str, properties: &Value) {
    for layer in items(properties.get("Layers")) {
        // `arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION`, or what a layer of the stack is called in it.
        let parts: Vec<&str> = layer.split(':').collect();
        let label = match parts.as_slice() {
            [.., "layer", name, version] => format!("{name} {version}"),
            _ => layer
                .strip_suffix("LambdaLayer")
                .unwrap_or(&layer)
                .to_owned(),
        };
        let id = format!("layer:{layer}");
        drawing.node(&id, NodeKind::Other, &label, "Layer");
        drawing.edge(&of_function(key), &id, "uses");
    }
}

/// Secrets that CloudFormation puts into its environment.
fn secrets(drawing: &mut Drawing, key: &str, properties: &Value) {
    let variables = properties
        .pointer("/Environment/Variables")
        .and_then(Value::as_object);
    for (name, value) in variables.into_iter().flatten() {
        let text = plain(value);
        for (start, note) in REFERENCES {
            for (_, rest) in text.match_indices(start).map(|(at, _)| text.split_at(at)) {
                let inside = rest.strip_prefix(start).unwrap_or(rest);
                let inside = inside.split_once("}}").map_or(inside, |(inside, _)| inside);
                let secret = secret_name(inside);
                let id = format!("secret:{secret}");
                drawing.node(&id, NodeKind::Secret, &secret, note);
                drawing.edge(&of_function(key), &id, name);
            }
        }
    }
}

/// The name in `NAME:VERSION`, `NAME:SecretString:KEY` or an ARN.
fn secret_name(inside: &str) -> String {
    let parts: Vec<&str> = inside.split(':').collect();
    let name = match parts.as_slice() {
        ["arn", _, _, _, _, _, name, ..] => name,
        [name, ..] => name,
        [] => inside,
    };
    (*name).to_owned()
}

/// An arrow to a function, a resource of the stack, or something outside.
fn leads(
    drawing: &mut Drawing,
    service: &Service,
    template: &Template,
    (key, label): (&str, &str),
    arn: &Value,
) {
    let from = of_function(key);
    for id in named(arn) {
        let mut functions = service.functions.keys();
        if let Some(other) = functions.find(|other| naming::function_id(other) == id) {
            drawing.edge(&from, &of_function(other), label);
            return;
        }
        if let Some((kind, name)) = of_resource(template, &id) {
            drawing.node(&id, kind, &name, &type_of(template, &id));
            drawing.edge(&from, &id, label);
            return;
        }
    }
    let words = plain(arn);
    let (id, kind, name) = of_arn(&words).unwrap_or((words.clone(), NodeKind::Other, words));
    drawing.node(&id, kind, &name, "outside this service");
    drawing.edge(&from, &id, label);
}

/// The items of a list as texts; a value that gives a list counts as one.
fn items(value: Option<&Value>) -> Vec<String> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(items)) => items.iter().map(plain).collect(),
        Some(one) => vec![plain(one)],
    }
}
