//! What serverless-esbuild reads of a service.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::{Map, Value};

/// `custom.esbuild` and the keys of functions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Esbuild {
    /// Settings that are esbuild's own, as written.
    pub options: Map<String, Value>,
    /// `external`.
    pub external: Vec<String>,
    /// `exclude`; with `*` among them nothing is packed beside the bundles.
    pub exclude: Vec<String>,
    /// `outputFileExtension`, when it is not `.js`.
    pub ending: Option<String>,
    /// `stripEntryResolveExtensions`.
    pub strips_endings: bool,
    /// `packagePath`.
    pub manifest: Option<String>,
    /// Functions with `skipEsbuild`.
    pub skipped: BTreeSet<String>,
    /// By function: `esbuildEntrypoint`.
    pub entries: IndexMap<String, String>,
}

impl Esbuild {
    /// `resolveExtensions`, when it is written.
    pub fn resolve_endings(&self) -> Option<Vec<String>> {
        let list = self.options.get("resolveExtensions")?.as_array()?;
        let texts = list.iter().filter_map(Value::as_str);
        Some(texts.map(str::to_owned).collect())
    }

    /// Whether the bundles are ES modules.
    pub fn makes_es_modules(&self) -> bool {
        let word = |name: &str| self.options.get(name).and_then(Value::as_str);
        match word("format") {
            Some(format) => format == "esm",
            None => word("platform") == Some("neutral"),
        }
    }

    /// The packages that are packed beside the bundles, when they are among the project's `dependencies`.
    pub fn packed(&self) -> Vec<String> {
        if self.exclude.iter().any(|name| name == "*") {
            return Vec::new();
        }
        let packed = self.external.iter();
        packed
            .filter(|name| !self.exclude.contains(name))
            .cloned()
            .collect()
    }
}
