//! `show`: a service as its files say it, without asking any cloud: functions, events, resources, and how they
//! hang together.

pub(crate) mod drawing;
mod events;
mod gateways;
mod messages;
mod names;
mod origin;
mod rules;
mod view;

use pilothouse_model::Template;
use pilothouse_service::types::Function;
use pilothouse_service::{Node as Place, Service};
use pilothouse_template::{MEMORY_SIZE, RUNTIME, TIMEOUT, naming};
use serde_json::Value;

pub use origin::Origins;
pub use view::{
    BundleView, Drawing, Edge, EventView, FunctionView, NameValue, Node, NodeKind, Origin,
    ResourceView, Shown,
};

use crate::error::Findings;
use crate::project::ProjectRequest;
use crate::{ApiError, Host, bundles, package, words};

/// A service that was read.
#[derive(Debug, Clone)]
pub struct Read {
    /// The service.
    pub shown: Shown,
    /// What is worth knowing about its files.
    pub findings: Findings,
    /// Where each thing is written, by logical ids too.
    pub origins: Origins,
}

/// Reads a service.
///
/// # Errors
/// With every diagnostic, when one of them stops the work.
pub fn show(host: &Host, request: &ProjectRequest) -> Result<Read, ApiError> {
    Ok(of_paper(package::on_paper(host, request)?))
}

/// The same of a service that was read already.
pub(crate) fn of_paper(paper: package::OnPaper) -> Read {
    let (service, template) = (&paper.service, &paper.templates.update);
    let origins = Origins::of(service, &paper.resolved, &paper.findings.sources);
    let shown = Shown {
        service: service.name.clone(),
        config: service.config_file.clone(),
        stage: service.stage.clone(),
        stages: stages(service, &paper.resolved),
        region: service.region.clone(),
        stack: naming::stack_name(service),
        profile: service.provider.profile.clone(),
        functions: functions(service, &origins),
        resources: resources(template, &origins),
        outputs: outputs(template),
        drawing: drawing::draw(service, template),
    };
    Read {
        shown,
        findings: paper.findings,
        origins,
    }
}

/// The stages that parameters are written for, and the current one, without the defaults.
fn stages(service: &Service, resolved: &Place) -> Vec<String> {
    let named = ["params", "stages"]
        .into_iter()
        .filter_map(|section| resolved.get(section)?.as_mapping())
        .flat_map(|mapping| mapping.keys())
        .filter(|name| *name != "default");
    let mut found: Vec<String> = vec![service.stage.clone()];
    for name in named {
        if !found.contains(name) {
            found.push(name.clone());
        }
    }
    found
}

/// The logical id of a function, by its key.
pub fn function_id(key: &str) -> String {
    naming::function_id(key)
}

fn functions(service: &Service, origins: &Origins) -> Vec<FunctionView> {
    let one = |(key, function): (&String, &Function)| {
        let provider = &service.provider;
        let mut environment: Vec<String> = provider.environment.keys().cloned().collect();
        environment.extend(function.environment.keys().cloned());
        environment.sort();
        environment.dedup();
        FunctionView {
            key: key.clone(),
            name: naming::function_name(service, key),
            description: function.description.clone(),
            handler: handler(function),
            runtime: runtime(service, function),
            image: function.image.as_ref().map(|image| {
                let uri = image.uri.as_str();
                uri.split_once('/')
                    .map_or(uri, |(_, image)| image)
                    .to_owned()
            }),
            bundle: bundle(service, key, function),
            memory: function
                .memory_size
                .or(provider.memory_size)
                .unwrap_or(MEMORY_SIZE),
            timeout: function.timeout.or(provider.timeout).unwrap_or(TIMEOUT),
            environment,
            events: events::of_function(key, function, origins),
            permissions: permissions(service, function),
            origin: origins.of_path(&format!("functions.{key}")),
        }
    };
    service.functions.iter().map(one).collect()
}

fn bundle(service: &Service, key: &str, function: &Function) -> Option<BundleView> {
    let settings = service.plugins.esbuild.as_ref()?;
    bundles::is_bundled(service, key, function).then(|| BundleView {
        by: "esbuild".to_owned(),
        external: settings.packed(),
    })
}

/// What runs: an image is told by its own word.
pub(super) fn runtime(service: &Service, function: &Function) -> String {
    let chosen = function
        .runtime
        .as_ref()
        .or(service.provider.runtime.as_ref());
    match (&function.image, chosen) {
        (Some(_), _) => "image".to_owned(),
        (None, Some(runtime)) => runtime.clone(),
        (None, None) => RUNTIME.to_owned(),
    }
}

fn handler(function: &Function) -> String {
    let command = function
        .image
        .as_ref()
        .and_then(|image| image.command.as_ref());
    command.map_or_else(|| function.handler.clone(), |words| words.join(" "))
}

/// What the shared role allows: a function with a role of its own is told apart by it.
fn permissions(service: &Service, function: &Function) -> Vec<NameValue> {
    if let Some(role) = function
        .role
        .as_ref()
        .or(service.provider.iam_role.as_ref())
    {
        return vec![NameValue {
            name: "role".to_owned(),
            value: plain(role),
        }];
    }
    let statements = service.provider.iam_statements.iter();
    statements
        .filter(|statement| statement.get("Effect").and_then(Value::as_str) != Some("Deny"))
        .flat_map(|statement| {
            let resources = texts(statement.get("Resource")).join(", ");
            texts(statement.get("Action"))
                .into_iter()
                .map(move |name| NameValue {
                    name,
                    value: resources.clone(),
                })
        })
        .collect()
}

/// One value or a list of them, each as a text.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        None => Vec::new(),
        Some(Value::Array(items)) => items.iter().map(plain).collect(),
        Some(one) => vec![plain(one)],
    }
}

/// A value for people: texts as they are, intrinsics by what they name.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(map) if map.len() == 1 => match map.iter().next() {
            Some((name, Value::String(text))) if name == "Ref" || name == "Fn::Sub" => text.clone(),
            Some((name, Value::Array(parts))) if name == "Fn::GetAtt" => {
                parts.iter().map(plain).collect::<Vec<_>>().join(".")
            }
            Some((name, Value::Array(parts))) if name == "Fn::Join" => joined(parts),
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}

fn joined(parts: &[Value]) -> String {
    let (Some(Value::String(by)), Some(Value::Array(items))) = (parts.first(), parts.get(1)) else {
        return Value::Array(parts.to_vec()).to_string();
    };
    items.iter().map(plain).collect::<Vec<_>>().join(by)
}

fn resources(template: &Template, origins: &Origins) -> Vec<ResourceView> {
    let Some(section) = template.section("Resources") else {
        return Vec::new();
    };
    let one = |(id, resource): (&String, &Value)| {
        let resource_type = resource
            .get("Type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        ResourceView {
            logical_id: id.clone(),
            resource_type: resource_type.to_owned(),
            type_words: words::of_type(resource_type),
            origin: origins.of_resource(id),
        }
    };
    section.iter().map(one).collect()
}

fn outputs(template: &Template) -> Vec<NameValue> {
    let Some(section) = template.section("Outputs") else {
        return Vec::new();
    };
    let one = |(name, output): (&String, &Value)| {
        let words = output.get("Description").or_else(|| output.get("Value"));
        NameValue {
            name: name.clone(),
            value: words.map(plain).unwrap_or_default(),
        }
    };
    section.iter().map(one).collect()
}

#[cfg(test)]
mod tests;
