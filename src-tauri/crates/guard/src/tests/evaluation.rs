//! AWS's documented logic, case by case.

use serde_json::{Value, json};

use super::{ACCOUNT, PARAMETER, named, role, user, who};
use crate::{
    Answer, Context, Kind, Layer, Policies, Principal, Request, ResourcePolicy, Source, Verdict,
    evaluate,
};

pub(crate) fn allow(action: &str, resource: &str) -> Value {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]})
}

pub(crate) fn deny(action: &str, resource: &str) -> Value {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": action, "Resource": resource}]})
}

pub(crate) fn identity(values: &[Value]) -> Policies {
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
pub(crate) fn key(statements: &[(&str, Value, &str)]) -> ResourcePolicy {
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

pub(crate) fn ask_of(
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

pub(crate) fn ask(
    principal: &Principal,
    action: &str,
    resource: &str,
    policies: &Policies,
) -> Verdict {
    ask_of(principal, action, resource, policies, &Context::open()).verdict
}

pub(crate) const OBJECT: &str = "arn:aws:s3:::bucket/a/b.txt";

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
