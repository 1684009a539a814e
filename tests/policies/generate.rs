//! Random requests with their policies, as both evaluators are given them.

use serde_json::{Map, Value, json};

use crate::random::Random;

const ACCOUNT: &str = "111122223333";
const OTHER: &str = "999988887777";
const KEY: &str = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/// A request with everything that decides on it.
#[derive(Debug, Clone)]
pub(crate) struct Trial {
    pub(crate) principal: String,
    pub(crate) action: &'static str,
    pub(crate) resource: &'static str,
    pub(crate) account: &'static str,
    pub(crate) context: Map<String, Value>,
    pub(crate) identity: Vec<Value>,
    pub(crate) boundary: Option<Value>,
    pub(crate) session: Option<Value>,
    pub(crate) service_control: Vec<Vec<Value>>,
    pub(crate) resource_control: Vec<Value>,
    pub(crate) of_resource: Option<Value>,
}

/// An action, its resource, and the context keys that it takes beside the global ones.
struct Subject {
    action: &'static str,
    resource: &'static str,
    keys: &'static [&'static str],
}

const SUBJECTS: &[Subject] = &[
    Subject {
        action: "kms:Decrypt",
        resource: KEY,
        keys: &[
            "kms:ViaService",
            "kms:EncryptionContext:PARAMETER_ARN",
            "kms:EncryptionContextKeys",
        ],
    },
    Subject {
        action: "kms:GenerateDataKey",
        resource: KEY,
        keys: &["kms:ViaService", "kms:EncryptionContext:PARAMETER_ARN"],
    },
    Subject {
        action: "kms:PutKeyPolicy",
        resource: KEY,
        keys: &["kms:ViaService", "kms:BypassPolicyLockoutSafetyCheck"],
    },
    Subject {
        action: "kms:CreateGrant",
        resource: KEY,
        keys: &["kms:GrantIsForAWSResource", "kms:GrantOperations"],
    },
    Subject {
        action: "ssm:GetParameter",
        resource: "arn:aws:ssm:eu-central-1:111122223333:parameter/shop/prod/password",
        keys: &["aws:ResourceTag/team"],
    },
    Subject {
        action: "s3:GetObject",
        resource: "arn:aws:s3:::home/Ana/notes.txt",
        keys: &["s3:ExistingObjectTag/team"],
    },
    Subject {
        action: "sqs:SendMessage",
        resource: "arn:aws:sqs:eu-central-1:111122223333:jobs",
        keys: &["aws:ResourceTag/team"],
    },
    Subject {
        action: "sts:AssumeRole",
        resource: "arn:aws:iam::111122223333:role/Target",
        keys: &["sts:ExternalId"],
    },
];

const PATTERNS: &[&str] = &[
    "*",
    "kms:*",
    "kms:De*",
    "kms:decrypt",
    "kms:Generate?ataKey",
    "kms:Put*",
    "kms:CreateGrant",
    "ssm:Get*",
    "ssm:GetParameter",
    "s3:*",
    "s3:GetObject",
    "sqs:*",
    "sqs:SendMessage",
    "sts:AssumeRole",
    "sts:*",
    "iam:*",
];

const RESOURCES: &[&str] = &[
    "*",
    "*",
    KEY,
    "arn:aws:kms:*:111122223333:key/*",
    "arn:aws:kms:eu-central-1:999988887777:key/*",
    "arn:aws:ssm:eu-central-1:111122223333:parameter/shop/*",
    "arn:aws:ssm:*:*:parameter/*/password",
    "arn:aws:s3:::home/${aws:username}/*",
    "arn:aws:s3:::home/${aws:PrincipalTag/team, 'Ana'}/*",
    "arn:aws:s3:::home/*",
    "arn:aws:sqs:eu-central-?:111122223333:jobs",
    "arn:aws:iam::111122223333:role/*",
];

/// Keys that hold one value each, with the values that meet.
const TEXTS: &[(&str, &[&str])] = &[
    (
        "kms:ViaService",
        &[
            "ssm.eu-central-1.amazonaws.com",
            "s3.eu-central-1.amazonaws.com",
        ],
    ),
    (
        "kms:EncryptionContext:PARAMETER_ARN",
        &[
            "arn:aws:ssm:eu-central-1:111122223333:parameter/a",
            "arn:aws:ssm:eu-central-1:111122223333:parameter/b",
        ],
    ),
    ("aws:PrincipalTag/team", &["Ana", "shop", "Shop"]),
    ("aws:ResourceTag/team", &["Ana", "shop", "Shop"]),
    ("s3:ExistingObjectTag/team", &["Ana", "shop", "Shop"]),
    ("sts:ExternalId", &["shop", "Ana"]),
    ("aws:PrincipalAccount", &[ACCOUNT, OTHER]),
    ("aws:username", &["Ana", "ana", "Ben"]),
    ("aws:PrincipalOrgID", &["o-1234567890", "o-other12345"]),
];

const BOOLS: &[&str] = &[
    "aws:MultiFactorAuthPresent",
    "aws:SecureTransport",
    "kms:GrantIsForAWSResource",
    "kms:BypassPolicyLockoutSafetyCheck",
];

const LISTS: &[(&str, &[&str])] = &[
    ("aws:TagKeys", &["team", "Team", "stage"]),
    ("kms:EncryptionContextKeys", &["PARAMETER_ARN", "app"]),
    ("kms:GrantOperations", &["Decrypt", "Encrypt"]),
];

const ADDRESSES: &[&str] = &["203.0.113.5", "198.51.100.7", "2001:db8::1"];
const MOMENTS: &[&str] = &[
    "2026-01-01T00:00:00Z",
    "2026-06-01T12:00:00Z",
    "2025-12-31T23:59:59Z",
];
const ARNS: &[&str] = &[
    "arn:aws:sns:eu-central-1:111122223333:topic",
    "arn:aws:sns:us-east-1:111122223333:topic",
    "arn:aws:s3:::home",
];

/// The number-th request of a seed.
pub(crate) fn trial(seed: u64, number: usize) -> Trial {
    let mut random = Random::of(seed.wrapping_mul(1_000_003).wrapping_add(number as u64));
    let random = &mut random;
    let subject = random.pick(SUBJECTS);
    let principal = principal(random);
    let own = !principal.contains(".amazonaws.com") && !principal.ends_with(":root");
    let required = subject.action.starts_with("kms:") || subject.action.starts_with("sts:");
    let kind = if subject.action.starts_with("sts:") {
        Of::Role
    } else {
        Of::Resource
    };
    let identities = if own { random.below(3) } else { 0 };
    let service = principal.contains(".amazonaws.com");
    let mut maybe = |percent, of| {
        random
            .chance(percent)
            .then(|| document(random, subject, &principal, of))
    };
    let boundary = maybe(if own { 20 } else { 0 }, Of::Limit);
    let session = maybe(
        if principal.contains("assumed-role") {
            20
        } else {
            0
        },
        Of::Limit,
    );
    let of_resource = maybe(if required || service { 100 } else { 60 }, kind);
    let levels = if !service && random.chance(25) {
        random.between(1, 2)
    } else {
        0
    };
    let controls = usize::from(random.chance(15));
    Trial {
        context: context(random, subject, &principal),
        identity: (0..identities)
            .map(|_| document(random, subject, &principal, Of::Identity))
            .collect(),
        boundary,
        session,
        of_resource,
        service_control: (0..levels)
            .map(|_| vec![document(random, subject, &principal, Of::Limit)])
            .collect(),
        resource_control: (0..controls)
            .map(|_| document(random, subject, &principal, Of::Control))
            .collect(),
        action: subject.action,
        resource: subject.resource,
        account: ACCOUNT,
        principal,
    }
}

fn principal(random: &mut Random) -> String {
    let account = if random.chance(25) { OTHER } else { ACCOUNT };
    match random.below(10) {
        0..=4 => format!(
            "arn:aws:iam::{account}:user/{}",
            random.pick(&["Ana", "Ben"])
        ),
        5..=7 => format!("arn:aws:sts::{account}:assumed-role/Deployer/one"),
        8 => format!("arn:aws:iam::{account}:root"),
        _ => (*random.pick(&["logs.amazonaws.com", "lambda.amazonaws.com"])).to_owned(),
    }
}

/// What the request brings along; the keys that follow from who asks are written out for the peer.
fn context(random: &mut Random, subject: &Subject, principal: &str) -> Map<String, Value> {
    let mut made = Map::new();
    let service = principal.contains(".amazonaws.com");
    let account = principal.split(':').nth(4).unwrap_or_default();
    made.insert(
        "aws:PrincipalIsAWSService".to_owned(),
        service.to_string().into(),
    );
    made.insert("aws:ResourceAccount".to_owned(), ACCOUNT.into());
    if !service {
        let (arn, kind) = match principal.rsplit(':').next().unwrap_or_default() {
            "root" => (principal.to_owned(), "Account"),
            name if name.starts_with("user/") => (principal.to_owned(), "User"),
            _ => (
                format!("arn:aws:iam::{account}:role/Deployer"),
                "AssumedRole",
            ),
        };
        made.insert("aws:PrincipalArn".to_owned(), arn.into());
        made.insert("aws:PrincipalAccount".to_owned(), account.into());
        made.insert("aws:PrincipalType".to_owned(), kind.into());
        if kind == "User" {
            made.insert(
                "aws:username".to_owned(),
                principal.rsplit('/').next().into(),
            );
        }
        if subject.action.starts_with("kms:") {
            made.insert("kms:CallerAccount".to_owned(), account.into());
        }
    }
    let mut may = |random: &mut Random, key: &str, value: Value| {
        let fits =
            key.starts_with("aws:") && key != "aws:ResourceTag/team" || subject.keys.contains(&key);
        if fits && !made.contains_key(key) && random.chance(60) {
            made.insert(key.to_owned(), value);
        }
    };
    for (key, values) in TEXTS
        .iter()
        .filter(|(key, _)| !matches!(*key, "aws:username" | "aws:PrincipalAccount"))
    {
        let value = (*random.pick(values)).into();
        may(random, key, value);
    }
    for key in BOOLS {
        let value = (*random.pick(&["true", "false"])).into();
        may(random, key, value);
    }
    for (key, values) in LISTS {
        let chosen: Vec<&str> = values
            .iter()
            .copied()
            .filter(|_| random.chance(50))
            .collect();
        if !chosen.is_empty() {
            may(random, key, json!(chosen));
        }
    }
    for (key, values) in [
        ("aws:SourceIp", ADDRESSES),
        ("aws:CurrentTime", MOMENTS),
        ("aws:SourceArn", ARNS),
        ("aws:MultiFactorAuthAge", &["100", "3600", "7200"]),
    ] {
        let value = (*random.pick(values)).into();
        may(random, key, value);
    }
    made
}

/// What a document is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Identity,
    Limit,
    Resource,
    Role,
    Control,
}

fn document(random: &mut Random, subject: &Subject, principal: &str, of: Of) -> Value {
    let count = random.between(1, 3);
    let mut statements: Vec<Value> = (0..count)
        .map(|_| statement(random, subject, principal, of))
        .collect();
    if of == Of::Limit && random.chance(60) {
        statements.push(json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
    }
    if subject.resource == KEY && of == Of::Resource && random.chance(50) {
        statements.push(json!({"Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:root")}, "Action": "kms:*", "Resource": "*"}));
    }
    json!({"Version": "2012-10-17", "Statement": statements})
}

fn statement(random: &mut Random, subject: &Subject, principal: &str, of: Of) -> Value {
    let mut made = Map::new();
    let denies = of == Of::Control || random.chance(20);
    made.insert(
        "Effect".to_owned(),
        if denies { "Deny" } else { "Allow" }.into(),
    );
    match of {
        Of::Resource | Of::Role => {
            let name = if denies && random.chance(15) {
                "NotPrincipal"
            } else {
                "Principal"
            };
            made.insert(name.to_owned(), named(random, principal));
        }
        Of::Control => {
            made.insert("Principal".to_owned(), "*".into());
        }
        Of::Identity | Of::Limit => {}
    }
    let not = random.chance(8) && !matches!(of, Of::Control);
    let actions = if of == Of::Role {
        json!("sts:AssumeRole")
    } else if of == Of::Control {
        let service = subject.action.split(':').next().unwrap_or_default();
        json!(format!("{service}:*"))
    } else {
        let service = subject.action.split(':').next().unwrap_or_default();
        let near: Vec<&str> = PATTERNS
            .iter()
            .copied()
            .filter(|pattern| pattern.starts_with(service) || *pattern == "*")
            .collect();
        let list = if random.chance(75) {
            near
        } else {
            PATTERNS.to_vec()
        };
        random.list(1, 2, |random| random.word(&list))
    };
    made.insert(if not { "NotAction" } else { "Action" }.to_owned(), actions);
    if of != Of::Role {
        let service = subject.resource.split(':').nth(2).unwrap_or_default();
        let near: Vec<&str> = RESOURCES
            .iter()
            .copied()
            .filter(|resource| *resource == "*" || resource.split(':').nth(2) == Some(service))
            .collect();
        let list = if random.chance(80) {
            near
        } else {
            RESOURCES.to_vec()
        };
        let not = random.chance(8);
        let resources = random.list(1, 2, |random| random.word(&list));
        made.insert(
            if not { "NotResource" } else { "Resource" }.to_owned(),
            resources,
        );
    }
    if random.chance(40) {
        made.insert("Condition".to_owned(), condition(random, subject));
    }
    made.into()
}

fn named(random: &mut Random, principal: &str) -> Value {
    if random.chance(12) {
        return "*".into();
    }
    if principal.contains(".amazonaws.com") && random.chance(70) {
        return json!({"Service": [random.word(&["logs.amazonaws.com", "lambda.amazonaws.com"])]});
    }
    let account = principal
        .split(':')
        .nth(4)
        .filter(|account| account.len() == 12)
        .unwrap_or(ACCOUNT);
    let role = format!("arn:aws:iam::{account}:role/Deployer");
    let root = format!("arn:aws:iam::{account}:root");
    let mut list = vec![
        role.as_str(),
        root.as_str(),
        account,
        "arn:aws:iam::111122223333:user/Zoe",
        "arn:aws:iam::111122223333:root",
    ];
    if !principal.contains(".amazonaws.com") {
        list.extend([principal, principal]);
    }
    json!({"AWS": random.list(1, 3, |random| random.word(&list))})
}

fn condition(random: &mut Random, subject: &Subject) -> Value {
    let mut made = Map::new();
    for _ in 0..random.between(1, 2) {
        let (operator, key, values) = test(random, subject);
        let if_exists = operator != "Null" && random.chance(20);
        let operator = if if_exists {
            format!("{operator}IfExists")
        } else {
            operator
        };
        let keys = made.entry(operator).or_insert_with(|| json!({}));
        if let Some(keys) = keys.as_object_mut() {
            keys.insert(key.to_owned(), values);
        }
    }
    made.into()
}

/// An operator, a key that it takes, and values for it.
fn test(random: &mut Random, subject: &Subject) -> (String, &'static str, Value) {
    let listed =
        |random: &mut Random, values: &[&str]| random.list(1, 2, |random| random.word(values));
    match random.below(9) {
        0..=2 => {
            let fitting: Vec<_> = TEXTS
                .iter()
                .filter(|(key, _)| {
                    key.starts_with("aws:Principal")
                        || *key == "aws:username"
                        || subject.keys.contains(key)
                })
                .collect();
            let (key, values) = random.pick(&fitting);
            let operators = [
                "StringEquals",
                "StringNotEquals",
                "StringEqualsIgnoreCase",
                "StringNotEqualsIgnoreCase",
                "StringLike",
                "StringNotLike",
            ];
            let mut values = values.to_vec();
            values.extend(["s*", "?na", "*"]);
            (
                random.pick(&operators).to_string(),
                key,
                listed(random, &values),
            )
        }
        3 => {
            let fitting: Vec<&str> = BOOLS
                .iter()
                .copied()
                .filter(|key| key.starts_with("aws:") || subject.keys.contains(key))
                .collect();
            (
                "Bool".to_owned(),
                *random.pick(&fitting),
                random.word(&["true", "false"]),
            )
        }
        4 => {
            let fitting: Vec<_> = LISTS
                .iter()
                .filter(|(key, _)| key.starts_with("aws:") || subject.keys.contains(key))
                .collect();
            let (key, values) = random.pick(&fitting);
            let set = random.pick(&["ForAllValues:", "ForAnyValue:"]);
            let operator = random.pick(&["StringEquals", "StringNotEquals", "StringLike"]);
            (format!("{set}{operator}"), key, listed(random, values))
        }
        5 => (
            random.pick(&["IpAddress", "NotIpAddress"]).to_string(),
            "aws:SourceIp",
            listed(
                random,
                &["203.0.113.0/24", "198.51.100.7/32", "2001:db8::/32"],
            ),
        ),
        6 => {
            let orders = [
                "DateLessThan",
                "DateLessThanEquals",
                "DateGreaterThan",
                "DateGreaterThanEquals",
                "DateEquals",
                "DateNotEquals",
            ];
            (
                random.pick(&orders).to_string(),
                "aws:CurrentTime",
                random.word(MOMENTS),
            )
        }
        7 => {
            let orders = [
                "NumericLessThan",
                "NumericLessThanEquals",
                "NumericGreaterThan",
                "NumericGreaterThanEquals",
                "NumericEquals",
                "NumericNotEquals",
            ];
            (
                random.pick(&orders).to_string(),
                "aws:MultiFactorAuthAge",
                random.word(&["3600", "100"]),
            )
        }
        _ if random.chance(50) => (
            "Null".to_owned(),
            *random.pick(&["aws:SourceIp", "aws:username", "aws:MultiFactorAuthPresent"]),
            random.word(&["true", "false"]),
        ),
        _ => {
            let operators = ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"];
            let mut values = ARNS.to_vec();
            values.push("arn:aws:sns:*:111122223333:*");
            (
                random.pick(&operators).to_string(),
                "aws:SourceArn",
                listed(random, &values),
            )
        }
    }
}
