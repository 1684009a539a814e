//! One parameter: written over what was seen, never sent unnoted.

use pilothouse_effects::{CloudProblem, ParameterFacts, ParameterKind, ParameterTier};
use pilothouse_model::{Outcome, Verb};
use pilothouse_secrets::{Edit, SecretProblem, label, remove, set, unlabel};
use pilothouse_testkit::Fault;

use crate::world::{World, edit};

#[tokio::test]
async fn a_version_is_written_over_the_one_that_was_seen_and_over_no_other() {
    let world = World::new();
    let done = set(&world.session(Verb::SetSecret), &edit("/p", "one", None))
        .await
        .expect("new");
    assert_eq!((done.version, done.overtaken), (1, Vec::new()));
    let again = set(&world.session(Verb::SetSecret), &edit("/p", "two", None)).await;
    assert!(
        matches!(again, Err(SecretProblem::Exists { version: 1, .. })),
        "{again:?}"
    );
    set(&world.session(Verb::SetSecret), &edit("/p", "two", Some(1)))
        .await
        .expect("seen");
    let late = set(
        &world.session(Verb::SetSecret),
        &edit("/p", "three", Some(1)),
    )
    .await;
    assert!(
        matches!(
            late,
            Err(SecretProblem::Moved {
                seen: 1,
                now: 2,
                ..
            })
        ),
        "{late:?}"
    );
    let gone = set(&world.session(Verb::SetSecret), &edit("/q", "x", Some(1))).await;
    assert!(
        matches!(gone, Err(SecretProblem::Missing { .. })),
        "{gone:?}"
    );
    assert_eq!(world.value("/p"), Some(("two".to_owned(), 2)));
    assert_eq!(world.value("/q"), None);
}

#[tokio::test]
async fn what_is_not_said_stays_as_it_is() {
    let world = World::new();
    let first = Edit {
        kind: Some(ParameterKind::Secure),
        key: Some("alias/polls".to_owned()),
        tier: Some(ParameterTier::Advanced),
        description: Some("For the queue".to_owned()),
        pattern: Some("^[a-z]+$".to_owned()),
        policies: Some(r#"[{"Type":"NoChangeNotification","Version":"1.0","Attributes":{"After":"20","Unit":"Days"}}]"#.to_owned()),
        tags: vec![("team".to_owned(), "polls".to_owned())],
        ..edit("/p", "one", None)
    };
    set(&world.session(Verb::SetSecret), &first)
        .await
        .expect("new");
    let before = world.cloud.stored_facts("/p").expect("it is there");
    set(&world.session(Verb::SetSecret), &edit("/p", "two", Some(1)))
        .await
        .expect("value alone");
    let kept = Edit {
        value: None,
        description: Some("Other".to_owned()),
        ..edit("/p", "", Some(2))
    };
    set(&world.session(Verb::SetSecret), &kept)
        .await
        .expect("description alone");
    let after = world.cloud.stored_facts("/p").expect("it is there");
    let expected = ParameterFacts {
        version: 3,
        description: Some("Other".to_owned()),
        ..before.0.clone()
    };
    assert_eq!((after.0, after.2), (expected, before.2));
    assert_eq!(world.value("/p"), Some(("two".to_owned(), 3)));
    let smaller = Edit {
        tier: Some(ParameterTier::Standard),
        ..edit("/p", "x", Some(3))
    };
    let smaller = set(&world.session(Verb::SetSecret), &smaller).await;
    assert!(
        matches!(smaller, Err(SecretProblem::SmallerTier { .. })),
        "{smaller:?}"
    );
    let other = Edit {
        kind: Some(ParameterKind::Text),
        ..edit("/p", "x", Some(3))
    };
    let other = set(&world.session(Verb::SetSecret), &other).await;
    assert!(
        matches!(other, Err(SecretProblem::OtherKind { .. })),
        "{other:?}"
    );
}

#[tokio::test]
async fn what_aws_would_refuse_is_never_sent_and_leaves_no_trace() {
    let world = World::new();
    let wrong = edit("/aws/p", "", None);
    let problem = set(&world.session(Verb::SetSecret), &wrong)
        .await
        .expect_err("it is refused");
    let SecretProblem::Rules { broken, .. } = problem else {
        panic!("{problem}");
    };
    assert_eq!(
        broken.iter().map(|one| one.part).collect::<Vec<_>>(),
        ["name", "value"]
    );
    assert!(world.journal.all().is_empty());
}

#[tokio::test]
async fn an_intent_is_in_the_journal_before_each_call_and_no_value_ever_is() {
    let world = World::new();
    let session = world.session(Verb::SetSecret);
    let written = set(&session, &edit("/p", "hunter2", None)).await;
    session
        .close(written, |written| format!("version {}", written.version))
        .expect("closed");
    let session = world.session(Verb::LabelSecret);
    label(&session, "/p", 1, &["live".to_owned()])
        .await
        .expect("labelled");
    unlabel(&session, "/p", 1, &["live".to_owned()])
        .await
        .expect("unlabelled");
    let session = world.session(Verb::RemoveSecrets);
    remove(&session, &["/p".to_owned()]).await.expect("removed");
    let lines = world.trace.lines();
    let expected = [
        "intend ssm:PutParameter",
        "call ssm:PutParameter",
        "intend ssm:LabelParameterVersion",
        "call ssm:LabelParameterVersion",
        "intend ssm:UnlabelParameterVersion",
        "call ssm:UnlabelParameterVersion",
        "intend ssm:DeleteParameters",
        "call ssm:DeleteParameters",
    ];
    assert_eq!(lines, expected);
    let all = world.journal.all();
    assert!(!format!("{all:?}").contains("hunter2"));
    let (outcome, words, _) = all[0].end.clone().expect("it ended");
    assert_eq!((outcome, words.as_str()), (Outcome::Done, "version 1"));
    assert_eq!(all[0].steps[0].result.as_deref(), Some("version 1"));
}

#[tokio::test]
async fn an_answer_that_is_lost_is_looked_up() {
    let world = World::new();
    world.cloud.fail_next("ssm:PutParameter", Fault::Lost);
    let done = set(&world.session(Verb::SetSecret), &edit("/p", "one", None)).await;
    assert_eq!(done.expect("it is found to have been written").version, 1);
    world.cloud.fail_next("ssm:PutParameter", Fault::Unsent);
    let lost = set(&world.session(Verb::SetSecret), &edit("/p", "two", Some(1))).await;
    assert!(
        matches!(
            lost,
            Err(SecretProblem::Cloud(CloudProblem::NoAnswer { .. }))
        ),
        "{lost:?}"
    );
    assert_eq!(
        world.value("/p"),
        Some(("one".to_owned(), 1)),
        "and it is never sent twice"
    );
}
