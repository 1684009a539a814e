//! `invoke`, `logs`, `info` and `activity`.

use std::time::Duration;

use clap::Args;
use pilothouse_api::activity::Activity;
use pilothouse_api::logs::{Line, LogsRequest, Told};
use pilothouse_api::{ApiError, Host, Kind, activity as journal, info, invoke, logs};
use pilothouse_model::Code;
use serde_json::{Value, json};

use crate::arguments::ProjectArguments;
use crate::output;
use crate::progress::{moment, watch};

#[derive(Debug, Args)]
pub(crate) struct InvokeArguments {
    /// The function, as it is named in the service
    function: String,

    #[command(flatten)]
    pub(crate) project: ProjectArguments,

    /// What it is called with
    #[arg(long, short = 'd', value_name = "JSON")]
    data: Option<String>,

    /// Show the end of its log too
    #[arg(long, short = 'l')]
    log: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LogsArguments {
    /// The functions, as they are named in the service; all when none is named
    functions: Vec<String>,

    #[command(flatten)]
    pub(crate) project: ProjectArguments,

    /// Go on with new lines until you press Ctrl-C
    #[arg(long, short = 'f')]
    follow: bool,

    /// How far back: 30s, 15m, 2h or 7d
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = span)]
    since: Duration,
}

#[derive(Debug, Args)]
pub(crate) struct InfoArguments {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ActivityArguments {
    /// How many
    #[arg(long, short = 'n', value_name = "COUNT", default_value_t = 20)]
    count: usize,

    /// Print one JSON value instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

fn span(text: &str) -> Result<Duration, String> {
    let wrong = || "write a number and s, m, h or d, such as 15m".to_owned();
    let (end, unit) = text.char_indices().next_back().ok_or_else(wrong)?;
    let number: u64 = text
        .get(..end)
        .unwrap_or_default()
        .parse()
        .map_err(|_| wrong())?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return Err(wrong()),
    };
    number
        .checked_mul(seconds)
        .map(Duration::from_secs)
        .ok_or_else(wrong)
}

/// Calls a function. One that fails makes the command fail, with its answer printed all the same.
pub(crate) async fn invoke(host: &Host, verb: &InvokeArguments) -> Result<(), ApiError> {
    let as_json = verb.project.json;
    let request = verb.project.deploy_request();
    let data = verb.data.as_deref();
    let called = invoke::invoke(host, &request, &verb.function, data, &watch(as_json)).await?;
    if as_json {
        output::json(&called.to_value());
    } else {
        output::json(&called.answer);
        output::note(format_args!("{} ms", called.duration.as_millis()));
        if let Some(tail) = called
            .log_tail
            .as_deref()
            .filter(|_| verb.log || called.error.is_some())
        {
            output::note(tail.trim_end());
        }
    }
    match called.error {
        None => Ok(()),
        Some(how) => Err(ApiError::new(
            Code::FunctionFailed,
            Kind::Remote,
            format!("the function `{}` failed ({how})", verb.function),
        )
        .hint(format!("See its log: pilothouse logs {}", verb.function))),
    }
}

/// Shows what a function wrote.
pub(crate) async fn logs(host: &Host, verb: &LogsArguments) -> Result<(), ApiError> {
    let as_json = verb.project.json;
    let asked = LogsRequest {
        functions: verb.functions.clone(),
        since: verb.since,
        follow: verb.follow,
    };
    let is_one = verb.functions.len() == 1;
    let tell = move |told: Told| {
        match told {
            Told::NoLog { function } if !as_json => {
                output::note(format_args!("{function} has no log yet"));
            }
            Told::NoLog { .. } => {}
            Told::Lines(lines) => lines.iter().for_each(|line| show(line, as_json, is_one)),
        }
        true
    };
    let request = verb.project.deploy_request();
    logs::logs(host, &request, &asked, &watch(as_json), &tell).await
}

fn show(line: &Line, as_json: bool, is_one: bool) {
    let at = moment(line.at);
    if as_json {
        output::line(json!({
            "at": at, "function": line.function, "level": line.level(), "request": line.request(),
            "message": line.text,
        }));
    } else if is_one {
        output::line(format_args!("{at}  {}", line.text));
    } else {
        output::line(format_args!("{at}  {}  {}", line.function, line.text));
    }
}

/// Shows what stands.
pub(crate) async fn info(host: &Host, verb: &InfoArguments) -> Result<(), ApiError> {
    let as_json = verb.project.json;
    let found = info::info(host, &verb.project.deploy_request(), &watch(as_json)).await?;
    if as_json {
        output::json(&found.to_value());
        return Ok(());
    }
    output::line(format_args!(
        "{} for stage {}, stack {} in {}: {}, {} resources",
        found.service,
        found.stage,
        found.stack,
        found.region,
        found.status,
        found.resources.len()
    ));
    crate::deploy::endpoints(&found.endpoints, &found.outputs, &found.functions);
    for (name, text) in &found.outputs {
        output::line(format_args!("  {name}: {text}"));
    }
    Ok(())
}

/// Shows what was done.
pub(crate) fn activity(host: &Host, verb: &ActivityArguments) -> Result<(), ApiError> {
    let found = journal::activity(host, verb.count)?;
    if verb.json {
        output::json(&found.iter().map(Activity::to_value).collect::<Value>());
        return Ok(());
    }
    if found.is_empty() {
        output::line("Nothing was done yet");
    }
    for one in &found {
        let took = one
            .millis
            .map(|millis| format!(", {}.{} s", millis / 1000, millis % 1000 / 100));
        output::line(format_args!(
            "{}  {} {} ({}, {}): {}{}",
            moment(one.began),
            one.verb,
            one.stack,
            one.account,
            one.region,
            one.outcome,
            took.unwrap_or_default()
        ));
        if !one.words.is_empty() {
            output::line(format_args!("    {}", one.words));
        }
        output::line(format_args!("    {}", one.command_line()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_time_are_read_and_nonsense_is_refused() {
        assert_eq!(span("15m"), Ok(Duration::from_secs(900)));
        assert_eq!(span("2d"), Ok(Duration::from_secs(172_800)));
        for text in ["", "m", "15", "-1s", "1w", "99999999999999999999s", "é"] {
            assert!(span(text).is_err(), "{text}");
        }
    }
}
