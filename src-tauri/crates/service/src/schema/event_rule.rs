//! Keys of `eventBridge` and `cloudwatchEvent`, and of `provider.eventBridge`.

use super::{Deprecation, Key, Rule, Shape, Status, provider, rule};

static EXPRESSION: Rule = Rule {
    wants: "a schedule such as `rate(5 minutes)` or `cron(0 12 * * ? *)`",
    holds: |text| {
        ["cron(", "rate("].into_iter().any(|word| {
            text.strip_prefix(word)
                .and_then(|rest| rest.strip_suffix(')'))
                .is_some_and(|inside| !inside.is_empty())
        })
    },
};

static JSON_PATH: Rule = Rule {
    wants: "a JSON path of 1 to 256 characters, such as `$.detail`",
    holds: |text| (1..=256).contains(&text.chars().count()),
};

static TEMPLATE: Rule = Rule {
    wants: "1 to 8192 characters",
    holds: |text| (1..=8192).contains(&text.chars().count()),
};

const ENABLED: Key = Key::new("enabled", Shape::Truth, "Whether the rule holds");
const NAME: Key = Key::new(
    "name",
    Shape::TextBy(&rule::RULE_NAME),
    "The name of the rule",
);
const DESCRIPTION: Key = Key::new(
    "description",
    Shape::TextBy(&rule::UP_TO_512),
    "What it is for",
);
const INPUT_PATH: Key = Key::new(
    "inputPath",
    Shape::TextBy(&JSON_PATH),
    "The part of the event that the function gets",
);
const INPUT_TRANSFORMER: Key = Key::new(
    "inputTransformer",
    Shape::Keys(TRANSFORMER, &["inputTemplate"]),
    "How the event is changed",
);

static TRANSFORMER: &[Key] = &[
    Key::new(
        "inputTemplate",
        Shape::TextBy(&TEMPLATE),
        "What the function gets",
    ),
    Key::new(
        "inputPathsMap",
        Shape::Named(&Shape::TextBy(&rule::NOT_EMPTY)),
        "Names for parts of the event",
    ),
];

static PATTERN: &[Key] = &[
    Key::new("source", Shape::Anything, "Who sends it, such as `aws.ec2`"),
    Key::new("detail-type", Shape::Anything, "What kind of event it is"),
    Key::new("detail", Shape::Anything, "What the event says"),
    Key::new("account", Shape::Anything, "The account it comes from"),
    Key::new("region", Shape::Anything, "The Region it comes from"),
    Key::new("resources", Shape::Anything, "The ARNs it is about"),
    Key::new("id", Shape::Anything, "The event's own id"),
    Key::new("time", Shape::Anything, "When it was sent"),
    Key::new("version", Shape::Anything, "The version of its form"),
    Key::new(
        "$or",
        Shape::List(&Shape::Anything),
        "Patterns of which one must hold",
    ),
];

static RETRY: &[Key] = &[
    Key::new(
        "maximumEventAge",
        Shape::Whole(60, 86_400),
        "Seconds that an event is kept for another try",
    ),
    Key::new(
        "maximumRetryAttempts",
        Shape::Whole(0, 185),
        "How often it is tried again",
    ),
];

static BUS: Shape = Shape::Either(&[Shape::TextBy(&rule::NOT_EMPTY), Shape::Function]);

static EVENT_BRIDGE_KEYS: &[Key] = &[
    Key::new(
        "eventBus",
        BUS,
        "The bus: a name, an ARN or a CloudFormation function; the account's own when absent",
    ),
    Key::new(
        "pattern",
        Shape::Keys(PATTERN, &[]),
        "Which events are meant",
    ),
    Key::new(
        "schedule",
        Shape::TextBy(&EXPRESSION),
        "When it happens by itself",
    ),
    Key::new(
        "input",
        Shape::AnyMapping,
        "What the function gets instead of the event",
    ),
    INPUT_PATH,
    INPUT_TRANSFORMER,
    NAME,
    DESCRIPTION,
    ENABLED,
    Key::new(
        "retryPolicy",
        Shape::Keys(RETRY, &[]),
        "How long and how often a call is tried",
    ),
    Key::new(
        "deadLetterQueueArn",
        provider::ARN,
        "The queue for events that could not be delivered",
    ),
];

static CLOUDWATCH_EVENT_KEYS: &[Key] = &[
    Key::new("event", Shape::AnyMapping, "Which events are meant"),
    Key::new(
        "input",
        Shape::Either(&[Shape::TextBy(&rule::UP_TO_8192), Shape::AnyMapping]),
        "What the function gets instead of the event",
    ),
    INPUT_PATH,
    INPUT_TRANSFORMER,
    NAME,
    DESCRIPTION,
    ENABLED,
];

static PROVIDER_KEYS: &[Key] = &[Key {
    name: "useCloudFormation",
    shape: Shape::Truth,
    status: Status::Supported,
    deprecated: Some(Deprecation {
        code: "AWS_EVENT_BRIDGE_CUSTOM_RESOURCE_LEGACY_OPT_IN",
        instead: "",
    }),
    doc: "Whether CloudFormation makes the rules (it does when `provider.eventBridge` is absent), or a function of the stack",
}];

/// `eventBridge`.
pub(super) const EVENT_BRIDGE: Key = Key::new(
    "eventBridge",
    Shape::Keys(EVENT_BRIDGE_KEYS, &[]),
    "Events of a bus",
);

/// `cloudwatchEvent`.
pub(super) const CLOUDWATCH_EVENT: Key = Key::new(
    "cloudwatchEvent",
    Shape::Keys(CLOUDWATCH_EVENT_KEYS, &["event"]),
    "Events of AWS services",
);

/// `provider.eventBridge`.
pub(super) const PROVIDER_EVENT_BRIDGE: Key = Key::new(
    "eventBridge",
    Shape::Keys(PROVIDER_KEYS, &[]),
    "How event buses and their rules are made",
);
