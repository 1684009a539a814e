//! What a service sets on the stage of its REST API: tracing, metrics, logs and tags.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use pilothouse_deploy::DesiredStage;
use pilothouse_model::Template;
use pilothouse_service::Service;
use pilothouse_service::types::RestApiLogs;
use pilothouse_template::naming::{self, REST_API};

/// What a line of the log says when the service does not choose, as with Serverless.
const FORMAT: &[(&str, &str)] = &[
    ("requestId", "requestId"),
    ("ip", "identity.sourceIp"),
    ("caller", "identity.caller"),
    ("user", "identity.user"),
    ("requestTime", "requestTime"),
    ("httpMethod", "httpMethod"),
    ("resourcePath", "resourcePath"),
    ("status", "status"),
    ("protocol", "protocol"),
    ("responseLength", "responseLength"),
];

/// The settings, unless there are none, or the API is another stack's.
pub(crate) fn settings(service: &Service, update: &Template) -> Option<DesiredStage> {
    let options = &service.provider.api_gateway;
    let has_api = update.section("Resources")?.contains_key(REST_API);
    if !has_api || options.rest_api_id.is_some() {
        return None;
    }
    let mut settings: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut set = |name: &str, value: Option<String>| settings.insert(name.to_owned(), value);
    if let Some(on) = options.tracing {
        set("/tracingEnabled", Some(on.to_string()));
    }
    if let Some(on) = options.metrics {
        set("/*/*/metrics/enabled", Some(on.to_string()));
    }
    if let Some(logs) = &options.logs {
        set("/*/*/logging/loglevel", Some(level(logs)));
        let whole = logs.enabled && logs.full_execution_data.unwrap_or(true);
        set("/*/*/logging/dataTrace", Some(whole.to_string()));
        if logs.access() {
            set("/accessLogSettings/format", Some(format_of(logs)));
        } else if logs.enabled {
            set("/accessLogSettings/destinationArn", None);
            set("/accessLogSettings/format", None);
        }
    }
    let log_group = options
        .logs
        .as_ref()
        .filter(|logs| logs.access())
        .map(|_| naming::rest_api_log_group_name(service));
    let tags = tags(service);
    if settings.is_empty() && tags.is_none() {
        return None;
    }
    Some(DesiredStage {
        api: REST_API.to_owned(),
        name: options
            .stage
            .clone()
            .unwrap_or_else(|| service.stage.clone()),
        settings,
        log_group,
        tags,
    })
}

fn level(logs: &RestApiLogs) -> String {
    if !logs.enabled || logs.execution_logging == Some(false) {
        return "OFF".to_owned();
    }
    logs.level.clone().unwrap_or_else(|| "INFO".to_owned())
}

fn format_of(logs: &RestApiLogs) -> String {
    let parts = FORMAT
        .iter()
        .map(|(name, value)| format!("{name}: $context.{value}"));
    let default = || parts.collect::<Vec<_>>().join(", ");
    logs.format
        .clone()
        .filter(|format| !format.is_empty())
        .unwrap_or_else(default)
}

/// The stack's tags, and those of functions and APIs over them.
fn tags(service: &Service) -> Option<IndexMap<String, String>> {
    let provider = &service.provider;
    if provider.tags.is_empty() && provider.stack_tags.is_empty() {
        return None;
    }
    let mut tags = provider.stack_tags.clone();
    tags.extend(provider.tags.clone());
    Some(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(change: impl FnOnce(&mut Service)) -> Option<DesiredStage> {
        let mut service = Service {
            name: "shop".into(),
            stage: "dev".into(),
            ..Service::default()
        };
        change(&mut service);
        let mut template = Template::default();
        template
            .section_mut("Resources")
            .insert(REST_API.to_owned(), serde_json::json!({}));
        settings(&service, &template)
    }

    fn set(change: impl FnOnce(&mut Service)) -> Vec<String> {
        let stage = service(change).expect("settings");
        let settings = stage.settings.into_iter();
        settings
            .map(|(name, value)| format!("{name}={}", value.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn nothing_asked_is_nothing_set() {
        assert!(service(|_| {}).is_none());
        assert!(
            service(|service| {
                service.provider.api_gateway.tracing = Some(true);
                service.provider.api_gateway.rest_api_id = Some("x".into());
            })
            .is_none(),
            "the API is another stack's"
        );
    }

    #[test]
    fn tracing_metrics_and_logs_are_set_as_with_serverless() {
        let logs = |logs: RestApiLogs| set(|s| s.provider.api_gateway.logs = Some(logs));
        assert_eq!(
            set(|s| {
                s.provider.api_gateway.tracing = Some(false);
                s.provider.api_gateway.metrics = Some(true);
            }),
            ["/*/*/metrics/enabled=true", "/tracingEnabled=false"]
        );
        let all = logs(RestApiLogs {
            enabled: true,
            ..RestApiLogs::default()
        });
        assert_eq!(
            all[..2],
            ["/*/*/logging/dataTrace=true", "/*/*/logging/loglevel=INFO"]
        );
        assert!(
            all[2].starts_with("/accessLogSettings/format=requestId: $context.requestId, ip: ")
        );
        assert_eq!(
            logs(RestApiLogs {
                enabled: true,
                access_logging: Some(false),
                execution_logging: Some(false),
                full_execution_data: Some(false),
                ..RestApiLogs::default()
            }),
            [
                "/*/*/logging/dataTrace=false",
                "/*/*/logging/loglevel=OFF",
                "/accessLogSettings/destinationArn=",
                "/accessLogSettings/format="
            ]
        );
        assert_eq!(
            logs(RestApiLogs::default()),
            ["/*/*/logging/dataTrace=false", "/*/*/logging/loglevel=OFF"]
        );
    }
}
