//! A form: the fields of what may stand at a path, and the value that stands there.

use pilothouse_model::{Code, Sources};
use pilothouse_service::edit;
use pilothouse_service::schema::{self, Shape};
use pilothouse_template::{MEMORY_SIZE, RUNTIME, TIMEOUT};
use serde::Serialize;
use serde_json::{Value, json};
use specta::Type;

use super::fields::{Control, Field, control, properties};
use super::outline::{Named, ResourceStart, find, read};
use super::refers::{Reference, refers};
use super::{actions, values};
use crate::project::ProjectRequest;
use crate::{ApiError, Host, Kind};

/// A form for one value of the configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Form {
    /// Where the value is.
    pub path: Vec<String>,
    /// The path as people write it.
    pub said: String,
    /// What it is for.
    pub doc: String,
    /// The file that holds it.
    pub file: String,
    /// The line on which it begins, from one.
    pub line: Option<u32>,
    /// Whether it is there.
    pub exists: bool,
    /// Its value as JSON; what has no fields is `{"$yaml": text}`.
    pub json: String,
    /// How it is filled in.
    pub control: Control,
    /// Lines that refer to it.
    pub refers: Vec<Reference>,
}

/// What a new resource can begin as: the word, the type, what it is for, and its properties.
fn start_values() -> Vec<(&'static str, &'static str, &'static str, Value)> {
    vec![
        (
            "Table",
            "AWS::DynamoDB::Table",
            "Items by key, in DynamoDB",
            json!({
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            }),
        ),
        (
            "Queue",
            "AWS::SQS::Queue",
            "Messages that wait for a function, in SQS",
            Value::Null,
        ),
        (
            "Topic",
            "AWS::SNS::Topic",
            "Messages to all who listen, in SNS",
            Value::Null,
        ),
        (
            "Bucket",
            "AWS::S3::Bucket",
            "Files, in S3",
            json!({
                "PublicAccessBlockConfiguration": {
                    "BlockPublicAcls": true, "BlockPublicPolicy": true,
                    "IgnorePublicAcls": true, "RestrictPublicBuckets": true,
                },
            }),
        ),
        (
            "Parameter",
            "AWS::SSM::Parameter",
            "A setting that functions read, in Parameter Store; no place for secrets",
            json!({"Type": "String", "Value": "change me"}),
        ),
    ]
}

pub(super) fn starts() -> Vec<ResourceStart> {
    let start = |(word, kind, doc, _): (&str, &str, &str, Value)| ResourceStart {
        word: word.to_owned(),
        resource_type: kind.to_owned(),
        doc: doc.to_owned(),
    };
    start_values().into_iter().map(start).collect()
}

pub(super) fn event_kinds() -> Vec<Named> {
    let path = ["functions", "any", "events", "0"].map(str::to_owned);
    let shape = schema::at(&path).map(|(shape, _)| shape);
    match shape.map(|shape| control(&shape, 0)) {
        Some(Control::Kinds { kinds }) => kinds
            .into_iter()
            .map(|kind| Named {
                name: kind.name,
                doc: kind.doc,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The properties that a resource of a type begins with.
pub(super) fn started(kind: &str) -> Value {
    let begun = start_values()
        .into_iter()
        .find(|(_, known, ..)| *known == kind);
    match begun.map(|(.., properties)| properties) {
        Some(Value::Null) | None => json!({ "Type": kind }),
        Some(properties) => json!({ "Type": kind, "Properties": properties }),
    }
}

/// The form for the value at a path. With `kind`, that of a new resource of this type.
///
/// # Errors
/// When nothing can stand there, or the files cannot be read.
pub fn form(
    host: &Host,
    request: &ProjectRequest,
    path: &[String],
    kind: Option<&str>,
) -> Result<Form, ApiError> {
    let said = edit::say_path(path);
    let (shape, doc) = schema::at(path).ok_or_else(|| {
        ApiError::new(
            Code::ConfigUnknownKey,
            Kind::User,
            format!("nothing can stand at `{said}`"),
        )
        .hint("`docs/keys.md` lists what can")
    })?;
    let found = find(host, request, path)?;
    let source = pilothouse_model::SourceId::new(found.file.as_str());
    let span = edit::place(&source, &found.text, &found.path);
    let mut sources = Sources::default();
    sources.insert(source, found.text.as_str());
    let line = span.and_then(|span| sources.position(&span));
    let exists = found.value.is_some();
    let value = found
        .value
        .or_else(|| kind.map(started))
        .unwrap_or_default();
    let control = fitted(host, request, path, (&shape, &value))?;
    let value = values::shown(value, &control);
    Ok(Form {
        path: path.to_vec(),
        said,
        doc: doc.to_owned(),
        file: found.file,
        line: line.and_then(|place| u32::try_from(place.line).ok()),
        exists,
        json: value.to_string(),
        control,
        refers: refers(host, request, path)?,
    })
}

/// The control of a value, with what the rest of the project tells of it.
fn fitted(
    host: &Host,
    request: &ProjectRequest,
    path: &[String],
    (shape, value): (&Shape, &Value),
) -> Result<Control, ApiError> {
    let mut control = control(shape, 0);
    // A short form of an event (`http: GET /x`) is one of two; its settings are the other.
    if let Control::Either { variants } = &mut control {
        variants.sort_by_key(|one| !matches!(one.control, Control::Group { .. }));
    }
    let words: Vec<&str> = path.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["functions", _] => {
            if let Control::Group { fields } = &mut control {
                fields.retain(|field| field.name != "events");
                for field in fields.iter_mut() {
                    field.inherited = inherited(host, request, &field.name)?;
                }
                function_order(fields);
            }
        }
        ["resources", "Resources", _] => {
            let kind = value
                .get("Type")
                .and_then(Value::as_str)
                .unwrap_or_default();
            if let Control::Group { fields } = &mut control {
                for field in fields.iter_mut().filter(|field| field.name == "Properties") {
                    field.control = properties(kind);
                }
            }
        }
        [.., "statements" | "iamRoleStatements", _] => {
            if let Control::Group { fields } = &mut control {
                for field in fields {
                    match field.name.as_str() {
                        "Action" | "NotAction" => field.suggestions = actions::all(),
                        "Resource" => field.suggestions = owned_arns(host, request)?,
                        _ => {}
                    }
                }
            }
        }
        _ => {}
    }
    Ok(control)
}

/// What most functions say comes first.
fn function_order(fields: &mut [Field]) {
    const FIRST: &[&str] = &[
        "handler",
        "image",
        "description",
        "runtime",
        "memorySize",
        "timeout",
        "architecture",
        "environment",
        "url",
        "layers",
        "reservedConcurrency",
    ];
    fields.sort_by_key(|field| {
        let place = FIRST.iter().position(|name| *name == field.name);
        place.unwrap_or(FIRST.len())
    });
}

/// What holds for a function that does not say it.
fn inherited(
    host: &Host,
    request: &ProjectRequest,
    name: &str,
) -> Result<Option<String>, ApiError> {
    let usual = match name {
        "runtime" => Some(RUNTIME.to_owned()),
        "memorySize" => Some(MEMORY_SIZE.to_string()),
        "timeout" => Some(TIMEOUT.to_string()),
        "architecture" => Some("x86_64".to_owned()),
        _ => return Ok(None),
    };
    let path = ["provider", name].map(str::to_owned);
    Ok(match read(host, request, &path)? {
        Some(Value::String(text)) => Some(text),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => usual,
    })
}

/// References to the service's own resources.
fn owned_arns(host: &Host, request: &ProjectRequest) -> Result<Vec<String>, ApiError> {
    let path = ["resources", "Resources"].map(str::to_owned);
    let all = read(host, request, &path)?.unwrap_or_default();
    let names = all.as_object().into_iter().flatten();
    Ok(names
        .filter_map(|(name, resource)| {
            let kind = resource.get("Type").and_then(Value::as_str)?;
            let reference = match kind {
                "AWS::SNS::Topic" => json!({ "Ref": name }),
                "AWS::SSM::Parameter" => return None,
                _ => json!({ "Fn::GetAtt": [name, "Arn"] }),
            };
            Some(reference.to_string())
        })
        .collect())
}
