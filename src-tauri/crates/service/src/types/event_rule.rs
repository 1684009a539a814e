//! Events that rules of an event bus find.

use serde_json::Value;

/// `eventBridge`.
#[derive(Debug, Clone, Default)]
pub struct EventBridgeEvent {
    /// `eventBus`: a name, an ARN or an intrinsic.
    pub bus: Option<Value>,
    /// `pattern`.
    pub pattern: Option<Value>,
    /// `schedule`.
    pub schedule: Option<String>,
    /// What the function gets.
    pub input: EventInput,
    /// `name`.
    pub name: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `enabled`.
    pub enabled: Option<bool>,
    /// `retryPolicy`.
    pub retry: Option<EventRetry>,
    /// `deadLetterQueueArn`: a text or an intrinsic.
    pub dead_letters: Option<Value>,
}

/// `cloudwatchEvent`.
#[derive(Debug, Clone, Default)]
pub struct CloudWatchEvent {
    /// `event`: the pattern.
    pub pattern: Value,
    /// What the function gets.
    pub input: EventInput,
    /// `name`.
    pub name: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `enabled`.
    pub enabled: Option<bool>,
}

/// What a function gets instead of the event; at most one of these, and none when it gets the event.
#[derive(Debug, Clone, Default)]
pub struct EventInput {
    /// `input`, as written; an empty text is none.
    pub value: Option<Value>,
    /// `inputPath`.
    pub path: Option<String>,
    /// `inputTransformer`, as written.
    pub transformer: Option<Value>,
}

/// `eventBridge.retryPolicy`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EventRetry {
    /// `maximumEventAge`, seconds.
    pub maximum_age: Option<u32>,
    /// `maximumRetryAttempts`.
    pub maximum_attempts: Option<u32>,
}
