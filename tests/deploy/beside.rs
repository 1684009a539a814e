//! What a template does not say, on the local AWS: parameters, policy and rollback of the stack, and which image a tag
//! stands for.

use serde_json::{Value, json};

use crate::BROKEN;
use crate::world::{World, handler};

const SETTINGS: &str = "service: settings
provider:
  name: aws
  runtime: python3.12
  stackParameters: [{ParameterKey: Size, ParameterValue: big}]
  stackPolicy: [{Effect: Allow, Principal: '*', Action: 'Update:*', Resource: '*'}]
functions:
  hello: {handler: handler.hello, environment: {SIZE: {Ref: Size}}}
resources:
  Parameters: {Size: {Type: String, Default: small}}
";

fn address(world: &World) -> String {
    let status = world.run(&["sandbox", "status", "--json"]).well().json();
    let url = status["running"]["url"].as_str().or(status["url"].as_str());
    url.expect("it runs").to_owned()
}

/// The paths of what a plan changes beside the template.
fn beside(plan: &Value) -> Vec<String> {
    let rows = plan["rows"].as_array().into_iter().flatten();
    let row = rows
        .filter(|row| row["resourceType"] == "AWS::CloudFormation::Stack")
        .flat_map(|row| row["properties"].as_array().into_iter().flatten());
    row.filter_map(|place| place["path"].as_str().map(str::to_owned))
        .collect()
}

fn plan(world: &World) -> Value {
    world.run(&["plan", "--sandbox", "--json"]).well().json()
}

#[test]
fn parameters_and_policy_of_the_stack_are_compared_shown_and_set() {
    let world = World::new();
    world.write("serverless.yml", SETTINGS);
    world.write("handler.py", &handler("moin"));
    world.deploy(&[]).well();
    let aws = address(&world);
    let stack = json!({"StackName": "settings-dev"});
    let size = || {
        let answer = world.boto(&aws, "cloudformation", "describe_stacks", &stack);
        answer["Stacks"][0]["Parameters"][0]["ParameterValue"].clone()
    };
    let policy = || {
        let answer = world.boto(&aws, "cloudformation", "get_stack_policy", &stack);
        answer["StackPolicyBody"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(size(), "big");
    assert!(policy().contains("Allow"), "{}", policy());
    assert_eq!(plan(&world)["course"]["kind"], "nothing");

    world.change_service("ParameterValue: big", "ParameterValue: huge");
    assert_eq!(beside(&plan(&world)), ["Parameters.Size"]);
    world.deploy(&[]).well();
    assert_eq!(size(), "huge");

    world.change_service(
        "{Effect: Allow, Principal: '*', Action: 'Update:*', Resource: '*'}",
        "{Effect: Deny, Principal: '*', Action: 'Update:Replace', Resource: '*'}",
    );
    let planned = plan(&world);
    assert_eq!(beside(&planned), ["StackPolicy"]);
    assert_eq!(planned["course"]["kind"], "settings");
    world.deploy(&[]).well();
    assert!(policy().contains("Deny"), "{}", policy());
    assert_eq!(plan(&world)["course"]["kind"], "nothing");
}

#[test]
fn where_rollback_is_off_what_was_made_stays_until_the_next_deploy() {
    let world = World::new();
    let service = format!(
        "{}  Resources:
    Orders: {{Type: 'AWS::SQS::Queue'}}
",
        SETTINGS.replace(
            "  runtime:",
            "  disableRollback: true
  runtime:"
        )
    );
    world.write("serverless.yml", &service);
    world.write("handler.py", &handler("moin"));
    world.deploy(&[]).well();
    world.write("serverless.yml", &format!("{service}{BROKEN}"));
    let said = world.deploy(&["--json"]).failed_with("DEPLOY_FAILED");
    assert!(said.errors.contains("disableRollback"), "{}", said.errors);
    let aws = address(&world);
    let stack = json!({"StackName": "settings-dev"});
    let status = || {
        let answer = world.boto(&aws, "cloudformation", "describe_stacks", &stack);
        answer["Stacks"][0]["StackStatus"].clone()
    };
    assert_eq!(status(), "UPDATE_FAILED");
    let sound = service.replace("ParameterValue: big", "ParameterValue: huge");
    world.write("serverless.yml", &sound);
    world.deploy(&[]).well();
    assert_eq!(status(), "UPDATE_COMPLETE");
}

#[test]
fn an_image_is_deployed_by_the_digest_that_its_tag_stands_for() {
    let world = World::new();
    world.write(
        "serverless.yml",
        "service: pictures
provider: {name: aws}
functions:
  draw: {image: '000000000000.dkr.ecr.us-east-1.amazonaws.com/team/draw:v1'}
",
    );
    world.run(&["sandbox", "up"]).well();
    world
        .run(&["plan", "--sandbox", "--json"])
        .failed_with("CLOUD_MISSING");
    let aws = address(&world);
    let ecr = |call: &str, asked: Value| world.boto(&aws, "ecr", call, &asked);
    ecr("create_repository", json!({"repositoryName": "team/draw"}));
    let push = |manifest: &str| {
        let asked = json!({
            "repositoryName": "team/draw", "imageTag": "v1", "imageManifest": manifest
        });
        let answer = ecr("put_image", asked);
        answer["image"]["imageId"]["imageDigest"]
            .as_str()
            .expect("a digest")
            .to_owned()
    };
    let first = push("{\"one\": 1}");
    world.deploy(&[]).well();
    let runs = || {
        let asked = json!({"FunctionName": "pictures-dev-draw"});
        let answer = world.boto(&aws, "lambda", "get_function", &asked);
        answer["Code"]["ImageUri"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert!(runs().ends_with(&format!("@{first}")), "{}", runs());
    assert_eq!(plan(&world)["course"]["kind"], "nothing");
    // The same tag, another image.
    let second = push("{\"two\": 2}");
    let planned = plan(&world);
    assert_ne!(planned["course"]["kind"], "nothing");
    assert!(planned.to_string().contains(&second), "{planned}");
    world.deploy(&[]).well();
    assert!(runs().ends_with(&format!("@{second}")), "{}", runs());
}
