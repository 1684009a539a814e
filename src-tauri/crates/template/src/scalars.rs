//! Scalars as JavaScript prints them, for the places where Serverless turns a value into text.

use serde_json::{Number, Value};

/// A scalar as text; none for null, lists and objects.
pub(crate) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(plain(number).to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Compact JSON as JavaScript writes it: `1.0` is `1`, and keys that are whole numbers come first, in their order.
pub(crate) fn compact_json(value: &Value) -> String {
    plain_numbers(value).to_string()
}

fn plain_numbers(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::Number(plain(number)),
        Value::Array(items) => items.iter().map(plain_numbers).collect(),
        Value::Object(map) => {
            let mut entries: Vec<(&String, &Value)> = map.iter().collect();
            // The sort is stable: other keys stay in the order written.
            entries.sort_by_key(|(key, _)| index(key).map_or((1, 0), |index| (0, index)));
            entries
                .into_iter()
                .map(|(key, item)| (key.clone(), plain_numbers(item)))
                .collect()
        }
        other => other.clone(),
    }
}

/// The number that a key is, when JavaScript takes it for one.
fn index(key: &str) -> Option<u32> {
    let index = key.parse::<u32>().ok()?;
    (index != u32::MAX && index.to_string() == key).then_some(index)
}

fn plain(number: &Number) -> Number {
    // Above 2^53 a float no longer holds every whole number, and its digits are kept as they are.
    const WHOLE_UP_TO: f64 = 9_007_199_254_740_992.0;
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() <= WHOLE_UP_TO =>
        {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "whole and within 2^53, checked just above"
            )]
            Number::from(float as i64)
        }
        _ => number.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn scalars_become_the_text_that_javascript_prints() {
        for (value, text) in [
            (json!(1), Some("1")),
            (json!(1.0), Some("1")),
            (json!(1.5), Some("1.5")),
            (json!(true), Some("true")),
            (json!(""), Some("")),
            (json!(null), None),
            (json!({"Ref": "AWS::Region"}), None),
        ] {
            assert_eq!(text_of(&value).as_deref(), text, "{value}");
        }
    }

    #[test]
    fn compact_json_keeps_the_order_of_keys() {
        assert_eq!(
            compact_json(&json!({"b": 2.0, "a": [1.25, null]})),
            r#"{"b":2,"a":[1.25,null]}"#
        );
        assert_eq!(
            compact_json(&json!({"b": 1, "10": 2, "07": 3, "2": 4})),
            r#"{"2":4,"10":2,"b":1,"07":3}"#
        );
    }
}
