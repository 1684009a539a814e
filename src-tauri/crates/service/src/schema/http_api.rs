//! Keys of an `httpApi` event, of `provider.httpApi` and of `provider.logs.httpApi`.

use super::{Key, Shape, provider, rule};

static TEXTS: Shape = Shape::List(&Shape::Text);
static TEXT_OR_FUNCTION: Shape = Shape::Either(&[Shape::TextBy(&rule::NOT_EMPTY), Shape::Function]);
const TEXTS_OR_FUNCTIONS: Shape = Shape::Either(&[Shape::Function, Shape::List(&TEXT_OR_FUNCTION)]);

static ROUTE_AUTHORIZER: &[Key] = &[
    Key::new(
        "type",
        Shape::Word(&["request", "jwt", "aws_iam"]),
        "How callers are known; a signature of AWS, or with `id` what that authorizer is",
    ),
    Key::new(
        "id",
        TEXT_OR_FUNCTION,
        "An authorizer of the API in `provider.httpApi.id`",
    ),
    Key::new("name", Shape::Text, "One of `provider.httpApi.authorizers`"),
    Key::new("scopes", TEXTS, "Scopes of which a token must have one"),
];

static KEYS: &[Key] = &[
    Key::new(
        "method",
        Shape::TextBy(&rule::METHOD),
        "The method, or `*` for any",
    ),
    Key::new(
        "path",
        Shape::TextBy(&rule::HTTP_API_PATH),
        "The path, such as `/users/{id}`",
    ),
    Key::new(
        "authorizer",
        Shape::Either(&[Shape::Text, Shape::Keys(ROUTE_AUTHORIZER, &[])]),
        "Who is let in",
    ),
];

static ROUTE: Shape = Shape::Either(&[
    Shape::TextBy(&rule::HTTP_API_ROUTE),
    Shape::Keys(KEYS, &["path"]),
]);

/// `httpApi`.
pub(super) const HTTP_API: Key = Key::new("httpApi", ROUTE, "A route of an HTTP API");

static CORS: &[Key] = &[
    Key::new("allowedOrigins", TEXTS, "Who may call"),
    Key::new("allowedHeaders", TEXTS, "Headers they may send"),
    Key::new("allowedMethods", TEXTS, "Methods they may use"),
    Key::new(
        "allowCredentials",
        Shape::Truth,
        "Whether they may send cookies",
    ),
    Key::new("exposedResponseHeaders", TEXTS, "Headers they may read"),
    Key::new(
        "maxAge",
        Shape::Whole(0, u32::MAX as i64),
        "How long the answer holds, in seconds",
    ),
];

static AUTHORIZER: &[Key] = &[
    Key::new(
        "type",
        Shape::Word(&["jwt", "request"]),
        "Whether a signed token lets callers in, or a function; a token when absent",
    ),
    Key::new("name", Shape::Text, "Its name, when not the key"),
    Key::new(
        "identitySource",
        TEXTS_OR_FUNCTIONS,
        "Where the token is, such as `$request.header.Authorization`",
    ),
    Key::new("issuerUrl", TEXT_OR_FUNCTION, "Who signs tokens"),
    Key::new(
        "audience",
        TEXTS_OR_FUNCTIONS,
        "For whom tokens must be made",
    ),
    Key::new(
        "functionName",
        Shape::Text,
        "The function of the service that decides",
    ),
    Key::new(
        "functionArn",
        TEXT_OR_FUNCTION,
        "The ARN of the function that decides",
    ),
    Key::new(
        "managedExternally",
        Shape::Truth,
        "Whether the permission to call it is made elsewhere",
    ),
    Key::new(
        "resultTtlInSeconds",
        Shape::Whole(0, 3600),
        "How long its answer holds",
    ),
    Key::new(
        "enableSimpleResponses",
        Shape::Truth,
        "Whether it answers yes or no rather than with a policy",
    ),
    Key::new(
        "payloadVersion",
        provider::PAYLOAD,
        "The form of the event it gets; 2.0 when absent",
    ),
];

static PROVIDER: &[Key] = &[
    Key::new("name", Shape::Text, "The name of the HTTP API"),
    Key::new(
        "payload",
        provider::PAYLOAD,
        "The form of the event that functions get",
    ),
    Key::new(
        "cors",
        Shape::Either(&[Shape::Truth, Shape::Keys(CORS, &[])]),
        "Which web pages may call",
    ),
    Key::new("metrics", Shape::Truth, "Whether detailed metrics are kept"),
    Key::new(
        "disableDefaultEndpoint",
        Shape::Truth,
        "Whether AWS's own address of the API is closed",
    ),
    Key::new(
        "useProviderTags",
        Shape::Truth,
        "Has no effect: the provider's tags always apply",
    )
    .instead("AWS_HTTP_API_USE_PROVIDER_TAGS_PROPERTY", ""),
    Key::new(
        "authorizers",
        Shape::Named(&Shape::Keys(AUTHORIZER, &[])),
        "Who is let in, by the name that events use",
    ),
    Key::new("id", TEXT_OR_FUNCTION, "An HTTP API that exists"),
    Key::new(
        "shouldStartNameWithService",
        Shape::Truth,
        "Whether the API's name is service-stage rather than stage-service",
    ),
];

/// `provider.httpApi`.
pub(super) const PROVIDER_HTTP_API: Key = Key::new(
    "httpApi",
    Shape::Keys(PROVIDER, &[]),
    "Settings of the HTTP API",
);

static LOGS: &[Key] = &[Key::new(
    "format",
    Shape::Text,
    "What a line says of a request",
)];

static LOGS_SHAPE: Shape = Shape::Either(&[Shape::Truth, Shape::Keys(LOGS, &[])]);

/// `provider.logs.httpApi`.
pub(super) const HTTP_API_LOGS: Key = Key::new("httpApi", LOGS_SHAPE, "Logs of the HTTP API");
