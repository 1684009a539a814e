//! A service of more resources than a stack takes, as nested stacks.

use std::fmt::Write as _;

use crate::world::{World, handler};

/// A service of so many functions, each behind a path of its own.
fn service(functions: usize) -> String {
    let mut text = "service: large\nprovider:\n  name: aws\n  runtime: python3.11\ncustom:\n  pilothouse:\n    nestedStacks: true\nfunctions:\n".to_owned();
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
    world.write("serverless.yml", &service(80));
    let said = world.deploy(&[]).well();
    assert!(!said.errors.contains("nested-stack"), "{}", said.errors);

    world.write("serverless.yml", &service(105));
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
    let again = world.deploy(&[]).well();
    assert!(again.out.starts_with("No changes"), "{}", again.out);

    world.write("handler.py", &handler("two"));
    let code = world.deploy(&[]).well();
    assert!(code.out.contains("105 functions"), "{}", code.out);

    world.write("serverless.yml", &service(60));
    world.deploy(&[]).well();
    let again = world.deploy(&[]).well();
    assert!(again.out.starts_with("No changes"), "{}", again.out);
    world.run(&["remove", "--sandbox", "--yes"]).well();
}
