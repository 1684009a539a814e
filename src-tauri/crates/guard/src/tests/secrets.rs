//! Least statements, broad ones, and who can read a parameter.

use serde_json::{Value, json};

use super::{KEY, PARAMETER, named, read, role, user};
use crate::{
    Context, Document, Judgement, Kind, Layer, LeastProblem, ParameterCase, Person, Policies,
    Request, Rule, Seal, Verdict, Wanted, Weight, evaluate, judge_identity, judge_trust,
    least_statements, parameter_arn, readers, replace_broad,
};

const PATH: &str = "arn:aws:ssm:eu-central-1:111122223333:parameter/shop/prod";

fn least(wanted: &[Wanted]) -> Document {
    Document::of(least_statements(wanted).expect("statements"))
}

#[test]
fn one_parameter_needs_two_statements() {
    let made = least(&[Wanted::parameter(PARAMETER, Some(KEY))]);
    let wanted = json!({"Version": "2012-10-17", "Statement": [
        {"Sid": "ReadParameters", "Effect": "Allow", "Action": ["ssm:GetParameter", "ssm:GetParameters"], "Resource": PARAMETER},
        {"Sid": "DecryptParameters", "Effect": "Allow", "Action": "kms:Decrypt", "Resource": KEY, "Condition": {"StringEquals": {
            "kms:ViaService": "ssm.eu-central-1.amazonaws.com", "kms:EncryptionContext:PARAMETER_ARN": PARAMETER}}},
    ]});
    assert_eq!(made.to_value(), wanted);
    assert_eq!(read(Kind::Identity, &wanted), made, "AWS would take it");
    assert_eq!(
        least(&[Wanted::parameter(PARAMETER, None)])
            .statements
            .len(),
        1,
        "AWS's own key needs nothing"
    );
    assert_eq!(
        parameter_arn("aws", "eu-central-1", "111122223333", "/shop/prod/password"),
        PARAMETER
    );
    assert_eq!(
        parameter_arn("aws", "eu-west-1", "111122223333", "plain"),
        "arn:aws:ssm:eu-west-1:111122223333:parameter/plain"
    );
}

#[test]
fn paths_partitions_and_several_keys_are_kept_apart() {
    let chinese = "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/a";
    let (key, other) = (
        "arn:aws-cn:kms:cn-north-1:111122223333:key/1",
        "arn:aws-cn:kms:cn-north-1:111122223333:key/2",
    );
    let below = "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/p";
    let made = least(&[
        Wanted::parameter(chinese, Some(key)),
        Wanted::path(below, Some(key)),
        Wanted::path(format!("{below}2"), Some(other)),
    ])
    .to_value();
    let statements = made["Statement"].as_array().expect("a list");
    let sids: Vec<&str> = statements
        .iter()
        .filter_map(|statement| statement["Sid"].as_str())
        .collect();
    assert_eq!(
        sids,
        [
            "ReadParameters",
            "ReadPaths",
            "DecryptParameters",
            "DecryptPaths",
            "DecryptPaths2"
        ]
    );
    assert_eq!(
        statements[1]["Resource"],
        json!([
            below,
            format!("{below}/*"),
            format!("{below}2"),
            format!("{below}2/*")
        ])
    );
    assert_eq!(
        statements[3]["Condition"],
        json!({"StringEquals": {"kms:ViaService": "ssm.cn-north-1.amazonaws.com.cn"},
        "StringLike": {"kms:EncryptionContext:PARAMETER_ARN": format!("{below}/*")}})
    );
    assert_eq!(statements[4]["Resource"], other);
}

#[test]
fn what_would_mean_more_than_one_thing_is_refused() {
    let wrong = |wanted: Wanted| least_statements(&[wanted]).expect_err("refused");
    for arn in [
        "arn:aws:ssm:eu-central-1:111122223333:parameter/*",
        "arn:aws:ssm:eu-central-1:1:parameter/a",
        "/a",
        PATH.replace("/shop/prod", "/").as_str(),
    ] {
        assert_eq!(
            wrong(Wanted::parameter(arn, None)),
            LeastProblem::Parameter(arn.to_owned())
        );
    }
    for key in [
        "arn:aws:kms:eu-central-1:111122223333:alias/a",
        "1234",
        "arn:aws:kms:eu-central-1:111122223333:key/*",
    ] {
        assert_eq!(
            wrong(Wanted::parameter(PARAMETER, Some(key))),
            LeastProblem::Key(key.to_owned())
        );
    }
    let far = "arn:aws:kms:us-east-1:111122223333:key/1";
    assert!(matches!(
        wrong(Wanted::parameter(PARAMETER, Some(far))),
        LeastProblem::Elsewhere { .. }
    ));
}

fn statement(action: Value, resource: &str) -> Value {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]})
}

#[test]
fn broad_statements_are_found() {
    let every = "arn:aws:ssm:eu-central-1:111122223333:parameter/*";
    let table = [
        (
            statement(json!("ssm:Get*"), "*"),
            vec![(Rule::Ssm03, Weight::Warn)],
        ),
        (
            statement(json!("ssm:*"), "*"),
            vec![(Rule::Ssm03, Weight::Warn)],
        ),
        (
            statement(json!(["logs:*", "kms:Decrypt"]), "*"),
            vec![(Rule::Ssm03, Weight::Warn)],
        ),
        (
            statement(
                json!("secretsmanager:GetSecretValue"),
                "arn:aws:secretsmanager:*:*:*",
            ),
            vec![(Rule::Ssm03, Weight::Warn)],
        ),
        (
            statement(json!("ssm:GetParameter"), every),
            vec![(Rule::Ssm04, Weight::Warn)],
        ),
        (
            statement(json!("ssm:GetParameter"), "arn:aws:ssm:*:*:parameter*"),
            vec![(Rule::Ssm04, Weight::Warn)],
        ),
        (
            statement(json!("*"), "*"),
            vec![(Rule::Iam01, Weight::Block)],
        ),
        (
            statement(json!("iam:*"), "*"),
            vec![(Rule::Iam02, Weight::Block)],
        ),
        (statement(json!("ssm:GetParameter"), PARAMETER), vec![]),
        (
            statement(
                json!("ssm:GetParameter"),
                "arn:aws:ssm:*:*:parameter/shop/*",
            ),
            vec![],
        ),
        (statement(json!("ssm:DescribeParameters"), "*"), vec![]),
        (least(&[Wanted::path(PATH, Some(KEY))]).to_value(), vec![]),
    ];
    for (value, wanted) in table {
        let found: Vec<_> = judge_identity(&read(Kind::Identity, &value), false)
            .iter()
            .map(|finding| (finding.rule, finding.weight))
            .collect();
        assert_eq!(found, wanted, "{value}");
    }
    let production = judge_identity(
        &read(Kind::Identity, &statement(json!("ssm:Get*"), "*")),
        true,
    );
    assert_eq!(production[0].weight, Weight::Block);
    let trust = |principal: Value| {
        read(
            Kind::Trust,
            &json!({"Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}]}),
        )
    };
    assert_eq!(
        judge_trust(&trust(json!({"Service": "lambda.amazonaws.com"}))),
        []
    );
    assert_eq!(
        judge_trust(&trust(json!("*")))[0].judgement,
        Judgement::Fail
    );
}

#[test]
fn the_documents_own_way_is_replaced_and_the_rest_stays() {
    let broad = json!({"Version": "2012-10-17", "Statement": [
        {"Sid": "Logs", "Effect": "Allow", "Action": "logs:*", "Resource": "*"},
        {"Effect": "Allow", "Action": ["ssm:Get*", "kms:Decrypt", "s3:GetObject"], "Resource": "*"},
        {"Effect": "Allow", "Action": "ssm:GetParameter", "Resource": "*"},
    ]});
    let replaced = replace_broad(
        &read(Kind::Identity, &broad),
        &[Wanted::parameter(PARAMETER, Some(KEY))],
    )
    .expect("replaced");
    assert_eq!(
        replaced.taken,
        ["ssm:Get*", "kms:Decrypt", "ssm:GetParameter"]
    );
    let value = replaced.document.to_value();
    assert_eq!(value["Statement"][0], broad["Statement"][0]);
    assert_eq!(
        value["Statement"][1],
        json!({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"})
    );
    assert_eq!(value["Statement"].as_array().map(Vec::len), Some(4));
    assert_eq!(judge_identity(&replaced.document, true), []);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table, a row per case")]
fn who_can_read_a_parameter_needs_both_the_reading_and_the_key() {
    let root = json!({"Statement": [{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"}]});
    let key_policy = read(Kind::Key, &root);
    let with = |principal, value: &Value| {
        Person::with(principal, vec![named("own", Kind::Identity, value)])
    };
    let least = least(&[Wanted::parameter(PARAMETER, Some(KEY))]).to_value();
    let people = [
        with(role("getSecret"), &least),
        with(user("Ana"), &statement(json!("ssm:GetParameter"), "*")),
        with(
            user("Ben"),
            &statement(json!(["ssm:GetParameter", "kms:Decrypt"]), "*"),
        ),
        Person::with(user("Zoe"), Vec::new()),
        Person::unread(user("Eve")),
    ];
    let judge = |seal| {
        let case = ParameterCase {
            parameter: PARAMETER,
            seal,
            people: &people,
            service_control: Layer::Absent,
            resource_control: Layer::Absent,
        };
        readers(&case)
    };
    use Verdict::{Allow, Deny, Unknown};
    let verdicts = |seal| {
        judge(seal)
            .iter()
            .map(|reader| reader.verdict)
            .collect::<Vec<_>>()
    };
    let sealed = || Seal::Key {
        key: KEY,
        policy: Layer::Held(&key_policy),
        grants: Layer::Absent,
    };
    assert_eq!(verdicts(sealed()), [Allow, Deny, Allow, Deny, Unknown]);
    assert_eq!(verdicts(Seal::Plain), [Allow, Allow, Allow, Deny, Unknown]);
    assert_eq!(
        verdicts(Seal::Managed),
        [Allow, Allow, Allow, Deny, Unknown]
    );
    assert_eq!(
        verdicts(Seal::Key {
            key: KEY,
            policy: Layer::NotKnown,
            grants: Layer::Absent
        }),
        [Unknown, Unknown, Unknown, Deny, Unknown]
    );
    assert!(
        judge(sealed())[1]
            .why()
            .starts_with("Decrypting: Denied: nothing allows it"),
        "{}",
        judge(sealed())[1].why()
    );

    // The least statements give nothing beside what they say.
    let policies = Policies {
        identity: people[0].identity.clone(),
        resource: crate::ResourcePolicy::Required(crate::Named::new("key", key_policy.clone())),
        ..Policies::default()
    };
    let ask = |resource: &str, via: &str| {
        let context = Context::complete()
            .with("kms:ViaService", via)
            .with("kms:EncryptionContext:PARAMETER_ARN", resource);
        evaluate(
            &Request::new(&people[0].principal, "kms:Decrypt", KEY, &context),
            &policies,
        )
        .verdict
    };
    assert_eq!(ask(PARAMETER, "ssm.eu-central-1.amazonaws.com"), Allow);
    assert_eq!(
        ask(
            "arn:aws:ssm:eu-central-1:111122223333:parameter/other",
            "ssm.eu-central-1.amazonaws.com"
        ),
        Deny
    );
    assert_eq!(ask(PARAMETER, "s3.eu-central-1.amazonaws.com"), Deny);
}
