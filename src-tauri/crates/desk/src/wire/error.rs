//! What goes wrong, in three parts: what happened, why, what to do.

use pilothouse_api::consent::Program;
use pilothouse_api::{Kind, Retry};
use serde::Serialize;
use specta::Type;

/// A failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// Stable id, as in docs/messages.md.
    pub code: &'static str,
    /// Whose turn it is.
    pub kind: Kind,
    /// What happened, in one sentence.
    pub title: String,
    /// Why, in the service's or the disk's own words.
    pub detail: Option<Box<str>>,
    /// What to do, most useful first.
    pub hints: Vec<String>,
    /// Whether trying again can help.
    pub retry: Retry,
    /// What is wrong in the project's files.
    pub findings: Box<[Finding]>,
    /// A change of a stack that failed.
    pub failure: Option<Box<Failure>>,
    /// Code of the project that somebody must allow first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[specta(optional)]
    pub consent: Option<Box<Vec<Program>>>,
}

/// Something about a file of the project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Stable id.
    pub code: String,
    /// It stops the work; otherwise it is only worth knowing.
    pub is_error: bool,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub place: Option<FindingPlace>,
    /// The configuration path, such as `functions.hello.memorySize`.
    pub path: Option<String>,
    /// Why it is wrong.
    pub reason: Option<String>,
    /// What to do.
    pub hint: Option<String>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingPlace {
    /// The file's name in the project.
    pub file: String,
    /// From one.
    pub line: u32,
    /// From one.
    pub column: u32,
    /// The line's text.
    pub text: String,
    /// How many characters of it are meant, at least one.
    pub length: u32,
}

/// A change of a stack that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// The stack's name.
    pub stack: String,
    /// The state it is in now, in CloudFormation's word.
    pub status: String,
    /// Whether the stack is as it was before.
    pub rolled_back: bool,
    /// What failed first.
    pub first: Option<FailedResource>,
    /// What failed by itself after that.
    pub also: Vec<FailedResource>,
    /// Resources that could not be set back or deleted.
    pub remains: Vec<String>,
}

/// A resource that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FailedResource {
    /// Its logical id.
    pub logical_id: String,
    /// Such as `AWS::Lambda::Function`.
    pub resource_type: String,
    /// Its type for people: `Lambda function`.
    pub type_words: String,
    /// Such as `CREATE_FAILED`.
    pub status: String,
    /// Why, in the service's own words.
    pub reason: Option<String>,
    /// When.
    pub at: String,
    /// Where it comes from.
    pub origin: Option<super::Origin>,
}
