//! What no resource tells: outputs that change, and tags that are taken out.

use serde_json::Value;

use crate::world::{SHOP, World};

fn with_output(value: &str) -> String {
    format!("{SHOP}  Outputs:\n    Greeting: {{Value: {value}}}\n")
}

fn stack_row(plan: &Value) -> Option<String> {
    let rows = plan["rows"].as_array().expect("rows").iter();
    let mut own = rows.filter(|row| row["resourceType"] == "AWS::CloudFormation::Stack");
    own.next().map(|row| row["properties"].to_string())
}

#[test]
fn a_change_of_the_outputs_alone_is_planned_alone_and_among_several() {
    let world = World::with_shop();
    // And a stack that has nothing else: no function, whose place in the bucket is another one each time.
    let bare = world.beside("project/bare");
    let topic = "service: bare\nprovider: {name: aws, runtime: python3.13}\nresources:\n  Resources:\n    \
                 Topic: {Type: AWS::SNS::Topic}\n  Outputs:\n    Greeting: {Value: hello}\n";
    bare.write("serverless.yml", topic);
    world.write("shop/serverless.yml", &with_output("hello"));
    world.write("shop/handler.py", &crate::world::handler("one"));
    std::fs::remove_file(world.project().join("serverless.yml")).expect("it was there");
    world.deploy(&["--all"]).well();

    world.write("shop/serverless.yml", &with_output("good day"));
    bare.change_service("Value: hello", "Value: good day");
    let seen = world
        .run(&["plan", "--all", "--sandbox", "--json"])
        .well()
        .json();
    let services = seen["services"].as_array().expect("services");
    assert_eq!(services.len(), 2, "{seen:#}");
    for service in services {
        let plan = &service["plan"];
        assert_ne!(plan["course"]["kind"], "nothing", "{service:#}");
        let told = stack_row(plan).unwrap_or_default();
        assert!(
            told.contains(r#""path":"Outputs.Greeting.Value""#),
            "{service:#}"
        );
        assert!(told.contains(r#""after":"good day""#), "{service:#}");
    }
    let said = world.deploy(&["--all", "--json"]).well().json();
    for release in said["releases"].as_array().expect("releases") {
        assert_eq!(release["outputs"]["Greeting"], "good day", "{release:#}");
    }
    let again = world
        .run(&["plan", "--all", "--sandbox", "--json"])
        .well()
        .json();
    for service in again["services"].as_array().expect("services") {
        assert_eq!(service["plan"]["course"]["kind"], "nothing", "{service:#}");
    }
}

#[test]
fn a_tag_that_is_taken_out_goes_from_the_stack() {
    let world = World::with_shop();
    world.change_service(
        "  memorySize: 128\n",
        "  memorySize: 128\n  stackTags: {owner: library}\n",
    );
    world.deploy(&[]).well();
    world.change_service("  stackTags: {owner: library}\n", "");
    let plan = world.run(&["plan", "--sandbox", "--json"]).well().json();
    let told = stack_row(&plan).unwrap_or_default();
    assert!(
        told.contains(r#""path":"Tags.owner","before":"library","after":"none""#),
        "{plan:#}"
    );
    world.deploy(&[]).well();
    assert_eq!(world.planned(), []);
}
