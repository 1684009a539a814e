//! What stands under `custom.warmup`, and under `warmup` of a function.

use super::super::BuiltIn;
use super::NAME;
use crate::schema::{Key, Shape};

const STAGES: Shape = Shape::Either(&[Shape::Truth, Shape::Text, Shape::List(&Shape::Text)]);

static OF_FUNCTION: &[Key] = &[
    Key::new(
        "enabled",
        STAGES,
        "Whether it is kept warm: everywhere, or in these stages",
    ),
    Key::new("alias", Shape::Text, "The alias that is called"),
    Key::new(
        "clientContext",
        Shape::Anything,
        "The client context it is called with",
    ),
    Key::new("payload", Shape::Anything, "What it is called with"),
    Key::new(
        "payloadRaw",
        Shape::Truth,
        "Whether `payload` is sent as it is written",
    ),
    Key::new(
        "concurrency",
        Shape::Whole(0, 10_000),
        "How many of it are kept warm",
    ),
];

static WARMER: &[Key] = &[
    Key::new(
        "enabled",
        STAGES,
        "Whether functions are kept warm unless they say otherwise",
    ),
    Key::new("alias", Shape::Text, "The alias that is called"),
    Key::new(
        "clientContext",
        Shape::Anything,
        "The client context functions are called with",
    ),
    Key::new("payload", Shape::Anything, "What functions are called with"),
    Key::new(
        "payloadRaw",
        Shape::Truth,
        "Whether `payload` is sent as it is written",
    ),
    Key::new(
        "concurrency",
        Shape::Whole(0, 10_000),
        "How many of each are kept warm",
    ),
    Key::new(
        "folderName",
        Shape::Text,
        "The folder of its code in the archive",
    ),
    Key::without_effect("cleanFolder", "nothing is written to the project"),
    Key::new("name", Shape::Text, "Its name on AWS"),
    Key::new(
        "role",
        Shape::Anything,
        "Its role; one of its own is made when absent",
    ),
    Key::new("roleName", Shape::Text, "The name of the role that is made"),
    Key::new("tags", Shape::AnyMapping, "Its tags"),
    Key::new("vpc", Shape::Anything, "Its network"),
    Key::new(
        "events",
        Shape::List(&Shape::AnyMapping),
        "What calls it; every five minutes when absent",
    ),
    Key::new("architecture", Shape::Text, "Its processor"),
    Key::new("package", Shape::AnyMapping, "What is packed with it"),
    Key::new(
        "memorySize",
        Shape::Anything,
        "Its memory in MB; 128 when absent",
    ),
    Key::new(
        "timeout",
        Shape::Anything,
        "Seconds it may run; 10 when absent",
    ),
    Key::new(
        "environment",
        Shape::AnyMapping,
        "Its environment variables",
    ),
    Key::new("tracing", Shape::Anything, "X-Ray"),
    Key::new(
        "verbose",
        Shape::Truth,
        "Whether it says in its log what it calls",
    ),
    Key::new(
        "logRetentionInDays",
        Shape::Anything,
        "How long its logs are kept",
    ),
    Key::new(
        "prewarm",
        Shape::Truth,
        "Whether it is called after each deploy",
    ),
];
static WARMERS: Shape = Shape::Keys(WARMER, &[]);
static FUNCTION_WARMERS: Shape = Shape::Keys(OF_FUNCTION, &[]);
static FUNCTION: &[Key] = &[Key::new(
    "warmup",
    Shape::Named(&FUNCTION_WARMERS),
    "How each warmer keeps this function warm",
)];

pub(in crate::plugins) static WARMUP: BuiltIn = BuiltIn {
    names: &[NAME],
    doc: "Keeps functions warm by calling them by the clock",
    custom: &[("warmup", Shape::Named(&WARMERS))],
    function: FUNCTION,
};
