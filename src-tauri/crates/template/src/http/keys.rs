//! API keys, and the usage plans that say how much they may ask for.

use pilothouse_model::Code;
use pilothouse_service::types::{ApiKey, ApiKeys, UsagePlan, UsagePlans};
use serde_json::{Map, Value, json};

use super::api::Api;
use super::deployment::PLACE;
use crate::draft::{Draft, Resource};
use crate::intrinsics::reference;
use crate::naming;

/// The name by which Serverless 3 knows the only plan; one called so among several is described as that one was.
const ONLY: &str = "default";

/// Adds the keys, the plans, and which keys are under which plan.
pub(super) fn add(draft: &mut Draft<'_>, api: &Api<'_>) {
    let options = &draft.service.provider.api_gateway;
    if options.api_keys.is_none() && options.usage_plan.is_none() {
        return;
    }
    let plans: Vec<&str> = match &options.usage_plan {
        Some(UsagePlans::Named(plans)) => plans.iter().map(|(name, _)| name.as_str()).collect(),
        _ => Vec::new(),
    };
    let mut number = 0;
    for (at, keys) in options.api_keys.iter().flatten().enumerate() {
        let path = format!("provider.apiGateway.apiKeys.{at}");
        match keys {
            ApiKeys::OfPlan { plan, keys } => {
                if !plans.contains(&plan.as_str()) {
                    refuse_without_plan(draft, &path, plan);
                    continue;
                }
                number = 0;
                for key in keys {
                    number += 1;
                    add_key(draft, api, key, Some(plan), number);
                }
            }
            ApiKeys::One(key) => {
                number += 1;
                add_key(draft, api, key, None, number);
                if matches!(options.usage_plan, Some(UsagePlans::Named(_))) {
                    warn_without_plan(draft, &path);
                }
            }
        }
    }
    match &options.usage_plan {
        Some(UsagePlans::Named(plans)) => {
            for (name, plan) in plans {
                warn_of_only(draft, name, plan);
                add_plan(draft, api, Some(name), plan);
            }
        }
        Some(UsagePlans::One(plan)) => add_plan(draft, api, None, plan),
        None => add_plan(draft, api, None, &UsagePlan::default()),
    }
}

fn refuse_without_plan(draft: &mut Draft<'_>, path: &str, plan: &str) {
    draft.refuse(
        Code::ConfigConflict,
        path,
        format!("API key \"{plan}\" has no usage plan defined"),
        &format!("Add `- {plan}: {{}}` to `provider.apiGateway.usagePlan`"),
    );
}

fn warn_without_plan(draft: &mut Draft<'_>, path: &str) {
    draft.warn(
        Code::ConfigConflict,
        path,
        "this API key is under none of the usage plans, which AWS will not take".to_owned(),
        "Put it under a plan's name: `- free: [key]`",
    );
}

/// Serverless takes the limits of a plan of that name from where they stand when it is the only one.
fn warn_of_only(draft: &mut Draft<'_>, name: &str, plan: &UsagePlan) {
    if name == ONLY && (plan.quota.is_some() || plan.throttle.is_some()) {
        draft.warn(
            Code::ConfigConflict,
            "provider.apiGateway.usagePlan",
            format!("the limits of the usage plan `{ONLY}` are not used: the name is that of a plan on its own"),
            "Give the plan another name",
        );
    }
}

fn add_key(draft: &mut Draft<'_>, api: &Api<'_>, key: &ApiKey, plan: Option<&str>, number: usize) {
    let id = naming::api_key_id(plan, number);
    let stage = draft.service.stage.as_str();
    let resource = Resource::new("AWS::ApiGateway::ApiKey")
        .with("Enabled", key.enabled.unwrap_or(true))
        .with_some("Name", key.name.as_deref())
        .with_some("Value", key.value.as_deref())
        .with_some("Description", key.description.as_deref())
        .with_some("CustomerId", key.customer_id.as_deref())
        .with(
            "StageKeys",
            json!([{ "RestApiId": api.id, "StageName": stage }]),
        )
        .depends_on([PLACE.to_owned()]);
    draft.put(id.clone(), resource);
    let under = Resource::new("AWS::ApiGateway::UsagePlanKey")
        .with("KeyId", reference(&id))
        .with("KeyType", "API_KEY")
        .with("UsagePlanId", reference(&naming::usage_plan_id(plan)));
    draft.put(naming::usage_plan_key_id(plan, number), under);
}

fn add_plan(draft: &mut Draft<'_>, api: &Api<'_>, name: Option<&str>, plan: &UsagePlan) {
    let (service, stage) = (&draft.service.name, &draft.service.stage);
    let own_name = name.filter(|name| *name != ONLY);
    let (title, description) = match own_name {
        Some(name) => (
            format!("{service}-{name}-{stage}"),
            format!("Usage plan \"{name}\" for {service} {stage} stage"),
        ),
        None => (
            format!("{service}-{stage}"),
            format!("Usage plan for {service} {stage} stage"),
        ),
    };
    let limits = name != Some(ONLY);
    let quota = plan.quota.as_ref().filter(|_| limits).map(|quota| {
        present([
            ("Limit", &quota.limit),
            ("Offset", &quota.offset),
            ("Period", &quota.period),
        ])
    });
    let throttle = plan.throttle.as_ref().filter(|_| limits).map(|throttle| {
        present([
            ("BurstLimit", &throttle.burst_limit),
            ("RateLimit", &throttle.rate_limit),
        ])
    });
    // An empty one of a plan by name is as if it were not written.
    let said = |limit: &Map<String, Value>| own_name.is_none() || !limit.is_empty();
    let resource = Resource::new("AWS::ApiGateway::UsagePlan")
        .with("ApiStages", json!([{ "ApiId": api.id, "Stage": stage }]))
        .with("Description", description)
        .with("UsagePlanName", title)
        .with_some("Quota", quota.filter(said))
        .with_some("Throttle", throttle.filter(said))
        .depends_on([PLACE.to_owned()]);
    draft.lay(naming::usage_plan_id(name), resource);
}

fn present<const N: usize>(values: [(&str, &Option<Value>); N]) -> Map<String, Value> {
    values
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)))
        .collect()
}
