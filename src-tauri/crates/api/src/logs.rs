//! `logs`: what a function wrote.

use std::collections::HashSet;
use std::time::{Duration, SystemTime};

use pilothouse_effects::LogEvent;
use pilothouse_model::Code;
use pilothouse_template::naming::log_group_name;

use crate::deploy::DeployRequest;
use crate::info::find;
use crate::target::Watch;
use crate::{ApiError, Host, Kind};

/// How long between two looks at a log that is followed.
const LOOK: Duration = Duration::from_secs(1);
/// Lines can arrive late and out of order, so each look goes back a little.
const OVERLAP: Duration = Duration::from_secs(30);

/// What is read.
#[derive(Debug, Clone, Copy)]
pub struct LogsRequest<'a> {
    /// The function's key in the service.
    pub function: &'a str,
    /// How far back.
    pub since: Duration,
    /// Whether to go on with new lines for ever.
    pub follow: bool,
}

/// Tells each line of a function's log, oldest first.
///
/// # Errors
/// When the service has no such function, or it has no log.
pub async fn logs(
    host: &Host,
    request: &DeployRequest,
    asked: LogsRequest<'_>,
    watch: &Watch,
    line: &(dyn Fn(&LogEvent) + Send + Sync),
) -> Result<(), ApiError> {
    let found = find(host, request, "logs", watch).await?;
    let group = log_group_name(&found.function(asked.function)?);
    let mut from = host
        .clock
        .now()
        .checked_sub(asked.since)
        .unwrap_or(SystemTime::UNIX_EPOCH);
    let mut seen: HashSet<String> = HashSet::new();
    loop {
        let events = found.cloud().logs.since(&group, from).await?;
        let Some(events) = events else {
            return Err(no_log(asked.function));
        };
        for event in &events {
            if seen.insert(event.id.clone()) {
                line(event);
            }
        }
        if !asked.follow {
            return Ok(());
        }
        if let Some(newest) = events.last() {
            from = from.max(newest.at.checked_sub(OVERLAP).unwrap_or(from));
            // What lies before the next look cannot come again.
            seen = events
                .iter()
                .filter(|event| event.at >= from)
                .map(|event| event.id.clone())
                .collect();
        }
        host.clock.sleep(LOOK).await;
    }
}

fn no_log(function: &str) -> ApiError {
    ApiError::new(
        Code::CloudMissing,
        Kind::Precondition,
        format!("the function `{function}` has no log yet"),
    )
    .hint("Deploy it and call it first: pilothouse invoke")
}
