//! `layers` at the top of the file.

use indexmap::IndexMap;

use super::package;
use super::reader::{At, Reader};
use crate::types::Layer;

pub(super) fn read(reader: &mut Reader, root: &At<'_>) -> IndexMap<String, Layer> {
    let entries = reader.entries(root.get("layers"));
    let written = entries.into_iter().filter(|(_, at)| !at.node.is_null());
    written.map(|(name, at)| (name, one(reader, &at))).collect()
}

fn one(reader: &mut Reader, at: &At<'_>) -> Layer {
    if at.node.as_mapping().is_none() {
        reader.refuse(at, "a mapping");
        return Layer::default();
    }
    let package = package(reader, at.get("package"));
    let path = reader.text(at.get("path"));
    if path.is_none() && package.artifact.is_none() {
        reader.refuse(at, "a mapping with a `path` or a `package.artifact`");
    }
    let path = path.unwrap_or_default();
    Layer {
        path: path
            .trim_start_matches("./")
            .trim_end_matches('/')
            .to_owned(),
        artifact: package.artifact,
        patterns: package.patterns,
        ..said(reader, at)
    }
}

/// What is said of a layer, whatever it is made from.
pub(super) fn said(reader: &mut Reader, at: &At<'_>) -> Layer {
    Layer {
        name: reader.text(at.get("name")),
        description: reader.words(at.get("description")),
        license: reader.words(at.get("licenseInfo")),
        runtimes: reader.texts(at.get("compatibleRuntimes")),
        architectures: reader.texts(at.get("compatibleArchitectures")),
        allowed_accounts: reader.texts(at.get("allowedAccounts")),
        retain: reader.truth(at.get("retain")).unwrap_or_default(),
        ..Layer::default()
    }
}
