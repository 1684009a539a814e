//! Values as new text.

use serde_json::Value;

use super::scalar::{self, Spot};
use super::style::Style;

/// Whether a value takes lines of its own outside brackets.
pub(super) fn is_block(value: &Value, style: &Style) -> bool {
    match value {
        _ if tagged(value, Spot::Block, style).is_some() => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(entries) => !entries.is_empty(),
        _ => false,
    }
}

/// The lines of a mapping or a list without the indent of the first one.
pub(super) fn lines(value: &Value, indent: usize, style: &Style) -> String {
    let between = format!("{}{}", style.eol, " ".repeat(indent));
    match value {
        Value::Object(entries) => {
            let lines = entries.iter();
            let lines: Vec<String> = lines
                .map(|(key, value)| entry(key, value, indent, style))
                .collect();
            lines.join(&between)
        }
        Value::Array(items) => {
            let lines = items.iter().map(|value| item(value, indent, style));
            lines.collect::<Vec<_>>().join(&between)
        }
        other => one_line(other, indent, style),
    }
}

/// `key: value`, its further lines indented.
pub(super) fn entry(key: &str, value: &Value, indent: usize, style: &Style) -> String {
    let key = scalar::text(key, Spot::Key, style);
    format!("{key}:{}", after_colon(value, indent, style))
}

/// What stands behind a colon, whose key is `indent` deep.
pub(super) fn after_colon(value: &Value, indent: usize, style: &Style) -> String {
    if !is_block(value, style) {
        return format!(" {}", one_line(value, indent + style.unit, style));
    }
    let deeper = indent
        + if value.is_array() {
            style.dash
        } else {
            style.unit
        };
    let inside = lines(value, deeper, style);
    format!("{}{}{inside}", style.eol, " ".repeat(deeper))
}

/// `- value`, its further lines indented.
pub(super) fn item(value: &Value, indent: usize, style: &Style) -> String {
    let deeper = indent + 2;
    if is_block(value, style) {
        return format!("- {}", lines(value, deeper, style));
    }
    format!("- {}", one_line(value, deeper, style))
}

/// A scalar or an empty collection; a text of several lines as a block, its lines `indent` deep.
pub(super) fn one_line(value: &Value, indent: usize, style: &Style) -> String {
    if let Value::String(text) = value
        && style.blocks
        && let Some(block) = scalar::block(text, indent, style.eol)
    {
        return block;
    }
    if let Some(tagged) = tagged(value, Spot::Block, style) {
        return tagged;
    }
    match value {
        Value::Array(_) => "[]".to_owned(),
        Value::Object(_) => "{}".to_owned(),
        other => scalar::inline(other, Spot::Block, style),
    }
}

/// Between brackets. With `indent`, each member has a line of its own.
pub(super) fn flow(value: &Value, indent: Option<usize>, style: &Style) -> String {
    if let Some(tagged) = tagged(value, Spot::Flow, style) {
        return tagged;
    }
    let inner = indent.map(|indent| indent + style.unit);
    let members: Vec<String> = match value {
        Value::Array(items) => items.iter().map(|item| flow(item, inner, style)).collect(),
        Value::Object(entries) => entries
            .iter()
            .map(|(key, value)| member(key, value, inner, style))
            .collect(),
        other => return scalar::inline(other, Spot::Flow, style),
    };
    let (open, close) = if value.is_array() {
        ("[", "]")
    } else {
        ("{", "}")
    };
    if members.is_empty() {
        return format!("{open}{close}");
    }
    match indent {
        Some(indent) => {
            let line = |depth: usize| format!("{}{}", style.eol, " ".repeat(depth));
            let deep = line(indent + style.unit);
            let members = members.join(&format!(",{deep}"));
            format!("{open}{deep}{members}{}{close}", line(indent))
        }
        None => {
            let room = if style.roomy && value.is_object() {
                " "
            } else {
                ""
            };
            format!("{open}{room}{}{room}{close}", members.join(", "))
        }
    }
}

/// `key: value` between brackets.
pub(super) fn member(key: &str, value: &Value, indent: Option<usize>, style: &Style) -> String {
    let spot = if style.json { Spot::Flow } else { Spot::Key };
    let key = scalar::text(key, spot, style);
    let key = if !style.json && key.contains([',', ':']) && !key.starts_with(['\'', '"']) {
        format!("'{key}'")
    } else {
        key
    };
    format!("{key}: {}", flow(value, indent, style))
}

/// A function of CloudFormation as a tag, where its file has tags and its argument is a text.
fn tagged(value: &Value, spot: Spot, style: &Style) -> Option<String> {
    let entries = value.as_object().filter(|_| style.tags)?;
    let (name, argument) = entries.iter().next().filter(|_| entries.len() == 1)?;
    let text = match (name.as_str(), argument) {
        ("Ref" | "Fn::Sub" | "Fn::ImportValue", Value::String(text)) => text.clone(),
        ("Fn::GetAtt", Value::Array(parts)) => match parts.as_slice() {
            [Value::String(resource), Value::String(attribute)]
                if !resource.contains('.') && !attribute.is_empty() =>
            {
                format!("{resource}.{attribute}")
            }
            _ => return None,
        },
        _ => return None,
    };
    if text.is_empty() || text.contains(['\n', '\r']) {
        return None;
    }
    let short = name.strip_prefix("Fn::").unwrap_or(name);
    Some(format!("!{short} {}", scalar::text(&text, spot, style)))
}
