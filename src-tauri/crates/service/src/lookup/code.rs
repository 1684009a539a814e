//! What is wanted of the project's own code, and what it may ask back.

use pilothouse_model::ProjectPath;

/// A file of the project that is run for a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeCall {
    /// The file.
    pub path: ProjectPath,
    /// The way to a function in what it exports, when the file as a whole has functions in it.
    pub address: Option<String>,
    /// What it asked for in the turns before, each with the answer as JSON.
    pub given: Vec<(CodeWant, String)>,
}

impl CodeCall {
    /// The first call of a file.
    pub const fn of(path: ProjectPath) -> Self {
        Self {
            path,
            address: None,
            given: Vec::new(),
        }
    }
}

/// What a function of the project asks of the configuration while it runs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodeWant {
    /// `resolveVariable('sls:stage')`.
    Variable(String),
    /// `resolveConfigurationProperty(['custom', 'name'])`.
    Property(Vec<String>),
}
