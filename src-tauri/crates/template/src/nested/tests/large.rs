//! Services as large ones are, by the bounds of CloudFormation.

use std::collections::BTreeSet;

use pilothouse_model::Template;
use serde_json::{Map, Value, json};

use super::super::{Live, MostOfOne, divide, flatten};
use super::{address, is_whole, living};

/// A service as large ones are: functions with what belongs to each, an API, and tables that many use.
fn large(functions: usize) -> Template {
    let mut resources = Map::new();
    resources.insert(
        "ServerlessDeploymentBucket".into(),
        json!({"Type": "AWS::S3::Bucket"}),
    );
    resources.insert("Role".into(), json!({"Type": "AWS::IAM::Role"}));
    resources.insert("Api".into(), json!({"Type": "AWS::ApiGateway::RestApi"}));
    let mut methods = Vec::new();
    let mut outputs = Map::new();
    for number in 0..functions {
        let name = |what: &str| format!("F{number}{what}");
        resources.insert(name("Logs"), json!({"Type": "AWS::Logs::LogGroup"}));
        resources.insert(name("Function"), json!({
            "Type": "AWS::Lambda::Function",
            "Properties": {"Role": {"Fn::GetAtt": ["Role", "Arn"]}, "Code": {"S3Bucket": {"Ref": "ServerlessDeploymentBucket"}}},
            "DependsOn": [name("Logs")]
        }));
        resources.insert(name("Version"), json!({
            "Type": "AWS::Lambda::Version", "Properties": {"FunctionName": {"Ref": name("Function")}}
        }));
        resources.insert(name("Permission"), json!({
            "Type": "AWS::Lambda::Permission",
            "Properties": {"FunctionName": {"Fn::GetAtt": [name("Function"), "Arn"]}, "SourceArn": {"Ref": "Api"}}
        }));
        resources.insert(name("Path"), json!({
            "Type": "AWS::ApiGateway::Resource", "Properties": {"ParentId": {"Fn::GetAtt": ["Api", "RootResourceId"]}}
        }));
        resources.insert(name("Method"), json!({
            "Type": "AWS::ApiGateway::Method",
            "Properties": {"ResourceId": {"Ref": name("Path")}, "Uri": {"Fn::GetAtt": [name("Function"), "Arn"]}}
        }));
        methods.push(name("Method"));
        outputs.insert(name("Arn"), json!({"Value": {"Ref": name("Version")}}));
    }
    resources.insert(
        "Deployment".into(),
        json!({"Type": "AWS::ApiGateway::Deployment", "DependsOn": methods}),
    );
    let value = json!({"Resources": resources, "Outputs": outputs});
    Template(value.as_object().cloned().unwrap_or_default())
}

#[test]
fn a_large_service_is_divided_within_the_bounds_and_stays_as_it_grows() {
    let most = MostOfOne::CLOUDFORMATION;
    assert_eq!(
        divide(&large(80), &Live::default(), most, &address),
        Ok(None)
    );
    let mut live = Live::default();
    for functions in [100, 101, 140, 260] {
        let whole = large(functions);
        let division = divide(&whole, &live, most, &address).unwrap().unwrap();
        is_whole(&whole, &division, most);
        let now = living(&division);
        for (name, ids) in &live.nested {
            assert!(ids.is_subset(&now.nested[name]), "{name}");
        }
        assert!(live.parent.is_subset(&now.parent));
        live = now;
    }
    assert!(live.parent.contains("Deployment") && live.parent.contains("Api"));
    // A function is where its permission is.
    let home = |id: &str| {
        live.nested
            .iter()
            .find(|(_, ids)| ids.contains(id))
            .map(|(name, _)| name)
    };
    assert!(home("F7Function").is_some());
    assert_eq!(home("F7Function"), home("F7Permission"));
    assert_eq!(home("F7Function"), home("F7Logs"));
}

#[test]
fn a_single_stack_that_outgrows_its_bounds_moves_nothing() {
    let most = MostOfOne::CLOUDFORMATION;
    let before = large(80);
    let parent = before
        .section("Resources")
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let live = Live {
        parent,
        ..Live::default()
    };
    let after = large(120);
    let division = divide(&after, &live, most, &address).unwrap().unwrap();
    is_whole(&after, &division, most);
    assert!(live.parent.is_subset(&living(&division).parent));
}

#[test]
fn what_stands_in_the_way_is_told() {
    let mut whole = large(100);
    whole
        .0
        .insert("Transform".into(), "AWS::Serverless-2016-10-31".into());
    let found = divide(
        &whole,
        &Live::default(),
        MostOfOne::CLOUDFORMATION,
        &address,
    )
    .unwrap_err();
    assert!(
        found.0[0].message.contains("AWS::Serverless-2016-10-31"),
        "{found:?}"
    );
    let mut live = Live::default();
    live.nested
        .insert("One".into(), ["A".to_owned(), "C".to_owned()].into());
    live.nested.insert("Two".into(), ["B".to_owned()].into());
    let value = json!({"Resources": {
        "A": {"Type": "AWS::SQS::Queue"},
        "B": {"Type": "AWS::SQS::Queue", "DependsOn": "A"},
        "C": {"Type": "AWS::SQS::Queue", "DependsOn": "B"}
    }});
    let circle = Template(value.as_object().cloned().unwrap());
    let found = divide(&circle, &live, MostOfOne::CLOUDFORMATION, &address).unwrap_err();
    assert!(found.0[0].message.contains("One"), "{found:?}");
    let pinned: BTreeSet<String> = (0..501).map(|at| format!("T{at}")).collect();
    let resources: Map<String, Value> = pinned
        .iter()
        .map(|id| (id.clone(), json!({"Type": "AWS::SNS::Topic"})))
        .collect();
    let mut crowded = Template::default();
    *crowded.section_mut("Resources") = resources;
    let live = Live {
        parent: pinned,
        ..Live::default()
    };
    let found = divide(&crowded, &live, MostOfOne::CLOUDFORMATION, &address).unwrap_err();
    assert!(found.0[0].message.contains("501 resources"), "{found:?}");
}

#[test]
fn what_was_divided_can_be_put_together_and_divided_again() {
    let most = MostOfOne::CLOUDFORMATION;
    let whole = large(120);
    let division = divide(&whole, &Live::default(), most, &address)
        .unwrap()
        .unwrap();
    let flat = flatten(&division.parent, &division.nested);
    let count = |one: &Template| one.section("Resources").map_or(0, Map::len);
    assert_eq!(count(&flat), count(&whole));
    let again = divide(&flat, &living(&division), most, &address)
        .unwrap()
        .unwrap();
    is_whole(&flat, &again, most);
    assert_eq!(living(&again), living(&division));
}
