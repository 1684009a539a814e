use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use pilothouse_effects::{
    Clock, Effect, Entropy, Environment, Locks, Loopback, PrivateFolder, Processes,
};
use pilothouse_testkit::{FakeClock, FakePrivateFolder, FakeProcesses, Temper};

use super::*;
use crate::{Endpoint, Purpose, Standing, bring_up, status};

/// A world in which both parts answer as soon as they are asked.
struct Scene {
    world: World,
    clock: FakeClock,
    data: FakePrivateFolder,
    processes: FakeProcesses,
    began: SystemTime,
}

#[derive(Debug)]
struct NoVariables;

impl Environment for NoVariables {
    fn variable(&self, _name: &str) -> Option<String> {
        None
    }
}

#[derive(Debug)]
struct Answering;

impl Loopback for Answering {
    fn free_port(&self, wished: Option<u16>) -> std::io::Result<u16> {
        Ok(wished.unwrap_or(40_000))
    }

    fn http_answers<'a>(&'a self, _port: u16, _path: &'a str) -> Effect<'a, bool> {
        Box::pin(std::future::ready(true))
    }

    fn postgres_answers(&self, _port: u16) -> Effect<'_, bool> {
        Box::pin(std::future::ready(true))
    }
}

#[derive(Debug)]
struct Always;

impl Entropy for Always {
    fn token(&self) -> std::io::Result<String> {
        Ok("token".to_owned())
    }
}

/// Is asked to stop at the so-manieth look; never, when it is none.
#[derive(Debug)]
struct StopAt {
    look: Option<u32>,
    looks: AtomicU32,
}

impl StopRequests for StopAt {
    fn requested(&self) -> bool {
        let now = self.looks.fetch_add(1, Ordering::Relaxed);
        self.look.is_some_and(|look| now >= look)
    }
}

fn stop_at(look: u32) -> StopAt {
    StopAt {
        look: Some(look),
        looks: AtomicU32::new(0),
    }
}

fn never() -> StopAt {
    StopAt {
        look: None,
        looks: AtomicU32::new(0),
    }
}

fn scene() -> Scene {
    let clock = FakeClock::at_millis(1_000_000_000);
    let data = FakePrivateFolder::default();
    let installs = FakePrivateFolder::default();
    let processes = FakeProcesses::default();
    install::pretend(&installs);
    // A database that is kept: the fake programs make none.
    data.write(layout::KEEP_STATE, b"").unwrap();
    let version = format!("{}/PG_VERSION", layout::CONTENT_POSTGRES);
    data.write(&version, b"18").unwrap();
    let world = World {
        clock: Arc::new(clock.clone()),
        environment: Arc::new(NoVariables),
        processes: Arc::new(processes.clone()),
        loopback: Arc::new(Answering),
        entropy: Arc::new(Always),
        data: Arc::new(data.clone()),
        installs: Arc::new(installs),
    };
    let began = clock.now();
    Scene {
        world,
        clock,
        data,
        processes,
        began,
    }
}

impl Scene {
    fn passed(&self) -> Duration {
        self.clock.now().duration_since(self.began).unwrap()
    }

    fn by_hand(self) -> Self {
        self.data.write(layout::UNTIL_DOWN, b"").unwrap();
        self
    }
}

#[tokio::test]
async fn both_are_told_to_finish_and_the_database_without_waiting_for_its_clients() {
    let scene = scene().by_hand();
    serve(&scene.world, &stop_at(10)).await.unwrap();
    assert_eq!(scene.processes.told("python"), [Notice::Finish]);
    assert_eq!(scene.processes.told("postgres"), [Notice::FinishNow]);
    assert_eq!(status(&scene.world).unwrap().standing, Standing::Stopped);
    assert_eq!(scene.data.read(layout::STATE, 0).unwrap(), None);
}

#[tokio::test]
async fn one_that_does_not_finish_in_time_is_killed() {
    let scene = scene().by_hand();
    scene.processes.behave("python", Temper::Stubborn);
    serve(&scene.world, &stop_at(10)).await.unwrap();
    assert_eq!(
        scene.processes.told("python"),
        [Notice::Finish, Notice::Kill]
    );
    assert!(scene.passed() >= PATIENCE, "{:?}", scene.passed());
}

#[tokio::test]
async fn a_part_that_other_computers_can_reach_is_stopped_and_named() {
    for address in [
        "0.0.0.0:8883",
        "192.168.1.7:5432",
        "[::]:4566",
        "[::ffff:10.0.0.1]:80",
    ] {
        let scene = scene().by_hand();
        let address = address.parse().unwrap();
        scene.processes.listen("python", address);
        let problem = serve(&scene.world, &never()).await.unwrap_err();
        assert!(
            matches!(&problem, SandboxProblem::Exposed { part: Part::Aws, address: found } if *found == address),
            "{problem:?}"
        );
        assert_eq!(scene.processes.told("python"), [Notice::Finish]);
        assert_eq!(scene.processes.told("postgres"), [Notice::FinishNow]);
        let standing = status(&scene.world).unwrap().standing;
        let expected = format!(
            "the sandbox's local AWS listened on {address}, which other computers can reach, so it was stopped"
        );
        assert_eq!(standing, Standing::Failed { reason: expected });
    }
}

#[tokio::test]
async fn the_loopback_is_not_exposed_in_any_of_its_spellings() {
    for address in [
        "127.0.0.1:4566",
        "127.8.9.1:4566",
        "[::1]:4566",
        "[::ffff:127.0.0.1]:4566",
    ] {
        let scene = scene().by_hand();
        scene.processes.listen("python", address.parse().unwrap());
        serve(&scene.world, &stop_at(100)).await.unwrap();
    }
}

#[tokio::test]
async fn a_part_that_ends_at_once_is_started_six_times_and_then_given_up() {
    let scene = scene().by_hand();
    scene.processes.behave("postgres", Temper::ShortLived);
    let problem = serve(&scene.world, &never()).await.unwrap_err();
    assert!(
        matches!(
            problem,
            SandboxProblem::Crashes {
                part: Part::Postgres,
                ..
            }
        ),
        "{problem:?}"
    );
    assert_eq!(scene.processes.starts("postgres"), 6);
    assert_eq!(
        scene.processes.starts("python"),
        1,
        "the other is left alone"
    );
    // 0.1 + 0.2 + 0.4 + 0.8 + 1.6 s.
    assert!(
        scene.passed() >= Duration::from_millis(3100),
        "{:?}",
        scene.passed()
    );
}

#[tokio::test]
async fn nobody_needs_it_for_half_an_hour_and_it_ends() {
    let scene = scene();
    serve(&scene.world, &never()).await.unwrap();
    let late = scene.passed().checked_sub(IDLE).unwrap();
    assert!(late < Duration::from_secs(3), "{late:?} late");
}

#[tokio::test]
async fn it_goes_on_while_someone_uses_it_and_ends_half_an_hour_after() {
    let scene = scene();
    let lease = lease::Lease::begin(&scene.world, "deploy hello").unwrap();
    // Six hours of looks, then the lease ends with its holder.
    serve(&scene.world, &stop_at(6 * 3600 * 4)).await.unwrap();
    assert!(
        scene.passed() > Duration::from_secs(5 * 3600),
        "{:?}",
        scene.passed()
    );
    assert_eq!(status(&scene.world).unwrap().used_by, ["deploy hello"]);
    drop(lease);
    let before = scene.passed();
    serve(&scene.world, &never()).await.unwrap();
    assert!(scene.passed() - before < IDLE + Duration::from_secs(3));
    assert!(status(&scene.world).unwrap().used_by.is_empty());
}

#[tokio::test]
async fn it_does_not_end_in_the_moment_in_which_someone_has_the_turn() {
    let scene = scene();
    let _turn = scene
        .data
        .take(layout::TURN_LOCK, "another")
        .unwrap()
        .unwrap();
    serve(&scene.world, &stop_at(3 * 3600 * 4)).await.unwrap();
    assert!(
        scene.passed() > IDLE + IDLE,
        "it waited for whoever has the turn"
    );
}

#[tokio::test]
async fn a_second_server_gives_way() {
    let scene = scene().by_hand();
    let _first = scene.data.take(layout::SERVE_LOCK, "1 fake").unwrap();
    let problem = serve(&scene.world, &never()).await.unwrap_err();
    assert!(
        matches!(problem, SandboxProblem::AlreadyServing),
        "{problem:?}"
    );
    assert_eq!(scene.processes.starts("python"), 0);
}

#[tokio::test]
async fn a_full_disk_stops_it_and_is_told() {
    let scene = scene().by_hand();
    scene.data.set_full(true);
    let problem = serve(&scene.world, &never()).await.unwrap_err();
    assert!(matches!(problem, SandboxProblem::DiskFull), "{problem:?}");
}

#[tokio::test]
async fn what_a_killed_server_left_is_ended_before_the_next_begins() {
    let scene = scene();
    // The record of a server that is gone, with a local AWS that lives on.
    let launch = pilothouse_effects::Launch {
        program: "/old/python".to_owned(),
        arguments: Vec::new(),
        environment: Vec::new(),
        folder: String::new(),
    };
    let lifetime = Lifetime::WithUs;
    let orphan = scene.processes.start(&launch, "", lifetime).unwrap();
    let gone = ProcessIdentity {
        pid: 999_999,
        mark: "gone".to_owned(),
    };
    let record = Record {
        phase: Phase::Ready,
        server: gone.into(),
        ports: Ports::default(),
        since: 0,
        parts: BTreeMap::from([(Part::Aws, orphan.clone().into())]),
        restarts: 0,
        python: String::new(),
    };
    record.write(&scene.data).unwrap();
    // The fake server never takes its lock, so the start ends with the news that it ended.
    scene.processes.behave("pilothouse", Temper::ShortLived);
    let purpose = Purpose::UntilDown { keep_state: None };
    let started: Result<Endpoint, _> = bring_up(&scene.world, &purpose, &|_| {}).await;
    assert!(matches!(started, Err(SandboxProblem::ServerEnded { .. })));
    assert!(!scene.processes.is_alive(&orphan));
    assert_eq!(scene.processes.told("python"), [Notice::Finish]);
    assert!(
        !status(&scene.world).unwrap().until_down,
        "it is not wanted any more"
    );
}
