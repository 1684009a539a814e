//! CloudWatch Logs.

use std::collections::HashMap;
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
            name_the_nameless(&mut events);
            events.sort_by_key(|event| event.at);
            Ok(Some(events))
        })
    }
}

/// How the id of an event begins that has none of its own yet.
const STREAM: &str = "stream:";

/// The local AWS gives the events of functions no ids. Stream, time and place among those of the same time are
/// one too: a look that begins later leaves out all events of an earlier time, or none.
fn name_the_nameless(events: &mut [LogEvent]) {
    let mut seen: HashMap<(String, SystemTime), usize> = HashMap::new();
    for event in events
        .iter_mut()
        .filter(|event| event.id.starts_with(STREAM))
    {
        let place = seen.entry((event.id.clone(), event.at)).or_default();
        let millis = event.at.duration_since(SystemTime::UNIX_EPOCH);
        event.id = format!(
            "{}:{}:{place}",
            event.id,
            millis.unwrap_or_default().as_millis()
        );
        *place += 1;
    }
}

fn event_of(event: aws_sdk_cloudwatchlogs::types::FilteredLogEvent) -> LogEvent {
    let millis = u64::try_from(event.timestamp.unwrap_or_default()).unwrap_or_default();
    LogEvent {
        id: event
            .event_id
            .unwrap_or_else(|| format!("{STREAM}{}", event.log_stream_name.unwrap_or_default())),
        at: SystemTime::UNIX_EPOCH + Duration::from_millis(millis),
        message: event.message.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str, millis: u64) -> LogEvent {
        LogEvent {
            id: id.to_owned(),
            at: SystemTime::UNIX_EPOCH + Duration::from_millis(millis),
            message: String::new(),
        }
    }

    #[test]
    fn events_without_an_id_are_told_apart_and_called_the_same_at_the_next_look() {
        let names = |events: &[(&str, u64)]| -> Vec<String> {
            let mut events: Vec<_> = events.iter().map(|(id, at)| event(id, *at)).collect();
            name_the_nameless(&mut events);
            events.into_iter().map(|event| event.id).collect()
        };
        let first = names(&[
            ("stream:a", 1),
            ("stream:a", 2),
            ("stream:a", 2),
            ("own", 2),
        ]);
        assert_eq!(
            first,
            ["stream:a:1:0", "stream:a:2:0", "stream:a:2:1", "own"]
        );
        let later = names(&[("stream:a", 2), ("stream:a", 2), ("stream:b", 2)]);
        assert_eq!(later, ["stream:a:2:0", "stream:a:2:1", "stream:b:2:0"]);
    }
}
