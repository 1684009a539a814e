//! The road on a cloud that does what it should: which course is taken, and what is left behind.

mod world;

use std::time::Duration;

use pilothouse_deploy::{DeployProblem, Moved, discard};
use pilothouse_model::{Change, Course, Digest, Outcome, Progress};
use serde_json::json;
use world::{BUCKET, SHOP, Shop, World, wait};

#[test]
fn a_first_deploy_makes_the_bucket_then_the_rest_and_nothing_is_sent_before_its_intent() {
    let world = World::new();
    world.deploy(SHOP).expect("it stands");
    assert_eq!(world.status().as_deref(), Some("UPDATE_COMPLETE"));
    assert_eq!(world.code(), Some(Digest::of(b"one")));
    assert_eq!(world.releases().len(), 1);
    let lines = world.trace.lines();
    let mut intended = "";
    for line in &lines {
        if let Some(call) = line.strip_prefix("intend ") {
            intended = call;
        } else if let Some(call) = line.strip_prefix("call ") {
            assert_eq!(call, intended, "sent without an intent: {lines:#?}");
        }
    }
    assert!(lines.len() >= 10, "{lines:#?}");
    assert_eq!(world.open_operations(), 0);
    assert!(!world.journal.kept_events().is_empty());
}

#[test]
fn the_first_plan_shows_everything_as_added_and_leaves_nothing_when_it_is_discarded() {
    let world = World::new();
    let desired = world.desired(SHOP);
    let (session, plan) = world.plan(&desired).expect("a plan");
    assert_eq!(plan.count(Change::Add), 3);
    assert!(matches!(plan.course, Course::Create { .. }));
    wait(discard(&session, &desired, &plan)).expect("discarded");
    assert_eq!(world.status(), None);
    assert_eq!(world.cloud.buckets(), Vec::<String>::new());
}

#[test]
fn nothing_changed_is_seen_by_hashes_and_leaves_no_trace_in_the_journal() {
    let world = World::new();
    world.deploy(SHOP).expect("it stands");
    let before = world.trace.lines();
    let (_, plan) = world.plan(&world.desired(SHOP)).expect("a plan");
    assert_eq!(plan.course, Course::Nothing);
    assert_eq!(world.trace.lines(), before);
    assert_eq!(world.journal.all().len(), 1);
}

#[test]
fn code_alone_goes_to_the_function_and_a_rollback_later_does_not_lose_it() {
    let world = World::new();
    world.deploy(SHOP).expect("it stands");
    let two = Shop {
        code: "two",
        ..SHOP
    };
    let (_, plan) = world.plan(&world.desired(two)).expect("a plan");
    assert!(matches!(&plan.course, Course::Code { functions } if functions.len() == 1));
    world.deploy(two).expect("new code");
    assert_eq!(world.code(), Some(Digest::of(b"two")));

    // The stack's template still names the archive of "one": a change that fails goes back to it.
    world.cloud.refuse(Some("Orders"));
    let failed = world.deploy(Shop {
        code: "three",
        memory: 256,
        ..SHOP
    });
    let Err(DeployProblem::Failed(failure)) = failed else {
        panic!("it must fail: {failed:?}");
    };
    assert!(failure.rolled_back());
    assert_eq!(failure.first.expect("a cause").logical_id, "Orders");
    assert_eq!(
        world.code(),
        Some(Digest::of(b"two")),
        "what was live before is live again"
    );
    assert_eq!(
        world.releases().len(),
        2,
        "the failed release is taken back"
    );
    assert_eq!(
        world
            .journal
            .all()
            .last()
            .and_then(|one| one.end.clone())
            .map(|end| end.0),
        Some(Outcome::RolledBack)
    );

    world.cloud.refuse(None);
    assert_eq!(
        world.plan(&world.desired(two)).expect("a plan").1.course,
        Course::Nothing
    );
}

#[test]
fn a_change_of_the_outputs_alone_is_a_change_and_is_shown() {
    let world = World::new();
    world.deploy(SHOP).expect("it stands");
    let with = |value: &str| {
        let mut desired = world.desired(SHOP);
        let outputs = desired.update.section_mut("Outputs");
        outputs.insert("Greeting".into(), json!({ "Value": value }));
        desired
    };
    for (value, told) in [
        ("hello", ("Outputs.Greeting", None, None)),
        (
            "good day",
            ("Outputs.Greeting.Value", Some("hello"), Some("good day")),
        ),
    ] {
        let desired = with(value);
        let (session, plan) = world.plan(&desired).expect("a plan");
        assert!(matches!(plan.course, Course::Whole { .. }), "{plan:?}");
        let row = plan
            .rows
            .iter()
            .find(|row| row.logical_id == "shop-dev")
            .expect("a row");
        let place = &row.properties[0];
        let place = (
            place.path.as_str(),
            place.before.as_deref(),
            place.after.as_deref(),
        );
        assert_eq!((row.properties.len(), place), (1, told));
        let applied = world.apply(&session, &desired, &plan).expect("it stands");
        assert_eq!(applied.stack.outputs["Greeting"], value);
    }
    let (_, again) = world.plan(&with("good day")).expect("a plan");
    assert_eq!(again.course, Course::Nothing);
}

#[test]
fn an_archive_that_did_not_change_is_copied_inside_the_bucket() {
    let world = World::new();
    world.deploy(SHOP).expect("it stands");
    world
        .deploy(Shop {
            memory: 256,
            ..SHOP
        })
        .expect("changed");
    let told = world.told.lock().expect("no panic before");
    assert!(told.iter().any(
        |one| matches!(one, Progress::Uploaded { key, copied: true } if key.ends_with("/shop.zip"))
    ));
}

#[test]
fn only_the_newest_releases_stay() {
    let world = World::new();
    for memory in 1..9 {
        world.deploy(Shop { memory, ..SHOP }).expect("changed");
    }
    assert_eq!(world.releases().len(), 5);
}

#[test]
fn the_release_that_the_stack_names_outlives_many_direct_changes_of_code() {
    let world = World::new();
    world.deploy(SHOP).expect("it stands");
    let first = world.releases();
    for code in ["a", "b", "c", "d", "e", "f", "g"] {
        world.deploy(Shop { code, ..SHOP }).expect("new code");
    }
    let now = world.releases();
    assert!(now.contains(&first[0]), "{now:?}");
    assert_eq!(now.len(), 6, "five, and the one that the stack names");
}

#[test]
fn what_a_failed_first_deploy_left_is_deleted_and_its_events_are_kept() {
    let world = World::new();
    world.cloud.make_bucket("users");
    let shop = Shop {
        users_bucket: Some("users"),
        ..SHOP
    };
    world.cloud.refuse(Some("Orders"));
    world.deploy(shop).expect_err("it is refused");
    assert_eq!(world.status().as_deref(), Some("ROLLBACK_COMPLETE"));
    let kept = world.journal.kept_events();
    assert!(
        kept.iter().any(|event| event.status == "CREATE_FAILED"),
        "{kept:#?}"
    );

    world.cloud.refuse(None);
    let (_, plan) = world.plan(&world.desired(shop)).expect("a plan");
    assert!(matches!(plan.course, Course::Anew { .. }));
    world.deploy(shop).expect("it stands");
    assert_eq!(world.status().as_deref(), Some("CREATE_COMPLETE"));
}

#[test]
fn a_plan_is_refused_when_the_stack_was_changed_in_between() {
    let world = World::new();
    world.deploy(SHOP).expect("it stands");
    let desired = world.desired(Shop {
        memory: 256,
        ..SHOP
    });
    let (session, plan) = world.plan(&desired).expect("a plan");
    world
        .deploy(Shop {
            memory: 512,
            ..SHOP
        })
        .expect("someone else's change");
    let refused = world.apply(&session, &desired, &plan);
    let Err(DeployProblem::Moved(what)) = refused else {
        panic!("it must be refused: {refused:?}");
    };
    assert_eq!(
        what,
        [Moved::Stack {
            stack: "shop-dev".into()
        }]
    );
}

#[test]
fn a_plan_for_code_is_refused_when_the_function_runs_other_code_by_now() {
    let world = World::new();
    world.deploy(SHOP).expect("it stands");
    let desired = world.desired(Shop {
        code: "two",
        ..SHOP
    });
    let (session, plan) = world.plan(&desired).expect("a plan");
    world
        .deploy(Shop {
            code: "other",
            ..SHOP
        })
        .expect("someone else's code");
    let refused = world.apply(&session, &desired, &plan);
    assert!(
        matches!(&refused, Err(DeployProblem::Moved(what)) if matches!(what[..], [Moved::Function { .. }])),
        "{refused:?}"
    );
}

#[test]
fn a_stack_of_something_else_is_left_alone() {
    let world = World::new();
    world.cloud.make_bucket("users");
    let mut other = world.desired(Shop {
        users_bucket: Some("users"),
        ..SHOP
    });
    other.update.section_mut("Outputs").clear();
    let (session, plan) = world.plan(&other).expect("a plan");
    world.apply(&session, &other, &plan).expect("it stands");
    let before = world.trace.lines();
    let refused = world.deploy(SHOP);
    assert!(
        matches!(refused, Err(DeployProblem::ForeignStack { .. })),
        "{refused:?}"
    );
    assert_eq!(world.trace.lines(), before);
}

#[test]
fn a_removal_empties_the_bucket_and_spares_what_is_not_its_own() {
    let world = World::new();
    world.deploy(SHOP).expect("it stands");
    let removed = world
        .remove(None)
        .expect("removed")
        .expect("there was a stack");
    assert_eq!(removed.objects, 2);
    assert_eq!(world.status(), None);
    assert_eq!(world.remove(None).expect("an answer"), None);

    world.cloud.make_bucket("users");
    world
        .deploy(Shop {
            users_bucket: Some("users"),
            ..SHOP
        })
        .expect("it stands");
    world.remove(Some("users")).expect("removed");
    assert_eq!(world.cloud.buckets(), ["users"]);
    assert_eq!(world.cloud.keys("users"), Vec::<String>::new());
}

#[test]
fn a_slow_stack_is_waited_for_and_told_event_by_event() {
    let world = World::new();
    world.cloud.take(Duration::from_secs(600));
    let began = pilothouse_effects::Clock::now(&world.clock);
    world.deploy(SHOP).expect("it stands");
    let took = pilothouse_effects::Clock::now(&world.clock)
        .duration_since(began)
        .expect("forward");
    // A bucket, then two resources, and an end after each of both changes.
    assert!(took >= Duration::from_secs(5 * 600), "{took:?}");
    let told = world.told.lock().expect("no panic before");
    let statuses: Vec<&str> = told
        .iter()
        .filter_map(|one| match one {
            Progress::Stack(event) => Some(event.status.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(
        statuses,
        [
            "CREATE_IN_PROGRESS",
            "CREATE_COMPLETE",
            "CREATE_COMPLETE",
            "UPDATE_IN_PROGRESS",
            "CREATE_COMPLETE",
            "CREATE_COMPLETE",
            "UPDATE_COMPLETE"
        ]
    );
    assert!(
        world.cloud.calls() < 4000,
        "AWS counts calls: {}",
        world.cloud.calls()
    );
    drop(told);
    assert_eq!(world.cloud.keys(BUCKET).len(), 2);
}

#[test]
fn a_stack_that_takes_longer_than_anyone_waits_is_looked_up_by_the_next_command() {
    let world = World::new();
    world.deploy(SHOP).expect("it stands");
    world.cloud.take(Duration::from_secs(2 * 60 * 60));
    let given_up = world.deploy(Shop {
        memory: 256,
        ..SHOP
    });
    assert!(
        matches!(given_up, Err(DeployProblem::StillRunning { .. })),
        "{given_up:?}"
    );
    assert_eq!(world.open_operations(), 1);
    world
        .deploy(Shop {
            memory: 256,
            ..SHOP
        })
        .expect("it went through meanwhile");
    assert_eq!(world.open_operations(), 0);
    let told = world.told.lock().expect("no panic before");
    assert!(
        told.iter()
            .any(|one| matches!(one, Progress::Waiting { .. }))
    );
    assert!(told.iter().any(
        |one| matches!(one, Progress::Recovered { finding, .. } if finding.contains("ended well"))
    ));
}

#[test]
fn a_bucket_of_the_users_that_is_not_there_is_told_before_anything_is_made() {
    let world = World::new();
    let shop = Shop {
        users_bucket: Some("no-such-bucket"),
        ..SHOP
    };
    let answer = world.deploy(shop);
    assert!(
        matches!(&answer, Err(DeployProblem::BucketMissing { bucket }) if bucket == "no-such-bucket"),
        "{answer:?}"
    );
    assert_eq!(world.status(), None);
    assert_eq!(world.journal.all().len(), 0);
}
