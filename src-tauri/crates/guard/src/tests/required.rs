//! Keys and roles, whose own policies must allow: key policies, trust policies, grants.

use serde_json::{Value, json};

use super::evaluation::{allow, ask, ask_of, deny, identity, key};
use super::{ACCOUNT, KEY, named, role, user, who};
use crate::{Constraint, Context, Grant, Kind, Layer, Policies, ResourcePolicy, Verdict};

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
        (json!([ACCOUNT]), Verdict::Unknown),
        (json!([user("Ben").arn(), ACCOUNT]), Verdict::Unknown),
        (json!([user("Ben").arn()]), Verdict::Deny),
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
fn not_principal_excepts_nobody_who_has_a_boundary() {
    let ana = user("Ana");
    let value = json!({"Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ana.arn()}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Deny", "NotPrincipal": {"AWS": [ana.arn(), ACCOUNT]}, "Action": "kms:*", "Resource": "*"},
    ]});
    let free = Policies {
        resource: ResourcePolicy::Required(named("the key policy", Kind::Key, &value)),
        ..identity(&[])
    };
    assert_eq!(ask(&ana, "kms:Decrypt", KEY, &free), Verdict::Allow);
    let boundary = Layer::Held(named("limit", Kind::Boundary, &allow("*", "*")));
    let bounded = Policies {
        boundary,
        ..free.clone()
    };
    assert_eq!(ask(&ana, "kms:Decrypt", KEY, &bounded), Verdict::Deny);
    let unread = Policies {
        boundary: Layer::NotKnown,
        ..free
    };
    assert_eq!(ask(&ana, "kms:Decrypt", KEY, &unread), Verdict::Unknown);
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
