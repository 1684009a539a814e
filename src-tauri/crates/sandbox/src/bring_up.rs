//! Bringing the sandbox up: installing what is missing, starting what does not run, waiting until it answers.

use std::fmt;
use std::time::Duration;

use pilothouse_effects::{Lifetime, Notice, ProcessIdentity};

use crate::logs::last_words;
use crate::password::password;
use crate::record::{Failure, Part, Phase, Record};
use crate::serve;
use crate::server_lock::living_server;
use crate::world::{BLINK, Tell};
use crate::{Event, Lease, SandboxProblem, World, install, launch, layout, lease, pins};

/// How long a start may take on a slow computer.
const PATIENCE: Duration = Duration::from_secs(120);
/// The log of the server itself.
pub(crate) const SERVER_LOG: &str = "server";

/// What the sandbox is brought up for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// By hand: it runs until it is taken down.
    UntilDown {
        /// Whether what is in it is kept between its runs; as it was when not said.
        keep_state: Option<bool>,
    },
    /// For a command or a window: it runs until a while after the last of them.
    Use {
        /// Who uses it, in the words that `status` shows.
        holder: String,
    },
}

/// Where the sandbox answers.
#[derive(Debug)]
pub struct Endpoint {
    /// The local AWS, such as `http://127.0.0.1:4711`.
    pub url: String,
    /// The Region it is asked in when nothing else is said.
    pub region: String,
    /// The database.
    pub postgres: Postgres,
    /// Keeps the sandbox up as long as it is held, when it was brought up for a use.
    pub lease: Option<Lease>,
}

/// Where the sandbox's database answers.
#[derive(Clone, PartialEq, Eq)]
pub struct Postgres {
    /// Its address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Its first user.
    pub user: String,
    password: String,
}

impl Postgres {
    /// The password, for what connects; it is never printed.
    pub fn password(&self) -> &str {
        &self.password
    }
}

impl fmt::Debug for Postgres {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Postgres({}@{}:{})", self.user, self.host, self.port)
    }
}

/// Brings the sandbox up, or finds it up.
///
/// # Errors
/// When it cannot be installed or does not start.
pub async fn bring_up(
    world: &World,
    purpose: &Purpose,
    tell: Tell<'_>,
) -> Result<Endpoint, SandboxProblem> {
    let data = world.data.as_ref();
    let _turn = world.wait_for(data, layout::TURN_LOCK, tell).await?;
    let lease = begin(world, purpose)?;
    match start(world, tell).await {
        Ok(record) => endpoint(world, &record, lease),
        Err(problem) => {
            data.remove(layout::UNTIL_DOWN)?;
            Err(problem)
        }
    }
}

/// Leaves word of why it is needed, before it runs: one that runs already reads it too.
fn begin(world: &World, purpose: &Purpose) -> Result<Option<Lease>, SandboxProblem> {
    let data = world.data.as_ref();
    match purpose {
        Purpose::Use { holder } => Lease::begin(world, holder).map(Some),
        Purpose::UntilDown { keep_state } => {
            match keep_state {
                Some(true) => data.write(layout::KEEP_STATE, b"")?,
                Some(false) => data.remove(layout::KEEP_STATE)?,
                None => {}
            }
            data.write(layout::UNTIL_DOWN, b"")?;
            Ok(None)
        }
    }
}

/// Starts the server unless it runs, and waits until both parts answer. The caller has the turn.
pub(crate) async fn start(world: &World, tell: Tell<'_>) -> Result<Record, SandboxProblem> {
    let server = running(world).await?;
    if server.is_none() {
        install::ensure(world, tell).await?;
        clear(world, tell).await?;
        tell(Event::Starting);
    }
    let began = world.millis();
    let (server, fresh) = match server {
        Some(server) => (server, false),
        None => (start_server(world)?, true),
    };
    let record = wait_until_ready(world, &server).await?;
    let millis = fresh.then(|| world.millis().saturating_sub(began));
    tell(Event::Ready {
        url: record.url(),
        millis,
    });
    Ok(record)
}

fn start_server(world: &World) -> Result<ProcessIdentity, SandboxProblem> {
    let data = world.data.as_ref();
    data.remove(layout::STATE)?;
    rotate_logs(world)?;
    let output = launch::output(data, SERVER_LOG)?;
    let launch = launch::server(world)?;
    let started = world
        .processes
        .start(&launch, &output, Lifetime::OnItsOwn)?;
    Ok(started)
}

/// The server that runs and will go on running: one that is stopping is waited for.
async fn running(world: &World) -> Result<Option<ProcessIdentity>, SandboxProblem> {
    loop {
        let Some(server) = living_server(world).await? else {
            return Ok(None);
        };
        let record = Record::read(world.data.as_ref())?;
        let ends = record.is_some_and(|record| {
            ProcessIdentity::from(record.server) == server
                && matches!(record.phase, Phase::Stopping | Phase::Failed(_))
        });
        if !ends {
            return Ok(Some(server));
        }
        world.clock.sleep(BLINK).await;
    }
}

/// Ends what a server left behind that was killed.
pub(crate) async fn clear(world: &World, tell: Tell<'_>) -> Result<(), SandboxProblem> {
    let record = Record::read(world.data.as_ref())?;
    let parts = record.map(|record| record.parts).unwrap_or_default();
    let left: Vec<(Part, ProcessIdentity)> = parts
        .into_iter()
        .map(|(part, process)| (part, process.into()))
        .filter(|(_, process)| world.processes.is_alive(process))
        .collect();
    for (part, _) in &left {
        tell(Event::Clearing { part: *part });
    }
    serve::end(world, left.into_iter()).await
}

async fn wait_until_ready(
    world: &World,
    server: &ProcessIdentity,
) -> Result<Record, SandboxProblem> {
    let deadline = world.clock.now() + PATIENCE;
    loop {
        // Asked before the record is read: one that has ended has written its last word.
        let lives = world.processes.is_alive(server);
        let record = Record::read(world.data.as_ref())?
            .filter(|record| ProcessIdentity::from(record.server.clone()) == *server);
        match record.as_ref().map(|record| &record.phase) {
            Some(Phase::Ready) if lives => {
                if let Some(record) = record {
                    return Ok(record);
                }
            }
            Some(Phase::Failed(failure)) if !lives => return Err(told(world, failure)?),
            _ if !lives => {
                let told = last_words(world, SERVER_LOG)?;
                return Err(SandboxProblem::ServerEnded { told });
            }
            _ => {}
        }
        if world.is_past(deadline) {
            world.processes.tell(server, Notice::Finish)?;
            let told = last_words(world, Part::Aws.name())?;
            let seconds = PATIENCE.as_secs();
            return Err(SandboxProblem::Silent { seconds, told });
        }
        world.clock.sleep(BLINK).await;
    }
}

/// The server's reason, as a problem of ours.
pub(crate) fn told(world: &World, failure: &Failure) -> Result<SandboxProblem, SandboxProblem> {
    let server_ended = || {
        let told = last_words(world, SERVER_LOG)?;
        Ok(SandboxProblem::ServerEnded { told })
    };
    match failure {
        Failure::Crashes { part } => Ok(SandboxProblem::Crashes {
            part: *part,
            told: last_words(world, part.name())?,
        }),
        Failure::Exposed { part, address } => match address.parse() {
            Ok(address) => Ok(SandboxProblem::Exposed {
                part: *part,
                address,
            }),
            Err(_) => server_ended(),
        },
        Failure::RootDatabase => Ok(SandboxProblem::RootDatabase),
        Failure::Logged => server_ended(),
    }
}

/// Where it answers, from its record.
fn endpoint(
    world: &World,
    record: &Record,
    lease: Option<Lease>,
) -> Result<Endpoint, SandboxProblem> {
    Ok(Endpoint {
        url: record.url(),
        region: pins::REGION.to_owned(),
        postgres: Postgres {
            host: "127.0.0.1".to_owned(),
            port: record.ports.postgres,
            user: launch::DATABASE_USER.to_owned(),
            password: password(world)?,
        },
        lease,
    })
}

/// Each run has its own logs; the run before is kept beside.
fn rotate_logs(world: &World) -> Result<(), SandboxProblem> {
    for name in world.data.names(layout::LOGS)? {
        if let Some(log) = name.strip_suffix(".log")
            && !log.ends_with("-before")
        {
            let before = layout::log_file(&format!("{log}-before"));
            world.data.rename(&layout::log_file(log), &before)?;
        }
    }
    lease::living(world.data.as_ref()).map(drop)
}
