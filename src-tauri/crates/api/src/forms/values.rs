//! Values on their way to a form and back. What a form cannot show as fields it shows as YAML: such a value is
//! `{"$yaml": text}` on both ways.

use pilothouse_model::{Code, Diagnostic};
use pilothouse_service::edit;
use serde_json::{Map, Value};

use super::fields::Control;
use crate::{ApiError, Kind};

const YAML: &str = "$yaml";

/// A value as its control shows it.
pub(super) fn shown(value: Value, control: &Control) -> Value {
    match (control, value) {
        (_, Value::Null) => Value::Null,
        (Control::Group { fields }, Value::Object(entries)) => entries
            .into_iter()
            .map(|(name, value)| {
                let field = fields.iter().find(|field| field.name == name);
                let control = field.map_or(&Control::Yaml, |field| &field.control);
                let value = shown(value, control);
                (name, value)
            })
            .collect::<Map<_, _>>()
            .into(),
        (Control::Table { value: inner, .. }, Value::Object(entries)) => entries
            .into_iter()
            .map(|(name, value)| (name, shown(value, inner)))
            .collect::<Map<_, _>>()
            .into(),
        (Control::List { item }, Value::Array(items)) => items
            .into_iter()
            .map(|value| shown(value, item))
            .collect::<Vec<_>>()
            .into(),
        (Control::Either { variants }, value) => {
            let fits = variants.iter().find(|one| fits(&value, &one.control));
            fits.map(|one| shown(value.clone(), &one.control))
                .unwrap_or_else(|| as_yaml(&value))
        }
        // One value stands for a list of one.
        (Control::List { item }, value) if fits(&value, item) => shown(value, item),
        (control, value) if fits(&value, control) => value,
        (_, value) => as_yaml(&value),
    }
}

fn as_yaml(value: &Value) -> Value {
    Map::from_iter([(YAML.to_owned(), edit::yaml(value).into())]).into()
}

fn fits(value: &Value, control: &Control) -> bool {
    match control {
        Control::Text { .. } => value.is_string() || value.is_number() || value.is_boolean(),
        Control::Choice { words } => match value {
            Value::String(text) => words.iter().any(|word| word.eq_ignore_ascii_case(text)),
            Value::Number(number) => words.contains(&number.to_string()),
            _ => false,
        },
        Control::Truth => value.is_boolean(),
        Control::Number { .. } => value.is_i64(),
        Control::List { .. } => value.is_array(),
        Control::Table { .. } => value.is_object() && !is_function(value),
        Control::Group { fields } => value.as_object().is_some_and(|entries| {
            let known = |name: &String| fields.iter().any(|field| field.name == *name);
            !is_function(value) && (entries.is_empty() || entries.keys().any(known))
        }),
        Control::Either { variants } => variants.iter().any(|one| fits(value, &one.control)),
        Control::Kinds { .. } | Control::Yaml => false,
    }
}

fn is_function(value: &Value) -> bool {
    value.as_object().is_some_and(|entries| {
        entries.len() == 1
            && entries
                .keys()
                .all(|name| name == "Ref" || name.starts_with("Fn::"))
    })
}

/// A value as a form gave it, its YAML read.
pub(super) fn read(value: Value, path: &str) -> Result<Value, ApiError> {
    match value {
        Value::Object(entries) => {
            if let (1, Some(Value::String(text))) = (entries.len(), entries.get(YAML)) {
                return value_of_yaml(text, path);
            }
            let read = entries.into_iter().map(|(name, value)| {
                let value = read(value, &format!("{path}.{name}"))?;
                Ok((name, value))
            });
            Ok(Value::Object(read.collect::<Result<_, ApiError>>()?))
        }
        Value::Array(items) => items
            .into_iter()
            .enumerate()
            .map(|(at, value)| read(value, &format!("{path}.{at}")))
            .collect(),
        other => Ok(other),
    }
}

/// The value of a text of YAML that is meant for a path.
///
/// # Errors
/// When it is not valid.
pub fn value_of_yaml(text: &str, path: &str) -> Result<Value, ApiError> {
    edit::value_of_yaml(text).map_err(|found| {
        let title = format!("the value for `{path}` is not valid YAML");
        let reason = found.reason.unwrap_or(found.message);
        let finding = Diagnostic::error(Code::ConfigSyntax, title.clone())
            .path(path)
            .reason(reason.clone());
        let mut error = ApiError::new(Code::ConfigSyntax, Kind::User, title)
            .detail(reason)
            .hint("Check its quotes and its indentation");
        let findings = crate::Findings {
            diagnostics: pilothouse_model::Diagnostics(vec![finding]),
            ..crate::Findings::default()
        };
        error.findings = Some(Box::new(findings));
        error
    })
}
