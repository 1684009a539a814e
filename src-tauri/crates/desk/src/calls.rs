//! Calling what is deployed, and reading its logs.

use std::time::Duration;

use pilothouse_api::logs::{self, Line, LogsRequest, Told};
use pilothouse_api::request::{self, HttpRequest};
use pilothouse_api::{invoke, sandbox};
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

    /// The command that calls the same in a terminal.
    ///
    /// # Errors
    /// When the project is not known.
    pub fn invoke_command(
        &self,
        place: &Place,
        function: &str,
        data: &str,
    ) -> Result<String, Problem> {
        let request = self.request_of(place)?;
        Ok(invoke::command_line(&request, function, data))
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
        let read = LogsRequest {
            functions: asked.functions.clone(),
            since: Duration::from_secs(u64::from(asked.since_seconds)),
            follow: asked.follow,
        };
        let pass_on = |told: Told| match told {
            Told::NoLog { function } => tell(LogBatch::NoLog { function }),
            Told::Lines(lines) => {
                let lines = lines.into_iter().map(line).collect();
                tell(LogBatch::Lines { lines }) && tell(LogBatch::UpToDate)
            }
        };
        match logs::logs(&self.host, &request, &read, &silent(), &pass_on).await {
            Ok(()) => {}
            // Each function without a log was named already.
            Err(error) if error.code == Code::CloudMissing => {
                tell(LogBatch::UpToDate);
            }
            Err(error) => {
                tell(LogBatch::Failed {
                    problem: error.into(),
                });
            }
        }
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
                        level: logs::level(&found.text).to_owned(),
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

/// How long between two looks at the sandbox's log.
const LOOK: Duration = Duration::from_millis(700);

fn line(line: Line) -> LogLine {
    LogLine {
        at: moment(line.at),
        level: line.level().to_owned(),
        request: line.request().map(str::to_owned),
        id: line.id,
        source: line.function,
        text: line.text,
    }
}
