//! serverless-offline: the sandbox is what it is for.

use super::BuiltIn;
use crate::schema::Shape;

/// Nothing is to be done: a service runs in the sandbox without it.
pub(super) static OFFLINE: BuiltIn = BuiltIn {
    names: &["serverless-offline"],
    doc: "Runs functions on this computer; the sandbox does so for every service",
    custom: &[("serverless-offline", Shape::AnyMapping)],
    function: &[],
};
