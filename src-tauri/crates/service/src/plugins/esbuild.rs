//! serverless-esbuild: the code of Node functions is bundled, and what is not bundled is packed beside it.

use super::BuiltIn;
use crate::document::Node;
use crate::schema::{Key, Shape};

/// The plugin's name.
pub(crate) const NAME: &str = "serverless-esbuild";
/// Settings that name code of the project: with one of them the plugin itself does the work, by consent.
const CODE: &[&str] = &["plugins", "config"];

const TEXTS: Shape = Shape::List(&Shape::Text);
const BY_NAME: Shape = Shape::Named(&Shape::Text);
const OF_FORMAT: Shape = Shape::Keys(
    &[
        Key::new("js", Shape::Text, "Text of bundles of JavaScript"),
        Key::new("css", Shape::Text, "Text of bundles of style sheets"),
    ],
    &[],
);
const INSTALLED: &str = "packages are taken from `node_modules` as they are installed, and nothing is installed for an archive";
const OWN_FOLDER: &str =
    "bundles are made in the app's own folder, and nothing is written into the project";
const ONE_ROUND: &str = "every bundle is made once and nothing stays in memory";
const ALWAYS_ANEW: &str =
    "sources are bundled each time; archives that exist are deployed with `deploy --package`";
const SANDBOX: &str = "the sandbox runs what was deployed";
const ENTRIES: &str = "entries are the functions' handlers";

static PACKAGER: &[Key] = &[
    Key::new(
        "scripts",
        Shape::Either(&[Shape::Text, TEXTS]),
        "Commands that are run in the folder of bundles; refused, for they are code",
    ),
    Key::without_effect("noInstall", INSTALLED),
    Key::without_effect("ignoreLockfile", INSTALLED),
];

/// The settings, the plugin's and esbuild's own.
pub(crate) static SETTINGS: &[Key] = &[
    Key::new(
        "exclude",
        Shape::Either(&[Shape::Text, TEXTS]),
        "Packages that are neither bundled nor packed; `*` packs none; `aws-sdk` when absent",
    ),
    Key::new(
        "external",
        TEXTS,
        "Packages that are not bundled: those of `dependencies` are packed as `node_modules`",
    ),
    Key::new(
        "outputFileExtension",
        Shape::Word(&[".js", ".cjs", ".mjs"]),
        "The ending of bundles; `.js` when absent",
    ),
    Key::new(
        "stripEntryResolveExtensions",
        Shape::Truth,
        "Whether endings of `resolveExtensions` such as `.custom.ts` leave the bundles' names",
    ),
    Key::new(
        "packagePath",
        Shape::Text,
        "The `package.json` whose `dependencies` count for `external`; the project's when absent",
    ),
    Key::new(
        "packagerOptions",
        Shape::Keys(PACKAGER, &[]),
        "How the plugin's packager works",
    ),
    Key::without_effect("packager", INSTALLED),
    Key::without_effect("installExtraArgs", INSTALLED),
    Key::without_effect("concurrency", "bundles are made by esbuild's own workers"),
    Key::without_effect("zipConcurrency", "archives are made in parallel"),
    Key::without_effect(
        "nativeZip",
        "archives are made by the app, always with the same bytes",
    ),
    Key::without_effect("keepOutputDirectory", OWN_FOLDER),
    Key::without_effect("outputWorkFolder", OWN_FOLDER),
    Key::without_effect("outputBuildFolder", OWN_FOLDER),
    Key::without_effect("watch", SANDBOX),
    Key::without_effect("skipBuild", ALWAYS_ANEW),
    Key::without_effect("skipBuildExcludeFns", ALWAYS_ANEW),
    Key::without_effect("skipRebuild", ONE_ROUND),
    Key::without_effect("disableIncremental", ONE_ROUND),
    Key::without_effect("disposeContext", ONE_ROUND),
    Key::without_effect(
        "nodeExternals",
        "it is a setting of the esbuild plugin `esbuild-node-externals`, which is code",
    ),
    Key::new(
        "plugins",
        Shape::Anything,
        "A file of esbuild plugins: it is code, so that the plugin itself packages, by consent",
    ),
    Key::new(
        "config",
        Shape::Anything,
        "A file that makes the settings: it is code, so that the plugin itself packages, by consent",
    ),
    Key::without_effect("entryPoints", ENTRIES),
    Key::without_effect("outdir", ENTRIES),
    Key::without_effect("write", OWN_FOLDER),
    Key::without_effect("allowOverwrite", OWN_FOLDER),
    Key::without_effect("outExtension", "`outputFileExtension` says the ending"),
    Key::refused(
        "outfile",
        "One file for all bundles",
        "each handler's file becomes a bundle of its own",
        "Remove it",
    ),
    Key::refused("stdin", "Code that is not in a file", ENTRIES, "Remove it"),
    Key::refused(
        "absWorkingDir",
        "The folder that paths are relative to",
        "paths are relative to the project's folder",
        "Remove it and write the paths relative to the project's folder",
    ),
    Key::refused(
        "mangleProps",
        "Names of properties that are made short",
        "it takes a regular expression of JavaScript, which a configuration cannot write",
        "Name a `config` file, with which the plugin itself packages, by consent",
    ),
    Key::refused(
        "reserveProps",
        "Names of properties that are kept",
        "it takes a regular expression of JavaScript, which a configuration cannot write",
        "Name a `config` file, with which the plugin itself packages, by consent",
    ),
    Key::new(
        "bundle",
        Shape::Truth,
        "Whether imports are put into the bundle; true unless false",
    ),
    Key::new("minify", Shape::Truth, "Whether the code is made small"),
    Key::new(
        "minifyWhitespace",
        Shape::Truth,
        "Whether space is left out",
    ),
    Key::new(
        "minifyIdentifiers",
        Shape::Truth,
        "Whether local names are made short",
    ),
    Key::new(
        "minifySyntax",
        Shape::Truth,
        "Whether code is written shorter",
    ),
    Key::new(
        "sourcemap",
        Shape::Either(&[
            Shape::Truth,
            Shape::Word(&["linked", "inline", "external", "both"]),
        ]),
        "Whether and where a map from the bundle to the sources is written",
    ),
    Key::new(
        "sourcesContent",
        Shape::Truth,
        "Whether maps hold the sources themselves",
    ),
    Key::new(
        "sourceRoot",
        Shape::Text,
        "What maps say that sources are relative to",
    ),
    Key::new(
        "target",
        Shape::Either(&[Shape::Text, TEXTS]),
        "The language that is written; the provider's runtime when absent",
    ),
    Key::new(
        "format",
        Shape::Word(&["cjs", "esm", "iife"]),
        "The format of modules",
    ),
    Key::new(
        "platform",
        Shape::Word(&["node", "neutral", "browser"]),
        "What the code runs on; `node` when absent",
    ),
    Key::new(
        "packages",
        Shape::Word(&["bundle", "external"]),
        "Whether packages are bundled",
    ),
    Key::new("define", BY_NAME, "Expressions that stand for global names"),
    Key::new("loader", BY_NAME, "How files are read, by their endings"),
    Key::new("banner", OF_FORMAT, "What bundles begin with"),
    Key::new("footer", OF_FORMAT, "What bundles end with"),
    Key::new(
        "resolveExtensions",
        TEXTS,
        "The endings that are tried, for handlers too",
    ),
    Key::new(
        "mainFields",
        TEXTS,
        "The fields of `package.json` that name a package's code",
    ),
    Key::new(
        "conditions",
        TEXTS,
        "Conditions of `exports` in `package.json`",
    ),
    Key::new("inject", TEXTS, "Files that every bundle imports"),
    Key::new("alias", BY_NAME, "Packages that stand for others"),
    Key::new(
        "keepNames",
        Shape::Truth,
        "Whether functions and classes keep their names",
    ),
    Key::new(
        "treeShaking",
        Shape::Truth,
        "Whether code that nothing uses is left out",
    ),
    Key::new(
        "ignoreAnnotations",
        Shape::Truth,
        "Whether notes on side effects are not believed",
    ),
    Key::new(
        "drop",
        Shape::List(&Shape::Word(&["console", "debugger"])),
        "What is left out of the code",
    ),
    Key::new("dropLabels", TEXTS, "Labelled statements that are left out"),
    Key::new(
        "pure",
        TEXTS,
        "Calls that may be left out when nothing uses their value",
    ),
    Key::new(
        "charset",
        Shape::Word(&["ascii", "utf8"]),
        "How letters are written",
    ),
    Key::new(
        "legalComments",
        Shape::Word(&["none", "inline", "eof", "linked", "external"]),
        "Where legal comments go",
    ),
    Key::new(
        "lineLimit",
        Shape::Whole(0, 1_000_000),
        "About how long lines may be",
    ),
    Key::new(
        "jsx",
        Shape::Word(&["transform", "preserve", "automatic"]),
        "How JSX is written",
    ),
    Key::new("jsxFactory", Shape::Text, "What JSX elements are made with"),
    Key::new(
        "jsxFragment",
        Shape::Text,
        "What JSX fragments are made with",
    ),
    Key::new(
        "jsxImportSource",
        Shape::Text,
        "The package that makes JSX elements",
    ),
    Key::new("jsxDev", Shape::Truth, "Whether JSX tells where it stands"),
    Key::new(
        "jsxSideEffects",
        Shape::Truth,
        "Whether JSX may have side effects",
    ),
    Key::new("tsconfig", Shape::Text, "The `tsconfig.json` that counts"),
    Key::new(
        "tsconfigRaw",
        Shape::Either(&[Shape::Text, Shape::AnyMapping]),
        "What counts in place of a `tsconfig.json`",
    ),
    Key::new(
        "metafile",
        Shape::Truth,
        "Whether esbuild's report is packed beside each bundle",
    ),
    Key::new(
        "splitting",
        Shape::Truth,
        "Whether code that is loaded later is a file of its own, with `format: esm`",
    ),
    Key::new(
        "preserveSymlinks",
        Shape::Truth,
        "Whether links are not followed",
    ),
    Key::new(
        "nodePaths",
        TEXTS,
        "Folders in which packages are looked for too",
    ),
    Key::new(
        "outbase",
        Shape::Text,
        "The folder that outputs are laid out after",
    ),
    Key::new("entryNames", Shape::Text, "How bundles are named"),
    Key::new(
        "chunkNames",
        Shape::Text,
        "How parts that are loaded later are named",
    ),
    Key::new("assetNames", Shape::Text, "How copied files are named"),
    Key::new(
        "publicPath",
        Shape::Text,
        "What the addresses of copied files begin with",
    ),
    Key::new(
        "globalName",
        Shape::Text,
        "The global name of a bundle in the format `iife`",
    ),
    Key::new(
        "supported",
        Shape::Named(&Shape::Truth),
        "What the language has, by name",
    ),
    Key::new(
        "mangleQuoted",
        Shape::Truth,
        "Whether quoted names are made short too",
    ),
    Key::new(
        "mangleCache",
        Shape::AnyMapping,
        "Names that were made short before",
    ),
    Key::new("logOverride", BY_NAME, "How much kinds of messages weigh"),
    Key::without_effect("logLevel", "warnings and errors are told, and nothing else"),
    Key::without_effect("logLimit", "all messages are told"),
    Key::without_effect("color", "the app says how messages look"),
];

static FUNCTION: &[Key] = &[
    Key::new(
        "skipEsbuild",
        Shape::Truth,
        "True: this function is packed as it is written, where each function has its own archive",
    ),
    Key::new(
        "esbuildEntrypoint",
        Shape::Text,
        "The file and its export that are bundled in place of the handler",
    ),
    Key::without_effect("disposeContext", ONE_ROUND),
];

pub(super) static ESBUILD: BuiltIn = BuiltIn {
    names: &[NAME],
    doc: "Bundles the code of Node functions with esbuild, TypeScript too",
    custom: &[("esbuild", Shape::Keys(SETTINGS, &[]))],
    function: FUNCTION,
};

/// The setting that names code, when there is one: then the plugin itself does the work.
pub(crate) fn code(document: &Node) -> Option<&'static str> {
    let settings = document.get("custom")?.get("esbuild")?;
    let is_written = |key: &&&str| settings.get(key).is_some_and(|node| !node.is_null());
    CODE.iter().find(is_written).copied()
}
