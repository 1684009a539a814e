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
fn a_change_of_the_outputs_alone_is_a_row_of_its_own() {
    let world = World::with_shop();
    world.write("serverless.yml", &with_output("hello"));
    world.deploy(&[]).well();
    world.write("serverless.yml", &with_output("good day"));
    let plan = world.run(&["plan", "--sandbox", "--json"]).well().json();
    let told = stack_row(&plan).unwrap_or_default();
    assert!(
        told.contains(r#""path":"Outputs.Greeting.Value""#),
        "{plan:#}"
    );
    assert!(told.contains(r#""after":"good day""#), "{plan:#}");
    let release = world.deploy(&["--json"]).well().json();
    assert_eq!(release["outputs"]["Greeting"], "good day", "{release:#}");
    assert_eq!(world.planned(), []);
}

#[test]
fn where_the_local_aws_sees_no_change_in_outputs_that_is_said() {
    let world = World::new();
    let service = |greeting: &str| {
        format!(
            "service: bare\nprovider: {{name: aws, runtime: python3.13}}\nresources:\n  Resources:\n    \
             Topic: {{Type: AWS::SNS::Topic}}\n  Outputs:\n    Greeting: {{Value: {greeting}}}\n"
        )
    };
    world.write("serverless.yml", &service("hello"));
    world.deploy(&[]).well();
    world.write("serverless.yml", &service("good day"));
    let said = world.run(&["plan", "--sandbox"]).well();
    assert!(
        said.errors.contains("Only outputs differ"),
        "{}{}",
        said.out,
        said.errors
    );
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
