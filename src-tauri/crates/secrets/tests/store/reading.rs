//! Lists, values and versions.

use std::time::{Duration, SystemTime};

use pilothouse_effects::{
    Clock as _, CloudProblem, ParameterFilter, ParameterKind, Parameters as _,
};
use pilothouse_model::Verb;
use pilothouse_secrets::{SecretProblem, history, list, show, values};
use pilothouse_testkit::Fault;

use crate::world::World;

#[tokio::test]
async fn a_list_is_read_in_pages_and_narrowed_to_a_path() {
    let world = World::new();
    for number in 0..10_000 {
        world
            .cloud
            .store(&format!("/many/p{number:05}"), "x", ParameterKind::Text);
    }
    world
        .cloud
        .store("/many-others/x", "x", ParameterKind::Text);
    let mut pages = Vec::new();
    let filter = ParameterFilter::Under("/many".to_owned());
    let read = list(&world.means(), Some(&filter), Some(10_000), &mut |page| {
        pages.push(page.len());
        true
    })
    .await
    .expect("a list");
    assert_eq!(
        (read, pages.len(), pages.iter().max()),
        (10_000, 200, Some(&50))
    );

    let mut heard = 0;
    let read = list(&world.means(), Some(&filter), None, &mut |_| {
        heard += 1;
        heard < 3
    })
    .await;
    assert_eq!(
        read.expect("a list"),
        150,
        "it ends when nobody listens any more"
    );
}

#[tokio::test]
async fn values_are_read_in_tens_and_a_refusal_is_waited_for_and_told() {
    let world = World::new();
    let names: Vec<String> = (0..95).map(|number| format!("/p/{number:02}")).collect();
    names
        .iter()
        .for_each(|name| world.cloud.store(name, name, ParameterKind::Secure));
    world
        .cloud
        .fail_calls("ssm:GetParameters", 4, 3, Fault::Throttled);
    world.cloud.fail_call(u32::MAX, Fault::Broken);
    let before = world.clock.now();
    let found = values(&world.means(), &names).await.expect("values");
    assert_eq!(found.len(), 95);
    assert!(found.iter().all(|one| one.value.expose() == one.name));
    assert_eq!(
        world.cloud.calls(),
        10 + 3,
        "ten by ten, and the three that were turned away"
    );
    let waits = world.waits();
    assert_eq!(
        waits
            .iter()
            .map(|wait| (wait.0, wait.1))
            .collect::<Vec<_>>(),
        [(40, Some(95)); 3]
    );
    assert!(
        waits.windows(2).all(|pair| pair[0].2 < pair[1].2),
        "each longer: {waits:?}"
    );
    let passed = world
        .clock
        .now()
        .duration_since(before)
        .expect("time passed");
    let waited: Duration = waits.iter().map(|wait| wait.2).sum();
    assert!(
        passed > waited,
        "and the pace stays slower for a while: {passed:?}, {waited:?}"
    );
}

#[tokio::test]
async fn what_goes_on_being_refused_ends_with_that_problem() {
    let world = World::new();
    world.cloud.store("/p", "x", ParameterKind::Text);
    world
        .cloud
        .fail_calls("ssm:GetParameters", 0, 100, Fault::Throttled);
    let problem = values(&world.means(), &["/p".to_owned()])
        .await
        .expect_err("it ends");
    assert!(
        matches!(
            problem,
            SecretProblem::Cloud(CloudProblem::Throttled { .. })
        ),
        "{problem}"
    );
    assert_eq!(world.waits().len(), 7);
}

#[tokio::test]
async fn a_value_is_shown_once_it_is_noted_who_asked() {
    let world = World::new();
    world.cloud.store("/p", "one", ParameterKind::Secure);
    world.cloud.store("/p", "two", ParameterKind::Secure);
    let session = world.session(Verb::RevealSecret);
    let found = show(&session, "/p:1").await.expect("it is shown");
    assert_eq!((found.value.expose(), found.version), ("one", 1));
    let noted = &world.journal.all()[0];
    assert_eq!(noted.start.principal, "arn:aws:iam::111111111111:user/me");
    assert_eq!(noted.steps[0].intent.subject, "/p:1");
    assert_eq!(
        noted.steps[0].result.as_deref(),
        Some("version 1 was given out")
    );
    let missing = show(&world.session(Verb::RevealSecret), "/p:7").await;
    assert!(matches!(missing, Err(SecretProblem::Missing { .. })));
}

#[tokio::test]
async fn a_parameter_that_is_not_there_has_no_history() {
    let world = World::new();
    assert!(matches!(
        history(&world.means(), "/none").await,
        Err(SecretProblem::Missing { .. })
    ));
    assert_eq!(
        world
            .cloud
            .value("/none")
            .await
            .expect("an answer")
            .map(|one| one.version),
        None
    );
    assert!(world.clock.now() > SystemTime::UNIX_EPOCH);
}
