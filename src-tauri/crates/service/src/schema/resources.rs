//! Keys of `resources`.

use super::{Key, Shape, rule};

const DEPENDS_ON: Shape = Shape::List(&Shape::Text);

static EXTENSION: &[Key] = &[
    Key::new(
        "Properties",
        Shape::AnyMapping,
        "Properties that are merged over the generated ones",
    ),
    Key::new(
        "CreationPolicy",
        Shape::AnyMapping,
        "What its creation waits for",
    ),
    Key::new(
        "DeletionPolicy",
        Shape::Text,
        "What becomes of it when it is deleted",
    ),
    Key::new("DependsOn", DEPENDS_ON, "Resources that come before it"),
    Key::new("Metadata", Shape::AnyMapping, "Notes"),
    Key::new("UpdatePolicy", Shape::AnyMapping, "How it is updated"),
    Key::new(
        "UpdateReplacePolicy",
        Shape::Text,
        "What becomes of it when it is replaced",
    ),
    Key::new("Condition", Shape::Text, "When it exists"),
];

static RESOURCE: &[Key] = &[
    Key::new("Type", Shape::Text, "Its type, such as `AWS::S3::Bucket`"),
    Key::new("Properties", Shape::AnyMapping, "Its properties"),
    Key::new(
        "CreationPolicy",
        Shape::AnyMapping,
        "What its creation waits for",
    ),
    Key::new(
        "DeletionPolicy",
        Shape::Text,
        "What becomes of it when it is deleted",
    ),
    Key::new("DependsOn", DEPENDS_ON, "Resources that come before it"),
    Key::new("Metadata", Shape::AnyMapping, "Notes"),
    Key::new("UpdatePolicy", Shape::AnyMapping, "How it is updated"),
    Key::new(
        "UpdateReplacePolicy",
        Shape::Text,
        "What becomes of it when it is replaced",
    ),
    Key::new("Condition", Shape::Text, "When it exists"),
];

static RESOURCE_SHAPE: Shape = Shape::Keys(RESOURCE, &["Type"]);
static EXTENSION_SHAPE: Shape = Shape::Keys(EXTENSION, &[]);

static SECTIONS: &[Key] = &[
    Key::new(
        "AWSTemplateFormatVersion",
        Shape::Text,
        "The version of the template's form",
    ),
    Key::new("Description", Shape::Text, "The description of the stack"),
    Key::new("Conditions", Shape::AnyMapping, "Conditions"),
    Key::new("Mappings", Shape::AnyMapping, "Tables of values"),
    Key::new("Metadata", Shape::AnyMapping, "Notes"),
    Key::new("Outputs", Shape::AnyMapping, "Values that the stack shows"),
    Key::new("Parameters", Shape::AnyMapping, "Parameters of the stack"),
    Key::new("Rules", Shape::AnyMapping, "Rules of its parameters"),
    Key::new(
        "Resources",
        Shape::NamedBy(&rule::LOGICAL_ID, &RESOURCE_SHAPE),
        "Resources, by logical id; one that is generated is merged with",
    ),
    Key::new("Transform", Shape::List(&Shape::Text), "Macros"),
    Key::new(
        "extensions",
        Shape::NamedBy(&rule::LOGICAL_ID, &EXTENSION_SHAPE),
        "What is merged into generated resources, by logical id",
    ),
];

/// What stands under `resources`, its parts joined.
pub(super) const RESOURCES: Shape = Shape::Keys(SECTIONS, &[]);
