use serde_json::json;

use super::*;

fn found(template: Value) -> Vec<String> {
    let Value::Object(map) = template else {
        unreachable!("an object")
    };
    let found = check(&Template(map));
    assert!(
        found
            .0
            .iter()
            .all(|one| one.path.is_some() && one.hint.is_some())
    );
    found.0.into_iter().map(|one| one.message).collect()
}

#[test]
fn every_way_to_refer_is_followed_and_what_leads_nowhere_is_named() {
    let said = found(json!({
        "Parameters": {"P": {"Type": "String"}},
        "Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, "x"]}, "D": {"Fn::Not": [{"Condition": "Gone1"}]}},
        "Resources": {
            "Q": {"Type": "AWS::SQS::Queue", "Condition": "C", "Properties": {"QueueName": {"Ref": "Gone2"}}},
            "T": {"Type": "AWS::SNS::Topic", "DependsOn": ["Q", "Gone3"], "Condition": "Gone4", "Properties": {
                "TopicName": {"Fn::Sub": "${AWS::Region}-${P}-${Q.Arn}-${!Literal}-${Gone5}-${Q.Arm}"},
                "DisplayName": {"Fn::If": ["Gone6", {"Fn::GetAtt": ["Gone7", "Arn"]}, {"Ref": "AWS::NoValue"}]}}},
            "R": {"Type": "Custom::Thing", "Properties": {"A": {"Fn::Sub": ["${B}", {"B": {"Ref": "T"}}]}}}
        },
        "Outputs": {"O": {"Value": {"Fn::GetAtt": "Gone8.Arn"}}}
    }));
    for number in 1..=8 {
        let name = format!("Gone{number}");
        let times = said.iter().filter(|one| one.contains(&name)).count();
        assert_eq!(times, 1, "{name}: {said:#?}");
    }
    assert!(
        said.iter().any(|one| one.contains("reads Arm of Q")),
        "{said:#?}"
    );
    assert_eq!(said.len(), 9, "{said:#?}");
}

#[test]
fn a_circle_is_told_once_with_its_chain() {
    let said = found(json!({"Resources": {
        "A": {"Type": "Custom::X", "Properties": {"To": {"Ref": "B"}}},
        "B": {"Type": "Custom::X", "DependsOn": "C"},
        "C": {"Type": "Custom::X", "Properties": {"To": {"Fn::GetAtt": ["A", "Arn"]}}},
        "D": {"Type": "Custom::X", "Properties": {"To": {"Ref": "A"}}}
    }}));
    assert_eq!(
        said,
        ["resources refer to each other in a circle: A -> B -> C -> A"]
    );
}

#[test]
fn properties_are_held_against_the_schemas() {
    let said = found(json!({"Resources": {
        "Q": {"Type": "AWS::SQS::Queue", "Properties": {
            "QueueNam": "x", "DelaySeconds": "5", "FifoQueue": "True", "Tags": {"a": "b"}, "Arn": "x",
            "VisibilityTimeout": "soon", "KmsMasterKeyId": {"Ref": "AWS::NoValue"}}},
        "F": {"Type": "AWS::Lambda::Function", "Properties": {"Role": "r", "MemorySize": {"Ref": "AWS::Region"}}},
        "U": {"Type": "AWS::Unknown::Thing", "Properties": {"Any": 1}}
    }}));
    assert_eq!(
        said,
        [
            "Q: a AWS::SQS::Queue has no property QueueNam",
            "Q: Tags must be a list",
            "Q: Arn can be read of a AWS::SQS::Queue, not set",
            "Q: VisibilityTimeout must be a number",
            "F: a AWS::Lambda::Function needs Code",
        ]
    );
}

#[test]
fn a_name_that_is_taken_twice_is_told_and_conditional_twins_are_not() {
    let role = |name: Value| json!({"Type": "AWS::IAM::Role", "Properties": {"RoleName": name, "AssumeRolePolicyDocument": {}}});
    let mut twin = role(json!("one"));
    twin["Condition"] = json!("C");
    let said = found(
        json!({"Conditions": {"C": {"Fn::Equals": ["a", "b"]}}, "Resources": {
            "A": role(json!("one")), "B": role(json!("one")), "C": twin,
            "D": role(json!({"Ref": "AWS::NoValue"})), "E": role(json!({"Ref": "AWS::NoValue"}))
        }}),
    );
    assert_eq!(said, ["B and A have the same RoleName: one"]);
}

#[test]
fn what_a_macro_may_make_is_not_missed() {
    let said = found(
        json!({"Transform": "AWS::Serverless-2016-10-31", "Resources": {
            "Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Ref": "MadeByTheMacro"}}}
        }}),
    );
    assert_eq!(said, Vec::<String>::new());
}
