//! `provider.logs.restApi`: the log group of requests. What is logged is a setting of the stage, which is no resource
//! of the template.

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
        .with_some("RetentionInDays", provider.log_retention_in_days)
        .with_some("DataProtectionPolicy", provider.log_data_protection.clone());
    draft.put(REST_API_LOG_GROUP.into(), group);
    api_gateway_logs::ensure(draft);
}
