//! `logs`: what functions wrote, in one stream.

use std::collections::HashSet;
use std::time::{Duration, SystemTime};

use pilothouse_effects::{LogEvent, Logs};
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
#[derive(Debug, Clone)]
pub struct LogsRequest {
    /// The functions, by their keys in the service; all of them when empty.
    pub functions: Vec<String>,
    /// How far back.
    pub since: Duration,
    /// Whether to go on with new lines for ever.
    pub follow: bool,
}

/// What is told while logs are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A function has no log yet: it was never called. Told once.
    NoLog {
        /// Its key.
        function: String,
    },
    /// New lines of all functions, oldest first. None is news too: it asks whether anybody still listens.
    Lines(Vec<Line>),
}

/// A line of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Unique.
    pub id: String,
    /// When.
    pub at: SystemTime,
    /// The function's key.
    pub function: String,
    /// The text without its line end.
    pub text: String,
}

/// Tells the lines of functions' logs, until there are no more, or nobody listens any more: `tell` answers that.
///
/// # Errors
/// When the service has no such function, or none of them has a log and none is waited for.
pub async fn logs(
    host: &Host,
    request: &DeployRequest,
    asked: &LogsRequest,
    watch: &Watch,
    tell: &(dyn Fn(Told) -> bool + Send + Sync),
) -> Result<(), ApiError> {
    let found = find(host, request, "logs", watch).await?;
    let keys: Vec<&String> = if asked.functions.is_empty() {
        found.service.functions.keys().collect()
    } else {
        asked.functions.iter().collect()
    };
    let now = host.clock.now();
    let from = now.checked_sub(asked.since);
    let mut readings = Vec::new();
    for key in keys {
        readings.push(Reading {
            function: key.clone(),
            group: log_group_name(&found.function(key)?),
            from: from.unwrap_or(SystemTime::UNIX_EPOCH),
            seen: HashSet::new(),
            is_missing: false,
        });
    }
    loop {
        let mut lines = Vec::new();
        for reading in &mut readings {
            match reading.look(found.cloud().logs.as_ref()).await? {
                Some(new) => lines.extend(new),
                None if !std::mem::replace(&mut reading.is_missing, true) => {
                    let function = reading.function.clone();
                    if !tell(Told::NoLog { function }) {
                        return Ok(());
                    }
                }
                None => {}
            }
        }
        if !asked.follow && readings.iter().all(|reading| reading.is_missing) {
            return Err(no_log(&readings));
        }
        lines.sort_by_key(|line: &Line| line.at);
        if !tell(Told::Lines(lines)) || !asked.follow {
            return Ok(());
        }
        host.clock.sleep(LOOK).await;
    }
}

/// How far a function's log was read.
#[derive(Debug)]
struct Reading {
    function: String,
    group: String,
    from: SystemTime,
    seen: HashSet<String>,
    is_missing: bool,
}

impl Reading {
    /// What is new since the last look; none while there is no log.
    async fn look(&mut self, logs: &dyn Logs) -> Result<Option<Vec<Line>>, ApiError> {
        let Some(events) = logs.since(&self.group, self.from).await? else {
            return Ok(None);
        };
        if let Some(newest) = events.last() {
            let overlap = newest.at.checked_sub(OVERLAP);
            self.from = self.from.max(overlap.unwrap_or(self.from));
        }
        let fresh = events.iter().filter(|event| !self.seen.contains(&event.id));
        let lines = fresh.map(|event| self.line(event)).collect();
        // What lies before the next look cannot come again.
        let again = events.into_iter().filter(|event| event.at >= self.from);
        self.seen = again.map(|event| event.id).collect();
        Ok(Some(lines))
    }

    fn line(&self, event: &LogEvent) -> Line {
        Line {
            id: event.id.clone(),
            at: event.at,
            function: self.function.clone(),
            text: event.message.trim_end().to_owned(),
        }
    }
}

fn no_log(readings: &[Reading]) -> ApiError {
    let title = match readings {
        [] => "the service has no function".to_owned(),
        [one] => format!("the function `{}` has no log yet", one.function),
        _ => "none of the functions has a log yet".to_owned(),
    };
    ApiError::new(Code::CloudMissing, Kind::Precondition, title)
        .hint("Deploy it and call it first: pilothouse invoke")
}

impl Line {
    /// `platform` for the lines that Lambda writes itself, else `error`, `warn`, `debug` or `info`.
    pub fn level(&self) -> &'static str {
        level(&self.text)
    }

    /// The request that the line names, in Lambda's form: five groups of hexadecimal digits.
    pub fn request(&self) -> Option<&str> {
        let is_id = |word: &&str| {
            let lengths: Vec<usize> = word.split('-').map(str::len).collect();
            let is_digit = |letter: char| letter == '-' || letter.is_ascii_hexdigit();
            lengths == [8, 4, 4, 4, 12] && word.chars().all(is_digit)
        };
        let ends = |letter: char| letter.is_whitespace() || "[]\"',".contains(letter);
        self.text.split(ends).find(is_id)
    }
}

/// The level of a line, by the words that Lambda's runtimes, Python's and Node's loggers write.
pub fn level(text: &str) -> &'static str {
    const PLATFORM: &[&str] = &[
        "START RequestId",
        "END RequestId",
        "REPORT RequestId",
        "INIT_START",
    ];
    const LEVELS: &[(&str, &[&str])] = &[
        ("error", &["ERROR", "CRITICAL", "FATAL", "TRACEBACK"]),
        ("warn", &["WARN", "WARNING"]),
        ("debug", &["DEBUG", "TRACE"]),
    ];
    if PLATFORM.iter().any(|start| text.starts_with(start)) {
        return "platform";
    }
    // A level stands at the head of its line.
    let head: String = text.chars().take(120).collect();
    let head = head.to_ascii_uppercase();
    let has = |word: &&str| {
        let mut words = head.split(|letter: char| !letter.is_ascii_alphanumeric());
        words.any(|found| found == *word)
    };
    let named = LEVELS.iter().find(|(_, words)| words.iter().any(has));
    match named {
        Some((level, _)) => level,
        None if text.contains("errorMessage") => "error",
        None => "info",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_from_what_the_usual_loggers_write() {
        for (text, expected) in [
            ("START RequestId: 1 Version: $LATEST", "platform"),
            ("[ERROR] KeyError: 'a'", "error"),
            ("Traceback (most recent call last):", "error"),
            ("{\"errorMessage\": \"x\"}", "error"),
            ("2026-01-01T00:00:00Z\tid\tWARN\tslow", "warn"),
            ("DEBUG:root:x", "debug"),
            ("the terror of mirrors", "info"),
        ] {
            assert_eq!(level(text), expected, "{text}");
        }
    }

    #[test]
    fn a_line_knows_its_request() {
        let request = |text: &str| {
            let line = Line {
                id: String::new(),
                at: SystemTime::UNIX_EPOCH,
                function: String::new(),
                text: text.to_owned(),
            };
            line.request().map(str::to_owned)
        };
        let id = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
        for text in [
            format!("START RequestId: {id} Version: 1"),
            format!("2026-01-01\t{id}\tINFO\tx"),
        ] {
            assert_eq!(request(&text).as_deref(), Some(id));
        }
        assert_eq!(request("no id here"), None);
    }
}
