//! Several services of one folder, on the sandbox.

use std::fs;

use serde_json::{Value, json};

use crate::sandbox_url;
use crate::world::World;

fn fates(said: &Value) -> Vec<(String, String)> {
    let fates = said["fates"].as_array().expect("fates");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    fates
        .iter()
        .map(|one| (text(&one["name"]), text(&one["fate"])))
        .collect()
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

fn service(world: &World, name: &str, text: &str) {
    fs::create_dir_all(world.project().join(name)).expect("a folder");
    world.write(&format!("{name}/serverless.yml"), text);
}

#[test]
fn a_compose_file_is_found_by_itself_and_outputs_reach_the_service_that_is_given_them() {
    let world = World::with_example("two-services");
    let aws = sandbox_url(&world);
    let planned = world.run(&["plan", "--sandbox", "--json"]).well().json();
    let services = planned["services"].as_array().expect("services");
    let names: Vec<&Value> = services.iter().map(|one| &one["name"]).collect();
    assert_eq!(names, [&json!("orders"), &json!("shop")]);
    assert_eq!(services[1]["knownWhen"], "orders");
    assert!(services[1]["plan"].is_null(), "{planned:#}");

    let said = world.deploy(&["--json"]).well().json();
    assert_eq!(fates(&said), pairs(&[("orders", "done"), ("shop", "done")]));
    let url = &said["releases"][0]["outputs"]["QueueUrl"];
    let function = json!({"FunctionName": "shop-dev-order"});
    let function = world.boto_in(
        "us-east-1",
        &aws,
        "lambda",
        "get_function_configuration",
        &function,
    );
    assert_eq!(&function["Environment"]["Variables"]["QUEUE_URL"], url);

    let again = world.deploy(&["--json"]).well().json();
    for release in again["releases"].as_array().expect("releases") {
        assert_eq!(release["changed"], false, "{again:#}");
    }

    // Nobody is there to be asked: each is shown with what it holds, the last one first, and nothing is done.
    let asked = world.run(&["remove", "--sandbox"]);
    assert_ne!(asked.code, Some(0), "{}", asked.out);
    let (shop, orders) = (
        asked.out.find("shop (shop)"),
        asked.out.find("orders (orders)"),
    );
    assert!(shop.is_some() && shop < orders, "{}", asked.out);
    assert!(
        asked
            .out
            .contains("  - OrderLambdaFunction (AWS::Lambda::Function) shop-dev-order"),
        "{}",
        asked.out
    );
    assert!(asked.out.contains("(AWS::SQS::Queue)"), "{}", asked.out);
    assert!(
        asked.out.contains("and everything in the bucket"),
        "{}",
        asked.out
    );
    let gone = world
        .run(&["remove", "--sandbox", "--yes", "--json"])
        .well()
        .json();
    assert_eq!(fates(&gone), pairs(&[("shop", "done"), ("orders", "done")]));
    for (at, name) in ["shop", "orders"].into_iter().enumerate() {
        assert_eq!(gone["removed"][at]["service"], name, "{gone:#}");
        assert_eq!(gone["removed"][at]["removed"], true, "{gone:#}");
    }
    let gone = world
        .run(&["remove", "--sandbox", "--yes", "--json"])
        .well()
        .json();
    assert_eq!(gone["removed"][0]["removed"], false, "{gone:#}");
}

#[test]
fn what_fails_holds_back_what_reads_from_it_and_the_same_command_goes_on() {
    let world = World::new();
    let function = "provider: {name: aws, runtime: python3.13}\n";
    let table = "resources:\n  Resources:\n    Topic: {Type: AWS::SNS::Topic}\n  Outputs:\n    Name: {Value: !GetAtt Topic.TopicName, Export: {Name: the-topic}}\n";
    service(
        &world,
        "z-base",
        &format!("service: base\n{function}{table}"),
    );
    let reads = "custom: {topic: '${cf:base-dev.Name}'}\nresources:\n  Resources:\n    Queue: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: of, Value: '${self:custom.topic}'}]}}\n";
    service(
        &world,
        "m-reader",
        &format!("service: reader\n{function}{reads}"),
    );
    let imports = "resources:\n  Resources:\n    Queue: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: of, Value: !ImportValue the-topic}]}}\n";
    service(
        &world,
        "a-importer",
        &format!("service: importer\n{function}{imports}"),
    );
    // The output that it reads does not exist, which is known when the other stands.
    let broken = "custom: {topic: '${cf:reader-dev.Nothing}'}\nresources:\n  Description: ${self:custom.topic}\n";
    service(
        &world,
        "b-broken",
        &format!("service: broken\n{function}{broken}"),
    );
    service(
        &world,
        "c-after",
        &format!(
            "service: after\n{function}custom: {{a: '${{cf:broken-dev.X}}'}}\nresources:\n  Description: ${{self:custom.a}}\n"
        ),
    );

    let said = world.deploy(&["--all", "--json"]);
    assert_eq!(said.code, Some(1), "{}\n{}", said.out, said.errors);
    assert_eq!(said.error()["error"]["code"], "SERVICES_MISSING");
    let all = fates(&said.json());
    let of = |name: &str| {
        let fate = all.iter().find(|(of, _)| of == name);
        fate.map(|(_, fate)| fate.as_str())
    };
    for (name, fate) in [
        ("z-base", "done"),
        ("m-reader", "done"),
        ("a-importer", "done"),
        ("b-broken", "failed"),
        ("c-after", "held"),
    ] {
        assert_eq!(of(name), Some(fate), "{all:?}");
    }
    assert_eq!(all[0].0, "z-base");

    // Put right, the same command goes on.
    service(
        &world,
        "b-broken",
        &format!(
            "service: broken\n{function}resources:\n  Resources: {{Queue: {{Type: AWS::SQS::Queue}}}}\n  Outputs: {{X: {{Value: x}}}}\n"
        ),
    );
    let said = world.deploy(&["--all", "--json"]).well().json();
    assert!(
        fates(&said).iter().all(|(_, fate)| fate == "done"),
        "{said:#}"
    );
}

#[test]
fn services_that_wait_for_each_other_are_named() {
    let world = World::new();
    for (name, other) in [("a", "b"), ("b", "a")] {
        let text = format!(
            "service: {name}\nprovider: {{name: aws}}\nresources:\n  Description: ${{cf:{other}-dev.X}}\n"
        );
        service(&world, name, &text);
    }
    world
        .run(&["plan", "--all", "--sandbox", "--json"])
        .failed_with("SERVICE_CYCLE");
}

#[test]
fn one_that_cannot_be_planned_keeps_no_other_from_being_shown_and_nothing_is_deployed() {
    let world = World::with_example("two-services");
    world.write("orders/serverless.yml", "service: orders\nprovider: [\n");
    let planned = world.run(&["plan", "--sandbox", "--json"]);
    assert_eq!(planned.code, Some(1), "{}\n{}", planned.out, planned.errors);
    assert_eq!(planned.error()["error"]["code"], "SERVICES_MISSING");
    let shown = planned.json();
    assert!(shown["services"][0]["problem"].is_string(), "{shown:#}");
    assert_eq!(shown["services"][1]["knownWhen"], "orders", "{shown:#}");

    let refused = world.deploy(&["--json"]);
    assert_eq!(refused.error()["error"]["code"], "SERVICES_MISSING");
}
