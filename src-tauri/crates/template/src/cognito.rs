//! `cognitoUserPool` events: of user pools that the stack makes, and of user pools that exist.

use indexmap::IndexMap;
use pilothouse_service::types::{CognitoEvent, Event, Function};
use serde_json::{Map, Value, json};

use crate::custom_resources::{self, Handler};
use crate::draft::{Draft, Resource};
use crate::intrinsics::{attribute, substitute};
use crate::naming;
use crate::target::Target;

/// The form of the event that the two senders get; there is no other yet.
const SENDER_VERSION: &str = "V1_0";

/// Adds the pools and the permissions of all functions.
pub(crate) fn add(draft: &mut Draft<'_>) {
    add_made(draft);
    add_existing(draft);
}

fn events(function: &Function, existing: bool) -> Vec<(usize, &CognitoEvent)> {
    let events = function.events.iter().enumerate();
    events
        .filter_map(|(at, event)| match event {
            Event::CognitoUserPool(event) if event.existing == existing => {
                Some((at, event.as_ref()))
            }
            _ => None,
        })
        .collect()
}

/// A pool that the stack makes.
#[derive(Debug, Default)]
struct Pool {
    triggers: Map<String, Value>,
    /// Once for each trigger, as with Serverless: the user's own resource may be laid over it, place by place.
    depends_on: Vec<String>,
    /// The path of the first event.
    path: String,
}

fn add_made(draft: &mut Draft<'_>) {
    let mut pools: IndexMap<&str, Pool> = IndexMap::new();
    for (key, function) in &draft.service.functions {
        let target = Target::of(draft, key);
        for (at, event) in events(function, false) {
            let path = format!("functions.{key}.events.{at}.cognitoUserPool");
            let pool = pools.entry(&event.pool).or_insert_with(|| Pool {
                path: path.clone(),
                ..Pool::default()
            });
            trigger(&mut pool.triggers, event, &target.arn);
            let before = target.alias.clone();
            let before = before.unwrap_or_else(|| naming::function_id(key));
            pool.depends_on.push(before);
            let source = attribute(&naming::user_pool_id(&event.pool), "Arn");
            let id = naming::user_pool_permission_id(key, &event.pool, &event.trigger);
            let permission = target.permission("cognito-idp.amazonaws.com", source);
            let thing = format!("the user pool `{}`", event.pool);
            draft.merge(id, permission, &thing, &path);
        }
    }
    for (name, pool) in pools {
        let resource = Resource::new("AWS::Cognito::UserPool")
            .with("UserPoolName", name)
            .with("LambdaConfig", pool.triggers)
            .depends_on(pool.depends_on);
        let thing = format!("the user pool `{name}`");
        draft.merge(naming::user_pool_id(name), resource, &thing, &pool.path);
    }
}

fn trigger(triggers: &mut Map<String, Value>, event: &CognitoEvent, function: &Value) {
    if event.is_sender() {
        let sender = json!({ "LambdaArn": function, "LambdaVersion": SENDER_VERSION });
        triggers.insert(event.trigger.clone(), sender);
        triggers.extend(
            event
                .kms_key_id
                .clone()
                .map(|key| ("KMSKeyID".to_owned(), key)),
        );
    } else {
        triggers.insert(event.trigger.clone(), function.clone());
    }
}

fn add_existing(draft: &mut Draft<'_>) {
    let mut statements = Vec::new();
    // The last resource of each pool: the next one waits for it, for each reads and writes the whole configuration.
    let mut last: IndexMap<&str, String> = IndexMap::new();
    for (key, function) in &draft.service.functions {
        let events = events(function, true);
        let Some((_, first)) = events.first() else {
            continue;
        };
        let id = naming::existing_pool_id(key);
        let before = last.insert(&first.pool, id.clone());
        let resource = connection(draft, key, &events).depends_on(before);
        draft.add(id, resource, &format!("functions.{key}"));
        let name = naming::function_name(draft.service, key);
        statements.extend(statements_of(&name, &events));
    }
    if !statements.is_empty() {
        statements.push(json!({
            "Effect": "Allow",
            "Resource": substitute("arn:${AWS::Partition}:iam::*:role/*".to_owned()),
            "Action": ["iam:PassRole"],
        }));
        custom_resources::add(draft, Handler::UserPool, statements);
    }
}

fn connection(draft: &Draft<'_>, key: &str, events: &[(usize, &CognitoEvent)]) -> Resource {
    let configs: Vec<Value> = events.iter().map(|(_, event)| config(event)).collect();
    let first = events.first().map(|(_, event)| event);
    let now = first
        .filter(|event| event.force_deploy)
        .map(|_| draft.inputs.instance_millis);
    Handler::UserPool
        .resource("Custom::CognitoUserPool")
        .with("FunctionName", naming::function_name(draft.service, key))
        .with_some("UserPoolName", first.map(|event| event.pool.as_str()))
        .with("UserPoolConfigs", configs)
        .with_some("ForceDeploy", now)
        .depends_on([naming::function_id(key), Handler::UserPool.function_id()])
}

fn config(event: &CognitoEvent) -> Value {
    let mut config = Map::new();
    config.insert("Trigger".into(), event.trigger.clone().into());
    if event.is_sender() {
        config.insert("LambdaVersion".into(), SENDER_VERSION.into());
        config.extend(
            event
                .kms_key_id
                .clone()
                .map(|key| ("KMSKeyID".to_owned(), key)),
        );
    }
    config.into()
}

/// What connecting one function takes. Serverless allows the use of the key only when a sender comes first among the
/// function's triggers; without it the pool cannot be updated, so it is allowed wherever the sender stands.
fn statements_of(function_name: &str, events: &[(usize, &CognitoEvent)]) -> Vec<Value> {
    let sender = events.iter().find(|(_, event)| event.is_sender());
    let key = sender.and_then(|(_, event)| event.kms_key_id.clone());
    let mut statements: Vec<Value> = key
        .map(|key| json!({ "Effect": "Allow", "Resource": key, "Action": ["kms:CreateGrant"] }))
        .into_iter()
        .collect();
    statements.push(json!({
        "Effect": "Allow",
        "Resource": "*",
        "Action": [
            "cognito-idp:ListUserPools",
            "cognito-idp:DescribeUserPool",
            "cognito-idp:UpdateUserPool"
        ],
    }));
    let function = format!("arn:${{AWS::Partition}}:lambda:*:*:function:{function_name}");
    statements.push(json!({
        "Effect": "Allow",
        "Resource": substitute(function),
        "Action": ["lambda:AddPermission", "lambda:RemovePermission"],
    }));
    statements
}
