//! Keys at the top, and of `package`.

use super::provider::PROVIDER;
use super::resources::RESOURCES;
use super::{Key, Shape, Status, event, function, rule};

const TEXTS: Shape = Shape::List(&Shape::Text);
static FUNCTION: Shape = Shape::Keys(function::FUNCTION, &[]);
const NO_DASHBOARD: &str = "there is no dashboard to log in to";
const PATTERNS: &str = "PACKAGE_PATTERNS";

const fn of_dashboard(name: &'static str, doc: &'static str) -> Key {
    Key::new(name, Shape::Anything, doc).with(Status::WithoutEffect(NO_DASHBOARD))
}

static PLUGIN_KEYS: &[Key] = &[
    Key::new("modules", TEXTS, "Serverless plugins, in their order"),
    Key::new(
        "localPath",
        Shape::Text,
        "The folder of plugins that are not installed",
    ),
];
const PLUGINS: Shape = Shape::Either(&[TEXTS, Shape::Keys(PLUGIN_KEYS, &["modules"])]);

/// The keys of `functions.*.events`.
pub(super) static EVENT: Shape = Shape::Event(event::EVENTS);

const PATTERNS_KEY: Key = Key::new(
    "patterns",
    TEXTS,
    "Which files are packed: globs, later ones winning, `!` to leave out",
);
const INCLUDE: Key =
    Key::new("include", TEXTS, "Globs to pack").instead(PATTERNS, "package.patterns");
const EXCLUDE: Key =
    Key::new("exclude", TEXTS, "Globs to leave out").instead(PATTERNS, "package.patterns");
const INDIVIDUALLY: Key = Key::new(
    "individually",
    Shape::Truth,
    "Whether each function has an archive of its own",
);
const ARTIFACT: Key = Key::new(
    "artifact",
    Shape::Text,
    "A ready archive, which is used as it is",
);

/// The keys of `package`.
static PACKAGE: &[Key] = &[
    PATTERNS_KEY,
    INCLUDE,
    EXCLUDE,
    INDIVIDUALLY,
    ARTIFACT,
    Key::new(
        "excludeDevDependencies",
        Shape::Truth,
        "Whether Node's development dependencies are left out",
    ),
    Key::new(
        "path",
        Shape::Text,
        "The folder that `package` writes to; a deploy then takes what lies there",
    ),
];

/// The keys of `package` of a function or a layer.
pub(super) static PACKAGE_OF_ONE: &[Key] = &[
    PATTERNS_KEY,
    INCLUDE,
    EXCLUDE,
    INDIVIDUALLY,
    ARTIFACT,
    Key::new(
        "excludeDevDependencies",
        Shape::Truth,
        "Whether Node's development dependencies are left out",
    )
    .with(Status::Unknown("it is said of the whole service")),
    Key::new("path", Shape::Text, "The folder that results go to")
        .with(Status::Unknown("it is said of the whole service")),
];

/// The keys at the top of the file.
pub static SERVICE: &[Key] = &[
    Key::new(
        "service",
        Shape::TextBy(&rule::SERVICE_NAME),
        "The name of the service, the first part of the stack's name",
    ),
    Key::new(
        "frameworkVersion",
        Shape::Text,
        "Which versions of Serverless the file is written for",
    ),
    Key::new(
        "configValidationMode",
        Shape::Word(&["error", "warn", "off"]),
        "Whether unknown keys and bad values are errors, warnings or nothing",
    ),
    Key::new(
        "deprecationNotificationMode",
        Shape::Word(&["error", "warn", "warn:summary"]),
        "Whether old spellings are errors or warnings",
    ),
    Key::new(
        "disabledDeprecations",
        Shape::List(&Shape::TextBy(&rule::DEPRECATION_CODE)),
        "Codes of old spellings that are not warned of",
    ),
    Key::new(
        "provider",
        Shape::Keys(PROVIDER, &["name"]),
        "Where the service runs, and what its functions have in common",
    ),
    Key::new(
        "functions",
        Shape::NamedBy(&rule::FUNCTION_NAME, &FUNCTION),
        "The functions, by their names",
    ),
    Key::new(
        "resources",
        RESOURCES,
        "CloudFormation that is merged over what is generated",
    ),
    Key::new("package", Shape::Keys(PACKAGE, &[]), "What is packed"),
    Key::new(
        "custom",
        Shape::AnyMapping,
        "Values of your own, for `${self:custom...}`",
    ),
    Key::new(
        "params",
        Shape::NamedBy(&rule::STAGE, &Shape::AnyMapping),
        "Values by stage, and `default`, for `${param:...}`",
    ),
    Key::new(
        "layers",
        super::layers::LAYERS,
        "Layers made from folders of the project, by their names",
    ),
    Key::new("plugins", PLUGINS, "Serverless plugins, in their order"),
    Key::new(
        "useDotenv",
        Shape::Truth,
        "Whether `${env:...}` also reads `.env.<stage>` or, without one, `.env`",
    ),
    of_dashboard("outputs", "Values published to Serverless's dashboard"),
    of_dashboard("org", "An organisation of Serverless's dashboard"),
    of_dashboard("app", "An app of Serverless's dashboard"),
    of_dashboard("tenant", "An organisation of Serverless's dashboard"),
    of_dashboard("dashboard", "Settings of Serverless's dashboard"),
    Key::new(
        "console",
        Shape::Anything,
        "Settings of Serverless's console",
    )
    .with(Status::WithoutEffect("the console is gone"))
    .instead("CONSOLE_CONFIGURATION", ""),
    Key::new("projectDir", Shape::Text, "The folder of a larger project")
        .with(Status::WithoutEffect("paths are relative to the service"))
        .instead("PROJECT_DIR", ""),
    Key::new(
        "variablesResolutionMode",
        Shape::Text,
        "How variables are resolved",
    )
    .with(Status::WithoutEffect("there is one way"))
    .instead("VARIABLES_RESOLUTION_MODE", ""),
    Key::of_version_4("stages", "Settings by stage"),
    Key::of_version_4(
        "build",
        "How code is bundled: for version 3, list `serverless-esbuild` under `plugins`, with its keys under `custom.esbuild`",
    ),
    Key::of_version_4("state", "Where state is kept"),
    Key::of_version_4("licenseKey", "A licence"),
    Key::of_version_4("ai", "Agents"),
];
