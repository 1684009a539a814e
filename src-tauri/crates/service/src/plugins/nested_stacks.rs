//! serverless-plugin-split-stacks: a service of more than one stack.

use super::BuiltIn;
use crate::schema::{Key, Shape};

static SETTINGS: &[Key] = &[
    Key::new(
        "perFunction",
        Shape::Truth,
        "Whether each function has a nested stack of its own",
    ),
    Key::new(
        "perType",
        Shape::Truth,
        "Whether some types of resources have nested stacks of their own; they do unless told otherwise",
    ),
    Key::new(
        "perGroupFunction",
        Shape::Truth,
        "Whether functions are spread over `nestedStackCount` nested stacks",
    ),
    Key::new(
        "nestedStackCount",
        Shape::Whole(2, 400),
        "How many nested stacks functions are spread over",
    ),
    Key::new(
        "stackConcurrency",
        Shape::Whole(1, 500),
        "How many nested stacks change at once",
    ),
    Key::new(
        "resourceConcurrency",
        Shape::Whole(1, 500),
        "How many resources of a nested stack change at once",
    ),
    Key::without_effect(
        "proxyAgent",
        "connections follow the proxy of the environment",
    ),
    Key::new(
        "custom",
        Shape::Text,
        "A file of code that says where resources go; it is not run",
    ),
];

pub(super) static SPLIT_STACKS: BuiltIn = BuiltIn {
    names: &["serverless-plugin-split-stacks"],
    doc: "Divides a service of many resources into nested stacks",
    custom: &[("splitStacks", Shape::Keys(SETTINGS, &[]))],
    function: &[],
};
