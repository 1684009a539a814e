//! Random policies and requests of few words, so that they often meet.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

use super::{ACCOUNT, KEY, PARAMETER, named, role, user, who};
use crate::{Context, Held, Kind, Layer, Named, Policies, Principal, ResourcePolicy};

pub(crate) const ACTIONS: &[&str] = &[
    "kms:Decrypt",
    "kms:PutKeyPolicy",
    "ssm:GetParameter",
    "s3:GetObject",
];

const PATTERNS: &[&str] = &[
    "*",
    "kms:*",
    "kms:D*",
    "kms:decrypt",
    "kms:Put*",
    "ssm:Get*",
    "s3:Get?bject",
    "kms:*Key*",
    "iam:PassRole",
];

const RESOURCES: &[&str] = &[
    "*",
    KEY,
    "arn:aws:kms:*:111122223333:key/*",
    "arn:aws:kms:eu-central-1:111122223333:key/${aws:PrincipalTag/key}",
    PARAMETER,
    "arn:aws:ssm:*:*:parameter/shop/*",
    "arn:aws:ssm:*3:parameter/*",
    "arn:aws:s3:::home/${aws:username}/*",
    "arn:aws:s3:::*",
];

pub(crate) const ASKED: &[&str] = &[KEY, PARAMETER, "arn:aws:s3:::home/Ana/x", "*"];

const KEYS: &[&str] = &[
    "kms:ViaService",
    "aws:username",
    "aws:PrincipalTag/key",
    "x:List",
];

const VALUES: &[&str] = &["1234", "Ana", "ssm", "", "10.0.0.1", "true", "2026-01-01"];

const OPERATORS: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "NumericLessThan",
    "NumericNotEquals",
    "DateGreaterThan",
    "Bool",
    "IpAddress",
    "NotIpAddress",
    "ArnLike",
    "ArnNotEquals",
    "BinaryEquals",
    "Null",
];

/// A text, or now and then what CloudFormation fills in.
fn text(all: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop_oneof![
        12 => select(all).prop_map(Value::from),
        1 => select(vec![json!({"Ref": "X"}), json!({"Fn::Sub": "arn:aws:kms:*:${A}:key/*"})]),
    ]
}

fn texts(all: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop_oneof![text(all), vec(text(all), 1..4).prop_map(Value::from)]
}

fn condition() -> impl Strategy<Value = Value> {
    let operator = (
        select(vec!["", "ForAllValues:", "ForAnyValue:"]),
        select(OPERATORS),
        any::<bool>(),
    );
    let operator = operator.prop_map(|(set, name, if_exists)| match (name, if_exists) {
        ("Null", _) | (_, false) => format!("{set}{name}"),
        _ => format!("{set}{name}IfExists"),
    });
    let values = || {
        let plain = select(vec![
            json!(true),
            json!(false),
            json!(5),
            json!("${aws:username}"),
            json!("*"),
            json!("s*"),
        ]);
        vec(prop_oneof![3 => text(VALUES), 2 => plain], 1..3).prop_map(Value::from)
    };
    vec((operator, vec((select(KEYS), values()), 1..3)), 0..3).prop_map(|tests| {
        let tests = tests.into_iter().map(|(operator, keys)| {
            let keys: Map<_, _> = keys
                .into_iter()
                .map(|(key, values)| (key.to_owned(), values))
                .collect();
            (operator, Value::from(keys))
        });
        Value::from(tests.collect::<Map<_, _>>())
    })
}

/// The people that policies name and that ask.
pub(crate) fn people() -> Vec<Principal> {
    let session = who("arn:aws:sts::111122223333:assumed-role/Deployer/one");
    vec![
        user("Ana"),
        user("Ben"),
        role("Deployer"),
        session.clone(),
        session.of_role(role("Deployer").arn()),
        who("arn:aws:iam::111122223333:root"),
        who("arn:aws:iam::999988887777:user/Zoe"),
        who("logs.amazonaws.com"),
    ]
}

fn principal() -> impl Strategy<Value = Value> {
    let names: Vec<String> = people()
        .iter()
        .map(|one| one.arn().to_owned())
        .chain([ACCOUNT.to_owned(), "*".to_owned()])
        .collect();
    let arns: Vec<String> = names
        .into_iter()
        .filter(|name| !name.starts_with("logs"))
        .collect();
    let aws = vec(
        prop_oneof![9 => select(arns).prop_map(Value::from), 1 => Just(json!({"Ref": "R"}))],
        1..3,
    );
    let service = option::of(Just("logs.amazonaws.com"));
    let named = (aws, service).prop_map(|(aws, service)| match service {
        Some(service) => json!({"AWS": aws, "Service": service}),
        None => json!({"AWS": aws}),
    });
    prop_oneof![1 => Just(json!("*")), 6 => named]
}

/// A statement. `Not...` forms come now and then.
pub(crate) fn statement(kind: Kind) -> impl Strategy<Value = Value> {
    let not = || prop::bool::weighted(0.15);
    let effect = prop_oneof![12 => Just(json!("Allow")), 6 => Just(json!("Deny")), 1 => Just(json!({"Ref": "E"}))];
    let who = (not(), principal());
    let parts = (not(), texts(PATTERNS), not(), texts(RESOURCES));
    (effect, who, parts, option::of(condition())).prop_map(
        move |(effect, who, parts, condition)| {
            let name = |not: bool, name: &str| {
                if not {
                    format!("Not{name}")
                } else {
                    name.to_owned()
                }
            };
            let mut made = Map::new();
            made.insert("Effect".to_owned(), effect);
            if kind.names_principals() {
                made.insert(name(who.0, "Principal"), who.1);
            }
            made.insert(name(parts.0, "Action"), parts.1);
            made.insert(name(parts.2, "Resource"), parts.3);
            if let Some(condition) = condition {
                made.insert("Condition".to_owned(), condition);
            }
            made.into()
        },
    )
}

pub(crate) fn document(kind: Kind) -> impl Strategy<Value = Value> {
    let version = select(vec!["2012-10-17", "2008-10-17"]);
    (version, vec(statement(kind), 1..4))
        .prop_map(|(version, statements)| json!({"Version": version, "Statement": statements}))
}

pub(crate) fn context() -> impl Strategy<Value = Context> {
    let values = subsequence(VALUES, 0..3)
        .prop_map(|values| Held::Values(values.into_iter().map(str::to_owned).collect()));
    let one = select(VALUES).prop_map(|value| Held::Values(vec![value.to_owned()]));
    let held = || prop_oneof![4 => one.clone(), 1 => values.clone(), 2 => Just(Held::Absent), 2 => Just(Held::Unknown)];
    let each: Vec<_> = KEYS
        .iter()
        .filter(|key| **key != "aws:username")
        .map(|key| (Just(*key), held()))
        .collect();
    (each, any::<bool>()).prop_map(|(keys, open)| {
        let empty = if open {
            Context::open()
        } else {
            Context::complete()
        };
        keys.into_iter()
            .fold(empty, |context, (key, held)| context.holding(key, held))
    })
}

/// A request, without its policies.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) principal: Principal,
    pub(crate) action: &'static str,
    pub(crate) resource: &'static str,
    pub(crate) context: Context,
}

pub(crate) fn asked() -> impl Strategy<Value = Asked> {
    (select(people()), select(ACTIONS), select(ASKED), context()).prop_map(
        |(principal, action, resource, context)| Asked {
            principal,
            action,
            resource,
            context,
        },
    )
}

fn documents(kind: Kind, name: &'static str) -> impl Strategy<Value = Vec<Named>> {
    vec(document(kind), 0..3).prop_map(move |values| {
        values
            .iter()
            .map(|value| named(name, kind, value))
            .collect()
    })
}

fn layer<T: Clone + std::fmt::Debug>(
    held: impl Strategy<Value = T>,
    common: u32,
) -> impl Strategy<Value = Layer<T>> {
    prop_oneof![common => held.prop_map(Layer::Held), 6 => Just(Layer::Absent), 1 => Just(Layer::NotKnown)]
}

pub(crate) fn policies() -> impl Strategy<Value = Policies> {
    let resource = prop_oneof![
        2 => Just(ResourcePolicy::Absent),
        4 => document(Kind::Resource).prop_map(|value| ResourcePolicy::Beside(named("resource", Kind::Resource, &value))),
        4 => document(Kind::Key).prop_map(|value| ResourcePolicy::Required(named("key", Kind::Key, &value))),
        1 => Just(ResourcePolicy::NotKnown),
    ];
    let boundary =
        document(Kind::Boundary).prop_map(|value| named("boundary", Kind::Boundary, &value));
    let levels = vec(documents(Kind::ServiceControl, "scp"), 0..3);
    (
        layer(documents(Kind::Identity, "identity"), 20),
        layer(boundary, 1),
        layer(documents(Kind::Session, "session"), 1),
        layer(levels, 1),
        resource,
    )
        .prop_map(
            |(identity, boundary, session, service_control, resource)| Policies {
                identity,
                boundary,
                session,
                service_control,
                resource,
                ..Policies::default()
            },
        )
}
