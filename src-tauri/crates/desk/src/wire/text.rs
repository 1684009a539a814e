//! Texts of a project that are edited.

use serde::Serialize;
use specta::Type;

/// A file as its editor works on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TextFile {
    /// Its path in the project; names it in calls.
    pub file: String,
    /// Its text, with `\n` at the end of each line; what the file itself ends lines with is kept when it is saved.
    pub text: String,
    /// Names its content, so that saving can tell whether it changed.
    pub digest: String,
    /// The configuration file of the project.
    pub config: String,
    /// Other files that can be edited: those that the configuration reads.
    pub others: Vec<String>,
}

/// Why the window is to be left while the page has what is not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Leaving {
    /// Somebody closes it.
    Close,
    /// A second start has it open another project.
    Open,
}

/// What became of a text that was to be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Saved {
    /// The file has it.
    Done {
        /// Names its content from now on.
        digest: String,
    },
    /// The file changed since it was read, and was left as it is.
    Conflict {
        /// What it holds.
        theirs: TextFile,
    },
}
