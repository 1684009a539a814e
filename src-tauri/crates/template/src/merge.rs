//! Laying one JSON value over another, as Serverless merges `resources` over what it generated.

use serde_json::{Map, Value};

/// Lays `over` on `base`: objects key by key, lists item by item, anything else replaced.
pub(crate) fn merge(base: &mut Value, over: &Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => merge_objects(base, over),
        (Value::Array(base), Value::Array(over)) => {
            for (at, item) in over.iter().enumerate() {
                match base.get_mut(at) {
                    Some(slot) => merge(slot, item),
                    None => base.push(item.clone()),
                }
            }
        }
        (base, over) => *base = over.clone(),
    }
}

/// Lays the keys of one object over another.
pub(crate) fn merge_objects(base: &mut Map<String, Value>, over: &Map<String, Value>) {
    for (key, item) in over {
        match base.get_mut(key) {
            Some(slot) => merge(slot, item),
            None => {
                base.insert(key.clone(), item.clone());
            }
        }
    }
}

/// Removes keys whose value is null, at any depth. Nulls in lists stay, for the others must keep their places.
pub(crate) fn strip_nulls(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|_, item| !item.is_null());
            map.values_mut().for_each(strip_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(strip_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn objects_and_lists_are_merged_and_the_rest_is_replaced() {
        for (base, over, merged) in [
            (json!({"a": 1}), json!({"b": 2}), json!({"a": 1, "b": 2})),
            (
                json!({"a": {"x": 1}}),
                json!({"a": {"y": 2}}),
                json!({"a": {"x": 1, "y": 2}}),
            ),
            (json!([1, 2, 3]), json!([9]), json!([9, 2, 3])),
            (json!([1]), json!([9, 8]), json!([9, 8])),
            (
                json!([{"a": 1}]),
                json!([{"b": 2}]),
                json!([{"a": 1, "b": 2}]),
            ),
            (json!("x"), json!({"Ref": "Y"}), json!({"Ref": "Y"})),
            (json!({"Ref": "Y"}), json!("x"), json!("x")),
            (json!({"a": 1}), json!([1]), json!([1])),
            (json!({"a": 1}), json!({"a": null}), json!({"a": null})),
        ] {
            let mut value = base.clone();
            merge(&mut value, &over);
            assert_eq!(value, merged, "{base} + {over}");
        }
    }

    #[test]
    fn nulls_are_stripped_from_objects_and_kept_in_lists() {
        let mut value = json!({"a": null, "b": {"c": null, "d": [null, {"e": null}]}});
        strip_nulls(&mut value);
        assert_eq!(value, json!({"b": {"d": [null, {}]}}));
    }
}
