//! Divided templates, held against CloudFormation's rules by AWS's own `cfn-lint`.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const LINT: &str = "cfn-lint==1.51.0";
/// What a nested stack has that nothing in it uses: no fault, but a mistake of whoever divides. The parent keeps what
/// the service has.
const UNUSED: [&str; 3] = ["W2001", "W7001", "W8001"];

/// More than a stack takes, with what is hard to divide: parameters, conditions, mappings, lists that cross, texts with
/// names in them, and outputs of what may not be there.
fn large() -> String {
    let mut text = String::from(
        "service: large
provider:
  name: aws
  runtime: python3.13
custom:
  pilothouse:
    nestedStacks: true
functions:
",
    );
    for number in 0..110 {
        let next = (number + 1) % 110;
        let asks = if next == 0 {
            "'nobody'".to_owned()
        } else {
            format!("!Sub '${{F{next}LambdaFunction.Arn}}-${{AWS::StackName}}'")
        };
        writeln!(
            text,
            "  f{number}:
    handler: handler.hello
    environment:
      ASKS: {asks}
      SIZE: !FindInMap [Sizes, !Ref AWS::Region, size]
      TOPIC: !If [HasTopic, !Ref Topic, '']
      ZONE: !Ref Zone
      SERVERS: !Join [',', !GetAtt Names.NameServers]
    events:
      - http: {{path: /f{number}, method: get, cors: true}}"
        )
        .expect("a text can grow");
    }
    text.push_str(
        "resources:
  Parameters:
    Zone: {Type: String, Default: here}
  Conditions:
    HasTopic: !Equals [!Ref Zone, here]
  Mappings:
    Sizes:
      us-east-1: {size: '1'}
  Resources:
    Topic: {Type: AWS::SNS::Topic, Condition: HasTopic}
    Names: {Type: AWS::Route53::HostedZone, Properties: {Name: example.org}}
  Outputs:
    Heard: {Condition: HasTopic, Value: !GetAtt Topic.TopicName}
",
    );
    text
}

/// What is wrong with the templates in a folder.
fn faults(folder: &Path) -> Vec<String> {
    let lint = pilothouse_tests::python_with(&[LINT], "cfn-lint").with_file_name("cfn-lint");
    let mut templates: Vec<_> = std::fs::read_dir(folder)
        .expect("results")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    templates.sort();
    assert!(templates.len() > 2, "{templates:?}");
    let output = Command::new(lint)
        .args(["--format", "json", "--"])
        .args(&templates)
        .output()
        .expect("cfn-lint starts");
    let found: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let found = found.as_array().expect("a list").iter();
    let of = |one: &Value| one["Rule"]["Id"].as_str().unwrap_or_default().to_owned();
    let is_nested = |one: &Value| one["Filename"].to_string().contains("nested-stack");
    found
        .filter(|one| {
            let rule = of(one);
            rule.starts_with('E') || UNUSED.contains(&rule.as_str()) && is_nested(one)
        })
        // How long AWS makes functions of a runtime is no matter of how they are divided.
        .filter(|one| of(one) != "E2533" && of(one) != "E2531")
        .map(|one| {
            let file = one["Filename"].as_str().unwrap_or_default();
            let file = Path::new(file)
                .file_name()
                .unwrap_or_default()
                .to_string_lossy();
            format!(
                "{file}: {} {} at {}",
                of(one),
                one["Message"],
                one["Location"]["Path"]
            )
        })
        .collect()
}

fn packaged(project: &Path) -> Vec<String> {
    let home = tempfile::tempdir().expect("a temporary folder");
    let output = pilothouse_tests::pilothouse(home.path())
        .args(["package", "--dir"])
        .arg(project)
        .arg("--out")
        .arg(home.path().join("out"))
        .output()
        .expect("the command starts");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    faults(&home.path().join("out"))
}

#[test]
fn a_divided_service_keeps_cloudformations_rules() {
    let project = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(project.path().join("serverless.yml"), large()).expect("a file");
    std::fs::write(project.path().join("handler.py"), "").expect("a file");
    assert_eq!(packaged(project.path()), Vec::<String>::new());
}

#[test]
fn a_service_divided_by_the_rules_of_the_plugin_keeps_them_too() {
    for case in ["types", "functions", "groups"] {
        let name = format!("plugin-split-stacks-{case}");
        let input = crate::folder().join("cases").join(name).join("input");
        let project = tempfile::tempdir().expect("a temporary folder");
        pilothouse_tests::copy_folder(&input, project.path()).expect("a copy");
        assert_eq!(packaged(project.path()), Vec::<String>::new(), "{case}");
    }
}
