//! serverless-plugin-warmup: functions that call others by the clock, so that these stay warm.
//!
//! As with the plugin, each warmer becomes a function of the service, with a schedule and a role of its own; it is
//! written into the configuration before that is checked, so that all the rest sees a function like any other.

mod keys;
mod role;

use pilothouse_model::{Code, Diagnostic, Span};
use serde_json::{Map, Value, json};

pub(super) use keys::WARMUP;
use role::role;

use super::{Given, written};
use crate::document::{Content, Entry, Mapping, Node};
use crate::types::GeneratedFile;

const NAME: &str = "serverless-plugin-warmup";
const CODE: &str = include_str!("warmup/index.mjs");
/// What the plugin calls functions with; handlers know it by its source.
const PAYLOAD: &str = r#"{"source":"serverless-plugin-warmup"}"#;

/// A function that is kept warm, as its warmer's code reads it.
struct Kept {
    name: String,
    config: Value,
}

/// Adds the warmers to the configuration.
pub(crate) fn apply(document: &mut Node, stage: &str, found: &mut Vec<Diagnostic>) -> Given {
    let mut given = Given::default();
    let Some(plugin) = written(document)
        .into_iter()
        .find(|plugin| plugin.name == NAME)
    else {
        return given;
    };
    let all = document.to_json();
    let warmers = all.pointer("/custom/warmup").and_then(Value::as_object);
    let Some(warmers) = warmers.filter(|warmers| !warmers.is_empty()) else {
        return given;
    };
    check_names(document, warmers, found);
    let service = all
        .get("service")
        .and_then(Value::as_str)
        .unwrap_or_default();
    for (warmer, settings) in warmers {
        let prefix = format!("{service}-{stage}");
        let kept = kept(&all, warmer, settings, &prefix, stage);
        if kept.is_empty() {
            let message = format!("the warmer `{warmer}` keeps no function warm, and is left out");
            found.push(
                Diagnostic::warning(Code::ConfigConflict, message)
                    .at(plugin.span.clone())
                    .path(format!("custom.warmup.{warmer}"))
                    .hint("Write `enabled: true` under it, or under `warmup` of a function"),
            );
            continue;
        }
        add(
            document,
            &all,
            warmer,
            settings,
            &kept,
            &prefix,
            &plugin.span,
            &mut given,
        );
    }
    given
}

/// Functions name only warmers that there are.
fn check_names(document: &Node, warmers: &Map<String, Value>, found: &mut Vec<Diagnostic>) {
    let functions = document.get("functions").and_then(Node::as_mapping);
    for (key, function) in functions.into_iter().flatten() {
        let of = function.node.get("warmup").and_then(Node::as_mapping);
        for (name, entry) in of.into_iter().flatten() {
            if !warmers.contains_key(name) {
                found.push(
                    Diagnostic::error(
                        Code::ConfigConflict,
                        format!(
                            "the function `{key}` names the warmer `{name}`, which there is not"
                        ),
                    )
                    .at(entry.key.clone())
                    .path(format!("functions.{key}.warmup.{name}"))
                    .hint(format!(
                        "Add `{name}` under `custom.warmup`, or remove it here"
                    )),
                );
            }
        }
    }
}

/// The functions that a warmer keeps warm in this stage.
fn kept(all: &Value, warmer: &str, settings: &Value, prefix: &str, stage: &str) -> Vec<Kept> {
    let functions = all.get("functions").and_then(Value::as_object);
    let functions = functions
        .into_iter()
        .flatten()
        .filter(|(_, one)| one.is_object());
    functions
        .filter_map(|(key, function)| {
            let own = function.pointer("/warmup").and_then(|all| all.get(warmer));
            let of = |name: &str| {
                own.and_then(|own| own.get(name))
                    .or_else(|| settings.get(name))
            };
            is_enabled(of("enabled"), stage).then(|| Kept {
                name: match function.get("name").and_then(Value::as_str) {
                    Some(name) => name.to_owned(),
                    None => format!("{prefix}-{key}"),
                },
                config: config(own, settings, &of),
            })
        })
        .collect()
}

fn is_enabled(value: Option<&Value>, stage: &str) -> bool {
    match value {
        Some(Value::Bool(enabled)) => *enabled,
        Some(Value::String(text)) => text == "true" || text == stage,
        Some(Value::Array(stages)) => stages.iter().any(|one| one.as_str() == Some(stage)),
        _ => false,
    }
}

fn config<'v>(
    own: Option<&'v Value>,
    settings: &'v Value,
    of: &dyn Fn(&str) -> Option<&'v Value>,
) -> Value {
    let text = |value: &Value| match value {
        Value::Null => Value::Null,
        value => json!(value.to_string()),
    };
    // Whether it is sent as written is said beside it.
    let level = own
        .filter(|own| own.get("payload").is_some())
        .unwrap_or(settings);
    let raw = level
        .get("payloadRaw")
        .and_then(Value::as_bool)
        .unwrap_or_default();
    let payload = match level.get("payload") {
        Some(payload) if raw => payload.clone(),
        Some(payload) => text(payload),
        None => json!(PAYLOAD),
    };
    let mut config = json!({
        "payload": payload,
        "concurrency": of("concurrency").cloned().unwrap_or_else(|| json!(1))
    });
    if let Some(config) = config.as_object_mut() {
        if let Some(alias) = of("alias") {
            config.insert("alias".into(), alias.clone());
        }
        if let Some(context) = of("clientContext").map(text).filter(|text| !text.is_null()) {
            config.insert("clientContext".into(), context);
        }
    }
    config
}

#[expect(
    clippy::too_many_arguments,
    reason = "each says a thing of its own about one function"
)]
fn add(
    document: &mut Node,
    all: &Value,
    warmer: &str,
    settings: &Value,
    kept: &[Kept],
    prefix: &str,
    span: &Span,
    given: &mut Given,
) {
    let text = |name: &str| settings.get(name).and_then(Value::as_str);
    let name = match text("name") {
        Some(name) => name.to_owned(),
        None => format!("{prefix}-warmup-plugin-{warmer}"),
    };
    let folder = match text("folderName") {
        Some(folder) => folder.trim_end_matches('/').to_owned(),
        None => format!(".warmup/{warmer}"),
    };
    let mut upper = warmer.chars();
    let capital = upper
        .next()
        .map(|first| first.to_uppercase().collect::<String>());
    let capital = format!("{}{}", capital.unwrap_or_default(), upper.as_str());
    let role_id = format!("WarmUpPlugin{capital}Role");
    let role = match settings.get("role") {
        Some(role) => role.clone(),
        None => {
            let role = role(all, warmer, text("roleName"), &name, kept, prefix);
            put(document, &["resources", "Resources"], &role_id, &role, span);
            json!(role_id)
        }
    };
    let function = function(all, warmer, settings, &name, &folder, &role);
    put(
        document,
        &["functions"],
        &format!("warmUpPlugin{capital}"),
        &function,
        span,
    );
    let verbose = settings
        .get("verbose")
        .and_then(Value::as_bool)
        .unwrap_or(true);
    let functions: Vec<Value> = kept
        .iter()
        .map(|one| json!({ "name": one.name, "config": one.config }))
        .collect();
    let list = json!({ "functions": functions, "verbose": verbose });
    for (file, text) in [
        ("index.mjs", CODE.to_owned()),
        ("functions.json", list.to_string()),
    ] {
        given.files.push(GeneratedFile {
            path: format!("{folder}/{file}"),
            text,
        });
    }
    if settings.get("prewarm").and_then(Value::as_bool) == Some(true) {
        given.calls.push((name, PAYLOAD.to_owned()));
    }
}

fn function(
    all: &Value,
    warmer: &str,
    settings: &Value,
    name: &str,
    folder: &str,
    role: &Value,
) -> Value {
    let or = |key: &str, default: Value| settings.get(key).cloned().unwrap_or(default);
    // The service's variables are not the warmer's.
    let of_service = all
        .pointer("/provider/environment")
        .and_then(Value::as_object);
    let unset: Map<String, Value> = of_service
        .into_iter()
        .flat_map(|all| all.keys())
        .map(|name| (name.clone(), Value::Null))
        .collect();
    let environment = or("environment", unset.into());
    let mut patterns = vec![json!("!**")];
    let more = settings
        .pointer("/package/patterns")
        .and_then(Value::as_array);
    patterns.extend(more.cloned().into_iter().flatten());
    patterns.push(json!(format!("{folder}/**")));
    let mut function = json!({
        "description": format!("Serverless WarmUp Plugin (warmer \"{warmer}\")"),
        "events": or("events", json!([{ "schedule": "rate(5 minutes)" }])),
        "handler": format!("{folder}/index.warmUp"),
        "memorySize": or("memorySize", json!(128)),
        "name": name,
        "runtime": "nodejs24.x",
        "package": { "individually": true, "patterns": patterns },
        "timeout": or("timeout", json!(10)),
        "role": role,
        "layers": []
    });
    if let Some(function) = function.as_object_mut() {
        for key in ["architecture", "tracing", "logRetentionInDays", "tags"] {
            if let Some(value) = settings.get(key) {
                function.insert(key.to_owned(), value.clone());
            }
        }
        if environment.as_object().is_some_and(|all| !all.is_empty()) {
            function.insert("environment".into(), environment);
        }
        match settings.get("vpc") {
            Some(Value::Bool(false)) => {
                let none = json!({ "securityGroupIds": [], "subnetIds": [] });
                function.insert("vpc".into(), none);
            }
            Some(vpc) => {
                function.insert("vpc".into(), vpc.clone());
            }
            None => {}
        }
    }
    function
}

/// Puts a value under a name, making the mappings on the way.
fn put(document: &mut Node, path: &[&str], name: &str, value: &Value, span: &Span) {
    let mut node = document;
    for step in path {
        if !matches!(node.content, Content::Mapping(_)) {
            node.content = Content::Mapping(Mapping::new());
        }
        let Content::Mapping(entries) = &mut node.content else {
            return;
        };
        let entry = entries.entry((*step).to_owned()).or_insert_with(|| Entry {
            key: span.clone(),
            node: Node::new(span.clone(), Content::Mapping(Mapping::new())),
        });
        node = &mut entry.node;
    }
    if !matches!(node.content, Content::Mapping(_)) {
        node.content = Content::Mapping(Mapping::new());
    }
    if let Content::Mapping(entries) = &mut node.content {
        let key = span.clone();
        let node = Node::from_json(span, value);
        entries.insert(name.to_owned(), Entry { key, node });
    }
}
