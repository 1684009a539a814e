//! `provider.apiGateway`, and what else of `provider` speaks of the REST API.

use indexmap::IndexMap;
use serde_json::Value;

use super::reader::{At, Reader};
use crate::document::Content;
use crate::schema::is_function;
use crate::types::{
    ApiGateway, ApiKey, ApiKeys, Model, Quota, RestApiLogs, Throttle, UsagePlan, UsagePlans,
};

pub(super) fn read(reader: &mut Reader, provider: &At<'_>) -> ApiGateway {
    let logs = provider.get("logs").and_then(|logs| logs.get("restApi"));
    let tracing = provider.get("tracing").and_then(|at| at.get("apiGateway"));
    let around = ApiGateway {
        vpc_endpoint_ids: vpc_endpoint_ids(reader, provider),
        tracing: reader.truth(tracing.clone()),
        logs: logs.clone().map(|logs| self::logs(reader, &logs)),
        ..ApiGateway::default()
    };
    let Some(at) = provider.get("apiGateway") else {
        return around;
    };
    check_shared(reader, &at, tracing, logs);
    ApiGateway {
        description: reader.words(at.get("description")),
        binary_media_types: reader.texts_if(at.get("binaryMediaTypes")),
        minimum_compression_size: reader.whole(at.get("minimumCompressionSize")),
        should_start_name_with_service: reader
            .truth(at.get("shouldStartNameWithService"))
            .unwrap_or_default(),
        disable_default_endpoint: reader.truth(at.get("disableDefaultEndpoint")),
        metrics: reader.truth(at.get("metrics")),
        stage: reader.text(at.get("stage")),
        api_key_source_type: reader
            .text(at.get("apiKeySourceType"))
            .map(|text| text.to_uppercase()),
        api_keys: at.get("apiKeys").map(|keys| api_keys(reader, keys)),
        usage_plan: at.get("usagePlan").map(|plans| usage_plans(reader, &plans)),
        resource_policy: reader
            .items(at.get("resourcePolicy"))
            .into_iter()
            .map(|statement| statement.node.to_json())
            .collect(),
        rest_api_id: reader.text_or_function(at.get("restApiId")),
        rest_api_root_resource_id: reader.text_or_function(at.get("restApiRootResourceId")),
        rest_api_resources: resources(reader, at.get("restApiResources")),
        schemas: reader
            .entries(at.get("request").and_then(|request| request.get("schemas")))
            .into_iter()
            .filter(|(_, at)| !at.node.is_null())
            .map(|(name, at)| (name, model(reader, &at)))
            .collect(),
        ..around
    }
}

/// What cannot be together with an API of another stack.
fn check_shared(reader: &mut Reader, at: &At<'_>, tracing: Option<At<'_>>, logs: Option<At<'_>>) {
    let Some(id) = at.get("restApiId") else {
        return;
    };
    if at.get("restApiRootResourceId").is_none() {
        reader.conflict(
            &id,
            format!(
                "`{}` is there, but `{}` is missing",
                id.path,
                at.join("restApiRootResourceId")
            ),
            "Name the root of that API too: paths are hung below it",
        );
    }
    for of_stage in [tracing, logs].into_iter().flatten() {
        reader.conflict(
            &of_stage,
            format!(
                "`{}` has no effect on an API of another stack, `{}`",
                of_stage.path, id.path
            ),
            "Set it where that API is made, and remove it here",
        );
    }
}

fn vpc_endpoint_ids(reader: &mut Reader, provider: &At<'_>) -> Option<Value> {
    let at = provider.get("vpcEndpointIds")?;
    let kind = provider
        .get("endpointType")
        .and_then(|at| at.node.to_text());
    match kind {
        Some(kind) if kind.eq_ignore_ascii_case("private") => {}
        Some(_) => reader.conflict(
            &at,
            format!("`{}` is only for private APIs", at.path),
            "Write `endpointType: PRIVATE`, or leave it out",
        ),
        None => reader.warn(
            &at,
            format!("`{}` has no effect: the API is not private", at.path),
            "Write `endpointType: PRIVATE`, or leave it out",
        ),
    }
    if is_function(at.node) {
        return Some(at.node.to_json());
    }
    Some(reader.texts_or_functions(Some(at)).into())
}

fn logs(reader: &mut Reader, at: &At<'_>) -> RestApiLogs {
    if let Content::Bool(enabled) = at.node.content {
        return RestApiLogs {
            enabled,
            ..RestApiLogs::default()
        };
    }
    if at.node.as_mapping().is_none() {
        reader.refuse(at, "true, false or a mapping");
    }
    RestApiLogs {
        enabled: true,
        access_logging: reader.truth(at.get("accessLogging")),
        execution_logging: reader.truth(at.get("executionLogging")),
        format: reader.text(at.get("format")),
        full_execution_data: reader.truth(at.get("fullExecutionData")),
        level: reader.text(at.get("level")),
        role: reader.text_or_function(at.get("role")),
        role_managed_externally: reader
            .truth(at.get("roleManagedExternally"))
            .unwrap_or_default(),
    }
}

/// A model: a schema with a name and description, or a schema alone.
pub(super) fn model(reader: &mut Reader, at: &At<'_>) -> Model {
    match at.get("schema") {
        Some(schema) => Model {
            schema: schema.node.to_json(),
            name: reader.text(at.get("name")),
            description: reader.text(at.get("description")),
        },
        None => Model {
            schema: at.node.to_json(),
            ..Model::default()
        },
    }
}

fn api_keys(reader: &mut Reader, at: At<'_>) -> Vec<ApiKeys> {
    let items = reader.items(Some(at));
    items
        .into_iter()
        .map(|item| {
            let mut entries = item.node.as_mapping().into_iter().flatten();
            let lists = entries.any(|(_, entry)| entry.node.as_sequence().is_some());
            let plan = lists.then(|| first_of(reader, &item)).flatten();
            let Some((plan, keys)) = plan else {
                return ApiKeys::One(api_key(reader, &item));
            };
            let keys = reader.items(Some(keys));
            ApiKeys::OfPlan {
                plan,
                keys: keys.iter().map(|key| api_key(reader, key)).collect(),
            }
        })
        .collect()
}

/// The plan that an item of a list is about. Serverless leaves out what stands behind the first.
fn first_of<'n>(reader: &mut Reader, at: &At<'n>) -> Option<(String, At<'n>)> {
    let mut entries = reader.entries(Some(at.clone())).into_iter();
    let first = entries.next();
    for (_, more) in entries {
        let message = format!(
            "`{}` has no effect: only the first plan of an item is used",
            more.path
        );
        reader.warn(&more, message, "Begin each plan with a `-` of its own");
    }
    first
}

fn api_key(reader: &mut Reader, at: &At<'_>) -> ApiKey {
    if at.node.as_mapping().is_none() {
        return ApiKey {
            name: reader.text(Some(at.clone())),
            ..ApiKey::default()
        };
    }
    ApiKey {
        name: reader.text(at.get("name")),
        value: reader.words(at.get("value")),
        description: reader.text(at.get("description")),
        customer_id: reader.text(at.get("customerId")),
        enabled: reader.truth(at.get("enabled")),
    }
}

fn usage_plans(reader: &mut Reader, at: &At<'_>) -> UsagePlans {
    if at.node.as_sequence().is_none() {
        return UsagePlans::One(Box::new(usage_plan(reader, at)));
    }
    let mut plans = Vec::new();
    for item in reader.items(Some(at.clone())) {
        let named = first_of(reader, &item);
        plans.extend(named.map(|(name, at)| {
            let plan = usage_plan(reader, &at);
            (name, plan)
        }));
    }
    UsagePlans::Named(plans)
}

fn usage_plan(reader: &mut Reader, at: &At<'_>) -> UsagePlan {
    if !at.node.is_null() && at.node.as_mapping().is_none() {
        reader.refuse(at, "a mapping with `quota` and `throttle`");
    }
    let value = |at: &At<'_>, name: &str| at.get(name).map(|at| at.node.to_json());
    UsagePlan {
        quota: at.get("quota").map(|quota| Quota {
            limit: value(&quota, "limit"),
            offset: value(&quota, "offset"),
            period: value(&quota, "period"),
        }),
        throttle: at.get("throttle").map(|throttle| Throttle {
            burst_limit: value(&throttle, "burstLimit"),
            rate_limit: value(&throttle, "rateLimit"),
        }),
    }
}

/// Paths that exist, as a mapping or as a list of `path` and `resourceId`.
fn resources(reader: &mut Reader, at: Option<At<'_>>) -> IndexMap<String, Value> {
    let Some(at) = at else {
        return IndexMap::new();
    };
    let written: Vec<(Option<String>, Option<At<'_>>)> = if at.node.as_mapping().is_some() {
        let entries = reader.entries(Some(at));
        entries
            .into_iter()
            .map(|(path, id)| (Some(path), Some(id)))
            .collect()
    } else {
        let items = reader.items(Some(at));
        items
            .into_iter()
            .map(|item| (reader.text(item.get("path")), item.get("resourceId")))
            .collect()
    };
    written
        .into_iter()
        .filter_map(|(path, id)| {
            let id = reader.text_or_function(id.filter(|id| !id.node.is_null()))?;
            Some((super::http::one_slash_less(&path?), id))
        })
        .collect()
}
