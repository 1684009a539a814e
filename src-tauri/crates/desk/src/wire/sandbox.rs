//! The sandbox, as the window shows it.

use serde::Serialize;
use specta::Type;

/// How the sandbox stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SandboxView {
    /// Its state.
    pub standing: SandboxStanding,
    /// Why it failed.
    pub reason: Option<String>,
    /// Whether its packages are installed.
    pub installed: bool,
    /// The server, when it runs.
    pub running: Option<SandboxRunning>,
    /// Who uses it.
    pub used_by: Vec<String>,
    /// Whether it runs until it is stopped; otherwise it ends a while after its last use.
    pub until_down: bool,
    /// Whether what is in it is kept between its runs.
    pub keeps_state: bool,
    /// What is installed.
    pub versions: Versions,
    /// What is otherwise than on AWS.
    pub limits: Vec<Limit>,
}

/// Its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SandboxStanding {
    /// It does not run.
    Stopped,
    /// It is being started.
    Starting,
    /// It answers.
    Running,
    /// It is being stopped.
    Stopping,
    /// It does not stay up.
    Failed,
}

/// A sandbox that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SandboxRunning {
    /// Where the local AWS answers.
    pub url: String,
    /// The Region it plays.
    pub region: String,
    /// The database's port on 127.0.0.1.
    pub postgres_port: u32,
    /// When it was started.
    pub since: String,
    /// The memory of all its programs, in kilobytes.
    pub memory_kilobytes: u32,
    /// Where its programs listen.
    pub listens_on: Vec<String>,
    /// How often a program was started again after it had ended by itself.
    pub restarts: u32,
    /// The version of the Python that runs functions.
    pub python: String,
}

/// What is installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Versions {
    /// The local AWS.
    pub ministack: String,
    /// The SDK that Python functions find.
    pub boto3: String,
    /// The wheel that holds PostgreSQL.
    pub postgres: String,
}

/// Something that is otherwise than on AWS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Limit {
    /// Stable id.
    pub id: String,
    /// The sentence for people.
    pub text: String,
}
