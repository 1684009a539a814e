//! Names that are written out twice: the second resource cannot be made.

use pilothouse_model::{Code, Diagnostic, Diagnostics, Template};
use serde_json::Value;

use super::resources;

/// Types whose names are unique in an account and Region, with the property that holds the name.
const NAMED: [(&str, &str); 8] = [
    ("AWS::Lambda::Function", "FunctionName"),
    ("AWS::IAM::Role", "RoleName"),
    ("AWS::DynamoDB::Table", "TableName"),
    ("AWS::S3::Bucket", "BucketName"),
    ("AWS::SQS::Queue", "QueueName"),
    ("AWS::SNS::Topic", "TopicName"),
    ("AWS::Logs::LogGroup", "LogGroupName"),
    ("AWS::KMS::Alias", "AliasName"),
];

pub(super) fn check(template: &Template, found: &mut Diagnostics) {
    let mut taken: Vec<(&str, &Value, &str)> = Vec::new();
    for (id, kind, resource) in resources(template) {
        let Some((_, property)) = NAMED.iter().find(|(named, _)| *named == kind) else {
            continue;
        };
        // Of two that have conditions perhaps only one is made.
        if resource.contains_key("Condition") {
            continue;
        }
        let name = resource
            .get("Properties")
            .and_then(|all| all.get(*property));
        let Some(name) = name.filter(|name| !is_nothing(name)) else {
            continue;
        };
        let other = taken
            .iter()
            .find(|(of, known, _)| *of == kind && *known == name);
        if let Some((_, _, first)) = other {
            let shown = name
                .as_str()
                .map_or_else(|| name.to_string(), str::to_owned);
            let message = format!("{id} and {first} have the same {property}: {shown}");
            found.push(
                Diagnostic::error(Code::NameTaken, message)
                    .path(format!("Resources.{id}.Properties.{property}"))
                    .hint("Give one of them another name, or leave the name to CloudFormation"),
            );
        } else {
            taken.push((kind, name, id));
        }
    }
}

fn is_nothing(name: &Value) -> bool {
    name.get("Ref").and_then(Value::as_str) == Some("AWS::NoValue")
}
