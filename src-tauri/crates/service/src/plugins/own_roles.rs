//! serverless-iam-roles-per-function: functions that run as a role of their own.

use super::BuiltIn;
use crate::schema::{self, Key, Shape};

static SETTINGS: &[Key] = &[
    Key::new(
        "defaultInherit",
        Shape::Truth,
        "Whether a function's own role holds the service's statements too",
    ),
    Key::new(
        "iamGlobalPermissionsBoundary",
        schema::ARN,
        "What no role can go beyond",
    ),
];

static FUNCTION: &[Key] = &[
    Key::new(
        "iamRoleStatements",
        schema::STATEMENTS,
        "What this function alone may do; it gets a role of its own",
    ),
    Key::new(
        "iamRoleStatementsInherit",
        Shape::Truth,
        "Whether its own role holds the service's statements too",
    ),
    Key::new(
        "iamRoleStatementsName",
        Shape::Text,
        "The name of its own role",
    ),
    Key::new(
        "iamPermissionsBoundary",
        schema::ARN,
        "What its own role cannot go beyond",
    ),
];

pub(super) static OWN_ROLES: BuiltIn = BuiltIn {
    names: &["serverless-iam-roles-per-function"],
    doc: "Gives functions roles of their own, with the statements written at the function",
    custom: &[(
        "serverless-iam-roles-per-function",
        Shape::Keys(SETTINGS, &[]),
    )],
    function: FUNCTION,
};
