//! What a configuration asks AWS.

use serde::Serialize;
use specta::Type;

/// A value that is asked for, without the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AskedValue {
    /// What is wanted: `the parameter /shop/url`.
    pub what: String,
    /// The Region that is asked.
    pub region: String,
    /// The profile that is named for it.
    pub profile: Option<String>,
    /// The account that answered, or `sandbox`.
    pub account: Option<String>,
    /// What became of it.
    pub outcome: AskedOutcome,
}

/// What became of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AskedOutcome {
    /// It was not asked yet.
    Waiting,
    /// There is a value.
    Found,
    /// It is a secret, which a reference stands for.
    Secret,
    /// There is no such thing.
    Missing,
    /// It could not be asked.
    Failed,
}
