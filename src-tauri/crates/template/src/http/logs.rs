//! `provider.logs.restApi`: the log group of requests, and what is set on the stage itself, which is no resource of
//! the template.

use pilothouse_model::Code;
use pilothouse_service::types::RestApiLogs;

use crate::custom_resources::api_gateway_logs;
use crate::draft::{Draft, Resource};
use crate::naming::{self, REST_API_LOG_GROUP};

/// Adds the log group, and what lets API Gateway write to it.
pub(super) fn add(draft: &mut Draft<'_>) {
    let provider = &draft.service.provider;
    let logs = provider.api_gateway.logs.as_ref();
    if !logs.is_some_and(RestApiLogs::access) {
        return;
    }
    let name = naming::rest_api_log_group_name(draft.service);
    let group = Resource::new("AWS::Logs::LogGroup")
        .with("LogGroupName", name)
        .with_some("RetentionInDays", provider.log_retention_in_days);
    draft.put(REST_API_LOG_GROUP.into(), group);
    api_gateway_logs::ensure(draft);
}

/// Serverless sets these on the stage after the stack is made. Nothing here does so yet, which must be said.
pub(super) fn warn_of_stage(draft: &mut Draft<'_>) {
    let options = &draft.service.provider.api_gateway;
    let set = [
        ("provider.tracing.apiGateway", options.tracing == Some(true)),
        ("provider.apiGateway.metrics", options.metrics == Some(true)),
        (
            "provider.logs.restApi",
            options.logs.as_ref().is_some_and(|logs| logs.enabled),
        ),
    ];
    for (path, _) in set.into_iter().filter(|(_, asked)| *asked) {
        draft.warn(
            Code::NotYetSupported,
            path,
            format!("`{path}` is a setting of the API's stage, which a deploy does not set yet"),
            "Set it once in the console of API Gateway, where it stays",
        );
    }
}
