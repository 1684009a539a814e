//! Edits by form.

use pilothouse_api::forms::DiffLine;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Finding;

/// One change of the configuration. Paths are names and numbers of list items; values are JSON.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum EditAsked {
    /// The value becomes this one.
    Set {
        /// Where.
        path: Vec<String>,
        /// What.
        value: String,
    },
    /// It goes.
    Remove {
        /// Where.
        path: Vec<String>,
    },
    /// It gets another name.
    Rename {
        /// Where.
        path: Vec<String>,
        /// The name.
        to: String,
    },
    /// A list gets one more item.
    Insert {
        /// The list.
        path: Vec<String>,
        /// Before which item; at the end when absent.
        at: Option<u32>,
        /// The item.
        value: String,
    },
    /// An item of a list gets another number.
    Move {
        /// The list.
        path: Vec<String>,
        /// Its number.
        from: u32,
        /// Its number afterwards.
        to: u32,
    },
}

/// What becomes of values that several places share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SharedValues {
    /// They are not changed.
    Refuse,
    /// They are changed for all.
    All,
    /// The place gets a copy of its own.
    Detach,
}

/// A file as it was when something was proposed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FileMark {
    /// Its path in the project.
    pub file: String,
    /// Names its content.
    pub digest: String,
}

/// What edits would change.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// The files; none when nothing changes.
    pub files: Vec<ProposedFile>,
    /// What would be found in the project then.
    pub findings: Vec<Finding>,
    /// How many things would be wrong that are not now.
    pub new_errors: u32,
}

/// A file that would change.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProposedFile {
    /// Its path in the project.
    pub file: String,
    /// Names the content that the change begins with.
    pub digest: String,
    /// The lines that differ, with a few around them.
    pub lines: Vec<DiffLine>,
}
