//! What becomes of asynchronous calls: how often they are tried, and where their results go.

use pilothouse_service::types::{Destination, Function};
use serde_json::{Map, Value, json};

use super::allow;
use crate::draft::{Draft, Resource};
use crate::intrinsics::{attribute, reference, substitute};
use crate::naming;
use crate::target::Target;

/// Adds the settings of a function that has any.
pub(super) fn add(draft: &mut Draft<'_>, key: &str, function: &Function) {
    let Some(said) = &function.asynchronous else {
        return;
    };
    let mut config = Map::new();
    for (name, destination) in [
        ("OnSuccess", &said.on_success),
        ("OnFailure", &said.on_failure),
    ] {
        let Some(destination) = destination else {
            continue;
        };
        config.insert(
            name.to_owned(),
            json!({ "Destination": arn(draft, key, destination) }),
        );
        if function.role.is_none() && draft.service.provider.iam_role.is_none() {
            let permission = permission(draft, destination);
            // Serverless says it once for each text, and again for each intrinsic.
            let is_intrinsic =
                matches!(destination, Destination::Arn { arn, .. } if arn.is_object());
            let missing = match is_intrinsic {
                true => Some(permission),
                false => unless_there(draft, permission),
            };
            allow(draft, missing);
        }
    }
    let target = Target::of(draft, key);
    let resource = Resource::new("AWS::Lambda::EventInvokeConfig")
        .with("FunctionName", reference(&naming::function_id(key)))
        .with("DestinationConfig", config)
        .with("Qualifier", target.alias_name.unwrap_or("$LATEST"))
        .with_some("MaximumEventAgeInSeconds", said.maximum_event_age)
        .with_some("MaximumRetryAttempts", said.maximum_retry_attempts)
        .depends_on(target.alias);
    let id = format!("{}LambdaEvConf", naming::normalized(key));
    draft.add(id, resource, &format!("functions.{key}"));
}

/// A function that is written later is named without its alias, as Serverless does: another ARN would show as a
/// change of every stack that is taken over.
fn arn(draft: &Draft<'_>, of: &str, destination: &Destination) -> Value {
    let place = |key: &str| draft.service.functions.get_index_of(key);
    match destination {
        Destination::Function(key) if place(key) > place(of) => {
            attribute(&naming::function_id(key), "Arn")
        }
        Destination::Function(key) => Target::of(draft, key).arn,
        Destination::Arn { arn, .. } => arn.clone(),
    }
}

/// A function of the service is named by its name: by its ARN, role and function would wait for each other.
fn permission(draft: &Draft<'_>, destination: &Destination) -> Value {
    let (action, resource) = match destination {
        Destination::Function(key) => {
            let name = naming::function_name(draft.service, key);
            let arn = format!(
                "arn:${{AWS::Partition}}:lambda:${{AWS::Region}}:${{AWS::AccountId}}:function:{name}"
            );
            ("lambda:InvokeFunction", substitute(arn))
        }
        Destination::Arn { arn, action } => (*action, arn.clone()),
    };
    json!({ "Effect": "Allow", "Action": action, "Resource": resource })
}

/// Adds the address of a function that has one of its own.
pub(super) fn add_url(draft: &mut Draft<'_>, key: &str, function: &Function) {
    let Some(url) = &function.url else { return };
    let target = Target::of(draft, key);
    let auth = if url.aws_iam { "AWS_IAM" } else { "NONE" };
    let cors = url.cors.as_ref().map(|cors| {
        let mut said = Map::new();
        let mut say = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                said.insert(name.to_owned(), value);
            }
        };
        say(
            "AllowCredentials",
            cors.allow_credentials.then(|| true.into()),
        );
        say(
            "AllowHeaders",
            cors.allowed_headers.clone().map(Value::from),
        );
        say(
            "AllowMethods",
            cors.allowed_methods.clone().map(Value::from),
        );
        say(
            "AllowOrigins",
            cors.allowed_origins.clone().map(Value::from),
        );
        say(
            "ExposeHeaders",
            cors.exposed_headers.clone().map(Value::from),
        );
        say("MaxAge", cors.max_age.map(Value::from));
        said
    });
    let resource = Resource::new("AWS::Lambda::Url")
        .with("AuthType", auth)
        .with("TargetFunctionArn", target.arn.clone())
        .with_some("Cors", cors)
        .with_some("InvokeMode", url.streams.then_some("RESPONSE_STREAM"))
        .depends_on(target.alias.clone());
    let id = format!("{}LambdaFunctionUrl", naming::normalized(key));
    let origin = format!("functions.{key}.url");
    draft.output(
        &id,
        Some("Lambda Function URL"),
        attribute(&id, "FunctionUrl"),
    );
    draft.add(id, resource, &origin);
    if !url.aws_iam {
        let permission = target
            .permission_of("lambda:InvokeFunctionUrl", "*")
            .with("FunctionUrlAuthType", auth);
        let id = format!("{}LambdaPermissionFnUrl", naming::normalized(key));
        draft.add(id, permission, &origin);
    }
}

/// A statement that the role does not have yet.
fn unless_there(draft: &mut Draft<'_>, wanted: Value) -> Option<Value> {
    let there = super::allow::listed(draft).is_some_and(|known| known.contains(&wanted));
    (!there).then_some(wanted)
}
