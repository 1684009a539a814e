//! Custom resources: what CloudFormation cannot do itself is done by a function of the stack that it calls.
//!
//! Each kind has its function; all of them share one role and one archive (`custom-resources.zip`), which comes
//! with this program. Who needs one adds it with [`add`], and its resources with [`Handler::resource`]:
//!
//! ```text
//! custom_resources::add(draft, Handler::EventBridge, vec![statement, ...]);
//! draft.add(id, Handler::EventBridge.resource("Custom::EventBridge").with("FunctionName", name), &origin);
//! ```

pub(crate) mod api_gateway_logs;

use pilothouse_model::Code;
use serde_json::{Map, Value, json};

use crate::draft::{Draft, Resource};
use crate::inputs::release_folder;
use crate::intrinsics::{attribute, join, reference, substitute};
use crate::naming::{self, CUSTOM_RESOURCES_ARCHIVE, CUSTOM_RESOURCES_ROLE};
use crate::{bucket, short_name};

/// What Serverless lets them run on. Another one would change the functions of every stack that is taken over.
const RUNTIME: &str = "nodejs18.x";

/// What stands behind a kind of custom resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Handler {
    /// Notifications of a bucket that exists.
    Bucket,
    /// Triggers of a user pool that exists.
    UserPool,
    /// Buses, rules and targets of EventBridge, where they are not made by CloudFormation.
    EventBridge,
    /// The role of the account with which API Gateway writes its logs.
    ApiGatewayLogsRole,
}

impl Handler {
    /// The end of the function's name.
    const fn name(self) -> &'static str {
        match self {
            Self::Bucket => "custom-resource-existing-s3",
            Self::UserPool => "custom-resource-existing-cup",
            Self::EventBridge => "custom-resource-event-bridge",
            Self::ApiGatewayLogsRole => "custom-resource-apigw-cw-role",
        }
    }

    /// Where its code is in the archive.
    const fn handler(self) -> &'static str {
        match self {
            Self::Bucket => "s3/handler.handler",
            Self::UserPool => "cognito-user-pool/handler.handler",
            Self::EventBridge => "event-bridge/handler.handler",
            Self::ApiGatewayLogsRole => "api-gateway-cloud-watch-role/handler.handler",
        }
    }

    /// The logical id of the function.
    pub(crate) fn function_id(self) -> String {
        naming::handler_function_id(self.name())
    }

    /// A resource that this handler looks after.
    pub(crate) fn resource(self, kind: &'static str) -> Resource {
        Resource::new(kind)
            .version(1)
            .with("ServiceToken", attribute(&self.function_id(), "Arn"))
    }
}

/// Adds the function behind a kind of custom resources, and what its role must allow.
pub(crate) fn add(draft: &mut Draft<'_>, handler: Handler, statements: Vec<Value>) {
    draft.has_custom_resources = true;
    tell_of_runtime(draft, handler);
    let name = function_name(draft, handler);
    let logs = writes_logs(draft);
    allow(draft, statements);
    let function = Resource::new("AWS::Lambda::Function")
        .with(
            "Code",
            json!({
                "S3Bucket": bucket::name(draft),
                "S3Key": format!(
                    "{}/{CUSTOM_RESOURCES_ARCHIVE}",
                    release_folder(draft.service, draft.inputs.instance_millis)
                ),
            }),
        )
        .with("FunctionName", name.as_str())
        .with("Handler", handler.handler())
        .with("MemorySize", 1024)
        .with("Runtime", RUNTIME)
        .with("Timeout", 180)
        .depends_on([CUSTOM_RESOURCES_ROLE.to_owned()])
        .depends_on(logs.then(|| naming::log_group_id(handler.name())))
        .with("Role", attribute(CUSTOM_RESOURCES_ROLE, "Arn"));
    draft.put(handler.function_id(), function);
    if logs {
        let group = Resource::new("AWS::Logs::LogGroup")
            .with("LogGroupName", naming::log_group_name(&name))
            .with_some(
                "RetentionInDays",
                draft.service.provider.log_retention_in_days,
            );
        draft.put(naming::log_group_id(handler.name()), group);
    }
}

/// AWS no longer supports the runtime, and at some time refuses new functions that ask for it.
fn tell_of_runtime(draft: &mut Draft<'_>, handler: Handler) {
    let id = handler.function_id();
    let own = &draft.service.resources;
    let laid_over = own.sections.get("Resources").and_then(|all| all.get(&id));
    let chosen = [laid_over, own.extensions.get(&id)]
        .into_iter()
        .flatten()
        .any(|resource| resource.pointer("/Properties/Runtime").is_some());
    if !chosen {
        draft.warn(
            Code::ConfigDeprecated,
            &format!("resources.extensions.{id}"),
            format!("{id}, which looks after custom resources, runs on {RUNTIME} as with Serverless"),
            "AWS no longer supports it and may refuse a new function: set Properties.Runtime to nodejs22.x there",
        );
    }
}

/// What may be done to the permissions of any function of the account and Region.
pub(crate) fn permission_statement() -> Value {
    let parts = vec![
        "arn".into(),
        reference("AWS::Partition"),
        "lambda".into(),
        reference("AWS::Region"),
        reference("AWS::AccountId"),
        "function".into(),
        "*".into(),
    ];
    json!({
        "Effect": "Allow",
        "Resource": join(":", parts),
        "Action": ["lambda:AddPermission", "lambda:RemovePermission"],
    })
}

fn writes_logs(draft: &Draft<'_>) -> bool {
    draft.service.provider.framework_lambda_logs
}

fn function_name(draft: &Draft<'_>, handler: Handler) -> String {
    let prefix = naming::canonical_prefix(draft.service);
    short_name::of_function(format!("{prefix}-{}", handler.name()))
}

/// Gives the role more statements; makes it when there is none yet.
///
/// Of those whose `Resource` is one and the same text the first is kept, as Serverless does.
fn allow(draft: &mut Draft<'_>, statements: Vec<Value>) {
    if !draft.has(CUSTOM_RESOURCES_ROLE) {
        let role = role(draft);
        draft.put(CUSTOM_RESOURCES_ROLE.to_owned(), role);
    }
    let listed = draft
        .template
        .section_mut("Resources")
        .get_mut(CUSTOM_RESOURCES_ROLE)
        .and_then(|role| role.pointer_mut("/Properties/Policies/0/PolicyDocument/Statement"))
        .and_then(Value::as_array_mut);
    let Some(listed) = listed else { return };
    for statement in statements {
        let resource = statement.get("Resource").filter(|value| value.is_string());
        let known =
            resource.is_some() && listed.iter().any(|other| other.get("Resource") == resource);
        if !known {
            listed.push(statement);
        }
    }
}

fn role(draft: &Draft<'_>) -> Resource {
    let (service, stage) = (&draft.service.name, &draft.service.stage);
    let statements = if writes_logs(draft) {
        log_statements(draft)
    } else {
        Vec::new()
    };
    let mut document = Map::new();
    document.insert("Version".into(), "2012-10-17".into());
    document.insert("Statement".into(), statements.into());
    Resource::new("AWS::IAM::Role")
        .with(
            "AssumeRolePolicyDocument",
            json!({
                "Version": "2012-10-17",
                "Statement": [{
                    "Effect": "Allow",
                    "Principal": { "Service": ["lambda.amazonaws.com"] },
                    "Action": ["sts:AssumeRole"]
                }]
            }),
        )
        .with(
            "Policies",
            json!([{
                "PolicyName": { "Fn::Join": ["-", [stage, service, "custom-resources-lambda"]] },
                "PolicyDocument": document
            }]),
        )
}

fn log_statements(draft: &Draft<'_>) -> Vec<Value> {
    let groups = naming::log_group_name(&naming::canonical_prefix(draft.service));
    let arn = |end: &str| {
        substitute(format!(
            "arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:{groups}{end}"
        ))
    };
    let create = [
        "logs:CreateLogStream",
        "logs:CreateLogGroup",
        "logs:TagResource",
    ];
    vec![
        json!({ "Effect": "Allow", "Action": create, "Resource": [arn("*:*")] }),
        json!({ "Effect": "Allow", "Action": ["logs:PutLogEvents"], "Resource": [arn("*:*:*")] }),
    ]
}
