//! A service of more resources than a stack takes, as nested stacks.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::peer;
use crate::sandbox_url;
use crate::takeover::{self, Resources, lasting};
use crate::world::{World, handler};

const NESTED: &str = "custom:\n  pilothouse:\n    nestedStacks: true\n";

/// A service of so many functions, each behind a path of its own.
fn service(functions: usize, custom: &str) -> String {
    let mut text = format!(
        "service: large\nprovider:\n  name: aws\n  runtime: python3.11\n{custom}functions:\n"
    );
    for number in 0..functions {
        writeln!(
            text,
            "  f{number}:\n    handler: handler.main\n    events:\n      - http: {{path: /f{number}, method: get}}"
        )
        .expect("a text can grow");
    }
    text
}

#[test]
fn a_service_of_more_than_500_resources_stands_stays_and_grows() {
    let world = World::new();
    world.write("handler.py", &handler("one"));
    // A stack as it stands in many places: one, and nobody thought of more.
    world.write("serverless.yml", &service(80, ""));
    let said = world.deploy(&[]).well();
    assert!(!said.errors.contains("nested-stack"), "{}", said.errors);
    let aws = sandbox_url(&world);
    let single = takeover::resources(&world, &aws, "large-dev");
    world.write("serverless.yml", &service(80, NESTED));
    assert_eq!(world.planned(), [], "the key alone changes nothing");

    world.write("serverless.yml", &service(105, NESTED));
    let plan = world.run(&["plan", "--sandbox", "--json"]).well().json();
    let rows = plan["rows"].as_array().expect("rows");
    let gone: Vec<_> = rows
        .iter()
        .filter(|row| {
            row["change"] == "remove" && row["resourceType"] != "AWS::ApiGateway::Deployment"
        })
        .collect();
    assert!(gone.is_empty(), "what lives stays: {gone:#?}");
    let new = rows
        .iter()
        .find(|row| row["logicalId"] == "F104LambdaFunction");
    assert_eq!(new.expect("a row")["stack"], "NestedStack1");
    world.deploy(&[]).well();
    let grown = takeover::resources(&world, &aws, "large-dev");
    for (id, what) in lasting(&single) {
        assert_eq!(grown.get(&id), Some(&what), "{id} is the one that it was");
    }
    let again = world.deploy(&[]).well();
    assert!(again.out.starts_with("No changes"), "{}", again.out);

    world.write("handler.py", &handler("two"));
    let code = world.deploy(&[]).well();
    assert!(code.out.contains("105 functions"), "{}", code.out);

    world.write("serverless.yml", &service(60, NESTED));
    world.deploy(&[]).well();
    let again = world.deploy(&[]).well();
    assert!(again.out.starts_with("No changes"), "{}", again.out);
    world.run(&["remove", "--sandbox", "--yes"]).well();
}

/// Divided by the plugin as teams have it: functions in stacks of their own, and what all of them need in the parent.
const DIVIDED: &str = "service: divided
provider:
  name: aws
  runtime: python3.13
plugins: [serverless-plugin-split-stacks]
custom:
  splitStacks: {perFunction: true, perType: false}
package:
  patterns: ['!**', handler.py]
functions:
  list:
    handler: handler.hello
    environment:
      SHELVES: !Ref Shelves
    events:
      - http: GET /hello
  take:
    handler: handler.hello
    environment:
      ASKS: !Ref ListLambdaFunction
    events:
      - http: POST /hello/{id}
      - sns: asked
resources:
  Resources:
    Shelves:
      Type: AWS::DynamoDB::Table
      Properties:
        TableName: shelves-${sls:stage}
        BillingMode: PAY_PER_REQUEST
        AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
        KeySchema: [{AttributeName: id, KeyType: HASH}]
  Outputs:
    Taker:
      Value: !GetAtt TakeLambdaFunction.Arn
";

const BARE: &str = "service: divided\nprovider:\n  name: aws\n  runtime: python3.13\n";

/// What a stack and its nested stacks hold: by nested stack, none for the stack itself.
fn places(world: &World, aws: &str, stack: &str) -> BTreeMap<Option<String>, Resources> {
    let own = takeover::resources(world, aws, stack);
    let nested = own
        .iter()
        .filter(|(_, (kind, _))| kind == "AWS::CloudFormation::Stack");
    let mut all: BTreeMap<Option<String>, Resources> = nested
        .map(|(id, (_, arn))| (Some(id.clone()), takeover::resources(world, aws, arn)))
        .collect();
    all.insert(None, own);
    all
}

/// By nested stack: the logical ids of what stays from one package to the next.
fn ids(places: &BTreeMap<Option<String>, Resources>) -> BTreeMap<Option<String>, Vec<String>> {
    let names = |all: &Resources| lasting(all).into_keys().collect();
    places
        .iter()
        .map(|(stack, all)| (stack.clone(), names(all)))
        .collect()
}

#[test]
fn a_stack_that_the_plugin_divided_is_taken_over_with_everything_where_it_is() {
    let world = World::new();
    world.write("handler.py", &handler("shelf"));
    let link = world.project().join("node_modules");
    std::os::unix::fs::symlink(peer::packages(), link).expect("a link");
    let aws = sandbox_url(&world);
    // The stack with its bucket first: the plugin does not understand how the local AWS says that there is none.
    for text in [BARE, DIVIDED] {
        world.write("serverless.yml", text);
        let begun = peer::begin_deploy(&world.project(), world.place(), &aws);
        let output = begun.wait_with_output().expect("it ends");
        let out = String::from_utf8_lossy(&output.stdout);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{out}{told}");
    }

    let before = places(&world, &aws, "divided-dev");
    let stacks: Vec<&str> = before.keys().flatten().map(String::as_str).collect();
    assert_eq!(stacks, ["ListNestedStack", "TakeNestedStack"]);
    let everything: Resources = before.values().flat_map(Clone::clone).collect();
    takeover::check_plan(&world, &everything);
    let feared: Vec<_> = world
        .planned()
        .into_iter()
        .filter(|(_, change)| change == "mayReplace")
        .collect();
    assert_eq!(feared, []);
    world.deploy(&[]).well();
    let after = places(&world, &aws, "divided-dev");
    assert_eq!(ids(&before), ids(&after));
    // The local AWS makes a nested stack anew when it changes; what is in the parent tells more.
    let own = |places: &BTreeMap<Option<String>, Resources>| {
        let mut own = lasting(&places[&None]);
        own.retain(|_, (kind, _)| kind != "AWS::CloudFormation::Stack");
        own
    };
    assert_eq!(own(&before), own(&after));
    assert_eq!(world.planned(), []);
    assert_eq!(world.hello(), "shelf");
    world.run(&["remove", "--sandbox", "--yes"]).well();
}
