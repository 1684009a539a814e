//! What is added by name: a function, an event, an environment variable, a permission, a resource, as edits.

use pilothouse_model::Code;
use pilothouse_service::edit::{Edit, parse_path};
use serde_json::{Map, Value, json};

use super::describe::{started, starts};
use super::outline::outline;
use super::values::value_of_yaml;
use crate::project::ProjectRequest;
use crate::{ApiError, Host, Kind};

/// Something to add. Settings are `KEY=VALUE`, the key a path, the value YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addition {
    /// A function.
    Function {
        /// Its key.
        name: String,
        /// Its settings.
        settings: Vec<String>,
    },
    /// An event of a function.
    Event {
        /// The function's key.
        function: String,
        /// The kind.
        kind: String,
        /// Its settings, or one value.
        settings: Vec<String>,
    },
    /// Environment variables.
    Environment {
        /// The function; all functions when absent.
        function: Option<String>,
        /// `NAME=VALUE`, each value a text as it stands.
        variables: Vec<String>,
    },
    /// A statement of the role that functions share.
    Permission {
        /// What may be done.
        actions: Vec<String>,
        /// To what, as YAML.
        resources: Vec<String>,
    },
    /// A resource.
    Resource {
        /// Its logical id.
        name: String,
        /// Its type, or one of the words for what is often added.
        kind: String,
        /// Its properties.
        settings: Vec<String>,
    },
}

/// The edits that add something.
///
/// # Errors
/// When it is there already, or what it belongs to is not.
pub fn edits(
    host: &Host,
    request: &ProjectRequest,
    addition: &Addition,
) -> Result<Vec<Edit>, ApiError> {
    let outline = outline(host, request)?;
    let known = |name: &String| outline.functions.iter().any(|one| one.name == *name);
    let path =
        |names: &[&str]| -> Vec<String> { names.iter().map(|name| (*name).to_owned()).collect() };
    Ok(match addition {
        Addition::Function { name, .. } if known(name) => {
            return Err(there_already("function", name));
        }
        Addition::Function { name, settings } => vec![Edit::Set {
            path: path(&["functions", name]),
            value: mapping(settings)?,
        }],
        Addition::Event { function, .. } if !known(function) => {
            return Err(no_function(function, &outline));
        }
        Addition::Event {
            function,
            kind,
            settings,
        } => vec![Edit::Insert {
            path: path(&["functions", function, "events"]),
            at: None,
            value: json!({ kind.as_str(): event(settings)? }),
        }],
        Addition::Environment {
            function: Some(function),
            ..
        } if !known(function) => return Err(no_function(function, &outline)),
        Addition::Environment {
            function,
            variables,
        } => environment(function.as_ref(), variables)?,
        Addition::Permission { actions, resources } => vec![Edit::Insert {
            path: outline.permissions_path,
            at: None,
            value: statement(actions, resources)?,
        }],
        Addition::Resource { name, .. }
            if outline.resources.iter().any(|one| one.name == *name) =>
        {
            return Err(there_already("resource", name));
        }
        Addition::Resource {
            name,
            kind,
            settings,
        } => vec![Edit::Set {
            path: path(&["resources", "Resources", name]),
            value: resource(kind, settings)?,
        }],
    })
}

fn environment(function: Option<&String>, variables: &[String]) -> Result<Vec<Edit>, ApiError> {
    let set = |variable: &String| {
        let (name, value) = pair(variable)?;
        let mut path = match function {
            Some(function) => vec!["functions".to_owned(), function.clone()],
            None => vec!["provider".to_owned()],
        };
        path.extend(["environment".to_owned(), name.to_owned()]);
        Ok(Edit::Set {
            path,
            value: value.into(),
        })
    };
    variables.iter().map(set).collect()
}

fn statement(actions: &[String], resources: &[String]) -> Result<Value, ApiError> {
    let read = resources.iter().map(|one| value_of_yaml(one, "Resource"));
    Ok(json!({
        "Effect": "Allow",
        "Action": actions,
        "Resource": read.collect::<Result<Vec<Value>, _>>()?,
    }))
}

fn there_already(what: &str, name: &str) -> ApiError {
    ApiError::new(
        Code::EditRefused,
        Kind::User,
        format!("there is already a {what} `{name}`"),
    )
    .hint(format!(
        "Choose another name, or change it: pilothouse set {}.{name}...",
        if what == "function" {
            "functions"
        } else {
            "resources.Resources"
        }
    ))
}

fn no_function(name: &str, outline: &super::Outline) -> ApiError {
    let known: Vec<&str> = outline
        .functions
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    ApiError::new(
        Code::FunctionMissing,
        Kind::User,
        format!("the service has no function `{name}`"),
    )
    .hint(if known.is_empty() {
        format!("Add it first: pilothouse add function {name} handler=...")
    } else {
        format!("It has: {}", known.join(", "))
    })
}

fn pair(setting: &str) -> Result<(&str, &str), ApiError> {
    setting.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(|| {
        ApiError::new(
            Code::Usage,
            Kind::User,
            format!("`{setting}` is not of the form NAME=VALUE"),
        )
        .hint("Write the name, `=` and the value, with quotes around all of it where a shell needs them")
    })
}

/// The settings as a mapping.
fn mapping(settings: &[String]) -> Result<Value, ApiError> {
    let mut all = Value::Object(Map::new());
    for setting in settings {
        let (name, value) = pair(setting)?;
        let path = parse_path(name).map_err(|why| bad_path(name, &why))?;
        put(&mut all, &path, value_of_yaml(value, name)?);
    }
    Ok(all)
}

fn put(all: &mut Value, path: &[String], value: Value) {
    let Some((name, rest)) = path.split_first() else {
        *all = value;
        return;
    };
    if !all.is_object() {
        *all = Value::Object(Map::new());
    }
    if let Some(entries) = all.as_object_mut() {
        put(
            entries.entry(name.clone()).or_insert(Value::Null),
            rest,
            value,
        );
    }
}

/// A path that cannot be read.
fn bad_path(path: &str, why: &str) -> ApiError {
    ApiError::new(
        Code::Usage,
        Kind::User,
        format!("`{path}` is not a path of the configuration"),
    )
    .detail(why)
    .hint("Write names with dots between them: `functions.hello.events[0].http`, `custom[\"a.b\"]`")
}

fn event(settings: &[String]) -> Result<Value, ApiError> {
    match settings {
        [] => Ok(Value::Null),
        [one]
            if !one
                .split(['(', ' ', ':', '/'])
                .next()
                .is_some_and(|word| word.contains('=')) =>
        {
            value_of_yaml(one, "event")
        }
        settings => mapping(settings),
    }
}

fn resource(kind: &str, settings: &[String]) -> Result<Value, ApiError> {
    let known = starts();
    let start = known
        .iter()
        .find(|start| start.word.eq_ignore_ascii_case(kind));
    let kind = match start {
        Some(start) => start.resource_type.as_str(),
        None if kind.contains("::") => kind,
        None => {
            let words: Vec<&str> = known.iter().map(|start| start.word.as_str()).collect();
            return Err(ApiError::new(
                Code::Usage,
                Kind::User,
                format!("`{kind}` is no type of a resource"),
            )
            .hint(format!(
                "Write a type such as `AWS::SQS::Queue`, or one of {}",
                words.join(", ")
            )));
        }
    };
    let mut value = started(kind);
    if !settings.is_empty() {
        let own = mapping(settings)?;
        if let Some(entries) = value.as_object_mut() {
            let properties = entries.entry("Properties").or_insert_with(|| json!({}));
            if let (Some(properties), Value::Object(own)) = (properties.as_object_mut(), own) {
                properties.extend(own);
            }
        }
    }
    Ok(value)
}

/// The names of a path as people write it.
///
/// # Errors
/// When it cannot be read.
pub fn path_of(written: &str) -> Result<Vec<String>, ApiError> {
    parse_path(written).map_err(|why| bad_path(written, &why))
}
