//! Keys of `cognitoUserPool` events.

use super::{Key, Shape};
use crate::schema::Rule;

static POOL: Rule = Rule {
    wants: "at most 128 letters, digits, spaces and `+=,.@_-`",
    holds: |text| {
        let fits = |letter: char| {
            letter.is_ascii_alphanumeric() || letter.is_whitespace() || "_+=,.@-".contains(letter)
        };
        !text.is_empty() && text.chars().count() <= 128 && text.chars().all(fits)
    },
};

static KEY_ARN: Rule = Rule {
    wants: "the ARN of a KMS key",
    holds: |text| {
        let mut parts = text.split(':');
        parts.next() == Some("arn")
            && parts
                .next()
                .is_some_and(|partition| partition.starts_with("aws"))
            && parts
                .next()
                .is_some_and(|service| service.starts_with("kms"))
    },
};

/// What a user pool calls functions for.
pub(crate) const TRIGGERS: &[&str] = &[
    "PreSignUp",
    "PostConfirmation",
    "PreAuthentication",
    "PostAuthentication",
    "PreTokenGeneration",
    "CustomMessage",
    "DefineAuthChallenge",
    "CreateAuthChallenge",
    "VerifyAuthChallengeResponse",
    "UserMigration",
    "CustomSMSSender",
    "CustomEmailSender",
];

static EVENT: &[Key] = &[
    Key::new("pool", Shape::TextBy(&POOL), "The user pool's name"),
    Key::new("trigger", Shape::Word(TRIGGERS), "The step of a sign-up"),
    Key::new("existing", Shape::Truth, "Whether the pool exists already"),
    Key::new(
        "forceDeploy",
        Shape::Truth,
        "Whether every deploy connects an existing pool anew",
    ),
    Key::new(
        "kmsKeyId",
        Shape::Either(&[Shape::TextBy(&KEY_ARN), Shape::Function]),
        "The key that codes are encrypted with, of the two senders",
    ),
];

/// `cognitoUserPool`.
pub(super) static COGNITO: Key = Key::new(
    "cognitoUserPool",
    Shape::Keys(EVENT, &["pool", "trigger"]),
    "Steps of a sign-up",
);
