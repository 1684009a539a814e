//! CloudWatch Logs.

use std::time::{Duration, SystemTime};

use aws_sdk_cloudwatchlogs::Client;
use pilothouse_effects::{CloudProblem, Effect, LogEvent, Logs};

use crate::problem;

/// Logs by CloudWatch Logs.
#[derive(Debug)]
pub(crate) struct SdkLogs(Client);

impl SdkLogs {
    pub(crate) const fn new(client: Client) -> Self {
        Self(client)
    }
}

impl Logs for SdkLogs {
    fn since<'a>(
        &'a self,
        group: &'a str,
        from: SystemTime,
    ) -> Effect<'a, Result<Option<Vec<LogEvent>>, CloudProblem>> {
        Box::pin(async move {
            let passed = from
                .duration_since(SystemTime::UNIX_EPOCH)
                .unwrap_or_default();
            let mut pages = self
                .0
                .filter_log_events()
                .log_group_name(group)
                .start_time(i64::try_from(passed.as_millis()).unwrap_or(i64::MAX))
                .into_paginator()
                .send();
            let mut events = Vec::new();
            while let Some(page) = pages.next().await {
                match page.map_err(|error| problem::of("logs:FilterLogEvents", error)) {
                    Ok(page) => {
                        events.extend(page.events.unwrap_or_default().into_iter().map(event_of))
                    }
                    Err(CloudProblem::NotFound { .. }) => return Ok(None),
                    Err(problem) => return Err(problem),
                }
            }
            events.sort_by_key(|event| event.at);
            Ok(Some(events))
        })
    }
}

fn event_of(event: aws_sdk_cloudwatchlogs::types::FilteredLogEvent) -> LogEvent {
    let millis = u64::try_from(event.timestamp.unwrap_or_default()).unwrap_or_default();
    LogEvent {
        id: event.event_id.unwrap_or_default(),
        at: SystemTime::UNIX_EPOCH + Duration::from_millis(millis),
        message: event.message.unwrap_or_default(),
    }
}
