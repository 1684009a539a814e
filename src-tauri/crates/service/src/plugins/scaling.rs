//! Plugins that let the capacity of DynamoDB tables follow their use.

use super::BuiltIn;
use crate::schema::{Key, Shape};

const NAMES: Shape = Shape::List(&Shape::Text);

static CAPACITY: &[Key] = &[
    Key::new("minimum", Shape::Whole(1, 40_000), "The least, in units"),
    Key::new("maximum", Shape::Whole(1, 40_000), "The most, in units"),
    Key::new(
        "usage",
        Shape::Anything,
        "How much of it should be in use, from 0.2 to 0.9; 0.75 when absent",
    ),
    Key::refused(
        "actions",
        "Capacities by the clock",
        "its form says less than AWS's own",
        "Write `ScheduledActions` at the scalable target, under `resources.extensions`",
    ),
];

static TABLE: &[Key] = &[
    Key::new("table", NAMES, "Logical ids of tables"),
    Key::new("index", NAMES, "Names of their indexes"),
    Key::new(
        "indexOnly",
        Shape::Truth,
        "Whether the table is left as it is",
    ),
    Key::new("read", Shape::Keys(CAPACITY, &[]), "The capacity to read"),
    Key::new("write", Shape::Keys(CAPACITY, &[]), "The capacity to write"),
];
static TABLE_SHAPE: Shape = Shape::Keys(TABLE, &["table"]);

pub(super) static CAPACITIES: BuiltIn = BuiltIn {
    names: &["serverless-dynamodb-autoscaling"],
    doc: "Lets tables' capacity follow their use, by one scaling plan",
    custom: &[("capacities", Shape::List(&TABLE_SHAPE))],
    function: &[],
};

pub(super) static AUTOSCALING: BuiltIn = BuiltIn {
    names: &["serverless-dynamodb-autoscaling-plugin"],
    doc: "Lets tables' capacity follow their use, by one scaling plan",
    custom: &[("autoscaling", Shape::List(&TABLE_SHAPE))],
    function: &[],
};
