//! What a part of a template refers to, and the same part with other references in their place.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// A reference to something by its logical id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    /// The logical id.
    pub(super) id: String,
    /// The attribute; none for the thing itself.
    pub(super) attribute: Option<Value>,
}

impl Reference {
    fn to(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            attribute: None,
        }
    }

    fn attribute(id: &str, attribute: Value) -> Self {
        Self {
            id: id.to_owned(),
            attribute: Some(attribute),
        }
    }

    /// The reference as a template says it.
    pub(super) fn to_value(&self) -> Value {
        match &self.attribute {
            None => json!({ "Ref": self.id }),
            Some(attribute) => json!({ "Fn::GetAtt": [self.id, attribute] }),
        }
    }

    /// A name for it that holds letters and digits alone.
    pub(super) fn plain_name(&self) -> String {
        let attribute = self.attribute.as_ref().map(Value::to_string);
        let attribute = attribute.unwrap_or_default();
        let plain =
            |text: &str| -> String { text.chars().filter(char::is_ascii_alphanumeric).collect() };
        format!("{}{}", plain(&self.id), plain(&attribute))
    }
}

/// A value in which each reference is what `replace` makes of it; none leaves it as it is.
pub(super) fn rewritten(
    value: &Value,
    replace: &mut dyn FnMut(&Reference) -> Option<Value>,
) -> Value {
    if let Some(map) = value.as_object().filter(|map| map.len() == 1)
        && let Some((name, argument)) = map.iter().next()
    {
        match (name.as_str(), argument) {
            ("Ref", Value::String(id)) => {
                return replace(&Reference::to(id)).unwrap_or_else(|| value.clone());
            }
            ("Fn::GetAtt", _) => return attribute(value, argument, replace),
            ("Fn::Sub", _) => return json!({ "Fn::Sub": substitution(argument, replace) }),
            _ => {}
        }
    }
    match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, inner)| (key.clone(), rewritten(inner, replace)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(list) => list.iter().map(|one| rewritten(one, replace)).collect(),
        other => other.clone(),
    }
}

fn attribute(
    value: &Value,
    argument: &Value,
    replace: &mut dyn FnMut(&Reference) -> Option<Value>,
) -> Value {
    let reference = match argument {
        Value::String(text) => text
            .split_once('.')
            .map(|(id, name)| Reference::attribute(id, name.into())),
        Value::Array(parts) => match parts.as_slice() {
            [Value::String(id), Value::String(first), rest @ ..] => {
                let rest = rest.iter().filter_map(Value::as_str);
                let names: Vec<&str> = std::iter::once(first.as_str()).chain(rest).collect();
                Some(Reference::attribute(id, names.join(".").into()))
            }
            [Value::String(id), computed] => Some(Reference::attribute(id, computed.clone())),
            _ => None,
        },
        _ => None,
    };
    let Some(reference) = reference else {
        return value.clone();
    };
    if let Some(other) = replace(&reference) {
        return other;
    }
    match &reference.attribute {
        // The name of the attribute can itself be a parameter.
        Some(computed) if !computed.is_string() => {
            json!({ "Fn::GetAtt": [reference.id, rewritten(computed, replace)] })
        }
        _ => value.clone(),
    }
}

fn substitution(argument: &Value, replace: &mut dyn FnMut(&Reference) -> Option<Value>) -> Value {
    match argument {
        Value::String(text) => {
            let (text, extra) = in_text(text, &Map::new(), replace);
            if extra.is_empty() {
                text.into()
            } else {
                json!([text, extra])
            }
        }
        Value::Array(parts) => {
            let [Value::String(text), Value::Object(own)] = parts.as_slice() else {
                return argument.clone();
            };
            let (text, extra) = in_text(text, own, replace);
            let mut all: Map<String, Value> = own
                .iter()
                .map(|(name, inner)| (name.clone(), rewritten(inner, replace)))
                .collect();
            all.extend(extra);
            json!([text, all])
        }
        other => other.clone(),
    }
}

/// A text of `Fn::Sub`, and names that it uses from now on for what no `${...}` can say.
fn in_text(
    text: &str,
    own: &Map<String, Value>,
    replace: &mut dyn FnMut(&Reference) -> Option<Value>,
) -> (String, Map<String, Value>) {
    let mut made = String::new();
    let mut extra = Map::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let (before, from) = rest.split_at(at);
        made.push_str(before);
        let Some(end) = from.find('}') else {
            rest = from;
            break;
        };
        let (whole, after) = from.split_at(end + 1);
        rest = after;
        let name = whole.trim_start_matches("${").trim_end_matches('}').trim();
        if name.starts_with('!') || own.contains_key(name) {
            made.push_str(whole);
            continue;
        }
        let reference = match name.split_once('.') {
            Some((id, attribute)) => Reference::attribute(id, attribute.into()),
            None => Reference::to(name),
        };
        match replace(&reference) {
            None => made.push_str(whole),
            Some(other) => made.push_str(&as_placeholder(&reference, other, &mut extra)),
        }
    }
    made.push_str(rest);
    (made, extra)
}

fn as_placeholder(reference: &Reference, other: Value, extra: &mut Map<String, Value>) -> String {
    if let Some(name) = other.get("Ref").and_then(Value::as_str) {
        return format!("${{{name}}}");
    }
    if let Some([Value::String(id), Value::String(attribute)]) = other
        .get("Fn::GetAtt")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        return format!("${{{id}.{attribute}}}");
    }
    let name = format!("{}Value", reference.plain_name());
    extra.insert(name.clone(), other);
    format!("${{{name}}}")
}

/// Everything that a value refers to, in its order.
pub(super) fn references(value: &Value) -> Vec<Reference> {
    let mut found = Vec::new();
    rewritten(value, &mut |reference| {
        found.push(reference.clone());
        None
    });
    found
}

/// The conditions that a value names: as the first part of `Fn::If`, and, among conditions, as `Condition`.
pub(super) fn conditions_in(value: &Value, found: &mut BTreeSet<String>, among_conditions: bool) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let name = match key.as_str() {
                    "Fn::If" => inner.get(0).and_then(Value::as_str),
                    "Condition" if among_conditions => inner.as_str(),
                    _ => None,
                };
                found.extend(name.map(str::to_owned));
                conditions_in(inner, found, among_conditions);
            }
        }
        Value::Array(list) => {
            for inner in list {
                conditions_in(inner, found, among_conditions);
            }
        }
        _ => {}
    }
}

/// The mappings that a value looks into; `all` when the name of one is only known to CloudFormation.
pub(super) fn mappings_in(value: &Value, all: &[String], found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                if key == "Fn::FindInMap" {
                    match inner.get(0).and_then(Value::as_str) {
                        Some(name) => found.extend([name.to_owned()]),
                        None => found.extend(all.iter().cloned()),
                    }
                }
                mappings_in(inner, all, found);
            }
        }
        Value::Array(list) => {
            for inner in list {
                mappings_in(inner, all, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_referring_is_found() {
        let value = json!({
            "a": {"Ref": "One"},
            "b": [{"Fn::GetAtt": ["Two", "Arn"]}, {"Fn::GetAtt": "Three.Endpoint.Address"}],
            "c": {"Fn::Sub": "${Four}-${!No}-${Five.Arn}-${AWS::Region}"},
            "d": {"Fn::Sub": ["${Own}-${Six}", {"Own": {"Ref": "Seven"}}]},
            "e": {"Fn::GetAtt": ["Eight", {"Ref": "Nine"}]},
            "f": {"Fn::If": ["Cond", {"Ref": "Ten"}, ""]},
        });
        let ids: Vec<String> = references(&value).into_iter().map(|one| one.id).collect();
        assert_eq!(
            ids,
            [
                "One",
                "Two",
                "Three",
                "Four",
                "Five",
                "AWS::Region",
                "Six",
                "Seven",
                "Eight",
                "Nine",
                "Ten"
            ]
        );
        let mut conditions = BTreeSet::new();
        conditions_in(&value, &mut conditions, false);
        assert_eq!(conditions.into_iter().collect::<Vec<_>>(), ["Cond"]);
    }

    #[test]
    fn a_text_names_what_takes_the_place() {
        let value = json!({"Fn::Sub": "${A}/${B.Arn}/${C.Names}/${!D}/${E"});
        let made = rewritten(&value, &mut |reference| match reference.id.as_str() {
            "A" => Some(json!({"Ref": "AParameter"})),
            "B" => Some(json!({"Fn::GetAtt": ["Part", "Outputs.BArn"]})),
            "C" => Some(json!({"Fn::Split": [",", "x"]})),
            _ => None,
        });
        assert_eq!(
            made,
            json!({"Fn::Sub": [
                "${AParameter}/${Part.Outputs.BArn}/${CNamesValue}/${!D}/${E",
                {"CNamesValue": {"Fn::Split": [",", "x"]}}
            ]})
        );
    }
}
