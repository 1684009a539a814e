use serde_json::json;

use super::*;

fn with_section(name: &str, value: Value) -> Service {
    let mut service = shop(&[("a", &[])]);
    service.resources.sections.insert(name.into(), value);
    service
}

fn with_extension(id: &str, value: Value) -> Service {
    let mut service = shop(&[("a", &[])]);
    service.resources.extensions.insert(id.into(), value);
    service
}

#[test]
fn the_users_resources_are_merged_over_the_generated_ones_and_null_takes_away() {
    let service = with_section(
        "Resources",
        json!({
            "Queue": { "Type": "AWS::SQS::Queue" },
            "ALambdaFunction": { "Properties": { "Timeout": null, "MemorySize": 2048 } }
        }),
    );
    assert_eq!(
        resource(&service, "Queue"),
        json!({ "Type": "AWS::SQS::Queue" })
    );
    let properties = resource(&service, "ALambdaFunction/Properties");
    assert_eq!(properties["MemorySize"], 2048);
    assert_eq!(properties.get("Timeout"), None);
    assert_eq!(properties["Handler"], "app.main");
}

#[test]
fn generated_outputs_are_exported_and_the_users_are_left_as_written() {
    let service = with_section(
        "Outputs",
        json!({ "Mine": { "Value": "m" }, "ALambdaFunctionQualifiedArn": { "Description": "mine" } }),
    );
    let outputs = stack(&service)["Outputs"].clone();
    assert_eq!(outputs["Mine"], json!({ "Value": "m" }));
    let version = &outputs["ALambdaFunctionQualifiedArn"];
    assert_eq!(version["Description"], "mine");
    assert_eq!(
        version["Export"],
        json!({ "Name": "sls-shop-dev-ALambdaFunctionQualifiedArn" })
    );
}

#[test]
fn other_sections_pass_through_and_a_transform_is_a_list() {
    let template = stack(&with_section(
        "Transform",
        json!("AWS::Serverless-2016-10-31"),
    ));
    assert_eq!(template["Transform"], json!(["AWS::Serverless-2016-10-31"]));
    let template = stack(&with_section(
        "Conditions",
        json!({ "C": { "Fn::Equals": ["a", "b"] } }),
    ));
    assert_eq!(
        template["Conditions"]["C"],
        json!({ "Fn::Equals": ["a", "b"] })
    );
    let template = stack(&with_section("Description", json!("mine")));
    assert_eq!(template["Description"], "mine");
}

#[test]
fn an_extension_replaces_properties_whole_and_adds_dependencies() {
    let mut service = with_extension(
        "ALambdaFunction",
        json!({
            "Properties": { "Code": { "ZipFile": "x" } },
            "DependsOn": "Queue",
            "Metadata": { "m": 1 },
            "DeletionPolicy": "Retain"
        }),
    );
    let queue = json!({ "Queue": { "Type": "AWS::SQS::Queue" } });
    service.resources.sections.insert("Resources".into(), queue);
    let function = resource(&service, "ALambdaFunction");
    assert_eq!(function["Properties"]["Code"], json!({ "ZipFile": "x" }));
    assert_eq!(function["Properties"]["Timeout"], 6);
    assert_eq!(function["DependsOn"], json!(["ALogGroup", "Queue"]));
    assert_eq!(function["Metadata"], json!({ "m": 1 }));
    assert_eq!(function["DeletionPolicy"], "Retain");
}

#[test]
fn an_extension_of_nothing_or_of_an_unknown_attribute_is_refused_by_name() {
    let messages = refusals(&with_extension("Nope", json!({ "Properties": {} })));
    assert_eq!(
        messages,
        ["`Nope` cannot be extended: the stack has no such resource"]
    );
    let messages = refusals(&with_extension(
        "ALambdaFunction",
        json!({ "Foo": 1, "Type": "x" }),
    ));
    assert_eq!(
        messages,
        [
            "`Foo` of `ALambdaFunction` cannot be extended",
            "`Type` of `ALambdaFunction` cannot be extended"
        ]
    );
}
