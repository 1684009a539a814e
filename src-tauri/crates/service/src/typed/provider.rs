//! `provider`.

use indexmap::IndexMap;
use pilothouse_model::{Code, Diagnostic};
use serde_json::Value;

use super::reader::{At, Reader};
use super::{alb, api_gateway, cloud_front, http_api, messages, run, stack, websocket};
use crate::schema::is_function;
use crate::types::{DeploymentBucket, Provider};

pub(super) fn read(reader: &mut Reader, root: &At<'_>, config_file: &str) -> Provider {
    let Some(at) = root.get("provider") else {
        reader.found.push(
            Diagnostic::error(
                Code::ConfigMissingKey,
                format!("`provider` is missing in `{config_file}`"),
            )
            .at(root.node.span.clone())
            .path("provider")
            .hint("Add `provider:` with `name: aws` and a `runtime`"),
        );
        return Provider::default();
    };
    check_name(reader, &at);
    let mut provider = Provider {
        profile: reader.text(at.get("profile")),
        stack_name: reader.text(at.get("stackName")),
        runtime: reader.text(at.get("runtime")),
        architecture: reader.text(at.get("architecture")),
        memory_size: reader.whole(at.get("memorySize")),
        timeout: reader.whole(at.get("timeout")),
        has_environment: at.get("environment").is_some(),
        environment: environment(reader, at.get("environment")),
        tags: reader.texts_by_name(at.get("tags")),
        stack_tags: reader.texts_by_name(at.get("stackTags")),
        log_retention_in_days: reader.whole(at.get("logRetentionInDays")),
        log_data_protection: at
            .get("logDataProtectionPolicy")
            .map(|policy| policy.node.to_json()),
        runtime_management: stack::runtime_management(reader, at.get("runtimeManagement")),
        stack: stack::read(reader, &at),
        version_functions: reader.truth(at.get("versionFunctions")),
        deployment_prefix: reader.text(at.get("deploymentPrefix")),
        deployment_bucket: bucket(reader, at.get("deploymentBucket")),
        api_name: reader.text(at.get("apiName")),
        endpoint_type: reader
            .text(at.get("endpointType"))
            .map(|t| t.to_uppercase()),
        api_gateway: api_gateway::read(reader, &at),
        http_api: http_api::provider(reader, &at),
        websocket_api: websocket::provider(reader, &at),
        alb: alb::provider(reader, at.get("alb")),
        cloud_front: cloud_front::provider(reader, at.get("cloudFront")),
        framework_lambda_logs: at
            .get("logs")
            .and_then(|logs| reader.truth(logs.get("frameworkLambda")))
            .unwrap_or_default(),
        s3: messages::buckets(reader, at.get("s3")),
        event_bridge_by_function: at
            .get("eventBridge")
            .is_some_and(|rules| reader.truth(rules.get("useCloudFormation")) != Some(true)),
        names_consumers_by_service: at
            .get("kinesis")
            .is_some_and(|kinesis| kinesis.get("consumerNamingMode").is_some()),
        ..Provider::default()
    };
    iam(reader, &at, &mut provider);
    run::read_provider(reader, &at, &mut provider);
    provider
}

fn check_name(reader: &mut Reader, at: &At<'_>) {
    match at.get("name") {
        Some(name) if name.node.as_text() == Some("aws") => {}
        Some(name) => reader.not_yet(&name, "a provider other than `aws`", "Write `name: aws`"),
        None if at.node.as_mapping().is_some() => reader.found.push(
            Diagnostic::error(Code::ConfigMissingKey, "`provider.name` is missing")
                .at(at.node.span.clone())
                .path("provider.name")
                .hint("Write `name: aws` under `provider`"),
        ),
        None => reader.refuse(at, "a mapping"),
    }
}

/// Environment variables; null unsets one that the provider sets.
pub(super) fn environment(reader: &mut Reader, at: Option<At<'_>>) -> IndexMap<String, Value> {
    let mut read = IndexMap::new();
    for (name, at) in reader.entries(at) {
        let plain = at.node.is_null() || at.node.to_text().is_some();
        if plain || is_function(at.node) {
            read.insert(name, at.node.to_json());
        } else {
            reader.refuse(&at, "a text or a CloudFormation function");
        }
    }
    read
}

fn bucket(reader: &mut Reader, at: Option<At<'_>>) -> DeploymentBucket {
    let Some(at) = at else {
        return DeploymentBucket::default();
    };
    if at.node.as_mapping().is_none() {
        let name = reader.text(Some(at));
        return DeploymentBucket {
            name,
            ..DeploymentBucket::default()
        };
    }
    DeploymentBucket {
        name: reader.text(at.get("name")),
        skip_policy_setup: reader.truth(at.get("skipPolicySetup")).unwrap_or_default(),
        block_public_access: reader
            .truth(at.get("blockPublicAccess"))
            .unwrap_or_default(),
        versioning: reader.truth(at.get("versioning")).unwrap_or_default(),
        server_side_encryption: reader.text(at.get("serverSideEncryption")),
        sse_kms_key_id: reader.text(at.get("sseKMSKeyId")),
        max_previous_artifacts: reader.whole(at.get("maxPreviousDeploymentArtifacts")),
        tags: reader.texts_by_name(at.get("tags")),
    }
}

fn iam(reader: &mut Reader, at: &At<'_>, provider: &mut Provider) {
    let role = at.get("iam").and_then(|iam| iam.get("role"));
    let described = role
        .clone()
        .filter(|role| role.node.as_mapping().is_some() && !is_function(role.node));
    if let Some(role) = &described {
        provider.iam_role_name = reader.text(role.get("name"));
        provider.iam_role_path = reader.text(role.get("path"));
        provider.iam_role_tags = reader.texts_by_name(role.get("tags"));
    } else {
        provider.iam_role = reader.text_or_function(role.or_else(|| at.get("role")));
    }
    if provider.iam_role.is_none() {
        provider.iam_role = reader.text_or_function(at.get("role"));
    }
    let of_role = |name: &str| described.as_ref().and_then(|role| role.get(name));
    // The newer spelling stands for the older one, which then does not count.
    let statements = of_role("statements").or_else(|| at.get("iamRoleStatements"));
    provider.iam_statements = values(reader, statements);
    let policies = of_role("managedPolicies").or_else(|| at.get("iamManagedPolicies"));
    provider.iam_managed_policies = values(reader, policies);
    let boundary = of_role("permissionsBoundary")
        .or_else(|| of_role("permissionBoundary"))
        .or_else(|| at.get("rolePermissionsBoundary"));
    provider.iam_permissions_boundary = reader.text_or_function(boundary);
}

pub(super) fn values(reader: &mut Reader, list: Option<At<'_>>) -> Vec<Value> {
    let items = reader.items(list);
    items.iter().map(|item| item.node.to_json()).collect()
}
