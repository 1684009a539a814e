//! What serverless-python-requirements reads.

use super::reader::{At, Reader};
use crate::document::Content;
use crate::types::{PackagesLayer, PythonRequirements};

/// Options of pip that name an index or how to choose from it; those with a value say so.
const HANDED_ON: &[(&str, &str, bool)] = &[
    ("-i", "--index-url", true),
    ("--index-url", "--index-url", true),
    ("--extra-index-url", "--extra-index-url", true),
    ("-f", "--find-links", true),
    ("--find-links", "--find-links", true),
    ("--trusted-host", "--trusted-host", true),
    ("--no-index", "--no-index", false),
    ("--pre", "--pre", false),
    ("--prefer-binary", "--prefer-binary", false),
    ("--require-hashes", "--require-hashes", false),
    ("--no-deps", "--no-deps", false),
    ("--no-cache-dir", "--no-cache-dir", false),
];
/// Options that say what is done anyway, or only how much is told.
const NEEDLESS: &[(&str, bool)] = &[
    ("--platform", true),
    ("--python-version", true),
    ("--implementation", true),
    ("--abi", true),
    ("--only-binary", true),
    ("--cache-dir", true),
    ("--progress-bar", true),
    ("--retries", true),
    ("--timeout", true),
    ("--default-timeout", true),
    ("--upgrade", false),
    ("-U", false),
    ("--no-compile", false),
    ("--no-color", false),
    ("--disable-pip-version-check", false),
    ("--quiet", false),
    ("-q", false),
    ("--verbose", false),
    ("-v", false),
    ("-vv", false),
    ("-vvv", false),
    ("--isolated", false),
    ("--user", false),
    ("--system", false),
    ("--break-system-packages", false),
    ("--root-user-action", true),
];

/// Reads `custom.pythonRequirements` and what functions add to it.
pub(super) fn read(
    reader: &mut Reader,
    root: &At<'_>,
    settings: Option<&At<'_>>,
) -> PythonRequirements {
    let mut read = PythonRequirements::default();
    if let Some(at) = settings {
        read_settings(reader, at, &mut read);
    }
    for (name, at) in reader.entries(root.get("functions")) {
        if let Some(module) = reader.text(at.get("module")).filter(|module| module != ".") {
            read.modules.insert(name.clone(), module);
        }
        if let Some(vendor) = reader.text(at.get("vendor")) {
            read.vendors.insert(name, vendor);
        }
    }
    read
}

fn read_settings(reader: &mut Reader, at: &At<'_>, read: &mut PythonRequirements) {
    read.file_name = reader.text(at.get("fileName"));
    read.use_pipenv = reader.truth(at.get("usePipenv"));
    read.use_poetry = reader.truth(at.get("usePoetry"));
    read.use_uv = reader.truth(at.get("useUv"));
    read.poetry_with = reader.texts(at.get("poetryWithGroups"));
    read.poetry_without = reader.texts(at.get("poetryWithoutGroups"));
    read.poetry_only = reader.texts(at.get("poetryOnlyGroups"));
    read.no_deploy = reader.texts(at.get("noDeploy"));
    read.slim = reader.truth(at.get("slim")).unwrap_or_default();
    let patterns = at
        .get("slimPatterns")
        .filter(|at| !matches!(at.node.content, Content::Bool(_)));
    read.slim_patterns = reader.texts(patterns);
    read.slim_defaults = reader.truth(at.get("slimPatternsAppendDefaults"));
    read.strip = reader.truth(at.get("strip"));
    read.zip = reader.truth(at.get("zip")).unwrap_or_default();
    let layer = at.get("layer");
    read.layer = layer
        .filter(|at| !at.node.is_null() && !matches!(at.node.content, Content::Bool(false)))
        .map(|_| PackagesLayer::Referred);
    read.vendor = reader.words(at.get("vendor"));
    read.python = reader.text(at.get("pythonBin"));
    let is_false = |truth: Option<bool>| truth == Some(false);
    read.refresh = reader.truth(at.get("invalidateCaches")) == Some(true)
        || is_false(reader.truth(at.get("useStaticCache")));
    if is_false(reader.truth(at.get("useDownloadCache"))) {
        read.pip_options.push(("--no-cache-dir".to_owned(), None));
    }
    for option in reader.items(at.get("pipCmdExtraArgs")) {
        pip_option(reader, &option, read);
    }
    conflicts(reader, at, read);
}

/// What cannot be done, or is done twice.
fn conflicts(reader: &mut Reader, at: &At<'_>, read: &PythonRequirements) {
    if let Some(files) = at.get("dockerExtraFiles")
        && files
            .node
            .as_sequence()
            .is_some_and(|files| !files.is_empty())
    {
        reader.conflict(
            &files,
            format!("`{}` names files of a Docker image, and there is none", files.path),
            "Put the files into a folder of the project and name it under `custom.pythonRequirements.vendor`",
        );
    }
    if read.zip && read.layer.is_some() {
        let zip = at.get("zip").unwrap_or_else(|| at.clone());
        reader.warn(
            &zip,
            format!(
                "`{}` has no effect: the packages are in a layer, which Lambda unpacks itself",
                zip.path
            ),
            "Remove one of `zip` and `layer`",
        );
    }
}

/// An option of pip's: `--index-url https://...` or `--index-url=https://...`.
fn pip_option(reader: &mut Reader, at: &At<'_>, read: &mut PythonRequirements) {
    let Some(text) = reader.text(Some(at.clone())) else {
        return;
    };
    let text = text.trim();
    let (option, value) = match text.split_once([' ', '=', '\t']) {
        Some((option, value)) => (option, Some(value.trim().to_owned())),
        None => (text, None),
    };
    if NEEDLESS.iter().any(|(name, _)| *name == option) {
        return;
    }
    let known = HANDED_ON
        .iter()
        .find(|(name, _, has_value)| *name == option && *has_value == value.is_some());
    match known {
        Some((_, name, _)) => read.pip_options.push(((*name).to_owned(), value)),
        None => reader.conflict(
            at,
            format!("`{}`: the option `{option}` of pip is not handed on", at.path),
            "Options that name an index or how to choose from it are; write one and its value in one text, such as `--extra-index-url https://...`",
        ),
    }
}
