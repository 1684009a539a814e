//! AWS's documented logic, case by case.

use serde_json::{Value, json};

use super::{ACCOUNT, KEY, PARAMETER, named, role, user, who};
use crate::{
    Answer, Constraint, Context, Grant, Held, Kind, Layer, Policies, Principal, Request,
    ResourcePolicy, Source, Verdict, evaluate,
};

fn allow(action: &str, resource: &str) -> Value {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]})
}

fn deny(action: &str, resource: &str) -> Value {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": action, "Resource": resource}]})
}

fn identity(values: &[Value]) -> Policies {
    let named = values
        .iter()
        .enumerate()
        .map(|(at, value)| named(&format!("policy {at}"), Kind::Identity, value));
    Policies {
        identity: Layer::Held(named.collect()),
        ..Policies::default()
    }
}

/// A key policy of statements, each a principal and what is allowed.
fn key(statements: &[(&str, Value, &str)]) -> ResourcePolicy {
    let made: Vec<Value> = statements
        .iter()
        .map(|(effect, principal, action)| json!({"Effect": effect, "Principal": principal, "Action": action, "Resource": "*"}))
        .collect();
    ResourcePolicy::Required(named(
        "the key policy",
        Kind::Key,
        &json!({"Version": "2012-10-17", "Statement": made}),
    ))
}

fn beside(principal: &Value, action: &str, resource: &str) -> ResourcePolicy {
    let statement =
        json!({"Effect": "Allow", "Principal": principal, "Action": action, "Resource": resource});
    ResourcePolicy::Beside(named(
        "the bucket policy",
        Kind::Resource,
        &json!({"Statement": [statement]}),
    ))
}

fn ask_of(
    principal: &Principal,
    action: &str,
    resource: &str,
    policies: &Policies,
    context: &Context,
) -> Answer {
    let mut request = Request::new(principal, action, resource, context);
    request.resource_account = resource.starts_with("arn:aws:s3").then_some(ACCOUNT);
    evaluate(&request, policies)
}

fn ask(principal: &Principal, action: &str, resource: &str, policies: &Policies) -> Verdict {
    ask_of(principal, action, resource, policies, &Context::open()).verdict
}

const OBJECT: &str = "arn:aws:s3:::bucket/a/b.txt";

#[test]
fn nothing_is_allowed_by_default_and_a_denial_wins() {
    let ana = user("Ana");
    assert_eq!(
        ask(&ana, "s3:GetObject", OBJECT, &identity(&[])),
        Verdict::Deny
    );
    let allowed = identity(&[allow("s3:Get*", "arn:aws:s3:::bucket/*")]);
    assert_eq!(ask(&ana, "s3:GetObject", OBJECT, &allowed), Verdict::Allow);
    assert_eq!(
        ask(&ana, "S3:getobject", OBJECT, &allowed),
        Verdict::Allow,
        "actions have no case"
    );
    assert_eq!(
        ask(&ana, "s3:GetObject", "arn:aws:s3:::Bucket/a", &allowed),
        Verdict::Deny,
        "resources have"
    );
    assert_eq!(ask(&ana, "s3:PutObject", OBJECT, &allowed), Verdict::Deny);
    let both = identity(&[deny("s3:GetObject", "*"), allow("s3:*", "*")]);
    let answer = ask_of(&ana, "s3:GetObject", OBJECT, &both, &Context::open());
    assert!(answer.is_explicit_denial());
    assert_eq!(
        answer.why(),
        "Denied: the statement /Statement/0 of policy 0 denies it."
    );
    let nothing = ask_of(
        &ana,
        "s3:GetObject",
        OBJECT,
        &identity(&[]),
        &Context::open(),
    );
    assert_eq!(nothing.lacking, [Source::Identity, Source::Resource]);
}

#[test]
fn not_action_and_not_resource_mean_everything_else() {
    let ana = user("Ana");
    let policy = |part: Value| {
        let mut statement = json!({"Effect": "Allow"});
        statement
            .as_object_mut()
            .expect("a mapping")
            .extend(part.as_object().expect("a mapping").clone());
        identity(&[json!({"Statement": [statement]})])
    };
    let but = policy(json!({"NotAction": ["iam:*", "s3:Put*"], "Resource": "*"}));
    assert_eq!(ask(&ana, "s3:GetObject", OBJECT, &but), Verdict::Allow);
    assert_eq!(ask(&ana, "s3:PutObject", OBJECT, &but), Verdict::Deny);
    let but = policy(
        json!({"Action": "s3:*", "NotResource": ["arn:aws:s3:::bucket/a/*", "arn:aws:s3:::x"]}),
    );
    assert_eq!(ask(&ana, "s3:GetObject", OBJECT, &but), Verdict::Deny);
    assert_eq!(
        ask(&ana, "s3:GetObject", "arn:aws:s3:::bucket/c", &but),
        Verdict::Allow
    );
}

#[test]
fn wildcards_reach_over_colons_only_from_the_end_of_a_part() {
    let ana = user("Ana");
    let table = [
        (
            "arn:aws:ssm:*:111122223333:parameter/shop/*",
            Verdict::Allow,
        ),
        (
            "arn:aws:ssm:eu-central-?:111122223333:parameter/*/password",
            Verdict::Allow,
        ),
        ("arn:aws:ssm:*", Verdict::Allow),
        ("arn:aws:ssm:*:parameter/shop/prod/password", Verdict::Allow),
        ("arn:aws:ssm:*3:parameter/shop/*", Verdict::Unknown),
        ("arn:aws:ssm:eu-west-1:*:parameter/*", Verdict::Deny),
        (
            "arn:aws:ssm:eu-central-1:111122223333:parameter/shop/prod/passwor",
            Verdict::Deny,
        ),
        (
            "arn:aws:ssm:eu-central-1:111122223333:parameter/shop/prod/password?",
            Verdict::Deny,
        ),
    ];
    for (pattern, verdict) in table {
        let policies = identity(&[allow("ssm:GetParameter", pattern)]);
        assert_eq!(
            ask(&ana, "ssm:GetParameter", PARAMETER, &policies),
            verdict,
            "{pattern}"
        );
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table, a row per case")]
fn a_boundary_a_session_and_each_level_of_an_organisation_must_allow_too() {
    let ana = user("Ana");
    let all = allow("*", "*");
    let wide = identity(std::slice::from_ref(&all));
    let held = |value: &Value| Layer::Held(named("limit", Kind::Boundary, value));
    let bounded = |boundary| Policies {
        boundary,
        ..wide.clone()
    };
    assert_eq!(
        ask(
            &ana,
            "s3:GetObject",
            OBJECT,
            &bounded(held(&allow("s3:*", "*")))
        ),
        Verdict::Allow
    );
    assert_eq!(
        ask(
            &ana,
            "s3:GetObject",
            OBJECT,
            &bounded(held(&allow("kms:*", "*")))
        ),
        Verdict::Deny
    );
    assert_eq!(
        ask(&ana, "s3:GetObject", OBJECT, &bounded(Layer::NotKnown)),
        Verdict::Unknown
    );
    let level = |value: &Value| vec![named("scp", Kind::ServiceControl, value)];
    let table = [
        (vec![level(&all), level(&all)], Verdict::Allow),
        (
            vec![level(&all), level(&allow("kms:*", "*"))],
            Verdict::Deny,
        ),
        (
            vec![level(&allow("kms:*", "*")), level(&all)],
            Verdict::Deny,
        ),
        (vec![level(&all), Vec::new()], Verdict::Deny),
        (
            vec![[level(&all), level(&deny("s3:Get*", "*"))].concat()],
            Verdict::Deny,
        ),
    ];
    for (levels, verdict) in table {
        let policies = Policies {
            service_control: Layer::Held(levels),
            ..wide.clone()
        };
        assert_eq!(ask(&ana, "s3:GetObject", OBJECT, &policies), verdict);
        // The root user of a member account is bound by them too.
        assert_eq!(
            ask(
                &who("arn:aws:iam::111122223333:root"),
                "s3:GetObject",
                OBJECT,
                &policies
            ),
            verdict
        );
    }
    let session = Policies {
        session: Layer::Held(vec![named("session", Kind::Session, &allow("kms:*", "*"))]),
        ..wide.clone()
    };
    assert_eq!(ask(&ana, "s3:GetObject", OBJECT, &session), Verdict::Deny);
    let control = json!({"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}]});
    let controlled = Policies {
        resource_control: Layer::Held(vec![named("rcp", Kind::ResourceControl, &control)]),
        ..wide
    };
    assert_eq!(
        ask(&ana, "s3:GetObject", OBJECT, &controlled),
        Verdict::Deny
    );
}

#[test]
fn in_one_account_the_policy_of_a_resource_suffices_and_its_limits_depend_on_the_name() {
    let (ana, deployer) = (user("Ana"), role("Deployer"));
    let session =
        who("arn:aws:sts::111122223333:assumed-role/Deployer/one").of_role(deployer.arn());
    let limit = Layer::Held(named("limit", Kind::Boundary, &allow("kms:*", "*")));
    let policies = |principal: Value, boundary: &Layer<_>| Policies {
        resource: beside(&principal, "s3:GetObject", "arn:aws:s3:::bucket/*"),
        boundary: boundary.clone(),
        ..identity(&[])
    };
    let table = [
        (
            &ana,
            json!({"AWS": ana.arn()}),
            Verdict::Allow,
            Verdict::Allow,
        ),
        (
            &deployer,
            json!({"AWS": deployer.arn()}),
            Verdict::Allow,
            Verdict::Deny,
        ),
        (
            &session,
            json!({"AWS": deployer.arn()}),
            Verdict::Allow,
            Verdict::Deny,
        ),
        (
            &session,
            json!({"AWS": session.arn()}),
            Verdict::Allow,
            Verdict::Allow,
        ),
        (&session, json!("*"), Verdict::Allow, Verdict::Unknown),
        (&ana, json!({"AWS": ACCOUNT}), Verdict::Deny, Verdict::Deny),
        (
            &ana,
            json!({"AWS": user("Ben").arn()}),
            Verdict::Deny,
            Verdict::Deny,
        ),
        (
            &ana,
            json!({"AWS": "AIDAACKCEVSQ6C2EXAMPLE"}),
            Verdict::Deny,
            Verdict::Deny,
        ),
    ];
    for (principal, named, free, limited) in table {
        assert_eq!(
            ask(
                principal,
                "s3:GetObject",
                OBJECT,
                &policies(named.clone(), &Layer::Absent)
            ),
            free,
            "{named}"
        );
        assert_eq!(
            ask(
                principal,
                "s3:GetObject",
                OBJECT,
                &policies(named.clone(), &limit)
            ),
            limited,
            "{named} with a boundary"
        );
    }
}

#[test]
fn between_accounts_both_sides_must_allow() {
    let other = who("arn:aws:iam::999988887777:user/Zoe");
    let own = identity(&[allow("s3:*", "*")]);
    let both = |resource| Policies {
        resource,
        ..own.clone()
    };
    let table = [
        (
            beside(
                &json!({"AWS": other.arn()}),
                "s3:GetObject",
                "arn:aws:s3:::bucket/*",
            ),
            Verdict::Allow,
        ),
        (
            beside(
                &json!({"AWS": "999988887777"}),
                "s3:GetObject",
                "arn:aws:s3:::bucket/*",
            ),
            Verdict::Allow,
        ),
        (
            beside(
                &json!({"AWS": "arn:aws-cn:iam::999988887777:root"}),
                "s3:GetObject",
                "arn:aws:s3:::bucket/*",
            ),
            Verdict::Deny,
        ),
        (
            beside(&json!("*"), "s3:GetObject", "arn:aws:s3:::bucket/*"),
            Verdict::Allow,
        ),
        (
            beside(
                &json!({"AWS": ACCOUNT}),
                "s3:GetObject",
                "arn:aws:s3:::bucket/*",
            ),
            Verdict::Deny,
        ),
        (ResourcePolicy::Absent, Verdict::Deny),
        (ResourcePolicy::NotKnown, Verdict::Unknown),
    ];
    for (resource, verdict) in table {
        assert_eq!(
            ask(&other, "s3:GetObject", OBJECT, &both(resource.clone())),
            verdict
        );
        let alone = Policies {
            resource,
            ..identity(&[])
        };
        assert_eq!(
            ask(&other, "s3:GetObject", OBJECT, &alone),
            Verdict::Deny,
            "their own account must allow it too"
        );
    }
    // Of whose account a bucket is, its ARN does not say.
    let context = Context::open();
    let ana = user("Ana");
    let request = Request::new(&ana, "s3:GetObject", OBJECT, &context);
    assert_eq!(evaluate(&request, &own).verdict, Verdict::Unknown);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table, a row per case")]
fn policies_of_identities_count_for_a_key_only_when_its_policy_lets_the_account() {
    let root = json!({"AWS": "arn:aws:iam::111122223333:root"});
    let ana = user("Ana");
    let own = identity(&[allow("kms:Decrypt", KEY)]);
    let with = |resource, policies: &Policies| Policies {
        resource,
        ..policies.clone()
    };
    let direct = key(&[("Allow", json!({"AWS": ana.arn()}), "kms:Decrypt")]);
    let table = [
        (
            key(&[("Allow", root.clone(), "kms:*")]),
            &own,
            Verdict::Allow,
        ),
        (
            key(&[("Allow", root.clone(), "kms:*")]),
            &identity(&[]),
            Verdict::Deny,
        ),
        (
            key(&[("Allow", json!({"AWS": user("Ben").arn()}), "kms:*")]),
            &own,
            Verdict::Deny,
        ),
        (direct.clone(), &identity(&[]), Verdict::Allow),
        (
            key(&[
                ("Allow", root.clone(), "kms:*"),
                ("Deny", json!({"AWS": ana.arn()}), "kms:Decrypt"),
            ]),
            &own,
            Verdict::Deny,
        ),
        (
            key(&[("Allow", root.clone(), "kms:Encrypt")]),
            &own,
            Verdict::Deny,
        ),
        (ResourcePolicy::NotKnown, &own, Verdict::Unknown),
        (ResourcePolicy::Absent, &own, Verdict::Unknown),
    ];
    for (resource, policies, verdict) in table {
        assert_eq!(
            ask(&ana, "kms:Decrypt", KEY, &with(resource.clone(), policies)),
            verdict,
            "{resource:?}"
        );
    }
    let root_user = who("arn:aws:iam::111122223333:root");
    assert_eq!(
        ask(
            &root_user,
            "kms:Decrypt",
            KEY,
            &with(
                key(&[("Allow", root.clone(), "kms:*")]),
                &Policies::default()
            )
        ),
        Verdict::Allow
    );
    assert_eq!(
        ask(
            &root_user,
            "kms:Decrypt",
            KEY,
            &with(direct.clone(), &Policies::default())
        ),
        Verdict::Deny
    );
    let unread = Policies {
        identity: Layer::NotKnown,
        ..Policies::default()
    };
    assert_eq!(
        ask(&ana, "kms:Decrypt", KEY, &with(direct, &unread)),
        Verdict::Unknown,
        "they may deny it"
    );
    // Listing keys asks for no key.
    assert_eq!(
        ask(
            &ana,
            "kms:ListKeys",
            "*",
            &identity(&[allow("kms:ListKeys", "*")])
        ),
        Verdict::Allow
    );
}

#[test]
fn a_role_is_assumed_only_as_its_trust_policy_says() {
    let trust = |principal: Value| {
        let value = json!({"Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}]});
        ResourcePolicy::Required(named("the trust policy", Kind::Trust, &value))
    };
    let (ana, target) = (user("Ana"), role("Deployer"));
    let own = identity(&[allow("sts:AssumeRole", "*")]);
    let service = who("lambda.amazonaws.com");
    let with = |resource, policies: &Policies| Policies {
        resource,
        ..policies.clone()
    };
    let table = [
        (
            &ana,
            trust(json!({"AWS": ana.arn()})),
            identity(&[]),
            Verdict::Allow,
        ),
        (
            &ana,
            trust(json!({"AWS": ACCOUNT})),
            identity(&[]),
            Verdict::Deny,
        ),
        (
            &ana,
            trust(json!({"AWS": ACCOUNT})),
            own.clone(),
            Verdict::Allow,
        ),
        (
            &ana,
            trust(json!({"Service": "lambda.amazonaws.com"})),
            own.clone(),
            Verdict::Deny,
        ),
        (
            &service,
            trust(json!({"Service": "lambda.amazonaws.com"})),
            Policies::default(),
            Verdict::Allow,
        ),
        (
            &service,
            trust(json!({"Service": "ec2.amazonaws.com"})),
            Policies::default(),
            Verdict::Deny,
        ),
    ];
    for (principal, resource, policies, verdict) in table {
        assert_eq!(
            ask(
                principal,
                "sts:AssumeRole",
                target.arn(),
                &with(resource, &policies)
            ),
            verdict
        );
    }
}

#[test]
fn not_principal_excepts_from_a_denial_only_whom_it_names_wholly() {
    let ana = user("Ana");
    let policies = |but: Value| {
        let value = json!({"Statement": [
            {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "kms:*", "Resource": "*"},
            {"Effect": "Deny", "NotPrincipal": {"AWS": but}, "Action": "kms:*", "Resource": "*"},
        ]});
        Policies {
            resource: ResourcePolicy::Required(named("the key policy", Kind::Key, &value)),
            ..identity(&[allow("kms:*", "*")])
        }
    };
    let table = [
        (json!([ana.arn(), ACCOUNT]), Verdict::Allow),
        (json!([ana.arn()]), Verdict::Unknown),
        (json!([ACCOUNT]), Verdict::Deny),
        (json!([user("Ben").arn(), ACCOUNT]), Verdict::Deny),
    ];
    for (but, verdict) in table {
        assert_eq!(
            ask(&ana, "kms:Decrypt", KEY, &policies(but.clone())),
            verdict,
            "{but}"
        );
    }
}

#[test]
fn a_grant_allows_what_it_names_and_no_more() {
    let deployer = role("Deployer");
    let grant = |constraint| Grant {
        id: "g1".to_owned(),
        grantee: deployer.arn().to_owned(),
        operations: vec!["Decrypt".to_owned()],
        constraint,
    };
    let policies = |constraint| Policies {
        resource: key(&[("Allow", json!({"AWS": user("Ben").arn()}), "kms:*")]),
        grants: Layer::Held(vec![grant(constraint)]),
        ..identity(&[])
    };
    let free = policies(Constraint::Absent);
    assert_eq!(ask(&deployer, "kms:Decrypt", KEY, &free), Verdict::Allow);
    assert_eq!(ask(&deployer, "kms:Encrypt", KEY, &free), Verdict::Deny);
    assert_eq!(
        ask(&role("Other"), "kms:Decrypt", KEY, &free),
        Verdict::Deny
    );
    let bound = policies(Constraint::Subset(vec![(
        "app".to_owned(),
        "shop".to_owned(),
    )]));
    let with = |context: Context| ask_of(&deployer, "kms:Decrypt", KEY, &bound, &context).verdict;
    assert_eq!(
        with(Context::open().with("kms:EncryptionContext:app", "shop")),
        Verdict::Allow
    );
    assert_eq!(
        with(Context::open().with("kms:EncryptionContext:app", "other")),
        Verdict::Deny
    );
    assert_eq!(with(Context::open()), Verdict::Unknown);
    let unread = Policies {
        grants: Layer::NotKnown,
        ..policies(Constraint::Absent)
    };
    assert_eq!(
        ask(&deployer, "kms:Decrypt", KEY, &unread),
        Verdict::Unknown
    );
    assert_eq!(
        ask(&deployer, "kms:PutKeyPolicy", KEY, &unread),
        Verdict::Deny,
        "no grant gives that"
    );
    let denied = Policies {
        identity: Layer::Held(vec![named("own", Kind::Identity, &deny("kms:*", "*"))]),
        ..free
    };
    assert_eq!(ask(&deployer, "kms:Decrypt", KEY, &denied), Verdict::Deny);
}

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
fn sessions_are_their_roles_when_the_role_is_known() {
    let session = who("arn:aws:sts::111122223333:assumed-role/Deployer/one");
    let deep = "arn:aws:iam::111122223333:role/teams/Deployer";
    let policies = Policies {
        resource: key(&[("Allow", json!({"AWS": deep}), "kms:Decrypt")]),
        ..identity(&[])
    };
    assert_eq!(
        ask(&session, "kms:Decrypt", KEY, &policies),
        Verdict::Unknown,
        "its path is not in the session's ARN"
    );
    assert_eq!(
        ask(
            &session.clone().of_role(deep),
            "kms:Decrypt",
            KEY,
            &policies
        ),
        Verdict::Allow
    );
    assert_eq!(
        ask(
            &session.of_role("arn:aws:iam::111122223333:role/Deployer"),
            "kms:Decrypt",
            KEY,
            &policies
        ),
        Verdict::Deny
    );
}
