//! Keys of how the stack is changed, and of what belongs to functions and is nobody else's: runtimes, masks in logs.

use super::{Key, Shape, Status, provider, rule};

static ARNS: Shape = Shape::List(&Shape::TextBy(&rule::ARN));
static TRIGGERS: Shape = Shape::List(&Shape::Keys(TRIGGER, &["Arn", "Type"]));

static TRIGGER: &[Key] = &[
    Key::new("Arn", Shape::TextBy(&rule::ARN), "The alarm"),
    Key::new(
        "Type",
        Shape::Word(&["AWS::CloudWatch::Alarm"]),
        "What it is",
    ),
];
static ROLLBACK_KEYS: &[Key] = &[
    Key::new("RollbackTriggers", TRIGGERS, "Alarms that are watched"),
    Key::new(
        "MonitoringTimeInMinutes",
        Shape::Whole(0, 180),
        "How long they are watched after the change",
    ),
];

static RUNTIME_KEYS: &[Key] = &[
    Key::new(
        "mode",
        Shape::Word(&["auto", "onFunctionUpdate", "manual"]),
        "When the runtime is updated",
    ),
    Key::new("arn", provider::ARN, "The runtime's version, by `manual`"),
];
static MASK_KEYS: &[Key] = &[
    Key::new("Name", Shape::Text, "The policy's name"),
    Key::new("Description", Shape::Text, "What it is for"),
    Key::new("Version", Shape::Text, "The version of its language"),
    Key::new(
        "Statement",
        Shape::List(&Shape::Anything),
        "What is found, and what is done then",
    ),
];

pub(super) static DEPLOYMENT_ROLE: Key = Key::new(
    "deploymentRole",
    Shape::TextBy(&rule::ARN),
    "The role that CloudFormation takes on",
);
pub(super) static CFN_ROLE: Key = Key::new(
    "cfnRole",
    Shape::TextBy(&rule::ARN),
    "The role that CloudFormation takes on",
);
pub(super) static NOTIFICATIONS: Key = Key::new(
    "notificationArns",
    ARNS,
    "Topics that hear of the stack's events",
);
pub(super) static ROLLBACK: Key = Key::new(
    "rollbackConfiguration",
    Shape::Keys(ROLLBACK_KEYS, &[]),
    "Alarms that roll a deploy back",
);
pub(super) static RUNTIME_MANAGEMENT: Key = Key::new(
    "runtimeManagement",
    Shape::Either(&[
        Shape::Word(&["auto", "onFunctionUpdate"]),
        Shape::Keys(RUNTIME_KEYS, &[]),
    ]),
    "When runtimes are updated",
);
pub(super) static MASKS: Key = Key::new(
    "logDataProtectionPolicy",
    Shape::Keys(MASK_KEYS, &["Name", "Version", "Statement"]),
    "What is masked in logs",
);

static PARAMETER: &[Key] = &[
    Key::new("ParameterKey", Shape::Text, "The parameter's name"),
    Key::new("ParameterValue", Shape::Text, "Its value"),
    Key::new(
        "UsePreviousValue",
        Shape::Truth,
        "Whether it keeps the value that it has",
    ),
    Key::new("ResolvedValue", Shape::Text, "What AWS makes of it")
        .with(Status::WithoutEffect("AWS works it out by itself")),
];
static PARAMETERS: Shape = Shape::Keys(PARAMETER, &[]);

pub(super) static STACK_PARAMETERS: Key = Key::new(
    "stackParameters",
    Shape::List(&PARAMETERS),
    "Values of the template's parameters",
);
pub(super) static POLICY: Key = Key::new(
    "stackPolicy",
    provider::STATEMENTS,
    "What a change of the stack may not touch",
);
pub(super) static NO_ROLLBACK: Key = Key::new(
    "disableRollback",
    Shape::Truth,
    "Whether what was made stays as it is when a deploy fails",
);
