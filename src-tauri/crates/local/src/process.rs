//! Real programs of this computer.

use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use pilothouse_effects::{
    Effect, Footprint, Launch, Lifetime, Limits, Notice, ProcessIdentity, ProcessProblem,
    ProcessSelf, Processes, Ran,
};
use rustix::process::{Pid, Signal, geteuid, kill_process};
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::{process_table, sockets};

/// The words by which `pilothouse` is told to hold a program on its leash.
const LEASH: [&str; 2] = ["sandbox", "leash"];

/// Starts and watches programs of this computer.
#[derive(Debug)]
pub struct SystemProcesses {
    program: PathBuf,
    children: Mutex<HashMap<u32, Child>>,
}

impl SystemProcesses {
    /// Programs are held on the leash by `program`, the command `pilothouse`.
    pub fn new(program: PathBuf) -> Self {
        Self {
            program,
            children: Mutex::default(),
        }
    }

    /// As [`SystemProcesses::new`], for the command itself. A system that does not say what runs makes it
    /// a name, which no program has.
    pub fn of_this_program() -> Self {
        Self::new(std::env::current_exe().unwrap_or_else(|_| PathBuf::from("pilothouse")))
    }

    /// The program as it is really run: found on its own `PATH`, held by us when it shall not outlive us.
    fn command(&self, launch: &Launch, lifetime: Lifetime) -> Result<Command, ProcessProblem> {
        let found = find(launch).ok_or_else(|| ProcessProblem::Missing(launch.program.clone()))?;
        let mut command = match lifetime {
            Lifetime::OnItsOwn => Command::new(found),
            Lifetime::WithUs => {
                let mut command = Command::new(&self.program);
                command.args(LEASH).arg(std::process::id().to_string());
                command.arg("--").arg(found);
                command
            }
        };
        command
            .args(&launch.arguments)
            .env_clear()
            .envs(launch.environment.iter().cloned())
            .current_dir(&launch.folder)
            .stdin(Stdio::null());
        Ok(command)
    }

    /// Asks a child of ours for its exit code, so that the system can forget it.
    fn reap(&self, pid: u32) {
        let mut children = self.children.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(child) = children.get_mut(&pid)
            && !matches!(child.try_wait(), Ok(None))
        {
            children.remove(&pid);
        }
    }
}

impl Processes for SystemProcesses {
    fn start(
        &self,
        launch: &Launch,
        output: &str,
        lifetime: Lifetime,
    ) -> Result<ProcessIdentity, ProcessProblem> {
        let refused = |source| refused(launch, source);
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(output)
            .map_err(refused)?;
        let mut command = self.command(launch, lifetime)?;
        command
            .stdout(log.try_clone().map_err(refused)?)
            .stderr(log);
        let child = command.spawn().map_err(refused)?;
        let identity = process_table::identity(child.id()).map_err(ProcessProblem::Hidden)?;
        let mut children = self.children.lock().unwrap_or_else(PoisonError::into_inner);
        children.insert(identity.pid, child);
        Ok(identity)
    }

    fn run<'a>(
        &'a self,
        launch: &'a Launch,
        tell: &'a (dyn Fn(&str) + Send + Sync),
    ) -> Effect<'a, Result<Option<i32>, ProcessProblem>> {
        Box::pin(async move {
            let mut command: tokio::process::Command =
                self.command(launch, Lifetime::WithUs)?.into();
            command
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .kill_on_drop(true);
            let refused = |source| refused(launch, source);
            let mut child = command.spawn().map_err(refused)?;
            let output = child.stdout.take().map(BufReader::new);
            let errors = child.stderr.take().map(BufReader::new);
            let (status, (), ()) = tokio::join!(
                child.wait(),
                each_line(output, tell),
                each_line(errors, tell)
            );
            Ok(status.map_err(refused)?.code())
        })
    }

    fn ask(&self, launch: &Launch, limits: Limits) -> Result<Ran, ProcessProblem> {
        let mut command = self.command(launch, Lifetime::OnItsOwn)?;
        crate::short_process::ask(&mut command, limits).map_err(|source| refused(launch, source))
    }

    fn is_alive(&self, process: &ProcessIdentity) -> bool {
        self.reap(process.pid);
        process_table::runs(process)
    }

    fn tell(&self, process: &ProcessIdentity, notice: Notice) -> Result<(), ProcessProblem> {
        if !self.is_alive(process) {
            return Ok(());
        }
        let signal = match notice {
            Notice::Finish => Signal::TERM,
            Notice::FinishNow => Signal::INT,
            Notice::Kill => Signal::KILL,
        };
        let pid = i32::try_from(process.pid).ok().and_then(Pid::from_raw);
        match pid.map(|pid| kill_process(pid, signal)) {
            None | Some(Ok(()) | Err(rustix::io::Errno::SRCH)) => Ok(()),
            Some(Err(problem)) => Err(ProcessProblem::Refused {
                program: format!("process {}", process.pid),
                source: problem.into(),
            }),
        }
    }

    fn own(&self) -> ProcessSelf {
        let pid = std::process::id();
        let identity = process_table::identity(pid).unwrap_or(ProcessIdentity {
            pid,
            mark: String::new(),
        });
        ProcessSelf {
            identity,
            program: self.program.to_string_lossy().into_owned(),
            is_root: geteuid().is_root(),
        }
    }

    fn footprint(&self, process: &ProcessIdentity) -> Result<Footprint, ProcessProblem> {
        if !self.is_alive(process) {
            return Ok(Footprint::default());
        }
        let family = process_table::family(process.pid).map_err(ProcessProblem::Hidden)?;
        let listens_on = sockets::listening(&[process.pid]).map_err(ProcessProblem::Hidden)?;
        Ok(Footprint {
            memory: family.iter().map(|pid| process_table::memory(*pid)).sum(),
            listens_on,
        })
    }
}

/// A name is looked for on the `PATH` that the program itself gets; a path is taken as it is.
fn find(launch: &Launch) -> Option<PathBuf> {
    if launch.program.contains('/') {
        return Some(PathBuf::from(&launch.program)).filter(|path| path.is_file());
    }
    let (_, path) = launch.environment.iter().find(|(name, _)| name == "PATH")?;
    std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(&launch.program))
        .find(|file| file.is_file())
}

async fn each_line<R>(reader: Option<BufReader<R>>, tell: &(dyn Fn(&str) + Send + Sync))
where
    R: tokio::io::AsyncRead + Unpin,
{
    let Some(mut reader) = reader else { return };
    let mut line = Vec::new();
    // Read as bytes: a program may write what is no text.
    while matches!(reader.read_until(b'\n', &mut line).await, Ok(count) if count > 0) {
        tell(String::from_utf8_lossy(&line).trim_end());
        line.clear();
    }
}

fn refused(launch: &Launch, source: io::Error) -> ProcessProblem {
    if source.kind() == io::ErrorKind::NotFound {
        return ProcessProblem::Missing(launch.program.clone());
    }
    ProcessProblem::Refused {
        program: launch.program.clone(),
        source,
    }
}
