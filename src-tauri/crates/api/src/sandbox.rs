//! The sandbox: `up`, `status`, `logs`, `reset`, `down`, and what other use cases need to use it.

use std::time::Duration;

use pilothouse_effects::{PrivateProblem, ProcessProblem, StopRequests};
use pilothouse_model::Code;
pub use pilothouse_sandbox::{Endpoint, Event, LogLine, Part, Postgres, Stopped, Tell};
use pilothouse_sandbox::{
    LIMITS, LogReader, Purpose, Running, SandboxProblem, Standing, Status, World,
};
use serde::Serialize;

use crate::{ApiError, Host, Kind, Retry};

/// How long between two looks at a log that is followed.
const LOOK: Duration = Duration::from_millis(300);

/// How `up` is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UpRequest {
    /// Whether what is in it is kept between its runs; as it was when not said.
    pub keep_state: Option<bool>,
}

/// How the sandbox stands, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusView {
    /// `stopped`, `starting`, `running`, `stopping` or `failed`.
    pub standing: &'static str,
    /// Why it failed.
    pub reason: Option<String>,
    /// Whether its packages are installed.
    pub installed: bool,
    /// The server, when it runs.
    pub running: Option<RunningView>,
    /// Who uses it.
    pub used_by: Vec<String>,
    /// Whether it runs until `down`; otherwise it ends a while after its last use.
    pub until_down: bool,
    /// Whether what is in it is kept between its runs.
    pub keeps_state: bool,
    /// What is installed.
    pub versions: Versions,
    /// Where its logs lie.
    pub log_folder: String,
    /// What is otherwise than on AWS.
    pub limits: Vec<LimitView>,
}

/// A server that runs, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RunningView {
    /// Where the local AWS answers.
    pub url: String,
    /// The Region it is asked in when nothing else is said.
    pub region: String,
    /// The database's port on 127.0.0.1.
    pub postgres_port: u16,
    /// The server's process.
    pub pid: u32,
    /// When it was started: milliseconds since 1970, as text.
    pub since_millis: String,
    /// The memory of all its programs in kilobytes.
    pub memory_kilobytes: u32,
    /// Where its programs listen.
    pub listens_on: Vec<String>,
    /// How often a program was started again after it had ended by itself.
    pub restarts: u32,
    /// The version of the Python that runs functions.
    pub python: String,
}

/// What is installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Versions {
    /// The local AWS.
    pub ministack: &'static str,
    /// The SDK that Python functions find.
    pub boto3: &'static str,
    /// The wheel that holds PostgreSQL.
    pub postgres: &'static str,
}

/// Something that is otherwise than on AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LimitView {
    /// Stable id.
    pub id: &'static str,
    /// The sentence for the user.
    pub text: &'static str,
}

/// Brings the sandbox up until it is taken down; installs and starts what is missing.
///
/// # Errors
/// When it cannot be installed or does not start.
pub async fn up(host: &Host, request: UpRequest, tell: Tell<'_>) -> Result<StatusView, ApiError> {
    let world = world(host);
    let purpose = Purpose::UntilDown {
        keep_state: request.keep_state,
    };
    pilothouse_sandbox::bring_up(&world, &purpose, tell).await?;
    Ok(view(pilothouse_sandbox::status(&world)?))
}

/// The sandbox for a use case; installs and starts what is missing. It stays up as long as the answer is
/// held, and a while longer. `holder` is what `status` shows, such as `deploy hello-world-dev`.
///
/// # Errors
/// When it cannot be installed or does not start.
pub async fn ensure(host: &Host, holder: &str, tell: Tell<'_>) -> Result<Endpoint, ApiError> {
    let purpose = Purpose::Use {
        holder: holder.to_owned(),
    };
    Ok(pilothouse_sandbox::bring_up(&world(host), &purpose, tell).await?)
}

/// How it stands.
///
/// # Errors
/// When the data folder cannot be read.
pub fn status(host: &Host) -> Result<StatusView, ApiError> {
    Ok(view(pilothouse_sandbox::status(&world(host))?))
}

/// Takes it down and waits until it is.
///
/// # Errors
/// When it does not stop.
pub async fn down(host: &Host, tell: Tell<'_>) -> Result<Stopped, ApiError> {
    Ok(pilothouse_sandbox::take_down(&world(host), tell).await?)
}

/// Empties it; answers whether it ran, and then it runs again.
///
/// # Errors
/// When it does not stop or does not start again.
pub async fn reset(host: &Host, tell: Tell<'_>) -> Result<bool, ApiError> {
    Ok(pilothouse_sandbox::reset(&world(host), tell).await?)
}

/// Tells each line of its logs; goes on with new ones for ever when `follow` is said.
///
/// # Errors
/// When a log cannot be read.
pub async fn logs(
    host: &Host,
    follow: bool,
    tell: &(dyn Fn(LogLine) + Send + Sync),
) -> Result<(), ApiError> {
    let world = world(host);
    let mut reader = LogReader::default();
    loop {
        for line in reader.next(&world)? {
            tell(line);
        }
        if !follow {
            return Ok(());
        }
        host.clock.sleep(LOOK).await;
    }
}

/// What was read of the logs.
#[derive(Debug, Default)]
pub struct LogReading(LogReader);

/// What is new in its logs since the last look.
///
/// # Errors
/// When a log cannot be read.
pub fn new_log_lines(host: &Host, reading: &mut LogReading) -> Result<Vec<LogLine>, ApiError> {
    Ok(reading.0.next(&world(host))?)
}

/// Is the server, until it is asked to stop or nobody needs it.
///
/// # Errors
/// When another serves already, or a part does not stay up or can be reached from other computers.
pub async fn serve(host: &Host, stop: &dyn StopRequests) -> Result<(), ApiError> {
    Ok(pilothouse_sandbox::serve(&world(host), stop).await?)
}

pub(crate) fn world(host: &Host) -> World {
    World {
        clock: host.clock.clone(),
        environment: host.environment.clone(),
        processes: host.processes.clone(),
        loopback: host.loopback.clone(),
        entropy: host.entropy.clone(),
        data: host.data.clone(),
        installs: host.installs.clone(),
    }
}

fn view(status: Status) -> StatusView {
    let (standing, reason) = match status.standing {
        Standing::Stopped => ("stopped", None),
        Standing::Starting => ("starting", None),
        Standing::Running => ("running", None),
        Standing::Stopping => ("stopping", None),
        Standing::Failed { reason } => ("failed", Some(reason)),
    };
    let limits = LIMITS.iter().map(|limit| LimitView {
        id: limit.id,
        text: limit.text,
    });
    StatusView {
        standing,
        reason,
        installed: status.installed,
        running: status.running.map(running_view),
        used_by: status.used_by,
        until_down: status.until_down,
        keeps_state: status.keeps_state,
        versions: Versions {
            ministack: pilothouse_sandbox::ENGINE_VERSION,
            boto3: pilothouse_sandbox::SDK_VERSION,
            postgres: pilothouse_sandbox::POSTGRES_VERSION,
        },
        log_folder: status.log_folder,
        limits: limits.collect(),
    }
}

fn running_view(running: Running) -> RunningView {
    RunningView {
        url: running.url,
        region: running.region,
        postgres_port: running.postgres_port,
        pid: running.pid,
        since_millis: running.since.to_string(),
        memory_kilobytes: u32::try_from(running.memory / 1024).unwrap_or(u32::MAX),
        listens_on: running.listens_on.iter().map(ToString::to_string).collect(),
        restarts: running.restarts,
        python: running.python,
    }
}

impl From<SandboxProblem> for ApiError {
    fn from(problem: SandboxProblem) -> Self {
        let error = |code| Self::new(code, Kind::Precondition, problem.to_string());
        match &problem {
            SandboxProblem::NoPython { .. } | SandboxProblem::PythonTooOld { .. } => {
                error(Code::SandboxPython)
                    .hint("Install a newer Python from https://www.python.org or your system's packages")
                    .hint("If it is installed, put its folder on the PATH")
            }
            SandboxProblem::NoVenv { found } => error(Code::SandboxPython).hint(format!(
                "On Debian and Ubuntu: sudo apt install python{found}-venv"
            )),
            SandboxProblem::NoNetwork { told } => error(Code::SandboxNetwork)
                .detail(told)
                .hint("Check the network, or HTTPS_PROXY and PIP_INDEX_URL when you are behind a proxy")
                .hint("Then try again: nothing half-made is left behind"),
            SandboxProblem::DiskFull => error(Code::SandboxDiskFull)
                .hint("Make 300 MB of room, then try again: nothing half-made is left behind"),
            SandboxProblem::NoPackage { .. } => error(Code::SandboxInstall)
                .hint("Try an older Python: packages for a new one appear some time after it"),
            SandboxProblem::InstallFailed { told } => error(Code::SandboxInstall)
                .detail(told)
                .hint("Try again: nothing half-made is left behind"),
            SandboxProblem::Crashes { told, .. }
            | SandboxProblem::Silent { told, .. }
            | SandboxProblem::ServerEnded { told } => error(Code::SandboxStart)
                .detail(told)
                .hint("See what its programs wrote: pilothouse sandbox logs")
                .hint("Start it empty: pilothouse sandbox reset"),
            SandboxProblem::Exposed { .. } => error(Code::SandboxExposed)
                .hint("A function or a service in it opened that port; see pilothouse sandbox logs"),
            SandboxProblem::RootDatabase => error(Code::SandboxStart)
                .hint("Run Pilothouse as an ordinary user, or install util-linux"),
            SandboxProblem::AlreadyServing => error(Code::SandboxStart).retry(Retry::Never),
            SandboxProblem::Program(ProcessProblem::Missing(_)) => error(Code::SandboxStart)
                .hint("Install it, or put its folder on the PATH"),
            SandboxProblem::Folder(folder) => folder_error(folder),
            _ => with_source(error(Code::SandboxStart), &problem),
        }
    }
}

fn folder_error(problem: &PrivateProblem) -> ApiError {
    ApiError::new(Code::DataFolder, Kind::Precondition, problem.to_string())
        .detail(problem.source.to_string())
        .hint("Check its owner and permissions, or name another folder with PILOTHOUSE_HOME")
}

fn with_source(error: ApiError, problem: &SandboxProblem) -> ApiError {
    match std::error::Error::source(problem) {
        Some(source) => error.detail(source.to_string()),
        None => error,
    }
}
