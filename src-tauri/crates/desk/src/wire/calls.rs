//! Calling what is deployed, and reading its logs.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What a function answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct InvokeAnswer {
    /// The function's name at AWS.
    pub function: String,
    /// What it answered, as indented JSON, or as text when it is no JSON.
    pub answer: String,
    /// Whether the answer is JSON.
    pub is_json: bool,
    /// How it failed, when it did.
    pub error: Option<String>,
    /// How long the call took, seen from here, in milliseconds.
    pub millis: u32,
    /// The end of its log.
    pub log_tail: Option<String>,
}

/// A request to an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HttpCall {
    /// The method; one that the service answers.
    pub method: String,
    /// The path with its parts filled in, and the query, both encoded.
    pub path: String,
    /// Headers.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Option<String>,
    /// Sign it with the credentials of the target.
    pub sign: bool,
}

/// A header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What an endpoint answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HttpAnswer {
    /// The whole address that was asked.
    pub url: String,
    /// The status, such as 200.
    pub status: u32,
    /// The headers, in their order.
    pub headers: Vec<Header>,
    /// The body as text; what is no text is shown by its size.
    pub body: String,
    /// Its size in bytes.
    pub bytes: u32,
    /// How long it took in milliseconds.
    pub millis: u32,
    /// The command that repeats it.
    pub command: String,
}

/// Which logs are read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LogsAsked {
    /// The functions, by their keys; all when empty.
    pub functions: Vec<String>,
    /// How far back, in seconds.
    pub since_seconds: u32,
    /// Go on with new lines.
    pub follow: bool,
}

/// Several lines at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum LogBatch {
    /// Lines, oldest first.
    Lines {
        /// They.
        lines: Vec<LogLine>,
    },
    /// A function has no log yet: it was never called.
    NoLog {
        /// Its key.
        function: String,
    },
    /// Reading failed, and ended.
    Failed {
        /// Why.
        problem: super::Problem,
    },
    /// All that there was is told; with `follow`, new lines come as they appear.
    UpToDate,
}

/// A line of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LogLine {
    /// Unique.
    pub id: String,
    /// When.
    pub at: String,
    /// The function's key; the program's name in the sandbox's own log.
    pub source: String,
    /// The text without its line end.
    pub text: String,
    /// `error`, `warn`, `info`, `debug`, or `platform` for the lines that Lambda writes itself.
    pub level: String,
    /// The request that it belongs to, when the line says so.
    pub request: Option<String>,
}
