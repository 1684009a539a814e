//! Kinds of events, and the keys of `schedule`.

use super::http::HTTP;
use super::{
    Key, Shape, alb, caller, cloud_front, cognito, event_rule, event_source, http_api, rule, s3,
    sns, websocket,
};

static RATE: Shape = Shape::Either(&[Shape::TextBy(&rule::SCHEDULE), Shape::Function]);

static INPUT_TRANSFORMER: &[Key] = &[
    Key::new(
        "inputTemplate",
        Shape::TextBy(&rule::UP_TO_8192),
        "What the function gets",
    ),
    Key::new(
        "inputPathsMap",
        Shape::AnyMapping,
        "Names for parts of the event",
    ),
];

static SCHEDULE: &[Key] = &[
    Key::new(
        "rate",
        Shape::Either(&[RATE, Shape::List(&RATE)]),
        "When: `rate(...)`, `cron(...)`, or several of them",
    ),
    Key::new("enabled", Shape::Truth, "Whether it runs"),
    Key::new(
        "name",
        Shape::TextBy(&rule::RULE_NAME),
        "The name of the rule",
    ),
    Key::new(
        "description",
        Shape::TextBy(&rule::UP_TO_512),
        "What it is for",
    ),
    Key::new(
        "input",
        Shape::Either(&[Shape::TextBy(&rule::UP_TO_8192), Shape::AnyMapping]),
        "What the function gets",
    ),
    Key::new(
        "inputPath",
        Shape::Text,
        "The part of the event that the function gets",
    ),
    Key::new(
        "inputTransformer",
        Shape::Keys(INPUT_TRANSFORMER, &["inputTemplate"]),
        "How the event is changed",
    ),
    Key::new(
        "method",
        Shape::Word(&["eventBus", "scheduler"]),
        "Which AWS service keeps the schedule",
    ),
    Key::new(
        "timezone",
        Shape::TextBy(&rule::NOT_EMPTY),
        "The time zone, such as `Europe/Paris`; of the scheduler",
    ),
];

/// The kinds of events.
pub(super) static EVENTS: &[Key] = &[
    Key::new(
        "http",
        Shape::Either(&[
            Shape::TextBy(&rule::HTTP_ROUTE),
            Shape::Keys(HTTP, &["path", "method"]),
        ]),
        "A method of a REST API",
    ),
    http_api::HTTP_API,
    Key::new(
        "schedule",
        Shape::Either(&[
            Shape::TextBy(&rule::SCHEDULE),
            Shape::Keys(SCHEDULE, &["rate"]),
        ]),
        "A schedule",
    ),
    event_source::ACTIVEMQ,
    alb::ALB,
    caller::ALEXA_SKILL,
    caller::ALEXA_SMART_HOME,
    cloud_front::CLOUD_FRONT,
    event_rule::CLOUDWATCH_EVENT,
    caller::CLOUDWATCH_LOG,
    cognito::COGNITO,
    event_rule::EVENT_BRIDGE,
    caller::IOT,
    caller::IOT_FLEET,
    event_source::KAFKA,
    event_source::MSK,
    event_source::RABBITMQ,
    s3::S3,
    sns::SNS,
    event_source::SQS,
    event_source::STREAM,
    websocket::WEBSOCKET,
];
