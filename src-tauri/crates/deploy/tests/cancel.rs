//! Being asked to stop at every moment of every operation: it ends in good order, says how things stand, and
//! the next command goes on from there.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod world;

use std::time::Duration;

use pilothouse_deploy::{DeployProblem, Stopped};
use pilothouse_model::{Digest, Outcome, Progress, Stage};
use pilothouse_testkit::Fault;
use world::{BUCKET, SHOP, Shop, World};

const MORE: Shop = Shop {
    memory: 256,
    code: "two",
    ..SHOP
};

fn is_event(progress: &Progress, id: &str, status: &str) -> bool {
    matches!(progress, Progress::Stack(event) if event.logical_id == id && event.status == status)
}

fn began(progress: &Progress, stage: &Stage) -> bool {
    matches!(progress, Progress::Began(began) if began == stage)
}

#[track_caller]
fn stopped<T: std::fmt::Debug>(answer: Result<T, DeployProblem>) -> Stopped {
    match answer {
        Err(DeployProblem::Cancelled(stopped)) => stopped,
        other => panic!("it must be stopped: {other:?}"),
    }
}

fn last_outcome(world: &World) -> Option<Outcome> {
    let all = world.journal.all();
    all.last()?.end.as_ref().map(|end| end.0)
}

/// A world in which the shop stands and each resource takes its minutes.
fn slow_shop() -> World {
    let world = World::new();
    world.deploy(SHOP).expect("it stands");
    world.cloud.take(Duration::from_secs(120));
    world
}

#[test]
fn before_anything_is_sent_nothing_is_changed_and_nothing_is_left() {
    let mut world = World::new();
    let desired = world.desired(SHOP);
    let (mut session, plan) = world.plan(&desired).expect("a plan");
    world.stop_never();
    session.heed(&world.cancel);
    world.cancel.request();
    let answer = stopped(world.apply(&session, &desired, &plan));
    assert_eq!(answer, Stopped::Untouched);
    assert_eq!(world.status(), None, "not even the empty stack of the plan");
    assert_eq!(last_outcome(&world), Some(Outcome::Refused));
}

#[test]
fn a_slow_update_is_put_back_with_its_code_and_its_files() {
    let mut world = slow_shop();
    world.stop_when(|progress| {
        u32::from(is_event(progress, "HelloLambdaFunction", "UPDATE_COMPLETE"))
    });
    let answer = stopped(world.deploy(MORE));
    assert_eq!(
        answer,
        Stopped::PutBack {
            stack: "shop-dev".into()
        }
    );
    assert_eq!(world.status().as_deref(), Some("UPDATE_ROLLBACK_COMPLETE"));
    assert_eq!(world.code(), Some(Digest::of(b"one")));
    assert_eq!(world.releases().len(), 1, "the new release is taken back");
    assert_eq!(last_outcome(&world), Some(Outcome::RolledBack));
    let calls = world.trace.lines();
    let at = calls
        .iter()
        .position(|line| line == "call cloudformation:CancelUpdateStack")
        .expect("it was asked for");
    assert_eq!(calls[at - 1], "intend cloudformation:CancelUpdateStack");
    world.stop_never();
    world.deploy(MORE).expect("the next one goes through");
}

#[test]
fn a_resource_that_failed_by_itself_is_a_failure_though_someone_asked_to_stop() {
    let mut world = slow_shop();
    world.cloud.refuse(Some("Orders"));
    world.stop_when(|progress| u32::from(is_event(progress, "Orders", "UPDATE_FAILED")));
    let answer = world.deploy(MORE);
    assert!(
        matches!(&answer, Err(DeployProblem::Failed(failure)) if failure.rolled_back()),
        "{answer:?}"
    );
}

#[test]
fn a_first_deploy_stops_before_its_upload_and_says_what_stands() {
    let mut world = World::new();
    world.cloud.take(Duration::from_secs(60));
    world.stop_when(|progress| u32::from(began(progress, &Stage::Creating)));
    let answer = stopped(world.deploy(SHOP));
    assert_eq!(
        answer,
        Stopped::OnlyBucket {
            stack: "shop-dev".into(),
            bucket: BUCKET.into()
        }
    );
    assert_eq!(world.status().as_deref(), Some("CREATE_COMPLETE"));
    assert_eq!(world.cloud.keys(BUCKET), Vec::<String>::new());
    assert_eq!(last_outcome(&world), Some(Outcome::Failed));
}

#[test]
fn a_refused_request_to_take_back_is_told_and_the_change_is_followed_to_its_end() {
    for fault in [
        Fault::Expired,
        Fault::Broken,
        Fault::Throttled,
        Fault::Lost,
        Fault::Unsent,
    ] {
        let mut world = slow_shop();
        world.stop_when(|progress| u32::from(is_event(progress, "shop-dev", "UPDATE_IN_PROGRESS")));
        world
            .cloud
            .fail_next("cloudformation:CancelUpdateStack", fault);
        let answer = world.deploy(MORE);
        if fault == Fault::Expired {
            answer.expect("it went through");
            let told = world.told.lock().expect("no panic before");
            assert!(told.iter().any(
                |one| matches!(one, Progress::Note(words) if words.contains("could not be stopped"))
            ));
        } else {
            // A second try, or the first whose answer was lost, puts it back.
            assert!(
                matches!(stopped(answer), Stopped::PutBack { .. }),
                "{fault:?}"
            );
        }
        assert_eq!(world.open_operations(), 0, "{fault:?}");
    }
}

#[test]
fn asked_twice_it_waits_for_nothing_and_the_next_command_looks_up_what_became_of_it() {
    let mut world = slow_shop();
    world.stop_when(|progress| 2 * u32::from(is_event(progress, "shop-dev", "UPDATE_IN_PROGRESS")));
    let answer = world.deploy(MORE);
    assert!(
        matches!(answer, Err(DeployProblem::Left { .. })),
        "{answer:?}"
    );
    assert_eq!(world.open_operations(), 1);
    world.stop_never();
    world.deploy(MORE).expect("it went through meanwhile");
    assert_eq!(world.open_operations(), 0);
    assert_eq!(world.code(), Some(Digest::of(b"two")));
}

#[test]
fn a_removal_stops_between_emptying_and_deleting() {
    let mut world = World::new();
    world.deploy(SHOP).expect("it stands");
    world.stop_when(|progress| u32::from(began(progress, &Stage::Emptying)));
    let answer = stopped(world.remove(None));
    assert_eq!(
        answer,
        Stopped::Emptied {
            stack: "shop-dev".into(),
            objects: 2
        }
    );
    assert_eq!(world.status().as_deref(), Some("UPDATE_COMPLETE"));
    world.stop_never();
    world.remove(None).expect("removed");
    assert_eq!(world.status(), None);
}

/// Asks to stop at every single thing that is told, so often, and heals after each.
fn matrix(times: u32, slow: bool, before: Option<Shop>, shop: Shop) -> u32 {
    for number in 1.. {
        let mut world = World::new();
        if let Some(before) = before {
            world.deploy(before).expect("it stands");
        }
        if slow {
            world.cloud.take(Duration::from_secs(120));
        }
        let mut told = 0;
        world.stop_when(move |_| {
            told += 1;
            if told == number { times } else { 0 }
        });
        let answer = world.deploy(shop);
        let was_asked = world.cancel.is_requested();
        let at = format!("at {number}, {times} times, slow {slow}: {answer:?}");
        assert!(
            matches!(
                answer,
                Ok(_) | Err(DeployProblem::Cancelled(_) | DeployProblem::Left { .. })
            ),
            "{at}"
        );
        if matches!(answer, Err(DeployProblem::Left { .. })) {
            assert_eq!((world.open_operations(), times), (1, 2), "{at}");
        } else {
            assert_eq!(world.open_operations(), 0, "{at}");
        }
        let is_untouched = matches!(
            answer,
            Err(DeployProblem::Cancelled(
                Stopped::Untouched | Stopped::PutBack { .. }
            ))
        );
        if is_untouched {
            let stood = before.map(|before| Digest::of(before.code.as_bytes()));
            assert_eq!(world.code(), stood, "{at}");
            let releases = world.releases().len();
            assert_eq!(releases, usize::from(before.is_some()), "{at}");
        }
        world.stop_never();
        let healed = world.deploy(shop);
        assert!(healed.is_ok(), "{at}: then {healed:?}");
        assert_eq!(world.code(), Some(Digest::of(shop.code.as_bytes())), "{at}");
        assert_eq!(world.open_operations(), 0, "{at}");
        assert_eq!(world.cloud.most_executions(), 1, "{at}");
        if !was_asked {
            return number;
        }
    }
    0
}

#[test]
fn whenever_it_is_asked_it_ends_in_good_order_and_the_next_command_goes_on() {
    let code = Shop {
        code: "two",
        ..SHOP
    };
    for times in [1, 2] {
        for slow in [false, true] {
            assert!(matrix(times, slow, None, SHOP) > 12);
            assert!(matrix(times, slow, Some(SHOP), MORE) > 8);
            assert!(matrix(times, slow, Some(SHOP), code) > 4);
        }
    }
}
