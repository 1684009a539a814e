//! Deletion, and the way back.

use pilothouse_effects::{ParameterFacts, ParameterKind};
use pilothouse_model::Verb;
use pilothouse_secrets::{Edit, SecretProblem, keep, label, put_back, remove, set};
use pilothouse_testkit::Fault;

use crate::world::{World, edit};

#[tokio::test]
async fn what_is_deleted_can_be_put_back_with_all_but_its_history() {
    let world = World::new();
    let first = Edit {
        key: Some("alias/polls".to_owned()),
        description: Some("For the queue".to_owned()),
        tags: vec![("team".to_owned(), "polls".to_owned())],
        ..edit("/p", "one", None)
    };
    set(&world.session(Verb::SetSecret), &first)
        .await
        .expect("new");
    set(&world.session(Verb::SetSecret), &edit("/p", "two", Some(1)))
        .await
        .expect("second");
    label(
        &world.session(Verb::LabelSecret),
        "/p",
        2,
        &["live".to_owned()],
    )
    .await
    .expect("label");
    let before = world.cloud.stored_facts("/p").expect("facts");
    let kept = keep(&world.means(), vec![before.0.clone()])
        .await
        .expect("it is remembered");
    let gone = remove(&world.session(Verb::RemoveSecrets), &["/p".to_owned()])
        .await
        .expect("deleted");
    assert_eq!((gone, world.value("/p")), (vec!["/p".to_owned()], None));
    put_back(&world.session(Verb::PutBackSecrets), &kept)
        .await
        .expect("made again");
    let after = world.cloud.stored_facts("/p").expect("facts");
    assert_eq!(
        after,
        (
            ParameterFacts {
                version: 1,
                ..before.0
            },
            before.1,
            before.2
        )
    );
    assert_eq!(world.value("/p"), Some(("two".to_owned(), 1)));
    let again = put_back(&world.session(Verb::PutBackSecrets), &kept)
        .await
        .expect("nothing to do");
    assert!(again.is_empty(), "what exists again is left alone");
}

#[tokio::test]
async fn a_deletion_that_is_cut_off_tells_what_is_gone() {
    let world = World::new();
    let names: Vec<String> = (0..25).map(|number| format!("/p/{number:02}")).collect();
    names
        .iter()
        .for_each(|name| world.cloud.store(name, "x", ParameterKind::Text));
    world
        .cloud
        .fail_calls("ssm:DeleteParameters", 2, 1, Fault::Denied);
    let stopped = remove(&world.session(Verb::RemoveSecrets), &names)
        .await
        .expect_err("it stops");
    let SecretProblem::Stopped { written, left, .. } = stopped else {
        panic!("{stopped}");
    };
    assert_eq!((written.len(), left.len()), (20, 5));
    assert!(left.iter().all(|name| world.value(name).is_some()));
}
