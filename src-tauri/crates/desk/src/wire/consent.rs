//! Code of the project that may run on this computer.

use serde::Serialize;
use specta::Type;

/// A content that may run for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AllowedCode {
    /// To take it back by.
    pub id: String,
    /// The project's folder.
    pub project: String,
    /// What may run.
    pub name: String,
    /// The hash of its content.
    pub hash: String,
}
