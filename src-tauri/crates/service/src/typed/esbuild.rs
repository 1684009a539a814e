//! What serverless-esbuild reads.

use serde_json::{Map, Value};

use super::reader::{At, Reader};
use crate::document::Content;
use crate::types::Esbuild;

/// Settings that are read here, or mean nothing to esbuild. Every other one is esbuild's own.
const NOT_ITS_OWN: &[&str] = &[
    "allowOverwrite",
    "color",
    "concurrency",
    "disableIncremental",
    "disposeContext",
    "entryPoints",
    "exclude",
    "external",
    "installExtraArgs",
    "keepOutputDirectory",
    "logLevel",
    "logLimit",
    "nativeZip",
    "nodeExternals",
    "outExtension",
    "outdir",
    "outputBuildFolder",
    "outputFileExtension",
    "outputWorkFolder",
    "packagePath",
    "packager",
    "packagerOptions",
    "skipBuild",
    "skipBuildExcludeFns",
    "skipRebuild",
    "stripEntryResolveExtensions",
    "watch",
    "write",
    "zipConcurrency",
];
/// What the runtimes bring, for which no package is needed.
const OF_THE_RUNTIME: &str = "aws-sdk";

/// Reads the settings; none when nothing is to be bundled.
pub(super) fn read(reader: &mut Reader, root: &At<'_>, has_plugin: bool) -> Option<Esbuild> {
    let custom = root.get("custom");
    let own = custom.as_ref().and_then(|at| at.get("pilothouse"));
    let own = own.and_then(|at| at.get("esbuild"));
    let own = own.filter(|at| !matches!(at.node.content, Content::Bool(false)));
    if !has_plugin && own.is_none() {
        return None;
    }
    let of_plugin = custom.as_ref().and_then(|at| at.get("esbuild"));
    let written = of_plugin.filter(|_| has_plugin).or(own);
    let settings = written.filter(|at| !matches!(at.node.content, Content::Bool(_)));
    let mut read = Esbuild {
        exclude: vec![OF_THE_RUNTIME.to_owned()],
        ..Esbuild::default()
    };
    if let Some(at) = &settings {
        read_settings(reader, at, &mut read);
        if !has_plugin {
            refuse_code(reader, at);
        }
    }
    for (name, at) in reader.entries(root.get("functions")) {
        if reader.truth(at.get("skipEsbuild")) == Some(true) {
            read.skipped.insert(name.clone());
        }
        if let Some(entry) = reader.text(at.get("esbuildEntrypoint")) {
            read.entries.insert(name, entry);
        }
    }
    Some(read)
}

fn read_settings(reader: &mut Reader, at: &At<'_>, read: &mut Esbuild) {
    read.external = reader.texts(at.get("external"));
    if let Some(exclude) = reader.texts_if(at.get("exclude")) {
        read.exclude = exclude;
    }
    read.ending = reader
        .text(at.get("outputFileExtension"))
        .filter(|ending| ending != ".js");
    read.strips_endings = reader.truth(at.get("stripEntryResolveExtensions")) == Some(true);
    read.manifest = reader.text(at.get("packagePath"));
    read.options = options(at);
    if let Some(scripts) = at.get("packagerOptions").and_then(|at| at.get("scripts")) {
        reader.conflict(
            &scripts,
            format!("`{}` names commands, which are not run", scripts.path),
            "Run them before you package, or name a `config` file, with which the plugin itself packages, by consent",
        );
    }
    let (ending, is_esm) = (read.ending.as_deref(), read.makes_es_modules());
    if let Some(at) = at.get("outputFileExtension") {
        if is_esm && ending == Some(".cjs") {
            let message = format!("`{}`: ES modules do not end in `.cjs`", at.path);
            reader.conflict(&at, message, "Write `.mjs`, or `format: cjs`");
        }
        if !is_esm && ending == Some(".mjs") {
            let message = format!("`{}`: only ES modules end in `.mjs`", at.path);
            reader.conflict(&at, message, "Write `format: esm` beside it, or `.cjs`");
        }
    }
}

fn options(at: &At<'_>) -> Map<String, Value> {
    let Value::Object(all) = at.node.to_json() else {
        return Map::new();
    };
    let own = all
        .into_iter()
        .filter(|(name, value)| !value.is_null() && !NOT_ITS_OWN.contains(&name.as_str()));
    own.collect()
}

/// Code is run by the plugin, which is not there.
fn refuse_code(reader: &mut Reader, at: &At<'_>) {
    for key in ["plugins", "config"] {
        if let Some(at) = at.get(key) {
            reader.conflict(
                &at,
                format!("`{}` names code, which is run by the plugin alone", at.path),
                "Install `serverless-esbuild`, list it under `plugins` and move the settings to `custom.esbuild`: it \
                 then packages by consent",
            );
        }
    }
}
