//! Roles of single functions, as serverless-iam-roles-per-function makes them: the service's role is the pattern,
//! with statements of their own in place of its.

use std::collections::BTreeMap;

use pilothouse_model::Code;
use pilothouse_service::Service;
use pilothouse_service::types::{Event, Function, OwnRole, OwnRoles, Run, Vpc};
use serde_json::{Map, Value, json};

use crate::draft::Draft;
use crate::naming::{self, EXECUTION_ROLE};

/// IAM's limit on the length of a role's name.
const LONGEST_NAME: usize = 64;

pub(super) fn add(draft: &mut Draft<'_>) {
    let service = draft.service;
    let Some(roles) = &service.plugins.own_roles else {
        return;
    };
    let mut given = BTreeMap::new();
    for (key, role) in &roles.of {
        let Some(function) = service.functions.get(key) else {
            continue;
        };
        let Some(resource) = role_resource(draft, roles, key, role, function) else {
            continue;
        };
        let id = format!("{}{EXECUTION_ROLE}", naming::normalized(key));
        let resources = draft.template.section_mut("Resources");
        resources.insert(id.clone(), resource);
        run_as(draft, key, &id);
        given.insert(naming::function_id(key), id);
    }
    if let Some(boundary) = &roles.boundary
        && let Some(properties) = properties_of(draft, EXECUTION_ROLE)
    {
        properties.insert("PermissionsBoundary".into(), boundary.clone());
    }
    follow(draft, &given);
}

fn properties_of<'d>(draft: &'d mut Draft<'_>, id: &str) -> Option<&'d mut Map<String, Value>> {
    let resources = draft.template.section_mut("Resources");
    resources
        .get_mut(id)?
        .get_mut("Properties")?
        .as_object_mut()
}

fn role_resource(
    draft: &mut Draft<'_>,
    roles: &OwnRoles,
    key: &str,
    role: &OwnRole,
    function: &Function,
) -> Option<Value> {
    let path = format!("functions.{key}.iamRoleStatements");
    let resources = draft.template.section_mut("Resources");
    let Some(mut resource) = resources.get(EXECUTION_ROLE).cloned() else {
        draft.refuse(
            Code::ConfigConflict,
            &path,
            format!("the function `{key}` cannot have a role of its own: the service has none to make it after"),
            "Remove `role` from `provider`, or `iamRoleStatements` from the function",
        );
        return None;
    };
    check_statements(draft, &path, role);
    let name = role_name(draft, &path, key, role)?;
    let statements = statements(draft.service, roles, key, role, function);
    let properties = resource.get_mut("Properties")?.as_object_mut()?;
    let policy = json!([{
        "PolicyName": naming::policy_name(draft.service),
        "PolicyDocument": { "Version": "2012-10-17", "Statement": statements }
    }]);
    properties.insert("Policies".into(), policy);
    properties.insert("ManagedPolicyArns".into(), managed(draft.service, function));
    properties.insert("RoleName".into(), name);
    if let Some(boundary) = role.boundary.as_ref().or(roles.boundary.as_ref()) {
        properties.insert("PermissionsBoundary".into(), boundary.clone());
    }
    Some(resource)
}

/// A function in a network makes its interfaces itself.
fn managed(service: &Service, function: &Function) -> Value {
    let in_one = |run: &Run| matches!(run.vpc, Some(Vpc::In { .. }));
    let networked = in_one(&function.run) || in_one(&service.provider.run);
    if !networked {
        return json!([]);
    }
    json!([{ "Fn::Join": ["", ["arn:", { "Ref": "AWS::Partition" },
        ":iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"]] }])
}

fn check_statements(draft: &mut Draft<'_>, path: &str, role: &OwnRole) {
    for (at, statement) in role.statements.iter().enumerate() {
        let has = |names: [&str; 2]| names.iter().any(|name| statement.get(*name).is_some());
        let lacks = [
            ["Effect", "Effect"],
            ["Action", "NotAction"],
            ["Resource", "NotResource"],
        ]
        .into_iter()
        .find(|names| !has(*names));
        if let Some([name, _]) = lacks {
            draft.refuse(
                Code::ConfigMissingKey,
                &format!("{path}.{at}"),
                format!("`{path}.{at}` has no `{name}`"),
                "A statement has `Effect`, `Action` and `Resource`",
            );
        }
    }
}

fn role_name(draft: &mut Draft<'_>, path: &str, key: &str, role: &OwnRole) -> Option<Value> {
    if let Some(name) = &role.name {
        return Some(json!(name));
    }
    let service = draft.service;
    if service.provider.iam_role_name.is_some() {
        draft.refuse(
            Code::ConfigConflict,
            path,
            format!("the role of the function `{key}` has no name: the service's role has one of your own"),
            "Add `iamRoleStatementsName` to the function",
        );
        return None;
    }
    let parts = |last: bool| {
        let mut parts = vec![
            json!(service.name),
            json!(service.stage),
            json!(key),
            json!({ "Ref": "AWS::Region" }),
        ];
        if last {
            parts.push(json!("lambdaRole"));
        }
        parts
    };
    let length = |parts: &[Value]| {
        let lengths = parts.iter().map(|part| match part.as_str() {
            Some(text) => text.len(),
            None => service.region.len(),
        });
        lengths.sum::<usize>() + parts.len().saturating_sub(1)
    };
    // Its last word is left out where that makes room.
    let parts = match parts(true) {
        long if length(&long) > LONGEST_NAME => parts(false),
        whole => whole,
    };
    if length(&parts) > LONGEST_NAME {
        draft.refuse(
            Code::ConfigBadValue,
            path,
            format!(
                "the name of the role of the function `{key}` would be {} characters long",
                length(&parts)
            ),
            "AWS takes 64 characters at most; add `iamRoleStatementsName` to the function",
        );
        return None;
    }
    Some(json!({ "Fn::Join": ["-", parts] }))
}

/// Logs, what the function's events and failures need, what it inherits, and what it says itself.
fn statements(
    service: &Service,
    roles: &OwnRoles,
    key: &str,
    role: &OwnRole,
    function: &Function,
) -> Vec<Value> {
    let group = naming::log_group_name(&naming::function_name(service, key));
    let logs = format!(
        "arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:{group}:*:*"
    );
    let mut statements = vec![json!({
        "Effect": "Allow",
        "Action": ["logs:CreateLogStream", "logs:CreateLogGroup", "logs:PutLogEvents"],
        "Resource": [{ "Fn::Sub": logs }]
    })];
    statements.extend(of_events(function));
    if let Some(topic) = &function.on_error {
        statements.push(json!({ "Effect": "Allow", "Action": ["sns:Publish"], "Resource": topic }));
    }
    if role.inherit.unwrap_or(roles.default_inherit) {
        statements.extend(service.provider.iam_statements.iter().cloned());
    }
    statements.extend(role.statements.iter().cloned());
    statements
}

/// What lets Lambda fetch from streams and queues.
fn of_events(function: &Function) -> Vec<Value> {
    const STREAM: [&str; 4] = [
        "GetRecords",
        "GetShardIterator",
        "DescribeStream",
        "ListStreams",
    ];
    const QUEUE: [&str; 3] = ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"];
    let mut found: [(&str, &[&str], Vec<Value>); 3] = [
        ("dynamodb", &STREAM, Vec::new()),
        ("kinesis", &STREAM, Vec::new()),
        ("sqs", &QUEUE, Vec::new()),
    ];
    for event in &function.events {
        let (service, arn) = match event {
            Event::Sqs(queue) => ("sqs", queue.arn.clone()),
            Event::Stream(stream) if stream.kind == "dynamodb" => ("dynamodb", stream.arn.clone()),
            Event::Stream(stream) => ("kinesis", stream.arn.clone()),
            _ => continue,
        };
        for (name, _, arns) in &mut found {
            if *name == service {
                arns.push(arn.clone());
            }
        }
    }
    let asked = found.into_iter().filter(|(.., arns)| !arns.is_empty());
    asked
        .map(|(service, actions, arns)| {
            let actions: Vec<String> = actions
                .iter()
                .map(|name| format!("{service}:{name}"))
                .collect();
            json!({ "Effect": "Allow", "Action": actions, "Resource": arns })
        })
        .collect()
}

/// Lets a function run as its own role.
fn run_as(draft: &mut Draft<'_>, key: &str, id: &str) {
    let resources = draft.template.section_mut("Resources");
    let Some(function) = resources
        .get_mut(&naming::function_id(key))
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    let before = function.get("DependsOn").and_then(Value::as_array);
    let others = before.into_iter().flatten();
    let others = others
        .filter(|id| id.as_str() != Some(EXECUTION_ROLE))
        .cloned();
    let mut after = vec![json!(id)];
    after.extend(others);
    function.insert("DependsOn".into(), after.into());
    if let Some(properties) = function
        .get_mut("Properties")
        .and_then(Value::as_object_mut)
    {
        properties.insert("Role".into(), json!({ "Fn::GetAtt": [id, "Arn"] }));
    }
}

/// What fetches events for a function waits for its role.
fn follow(draft: &mut Draft<'_>, given: &BTreeMap<String, String>) {
    let resources = draft.template.section_mut("Resources");
    for resource in resources.values_mut() {
        if resource.get("Type").and_then(Value::as_str) != Some("AWS::Lambda::EventSourceMapping") {
            continue;
        }
        let function = resource
            .pointer("/Properties/FunctionName/Fn::GetAtt/0")
            .and_then(Value::as_str);
        if let Some(role) = function.and_then(|id| given.get(id)).cloned()
            && let Some(resource) = resource.as_object_mut()
        {
            resource.insert("DependsOn".into(), role.into());
        }
    }
}
