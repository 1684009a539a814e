//! Calling what is deployed, and reading its logs.

use std::collections::HashSet;
use std::sync::Mutex;
use std::time::Duration;

use pilothouse_api::logs::{LogsRequest, logs};
use pilothouse_api::request::{self, HttpRequest};
use pilothouse_api::{invoke, sandbox};
use pilothouse_effects::LogEvent;
use pilothouse_model::Code;

use crate::Desk;
use crate::looks::silent;
use crate::wire::{
    Header, HttpAnswer, HttpCall, InvokeAnswer, LogBatch, LogLine, LogsAsked, Place, Problem,
    count, millis, moment,
};

/// Where batches of log lines go; answers whether anybody still listens.
pub type TellLog<'a> = &'a (dyn Fn(LogBatch) -> bool + Send + Sync);

impl Desk {
    /// Calls a function with a JSON text.
    ///
    /// # Errors
    /// When the text is not JSON or the function is not deployed. A function that fails has answered.
    pub async fn invoke(
        &self,
        place: &Place,
        function: &str,
        data: &str,
    ) -> Result<InvokeAnswer, Problem> {
        let request = self.request_of(place)?;
        self.keep_sandbox(place).await;
        let data = if data.trim().is_empty() { "{}" } else { data };
        let invoked = invoke::invoke(&self.host, &request, function, Some(data), &silent()).await?;
        let (answer, is_json) = match &invoked.answer {
            serde_json::Value::String(text) => (text.clone(), false),
            value => (
                serde_json::to_string_pretty(value).unwrap_or_default(),
                true,
            ),
        };
        Ok(InvokeAnswer {
            function: invoked.function,
            answer,
            is_json,
            error: invoked.error,
            millis: millis(invoked.duration),
            log_tail: invoked.log_tail,
        })
    }

    /// Calls an endpoint over HTTP.
    ///
    /// # Errors
    /// When there is no such endpoint, it must be signed and is not, or nothing answers. A status of 400 and
    /// above is an answer.
    pub async fn http(&self, place: &Place, call: &HttpCall) -> Result<HttpAnswer, Problem> {
        let request = self.request_of(place)?;
        self.keep_sandbox(place).await;
        let asked = HttpRequest {
            method: call.method.clone(),
            path: call.path.clone(),
            headers: call
                .headers
                .iter()
                .map(|header| (header.name.clone(), header.value.clone()))
                .collect(),
            body: call.body.clone(),
            sign: call.sign,
        };
        let answer = request::request(&self.host, &request, &asked, &silent()).await?;
        Ok(HttpAnswer {
            bytes: count(answer.body.len()),
            body: String::from_utf8(answer.body).unwrap_or_else(|body| {
                format!("({} bytes that are no text)", body.as_bytes().len())
            }),
            url: answer.url,
            status: u32::from(answer.status),
            headers: answer
                .headers
                .into_iter()
                .map(|(name, value)| Header { name, value })
                .collect(),
            millis: millis(answer.duration),
            command: request::command_line(&request, &asked),
        })
    }

    /// Tells the log lines of functions, oldest first, until nobody listens; with `follow`, new ones as they come.
    pub async fn logs(&self, place: &Place, asked: &LogsAsked, tell: TellLog<'_>) {
        let request = match self.request_of(place) {
            Ok(request) => request,
            Err(problem) => {
                tell(LogBatch::Failed { problem });
                return;
            }
        };
        self.keep_sandbox(place).await;
        let functions = match self.functions(place, asked) {
            Ok(functions) => functions,
            Err(problem) => {
                tell(LogBatch::Failed { problem });
                return;
            }
        };
        let mut seen = HashSet::new();
        let mut told_empty = HashSet::new();
        let mut since = Duration::from_secs(u64::from(asked.since_seconds));
        loop {
            let mut lines = Vec::new();
            for function in &functions {
                let found = Mutex::new(Vec::new());
                let keep = |event: &LogEvent| {
                    if let Ok(mut found) = found.lock() {
                        found.push(line(function, event));
                    }
                };
                let one = LogsRequest {
                    function,
                    since,
                    follow: false,
                };
                match logs(&self.host, &request, one, &silent(), &keep).await {
                    Ok(()) => lines.extend(found.into_inner().unwrap_or_default()),
                    Err(error) if error.code == Code::CloudMissing => {
                        let function = function.clone();
                        if told_empty.insert(function.clone())
                            && !tell(LogBatch::NoLog { function })
                        {
                            return;
                        }
                    }
                    Err(error) => {
                        tell(LogBatch::Failed {
                            problem: error.into(),
                        });
                        return;
                    }
                }
            }
            lines.retain(|line: &LogLine| seen.insert(line.id.clone()));
            lines.sort_by(|a, b| a.at.cmp(&b.at));
            // An empty batch asks whether anybody listens still.
            if !tell(LogBatch::Lines { lines }) || !tell(LogBatch::UpToDate) || !asked.follow {
                return;
            }
            since = OVERLAP;
            self.host.clock.sleep(LOOK).await;
        }
    }

    fn functions(&self, place: &Place, asked: &LogsAsked) -> Result<Vec<String>, Problem> {
        if !asked.functions.is_empty() {
            return Ok(asked.functions.clone());
        }
        let project = self.project(place)?;
        Ok(project.functions.into_iter().map(|one| one.key).collect())
    }

    /// Tells what the sandbox's programs wrote.
    pub async fn sandbox_logs(&self, follow: bool, tell: TellLog<'_>) {
        let mut reader = sandbox::LogReading::default();
        let mut number = 0_u32;
        loop {
            let lines = match sandbox::new_log_lines(&self.host, &mut reader) {
                Ok(lines) => lines,
                Err(error) => {
                    tell(LogBatch::Failed {
                        problem: error.into(),
                    });
                    return;
                }
            };
            let at = moment(self.host.clock.now());
            let lines = lines
                .into_iter()
                .map(|found| {
                    number += 1;
                    LogLine {
                        id: number.to_string(),
                        at: at.clone(),
                        source: found.source.to_owned(),
                        level: level(&found.text).to_owned(),
                        text: found.text,
                        request: None,
                    }
                })
                .collect();
            if !tell(LogBatch::Lines { lines }) || !tell(LogBatch::UpToDate) || !follow {
                return;
            }
            self.host.clock.sleep(LOOK).await;
        }
    }
}

/// How long between two looks at a log that is followed.
const LOOK: Duration = Duration::from_millis(700);
/// Lines can arrive late and out of order, so each look goes back a little.
const OVERLAP: Duration = Duration::from_secs(30);

fn line(function: &str, event: &LogEvent) -> LogLine {
    let text = event.message.trim_end().to_owned();
    LogLine {
        id: event.id.clone(),
        at: moment(event.at),
        source: function.to_owned(),
        level: level(&text).to_owned(),
        request: request(&text),
        text,
    }
}

/// The level of a line, by the words that Lambda's runtimes, Python's and Node's loggers write.
fn level(text: &str) -> &'static str {
    const PLATFORM: &[&str] = &[
        "START RequestId",
        "END RequestId",
        "REPORT RequestId",
        "INIT_START",
    ];
    if PLATFORM.iter().any(|start| text.starts_with(start)) {
        return "platform";
    }
    let head: String = text
        .chars()
        .take(120)
        .collect::<String>()
        .to_ascii_uppercase();
    let has = |word: &str| {
        head.split(|letter: char| !letter.is_ascii_alphanumeric())
            .any(|found| found == word)
    };
    if has("ERROR")
        || has("CRITICAL")
        || has("FATAL")
        || head.contains("TRACEBACK")
        || text.contains("errorMessage")
    {
        "error"
    } else if has("WARN") || has("WARNING") {
        "warn"
    } else if has("DEBUG") || has("TRACE") {
        "debug"
    } else {
        "info"
    }
}

/// The request that a line names, in Lambda's form: `RequestId: 8-4-4-4-12`, or the id alone between tabs.
fn request(text: &str) -> Option<String> {
    let is_id = |word: &&str| {
        let lengths: Vec<usize> = word.split('-').map(str::len).collect();
        lengths == [8, 4, 4, 4, 12]
            && word
                .chars()
                .all(|letter| letter == '-' || letter.is_ascii_hexdigit())
    };
    let mut words = text.split(|letter: char| letter.is_whitespace() || "[]\"',".contains(letter));
    words.find(is_id).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_from_what_the_usual_loggers_write() {
        let of = |text| level(text);
        assert_eq!(of("START RequestId: 1 Version: $LATEST"), "platform");
        assert_eq!(of("[ERROR] KeyError: 'a'"), "error");
        assert_eq!(of("Traceback (most recent call last):"), "error");
        assert_eq!(of("2026-01-01T00:00:00Z\tid\tWARN\tslow"), "warn");
        assert_eq!(of("DEBUG:root:x"), "debug");
        assert_eq!(of("the terror of mirrors"), "info");
    }

    #[test]
    fn a_line_knows_its_request() {
        let id = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
        assert_eq!(
            request(&format!("START RequestId: {id} Version: 1")).as_deref(),
            Some(id)
        );
        assert_eq!(
            request(&format!("2026-01-01\t{id}\tINFO\tx")).as_deref(),
            Some(id)
        );
        assert_eq!(request("no id here"), None);
    }
}
