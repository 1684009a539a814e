//! JSON in one form only, for hashing: no blanks, keys sorted.

use std::fmt::Write as _;

use pilothouse_model::Digest;
use serde_json::Value;

/// The digest of some text and a value, whatever the order of the value's keys.
pub(crate) fn digest(text: &str, value: &Value) -> Digest {
    let mut out = text.to_owned();
    write(value, &mut out);
    Digest::of(out.as_bytes())
}

/// Writes a value; without copying it, for the API of a large service has megabytes.
pub(crate) fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            for (at, (key, item)) in entries.into_iter().enumerate() {
                out.push(if at == 0 { '{' } else { ',' });
                write_text(key, out);
                out.push(':');
                write(item, out);
            }
            out.push_str(if map.is_empty() { "{}" } else { "}" });
        }
        Value::Array(items) => {
            out.push('[');
            for item in items {
                write(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::String(text) => write_text(text, out),
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
    }
}

/// A text after its length, so that no two lists of texts are written alike.
pub(crate) fn write_text(text: &str, out: &mut String) {
    // Writing into a text cannot fail.
    let _ = write!(out, "{}\"{text}", text.len());
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_order_of_keys_does_not_matter_and_that_of_lists_does() {
        let same = digest("", &json!({"a": {"x": 1, "y": 2}, "b": []}));
        assert_eq!(digest("", &json!({"b": [], "a": {"y": 2, "x": 1}})), same);
        assert_ne!(digest("", &json!([1, 2])), digest("", &json!([2, 1])));
    }

    #[test]
    fn different_values_are_written_differently() {
        let values = [
            json!(null),
            json!("null"),
            json!(1),
            json!("1"),
            json!([]),
            json!({}),
            json!([[]]),
            json!(["a", "b"]),
            json!(["a\"1\"b"]),
            json!(["ab"]),
            json!({"a": "b"}),
            json!({"a": {"b": null}}),
            json!([1, 23]),
            json!([12, 3]),
        ];
        let mut written: Vec<String> = values
            .iter()
            .map(|value| {
                let mut out = String::new();
                write(value, &mut out);
                out
            })
            .collect();
        written.sort();
        written.dedup();
        assert_eq!(written.len(), values.len());
    }
}
