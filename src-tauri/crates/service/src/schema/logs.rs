//! Keys of `provider.logs`.

use super::{Key, Shape};

/// The keys of `provider.logs`.
pub(super) static LOGS: &[Key] = &[
    Key::new(
        "frameworkLambda",
        Shape::Truth,
        "Whether the functions behind custom resources write logs",
    ),
    Key::later("httpApi", "Logs of the HTTP API"),
    Key::later("restApi", "Logs of the REST API"),
    Key::later("websocket", "Logs of the WebSocket API"),
    Key::later("lambda", "Settings of the functions' logs"),
];
