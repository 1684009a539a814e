//! Ctrl-C on the real command: at every point of the journal, with the process killed at every point after it, and
//! while AWS is in the middle of a change.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::world::{Said, World, said};

/// More than any operation passes. The loops end when a run is not reached any more.
const MOST_POINTS: u32 = 80;

const DEPLOY: [&str; 3] = ["deploy", "--sandbox", "--yes"];

/// A deploy that is interrupted at a point, and dies at another.
fn interrupted(world: &World, at: u32, dies: Option<u32>) -> Said {
    let mut command = world.command(&DEPLOY);
    command.env("PILOTHOUSE_INTERRUPT_AT", at.to_string());
    if let Some(point) = dies {
        command.env("PILOTHOUSE_ABORT_AT", point.to_string());
    }
    said(command.output().expect("the command starts"))
}

/// The next command completes what was wanted, and nothing is left open.
#[track_caller]
fn heals(world: &World, told: &str) {
    world.deploy(&[]).well();
    assert_eq!(world.planned(), [], "{told}");
    for one in world.activity() {
        assert_ne!(one["outcome"], "running or cut off", "{told}: {one:#}");
    }
}

/// At how many points after an interruption the process is killed: all of them when `PILOTHOUSE_DEEP` is set.
fn kills_after() -> u32 {
    match std::env::var_os("PILOTHOUSE_DEEP") {
        Some(_) => MOST_POINTS,
        None => 2,
    }
}

/// Interrupts a deploy at each point, alone and then killed at points after it; answers how often what came of it.
fn matrix(
    world: &World,
    mut before: impl FnMut(),
    after: impl Fn(),
) -> BTreeMap<&'static str, u32> {
    let mut outcomes = BTreeMap::new();
    let kills = usize::try_from(kills_after()).unwrap_or(usize::MAX);
    for at in 1..MOST_POINTS {
        before();
        let alone = interrupted(world, at, None);
        let outcome = match alone.code {
            Some(1) if alone.errors.contains("error[CANCELLED]") => "cancelled",
            // It came too late to change anything, or the command had ended.
            Some(0) => "done",
            // A plan is no change: it ends at once, and the next command throws away what it had asked for.
            None if !alone.errors.contains("Changing the stack") => "ended while planning",
            _ => panic!("at point {at}: {:?}\n{}", alone.code, alone.errors),
        };
        let heard = alone.errors.contains("Stopping.");
        *outcomes.entry(outcome).or_default() += 1;
        heals(world, &format!("interrupted at {at}"));
        after();
        for dies in (at + 1..MOST_POINTS).take(kills) {
            before();
            let cut = interrupted(world, at, Some(dies));
            let died = cut.code.is_none();
            heals(world, &format!("interrupted at {at}, killed at {dies}"));
            after();
            if !died {
                break;
            }
            *outcomes.entry("killed").or_default() += 1;
        }
        if alone.code == Some(0) && !heard {
            return outcomes;
        }
    }
    panic!("it was never over before its interruption");
}

#[test]
fn a_change_interrupted_and_killed_at_any_points_is_completed_by_the_next() {
    let world = World::with_shop();
    world.deploy(&[]).well();
    let mut memory = 128;
    let outcomes = matrix(
        &world,
        || {
            let next = memory + 1;
            let line = |size: i32| format!("memorySize: {size}\n");
            world.change_service(&line(memory), &line(next));
            memory = next;
        },
        || {},
    );
    println!("a change of the stack, interrupted: {outcomes:?}");
    // Once the local AWS has begun it is done at once, and an interruption comes too late.
    assert!(outcomes["cancelled"] >= 3, "{outcomes:?}");
    assert!(outcomes["killed"] >= 25, "{outcomes:?}");
}

#[test]
fn a_first_deploy_interrupted_at_any_point_leaves_what_the_next_completes() {
    let world = World::with_shop();
    let remove = || {
        world.run(&["remove", "--sandbox", "--yes"]).well();
    };
    let mut cancelled = 0;
    for at in 1..MOST_POINTS {
        let alone = interrupted(&world, at, None);
        let heard = alone.errors.contains("Stopping.");
        let known = alone.errors.contains("error[CANCELLED]");
        let planning = alone.code.is_none() && !alone.errors.contains("Creating the stack");
        assert!(
            alone.code == Some(0) || known || planning,
            "at {at}: {}",
            alone.errors
        );
        cancelled += u32::from(known);
        heals(&world, &format!("interrupted at {at}"));
        remove();
        if alone.code == Some(0) && !heard {
            break;
        }
    }
    assert!(cancelled >= 10, "{cancelled}");
}

/// A function that CloudFormation waits for: it answers when a file is there.
const SLOW: &str = "
import json, os, time, urllib.request

def answer(event, context):
    while event['RequestType'] == 'Update' and not os.path.exists(event['ResourceProperties']['Gate']):
        time.sleep(0.02)
    body = json.dumps({'Status': 'SUCCESS', 'PhysicalResourceId': 'slow', 'StackId': event['StackId'],
        'RequestId': event['RequestId'], 'LogicalResourceId': event['LogicalResourceId']}).encode()
    urllib.request.urlopen(urllib.request.Request(event['ResponseURL'], body, method='PUT'))
";

/// A service whose change takes until a file is there, and then would make another queue.
fn with_slow_change() -> World {
    let world = World::new();
    let gate = world.place().join("gate");
    world.write("slow.py", SLOW);
    world.write(
        "serverless.yml",
        &format!(
            "service: slow
provider: {{name: aws, runtime: python3.11, versionFunctions: false, timeout: 60}}
functions:
  slow: {{handler: slow.answer}}
resources:
  Resources:
    Slow:
      Type: Custom::Slow
      Properties:
        ServiceToken: !GetAtt SlowLambdaFunction.Arn
        Gate: {gate}
        Turn: first
    After:
      Type: AWS::SQS::Queue
      DependsOn: Slow
      Properties: {{QueueName: slow-queue, DelaySeconds: 1}}
",
            gate = gate.display()
        ),
    );
    world
}

fn interrupt(child: &Child) {
    let told = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(told.expect("kill starts").success());
}

/// Reads lines until one holds the words; answers all of them.
#[track_caller]
fn read_until(lines: &mut impl BufRead, words: &str) -> String {
    let mut all = String::new();
    loop {
        let from = all.len();
        let read = lines.read_line(&mut all).expect("a line");
        assert!(read > 0, "it ended before `{words}`:\n{all}");
        if all[from..].contains(words) {
            return all;
        }
    }
}

fn begun(world: &World) -> (Child, BufReader<std::process::ChildStderr>) {
    let mut child = world
        .command(&DEPLOY)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let lines = BufReader::new(child.stderr.take().expect("a pipe"));
    (child, lines)
}

#[test]
fn an_update_that_is_interrupted_is_taken_back_by_cloudformation() {
    let world = with_slow_change();
    world.deploy(&[]).well();
    world.change_service("Turn: first", "Turn: second");
    world.change_service("DelaySeconds: 1", "DelaySeconds: 2");

    let (mut child, mut lines) = begun(&world);
    read_until(&mut lines, "Slow");
    interrupt(&child);
    read_until(&mut lines, "AWS puts back what stood before");
    std::fs::write(world.place().join("gate"), "").expect("the gate opens");
    let told = read_until(&mut lines, "error[CANCELLED]");
    assert!(told.contains("ROLLBACK"), "{told}");
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
    let last = &world.activity()[0];
    assert_eq!(last["outcome"], "rolled back", "{last:#}");

    // What stands is what stood, and the next deploy brings what was wanted.
    let rows = world.planned();
    let changed: Vec<&str> = rows.iter().map(|(id, _)| id.as_str()).collect();
    assert!(changed.contains(&"After"), "{rows:?}");
    world.deploy(&[]).well();
    assert_eq!(world.planned(), []);
}

#[test]
fn who_interrupts_twice_is_not_kept_waiting_and_the_next_command_tells_what_became_of_it() {
    let world = with_slow_change();
    world.deploy(&[]).well();
    world.change_service("Turn: first", "Turn: second");
    world.change_service("DelaySeconds: 1", "DelaySeconds: 2");

    let (mut child, mut lines) = begun(&world);
    read_until(&mut lines, "Slow");
    interrupt(&child);
    read_until(&mut lines, "AWS puts back what stood before");
    interrupt(&child);
    let told = read_until(&mut lines, "error[CANCELLED]");
    assert!(told.contains("Waiting no longer"), "{told}");
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
    assert_eq!(world.activity()[0]["outcome"], "running or cut off");

    std::fs::write(world.place().join("gate"), "").expect("the gate opens");
    let next = world.deploy(&[]).well();
    assert!(
        next.errors
            .contains("it was stopped, and AWS put back what stood before"),
        "{}",
        next.errors
    );
    assert_eq!(world.planned(), []);
}
