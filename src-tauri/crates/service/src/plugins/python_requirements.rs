//! serverless-python-requirements: packages of Python beside the functions' own code.

use super::BuiltIn;
use crate::schema::{Key, Shape, layers};

const TEXTS: Shape = Shape::List(&Shape::Text);
const NO_DOCKER: &str = "wheels for Lambda are fetched, and Docker is not needed";
const OWN_CACHE: &str = "what was fetched is kept in the app's own folder, by what was asked for";

static SETTINGS: &[Key] = &[
    Key::new(
        "fileName",
        Shape::Text,
        "The list of packages, in the folder of the functions; `requirements.txt` when absent",
    ),
    Key::new("usePipenv", Shape::Truth, "Whether `Pipfile.lock` is read"),
    Key::new("usePoetry", Shape::Truth, "Whether `poetry.lock` is read"),
    Key::new(
        "useUv",
        Shape::Truth,
        "Whether `uv.lock` is read: true before the plain list; when absent, only without one",
    ),
    Key::new(
        "poetryWithGroups",
        TEXTS,
        "Groups of Poetry's besides the main one",
    ),
    Key::new("poetryWithoutGroups", TEXTS, "Groups of Poetry's left out"),
    Key::new("poetryOnlyGroups", TEXTS, "These groups of Poetry's alone"),
    Key::without_effect(
        "requirePoetryLockFile",
        "a project of Poetry's always needs its lock",
    ),
    Key::new(
        "noDeploy",
        TEXTS,
        "Packages that are not packed, such as those that the runtime has",
    ),
    Key::new(
        "slim",
        Shape::Truth,
        "Whether metadata is left out and native libraries lose their symbols",
    ),
    Key::new(
        "slimPatterns",
        Shape::Either(&[Shape::Truth, TEXTS]),
        "Globs of what else is left out with `slim`",
    ),
    Key::new(
        "slimPatternsAppendDefaults",
        Shape::Truth,
        "Whether the usual patterns of `slim` count beside your own",
    ),
    Key::new(
        "strip",
        Shape::Truth,
        "Whether native libraries lose their symbols with `slim`; true unless false",
    ),
    Key::new(
        "zip",
        Shape::Truth,
        "Whether the packages are an archive in the archive, which `import unzip_requirements` unpacks",
    ),
    Key::new(
        "layer",
        Shape::Either(&[Shape::Truth, layers::OF_PACKAGES]),
        "Whether the packages are a layer, `PythonRequirementsLambdaLayer`, or the keys of that layer",
    ),
    Key::new(
        "vendor",
        Shape::Text,
        "A folder whose content is packed beside the packages",
    ),
    Key::new(
        "pipCmdExtraArgs",
        TEXTS,
        "Options of pip that name an index or how to choose from it",
    ),
    Key::new(
        "pythonBin",
        Shape::Text,
        "The Python whose pip fetches when there is no uv",
    ),
    Key::new(
        "invalidateCaches",
        Shape::Truth,
        "Whether packages are fetched anew each time",
    ),
    Key::new(
        "useStaticCache",
        Shape::Truth,
        "False: packages are fetched anew each time",
    ),
    Key::new(
        "useDownloadCache",
        Shape::Truth,
        "False: what uv or pip downloaded before is not used",
    ),
    Key::without_effect("cacheLocation", OWN_CACHE),
    Key::without_effect("staticCacheMaxVersions", OWN_CACHE),
    Key::without_effect(
        "cleanupZipHelper",
        "nothing is written into the project, so nothing is left there",
    ),
    Key::without_effect("dockerizePip", NO_DOCKER),
    Key::without_effect("dockerSsh", NO_DOCKER),
    Key::without_effect("dockerPrivateKey", NO_DOCKER),
    Key::without_effect("dockerImage", NO_DOCKER),
    Key::without_effect("dockerFile", NO_DOCKER),
    Key::without_effect("dockerEnv", NO_DOCKER),
    Key::without_effect("dockerBuildCmdExtraArgs", NO_DOCKER),
    Key::without_effect("dockerRunCmdExtraArgs", NO_DOCKER),
    Key::without_effect("dockerRootless", NO_DOCKER),
    Key::new(
        "dockerExtraFiles",
        TEXTS,
        "Files of a Docker image; refused, for there is none: put them into `vendor`",
    ),
];

static FUNCTION: &[Key] = &[
    Key::new(
        "module",
        Shape::Text,
        "The folder of this function's code and list of packages, packed as if it were the project",
    ),
    Key::new(
        "vendor",
        Shape::Text,
        "A folder whose content is packed beside this function's packages",
    ),
];

pub(super) static PYTHON_REQUIREMENTS: BuiltIn = BuiltIn {
    names: &["serverless-python-requirements"],
    doc: "Packs the packages that Python functions need, as wheels for Lambda, without Docker",
    custom: &[("pythonRequirements", Shape::Keys(SETTINGS, &[]))],
    function: FUNCTION,
};
