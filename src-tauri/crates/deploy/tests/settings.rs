//! How CloudFormation is to make a change: its role, who hears of it, and the alarms that take it back.

mod world;

use pilothouse_deploy::Desired;
use pilothouse_effects::StackSettings;
use world::{SHOP, World};

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
