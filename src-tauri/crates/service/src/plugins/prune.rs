//! serverless-prune-plugin: old versions of functions are deleted after a deploy.

use super::BuiltIn;
use crate::schema::{Key, Shape};

static SETTINGS: &[Key] = &[
    Key::new(
        "automatic",
        Shape::Truth,
        "Whether a deploy deletes old versions",
    ),
    Key::new(
        "number",
        Shape::Whole(0, 1_000_000),
        "How many versions of each function stay",
    ),
    Key::new(
        "includeLayers",
        Shape::Truth,
        "Whether old versions of layers are deleted too",
    ),
];

pub(super) static PRUNE: BuiltIn = BuiltIn {
    names: &["serverless-prune-plugin"],
    doc: "Deletes old versions of functions and layers after a deploy",
    custom: &[("prune", Shape::Keys(SETTINGS, &[]))],
    function: &[],
};
