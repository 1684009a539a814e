//! Keys of a function.

use super::service::{EVENT, PACKAGE_OF_ONE};
use super::{Key, Shape, Status, provider, rule};

static HTTP_API: &[Key] = &[Key::new(
    "payload",
    provider::PAYLOAD,
    "The form of the event that this function gets",
)];

/// The keys of `functions.*`.
pub(super) static FUNCTION: &[Key] = &[
    Key::new(
        "handler",
        Shape::Text,
        "The file and name of what is called, such as `src/app.hello`",
    ),
    Key::new(
        "name",
        Shape::Text,
        "The name on AWS; service-stage-function when absent",
    ),
    Key::new(
        "description",
        Shape::TextBy(&rule::DESCRIPTION),
        "What it is for",
    ),
    Key::new("runtime", provider::RUNTIME, "What it runs on"),
    Key::new("architecture", provider::ARCHITECTURE, "Its processor"),
    Key::new("memorySize", provider::MEMORY, "Its memory in MB"),
    Key::new("timeout", provider::TIMEOUT, "Seconds it may run"),
    Key::new(
        "environment",
        provider::ENVIRONMENT,
        "Its environment variables",
    ),
    Key::new("tags", provider::TAGS, "Its tags"),
    Key::new(
        "role",
        provider::ROLE,
        "Its own role: an ARN, a logical id or a function",
    ),
    Key::new(
        "condition",
        Shape::Text,
        "The condition under which it exists",
    ),
    Key::new(
        "dependsOn",
        Shape::List(&Shape::Text),
        "Resources that come before it",
    ),
    Key::new("disableLogs", Shape::Truth, "Whether it has no log group"),
    Key::new(
        "logRetentionInDays",
        provider::LOG_RETENTION,
        "How long its logs are kept",
    ),
    Key::new(
        "versionFunction",
        Shape::Truth,
        "Whether each deploy publishes a version of it",
    ),
    Key::new(
        "reservedConcurrency",
        Shape::Either(&[Shape::Whole(0, 4_294_967_295), Shape::Function]),
        "How many may run at once",
    ),
    Key::new(
        "ephemeralStorageSize",
        Shape::Whole(512, 10_240),
        "Its `/tmp` in MB",
    ),
    Key::new(
        "httpApi",
        Shape::Keys(HTTP_API, &[]),
        "Settings of its HTTP API events",
    ),
    Key::new("events", Shape::List(&EVENT), "What calls it"),
    Key::new(
        "package",
        Shape::Keys(PACKAGE_OF_ONE, &[]),
        "What is packed for it",
    ),
    Key::new(
        "awsKmsKeyArn",
        Shape::Anything,
        "The old name of `kmsKeyArn`",
    )
    .with(Status::WithoutEffect(
        "its name is `kmsKeyArn` in version 3",
    )),
    super::run::DESTINATIONS_KEY,
    super::run::FILE_SYSTEM_KEY,
    super::image::IMAGE,
    super::run::KMS_KEY,
    Key::new("layers", super::run::LAYERS, "Its layers"),
    super::stack::MASKS,
    Key::new(
        "maximumEventAge",
        Shape::Whole(60, 21_600),
        "How long an asynchronous event waits for it",
    ),
    Key::new(
        "maximumRetryAttempts",
        Shape::Whole(0, 2),
        "How often an asynchronous event is tried again",
    ),
    super::run::ON_ERROR,
    super::run::PROVISIONED,
    super::stack::RUNTIME_MANAGEMENT,
    Key::new(
        "snapStart",
        Shape::Truth,
        "Whether it starts from a snapshot",
    ),
    Key::new("tracing", super::run::TRACING, "X-Ray"),
    super::run::URL_KEY,
    Key::new("vpc", super::run::VPC, "Its network"),
];
