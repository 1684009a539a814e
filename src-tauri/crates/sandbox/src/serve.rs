//! The server: owns the parts, starts a crashed one again, and ends when nobody needs it.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use pilothouse_effects::{Held, Lifetime, Notice, ProcessIdentity, StopRequests};

use crate::install::{self, Installed};
use crate::launch::{self, Ground};
use crate::logs::last_words;
use crate::password::password_file;
use crate::record::{Failure, Part, Phase, Ports, Record, read_json, write_json};
use crate::server_lock::take_over;
use crate::watch::{Verdict, Watch};
use crate::world::BLINK;
use crate::{SandboxProblem, World, layout, lease};

/// How long between two looks once both answer.
const LOOK: Duration = Duration::from_millis(250);
/// How long between two looks at who needs us.
const ROUND: Duration = Duration::from_secs(1);
/// How long between two looks at who can reach us.
const INSPECTION: Duration = Duration::from_secs(10);
/// How long after the last use it ends, when it was not brought up by hand.
const IDLE: Duration = Duration::from_secs(30 * 60);
/// How long a part has to finish in an orderly way.
const PATIENCE: Duration = Duration::from_secs(15);
/// The local AWS says here that it is well.
const HEALTH: &str = "/_ministack/health";

/// Serves until it is asked to stop or nobody has needed it for a while.
///
/// # Errors
/// When another serves already, a part does not stay up, or a part can be reached from other computers.
pub async fn serve(world: &World, stop: &dyn StopRequests) -> Result<(), SandboxProblem> {
    let _held = take_over(world).await?;
    let installed = install::find(world)?.ok_or_else(|| SandboxProblem::InstallFailed {
        told: "nothing is installed".to_owned(),
    })?;
    let mut server = Server::prepare(world, stop, installed)?;
    let outcome = server.run().await;
    server.finish(outcome).await
}

struct Server<'a> {
    world: &'a World,
    stop: &'a dyn StopRequests,
    installed: Installed,
    ground: Ground,
    record: Record,
    watches: BTreeMap<Part, Watch>,
    idle: Duration,
    needed: SystemTime,
    next_round: SystemTime,
    next_inspection: SystemTime,
    /// Held from the decision to end on, so that nobody counts on us any more.
    turn: Option<Box<dyn Held>>,
}

impl<'a> Server<'a> {
    fn prepare(
        world: &'a World,
        stop: &'a dyn StopRequests,
        installed: Installed,
    ) -> Result<Self, SandboxProblem> {
        let data = world.data.as_ref();
        if !keeps_state(world)? {
            data.remove(layout::CONTENT)?;
        }
        let ground = Ground::prepare(world)?;
        let wished: Option<Ports> = read_json(data, layout::PORTS)?;
        let ports = Ports {
            aws: free_port(world, wished.map(|ports| ports.aws))?,
            postgres: free_port(world, wished.map(|ports| ports.postgres))?,
        };
        let record = Record {
            phase: Phase::Starting,
            server: world.processes.own().identity.into(),
            ports,
            since: world.millis(),
            parts: BTreeMap::new(),
            restarts: 0,
            python: installed.version.clone(),
        };
        record.write(data)?;
        write_json(data, layout::PORTS, &ports)?;
        let now = world.clock.now();
        Ok(Self {
            world,
            stop,
            installed,
            ground,
            record,
            watches: BTreeMap::new(),
            idle: idle_time(world),
            needed: now,
            next_round: now,
            next_inspection: now,
            turn: None,
        })
    }

    async fn run(&mut self) -> Result<(), SandboxProblem> {
        for part in Part::ALL {
            self.start(part).await?;
        }
        loop {
            if self.stop.requested() {
                return Ok(());
            }
            for part in Part::ALL {
                self.mend(part).await?;
            }
            if self.record.phase == Phase::Starting {
                self.settle().await?;
            }
            if self.ends_its_round()? {
                return Ok(());
            }
            let ready = self.record.phase == Phase::Ready;
            self.world
                .clock
                .sleep(if ready { LOOK } else { BLINK })
                .await;
        }
    }

    /// What is looked at now and then: who can reach the parts, and whether anybody needs them.
    fn ends_its_round(&mut self) -> Result<bool, SandboxProblem> {
        let now = self.world.clock.now();
        if now >= self.next_inspection {
            self.next_inspection = now + INSPECTION;
            self.inspect()?;
        }
        if now < self.next_round {
            return Ok(false);
        }
        self.next_round = now + ROUND;
        self.is_forsaken()
    }

    async fn start(&mut self, part: Part) -> Result<(), SandboxProblem> {
        let port = self.record.ports.of(part);
        let launch = match part {
            Part::Aws => launch::aws(&self.installed, &self.ground, port),
            Part::Postgres => {
                self.make_database().await?;
                launch::postgres(&self.installed, &self.ground, port)
            }
        };
        let output = launch::output(self.world.data.as_ref(), part.name())?;
        let started = self
            .world
            .processes
            .start(&launch, &output, Lifetime::WithUs)?;
        self.record.parts.insert(part, started.into());
        self.record.write(self.world.data.as_ref())
    }

    /// Makes the database beside its place, so that one cut off is never taken for one.
    async fn make_database(&self) -> Result<(), SandboxProblem> {
        let data = self.world.data.as_ref();
        if !data.names(layout::CONTENT_POSTGRES)?.is_empty() {
            return Ok(());
        }
        let beside = format!("{}-new", layout::CONTENT_POSTGRES);
        data.remove(&beside)?;
        let folder = format!("{}-new", launch::database_folder(&self.ground));
        let password = password_file(self.world)?;
        let launch = launch::new_database(&self.installed, &self.ground, &folder, &password);
        let output = launch::output(data, Part::Postgres.name())?;
        let making = self
            .world
            .processes
            .start(&launch, &output, Lifetime::WithUs)?;
        while self.world.processes.is_alive(&making) && !self.stop.requested() {
            self.world.clock.sleep(BLINK).await;
        }
        if data.names(&beside)?.iter().any(|name| name == "PG_VERSION") {
            data.remove(layout::CONTENT_POSTGRES)?;
            data.rename(&beside, layout::CONTENT_POSTGRES)?;
        }
        Ok(())
    }

    /// Starts a part again that has ended by itself.
    async fn mend(&mut self, part: Part) -> Result<(), SandboxProblem> {
        let process = self.record.parts.get(&part).cloned().map(Into::into);
        if process.is_some_and(|process| self.world.processes.is_alive(&process)) {
            return Ok(());
        }
        let now = self.world.clock.now();
        let wait = match self.watches.entry(part).or_default().ended(now) {
            Verdict::Again(wait) => wait,
            Verdict::GiveUp => {
                let told = last_words(self.world, part.name())?;
                return Err(SandboxProblem::Crashes { part, told });
            }
        };
        self.record.phase = Phase::Starting;
        self.record.restarts += 1;
        self.record.parts.remove(&part);
        self.world.clock.sleep(wait).await;
        let port = free_port(self.world, Some(self.record.ports.of(part)))?;
        match part {
            Part::Aws => {
                self.record.ports.aws = port;
                // What it knew is gone with it; objects without their stacks would be half a state.
                if !keeps_state(self.world)? {
                    self.world.data.remove(layout::CONTENT_AWS)?;
                    self.world.data.remove(layout::CONTENT_S3)?;
                    self.ground = Ground::prepare(self.world)?;
                }
            }
            Part::Postgres => self.record.ports.postgres = port,
        }
        write_json(self.world.data.as_ref(), layout::PORTS, &self.record.ports)?;
        self.start(part).await
    }

    /// Both answer, and nobody else is asked: it is ready.
    async fn settle(&mut self) -> Result<(), SandboxProblem> {
        let ports = self.record.ports;
        let loopback = &self.world.loopback;
        if !loopback.http_answers(ports.aws, HEALTH).await
            || !loopback.postgres_answers(ports.postgres).await
        {
            return Ok(());
        }
        self.inspect()?;
        self.record.phase = Phase::Ready;
        self.record.write(self.world.data.as_ref())
    }

    /// Looks in the system's own table whether a part listens where other computers reach it.
    fn inspect(&self) -> Result<(), SandboxProblem> {
        for (part, process) in &self.record.parts {
            let footprint = self.world.processes.footprint(&process.clone().into())?;
            let exposed = footprint
                .listens_on
                .into_iter()
                .find(|address| !address.ip().to_canonical().is_loopback());
            if let Some(address) = exposed {
                let part = *part;
                return Err(SandboxProblem::Exposed { part, address });
            }
        }
        Ok(())
    }

    /// Whether nobody has needed it for a while. Decided in turn with those who are about to need it.
    fn is_forsaken(&mut self) -> Result<bool, SandboxProblem> {
        if is_needed(self.world)? {
            self.needed = self.world.clock.now();
        }
        if !self.world.is_past(self.needed + self.idle) {
            return Ok(false);
        }
        let Some(turn) = self
            .world
            .data
            .take(layout::TURN_LOCK, &self.world.words())?
        else {
            return Ok(false);
        };
        if is_needed(self.world)? {
            return Ok(false);
        }
        self.turn = Some(turn);
        Ok(true)
    }

    /// Stops the parts and leaves nothing behind but what shall be kept, or why it gave up.
    async fn finish(mut self, outcome: Result<(), SandboxProblem>) -> Result<(), SandboxProblem> {
        let world = self.world;
        self.record.phase = Phase::Stopping;
        // On a full disk it cannot be said; stopping matters more.
        let _ = self.record.write(world.data.as_ref());
        let parts = std::mem::take(&mut self.record.parts);
        end(
            world,
            parts
                .into_iter()
                .map(|(part, process)| (part, process.into())),
        )
        .await?;
        if !keeps_state(world)? {
            world.data.remove(layout::CONTENT)?;
        }
        world.data.remove(layout::TEMPORARY)?;
        world.data.remove(layout::UNTIL_DOWN)?;
        match &outcome {
            Ok(()) => world.data.remove(layout::STATE)?,
            Err(problem) => {
                self.record.phase = Phase::Failed(failure(problem));
                self.record.write(world.data.as_ref())?;
            }
        }
        outcome
    }
}

/// Ends parts in an orderly way, and by force when that takes too long.
pub(crate) async fn end(
    world: &World,
    parts: impl Iterator<Item = (Part, ProcessIdentity)>,
) -> Result<(), SandboxProblem> {
    let parts: Vec<_> = parts.collect();
    for (part, process) in &parts {
        let notice = match part {
            Part::Aws => Notice::Finish,
            Part::Postgres => Notice::FinishNow,
        };
        world.processes.tell(process, notice)?;
    }
    let deadline = world.clock.now() + PATIENCE;
    let lives = |(_, process): &(Part, ProcessIdentity)| world.processes.is_alive(process);
    while parts.iter().any(lives) {
        if world.is_past(deadline) {
            for (_, process) in &parts {
                world.processes.tell(process, Notice::Kill)?;
            }
        }
        world.clock.sleep(BLINK).await;
    }
    Ok(())
}

fn failure(problem: &SandboxProblem) -> Failure {
    match problem {
        SandboxProblem::Crashes { part, .. } => Failure::Crashes { part: *part },
        SandboxProblem::Exposed { part, address } => Failure::Exposed {
            part: *part,
            address: address.to_string(),
        },
        SandboxProblem::Program(pilothouse_effects::ProcessProblem::Missing(program))
            if program == "unshare" =>
        {
            Failure::RootDatabase
        }
        _ => Failure::Logged,
    }
}

fn is_needed(world: &World) -> Result<bool, SandboxProblem> {
    let by_hand = world.data.read(layout::UNTIL_DOWN, 0)?.is_some();
    Ok(by_hand || !lease::living(world.data.as_ref())?.is_empty())
}

pub(crate) fn keeps_state(world: &World) -> Result<bool, SandboxProblem> {
    Ok(world.data.read(layout::KEEP_STATE, 0)?.is_some())
}

fn idle_time(world: &World) -> Duration {
    let said = world.environment.variable(launch::IDLE_VARIABLE);
    said.and_then(|seconds| seconds.parse().ok())
        .map_or(IDLE, Duration::from_secs)
}

fn free_port(world: &World, wished: Option<u16>) -> Result<u16, SandboxProblem> {
    let port = world.loopback.free_port(wished);
    port.map_err(|source| SandboxProblem::System {
        what: "free port",
        source,
    })
}

#[cfg(test)]
#[path = "serve_tests.rs"]
mod tests;
