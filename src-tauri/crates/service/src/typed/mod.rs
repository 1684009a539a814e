//! From the checked tree to a [`Service`].
//!
//! Values have the right types already where that was possible (`schema`); what still cannot be read is an error
//! here, however lenient the file wants to be checked, for there is no service without it.

mod alb;
mod api_gateway;
mod caller;
mod cloud_front;
mod dependencies;
mod domains;
mod esbuild;
mod event_rule;
mod function;
mod http;
mod http_api;
mod image;
mod layers;
mod messages;
mod nested_stacks;
mod plugins;
mod provider;
mod python;
mod reader;
mod run;
mod stack;
mod synced;
mod websocket;

use pilothouse_model::{Code, Diagnostic};
use serde_json::Value;

use crate::document::{Content, Node};
use crate::load::Options;
use crate::types::{Package, Resources, Service};
use reader::{At, Reader};

/// Reads a service; everything that cannot be read is reported.
pub(crate) fn read(
    document: &Node,
    options: &Options,
    config_file: &str,
) -> (Service, Vec<Diagnostic>) {
    let root = At::root(document);
    let mut reader = Reader::of(&root);
    let chosen = |option: &Option<String>, written: Option<String>, default: &str| {
        option
            .clone()
            .filter(|text| !text.is_empty())
            .or(written)
            .unwrap_or_else(|| default.to_owned())
    };
    let provider = root.get("provider");
    let written_stage = provider.as_ref().and_then(|p| reader.text(p.get("stage")));
    let written_region = provider.as_ref().and_then(|p| reader.text(p.get("region")));
    let mut service = Service {
        name: name(&mut reader, &root, config_file),
        stage: chosen(&options.stage, written_stage, "dev"),
        region: chosen(&options.region, written_region, "us-east-1"),
        provider: provider::read(&mut reader, &root, config_file),
        functions: function::read_all(&mut reader, &root),
        layers: layers::read(&mut reader, &root),
        resources: resources(&mut reader, &root),
        package: package(&mut reader, root.get("package")),
        plugins: plugins::read(&mut reader, &root),
        nested_stacks: nested_stacks::read(&mut reader, &root),
        config_file: config_file.to_owned(),
        use_dotenv: reader.truth(root.get("useDotenv")).unwrap_or_default(),
    };
    dependencies::join(&mut reader, &root, &mut service);
    (service, reader.found)
}

fn name(reader: &mut Reader, root: &At<'_>, config_file: &str) -> String {
    let Some(service) = root.get("service") else {
        reader.found.push(
            Diagnostic::error(
                Code::ConfigMissingKey,
                format!("`service` is missing in `{config_file}`"),
            )
            .at(root.node.span.clone())
            .path("service")
            .hint("Begin the file with `service: my-service`, the name of the service"),
        );
        return String::new();
    };
    if service.node.as_mapping().is_some() {
        reader.found.push(
            Diagnostic::error(
                Code::ConfigBadValue,
                "`service` must be the name of the service, not a mapping",
            )
            .at(service.node.span.clone())
            .path("service")
            .reason("must be a text")
            .hint("Write the name itself: `service: my-service`"),
        );
        return String::new();
    }
    reader.text(Some(service)).unwrap_or_default()
}

fn resources(reader: &mut Reader, root: &At<'_>) -> Resources {
    let Some(resources) = root.get("resources") else {
        return Resources::default();
    };
    let mut read = Resources::default();
    for (name, section) in reader.entries(Some(resources)) {
        if name != "extensions" {
            read.sections.insert(name, section.node.to_json());
        } else if let Value::Object(extensions) = section.node.to_json() {
            read.extensions = extensions;
        } else {
            reader.refuse(&section, "a mapping");
        }
    }
    read
}

/// `package` of the service or of a function.
fn package(reader: &mut Reader, at: Option<At<'_>>) -> Package {
    let Some(at) = at else {
        return Package::default();
    };
    let mut patterns: Vec<String> = reader
        .texts(at.get("exclude"))
        .into_iter()
        .map(|pattern| match pattern.strip_prefix('!') {
            Some(kept) => kept.to_owned(),
            None => format!("!{pattern}"),
        })
        .collect();
    patterns.extend(reader.texts(at.get("include")));
    patterns.extend(reader.texts(at.get("patterns")));
    Package {
        patterns,
        individually: reader.truth(at.get("individually")),
        artifact: reader.text(at.get("artifact")),
        exclude_dev_dependencies: reader.truth(at.get("excludeDevDependencies")),
        path: reader.words(at.get("path")),
    }
}

/// Brings short ways of writing to the full one: lists of mappings under `resources` and `functions` are joined, and
/// `provider: aws` becomes a mapping.
pub(crate) fn unfold(document: &mut Node) {
    let Content::Mapping(entries) = &mut document.content else {
        return;
    };
    if let Some(provider) = entries.get_mut("provider")
        && provider.node.as_text().is_some()
    {
        let mut mapping = crate::document::Mapping::new();
        let name = provider.clone();
        mapping.insert("name".to_owned(), name);
        provider.node.content = Content::Mapping(mapping);
    }
    for name in ["resources", "functions"] {
        let Some(entry) = entries.get_mut(name) else {
            continue;
        };
        let Content::Sequence(parts) = &mut entry.node.content else {
            continue;
        };
        if parts
            .iter()
            .any(|part| !part.is_null() && part.as_mapping().is_none())
        {
            continue;
        }
        let mut joined = Node::new(
            entry.node.span.clone(),
            Content::Mapping(crate::document::Mapping::new()),
        );
        for part in std::mem::take(parts) {
            merge(&mut joined, part);
        }
        entry.node = joined;
    }
}

/// Merges as Serverless does: mappings by name, lists by position, the later value winning; nothing wins over nothing.
fn merge(into: &mut Node, from: Node) {
    match (&mut into.content, from.content) {
        (_, Content::Null) => {}
        (Content::Mapping(known), Content::Mapping(more)) => {
            for (name, entry) in more {
                match known.get_mut(&name) {
                    Some(there) => merge(&mut there.node, entry.node),
                    None => {
                        known.insert(name, entry);
                    }
                }
            }
        }
        (Content::Sequence(known), Content::Sequence(more)) => {
            for (at, node) in more.into_iter().enumerate() {
                match known.get_mut(at) {
                    Some(there) => merge(there, node),
                    None => known.push(node),
                }
            }
        }
        (content, other) => {
            *content = other;
            into.span = from.span;
        }
    }
}
