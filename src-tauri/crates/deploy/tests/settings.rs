//! How CloudFormation is to make a change: its role, who hears of it, and the alarms that take it back.
#![expect(clippy::expect_used, reason = "a test may panic")]

mod world;

use pilothouse_deploy::{DeployProblem, Desired, Moved};
use pilothouse_effects::{Sealing, StackSettings};
use pilothouse_model::{Course, Plan};
use serde_json::json;
use world::{BUCKET, SHOP, Shop, World};

#[test]
fn every_change_is_asked_with_the_settings_of_the_stack() {
    let world = World::new();
    let settings = StackSettings {
        role: Some("arn:aws:iam::111111111111:role/deploys".into()),
        notification_arns: vec!["arn:aws:sns:eu-west-1:111111111111:changes".into()],
        alarms: Some(vec![
            "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:health".into(),
        ]),
        alarm_minutes: Some(20),
        ..StackSettings::default()
    };
    let desired = Desired {
        settings: settings.clone(),
        ..world.desired(SHOP)
    };
    let (session, plan) = world.plan(&desired).expect("a plan");
    world.apply(&session, &desired, &plan).expect("it stands");
    let asked = world.cloud.all_settings();
    assert!(!asked.is_empty());
    // The one that makes the stack with its bucket, too.
    assert!(asked.iter().all(|one| *one == settings), "{asked:?}");
}

fn deployed(world: &World, desired: &Desired) {
    let (session, plan) = world.plan(desired).expect("a plan");
    world.apply(&session, desired, &plan).expect("it stands");
}

fn stack_row(plan: &Plan) -> Vec<(String, Option<String>, Option<String>)> {
    let row = plan
        .rows
        .iter()
        .find(|row| row.resource_type == "AWS::CloudFormation::Stack");
    let places = row.into_iter().flat_map(|row| row.properties.clone());
    places
        .map(|place| (place.path, place.before, place.after))
        .collect()
}

#[test]
fn settings_that_no_change_set_sees_are_shown_and_set_when_nothing_else_changes() {
    let world = World::new();
    let stands = world.desired(SHOP);
    deployed(&world, &stands);
    let topic = "arn:aws:sns:eu-west-1:111111111111:changes";
    let wanted = |minutes| Desired {
        settings: StackSettings {
            notification_arns: vec![topic.into()],
            alarm_minutes: Some(minutes),
            ..StackSettings::default()
        },
        ..stands.clone()
    };
    let desired = wanted(20);
    let (session, plan) = world.plan(&desired).expect("a plan");
    assert_eq!(plan.course, Course::Settings);
    assert_eq!(
        stack_row(&plan),
        [
            (
                "NotificationARNs".into(),
                Some("none".into()),
                Some(topic.into())
            ),
            (
                "RollbackConfiguration.MonitoringTimeInMinutes".into(),
                Some("0".into()),
                Some("20".into())
            ),
        ]
    );
    let applied = world.apply(&session, &desired, &plan).expect("it stands");
    assert_eq!(applied.stack.settings.notification_arns, [topic]);
    assert_eq!(applied.stack.settings.alarm_minutes, Some(20));
    drop(session);
    let (_, again) = world.plan(&wanted(20)).expect("a plan");
    assert_eq!(again.course, Course::Nothing);
    let (session, other) = world.plan(&wanted(30)).expect("a plan");
    let moved = world.apply(&session, &wanted(40), &other);
    assert!(
        matches!(&moved, Err(DeployProblem::Moved(what)) if what == &[Moved::Settings]),
        "{moved:?}"
    );
}

fn with_tags(world: &World, tags: &[(&str, &str)]) -> Desired {
    let tags = tags.iter();
    Desired {
        tags: tags
            .map(|(key, value)| ((*key).into(), (*value).into()))
            .collect(),
        ..world.desired(SHOP)
    }
}

#[test]
fn a_tag_that_is_taken_out_is_shown_and_taken_away() {
    let world = World::new();
    deployed(
        &world,
        &with_tags(&world, &[("STAGE", "dev"), ("owner", "library")]),
    );
    let desired = with_tags(&world, &[("STAGE", "dev")]);
    let (session, plan) = world.plan(&desired).expect("a plan");
    assert_ne!(plan.course, Course::Nothing);
    let gone = (
        "Tags.owner".into(),
        Some("library".into()),
        Some("none".into()),
    );
    assert_eq!(stack_row(&plan), [gone]);
    let applied = world.apply(&session, &desired, &plan).expect("it stands");
    let left: Vec<&String> = applied.stack.tags.keys().collect();
    assert_eq!(left, ["STAGE"]);
    drop(session);
    let (_, again) = world
        .plan(&with_tags(&world, &[("STAGE", "dev")]))
        .expect("a plan");
    assert_eq!(again.course, Course::Nothing);
}

#[test]
fn tags_that_are_of_aws_stay() {
    let world = World::new();
    let application = (
        "awsApplication",
        "arn:aws:resource-groups:eu-west-1:1:group/a",
    );
    deployed(&world, &with_tags(&world, &[("STAGE", "dev"), application]));
    let (_, same) = world
        .plan(&with_tags(&world, &[("STAGE", "dev")]))
        .expect("a plan");
    assert_eq!(same.course, Course::Nothing);
    let desired = with_tags(&world, &[("STAGE", "dev"), ("owner", "library")]);
    let (session, plan) = world.plan(&desired).expect("a plan");
    assert_eq!(stack_row(&plan).len(), 1);
    let applied = world.apply(&session, &desired, &plan).expect("it stands");
    let mut left: Vec<&str> = applied.stack.tags.keys().map(String::as_str).collect();
    left.sort_unstable();
    assert_eq!(left, ["STAGE", "awsApplication", "owner"]);
}

#[test]
fn topics_and_alarms_that_are_taken_out_alone_are_shown_and_taken_away() {
    let world = World::new();
    let stands = world.desired(SHOP);
    let with = |topics: &[&str], alarms: &[&str]| Desired {
        settings: StackSettings {
            notification_arns: topics.iter().map(|arn| (*arn).to_owned()).collect(),
            alarms: Some(alarms.iter().map(|arn| (*arn).to_owned()).collect()),
            ..StackSettings::default()
        },
        ..stands.clone()
    };
    deployed(&world, &with(&["t:1", "t:2"], &["a:1"]));
    for (topics, alarms, path) in [
        (&["t:2"] as &[&str], &["a:1"] as &[&str], "NotificationARNs"),
        (&[], &["a:1"], "NotificationARNs"),
        (&[], &[], "RollbackConfiguration.RollbackTriggers"),
    ] {
        let desired = with(topics, alarms);
        let (session, plan) = world.plan(&desired).expect("a plan");
        assert_eq!(plan.course, Course::Settings);
        let told: Vec<String> = stack_row(&plan)
            .into_iter()
            .map(|(path, ..)| path)
            .collect();
        assert_eq!(told, [path]);
        let applied = world.apply(&session, &desired, &plan).expect("it stands");
        assert_eq!(applied.stack.settings.notification_arns, topics);
        assert_eq!(
            applied.stack.settings.alarms.as_deref().unwrap_or_default(),
            alarms
        );
    }
    let (_, again) = world.plan(&with(&[], &[])).expect("a plan");
    assert_eq!(again.course, Course::Nothing);
}

#[test]
fn a_policy_is_set_when_the_stack_stands_and_only_when_it_is_another_one() {
    let world = World::new();
    let with = |effect: &str| Desired {
        policy: Some(
            json!({"Statement": [{"Effect": effect, "Action": "Update:*", "Principal": "*", "Resource": "*"}]}),
        ),
        ..world.desired(SHOP)
    };
    deployed(&world, &with("Allow"));
    let policy = world.cloud.policy_of("shop-dev").expect("a policy");
    assert!(policy.contains("Allow"), "{policy}");
    let (_, same) = world.plan(&with("Allow")).expect("a plan");
    assert_eq!(same.course, Course::Nothing);
    // What the service says nothing of is left alone.
    let (_, silent) = world.plan(&world.desired(SHOP)).expect("a plan");
    assert_eq!(silent.course, Course::Nothing);
    let desired = with("Deny");
    let (session, plan) = world.plan(&desired).expect("a plan");
    assert_eq!(plan.course, Course::Settings);
    assert_eq!(stack_row(&plan)[0].0, "StackPolicy");
    world.apply(&session, &desired, &plan).expect("it stands");
    let policy = world.cloud.policy_of("shop-dev").expect("a policy");
    assert!(policy.contains("Deny"), "{policy}");
}

fn with_parameter(world: &World, value: Option<&str>, hidden: bool) -> Desired {
    let mut desired = world.desired(SHOP);
    desired.update.section_mut("Parameters").insert(
        "Size".into(),
        json!({"Type": "String", "Default": "small", "NoEcho": hidden}),
    );
    if let Some(value) = value {
        let parameters = &mut desired.settings.parameters;
        parameters.insert("Size".into(), Some(value.into()));
    }
    desired
}

#[test]
fn parameters_are_given_to_the_templates_that_have_them_and_shown_when_they_change() {
    let world = World::new();
    deployed(&world, &with_parameter(&world, Some("big"), false));
    let asked = world.cloud.all_settings();
    let given: Vec<usize> = asked.iter().map(|one| one.parameters.len()).collect();
    assert_eq!(given, [0, 1], "the first template has no parameters");
    let (_, same) = world
        .plan(&with_parameter(&world, Some("big"), false))
        .expect("a plan");
    assert_eq!(same.course, Course::Nothing);
    for (value, after) in [(Some("huge"), "huge"), (None, "small")] {
        let (session, plan) = world
            .plan(&with_parameter(&world, value, false))
            .expect("a plan");
        assert!(matches!(plan.course, Course::Whole { .. }), "{plan:?}");
        assert_eq!(
            stack_row(&plan),
            [(
                "Parameters.Size".into(),
                Some("big".into()),
                Some(after.into())
            )]
        );
        drop(session);
    }
}

#[test]
fn a_parameter_that_aws_does_not_show_is_in_no_plan() {
    let world = World::new();
    deployed(&world, &with_parameter(&world, Some("secret-1"), true));
    let (_, plan) = world
        .plan(&with_parameter(&world, Some("secret-2"), true))
        .expect("a plan");
    assert!(matches!(plan.course, Course::Whole { .. }), "{plan:?}");
    assert!(!format!("{plan:?}").contains("secret"), "{plan:?}");
}

#[test]
fn where_rollback_is_off_what_was_made_stays_and_the_next_deploy_goes_on_from_it() {
    let world = World::new();
    deployed(&world, &world.desired(SHOP));
    let kept = |memory| Desired {
        settings: StackSettings {
            disable_rollback: true,
            ..StackSettings::default()
        },
        ..world.desired(Shop { memory, ..SHOP })
    };
    world.cloud.refuse(Some("HelloLambdaFunction"));
    let desired = kept(256);
    let (session, plan) = world.plan(&desired).expect("a plan");
    let failed = world.apply(&session, &desired, &plan);
    let Err(DeployProblem::Failed(failure)) = failed else {
        panic!("{failed:?}");
    };
    assert_eq!(failure.status, "UPDATE_FAILED");
    drop(session);
    world.cloud.refuse(None);
    assert!(
        matches!(
            world.plan(&world.desired(SHOP)),
            Err(DeployProblem::Stuck { .. })
        ),
        "without the setting a person decides"
    );
    let desired = kept(512);
    let (session, plan) = world.plan(&desired).expect("a plan");
    let applied = world.apply(&session, &desired, &plan).expect("it stands");
    assert_eq!(applied.stack.status, "UPDATE_COMPLETE");
}

#[test]
fn every_file_of_a_release_is_encrypted_as_the_bucket_of_the_service_says() {
    let world = World::new();
    let sealing = Sealing {
        method: Some("aws:kms".into()),
        key: Some("arn:aws:kms:eu-west-1:111111111111:key/k".into()),
    };
    let desired = || Desired {
        sealing: sealing.clone(),
        ..world.desired(SHOP)
    };
    deployed(&world, &desired());
    // What is copied from the release before, too.
    let mut again = desired();
    again.tags.insert("A".into(), "b".into());
    deployed(&world, &again);
    let all = world.cloud.sealings(BUCKET);
    assert!(all.len() >= 4, "{all:?}");
    assert!(all.iter().all(|one| *one == sealing), "{all:?}");
}
