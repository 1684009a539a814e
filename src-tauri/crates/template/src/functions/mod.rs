//! Functions: their log groups, the role they run as, the functions themselves and their versions.

mod allow;
mod asynchronous;
mod code;
mod role;
mod run;
mod runtime;
mod version;

use pilothouse_model::Code;
use pilothouse_service::types::{Event, Function};
use serde_json::{Map, Value, json};

use crate::cloud_front;
use crate::draft::{Draft, Resource, tag_list};
use crate::intrinsics::attribute;
use crate::naming::{self, EXECUTION_ROLE};
use crate::scalars::text_of;

pub(crate) use allow::allow;
use code::Runs;

/// Lambda's default where neither the function nor the provider says: Serverless's, not AWS's own 128 MB.
pub const MEMORY_SIZE: u32 = 1024;
/// Serverless's default, in seconds; AWS's own is 3.
pub const TIMEOUT: u32 = 6;
/// Serverless's default where no runtime is written.
pub const RUNTIME: &str = "nodejs16.x";
/// Lambda's limit on the length of a function's name.
const LONGEST_NAME: usize = 64;

/// Adds everything that functions need apart from their events.
pub(crate) fn add(draft: &mut Draft<'_>) {
    let service = draft.service;
    for (key, function) in &service.functions {
        check_name(draft, key);
        check_events(draft, key, function);
        runtime::check(draft, key, function);
        if !function.disable_logs {
            add_log_group(draft, key, function);
        }
    }
    role::add(draft);
    for (key, function) in &service.functions {
        let Some(runs) = Runs::of(draft, key, function) else {
            continue;
        };
        let mut resource = function_resource(draft, key, function, &runs);
        if cloud_front::is_at_edge(function) {
            resource = cloud_front::at_edge(resource);
        }
        run::allow_it(draft, key, function);
        let resource = version::add(draft, key, function, &runs, resource);
        draft.add(naming::function_id(key), resource, &path_of(key));
        asynchronous::add_url(draft, key, function);
        asynchronous::add(draft, key, function);
    }
}

fn path_of(key: &str) -> String {
    format!("functions.{key}")
}

fn check_name(draft: &mut Draft<'_>, key: &str) {
    let name = naming::function_name(draft.service, key);
    let length = name.chars().count();
    if length > LONGEST_NAME {
        draft.warn(
            Code::ConfigBadValue,
            &path_of(key),
            format!("the name of function `{key}`, `{name}`, is {length} characters long"),
            "AWS takes 64 characters at most; give the function a shorter `name`",
        );
    }
}

/// Events that no part of this crate compiles: they are refused rather than left out.
fn check_events(draft: &mut Draft<'_>, key: &str, function: &Function) {
    for (at, event) in function.events.iter().enumerate() {
        match event {
            Event::Http(_) | Event::HttpApi(_) | Event::Schedule(_) => {}
            Event::S3(_)
            | Event::Sns(_)
            | Event::Sqs(_)
            | Event::Stream(_)
            | Event::Msk(_)
            | Event::Kafka(_)
            | Event::ActiveMq(_)
            | Event::RabbitMq(_)
            | Event::CognitoUserPool(_)
            | Event::EventBridge(_)
            | Event::CloudWatch(_)
            | Event::CloudWatchLog(_)
            | Event::Iot(_)
            | Event::IotFleet(_)
            | Event::AlexaSkill(_)
            | Event::AlexaSmartHome(_)
            | Event::Websocket(_)
            | Event::Alb(_)
            | Event::CloudFront(_) => {}
            _ => draft.refuse(
                Code::NotYetSupported,
                &format!("functions.{key}.events.{at}"),
                "an event of this kind cannot be put into a template yet".to_owned(),
                "Remove the event, or write its resources under `resources`",
            ),
        }
    }
}

fn add_log_group(draft: &mut Draft<'_>, key: &str, function: &Function) {
    let name = naming::function_name(draft.service, key);
    let provider = &draft.service.provider;
    let retention = function
        .log_retention_in_days
        .or(provider.log_retention_in_days);
    let masks = function.log_data_protection.as_ref();
    let masks = masks.or(provider.log_data_protection.as_ref()).cloned();
    let group = Resource::new("AWS::Logs::LogGroup")
        .with("LogGroupName", naming::log_group_name(&name))
        .with_some("RetentionInDays", retention)
        .with_some("DataProtectionPolicy", masks);
    draft.add(naming::log_group_id(key), group, &path_of(key));
}

fn function_resource(draft: &Draft<'_>, key: &str, function: &Function, runs: &Runs) -> Resource {
    let provider = &draft.service.provider;
    let architecture = function.architecture.as_ref();
    let architecture = architecture.or(provider.architecture.as_ref());
    let storage = function.ephemeral_storage_size;
    let (role, role_resource) = execution_role(draft, function);
    let logs = (!function.disable_logs).then(|| naming::log_group_id(key));
    let resource = required(draft, key, function, runs);
    run::properties(draft, function, resource)
        .with_some("Architectures", architecture.map(|name| json!([name])))
        .with_some("Description", function.description.as_deref())
        .with_some("Tags", tags(draft, function))
        .with_some(
            "EphemeralStorage",
            storage.map(|size| json!({ "Size": size })),
        )
        .with_some("Environment", environment(draft, function))
        .with("Role", role)
        .with_some(
            "ReservedConcurrentExecutions",
            function.reserved_concurrency.clone(),
        )
        .condition(function.condition.clone())
        .depends_on(logs)
        .depends_on(function.depends_on.iter().cloned())
        .depends_on(role_resource)
}

/// The function with what each has: its code, and how it is run.
fn required(draft: &Draft<'_>, key: &str, function: &Function, runs: &Runs) -> Resource {
    let provider = &draft.service.provider;
    let memory_size = function.memory_size.or(provider.memory_size);
    let timeout = function.timeout.or(provider.timeout);
    runs.resource(draft, function)
        .with("FunctionName", naming::function_name(draft.service, key))
        .with("MemorySize", memory_size.unwrap_or(MEMORY_SIZE))
        .with("Timeout", timeout.unwrap_or(TIMEOUT))
}

fn tags(draft: &Draft<'_>, function: &Function) -> Option<Value> {
    let mut tags = draft.service.provider.tags.clone();
    tags.extend(function.tags.clone());
    (!tags.is_empty()).then(|| tag_list(&tags))
}

/// The provider's variables with the function's over them; null unsets one.
fn environment(draft: &Draft<'_>, function: &Function) -> Option<Value> {
    let provider = &draft.service.provider;
    let mut merged = provider.environment.clone();
    merged.extend(function.environment.clone());
    let is_written = provider.has_environment || function.has_environment;
    if merged.is_empty() && !is_written {
        return None;
    }
    let variables: Map<String, Value> = merged
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        // Lambda takes texts alone.
        .map(|(name, value)| (name, text_of(&value).map_or(value, Value::from)))
        .collect();
    Some(json!({ "Variables": variables }))
}

/// The role that a function runs as, and the resource of this stack that must exist before.
pub(crate) fn execution_role(draft: &Draft<'_>, function: &Function) -> (Value, Option<String>) {
    let chosen = function
        .role
        .as_ref()
        .or(draft.service.provider.iam_role.as_ref());
    match chosen {
        None => (attribute(EXECUTION_ROLE, "Arn"), None),
        Some(Value::String(arn)) if arn.starts_with("arn:") => (arn.clone().into(), None),
        Some(Value::String(id)) if id == EXECUTION_ROLE => (attribute(id, "Arn"), None),
        Some(Value::String(id)) => (attribute(id, "Arn"), Some(id.clone())),
        Some(intrinsic) => (intrinsic.clone(), owner_of_attribute(intrinsic)),
    }
}

/// The resource of this stack that gives a function its role, the execution role included.
pub(crate) fn role_resource(draft: &Draft<'_>, function: &Function) -> Option<String> {
    match execution_role(draft, function) {
        (_, Some(id)) => Some(id),
        (role, None) => owner_of_attribute(&role).filter(|id| id == EXECUTION_ROLE),
    }
}

/// The resource whose attribute an `Fn::GetAtt` reads, in either of its two spellings.
fn owner_of_attribute(intrinsic: &Value) -> Option<String> {
    match intrinsic.get("Fn::GetAtt")? {
        Value::Array(parts) => Some(parts.first()?.as_str()?.to_owned()),
        Value::String(text) => Some(text.split('.').next()?.to_owned()),
        _ => None,
    }
}
