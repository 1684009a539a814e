//! Conditions, variables, and what CloudFormation fills in.

use serde_json::{Value, json};

use super::evaluation::{OBJECT, allow, ask, ask_of, identity};
use super::{ACCOUNT, named, user};
use crate::{Context, Held, Kind, Layer, Policies, ResourcePolicy, Verdict};

fn conditioned(condition: &Value, context: &Context) -> Verdict {
    let value = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": condition}]});
    ask_of(
        &user("Ana"),
        "s3:GetObject",
        OBJECT,
        &identity(&[value]),
        context,
    )
    .verdict
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table, a row per case")]
fn every_operator_compares_as_documented() {
    use Verdict::{Allow, Deny};
    let table = [
        ("StringEquals", json!("a*"), "a*", "ab"),
        ("StringNotEquals", json!(["a", "b"]), "c", "b"),
        ("StringEqualsIgnoreCase", json!("AbC"), "aBc", "abd"),
        ("StringNotEqualsIgnoreCase", json!("AbC"), "abd", "abc"),
        ("StringLike", json!("a?c*"), "abcdef", "ac"),
        ("StringNotLike", json!("a*"), "b", "abc"),
        ("NumericEquals", json!(10), "10.0", "11"),
        ("NumericNotEquals", json!("10"), "9", "10"),
        ("NumericLessThan", json!("10"), "9", "10"),
        ("NumericLessThanEquals", json!("10"), "10", "10.5"),
        ("NumericGreaterThan", json!("10"), "100", "9"),
        ("NumericGreaterThanEquals", json!("10"), "10", "9"),
        (
            "DateEquals",
            json!("2026-01-02T03:04:05Z"),
            "1767323045",
            "2026-01-02T03:04:06Z",
        ),
        (
            "DateNotEquals",
            json!("2026-01-02"),
            "2026-01-03",
            "2026-01-02T00:00:00Z",
        ),
        (
            "DateLessThan",
            json!("2026-01-01T00:00:00Z"),
            "2025-12-31T23:59:59Z",
            "2026-01-01T00:00:00Z",
        ),
        (
            "DateLessThanEquals",
            json!("2026-01-01T00:00:00Z"),
            "2026-01-01T02:00:00+02:00",
            "2026-01-01T00:00:01Z",
        ),
        (
            "DateGreaterThan",
            json!("2024-02-29"),
            "2024-03-01",
            "2024-02-28",
        ),
        (
            "DateGreaterThanEquals",
            json!("2026-01-01"),
            "2026-01-01T00:00:00Z",
            "2025-12-31",
        ),
        ("Bool", json!(true), "True", "false"),
        ("BinaryEquals", json!("QmluYXJ5"), "QmluYXJ5", "qmluyxj5"),
        (
            "IpAddress",
            json!(["203.0.113.0/24", "2001:db8::/32"]),
            "203.0.113.77",
            "203.0.114.1",
        ),
        (
            "IpAddress",
            json!(["203.0.113.0/24", "2001:db8::/32"]),
            "2001:db8:1::1",
            "2001:db9::1",
        ),
        ("NotIpAddress", json!("10.0.0.1"), "10.0.0.2", "10.0.0.1"),
        (
            "ArnEquals",
            json!("arn:aws:sns:*:1:topic-*"),
            "arn:aws:sns:eu-west-1:1:topic-a",
            "arn:aws:sns:eu-west-1:2:topic-a",
        ),
        (
            "ArnLike",
            json!("arn:aws:sns:*:topic"),
            "arn:aws:sns:*:topic",
            "arn:aws:sns:eu-west-1:1:topic",
        ),
        (
            "ArnNotEquals",
            json!("arn:aws:sns:::a"),
            "arn:aws:sns:::b",
            "arn:aws:sns:::a",
        ),
        (
            "ArnNotLike",
            json!("arn:aws:sns:::a*"),
            "arn:aws:sns:::b",
            "arn:aws:sns:::abc",
        ),
    ];
    for (operator, wanted, good, bad) in table {
        let condition = json!({operator: {"Some:Key": wanted}});
        let with = |value: &str| conditioned(&condition, &Context::open().with("some:key", value));
        assert_eq!(
            (with(good), with(bad)),
            (Allow, Deny),
            "{operator} {wanted}"
        );
        assert_eq!(conditioned(&condition, &Context::open()), Verdict::Unknown);
        // A key that is not there: only what is negated holds, and everything that says so.
        let absent = if operator.contains("Not") {
            Allow
        } else {
            Deny
        };
        assert_eq!(
            conditioned(&condition, &Context::complete()),
            absent,
            "{operator} without the key"
        );
        let if_exists = json!({format!("{operator}IfExists"): {"some:key": wanted}});
        assert_eq!(conditioned(&if_exists, &Context::complete()), Allow);
        assert_eq!(
            conditioned(&if_exists, &Context::complete().with("some:key", bad)),
            Deny
        );
    }
}

#[test]
fn sets_take_every_value_or_one() {
    use Verdict::{Allow, Deny, Unknown};
    let values = |values: &[&str]| {
        Context::complete().holding(
            "k",
            Held::Values(values.iter().map(|one| (*one).to_owned()).collect()),
        )
    };
    let table: [(&str, &[&str], Verdict); 12] = [
        ("ForAllValues:StringEquals", &["a", "b"], Allow),
        ("ForAllValues:StringEquals", &["a", "c"], Deny),
        ("ForAllValues:StringEquals", &[], Allow),
        ("ForAnyValue:StringEquals", &["c", "b"], Allow),
        ("ForAnyValue:StringEquals", &["c", "d"], Deny),
        ("ForAnyValue:StringEquals", &[], Deny),
        ("ForAllValues:StringNotEquals", &["c", "d"], Allow),
        ("ForAllValues:StringNotEquals", &["c", "a"], Deny),
        ("ForAnyValue:StringNotEquals", &["c", "a"], Allow),
        ("ForAnyValue:StringNotEquals", &["a", "b"], Deny),
        ("StringEquals", &["a", "b"], Allow),
        ("StringEquals", &["a", "c"], Unknown),
    ];
    for (operator, held, verdict) in table {
        assert_eq!(
            conditioned(&json!({operator: {"k": ["a", "b"]}}), &values(held)),
            verdict,
            "{operator} {held:?}"
        );
    }
    for (wanted, absent, there) in [(json!("true"), Allow, Deny), (json!(false), Deny, Allow)] {
        assert_eq!(
            conditioned(&json!({"Null": {"k": wanted}}), &Context::complete()),
            absent
        );
        assert_eq!(
            conditioned(&json!({"Null": {"k": wanted}}), &values(&["x"])),
            there
        );
    }
    let either = json!({"ForAnyValue:StringEqualsIfExists": {"k": "a"}});
    assert_eq!(conditioned(&either, &Context::complete()), Unknown);
    assert_eq!(conditioned(&either, &values(&["a"])), Allow);
    let two = json!({"StringEquals": {"k": "a", "l": "b"}, "Bool": {"m": "true"}});
    let all = Context::complete()
        .with("k", "a")
        .with("l", "b")
        .with("m", "true");
    assert_eq!(conditioned(&two, &all), Allow);
    for key in ["k", "l", "m"] {
        assert_eq!(
            conditioned(&two, &all.clone().with(key, "x")),
            if key == "m" { Unknown } else { Deny }
        );
        assert_eq!(conditioned(&two, &all.clone().without(key)), Deny);
    }
}

#[test]
fn variables_stand_for_the_request_and_their_letters_for_themselves() {
    use Verdict::{Allow, Deny, Unknown};
    let policy = |version: &str, resource: &str| {
        identity(&[
            json!({"Version": version, "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": resource}]}),
        ])
    };
    let table = [
        (
            "2012-10-17",
            "arn:aws:s3:::home/${aws:username}/*",
            "arn:aws:s3:::home/Ana/x",
            Allow,
        ),
        (
            "2012-10-17",
            "arn:aws:s3:::home/${aws:username}/*",
            "arn:aws:s3:::home/Ben/x",
            Deny,
        ),
        (
            "2008-10-17",
            "arn:aws:s3:::home/${aws:username}/*",
            "arn:aws:s3:::home/Ana/x",
            Deny,
        ),
        ("2012-10-17", "arn:aws:s3:::${*}", "arn:aws:s3:::*", Allow),
        ("2012-10-17", "arn:aws:s3:::${*}", "arn:aws:s3:::a", Deny),
        (
            "2012-10-17",
            "arn:aws:s3:::${aws:PrincipalTag/team, 'none'}/a",
            "arn:aws:s3:::none/a",
            Unknown,
        ),
        (
            "2012-10-17",
            "arn:aws:s3:::home/${aws:FederatedProvider}/a",
            "arn:aws:s3:::other/a",
            Deny,
        ),
    ];
    for (version, pattern, resource, verdict) in table {
        assert_eq!(
            ask(
                &user("Ana"),
                "s3:GetObject",
                resource,
                &policy(version, pattern)
            ),
            verdict,
            "{pattern}"
        );
    }
    let absent = Context::complete();
    let tag = |pattern: &str| {
        ask_of(
            &user("Ana"),
            "s3:GetObject",
            "arn:aws:s3:::none/a",
            &policy("2012-10-17", pattern),
            &absent,
        )
        .verdict
    };
    assert_eq!(
        tag("arn:aws:s3:::${aws:PrincipalTag/team, 'none'}/a"),
        Allow
    );
    assert_eq!(tag("arn:aws:s3:::${aws:PrincipalTag/team}*"), Deny);
    let wild = Context::complete().with("aws:PrincipalTag/team", "*");
    let answer = ask_of(
        &user("Ana"),
        "s3:GetObject",
        "arn:aws:s3:::none/a",
        &policy("2012-10-17", "arn:aws:s3:::${aws:PrincipalTag/team}/a"),
        &wild,
    );
    assert_eq!(answer.verdict, Deny, "a tag cannot be a wildcard");
    let same = json!({"StringEquals": {"aws:ResourceTag/owner": "${aws:username}"}});
    assert_eq!(
        conditioned(&same, &Context::open().with("aws:ResourceTag/owner", "Ana")),
        Allow
    );
    assert_eq!(
        conditioned(&same, &Context::open().with("aws:ResourceTag/owner", "Ben")),
        Deny
    );
}

#[test]
fn what_cloudformation_fills_in_is_not_known_unless_it_cannot_matter() {
    use Verdict::{Allow, Deny, Unknown};
    let of = |statement: Value| {
        ask_of(
            &user("Ana"),
            "s3:GetObject",
            OBJECT,
            &identity(&[json!({"Version": "2012-10-17", "Statement": [statement]})]),
            &Context::open(),
        )
    };
    let sub = |text: &str| json!({"Fn::Sub": text});
    assert_eq!(
        of(json!({"Effect": "Allow", "Action": "s3:*", "Resource": {"Ref": "Bucket"}})).verdict,
        Unknown
    );
    assert_eq!(of(json!({"Effect": "Allow", "Action": "s3:*", "Resource": sub("arn:${AWS::Partition}:s3:::bucket/*")})).verdict, Unknown);
    assert_eq!(of(json!({"Effect": "Allow", "Action": "s3:*", "Resource": sub("arn:${AWS::Partition}:s3:::other/*")})).verdict, Deny);
    assert_eq!(
        of(json!({"Effect": "Allow", "Action": "s3:*", "Resource": [{"Ref": "Bucket"}, "*"]}))
            .verdict,
        Allow
    );
    assert_eq!(
        of(json!({"Effect": {"Ref": "Effect"}, "Action": "s3:*", "Resource": "*"})).verdict,
        Unknown
    );
    assert_eq!(of(json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Fn::If": ["A", {}, {}]}})).verdict, Unknown);
    let answer = of(json!({"Fn::If": ["A", {"Ref": "B"}, {"Ref": "C"}]}));
    assert_eq!(
        answer.why(),
        "Unknown: it depends on a statement that CloudFormation fills in."
    );
    let answer = of(
        json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}),
    );
    assert_eq!(
        answer.why(),
        "Unknown: it depends on `aws:SourceIp` of the request."
    );
}

#[test]
fn a_statement_whose_effect_is_open_is_judged_for_each_effect_by_its_own_names() {
    let ana = user("Ana");
    // As a denial it means everybody with a boundary; as an allowance it excepts Ana, so nothing allows her.
    let statement = json!({"Effect": {"Ref": "E"}, "NotPrincipal": {"AWS": [ana.arn(), ACCOUNT]}, "Action": "s3:*", "Resource": "*"});
    let policies = Policies {
        resource: ResourcePolicy::Beside(named(
            "bucket",
            Kind::Resource,
            &json!({"Statement": [statement]}),
        )),
        boundary: Layer::Held(named("limit", Kind::Boundary, &allow("*", "*"))),
        ..identity(&[])
    };
    assert_eq!(ask(&ana, "s3:GetObject", OBJECT, &policies), Verdict::Deny);
}

#[test]
fn what_is_not_known_in_a_negation_may_be_missing_and_so_settles_nothing() {
    let ana = user("Ana");
    let of = |part: &str, context: &Context| {
        let mut statement = json!({"Effect": "Allow", "Action": "s3:*", part: "arn:aws:s3:::other/${aws:PrincipalTag/team}"});
        statement["Condition"] = json!({});
        let policies = identity(&[json!({"Version": "2012-10-17", "Statement": [statement]})]);
        ask_of(&ana, "s3:GetObject", OBJECT, &policies, context).verdict
    };
    let known = Context::complete().with("aws:PrincipalTag/team", "x");
    assert_eq!(of("NotResource", &known), Verdict::Allow);
    for context in [Context::complete(), Context::open()] {
        assert_eq!(of("NotResource", &context), Verdict::Unknown);
        assert_eq!(of("Resource", &context), Verdict::Deny);
    }
    let not = json!({"StringNotEquals": {"k": "${aws:PrincipalTag/team}"}});
    assert_eq!(conditioned(&not, &known.with("k", "y")), Verdict::Allow);
    assert_eq!(
        conditioned(&not, &Context::open().with("k", "y")),
        Verdict::Unknown
    );
    assert_eq!(
        conditioned(&not, &Context::complete().with("k", "y")),
        Verdict::Unknown
    );
}
