//! How principals, services and actions are called in sentences.

use std::collections::BTreeMap;

use crate::arn::{Arn, is_account};
use crate::policy::{Document, PrincipalKind, Principals};
use crate::principal::is_unique_id;
use crate::text::Text;

/// What people call principals, by ARN: `the function getSecret` for its role.
pub type Names = BTreeMap<String, String>;

/// How a principal is called.
pub(crate) fn principal(text: &str, names: &Names) -> String {
    if let Some(name) = names.get(text) {
        return name.clone();
    }
    if text == "*" {
        return "everybody".to_owned();
    }
    if is_account(text) {
        return format!("the account {text}");
    }
    if is_unique_id(text) {
        return format!("somebody who was deleted ({text})");
    }
    let Some(arn) = Arn::of(text) else {
        return format!("the service {}", service(text));
    };
    let parts: Vec<&str> = arn.resource.split('/').collect();
    match parts.as_slice() {
        ["root"] => format!("the account {}", arn.account),
        ["user", ..] => arn.name().to_owned(),
        ["role", ..] => format!("the role {}", arn.name()),
        ["assumed-role", role, session] => format!("the session {session} of the role {role}"),
        _ => text.to_owned(),
    }
}

/// How a service is called, by its address.
pub(crate) fn service(address: &str) -> String {
    let name = address.split('.').next().unwrap_or(address);
    let called = match name {
        "ssm" => "Parameter Store",
        "secretsmanager" => "Secrets Manager",
        "s3" => "S3",
        "lambda" => "Lambda",
        "logs" => "CloudWatch Logs",
        "dynamodb" => "DynamoDB",
        "rds" => "RDS",
        "sqs" => "SQS",
        "sns" => "SNS",
        "ec2" => "EC2",
        "ebs" => "EBS",
        "kinesis" => "Kinesis",
        "events" => "EventBridge",
        "cloudtrail" => "CloudTrail",
        _ => return address.to_owned(),
    };
    match address
        .split('.')
        .nth(1)
        .filter(|region| region.contains('-'))
    {
        Some(region) => format!("{called} in {region}"),
        None => called.to_owned(),
    }
}

/// The texts by which a document names principals of accounts, and services.
pub(crate) fn principals(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    for (_, statement) in document.known_statements() {
        let Some(part) = statement.principal.as_ref().filter(|part| !part.negated) else {
            continue;
        };
        let Principals::Named(kinds) = &part.principals else {
            continue;
        };
        let named = kinds
            .iter()
            .filter(|(kind, _)| matches!(kind, PrincipalKind::Aws | PrincipalKind::Service));
        let texts = named
            .flat_map(|(_, texts)| &texts.items)
            .filter_map(Text::known);
        found.extend(texts.map(|text| text.into_owned()));
    }
    found
}

/// A list as people say it: `a, b and c`.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => "nobody".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
