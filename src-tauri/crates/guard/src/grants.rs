//! What grants of a KMS key give.

use crate::context::Held;
use crate::findings::Asked;
use crate::policies::{Constraint, Grant};
use crate::principal::PrincipalType;
use crate::truth::Truth;

/// The operations that grants can give.
const GRANTED: &[&str] = &[
    "createGrant",
    "decrypt",
    "deriveSharedSecret",
    "describeKey",
    "encrypt",
    "generateDataKey",
    "generateDataKeyPair",
    "generateDataKeyPairWithoutPlaintext",
    "generateDataKeyWithoutPlaintext",
    "generateMac",
    "getPublicKey",
    "reEncryptFrom",
    "reEncryptTo",
    "retireGrant",
    "sign",
    "verify",
    "verifyMac",
];

fn operation(action: &str) -> &str {
    action
        .split_once(':')
        .map_or(action, |(_, operation)| operation)
}

pub(crate) fn is_granted(action: &str) -> bool {
    let wanted = operation(action);
    GRANTED
        .iter()
        .any(|granted| granted.eq_ignore_ascii_case(wanted))
}

/// Whether a grant gives what is asked.
pub(crate) fn fits(grant: &Grant, asked: &Asked<'_>) -> Truth {
    let wanted = operation(asked.action);
    let named = grant
        .operations
        .iter()
        .any(|one| one.eq_ignore_ascii_case(wanted));
    let who = if asked.principal.kind() == PrincipalType::Service {
        (grant.grantee == asked.principal.arn()).into()
    } else {
        asked.principal.is_named_by(&grant.grantee)
    };
    let pair = |(key, value): &(String, String)| match asked
        .context
        .get(&format!("kms:EncryptionContext:{key}"))
    {
        Held::Values(values) => (values.as_slice() == [value.clone()]).into(),
        Held::Absent => Truth::No,
        Held::Unknown => Truth::Unknown,
    };
    let constraint = match &grant.constraint {
        Constraint::Absent => Truth::Yes,
        Constraint::Subset(pairs) => Truth::all(pairs.iter().map(pair)),
        // Whether there are other pairs, the keys do not tell for certain.
        Constraint::Equals(pairs) => Truth::all(pairs.iter().map(pair)).and(Truth::Unknown),
    };
    Truth::all([named.into(), who, constraint])
}
