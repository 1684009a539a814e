//! The examples that say most about a deploy: a secret behind a signature, and an HTTP API in Node.

use serde_json::{Value, json};

use crate::sandbox_url;
use crate::world::World;

const SECRET: &str = "opensesame-4711";
const KMS_REGION: &str = "eu-central-1";

/// The statements of the role in the stack's own template.
fn statements(world: &World, aws: &str) -> Vec<Value> {
    let asked = json!({"StackName": "using-kms-dev", "TemplateStage": "Original"});
    let answer = world.boto_in(KMS_REGION, aws, "cloudformation", "get_template", &asked);
    let role = &answer["TemplateBody"]["Resources"]["IamRoleLambdaExecution"]["Properties"];
    let policies = role["Policies"].as_array().expect("policies");
    assert_eq!(policies.len(), 1, "{role:#}");
    assert!(role["ManagedPolicyArns"].is_null(), "{role:#}");
    let statements = &policies[0]["PolicyDocument"]["Statement"];
    statements.as_array().expect("statements").clone()
}

#[test]
fn a_secret_is_read_by_the_functions_role_and_told_only_to_signed_requests() {
    let world = World::with_example("using-kms");
    let aws = sandbox_url(&world);
    let kms = |service: &str, call: &str, asked: Value| {
        world.boto_in(KMS_REGION, &aws, service, call, &asked)
    };
    let key = kms("kms", "create_key", json!({"Description": "of the secret"}));
    let key = key["KeyMetadata"]["KeyId"].as_str().expect("a key");
    let secret =
        json!({"Name": "top-secret-1", "Value": SECRET, "Type": "SecureString", "KeyId": key});
    kms("ssm", "put_parameter", secret);
    world.deploy(&[]).well();

    let allowed = statements(&world, &aws);
    let beyond_logs: Vec<&Value> = allowed
        .iter()
        .filter(|one| !one["Action"].to_string().contains("logs:"))
        .collect();
    let parameter =
        "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/top-secret-1";
    assert_eq!(
        json!(beyond_logs),
        json!([
            {"Effect": "Allow", "Action": ["ssm:GetParameter"], "Resource": {"Fn::Sub": parameter}},
            {
                "Effect": "Allow", "Action": ["kms:Decrypt"],
                "Resource": {"Fn::Sub": "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*"},
                "Condition": {"StringEquals": {
                    "kms:ViaService": {"Fn::Sub": "ssm.${AWS::Region}.amazonaws.com"},
                    "kms:EncryptionContext:PARAMETER_ARN": {"Fn::Sub": parameter},
                }},
            },
        ])
    );

    let called = world.run(&["invoke", "getSecret", "--sandbox", "--json"]);
    assert_eq!(called.well().json()["answer"], SECRET);

    let url = world.url();
    let (status, body) = world.post(&url, None);
    assert_eq!(status, 403, "{body}");
    assert!(body.contains("Missing Authentication Token"), "{body}");
    assert!(!body.contains(SECRET), "{body}");
    let (status, body) = world.post(&url, Some(KMS_REGION));
    // The gateway hands the return value on as JSON.
    assert_eq!((status, body), (200, json!(SECRET).to_string()));
}

#[test]
fn an_http_api_in_node_answers_at_its_addresses_and_a_change_of_code_is_seen_there() {
    let world = World::with_example("node-api");
    world.deploy(&["--param", "greeting=Moin"]).well();
    let all = world.url();
    let answer: Value = serde_json::from_str(&world.hello()).expect("JSON");
    assert_eq!(answer["greeting"], "Moin");
    assert_eq!(answer["stage"], "dev");
    assert_eq!(answer["notes"][1]["text"], "Read the plan");
    let (status, body) = world.get(&format!("{all}/2"));
    let note: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!((status, &note["text"]), (200, &json!("Read the plan")));
    assert_eq!(world.get(&format!("{all}/3")).0, 404);

    let path = world.project().join("src/notes.js");
    let code = std::fs::read_to_string(&path).expect("code");
    let changed = code.replace("Read the plan", "Trust the plan");
    assert_ne!(code, changed);
    std::fs::write(path, changed).expect("a file");
    let said = world.deploy(&["--param", "greeting=Moin"]).well();
    assert!(!said.errors.contains("UPDATE_"), "{}", said.errors);
    let (status, body) = world.get(&format!("{all}/2"));
    assert_eq!(status, 200);
    assert!(body.contains("Trust the plan"), "{body}");
    assert_eq!(world.url(), all);

    // The hourly function, called by hand: what it writes is in its log.
    let data = r#"{"reason": "by hand"}"#;
    world
        .run(&["invoke", "tidy", "--sandbox", "--data", data])
        .well();
    let log = world.run(&["logs", "tidy", "--sandbox"]).well().out;
    assert!(log.contains(r#""reason":"by hand""#), "{log}");
}

#[test]
fn a_log_has_every_line_of_every_call() {
    let world = World::with_shop();
    world.write(
        "handler.py",
        "def hello(event, context):\n    print('first of', event['call'])\n    print('second of', event['call'])\n",
    );
    world.deploy(&[]).well();
    for call in 1..=2 {
        let data = json!({"call": call}).to_string();
        world
            .run(&["invoke", "hello", "--sandbox", "--data", &data])
            .well();
    }
    let log = world.run(&["logs", "hello", "--sandbox"]).well().out;
    let lines: Vec<&str> = log.lines().collect();
    let count = |words: &str| lines.iter().filter(|line| line.contains(words)).count();
    for words in ["START RequestId", "END RequestId", "REPORT RequestId"] {
        assert_eq!(count(words), 2, "{words}:\n{log}");
    }
    let own: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.split_once("  ").map(|(_, words)| words))
        .filter(|words| words.contains(" of "))
        .collect();
    assert_eq!(
        own,
        ["first of 1", "second of 1", "first of 2", "second of 2"]
    );
}
