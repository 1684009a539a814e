//! Keys of `provider.logs` and `provider.tracing`.

use super::{Key, Shape, Status, provider};

const LEVEL: Shape = Shape::Word(&["INFO", "ERROR"]);

static REST_API: &[Key] = &[
    Key::new("accessLogging", Shape::Truth, "Whether requests are logged"),
    Key::new(
        "executionLogging",
        Shape::Truth,
        "Whether what becomes of requests is logged",
    ),
    Key::new("format", Shape::Text, "What a line says of a request"),
    Key::new(
        "fullExecutionData",
        Shape::Truth,
        "Whether bodies are logged too",
    ),
    Key::new("level", LEVEL, "Which steps are logged"),
    Key::new(
        "role",
        provider::ARN,
        "The role that API Gateway writes logs as; one is made when absent",
    ),
    Key::new(
        "roleManagedExternally",
        Shape::Truth,
        "Whether the account's role for that is set elsewhere",
    ),
];

/// The keys of `provider.logs`.
pub(super) static LOGS: &[Key] = &[
    Key::new(
        "restApi",
        Shape::Either(&[Shape::Truth, Shape::Keys(REST_API, &[])]),
        "Logs of the REST API",
    ),
    super::http_api::HTTP_API_LOGS,
    super::websocket::WEBSOCKET_LOGS,
    Key::new(
        "frameworkLambda",
        Shape::Truth,
        "Whether the functions behind custom resources write logs",
    ),
    Key::new("lambda", Shape::Anything, "Settings of the functions' logs").with(Status::Unknown(
        "it belongs to version 4; `logRetentionInDays` and `disableLogs` say what version 3 says of functions' logs",
    )),
];

/// The keys of `provider.tracing`.
pub(super) static TRACING: &[Key] = &[
    Key::new(
        "apiGateway",
        Shape::Truth,
        "Whether requests to the REST API are traced",
    ),
    Key::new(
        "lambda",
        super::run::TRACING,
        "Whether calls of functions are traced",
    ),
];
