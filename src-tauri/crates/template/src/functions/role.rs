//! The role that functions run as when the user names none.

use pilothouse_service::types::Event;
use serde_json::{Value, json};

use super::run;
use crate::draft::{Draft, Resource, tag_list};
use crate::intrinsics::{reference, substitute};
use crate::naming::{self, EXECUTION_ROLE};

/// Adds the role, unless the provider or every function names another.
pub(crate) fn add(draft: &mut Draft<'_>) {
    let provider = &draft.service.provider;
    // Also true when there is no function at all.
    let none_needs_it = draft.service.functions.values().all(|f| f.role.is_some());
    if provider.iam_role.is_some() || none_needs_it {
        return;
    }
    let scheduled = scheduled_functions(draft);
    let mut managed = provider.iam_managed_policies.clone();
    if run::needs_network(draft) {
        managed.push(
            json!({ "Fn::Join": ["", ["arn:", reference("AWS::Partition"),
            ":iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"]] }),
        );
    }
    let tags = &provider.iam_role_tags;
    let role = Resource::new("AWS::IAM::Role")
        .with("AssumeRolePolicyDocument", trust(!scheduled.is_empty()))
        .with_some("Policies", policies(draft, &scheduled))
        .with("Path", provider.iam_role_path.as_deref().unwrap_or("/"))
        .with("RoleName", naming::role_name(draft.service))
        .with_some("Tags", (!tags.is_empty()).then(|| tag_list(tags)))
        .with_some(
            "PermissionsBoundary",
            provider.iam_permissions_boundary.clone(),
        )
        .with_some(
            "ManagedPolicyArns",
            (!managed.is_empty()).then_some(managed),
        );
    draft.add(EXECUTION_ROLE.into(), role, "provider.iam.role");
}

/// Who may take the role on.
fn trust(scheduler: bool) -> Value {
    let mut services = vec!["lambda.amazonaws.com"];
    if scheduler {
        services.push("scheduler.amazonaws.com");
    }
    json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "Service": services },
            "Action": ["sts:AssumeRole"]
        }]
    })
}

/// The one policy; none where it would have no statement, for IAM refuses that.
fn policies(draft: &Draft<'_>, scheduled: &[String]) -> Option<Value> {
    let statements = [
        log_statements(draft),
        draft.service.provider.iam_statements.clone(),
        invoke_statement(scheduled),
    ]
    .concat();
    (!statements.is_empty()).then(|| {
        json!([{
            "PolicyName": naming::policy_name(draft.service),
            "PolicyDocument": { "Version": "2012-10-17", "Statement": statements }
        }])
    })
}

/// What lets functions write their logs.
///
/// One pattern covers all functions whose names begin as the service's do; the others are named each. A function
/// that writes no logs but is covered by the pattern is denied by name.
fn log_statements(draft: &Draft<'_>) -> Vec<Value> {
    let service = draft.service;
    let prefix = naming::canonical_prefix(service);
    let (mut patterns, mut denied, mut covered) = (Vec::new(), Vec::new(), false);
    for (key, function) in &service.functions {
        let name = naming::function_name(service, key);
        let canonical = name.starts_with(&prefix);
        match (canonical, function.disable_logs) {
            (true, true) => denied.push(log_arn(&name, ":*")),
            (true, false) => covered = true,
            (false, false) => patterns.push(name),
            (false, true) => {}
        }
    }
    if covered {
        patterns.push(format!("{prefix}*"));
    }
    if patterns.is_empty() {
        // IAM refuses a statement without resources.
        return Vec::new();
    }
    let groups: Vec<Value> = patterns.iter().map(|name| log_arn(name, ":*")).collect();
    let streams: Vec<Value> = patterns.iter().map(|name| log_arn(name, ":*:*")).collect();
    let create = [
        "logs:CreateLogStream",
        "logs:CreateLogGroup",
        "logs:TagResource",
    ];
    let mut statements = vec![
        json!({ "Effect": "Allow", "Action": create, "Resource": groups }),
        json!({ "Effect": "Allow", "Action": ["logs:PutLogEvents"], "Resource": streams }),
    ];
    if covered && !denied.is_empty() {
        statements
            .push(json!({ "Effect": "Deny", "Action": "logs:PutLogEvents", "Resource": denied }));
    }
    statements
}

fn log_arn(function_name: &str, suffix: &str) -> Value {
    let group = naming::log_group_name(function_name);
    substitute(format!(
        "arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:{group}{suffix}"
    ))
}

/// The names of the functions that EventBridge Scheduler calls: it does so by their role.
fn scheduled_functions(draft: &Draft<'_>) -> Vec<String> {
    draft
        .service
        .functions
        .iter()
        .filter(|(_, function)| {
            function
                .events
                .iter()
                .any(|event| matches!(event, Event::Schedule(schedule) if schedule.scheduler))
        })
        .map(|(key, _)| naming::function_name(draft.service, key))
        .collect()
}

/// Lets the scheduler call functions, and any version of them.
fn invoke_statement(function_names: &[String]) -> Vec<Value> {
    if function_names.is_empty() {
        return Vec::new();
    }
    let resources: Vec<Value> = function_names
        .iter()
        .flat_map(|name| {
            let arn = format!(
                "arn:${{AWS::Partition}}:lambda:${{AWS::Region}}:${{AWS::AccountId}}:function:{name}"
            );
            [substitute(arn.clone()), substitute(format!("{arn}:*"))]
        })
        .collect();
    vec![json!({
        "Effect": "Allow",
        "Action": ["lambda:InvokeFunction"],
        "Resource": resources
    })]
}
