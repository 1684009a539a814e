//! `cloudwatchEvent` events: rules of the account's own event bus.
//!
//! Serverless writes these resources as text and reads the text as JSON, which shows: `\n` goes out of patterns and
//! inputs, and a backslash in a description begins an escape. What would not be JSON then is passed on as written.

use pilothouse_service::types::{CloudWatchEvent, Event};
use serde_json::{Map, Value, json};

use crate::draft::{Draft, Resource};
use crate::event_bridge::state;
use crate::intrinsics::attribute;
use crate::naming;
use crate::scalars::compact_json;
use crate::target::Target;

/// Adds the rules of all functions.
pub(crate) fn add(draft: &mut Draft<'_>) {
    for (key, function) in &draft.service.functions {
        let events = function.events.iter().filter_map(|event| match event {
            Event::CloudWatch(event) => Some(event),
            _ => None,
        });
        for (at, event) in events.enumerate() {
            add_rule(draft, key, event, at + 1);
        }
    }
}

fn add_rule(draft: &mut Draft<'_>, key: &str, event: &CloudWatchEvent, number: usize) {
    let function = Target::of(draft, key);
    let mut target = Map::new();
    if let Some(input) = &event.input.value {
        target.insert("Input".into(), input_of(input).into());
    }
    if let Some(path) = &event.input.path {
        target.insert("InputPath".into(), read(&one_line(path)).into());
    }
    if let Some(transformer) = &event.input.transformer {
        target.insert("InputTransformer".into(), transformer_of(transformer));
    }
    target.insert("Arn".into(), function.arn.clone());
    target.insert("Id".into(), format!("{key}CloudWatchEvent").into());
    let rule = Resource::new("AWS::Events::Rule")
        .with("EventPattern", pattern(&event.pattern))
        .with("State", state(event.enabled))
        .with_some("Description", event.description.as_deref().map(read))
        .with_some("Name", event.name.as_deref().map(read))
        .with("Targets", json!([target]))
        .depends_on(function.alias.clone());
    let id = naming::event_rule_id(key, number);
    let permission = function.permission("events.amazonaws.com", attribute(&id, "Arn"));
    let origin = format!("functions.{key}");
    draft.add(id, rule, &origin);
    let id = naming::event_rule_permission_id(key, number);
    draft.add(id, permission, &origin);
}

/// JSON text without the escapes of line breaks.
fn without_breaks(json: &str) -> String {
    json.replace("\\n", "").replace("\\r", "")
}

fn one_line(text: &str) -> String {
    text.replace("\r\n", "").replace('\n', "")
}

fn pattern(written: &Value) -> Value {
    let text = without_breaks(&compact_json(written));
    serde_json::from_str(&text).unwrap_or_else(|_| written.clone())
}

/// What a text is when it stands between quotes in JSON as it is.
fn read(text: &str) -> String {
    serde_json::from_str(&format!("\"{text}\"")).unwrap_or_else(|_| text.to_owned())
}

fn input_of(written: &Value) -> String {
    let text = match written {
        Value::String(text) => text.clone(),
        Value::Object(_) | Value::Array(_) => compact_json(written),
        scalar => scalar.to_string(),
    };
    let quoted = without_breaks(&text.replace('"', "\\\""));
    serde_json::from_str(&format!("\"{quoted}\"")).unwrap_or(text)
}

fn transformer_of(written: &Value) -> Value {
    let mut transformer = Map::new();
    for (from, to) in [
        ("inputTemplate", "InputTemplate"),
        ("inputPathsMap", "InputPathsMap"),
    ] {
        if let Some(value) = written.get(from) {
            transformer.insert(to.to_owned(), value.clone());
        }
    }
    transformer.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_the_peer_reads_them() {
        assert_eq!(input_of(&json!({ "a": "x\ny" })), r#"{"a":"xy"}"#);
        assert_eq!(input_of(&json!("{\"a\": 1}")), "{\"a\": 1}");
        assert_eq!(pattern(&json!({ "a": ["x\r\ny"] })), json!({ "a": ["xy"] }));
        assert_eq!(read(r"a\tb"), "a\tb");
    }

    #[test]
    fn what_the_peer_breaks_on_is_passed_on_as_written() {
        assert_eq!(
            input_of(&json!({ "a": "say \"x\"" })),
            r#"{"a":"say \"x\""}"#
        );
        assert_eq!(read("say \"x\""), "say \"x\"");
    }
}
