//! What the local AWS would take and AWS would not: names that are given already, and a bucket that is not there.

use crate::world::World;

const TAKER: &str = "service: taker
provider: {name: aws, runtime: python3.13}
resources:
  Resources:
    Orders: {Type: AWS::SQS::Queue, Properties: {QueueName: the-orders}}
    Users:
      Type: AWS::DynamoDB::Table
      Properties:
        TableName: the-users
        BillingMode: PAY_PER_REQUEST
        AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
        KeySchema: [{AttributeName: id, KeyType: HASH}]
";

#[test]
fn names_that_another_stack_has_given_are_told_before_anything_is_made() {
    let world = World::new();
    world.write("serverless.yml", TAKER);
    world.deploy(&[]).well();

    let other = world.beside("other");
    other.write("serverless.yml", &TAKER.replace("taker", "other"));
    let refused = other
        .run(&["deploy", "--sandbox", "--yes", "--json"])
        .failed_with("RESOURCE_NAME_TAKEN");
    let told = refused.error()["error"]["detail"].to_string();
    for words in [
        "Orders (AWS::SQS::Queue) wants the-orders",
        "Users (AWS::DynamoDB::Table) wants the-users",
        "the stack taker-dev has",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    other
        .run(&["info", "--sandbox", "--json"])
        .failed_with("STACK_MISSING");
    assert_eq!(other.activity()[0]["words"], world.activity()[0]["words"]);

    // Its own names hinder nobody, and other names are free.
    world.change_service(
        "PAY_PER_REQUEST",
        "PAY_PER_REQUEST\n        Tags: [{Key: a, Value: b}]",
    );
    world.deploy(&[]).well();
    other.change_service("the-orders", "other-orders");
    other.change_service("the-users", "other-users");
    other.deploy(&[]).well();
}

#[test]
fn a_function_of_that_name_outside_every_stack_is_told_and_so_is_a_missing_bucket() {
    let world = World::with_shop();
    world.deploy(&[]).well();
    let same = world.beside("same");
    same.write(
        "serverless.yml",
        "service: same
provider: {name: aws, runtime: python3.13, deploymentBucket: no-such-bucket-anywhere}
functions:
  hello: {handler: handler.hello, name: shop-dev-hello}
",
    );
    same.write("handler.py", "def hello(event, context):\n    return 1\n");
    same.run(&["plan", "--sandbox", "--json"])
        .failed_with("BUCKET_MISSING");
    same.change_service(", deploymentBucket: no-such-bucket-anywhere", "");
    let refused = same
        .run(&["plan", "--sandbox", "--json"])
        .failed_with("RESOURCE_NAME_TAKEN");
    let told = refused.error()["error"]["detail"].to_string();
    assert!(told.contains("shop-dev-hello"), "{told}");
}
