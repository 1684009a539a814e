//! The desk on a real sandbox, without a window: what a page asks, in the order in which a newcomer asks it.

mod consent;
mod secrets;
mod several;
mod sizes;
mod texts;

use std::sync::{Arc, Mutex};

use pilothouse_api::Host;
use pilothouse_aws::AwsClouds;
use pilothouse_desk::wire::{
    CourseKind, Ended, LiveState, LogBatch, LogsAsked, Place, PlanView, Problem, Standing, Step,
    Target, TaskEvent, TaskResult, TaskView,
};
use pilothouse_desk::{Desk, PlanHow};
use pilothouse_effects::Environment;
use pilothouse_local::{
    DiskJournal, DiskPrivateFolder, DiskWorkplace, SystemClock, SystemEntropy, SystemLoopback,
    SystemProcesses,
};

/// The variables of this process, with a home of the test's own.
#[derive(Debug)]
struct OwnHome(String);

impl Environment for OwnHome {
    fn variable(&self, name: &str) -> Option<String> {
        match name {
            "HOME" => Some(self.0.clone()),
            _ if name.starts_with("AWS_") => None,
            _ => std::env::var(name).ok(),
        }
    }
}

/// A desk in a place of its own. Its sandbox is taken down however the test ends.
struct World {
    place: tempfile::TempDir,
    desk: Arc<Desk>,
}

impl World {
    fn new() -> Self {
        let place = tempfile::tempdir().expect("a temporary folder");
        let desk = desk(place.path());
        Self { place, desk }
    }

    /// The desk of an app that was started again on the same data.
    fn again(&mut self) {
        self.desk = desk(self.place.path());
    }

    fn hello(&self) -> Place {
        let project = self.desk.open_example("hello-world").expect("an example");
        Place {
            project,
            stage: None,
            target: Target::Sandbox,
        }
    }

    fn write(&self, file: &str, text: &str) {
        let folder = self.place.path().join("pilothouse-examples/hello-world");
        std::fs::write(folder.join(file), text).expect("a file of the example");
    }

    /// Waits for a task to end and answers everything that it told.
    async fn whole(&self, task: TaskView) -> Vec<TaskEvent> {
        let events = Mutex::new(Vec::new());
        let keep = |batch: pilothouse_desk::wire::TaskBatch| {
            events.lock().expect("a lock").extend(batch.events);
            true
        };
        let watched = self.desk.watch_task(&task.id, 0, keep).await;
        watched.expect("the task is known");
        events.into_inner().expect("a lock")
    }

    async fn ended(&self, task: Result<TaskView, Problem>) -> Ended {
        let events = self.whole(task.expect("a task")).await;
        match &events.last().expect("an event").step {
            Step::Ended { ended } => ended.as_ref().clone(),
            other => panic!("the task did not end: {other:?}"),
        }
    }

    async fn done(&self, task: Result<TaskView, Problem>) -> TaskResult {
        match self.ended(task).await {
            Ended::Done { result } => result,
            other => panic!("{other:#?}"),
        }
    }

    async fn plan(&self, place: &Place) -> PlanView {
        match self
            .done(self.desk.plan(place.clone(), PlanHow::default()))
            .await
        {
            TaskResult::Plan { plan } => *plan,
            other => panic!("{other:#?}"),
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let mut command = pilothouse_tests::pilothouse(self.place.path());
        command.args(["sandbox", "down"]);
        drop(command.output());
    }
}

fn desk(place: &std::path::Path) -> Arc<Desk> {
    let home = place.to_str().expect("a text").to_owned();
    let data = DiskPrivateFolder::new(place.join("pilothouse"));
    let installs = std::env::var_os("PILOTHOUSE_SANDBOX_INSTALL").map_or_else(
        || data.inside("sandbox/install"),
        |folder| DiskPrivateFolder::new(folder.into()),
    );
    Desk::new(Host {
        clock: Arc::new(SystemClock),
        environment: Arc::new(OwnHome(home)),
        workplace: Arc::new(DiskWorkplace),
        journal: Arc::new(DiskJournal::in_folder(data.clone())),
        data: Arc::new(data),
        installs: Arc::new(installs),
        processes: Arc::new(SystemProcesses::new(pilothouse_tests::binary())),
        loopback: Arc::new(SystemLoopback),
        entropy: Arc::new(SystemEntropy),
        clouds: Arc::new(AwsClouds),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_deploys_calls_changes_and_removes() {
    let mut world = World::new();
    let place = world.hello();
    let desk = Arc::clone(&world.desk);

    let before = desk.deployed(&place).await.expect("an answer");
    assert_eq!(before.standing, Standing::Absent);

    let plan = world.plan(&place).await;
    assert_eq!(plan.course, CourseKind::Create);
    assert_eq!(plan.counts.added, plan.counts.total);
    let row = |id: &str| plan.rows.iter().find(|row| row.logical_id == id);
    let function = row("HelloLambdaFunction").expect("the function is planned");
    assert_eq!(
        (function.name.as_str(), function.type_words.as_str()),
        ("hello", "Lambda function")
    );
    assert!(function.origin.is_some(), "{function:?}");

    let task = desk.deploy(&plan.id, &plan.token).expect("a task");
    let events = world.whole(task.clone()).await;
    let numbers: Vec<u32> = events.iter().map(|event| event.seq).collect();
    let all: Vec<u32> = (1..=u32::try_from(events.len()).expect("few events")).collect();
    assert_eq!(numbers, all, "numbered from one without gaps");
    let made = events.iter().any(|event| {
        matches!(&event.step, Step::Resource { logical_id, .. } if logical_id == "HelloLambdaFunction")
    });
    assert!(made, "{events:#?}");
    let seen_again = desk.task(&task.id).expect("the task");
    assert!(seen_again.plan.is_some(), "its page can be drawn again");

    let again = desk
        .deploy(&plan.id, &plan.token)
        .expect_err("a plan is executed once");
    assert_eq!(again.code, "PLAN_GONE");

    let live = desk.deployed(&place).await.expect("an answer");
    assert_eq!(live.standing, Standing::Live);
    let endpoint = live.endpoints.first().expect("an endpoint");
    assert_eq!(
        (endpoint.method.as_str(), endpoint.path.as_str()),
        ("GET", "/hello")
    );
    assert_eq!(
        live.last.as_ref().map(|last| last.outcome.as_str()),
        Some("done")
    );

    let drawn = desk.live(&place).await.expect("an answer").live;
    let drawn = drawn.expect("the sandbox runs");
    let function = drawn.nodes.iter().find(|one| one.id == "function:hello");
    assert_eq!(function.map(|one| one.state), Some(LiveState::Stands));
    let others = |state| drawn.resources.iter().filter(move |one| one.state != state);
    assert_eq!(others(LiveState::Stands).count(), 0, "{drawn:#?}");

    let answer = desk.invoke(&place, "hello", "").await.expect("an answer");
    assert!(
        answer
            .answer
            .contains("Go Serverless v1.0! Your function executed successfully!"),
        "{answer:?}"
    );

    world.write("handler.py", "def hello(event, context):\n    print('told')\n    return {'statusCode': 200, 'body': 'two'}\n");
    let change = world.plan(&place).await;
    assert_eq!((change.course, change.counts.total), (CourseKind::Code, 1));
    world.done(desk.deploy(&change.id, &change.token)).await;
    let answer = desk.invoke(&place, "hello", "{}").await.expect("an answer");
    assert!(answer.answer.contains("two"), "{answer:?}");
    assert_eq!(world.plan(&place).await.course, CourseKind::Nothing);

    let lines = logs(&desk, &place).await;
    assert!(lines.iter().any(|line| line == "told"), "{lines:?}");

    // The app is started again: the projects are still there, the tasks are in the journal.
    world.again();
    let start = world.desk.start().expect("a start");
    let recent = start.recent.first().expect("a project");
    assert_eq!(
        (recent.name.as_str(), recent.missing),
        ("hello-world", false)
    );
    assert!(start.tasks.is_empty());
    let done = world.desk.activity(10).expect("the journal");
    assert_eq!(
        done.first().map(|one| one.project.clone()),
        Some(Some(place.project.clone()))
    );

    removed(&world, &place).await;
}

async fn removed(world: &World, place: &Place) {
    let TaskResult::Removal { removal } = world.done(world.desk.plan_removal(place.clone())).await
    else {
        panic!("a removal");
    };
    assert!(removal.exists && !removal.resources.is_empty());
    let wrong = world
        .desk
        .remove(&removal.id, &removal.token, "hello-world", false);
    assert_eq!(
        wrong.expect_err("the stack's name is another").code,
        "NAME_MISTYPED"
    );
    let gone = world
        .done(
            world
                .desk
                .remove(&removal.id, &removal.token, &removal.stack, false),
        )
        .await;
    assert!(matches!(gone, TaskResult::Removed { .. }), "{gone:?}");
    let after = world.desk.deployed(place).await.expect("an answer");
    assert_eq!(after.standing, Standing::Absent);
}

async fn logs(desk: &Desk, place: &Place) -> Vec<String> {
    let lines = Mutex::new(Vec::new());
    let asked = LogsAsked {
        functions: Vec::new(),
        since_seconds: 600,
        follow: false,
    };
    let keep = |batch: LogBatch| {
        if let LogBatch::Lines { lines: new } = batch {
            lines
                .lock()
                .expect("a lock")
                .extend(new.into_iter().map(|line| line.text));
        }
        true
    };
    desk.logs(place, &asked, &keep).await;
    lines.into_inner().expect("a lock")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_deploy_names_its_first_cause_and_the_line_that_asks_for_it() {
    let world = World::new();
    let place = world.hello();
    let broken = "service: hello-world\nprovider:\n  name: aws\n  runtime: python3.13\nfunctions:\n  hello:\n    handler: handler.hello\nresources:\n  Resources:\n    Broken:\n      Type: AWS::SSM::Parameter\n      Properties:\n        Type: String\n        Value: !GetAtt HelloLambdaFunction.NoSuchThing\n";
    world.write("serverless.yml", broken);
    let plan = world.plan(&place).await;
    let ended = world.ended(world.desk.deploy(&plan.id, &plan.token)).await;
    let Ended::Failed { problem } = ended else {
        panic!("{ended:?}");
    };
    let failure = problem.failure.expect("what failed");
    let first = failure.first.expect("a first cause");
    assert_eq!(first.logical_id, "Broken");
    assert_eq!(first.origin.map(|origin| origin.line), Some(10));
    assert!(failure.rolled_back);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_in_a_file_is_told_with_its_place() {
    let world = World::new();
    let place = world.hello();
    world.write(
        "serverless.yml",
        "service: hello-world\nprovider:\n  name: aws\n  runtme: python3.13\n",
    );
    let project = world.desk.project(&place).expect("it can be read");
    let finding = project.findings.first().expect("a finding");
    assert!(!finding.is_error, "the peer only warns of it");
    let at = finding.place.as_ref().expect("a place");
    assert_eq!(
        (at.file.as_str(), at.line, at.column),
        ("serverless.yml", 4, 3)
    );
    assert_eq!(at.text, "  runtme: python3.13");
    assert_eq!(at.length, 6);

    world.write("serverless.yml", "service: hello-world\nprovider: [\n");
    let problem = world.desk.project(&place).expect_err("no YAML");
    let finding = problem.findings.first().expect("a finding");
    assert!(finding.is_error && finding.place.is_some(), "{finding:?}");
}
