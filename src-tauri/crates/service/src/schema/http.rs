//! Keys of an `http` event.

use super::rule::METHODS;
use super::{Key, Shape, rule};

static TEXTS: Shape = Shape::List(&Shape::Text);
static TEXTS_BY_NAME: Shape = Shape::Named(&Shape::Text);
static TEMPLATE: Shape = Shape::Either(&[Shape::Text, TEXTS_BY_NAME]);
const CONTENT_HANDLING: Shape = Shape::Word(&["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"]);
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
        Shape::Text,
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
    Key::later("schemas", "Schemas of the body"),
    Key::later("uri", "Where an HTTP integration sends requests"),
    Key::later("method", "How an HTTP integration sends them"),
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
    Key::new("template", TEMPLATE, "The body of the answer"),
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
    Key::later("arn", "A function or user pool that knows callers"),
    Key::later("authorizerId", "An authorizer that exists"),
    Key::later("claims", "Claims that the function gets"),
    Key::later("identitySource", "Where the token is"),
    Key::later("identityValidationExpression", "What tokens look like"),
    Key::later(
        "managedExternally",
        "Whether its permission is made elsewhere",
    ),
    Key::later("name", "A function of the service that knows callers"),
    Key::later("resultTtlInSeconds", "How long its answer holds"),
    Key::later("scopes", "Scopes a token must have"),
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
        "`lambda-proxy` (the default) or `lambda`",
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
        "How answers are made; of the `lambda` integration",
    ),
    Key::new("operationId", Shape::Text, "A name for the operation"),
    Key::later("connectionId", "A VPC link"),
    Key::later("connectionType", "How an HTTP integration connects"),
];
