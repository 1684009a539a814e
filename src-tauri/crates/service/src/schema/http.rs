//! Keys of an `http` event.

use super::rule::METHODS;
use super::{Key, Shape, Status, provider, rule};

static TEXTS: Shape = Shape::List(&Shape::Text);
static TEXTS_BY_NAME: Shape = Shape::Named(&Shape::Text);
static TEMPLATE: Shape = Shape::Either(&[Shape::Text, TEXTS_BY_NAME]);
const CONTENT_HANDLING: Shape = Shape::Word(&["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"]);
const TEXT_OR_FUNCTION: Shape = Shape::Either(&[Shape::TextBy(&rule::NOT_EMPTY), Shape::Function]);
static SCOPE: Shape = Shape::Either(&[Shape::Text, Shape::Function]);
static PARAMETERS_BY_NAME: Shape =
    Shape::Named(&Shape::Either(&[Shape::Truth, Shape::Keys(PARAMETER, &[])]));

static PARAMETER: &[Key] = &[
    Key::new(
        "required",
        Shape::Truth,
        "Whether a request without it is refused",
    ),
    Key::new(
        "mappedValue",
        TEXT_OR_FUNCTION,
        "What is passed on under its name",
    ),
];

static PARAMETERS: &[Key] = &[
    Key::new(
        "querystrings",
        PARAMETERS_BY_NAME,
        "Parameters behind the `?`",
    ),
    Key::new("headers", PARAMETERS_BY_NAME, "Headers"),
    Key::new("paths", PARAMETERS_BY_NAME, "Parts of the path"),
];

static REQUEST: &[Key] = &[
    Key::new(
        "parameters",
        Shape::Keys(PARAMETERS, &[]),
        "What a request must or may have",
    ),
    Key::new(
        "passThrough",
        Shape::Word(&["NEVER", "WHEN_NO_MATCH", "WHEN_NO_TEMPLATES"]),
        "What becomes of types without a template",
    ),
    Key::new(
        "contentHandling",
        CONTENT_HANDLING,
        "How the body is passed",
    ),
    Key::new(
        "template",
        TEXTS_BY_NAME,
        "What the function gets, by content type",
    ),
    Key::new(
        "schemas",
        Shape::Named(&Shape::Either(&[Shape::AnyMapping, Shape::Text])),
        "What bodies look like, by content type: a JSON schema, or the name of one of `provider.apiGateway.request.schemas`",
    ),
    Key::new(
        "uri",
        TEXT_OR_FUNCTION,
        "Where an HTTP integration sends requests",
    ),
    Key::new(
        "method",
        Shape::TextBy(&rule::METHOD),
        "How the `http` integration sends them; as they came when absent",
    ),
];

static STATUS: &[Key] = &[
    Key::new(
        "pattern",
        Shape::Text,
        "Which errors give this status; empty for the default",
    ),
    Key::new("template", TEMPLATE, "The body"),
    Key::new("headers", TEXTS_BY_NAME, "Its headers"),
];

static RESPONSE: &[Key] = &[
    Key::new("headers", TEXTS_BY_NAME, "Headers of all answers"),
    Key::new("template", Shape::Text, "The body of the answer"),
    Key::new(
        "contentHandling",
        CONTENT_HANDLING,
        "How the body is passed",
    ),
    Key::new(
        "statusCodes",
        Shape::NamedBy(&rule::STATUS_CODE, &Shape::Keys(STATUS, &[])),
        "Answers by status",
    ),
];

static CORS: &[Key] = &[
    Key::new("origin", Shape::Text, "Who may call"),
    Key::new("origins", TEXTS, "Who may call, several"),
    Key::new("headers", TEXTS, "Headers they may send"),
    Key::new(
        "methods",
        Shape::List(&Shape::Word(METHODS)),
        "Methods they may use",
    ),
    Key::new(
        "allowCredentials",
        Shape::Truth,
        "Whether they may send cookies",
    ),
    Key::new(
        "maxAge",
        Shape::Whole(1, u32::MAX as i64),
        "How long the answer holds, in seconds",
    ),
    Key::new("cacheControl", Shape::Text, "How long it may be cached"),
];

const AUTHORIZER_TYPE: Shape = Shape::WordAnyCase(&[
    "token",
    "cognito_user_pools",
    "request",
    "aws_iam",
    "custom",
]);

static AUTHORIZER: &[Key] = &[
    Key::new("type", AUTHORIZER_TYPE, "How callers are known"),
    Key::new(
        "arn",
        provider::ARN,
        "A function or user pool that knows callers",
    ),
    Key::new(
        "authorizerId",
        TEXT_OR_FUNCTION,
        "An authorizer that exists; with `type`",
    ),
    Key::new(
        "claims",
        TEXTS,
        "Claims of a user pool's token that the function gets; of the `lambda` integration",
    ),
    Key::new(
        "identitySource",
        Shape::Text,
        "Where the token is; the header `Authorization` when absent",
    ),
    Key::new(
        "identityValidationExpression",
        Shape::Text,
        "What tokens look like, as a regular expression",
    ),
    Key::new(
        "managedExternally",
        Shape::Truth,
        "Whether the permission to call it is made elsewhere",
    ),
    Key::new(
        "name",
        Shape::Text,
        "A function of the service that knows callers, or with `arn` a name",
    ),
    Key::new(
        "resultTtlInSeconds",
        Shape::Whole(0, 3600),
        "How long its answer holds; 300 when absent",
    ),
    Key::new(
        "scopes",
        Shape::List(&SCOPE),
        "Scopes of which a user pool's token must have one",
    ),
];

const INTEGRATION: Shape = Shape::WordAnyCase(&[
    "lambda-proxy",
    "lambda_proxy",
    "lambda",
    "aws",
    "aws_proxy",
    "aws-proxy",
    "http",
    "http_proxy",
    "http-proxy",
    "mock",
]);

/// The keys of `http`.
pub(super) static HTTP: &[Key] = &[
    Key::new(
        "path",
        Shape::TextBy(&rule::HTTP_PATH),
        "The path, such as `users/{id}`",
    ),
    Key::new(
        "method",
        Shape::TextBy(&rule::METHOD),
        "The method, such as `get`",
    ),
    Key::new(
        "cors",
        Shape::Either(&[Shape::Truth, Shape::Keys(CORS, &[])]),
        "Which web pages may call",
    ),
    Key::new("private", Shape::Truth, "Whether an API key is asked for"),
    Key::new("async", Shape::Truth, "Whether the caller does not wait"),
    Key::new(
        "integration",
        INTEGRATION,
        "`lambda-proxy` (the default), `lambda`, `http-proxy`, `http` or `mock`",
    ),
    Key::new(
        "authorizer",
        Shape::Either(&[Shape::Text, Shape::Keys(AUTHORIZER, &[])]),
        "Who is let in",
    ),
    Key::new(
        "request",
        Shape::Keys(REQUEST, &[]),
        "How requests are checked and passed",
    ),
    Key::new(
        "response",
        Shape::Keys(RESPONSE, &[]),
        "How answers are made; not of the proxy integrations",
    ),
    Key::new("operationId", Shape::Text, "A name for the operation"),
    Key::new("connectionId", TEXT_OR_FUNCTION, "The VPC link"),
    Key::new(
        "connectionType",
        Shape::WordAnyCase(&["vpc-link", "VPC_LINK"]),
        "How an HTTP integration connects, when not over the internet",
    ),
    Key::new("timeoutInMillis", Shape::Anything, "How long the API waits").with(Status::Unknown(
        "the API of version 3 waits for 29 seconds, and for a function no longer than its `timeout`",
    )),
];
