//! Layers that did not change are neither uploaded nor published again, and their archive outlives its release.

mod world;

use std::collections::BTreeMap;

use pilothouse_deploy::{Desired, DesiredArchive, keep_layers};
use pilothouse_model::{Course, Digest, Verb};
use serde_json::json;
use world::{SHOP, Shop, World, wait};

/// The service with a layer of this content.
fn with_layer(world: &World, code: &'static str, content: &str) -> Desired {
    let mut desired = world.desired(Shop { code, ..SHOP });
    let key = format!("{}/shared.zip", desired.release);
    let layer = json!({
        "Type": "AWS::Lambda::LayerVersion",
        "Properties": { "LayerName": "shared", "Content": { "S3Bucket": { "Ref": "ServerlessDeploymentBucket" }, "S3Key": key } }
    });
    let resources = desired.update.section_mut("Resources");
    resources.insert("SharedLambdaLayer".into(), layer);
    let outputs = desired.update.section_mut("Outputs");
    let hash = Digest::of(content.as_bytes()).to_string();
    outputs.insert("SharedLambdaLayerHash".into(), json!({ "Value": hash }));
    outputs.insert("SharedLambdaLayerS3Key".into(), json!({ "Value": key }));
    desired.archives.push(DesiredArchive {
        name: "shared.zip".into(),
        path: "/nowhere/shared.zip".into(),
        digest: Digest::of(content.as_bytes()),
        files: BTreeMap::new(),
    });
    desired
}

#[expect(clippy::expect_used, reason = "a test may panic")]
fn key(desired: &Desired) -> String {
    let template = serde_json::Value::Object(desired.update.0.clone());
    let key = template.pointer("/Resources/SharedLambdaLayer/Properties/Content/S3Key");
    let key = key.and_then(serde_json::Value::as_str);
    key.expect("a key").to_owned()
}

#[expect(clippy::expect_used, reason = "a test may panic")]
fn deploy(world: &World, desired: &mut Desired) -> Course {
    let session = world.open(Verb::Deploy).expect("a session");
    wait(keep_layers(&session, desired)).expect("the stack is looked at");
    let (session, plan) = world.plan(desired).expect("a plan");
    world.apply(&session, desired, &plan).expect("it stands");
    plan.course
}

#[test]
fn a_layer_that_did_not_change_stays_where_it_lies() {
    let world = World::new();
    let mut first = with_layer(&world, "one", "a");
    deploy(&world, &mut first);
    let mut second = with_layer(&world, "two", "a");
    let course = deploy(&world, &mut second);
    assert_eq!(key(&second), key(&first));
    let names: Vec<&str> = second
        .archives
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["shop.zip"], "it is not uploaded again");
    assert!(
        matches!(course, Course::Code { .. }),
        "only code changed: {course:?}"
    );
    let mut third = with_layer(&world, "two", "b");
    let own = key(&third);
    assert!(matches!(deploy(&world, &mut third), Course::Whole { .. }));
    assert_eq!(key(&third), own, "another content is another version");
}

#[test]
fn the_release_that_a_layer_lies_in_is_kept() {
    let world = World::new();
    let mut first = with_layer(&world, "one", "a");
    deploy(&world, &mut first);
    for memory in 0..8 {
        let mut next = with_layer(&world, "one", "a");
        next.keep_releases = 2;
        let function = next.update.section_mut("Resources").values_mut();
        for resource in function {
            if let Some(size) = resource.pointer_mut("/Properties/MemorySize") {
                *size = json!(256 + memory);
            }
        }
        deploy(&world, &mut next);
    }
    let kept = world.cloud.keys(world::BUCKET);
    assert!(kept.contains(&key(&first)), "{kept:?}");
}
