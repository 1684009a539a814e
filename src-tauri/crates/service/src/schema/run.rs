//! Keys of how functions are run.

use super::{Key, Shape, provider, rule};

static ITEMS: Shape = Shape::Either(&[Shape::TextBy(&rule::NOT_EMPTY), Shape::Function]);
const IDS: Shape = Shape::Either(&[
    Shape::List(&ITEMS),
    Shape::FunctionOf(&["Fn::Split", "Fn::FindInMap"]),
]);
static TEXTS: Shape = Shape::List(&Shape::Text);

static VPC_KEYS: &[Key] = &[
    Key::new(
        "securityGroupIds",
        IDS,
        "Who may talk to them, and whom they may talk to",
    ),
    Key::new("subnetIds", IDS, "Where they run"),
];

/// `vpc`.
pub(super) static VPC: Shape = Shape::Keys(VPC_KEYS, &["securityGroupIds", "subnetIds"]);
/// `tracing`, and the provider's `tracing.lambda`.
pub(super) static TRACING: Shape =
    Shape::Either(&[Shape::Truth, Shape::Word(&["Active", "PassThrough"])]);
/// `layers` as references.
pub(super) static LAYERS: Shape = Shape::List(&provider::ARN);

static FILE_SYSTEM: &[Key] = &[
    Key::new("arn", provider::ARN, "The access point"),
    Key::new(
        "localMountPath",
        Shape::TextBy(&rule::MOUNT_PATH),
        "Where the function sees it",
    ),
];

static TARGET: &[Key] = &[
    Key::new("arn", Shape::Function, "What is told"),
    Key::new(
        "type",
        Shape::Word(&["function", "sns", "sqs", "eventBus"]),
        "What it is",
    ),
];
static DESTINATION: Shape = Shape::Either(&[
    Shape::TextBy(&rule::NOT_EMPTY),
    Shape::Keys(TARGET, &["arn", "type"]),
]);
static DESTINATIONS: &[Key] = &[
    Key::new("onSuccess", DESTINATION, "Where answers go"),
    Key::new("onFailure", DESTINATION, "Where failures go"),
];

static URL_CORS: &[Key] = &[
    Key::new("allowedOrigins", TEXTS, "Pages that may call it"),
    Key::new("allowedHeaders", TEXTS, "Headers that pages may send"),
    Key::new("allowedMethods", TEXTS, "Methods that pages may use"),
    Key::new("allowCredentials", Shape::Truth, "Whether cookies are sent"),
    Key::new(
        "exposedResponseHeaders",
        TEXTS,
        "Headers that pages may read",
    ),
    Key::new(
        "maxAge",
        Shape::Whole(0, 86_400),
        "Seconds that browsers may remember this",
    ),
];
static URL: &[Key] = &[
    Key::new("authorizer", Shape::Word(&["aws_iam"]), "Who is let in"),
    Key::new(
        "cors",
        Shape::Either(&[Shape::Truth, Shape::Keys(URL_CORS, &[])]),
        "Which pages may call it",
    ),
    Key::new(
        "invokeMode",
        Shape::Word(&["BUFFERED", "RESPONSE_STREAM"]),
        "Whether answers are sent as they come",
    ),
];

pub(super) static DESTINATIONS_KEY: Key = Key::new(
    "destinations",
    Shape::Keys(DESTINATIONS, &[]),
    "Where its asynchronous results go",
);
pub(super) static FILE_SYSTEM_KEY: Key = Key::new(
    "fileSystemConfig",
    Shape::Keys(FILE_SYSTEM, &["arn", "localMountPath"]),
    "A file system it mounts",
);
pub(super) static KMS_KEY: Key = Key::new(
    "kmsKeyArn",
    Shape::Either(&[Shape::TextBy(&rule::KEY_ARN), Shape::Function]),
    "The key that environment variables are encrypted with",
);
pub(super) static ON_ERROR: Key = Key::new(
    "onError",
    Shape::Either(&[Shape::TextBy(&rule::TOPIC_ARN), Shape::Function]),
    "Where failed asynchronous events go",
);
pub(super) static PROVISIONED: Key = Key::new(
    "provisionedConcurrency",
    Shape::Either(&[Shape::Whole(0, 1_000_000), Shape::Function]),
    "How many are kept warm",
);
pub(super) static URL_KEY: Key = Key::new(
    "url",
    Shape::Either(&[Shape::Truth, Shape::Keys(URL, &[])]),
    "A URL of its own",
);
