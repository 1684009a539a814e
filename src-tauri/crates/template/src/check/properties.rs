//! Properties that a resource type does not have, must have, or has in another form.

use pilothouse_model::{Code, Diagnostic, Diagnostics, Template};
use pilothouse_service::nearest_name;
use serde_json::{Map, Value};

use super::schemas::{self, Form, Schema};
use super::{function, resources};

pub(super) fn check(template: &Template, found: &mut Diagnostics) {
    for (id, kind, resource) in resources(template) {
        let Some(schema) = schemas::of(kind) else {
            found.extend(slip(id, kind));
            continue;
        };
        let empty = Map::new();
        let properties = match resource.get("Properties") {
            None => &empty,
            Some(Value::Object(properties)) => properties,
            // A function as a whole, or what is wrong in another way.
            Some(_) => continue,
        };
        if properties.keys().any(|name| name.starts_with("Fn::")) {
            continue;
        }
        of_resource(id, kind, schema, properties, found);
    }
}

fn of_resource(
    id: &str,
    kind: &str,
    schema: &Schema,
    properties: &Map<String, Value>,
    found: &mut Diagnostics,
) {
    for (name, value) in properties {
        let path = format!("Resources.{id}.Properties.{name}");
        match schema.property(name) {
            None if schema.is_closed => found.push(unknown(id, kind, name).path(path)),
            Some(property) if property.is_read_only => {
                let message = format!("{id}: {name} can be read of a {kind}, not set");
                let hint = format!("Take it out, or read it with Fn::GetAtt: [{id}, {name}]");
                found.push(
                    Diagnostic::error(Code::TemplateProperty, message)
                        .path(path)
                        .hint(hint),
                );
            }
            Some(property) if !fits(property.form, value) => {
                let message = format!("{id}: {name} must be {}", words(property.form));
                let hint = format!("AWS takes {} here, and nothing else", words(property.form));
                found.push(
                    Diagnostic::error(Code::TemplateProperty, message)
                        .path(path)
                        .hint(hint),
                );
            }
            None | Some(_) => {}
        }
    }
    for name in schema.required() {
        if !properties.contains_key(name) {
            let message = format!("{id}: a {kind} needs {name}");
            found.push(
                Diagnostic::error(Code::TemplateProperty, message)
                    .path(format!("Resources.{id}.Properties"))
                    .hint(format!("Add {name} to its Properties")),
            );
        }
    }
}

/// A type that is not known is newer than the list, unless one letter makes it one that is known.
fn slip(id: &str, kind: &str) -> Option<Diagnostic> {
    let meant = schemas::resource_types()
        .into_iter()
        .find(|known| is_slip(kind, known))?;
    Some(
        Diagnostic::warning(
            Code::TemplateProperty,
            format!("{id}: AWS's list of types has no {kind}"),
        )
        .path(format!("Resources.{id}.Type"))
        .hint(format!("Did you mean `{meant}`?")),
    )
}

/// Whether two names differ by one letter: another, one too many, one too few, two that changed places, or its case.
fn is_slip(one: &str, other: &str) -> bool {
    if one.eq_ignore_ascii_case(other) {
        return true;
    }
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let most = one.len().min(other.len()) - start;
    let ends = one.iter().rev().zip(other.iter().rev()).take(most);
    let end = ends.take_while(|(a, b)| a == b).count();
    let rest = |bytes: &[u8]| bytes.get(start..bytes.len() - end).map(<[u8]>::to_vec);
    match (rest(one).as_deref(), rest(other).as_deref()) {
        (Some([a, b]), Some([c, d])) => a == d && b == c,
        (Some(a), Some(b)) => a.len() <= 1 && b.len() <= 1,
        _ => false,
    }
}

/// A property may be newer than the list it is held against, so it is told and hinders nothing.
fn unknown(id: &str, kind: &str, name: &str) -> Diagnostic {
    let message = format!("{id}: a {kind} has no property {name}");
    let names = schemas::resource_properties(kind);
    if let Some(near) = nearest_name(name, names.iter().map(|(known, _)| *known)) {
        let hint = format!("Did you mean `{near}`?");
        return Diagnostic::warning(Code::TemplateProperty, message).hint(hint);
    }
    let hint = format!(
        "Check how it is written; AWS's list of {} is what it was compared with",
        schemas::date()
    );
    Diagnostic::warning(Code::TemplateProperty, message).hint(hint)
}

/// Whether CloudFormation takes a value. It reads numbers and truths from texts and the other way round; what a
/// function gives is not known yet.
fn fits(form: Form, value: &Value) -> bool {
    if function(value).is_some() || value.is_null() {
        return true;
    }
    match (form, value) {
        (Form::Anything, _) | (Form::List, Value::Array(_)) | (Form::Mapping, Value::Object(_)) => {
            true
        }
        // Documents, such as policies, may be given as text.
        (Form::Mapping, Value::String(text)) => text.trim_start().starts_with('{'),
        (Form::Text, Value::String(_) | Value::Number(_) | Value::Bool(_))
        | (Form::Number, Value::Number(_))
        | (Form::Truth, Value::Bool(_)) => true,
        (Form::Number, Value::String(text)) => text.trim().parse::<f64>().is_ok(),
        (Form::Truth, Value::String(text)) => {
            matches!(text.to_ascii_lowercase().as_str(), "true" | "false")
        }
        _ => false,
    }
}

const fn words(form: Form) -> &'static str {
    match form {
        Form::Text => "a text",
        Form::Number => "a number",
        Form::Truth => "true or false",
        Form::List => "a list",
        Form::Mapping => "a mapping",
        Form::Anything => "anything",
    }
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn one_letter_is_a_slip_and_two_are_another_name() {
        for slip in [
            "AWS::S3::Buckt",
            "AWS::S3::Buckett",
            "AWS::S3::bucket",
            "AWS::S3::Bukcet",
            "AWS::S2::Bucket",
        ] {
            assert!(is_slip(slip, "AWS::S3::Bucket"), "{slip}");
        }
        for other in [
            "AWS::S3::Buck",
            "AWS::SQS::Queue",
            "Custom::Bucket",
            "AWS::S3::BucketPolicy",
        ] {
            assert!(!is_slip(other, "AWS::S3::Bucket"), "{other}");
        }
    }
}
