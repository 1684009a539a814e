//! Keys of `layers`.

use super::{Key, Shape, provider, rule};

const TEXTS: Shape = Shape::List(&Shape::Text);
static ACCOUNT: Shape = Shape::TextBy(&rule::LAYER_ACCOUNT);

static PACKAGE: &[Key] = &[
    Key::new(
        "artifact",
        Shape::Text,
        "A ready archive, which is used as it is",
    ),
    Key::new(
        "patterns",
        TEXTS,
        "Which files are packed: globs, relative to its folder",
    ),
    Key::new("include", TEXTS, "Globs to pack").instead("PACKAGE_PATTERNS", "package.patterns"),
    Key::new("exclude", TEXTS, "Globs to leave out")
        .instead("PACKAGE_PATTERNS", "package.patterns"),
];

static LAYER: &[Key] = &[
    Key::new("path", Shape::Text, "The folder it is made from"),
    Key::new("package", Shape::Keys(PACKAGE, &[]), "What is packed"),
    Key::new(
        "name",
        Shape::TextBy(&rule::LAYER_NAME),
        "Its name on AWS; its key when absent",
    ),
    Key::new(
        "description",
        Shape::TextBy(&rule::DESCRIPTION),
        "What it is for",
    ),
    Key::new("licenseInfo", Shape::TextBy(&rule::LICENSE), "Its licence"),
    Key::new(
        "compatibleRuntimes",
        Shape::List(&provider::RUNTIME),
        "The runtimes it is made for",
    ),
    Key::new(
        "compatibleArchitectures",
        Shape::List(&provider::ARCHITECTURE),
        "The processors it is made for",
    ),
    Key::new(
        "allowedAccounts",
        Shape::List(&ACCOUNT),
        "Accounts that may use it; `*` is everybody",
    ),
    Key::new(
        "retain",
        Shape::Truth,
        "Whether its versions stay when another takes their place",
    ),
];
static SHAPE: Shape = Shape::Keys(LAYER, &[]);

/// `layers` at the top of the file.
pub(super) static LAYERS: Shape = Shape::Named(&SHAPE);
