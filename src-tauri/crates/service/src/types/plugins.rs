//! What built-in plugins read of a service.

use indexmap::IndexMap;
use serde_json::Value;

use super::{Domain, Esbuild, PythonRequirements, SyncedFolder};

/// What the plugins that the file names read.
#[derive(Debug, Clone, Default)]
pub struct Plugins {
    /// Their names, in the order written.
    pub names: Vec<String>,
    /// Those that are not built in: code of others.
    pub foreign: Vec<String>,
    /// Files that are packed with the project's own.
    pub files: Vec<GeneratedFile>,
    /// Functions that are called after a deploy, by their names at AWS, and with what.
    pub calls: Vec<(String, String)>,
    /// serverless-iam-roles-per-function.
    pub own_roles: Option<OwnRoles>,
    /// serverless-prune-plugin, when a deploy is to delete.
    pub prune: Option<Prune>,
    /// serverless-domain-manager.
    pub domains: Vec<Domain>,
    /// serverless-python-requirements.
    pub python: Option<PythonRequirements>,
    /// serverless-esbuild, or `custom.pilothouse.esbuild`.
    pub esbuild: Option<Esbuild>,
    /// serverless-s3-sync: folders that go to buckets.
    pub synced: Vec<SyncedFolder>,
    /// Tables whose capacity follows their use.
    pub scaled_tables: Vec<ScaledTable>,
}

/// A file that a plugin adds to the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Where it lies, relative to the project's folder.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// Which versions stay after a deploy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prune {
    /// How many of each function.
    pub keep: u32,
    /// Whether those of layers are looked at too.
    pub layers: bool,
}

/// What roles of single functions have in common.
#[derive(Debug, Clone, Default)]
pub struct OwnRoles {
    /// `defaultInherit`: they hold the service's statements too, unless a function says otherwise.
    pub default_inherit: bool,
    /// `iamGlobalPermissionsBoundary`, of every role.
    pub boundary: Option<Value>,
    /// By the functions' keys.
    pub of: IndexMap<String, OwnRole>,
}

/// A role of one function.
#[derive(Debug, Clone, Default)]
pub struct OwnRole {
    /// `iamRoleStatements`, as written.
    pub statements: Vec<Value>,
    /// `iamRoleStatementsName`.
    pub name: Option<String>,
    /// `iamRoleStatementsInherit`.
    pub inherit: Option<bool>,
    /// `iamPermissionsBoundary`.
    pub boundary: Option<Value>,
}

/// A table, or one of its indexes, whose capacity follows its use.
#[derive(Debug, Clone)]
pub struct ScaledTable {
    /// The table's logical id.
    pub table: String,
    /// The index's name; the table itself when absent.
    pub index: Option<String>,
    /// Reading, when it follows.
    pub read: Option<Capacity>,
    /// Writing, when it follows.
    pub write: Option<Capacity>,
    /// Where it is written, a configuration path.
    pub path: String,
}

/// Bounds of a capacity, and what is aimed at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Capacity {
    /// `minimum`, units.
    pub minimum: u32,
    /// `maximum`, units.
    pub maximum: u32,
    /// `usage`: how much of it should be in use, from 0.2 to 0.9.
    pub usage: f64,
}
