//! Keys of a `websocket` event, and those of `provider` that speak of the WebSocket API.

use super::{Key, Rule, Shape, provider, rule};

static RESPONSE: Rule = Rule {
    wants: "`$default`",
    holds: |text| text == "$default",
};

static FUNCTION_OR_ARN: Rule = Rule {
    wants: "a function of the service, or an ARN",
    holds: |text| text.starts_with("arn:") || (rule::FUNCTION_NAME.holds)(text),
};

static AUTHORIZER: &[Key] = &[
    Key::new(
        "name",
        Shape::TextBy(&rule::FUNCTION_NAME),
        "A function of the service that decides, or with `arn` a name",
    ),
    Key::new("arn", provider::ARN, "The function that decides"),
    Key::new(
        "identitySource",
        Shape::List(&Shape::Text),
        "Where callers say who they are; the header `Auth` when absent",
    ),
];

static KEYS: &[Key] = &[
    Key::new(
        "route",
        Shape::Text,
        "The route: `$connect`, `$disconnect`, `$default`, or one of your own",
    ),
    Key::new(
        "routeResponseSelectionExpression",
        Shape::TextBy(&RESPONSE),
        "`$default` sends back what the function returns",
    ),
    Key::new(
        "authorizer",
        Shape::Either(&[
            Shape::TextBy(&FUNCTION_OR_ARN),
            Shape::Keys(AUTHORIZER, &[]),
        ]),
        "Who is let in; of the route `$connect`",
    ),
];

static ROUTE: Shape = Shape::Either(&[Shape::Text, Shape::Keys(KEYS, &["route"])]);

/// `websocket`.
pub(super) const WEBSOCKET: Key = Key::new("websocket", ROUTE, "Messages of a WebSocket");

static LOGS: &[Key] = &[
    Key::new("accessLogging", Shape::Truth, "Whether messages are logged"),
    Key::new(
        "executionLogging",
        Shape::Truth,
        "Whether what becomes of messages is logged",
    ),
    Key::new("format", Shape::Text, "What a line says of a message"),
    Key::new(
        "fullExecutionData",
        Shape::Truth,
        "Whether bodies are logged too",
    ),
    Key::new(
        "level",
        Shape::Word(&["INFO", "ERROR"]),
        "Which steps are logged",
    ),
];

static LOGS_SHAPE: Shape = Shape::Either(&[Shape::Truth, Shape::Keys(LOGS, &[])]);

/// `provider.logs.websocket`.
pub(super) const WEBSOCKET_LOGS: Key =
    Key::new("websocket", LOGS_SHAPE, "Logs of the WebSocket API");

static PROVIDER: &[Key] = &[Key::new(
    "useProviderTags",
    Shape::Truth,
    "Whether the provider's tags apply to the WebSocket API",
)];

/// `provider.websocket`.
pub(super) const PROVIDER_WEBSOCKET: Key = Key::new(
    "websocket",
    Shape::Keys(PROVIDER, &[]),
    "Settings of the WebSocket API",
);

/// `provider.websocketsApiName`.
pub(super) const API_NAME: Key = Key::new(
    "websocketsApiName",
    Shape::Text,
    "The name of the WebSocket API",
);

/// `provider.websocketsApiRouteSelectionExpression`.
pub(super) const ROUTE_SELECTION: Key = Key::new(
    "websocketsApiRouteSelectionExpression",
    Shape::Text,
    "How messages find their route; by the field `action` when absent",
);

/// `provider.websocketsDescription`.
pub(super) const DESCRIPTION: Key = Key::new(
    "websocketsDescription",
    Shape::Text,
    "The description of the WebSocket API",
);
