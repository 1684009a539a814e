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

const NAME: Key = Key::new(
    "name",
    Shape::TextBy(&rule::LAYER_NAME),
    "Its name on AWS; its key when absent",
);
const DESCRIPTION: Key = Key::new(
    "description",
    Shape::TextBy(&rule::DESCRIPTION),
    "What it is for",
);
const LICENSE: Key = Key::new("licenseInfo", Shape::TextBy(&rule::LICENSE), "Its licence");
const RUNTIMES: Key = Key::new(
    "compatibleRuntimes",
    Shape::List(&provider::RUNTIME),
    "The runtimes it is made for",
);
const ARCHITECTURES: Key = Key::new(
    "compatibleArchitectures",
    Shape::List(&provider::ARCHITECTURE),
    "The processors it is made for",
);
const ACCOUNTS: Key = Key::new(
    "allowedAccounts",
    Shape::List(&ACCOUNT),
    "Accounts that may use it; `*` is everybody",
);
const RETAIN: Key = Key::new(
    "retain",
    Shape::Truth,
    "Whether its versions stay when another takes their place",
);

static LAYER: &[Key] = &[
    Key::new("path", Shape::Text, "The folder it is made from"),
    Key::new("package", Shape::Keys(PACKAGE, &[]), "What is packed"),
    NAME,
    DESCRIPTION,
    LICENSE,
    RUNTIMES,
    ARCHITECTURES,
    ACCOUNTS,
    RETAIN,
];
static PACKAGES: &[Key] = &[
    NAME,
    DESCRIPTION,
    LICENSE,
    RUNTIMES,
    ARCHITECTURES,
    ACCOUNTS,
    RETAIN,
];
static SHAPE: Shape = Shape::Keys(LAYER, &[]);

/// `layers` at the top of the file.
pub(super) static LAYERS: Shape = Shape::Named(&SHAPE);
/// A layer of packages, which has no folder.
pub(crate) const OF_PACKAGES: Shape = Shape::Keys(PACKAGES, &[]);
