use serde_json::json;

use super::*;

fn template(hash: &str, folder: &str, memory: u32) -> Map<String, Value> {
    let version = format!("HelloLambdaVersion{hash}");
    let value = json!({
        "Resources": {
            "HelloLambdaFunction": {"Type": "AWS::Lambda::Function", "Properties": {
                "Code": {"S3Bucket": {"Ref": "Bucket"}, "S3Key": format!("{folder}/shop.zip")},
                "MemorySize": memory}},
            version.clone(): {"Type": "AWS::Lambda::Version", "DeletionPolicy": "Retain",
                "Properties": {"FunctionName": {"Ref": "HelloLambdaFunction"}, "CodeSha256": hash}}
        },
        "Outputs": {"HelloLambdaFunctionQualifiedArn": {"Value": {"Ref": version}}}
    });
    value.as_object().unwrap().clone()
}

#[test]
fn another_release_of_other_code_is_the_same_but_for_the_code() {
    let (one, two) = (template("A", "f/1", 128), template("B", "f/2", 128));
    assert_ne!(one, two);
    assert_eq!(without_code(&one), without_code(&two));
    assert_ne!(without_code(&one), without_code(&template("A", "f/1", 256)));
}

#[test]
fn an_output_may_name_a_version_and_a_resource_may_not() {
    let mut stack = template("A", "f/1", 128);
    assert!(!depends_on_a_version(&stack));
    let resources = stack.get_mut("Resources").unwrap().as_object_mut().unwrap();
    resources.insert(
        "Alias".into(),
        json!({"Type": "AWS::Lambda::Alias",
        "Properties": {"FunctionVersion": {"Fn::GetAtt": ["HelloLambdaVersionA", "Version"]}}}),
    );
    assert!(depends_on_a_version(&stack));
}

#[test]
fn every_way_to_refer_is_seen_and_a_mere_word_is_not() {
    for value in [
        json!({"Ref": "A"}),
        json!({"Fn::GetAtt": "A.Arn"}),
        json!({"Fn::GetAtt": ["A", "Arn"]}),
        json!({"Fn::Sub": "x ${A} y"}),
        json!({"Fn::Sub": ["x ${A.Arn} ${B}", {"B": "c"}]}),
        json!({"Fn::Sub": ["${B}", {"B": {"Ref": "A"}}]}),
        json!([{"deep": {"Ref": "A"}}]),
        json!({"DependsOn": ["B", "A"]}),
        json!({"DependsOn": "A"}),
    ] {
        assert!(refers_to(&value, "A"), "{value}");
    }
    for value in [
        json!("A"),
        json!({"Name": "A"}),
        json!({"Ref": "AB"}),
        json!({"Fn::Sub": "${AB} A"}),
    ] {
        assert!(!refers_to(&value, "A"), "{value}");
    }
}

#[test]
fn places_are_told_with_values_unless_they_may_be_secret() {
    let before = json!({"Properties": {"MemorySize": 128, "Tags": [1],
        "Environment": {"Variables": {"TOKEN": "old", "SAME": "x"}}}});
    let after = json!({"Properties": {"MemorySize": 256, "Tags": [2], "Timeout": 6,
        "Environment": {"Variables": {"TOKEN": "new", "SAME": "x"}}}});
    let change = |path: &str, before: Option<&str>, after: Option<&str>| PropertyChange {
        path: path.to_owned(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    };
    assert_eq!(
        differences(&before, &after),
        [
            change("Properties.MemorySize", Some("128"), Some("256")),
            change("Properties.Tags", None, None),
            change("Properties.Environment.Variables.TOKEN", None, None),
            change("Properties.Timeout", None, Some("6")),
        ]
    );
}

#[test]
fn the_folders_of_code_are_those_of_its_keys() {
    assert_eq!(
        code_folders(&template("A", "serverless/shop/dev/1-x", 1)),
        ["serverless/shop/dev/1-x"]
    );
}

#[test]
fn an_image_is_told_whole_and_without_its_registry() {
    let digest = "6bb600b4d6e1d7cf521097177dd0c4e9ea373edb91984a505333be8ac9455d38";
    let of = |name: &str| json!({"Properties": {"Code": {"ImageUri": format!("000000000000.dkr.ecr.us-east-1.amazonaws.com/team/{name}@sha256:{digest}")}}});
    let found = differences(&of("a"), &of("b"));
    assert_eq!(found[0].path, "Properties.Code.ImageUri");
    assert_eq!(found[0].before, Some(format!("team/a@sha256:{digest}")));
    assert_eq!(found[0].after, Some(format!("team/b@sha256:{digest}")));
}
