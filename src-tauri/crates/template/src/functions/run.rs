//! How functions are run: what of it is a property, and what the role must allow for it.

use pilothouse_model::Code;
use pilothouse_service::types::{Function, Tracing, Vpc};
use serde_json::{Value, json};

use super::allow::{allow, allow_each_once};
use crate::draft::{Draft, Resource};
use crate::layers;
use crate::target::statement;

/// The network a function runs in; what it does not say itself is the provider's.
pub(super) fn vpc(draft: &Draft<'_>, function: &Function) -> Option<Value> {
    let parts = |vpc: &Option<Vpc>| match vpc {
        Some(Vpc::In {
            security_groups,
            subnets,
        }) => (security_groups.clone(), subnets.clone()),
        _ => (None, None),
    };
    if function.run.vpc == Some(Vpc::Off) {
        return None;
    }
    let (own, common) = (
        parts(&function.run.vpc),
        parts(&draft.service.provider.run.vpc),
    );
    let (groups, subnets) = (own.0.or(common.0)?, own.1.or(common.1)?);
    Some(json!({ "SecurityGroupIds": groups, "SubnetIds": subnets }))
}

/// Whether the role must allow network interfaces.
pub(super) fn needs_network(draft: &Draft<'_>) -> bool {
    let functions = draft.service.functions.values();
    draft.service.provider.run.vpc.is_some()
        || functions.into_iter().any(|one| one.run.vpc.is_some())
}

fn tracing(draft: &Draft<'_>, function: &Function) -> Option<&'static str> {
    let chosen = |tracing: Option<Tracing>| tracing.filter(|chosen| *chosen != Tracing::Off);
    let provider = draft.service.provider.run.tracing;
    match chosen(function.run.tracing).or(chosen(provider))? {
        Tracing::PassThrough => Some("PassThrough"),
        Tracing::Active | Tracing::Off => Some("Active"),
    }
}

fn kms_key<'a>(draft: &Draft<'a>, function: &'a Function) -> Option<&'a Value> {
    let own = function.run.kms_key.as_ref();
    own.or(draft.service.provider.run.kms_key.as_ref())
}

/// Sets the properties. The order of names means nothing to CloudFormation.
pub(super) fn properties(draft: &Draft<'_>, function: &Function, resource: Resource) -> Resource {
    let layers = function.run.layers.as_ref();
    let layers = layers.or(draft.service.provider.run.layers.as_ref());
    let file_system = function.file_system.as_ref();
    let dead_letters = function.on_error.as_ref();
    resource
        .with_some("VpcConfig", vpc(draft, function))
        .with_some(
            "TracingConfig",
            tracing(draft, function).map(|mode| json!({ "Mode": mode })),
        )
        .with_some("KmsKeyArn", kms_key(draft, function).cloned())
        .with_some(
            "Layers",
            layers.map(|layers| layers::references(draft, layers)),
        )
        .with_some(
            "DeadLetterConfig",
            dead_letters.map(|arn| json!({ "TargetArn": arn })),
        )
        .with_some(
            "FileSystemConfigs",
            file_system.map(|one| json!([{ "Arn": one.arn, "LocalMountPath": one.mount_path }])),
        )
}

/// Adds what the role must allow. What several functions need stands there once.
pub(super) fn allow_it(draft: &mut Draft<'_>, key: &str, function: &Function) {
    if let Some(Value::String(topic)) = &function.on_error {
        allow(
            draft,
            [statement(&["sns:Publish"], vec![topic.clone().into()])],
        );
    }
    if let Some(Value::String(arn)) = kms_key(draft, function) {
        allow_each_once(draft, statement(&["kms:Decrypt"], vec![arn.clone().into()]));
    }
    if tracing(draft, function).is_some() {
        let actions = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];
        allow_each_once(draft, statement(&actions, vec!["*".into()]));
    }
    if let Some(files) = &function.file_system {
        if vpc(draft, function).is_none() {
            draft.refuse(
                Code::ConfigConflict,
                &format!("functions.{key}.fileSystemConfig"),
                format!("function `{key}` mounts a file system and has no `vpc`"),
                "Give the function, or the provider, the `vpc` that the file system is in",
            );
        }
        let actions = [
            "elasticfilesystem:ClientMount",
            "elasticfilesystem:ClientWrite",
        ];
        allow(draft, [statement(&actions, vec![files.arn.clone()])]);
    }
}
