//! The process killed at every point of the journal, one after the other: whatever it had done, the next
//! command says what became of it and brings the stack to where it should be.

use crate::world::{World, handler};

/// More than any operation passes. The loops end when a run is not killed any more.
const MOST_POINTS: u32 = 80;

/// Runs words with the process dying at a point. Whether it died.
fn dies(world: &World, words: &[&str], point: u32) -> bool {
    let output = world
        .command(words)
        .env("PILOTHOUSE_ABORT_AT", point.to_string())
        .output()
        .expect("the command starts");
    let ended = output.status.code();
    assert!(
        ended.is_none() || ended == Some(0),
        "at point {point}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    ended.is_none()
}

/// Nothing in the journal is left open.
#[track_caller]
fn all_settled(world: &World, point: u32) {
    for one in world.activity() {
        let outcome = one["outcome"].as_str().unwrap_or_default();
        assert_ne!(
            outcome, "running or cut off",
            "after point {point}: {one:#}"
        );
    }
}

pub fn matrix(
    world: &World,
    words: &[&str],
    mut before: impl FnMut(u32),
    mut after: impl FnMut(u32),
) -> u32 {
    for point in 1..MOST_POINTS {
        before(point);
        let died = dies(world, words, point);
        after(point);
        all_settled(world, point);
        if !died {
            return point - 1;
        }
    }
    panic!("it never ran to its end");
}

#[test]
fn a_first_deploy_killed_at_any_point_is_completed_by_the_next() {
    let world = World::with_shop();
    let deploy = ["deploy", "--sandbox", "--yes"];
    let points = matrix(
        &world,
        &deploy,
        |_| {},
        |_| {
            world.deploy(&[]).well();
            assert_eq!(world.planned(), []);
            world.run(&["remove", "--sandbox", "--yes"]).well();
        },
    );
    // Two for the beginning, four for each of five calls, two for the end.
    assert!(points >= 24, "{points}");
}

#[test]
fn a_change_of_the_stack_killed_at_any_point_is_completed_by_the_next() {
    let world = World::with_shop();
    world.deploy(&[]).well();
    let mut memory = 128;
    let points = matrix(
        &world,
        &["deploy", "--sandbox", "--yes"],
        |_| {
            let next = memory + 64;
            world.change_service(
                &format!("memorySize: {memory}\n"),
                &format!("memorySize: {next}\n"),
            );
            memory = next;
        },
        |_| {
            world.deploy(&[]).well();
            assert_eq!(world.planned(), []);
        },
    );
    assert!(points >= 16, "{points}");
    assert_eq!(world.hello(), "one");
}

#[test]
fn a_direct_change_of_code_killed_at_any_point_is_completed_by_the_next() {
    let world = World::with_shop();
    world.deploy(&[]).well();
    let points = matrix(
        &world,
        &["deploy", "--sandbox", "--yes"],
        |point| world.write("handler.py", &handler(&format!("word {point}"))),
        |point| {
            world.deploy(&[]).well();
            assert_eq!(world.hello(), format!("word {point}"));
        },
    );
    assert!(points >= 12, "{points}");
}

#[test]
fn a_removal_killed_at_any_point_is_completed_by_the_next() {
    let world = World::with_shop();
    let points = matrix(
        &world,
        &["remove", "--sandbox", "--yes"],
        |_| {
            world.deploy(&[]).well();
        },
        |_| {
            world.run(&["remove", "--sandbox", "--yes"]).well();
            world
                .run(&["info", "--sandbox", "--json"])
                .failed_with("STACK_MISSING");
        },
    );
    assert!(points >= 12, "{points}");
}
