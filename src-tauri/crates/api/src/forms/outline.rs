//! What of a service can be edited by form, read from its files as they are written, right or wrong.

use pilothouse_model::SourceId;
use pilothouse_service::edit::{self, Stop};
use serde::Serialize;
use serde_json::Value;
use specta::Type;

use super::change::{inside, refused};
use crate::project::ProjectRequest;
use crate::{ApiError, Host, texts};

/// A service's parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Outline {
    /// The configuration file.
    pub config: String,
    /// The functions.
    pub functions: Vec<FunctionPart>,
    /// Statements of the role that the functions share.
    pub permissions: Vec<Part>,
    /// Where new statements go.
    pub permissions_path: Vec<String>,
    /// Resources of the service's own.
    pub resources: Vec<Part>,
    /// What a new resource can begin as.
    pub starts: Vec<ResourceStart>,
    /// The kinds of events that a function can have.
    pub event_kinds: Vec<Named>,
}

/// A function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FunctionPart {
    /// Its key.
    pub name: String,
    /// Its handler, as written.
    pub handler: Option<String>,
    /// Where it is.
    pub path: Vec<String>,
    /// Its events.
    pub events: Vec<Part>,
}

/// A part that has a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// A line about it.
    pub summary: String,
    /// Where it is.
    pub path: Vec<String>,
    /// Where the form of its settings is: an event's are under its kind.
    pub form: Vec<String>,
}

/// A name with a line about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// The name.
    pub name: String,
    /// The line.
    pub doc: String,
}

/// What a new resource can begin as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ResourceStart {
    /// The word for it.
    pub word: String,
    /// Its type.
    pub resource_type: String,
    /// What it is for.
    pub doc: String,
}

/// What a service has.
///
/// # Errors
/// When the configuration cannot be read, or is no valid YAML.
pub fn outline(host: &Host, request: &ProjectRequest) -> Result<Outline, ApiError> {
    let at = |path: &[&str]| {
        let path: Vec<String> = path.iter().map(|name| (*name).to_owned()).collect();
        read(host, request, &path)
    };
    let iam = owned(&["provider", "iam", "role", "statements"]);
    let old = owned(&["provider", "iamRoleStatements"]);
    let permissions_path = if at(&["provider", "iamRoleStatements"])?.is_some() {
        old
    } else {
        iam
    };
    let config = texts::read(host, request, None)?.config;
    let functions = at(&["functions"])?.unwrap_or_default();
    let statements = read(host, request, &permissions_path)?.unwrap_or_default();
    let resources = at(&["resources"])?.unwrap_or_default();
    Ok(Outline {
        config,
        functions: named(&functions)
            .into_iter()
            .map(|(name, value)| function(name, value))
            .collect(),
        permissions: numbered(&statements, &permissions_path, |value| {
            (text(value, "Sid"), statement(value))
        }),
        permissions_path,
        resources: all_resources(&resources),
        starts: super::describe::starts(),
        event_kinds: super::describe::event_kinds(),
    })
}

/// The value at a path, followed into the file that holds it.
pub(super) fn read(
    host: &Host,
    request: &ProjectRequest,
    path: &[String],
) -> Result<Option<Value>, ApiError> {
    Ok(find(host, request, path)?.value)
}

/// A value and where it is.
pub(super) struct Read {
    pub(super) value: Option<Value>,
    pub(super) file: String,
    pub(super) text: String,
    pub(super) path: Vec<String>,
}

pub(super) fn find(
    host: &Host,
    request: &ProjectRequest,
    path: &[String],
) -> Result<Read, ApiError> {
    let mut file = texts::read(host, request, None)?;
    let mut path = path.to_vec();
    for _ in 0..8 {
        let source = SourceId::new(file.file.as_str());
        let value = match edit::value(&source, &file.text, &path) {
            Ok(value) => value,
            Err(Stop::Elsewhere {
                file: other,
                path: inner,
                ..
            }) => {
                file = texts::read(host, request, Some(&inside(&other)?))?;
                path = inner;
                continue;
            }
            // Inside of a variable nothing is written.
            Err(Stop::Refused(found)) if found.code == pilothouse_model::Code::EditRefused => None,
            Err(Stop::Refused(found)) => return Err(refused(*found, &source, &file.text)),
        };
        return Ok(Read {
            value,
            file: file.file,
            text: file.text,
            path,
        });
    }
    Ok(Read {
        value: None,
        file: file.file,
        text: file.text,
        path,
    })
}

fn owned(path: &[&str]) -> Vec<String> {
    path.iter().map(|name| (*name).to_owned()).collect()
}

/// Named values, of a mapping or of a list of mappings.
fn named(value: &Value) -> Vec<(&String, &Value)> {
    match value {
        Value::Object(entries) => entries.iter().collect(),
        Value::Array(parts) => parts.iter().flat_map(named).collect(),
        _ => Vec::new(),
    }
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

fn function(name: &str, value: &Value) -> FunctionPart {
    let path = owned(&["functions", name]);
    let events = owned(&["functions", name, "events"]);
    let mut events = numbered(
        value.get("events").unwrap_or(&Value::Null),
        &events,
        |event| {
            let (kind, settings) = match event {
                Value::Object(entries) => entries.iter().next().unzip(),
                _ => (None, None),
            };
            let kind = kind.cloned().or_else(|| event.as_str().map(str::to_owned));
            (kind, settings.map(summary).unwrap_or_default())
        },
    );
    for event in &mut events {
        event.form.push(event.name.clone());
    }
    FunctionPart {
        name: name.to_owned(),
        handler: text(value, "handler").or_else(|| image(value)),
        path,
        events,
    }
}

/// The image that a function names, in whichever of its forms.
fn image(value: &Value) -> Option<String> {
    let inside = |name: &str| text(value.get("image")?, name);
    text(value, "image")
        .or_else(|| inside("name"))
        .or_else(|| inside("uri"))
}

fn numbered(
    list: &Value,
    at: &[String],
    words: impl Fn(&Value) -> (Option<String>, String),
) -> Vec<Part> {
    let items = list.as_array().into_iter().flatten().enumerate();
    let part = |(number, value): (usize, &Value)| {
        let (name, summary) = words(value);
        let mut path = at.to_vec();
        path.push(number.to_string());
        Part {
            name: name.unwrap_or_else(|| format!("{}", number + 1)),
            summary,
            form: path.clone(),
            path,
        }
    };
    items.map(part).collect()
}

/// The first plain values of something, in few words.
fn summary(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(entries) => {
            let plain = entries.values().filter_map(|value| match value {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            });
            plain.take(3).collect::<Vec<_>>().join(" ")
        }
        Value::Array(items) => items.iter().map(summary).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

fn statement(value: &Value) -> String {
    let part = |name: &str| value.get(name).map(summary).unwrap_or_default();
    let (effect, actions, on) = (part("Effect"), part("Action"), part("Resource"));
    format!("{effect} {actions} on {on}")
}

fn all_resources(value: &Value) -> Vec<Part> {
    let sections = match value {
        Value::Array(parts) => parts.iter().collect(),
        one => vec![one],
    };
    let all = sections
        .into_iter()
        .filter_map(|part| part.get("Resources"));
    all.flat_map(named)
        .map(|(name, resource)| {
            let path = owned(&["resources", "Resources", name]);
            Part {
                name: name.clone(),
                summary: text(resource, "Type").unwrap_or_default(),
                form: path.clone(),
                path,
            }
        })
        .collect()
}
