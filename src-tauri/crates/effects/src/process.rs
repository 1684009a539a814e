//! Programs that run beside this one.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use thiserror::Error;

use crate::Effect;

/// A process, told apart from every other that had or will have its number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProcessIdentity {
    /// Its number.
    pub pid: u32,
    /// When it began, in the system's own words: the same number at another time is another process.
    pub mark: String,
}

/// A program with all that it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    /// The program: a path, or a name that is looked for on the `PATH` of `environment`.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Its whole environment: nothing of ours is passed on.
    pub environment: Vec<(String, String)>,
    /// The folder it runs in.
    pub folder: String,
}

/// How long a process may live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// As long as we do: it is told to stop when we end, however we end.
    WithUs,
    /// Until it ends itself.
    OnItsOwn,
}

/// What a process can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Finish in an orderly way.
    Finish,
    /// Finish in an orderly way without waiting for those who are connected.
    FinishNow,
    /// End at once.
    Kill,
}

/// Why a program could not be started or told something.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ProcessProblem {
    /// No such program.
    #[error("{0} is not installed")]
    Missing(String),
    /// The system refuses.
    #[error("{program} cannot be run")]
    Refused {
        /// The program.
        program: String,
        /// The system's own words.
        #[source]
        source: io::Error,
    },
    /// This system does not show what a process does.
    #[error("this system does not show which addresses a process listens on")]
    Hidden(#[source] io::Error),
}

/// How much a program may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long it may run, with everything it starts.
    pub time: Duration,
    /// The most bytes that are kept of what it writes to each of its outputs; one that writes more is ended.
    pub bytes: usize,
}

/// What a program that was waited for left behind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ran {
    /// Its exit code; none when it was ended.
    pub code: Option<i32>,
    /// What it wrote to its standard output.
    pub output: Vec<u8>,
    /// What it wrote to its standard error.
    pub errors: Vec<u8>,
    /// Which limit it passed.
    pub passed: Option<Passed>,
}

/// A limit that a program passed, for which it was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// It ran too long.
    Time,
    /// It wrote too much.
    Bytes,
}

/// Starts, watches and ends programs.
pub trait Processes: Send + Sync + std::fmt::Debug {
    /// Starts a program whose output is added to a file.
    ///
    /// # Errors
    /// When there is no such program or the system refuses.
    fn start(
        &self,
        launch: &Launch,
        output: &str,
        lifetime: Lifetime,
    ) -> Result<ProcessIdentity, ProcessProblem>;

    /// Runs a program to its end and tells each line of its output; answers its exit code, or none when it
    /// was killed.
    fn run<'a>(
        &'a self,
        launch: &'a Launch,
        tell: &'a (dyn Fn(&str) + Send + Sync),
    ) -> Effect<'a, Result<Option<i32>, ProcessProblem>>;

    /// Runs a short program to its end and gives what it wrote; waits without giving way to others. At a limit it is
    /// ended, with everything that it started.
    ///
    /// # Errors
    /// When there is no such program or the system refuses.
    fn ask(&self, launch: &Launch, limits: Limits) -> Result<Ran, ProcessProblem>;

    /// Whether that very process still runs.
    fn is_alive(&self, process: &ProcessIdentity) -> bool;

    /// Tells that very process something; one that has ended needs no telling.
    ///
    /// # Errors
    /// When the system refuses.
    fn tell(&self, process: &ProcessIdentity, notice: Notice) -> Result<(), ProcessProblem>;

    /// This process.
    fn own(&self) -> ProcessSelf;

    /// What the process uses and shows to others.
    ///
    /// # Errors
    /// When the system does not show it.
    fn footprint(&self, process: &ProcessIdentity) -> Result<Footprint, ProcessProblem>;
}

/// This process, as others know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessSelf {
    /// Its identity.
    pub identity: ProcessIdentity,
    /// The path of the command `pilothouse`, which can be run again.
    pub program: String,
    /// Whether it runs with the rights of the system's administrator.
    pub is_root: bool,
}

/// What a process uses and shows to others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Footprint {
    /// Bytes of memory that it and those it started use, shared ones counted in parts.
    pub memory: u64,
    /// Addresses it listens on, as the system's own table has them.
    pub listens_on: Vec<SocketAddr>,
}

/// Whether this process has been asked to stop.
pub trait StopRequests: Send + Sync + std::fmt::Debug {
    /// True from the first request on.
    fn requested(&self) -> bool;
}
