//! Stacks that the peer itself deployed, taken over: nothing is replaced or removed but what changes its name
//! with every package.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::peer;
use crate::sandbox_url;
use crate::world::{World, handler};

/// Resources of the user's own beside a function.
const SHELF: &str = "service: shelf
provider:
  name: aws
  runtime: python3.13
  stackTags:
    owner: library
functions:
  list:
    handler: handler.hello
    events:
      - http: GET /hello
resources:
  Resources:
    Books:
      Type: AWS::DynamoDB::Table
      DeletionPolicy: Retain
      Properties:
        TableName: books-${sls:stage}
        BillingMode: PAY_PER_REQUEST
        AttributeDefinitions:
          - {AttributeName: id, AttributeType: S}
        KeySchema:
          - {AttributeName: id, KeyType: HASH}
    Attic:
      Type: AWS::S3::Bucket
  Outputs:
    AtticName:
      Value: {Ref: Attic}
";

/// A stack's resources by logical id: type and physical id.
pub type Resources = BTreeMap<String, (String, String)>;

pub fn resources(world: &World, aws: &str, stack: &str) -> Resources {
    let answer = world.boto(
        aws,
        "cloudformation",
        "list_stack_resources",
        &serde_json::json!({"StackName": stack}),
    );
    let text = |one: &Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
    let all = answer["StackResourceSummaries"].as_array().expect("a list");
    all.iter()
        .map(|one| {
            let what = (text(one, "ResourceType"), text(one, "PhysicalResourceId"));
            (text(one, "LogicalResourceId"), what)
        })
        .collect()
}

/// Whether the type is one of which each package makes a new one.
pub fn made_anew(resource_type: &str) -> bool {
    resource_type == "AWS::Lambda::Version" || resource_type == "AWS::ApiGateway::Deployment"
}

/// Those that stay from one package to the next.
pub fn lasting(all: &Resources) -> Resources {
    let all = all.iter().filter(|(_, (kind, _))| !made_anew(kind));
    all.map(|(id, what)| (id.clone(), what.clone())).collect()
}

/// The plan of a stack of the peer's. What may be replaced as far as CloudFormation knows is held against what
/// was, once the change is done.
pub fn check_plan(world: &World, before: &Resources) {
    let plan = world.run(&["plan", "--sandbox", "--json"]).well().json();
    for row in plan["rows"].as_array().expect("rows") {
        let anew = made_anew(row["resourceType"].as_str().expect("a type"));
        let change = row["change"].as_str().expect("a change");
        assert_ne!(change, "replace", "{row:#}");
        assert!(
            anew || !["remove", "letGo", "add"].contains(&change),
            "{row:#}"
        );
        let id = row["logicalId"].as_str().expect("an id");
        assert_eq!(before.contains_key(id), change != "add", "{row:#}");
        let tags = row["properties"].to_string().contains("Tags");
        assert!(!tags, "the stack's tags stay: {row:#}");
    }
}

fn take_over(world: &World, aws: &str, stack: &str, function: &str) -> Value {
    let before = resources(world, aws, stack);
    check_plan(world, &before);
    world.deploy(&[]).well();
    let after = resources(world, aws, stack);
    assert!(lasting(&before).len() >= 6, "{before:#?}");
    assert_eq!(lasting(&before), lasting(&after), "{stack}");
    assert_eq!(world.planned(), []);
    let called = world.run(&["invoke", function, "--sandbox", "--json"]);
    called.well().json()["answer"]["body"].clone()
}

#[test]
fn a_stack_of_the_peers_is_taken_over_and_nothing_of_it_is_replaced() {
    let world = World::with_example("hello-world");
    // One sandbox for the three, for each is in a folder and a stack of its own.
    let node = world.beside("node").with_copy_of("node-api");
    let shelf = world.beside("shelf");
    shelf.write("serverless.yml", SHELF);
    shelf.write("handler.py", &handler("books"));
    let aws = sandbox_url(&world);
    let worlds = [&world, &node, &shelf];
    for one in &worlds[..2] {
        // The peer of this version refuses services that ask for the older one.
        one.change_service("frameworkVersion: '3'\n", "");
    }
    let begun = worlds.map(|one| peer::begin_deploy(&one.project(), one.place(), &aws));
    for child in begun {
        let output = child.wait_with_output().expect("it ends");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{told}");
    }

    let hello = take_over(&world, &aws, "hello-world-dev", "hello");
    assert!(hello.to_string().contains("Go Serverless"), "{hello}");
    let notes = take_over(&node, &aws, "node-api-dev", "listNotes");
    assert!(notes.to_string().contains("Read the plan"), "{notes}");
    let books = take_over(&shelf, &aws, "shelf-dev", "list");
    assert_eq!(books, "books");
    // And each answers at the address that the peer gave it.
    for (one, words) in [
        (&world, "Go Serverless"),
        (&node, "Read the plan"),
        (&shelf, "books"),
    ] {
        let body = one.hello();
        assert!(body.contains(words), "{body}");
    }
}
