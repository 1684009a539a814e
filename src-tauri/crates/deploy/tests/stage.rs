//! Settings of an API's stage: shown by a plan, set when the stack stands, and left alone when they are as wanted.

mod world;

use indexmap::IndexMap;
use pilothouse_deploy::{Desired, DesiredStage};
use pilothouse_model::{Change, Course};
use world::{SHOP, World};

/// What plays the API, and its id in the cloud.
const API: &str = "Orders";
const API_ID: &str = "shop-dev-orders";

fn with(world: &World, settings: &[(&str, Option<&str>)], tags: &[(&str, &str)]) -> Desired {
    let text = |text: &&str| (*text).to_owned();
    let tags: IndexMap<String, String> = tags.iter().map(|(k, v)| (text(k), text(v))).collect();
    Desired {
        api_stage: Some(DesiredStage {
            api: API.into(),
            name: "dev".into(),
            settings: settings
                .iter()
                .map(|(name, value)| (text(name), value.as_ref().map(text)))
                .collect(),
            log_group: Some("/aws/api-gateway/shop-dev".into()),
            tags: (!tags.is_empty()).then_some(tags),
        }),
        ..world.desired(SHOP)
    }
}

#[expect(clippy::expect_used, reason = "a test may panic")]
fn deploy(world: &World, desired: &Desired) -> Course {
    let (session, plan) = world.plan(desired).expect("a plan");
    world.apply(&session, desired, &plan).expect("it stands");
    plan.course
}

fn set(world: &World) -> Vec<String> {
    let settings = world.cloud.stage_settings(API_ID, "dev");
    settings
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect()
}

#[test]
fn settings_are_set_after_the_stack_and_shown_before() {
    let world = World::new();
    let first = with(
        &world,
        &[
            ("/tracingEnabled", Some("true")),
            ("/*/*/metrics/enabled", Some("false")),
        ],
        &[("team", "a"), ("old", "x")],
    );
    let (_, plan) = world.plan(&first).expect("a plan");
    let row = plan.rows.last().expect("a row");
    assert_eq!(
        (row.resource_type.as_str(), row.change),
        ("AWS::ApiGateway::Stage", Change::Modify)
    );
    deploy(&world, &first);
    assert_eq!(
        set(&world),
        [
            "/accessLogSettings/destinationArn=arn:aws:logs:eu-west-1:111111111111:log-group:/aws/api-gateway/shop-dev",
            "/tracingEnabled=true",
            "tag:old=x",
            "tag:team=a"
        ],
        "what was never set is off, and need not be switched off"
    );

    let same = with(
        &world,
        &[("/tracingEnabled", Some("true"))],
        &[("team", "a"), ("old", "x")],
    );
    assert_eq!(deploy(&world, &same), Course::Nothing);

    let other = with(
        &world,
        &[("/tracingEnabled", Some("false"))],
        &[("team", "b")],
    );
    let (_, plan) = world.plan(&other).expect("a plan");
    assert_eq!(plan.rows.len(), 1, "{:#?}", plan.rows);
    assert_eq!(deploy(&world, &other), Course::Settings);
    assert_eq!(set(&world)[1..], ["/tracingEnabled=false", "tag:team=b"]);
    let intents = world.trace.lines();
    let calls = intents
        .iter()
        .filter(|line| *line == "call apigateway:UpdateStage");
    assert_eq!(calls.count(), 2);
}
