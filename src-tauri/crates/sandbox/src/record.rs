//! The state of the running sandbox, as the server writes it and all others read it.

use std::collections::BTreeMap;
use std::fmt;

use pilothouse_effects::{PrivateFolder, ProcessIdentity};
use serde::{Deserialize, Serialize};

use crate::{SandboxProblem, layout};

/// A program that the sandbox's server owns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The local AWS.
    Aws,
    /// The database.
    Postgres,
}

impl Part {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Aws, Self::Postgres];

    /// The name of its log and of its port.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::Postgres => "postgres",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Aws => "local AWS",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// How far the server is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "is")]
pub(crate) enum Phase {
    /// The parts do not both answer yet.
    Starting,
    /// Both answer.
    Ready,
    /// It is stopping.
    Stopping,
    /// It gave up.
    Failed(Failure),
}

/// Why the server gave up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "why")]
pub(crate) enum Failure {
    /// A part does not stay up.
    Crashes {
        /// Which.
        part: Part,
    },
    /// A part can be reached from other computers.
    Exposed {
        /// Which.
        part: Part,
        /// Where.
        address: String,
    },
    /// PostgreSQL cannot be started by the administrator here.
    RootDatabase,
    /// Something else; the server's log has it.
    Logged,
}

/// A process, as it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WrittenProcess {
    pub(crate) pid: u32,
    pub(crate) mark: String,
}

impl From<ProcessIdentity> for WrittenProcess {
    fn from(process: ProcessIdentity) -> Self {
        Self {
            pid: process.pid,
            mark: process.mark,
        }
    }
}

impl From<WrittenProcess> for ProcessIdentity {
    fn from(process: WrittenProcess) -> Self {
        Self {
            pid: process.pid,
            mark: process.mark,
        }
    }
}

/// The ports of the parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ports {
    pub(crate) aws: u16,
    pub(crate) postgres: u16,
}

impl Ports {
    pub(crate) const fn of(self, part: Part) -> u16 {
        match part {
            Part::Aws => self.aws,
            Part::Postgres => self.postgres,
        }
    }
}

/// The state of the running sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) phase: Phase,
    pub(crate) server: WrittenProcess,
    pub(crate) ports: Ports,
    /// Milliseconds since 1970.
    pub(crate) since: u64,
    /// The programs that run for it.
    pub(crate) parts: BTreeMap<Part, WrittenProcess>,
    /// How often a part was started again after it had ended by itself.
    pub(crate) restarts: u32,
    /// The Python it runs on, such as `3.11.7`.
    pub(crate) python: String,
}

impl Record {
    /// The one that is written down; none when there is none, or when it is from a version that wrote others.
    pub(crate) fn read(data: &dyn PrivateFolder) -> Result<Option<Self>, SandboxProblem> {
        let content = data.read(layout::STATE, 0)?;
        Ok(content.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// Writes it down.
    pub(crate) fn write(&self, data: &dyn PrivateFolder) -> Result<(), SandboxProblem> {
        write_json(data, layout::STATE, self)
    }

    /// Where the local AWS answers.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.aws)
    }
}

/// Writes a value as JSON.
pub(crate) fn write_json(
    data: &dyn PrivateFolder,
    name: &str,
    value: &impl Serialize,
) -> Result<(), SandboxProblem> {
    // Records are plain structs: they always have a JSON form.
    let text = serde_json::to_vec_pretty(value).unwrap_or_default();
    Ok(data.write(name, &text)?)
}

/// Reads a value from JSON; none when it is missing or not understood.
pub(crate) fn read_json<T: for<'de> Deserialize<'de>>(
    data: &dyn PrivateFolder,
    name: &str,
) -> Result<Option<T>, SandboxProblem> {
    let content = data.read(name, 0)?;
    Ok(content.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}
