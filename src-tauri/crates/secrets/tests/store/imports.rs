//! Many at once: what was shown is what is written, and a report that is true.

use std::sync::atomic::Ordering;

use pilothouse_effects::{CloudProblem, ParameterKind};
use pilothouse_model::Verb;
use pilothouse_secrets::{Fate, Imported, SecretProblem, Wanted, apply, plan};
use pilothouse_testkit::Fault;
use proptest::prelude::*;

use crate::world::{World, key, wanted};

#[tokio::test]
async fn an_import_writes_what_it_showed_and_nothing_else() {
    let world = World::new();
    world.cloud.store("/s/same", "1", ParameterKind::Secure);
    world.cloud.store("/s/changed", "old", ParameterKind::Text);
    world.cloud.store("/s/other", "other", ParameterKind::Text);
    let values = vec![
        wanted("/s/new", "n"),
        wanted("/s/same", "1"),
        wanted("/s/changed", "new"),
        wanted("/s/empty", ""),
        wanted("/s/new", "again"),
    ];
    let planned = plan(&world.means(), &key(), values).await.expect("a plan");
    let fates: Vec<&str> = planned
        .rows()
        .iter()
        .map(|row| match row.fate {
            Fate::Added => "added",
            Fate::Changed { version: 1, .. } => "changed",
            Fate::Same { .. } => "same",
            Fate::Refused(_) => "refused",
            _ => "other",
        })
        .collect();
    assert_eq!(fates, ["added", "same", "changed", "refused", "refused"]);
    assert_eq!((planned.writes(), planned.refused()), (2, 2));
    let done = apply(&world.session(Verb::ImportSecrets), &planned)
        .await
        .expect("it is written");
    assert_eq!(
        done.written
            .iter()
            .map(|one| one.name.as_str())
            .collect::<Vec<_>>(),
        ["/s/new", "/s/changed"]
    );
    assert_eq!(world.value("/s/changed"), Some(("new".to_owned(), 2)));
    assert_eq!(world.value("/s/same"), Some(("1".to_owned(), 1)));
    assert_eq!(world.value("/s/other"), Some(("other".to_owned(), 1)));
    assert_eq!(
        world
            .cloud
            .stored_facts("/s/changed")
            .expect("facts")
            .0
            .kind,
        ParameterKind::Text,
        "it keeps its type"
    );
}

#[tokio::test]
async fn what_somebody_changed_after_the_look_is_left_alone() {
    let world = World::new();
    world.cloud.store("/s/a", "old", ParameterKind::Secure);
    let planned = plan(
        &world.means(),
        &key(),
        vec![wanted("/s/a", "mine"), wanted("/s/b", "mine")],
    )
    .await;
    let planned = planned.expect("a plan");
    world.cloud.store("/s/a", "theirs", ParameterKind::Secure);
    world.cloud.store("/s/b", "theirs", ParameterKind::Secure);
    let done = apply(&world.session(Verb::ImportSecrets), &planned)
        .await
        .expect("it ends");
    assert_eq!(
        done,
        Imported {
            written: Vec::new(),
            moved: vec!["/s/a".to_owned(), "/s/b".to_owned()]
        }
    );
    assert_eq!(world.value("/s/a"), Some(("theirs".to_owned(), 2)));
    assert_eq!(world.value("/s/b"), Some(("theirs".to_owned(), 1)));
}

fn five_hundred() -> Vec<Wanted> {
    (0..500)
        .map(|number| wanted(&format!("/big/p{number:03}"), &format!("v{number}")))
        .collect()
}

#[tokio::test]
async fn credentials_that_expire_half_way_leave_a_true_report_and_the_rest_to_the_same_command() {
    let world = World::new();
    world
        .cloud
        .fail_calls("ssm:PutParameter", 237, u32::MAX, Fault::Expired);
    let planned = plan(&world.means(), &key(), five_hundred())
        .await
        .expect("a plan");
    assert_eq!(planned.writes(), 500);
    let stopped = apply(&world.session(Verb::ImportSecrets), &planned)
        .await
        .expect_err("it stops");
    let SecretProblem::Stopped {
        written,
        left,
        problem,
    } = stopped
    else {
        panic!("{stopped}");
    };
    assert_eq!((written.len(), left.len()), (237, 263));
    assert!(matches!(
        *problem,
        SecretProblem::Cloud(CloudProblem::Credentials { .. })
    ));
    assert!(written.iter().all(|name| world.value(name).is_some()));
    assert!(left.iter().all(|name| world.value(name).is_none()));

    let fresh = World {
        cloud: world.cloud.clone(),
        ..World::new()
    };
    world.cloud.mend();
    let planned = plan(&fresh.means(), &key(), five_hundred())
        .await
        .expect("a plan");
    assert_eq!(planned.writes(), 263, "what was written is found the same");
    let done = apply(&fresh.session(Verb::ImportSecrets), &planned)
        .await
        .expect("the rest");
    assert_eq!(done.written.len(), 263);
    for number in 0..500 {
        assert_eq!(
            world.value(&format!("/big/p{number:03}")),
            Some((format!("v{number}"), 1))
        );
    }
}

#[tokio::test]
async fn an_import_stops_between_two_parameters_when_it_is_asked_to() {
    let world = World::new();
    let planned = plan(&world.means(), &key(), five_hundred())
        .await
        .expect("a plan");
    world.stop.store(true, Ordering::SeqCst);
    let stopped = apply(&world.session(Verb::ImportSecrets), &planned)
        .await
        .expect_err("it stops");
    assert!(
        matches!(stopped, SecretProblem::Stopped { ref left, .. } if left.len() == 500),
        "{stopped}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever goes wrong and wherever, what is told to be written is written, nothing else is, and repeating the
    /// import until it ends brings about what was wanted.
    #[test]
    fn an_import_converges_whatever_goes_wrong(
        standing in prop::collection::btree_map("[a-f]", "[xy]", 0..6),
        wanted_values in prop::collection::btree_map("[a-f]", "[xyz]", 1..6),
        faults in prop::collection::vec((1_u32..12, prop::sample::select(vec![Fault::Lost, Fault::Unsent, Fault::Throttled, Fault::Expired, Fault::Broken])), 0..3),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            let world = World::new();
            for (name, value) in &standing {
                world.cloud.store(&format!("/s/{name}"), value, ParameterKind::Secure);
            }
            let mut faults = faults.into_iter();
            for _ in 0..5 {
                match faults.next() {
                    Some((number, fault)) => world.cloud.fail_call(number, fault),
                    None => world.cloud.fail_call(u32::MAX, Fault::Broken),
                }
                let values = wanted_values.iter().map(|(name, value)| wanted(&format!("/s/{name}"), value)).collect();
                let Ok(planned) = plan(&world.means(), &key(), values).await else { continue };
                match apply(&world.session(Verb::ImportSecrets), &planned).await {
                    Ok(done) => assert!(done.moved.is_empty()),
                    Err(SecretProblem::Stopped { written, .. }) => {
                        for name in written {
                            let of = name.strip_prefix("/s/").expect("a name");
                            assert_eq!(world.value(&name).map(|(value, _)| value).as_ref(), wanted_values.get(of));
                        }
                    }
                    Err(problem) => panic!("{problem}"),
                }
            }
            for (name, value) in &standing {
                let wanted = wanted_values.get(name).unwrap_or(value);
                let (now, version) = world.value(&format!("/s/{name}")).expect("it stays");
                assert_eq!((&now, version), (wanted, if wanted == value { 1 } else { 2 }));
            }
            for (name, value) in &wanted_values {
                assert_eq!(world.value(&format!("/s/{name}")).map(|(value, _)| value).as_ref(), Some(value));
            }
        });
    }
}
