//! A CloudFormation template as a value.

use serde_json::{Map, Value, json};

/// A CloudFormation template: an ordered JSON object with `Resources`, `Outputs` and their kin.
///
/// The order of keys is kept, so that printing is deterministic and reads in the order of the service.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Template(pub Map<String, Value>);

impl Template {
    /// One of the template's sections (`Resources`, `Outputs`, ...), when it is an object.
    pub fn section(&self, name: &str) -> Option<&Map<String, Value>> {
        self.0.get(name)?.as_object()
    }

    /// The section of that name, made (empty) when it is absent or not an object.
    pub fn section_mut(&mut self, name: &str) -> &mut Map<String, Value> {
        let slot = self
            .0
            .entry(name)
            .or_insert_with(|| Value::Object(Map::new()));
        if !slot.is_object() {
            *slot = Value::Object(Map::new());
        }
        match slot {
            Value::Object(map) => map,
            _ => unreachable!("made an object just above"),
        }
    }

    /// The template as pretty-printed JSON with two spaces and a final newline, the form the files have.
    pub fn to_json(&self) -> String {
        // Serialising to text cannot fail: every key of a JSON object is a text. The other form, through
        // `Display`, gives the same and takes twice as long.
        let mut text = serde_json::to_string_pretty(&self.0)
            .unwrap_or_else(|_| format!("{:#}", json!(self.0)));
        text.push('\n');
        text
    }
}
