//! What the room is held to: tables from AWS's documents, and properties of random policies.

mod conditions;
mod documents;
mod evaluation;
mod keys;
mod proofs;
mod properties;
mod random;
mod required;
mod secrets;

use std::sync::Arc;

use serde_json::Value;

use crate::{Document, Kind, Named, Principal};

pub(crate) const ACCOUNT: &str = "111122223333";
pub(crate) const KEY: &str = "arn:aws:kms:eu-central-1:111122223333:key/1234";
pub(crate) const PARAMETER: &str =
    "arn:aws:ssm:eu-central-1:111122223333:parameter/shop/prod/password";

pub(crate) fn read(kind: Kind, value: &Value) -> Document {
    Document::from_value(value, kind).unwrap_or_else(|errors| panic!("{errors:#?} in {value:#}"))
}

pub(crate) fn named(name: &str, kind: Kind, value: &Value) -> Named {
    Named::new(name, Arc::new(read(kind, value)))
}

pub(crate) fn who(text: &str) -> Principal {
    Principal::parse(text).expect("a principal")
}

pub(crate) fn user(name: &str) -> Principal {
    who(&format!("arn:aws:iam::{ACCOUNT}:user/{name}"))
}

pub(crate) fn role(name: &str) -> Principal {
    who(&format!("arn:aws:iam::{ACCOUNT}:role/{name}"))
}
