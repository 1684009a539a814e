//! Old versions: named by the plan, deleted when the stack stands, and nothing else.

mod world;

use pilothouse_deploy::{Desired, DesiredPrune};
use pilothouse_effects::Versioned;
use pilothouse_model::{Course, OldVersions};
use world::{FUNCTION, SHOP, Shop, World};

const LAYER: &str = "shared";

fn pruning(world: &World, memory: u32, keep: usize) -> Desired {
    Desired {
        prune: Some(DesiredPrune {
            keep,
            layers: vec![LAYER.into()],
        }),
        ..world.desired(Shop { memory, ..SHOP })
    }
}

/// A stack that stands, with versions of its function and of a layer.
#[expect(clippy::expect_used, reason = "a test may panic")]
fn standing() -> World {
    let world = World::new();
    let first = pruning(&world, 128, 2);
    let (session, plan) = world.plan(&first).expect("a plan");
    assert!(plan.old_versions.is_empty(), "there is nothing yet");
    world.apply(&session, &first, &plan).expect("it stands");
    let function = Versioned::Function(FUNCTION);
    world.cloud.publish(function, &[10, 1, 2, 3, 9], &[2]);
    world
        .cloud
        .publish(Versioned::Layer(LAYER), &[1, 2, 3], &[]);
    world
}

#[test]
fn the_plan_names_the_versions_and_the_deploy_deletes_those() {
    let world = standing();
    let next = pruning(&world, 256, 2);
    let (session, plan) = world.plan(&next).expect("a plan");
    let old = |name: &str, is_layer, numbers: &[u64]| OldVersions {
        name: name.into(),
        is_layer,
        numbers: numbers.to_vec(),
    };
    assert_eq!(
        plan.old_versions,
        [old(FUNCTION, false, &[1, 3]), old(LAYER, true, &[1])]
    );
    let function = Versioned::Function(FUNCTION);
    assert_eq!(
        world.cloud.published(function).len(),
        5,
        "a plan deletes nothing"
    );
    // Since the plan an alias leads to one of them, and a newer one came.
    world
        .cloud
        .publish(function, &[10, 1, 2, 3, 9, 11], &[2, 3]);
    world.apply(&session, &next, &plan).expect("it stands");
    assert_eq!(world.cloud.published(function), [10, 2, 3, 9, 11]);
    assert_eq!(world.cloud.published(Versioned::Layer(LAYER)), [2, 3]);
}

#[test]
fn the_version_of_the_stack_stays_whatever_is_asked() {
    let world = standing();
    let next = pruning(&world, 256, 0);
    let (_, plan) = world.plan(&next).expect("a plan");
    let numbers = plan.old_versions.first().map(|old| old.numbers.clone());
    assert_eq!(numbers, Some(vec![1, 3, 9]));
}

#[test]
fn without_a_change_nothing_is_deleted() {
    let world = standing();
    let same = pruning(&world, 128, 1);
    let (session, plan) = world.plan(&same).expect("a plan");
    assert_eq!(
        (plan.course.clone(), plan.old_versions.len()),
        (Course::Nothing, 0)
    );
    world.apply(&session, &same, &plan).expect("it stands");
    assert_eq!(
        world.cloud.published(Versioned::Function(FUNCTION)).len(),
        5
    );
}

#[test]
fn what_is_to_be_called_after_a_deploy_is_called_once_it_stands() {
    let world = World::new();
    let desired = Desired {
        calls: vec![
            (FUNCTION.into(), "{}".into()),
            ("not-there".into(), "{}".into()),
        ],
        ..world.desired(SHOP)
    };
    let (session, plan) = world.plan(&desired).expect("a plan");
    world.apply(&session, &desired, &plan).expect("it stands");
    let told = format!("{:?}", world.told.lock().expect("no panic before"));
    assert!(told.contains(&format!("Called `{FUNCTION}`")), "{told}");
    assert!(told.contains("`not-there` could not be called"), "{told}");
}

#[test]
fn a_deploy_that_is_done_does_not_fail_for_an_old_version() {
    let world = standing();
    let next = pruning(&world, 256, 2);
    let (session, plan) = world.plan(&next).expect("a plan");
    world
        .cloud
        .fail_next("lambda:DeleteFunction", pilothouse_testkit::Fault::Broken);
    world
        .apply(&session, &next, &plan)
        .expect("it stands all the same");
    let told = world.told.lock().expect("no panic before");
    let told = format!("{told:?}");
    assert!(told.contains("could not be deleted"), "{told}");
}
