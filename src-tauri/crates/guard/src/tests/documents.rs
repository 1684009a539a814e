//! Reading and printing.

use serde_json::{Value, json};

use super::read;
use crate::{Document, Kind, Problem};

fn problems(kind: Kind, value: &Value) -> Vec<(String, Problem)> {
    let errors = Document::from_value(value, kind).expect_err("something is wrong");
    errors
        .into_iter()
        .map(|error| (error.pointer, error.problem))
        .collect()
}

fn identity(statement: Value) -> Value {
    json!({"Version": "2012-10-17", "Statement": [statement]})
}

#[test]
fn what_is_read_is_printed_as_it_was() {
    let documents = [
        (
            Kind::Identity,
            json!({"Statement": {"Action": "s3:GetObject", "Effect": "Allow", "Resource": "*", "Condition": {}}, "Version": "2012-10-17"}),
        ),
        (
            Kind::Key,
            json!({"Version": "2012-10-17", "Id": "x", "Statement": [
            {"Sid": "Enable it", "Effect": "Allow", "Principal": {"Service": ["a.amazonaws.com"], "AWS": "111122223333"}, "NotAction": ["kms:*"], "Resource": "*",
             "Condition": {"Bool": {"aws:SecureTransport": false}, "NumericLessThan": {"aws:MultiFactorAuthAge": [3600, "7200"]}, "ForAnyValue:StringLikeIfExists": {"kms:EncryptionContextKeys": ["a*"]}}},
            {"Fn::If": ["Prod", {"Ref": "A"}, {"Ref": "B"}]}]}),
        ),
        (
            Kind::Trust,
            json!({"Version": "2008-10-17", "Statement": [{"Effect": "Deny", "NotPrincipal": {"AWS": {"Fn::GetAtt": ["Role", "Arn"]}}, "Action": "sts:AssumeRole"}]}),
        ),
    ];
    for (kind, value) in documents {
        let document = read(kind, &value);
        assert_eq!(
            document.to_value().to_string(),
            value.to_string(),
            "keys in order too"
        );
        assert_eq!(read(kind, &document.to_value()), document);
        assert_eq!(Document::parse(&document.to_text(), kind), Ok(document));
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table, a row per case")]
fn what_aws_would_refuse_is_refused_with_its_place() {
    let cases = [
        (
            identity(json!({"Effect": "allow", "Action": "s3:*", "Resource": "*"})),
            "/Statement/0/Effect",
            Problem::Effect("allow".to_owned()),
        ),
        (
            identity(json!({"Effect": "Allow", "Resource": "*"})),
            "/Statement/0",
            Problem::Missing("Action"),
        ),
        (
            identity(json!({"Effect": "Allow", "Action": "s3:*"})),
            "/Statement/0",
            Problem::Missing("Resource"),
        ),
        (
            identity(json!({"Effect": "Allow", "Action": [], "Resource": "*"})),
            "/Statement/0/Action",
            Problem::Empty,
        ),
        (
            identity(json!({"Effect": "Allow", "Action": ["s3:*", "s3"], "Resource": "*"})),
            "/Statement/0/Action/1",
            Problem::Action("s3".to_owned()),
        ),
        (
            identity(json!({"Effect": "Allow", "Action": "s*:Get", "Resource": "*"})),
            "/Statement/0/Action",
            Problem::Action("s*:Get".to_owned()),
        ),
        (
            identity(json!({"Effect": "Allow", "Action": "s3:*", "Resource": "bucket"})),
            "/Statement/0/Resource",
            Problem::Resource("bucket".to_owned()),
        ),
        (
            identity(
                json!({"Effect": "Allow", "Action": "s3:*", "NotAction": "s3:*", "Resource": "*"}),
            ),
            "/Statement/0",
            Problem::Both("Action"),
        ),
        (
            identity(
                json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Principal": "*"}),
            ),
            "/Statement/0",
            Problem::NotHere {
                key: "Principal",
                kind: "a policy of a user, group or role",
            },
        ),
        (
            identity(
                json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"stringequals": {"a": "b"}}}),
            ),
            "/Statement/0/Condition/stringequals",
            Problem::Operator("stringequals".to_owned()),
        ),
        (
            identity(json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Sid": "a b"})),
            "/Statement/0/Sid",
            Problem::Sid("a b".to_owned()),
        ),
        (
            json!({"Version": "2012-10-18", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}),
            "/Version",
            Problem::Version("2012-10-18".to_owned()),
        ),
        (
            json!({"Version": "2012-10-17"}),
            "/",
            Problem::Missing("Statement"),
        ),
        (
            json!([]),
            "/",
            Problem::WrongType {
                wanted: "a mapping",
                found: "a list",
            },
        ),
    ];
    for (value, pointer, problem) in cases {
        assert_eq!(
            problems(Kind::Identity, &value),
            [(pointer.to_owned(), problem)],
            "{value}"
        );
    }
}

#[test]
fn every_problem_is_told_at_once_and_says_what_to_do() {
    let value = json!({"Statement": [
        {"Effect": "Permit", "Action": "kms:Decrypt", "Resource": "*", "Principal": {"AWS": "arn:aws:iam::111122223333:user/*"}},
        {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Principle": "*"},
    ]});
    let errors = Document::from_value(&value, Kind::Key).expect_err("wrong");
    let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "/Statement/0/Effect: `Permit` is no effect. Write `Allow` or `Deny`, with a capital letter.",
            "/Statement/0/Principal/AWS: `arn:aws:iam::111122223333:user/*` names no principal. Write an account's number, the whole ARN of a user, role or session, or `*`; a pattern of names goes into a condition on `aws:PrincipalArn`.",
            "/Statement/1/Principle: `Principle` is no key of a policy here. The keys are `Sid`, `Effect`, `Principal`, `Action`, `Resource`, `Condition`, and `NotPrincipal`, `NotAction`, `NotResource`.",
            "/Statement/1: `Principal` is missing. Add `Principal`.",
        ]
    );
    let errors = Document::from_value(
        &identity(
            json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"string-equals": {}}}),
        ),
        Kind::Identity,
    );
    assert!(
        errors.expect_err("wrong")[0]
            .to_string()
            .ends_with("Write `StringEquals`.")
    );
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    let errors = Document::parse(text, Kind::Identity).expect_err("wrong");
    assert!(
        errors[0]
            .to_string()
            .contains("the key `Effect` stands twice"),
        "{errors:?}"
    );
    assert!(Document::parse("{", Kind::Identity).is_err());
}

#[test]
fn kinds_differ_in_what_they_take() {
    let trust = json!({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Resource": "*"}]});
    assert!(matches!(
        problems(Kind::Trust, &trust)[0].1,
        Problem::NotHere {
            key: "Resource",
            ..
        }
    ));
    let control = json!({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}]});
    assert_eq!(
        problems(Kind::ResourceControl, &control),
        [("/Statement/0".to_owned(), Problem::ResourceControl)]
    );
    let twice = json!({"Statement": [
        {"Sid": "A", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},
        {"Sid": "A", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},
    ]});
    assert_eq!(
        problems(Kind::Identity, &twice),
        [(
            "/Statement/1/Sid".to_owned(),
            Problem::SidTwice("A".to_owned())
        )]
    );
}
