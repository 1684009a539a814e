//! How the sandbox stands.

use std::net::SocketAddr;

use pilothouse_effects::ProcessIdentity;

use crate::bring_up::told;
use crate::record::{Phase, Record};
use crate::serve::keeps_state;
use crate::server_lock::{Seen, server_now};
use crate::{SandboxProblem, World, install, layout, lease, pins};

/// Whether it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It does not run.
    Stopped,
    /// It does not answer yet.
    Starting,
    /// It answers.
    Running,
    /// It is stopping.
    Stopping,
    /// It gave up.
    Failed {
        /// Why, in one sentence.
        reason: String,
    },
}

/// How the sandbox stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Whether it runs.
    pub standing: Standing,
    /// Whether its packages are installed.
    pub installed: bool,
    /// The server, when it runs.
    pub running: Option<Running>,
    /// Who uses it.
    pub used_by: Vec<String>,
    /// Whether it runs until it is taken down.
    pub until_down: bool,
    /// Whether what is in it is kept between its runs.
    pub keeps_state: bool,
    /// Where its logs lie.
    pub log_folder: String,
}

/// A server that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Its process.
    pub pid: u32,
    /// Where the local AWS answers.
    pub url: String,
    /// The Region it is asked in when nothing else is said.
    pub region: String,
    /// The database's port.
    pub postgres_port: u16,
    /// When it was started, in milliseconds since 1970.
    pub since: u64,
    /// The memory of its programs and itself, in bytes.
    pub memory: u64,
    /// Where its programs listen, as the system's own table has it.
    pub listens_on: Vec<SocketAddr>,
    /// How often a program was started again after it had ended by itself.
    pub restarts: u32,
    /// The version of the Python that runs functions.
    pub python: String,
}

/// Looks how the sandbox stands; it starts and stops nothing.
///
/// # Errors
/// When the data folder cannot be read.
pub fn status(world: &World) -> Result<Status, SandboxProblem> {
    let data = world.data.as_ref();
    let seen = server_now(world)?;
    let server = match &seen {
        Seen::Server(server) => Some(server),
        Seen::None | Seen::Changing => None,
    };
    let record = Record::read(data)?;
    let of_this = record
        .as_ref()
        .filter(|record| server == Some(&ProcessIdentity::from(record.server.clone())));
    let standing = match (&seen, of_this.map(|record| &record.phase), &record) {
        (Seen::Server(_), Some(Phase::Ready), _) => Standing::Running,
        (Seen::Server(_), Some(Phase::Stopping | Phase::Failed(_)), _) => Standing::Stopping,
        (Seen::Server(_) | Seen::Changing, _, _) => Standing::Starting,
        (
            Seen::None,
            _,
            Some(Record {
                phase: Phase::Failed(failure),
                ..
            }),
        ) => Standing::Failed {
            reason: told(world, failure)?.to_string(),
        },
        (Seen::None, _, _) => Standing::Stopped,
    };
    Ok(Status {
        standing,
        installed: install::find(world)?.is_some(),
        running: of_this.map(|record| running(world, record)).transpose()?,
        used_by: lease::living(data)?
            .into_iter()
            .map(|lease| lease.holder)
            .collect(),
        until_down: server.is_some() && data.read(layout::UNTIL_DOWN, 0)?.is_some(),
        keeps_state: keeps_state(world)?,
        log_folder: data.folder(layout::LOGS)?,
    })
}

fn running(world: &World, record: &Record) -> Result<Running, SandboxProblem> {
    let footprint = world.processes.footprint(&record.server.clone().into())?;
    let mut listens_on = footprint.listens_on;
    for process in record.parts.values() {
        listens_on.extend(
            world
                .processes
                .footprint(&process.clone().into())?
                .listens_on,
        );
    }
    Ok(Running {
        pid: record.server.pid,
        url: record.url(),
        region: pins::REGION.to_owned(),
        postgres_port: record.ports.postgres,
        since: record.since,
        // The server's family holds its parts.
        memory: footprint.memory,
        listens_on,
        restarts: record.restarts,
        python: record.python.clone(),
    })
}
