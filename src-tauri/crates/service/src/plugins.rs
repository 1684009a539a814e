//! Serverless plugins: which are built in, and what they add to the file.
//!
//! One file per plugin; a plugin that is not in [`BUILT_IN`] is code of the project, and is named.

mod domains;
pub(crate) mod dotenv;
pub(crate) mod esbuild;
mod nested_stacks;
mod offline;
mod own_roles;
mod prune;
mod python_requirements;
mod s3_sync;
mod scaling;
mod warmup;
mod wsgi;

use pilothouse_model::{Code, Diagnostic, Span};

use crate::document::Node;
use crate::load::Options;
use crate::lookup::{Answers, Lookup};
use crate::nearest;
use crate::schema::{Key, Shape};
use crate::types::GeneratedFile;

/// A plugin whose work is done here, without running it.
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn {
    /// Its names on npm.
    pub names: &'static [&'static str],
    /// What it does, in one line.
    pub doc: &'static str,
    /// Its settings under `custom`: names and what may stand there.
    pub custom: &'static [(&'static str, Shape)],
    /// Keys it adds to functions, as they stand in the schema of functions.
    pub function: &'static [Key],
}

/// The plugins that are built in.
pub static BUILT_IN: &[&BuiltIn] = &[
    &domains::DOMAINS,
    &dotenv::DOTENV,
    &esbuild::ESBUILD,
    &offline::OFFLINE,
    &own_roles::OWN_ROLES,
    &prune::PRUNE,
    &python_requirements::PYTHON_REQUIREMENTS,
    &s3_sync::S3_SYNC,
    &scaling::CAPACITIES,
    &scaling::AUTOSCALING,
    &nested_stacks::SPLIT_STACKS,
    &warmup::WARMUP,
    &wsgi::WSGI,
];

/// The built-in plugin of that name.
pub fn built_in(name: &str) -> Option<&'static BuiltIn> {
    BUILT_IN
        .iter()
        .find(|plugin| plugin.names.contains(&name))
        .copied()
}

/// What plugins add beside the configuration.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// Files that are packed with the project's own.
    pub(crate) files: Vec<GeneratedFile>,
    /// Functions that are called after a deploy, and with what.
    pub(crate) calls: Vec<(String, String)>,
    /// Patterns by which the files are packed, whatever the service's own say.
    pub(crate) patterns: Vec<String>,
    /// What must be known first; nothing else counts when there is any.
    pub(crate) wanted: Vec<Lookup>,
}

/// Does to a configuration what its plugins do to it before it is checked.
pub(crate) fn apply(
    document: &mut Node,
    options: &Options,
    answers: &Answers,
    found: &mut Vec<Diagnostic>,
) -> Given {
    let wanted = dotenv::apply(document, options, answers, found);
    if !wanted.is_empty() {
        return Given {
            wanted,
            ..Given::default()
        };
    }
    let stage = options
        .stage
        .clone()
        .filter(|stage| !stage.is_empty())
        .or_else(|| {
            let provider = document.get("provider")?;
            provider.get("stage").and_then(Node::to_text)
        });
    let mut given = warmup::apply(document, stage.as_deref().unwrap_or("dev"), found);
    let adapter = wsgi::apply(document, found);
    given.patterns = adapter.iter().map(|file| file.path.clone()).collect();
    given.files.extend(adapter);
    given
}

/// A plugin that the file names.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    /// Its name.
    pub(crate) name: String,
    /// Where it stands.
    pub(crate) span: Span,
    /// Its configuration path.
    pub(crate) path: String,
}

/// The plugins that the file names, in its order: a list of names, or `modules` of a mapping.
pub(crate) fn written(document: &Node) -> Vec<Written> {
    let Some(plugins) = document.get("plugins") else {
        return Vec::new();
    };
    let (list, path) = match plugins.get("modules") {
        Some(modules) => (modules, "plugins.modules"),
        None => (plugins, "plugins"),
    };
    let items: &[Node] = match list.as_sequence() {
        Some(items) => items,
        None => std::slice::from_ref(list),
    };
    let names = items.iter().enumerate().filter_map(|(at, item)| {
        Some(Written {
            name: item.as_text()?.to_owned(),
            span: item.span.clone(),
            path: format!("{path}.{at}"),
        })
    });
    names.collect()
}

/// The built-in plugin that adds a key to functions.
pub(crate) fn of_function_key(name: &str) -> Option<(&'static BuiltIn, &'static Key)> {
    BUILT_IN.iter().find_map(|plugin| {
        let key = plugin.function.iter().find(|key| key.name == name)?;
        Some((*plugin, key))
    })
}

/// The plugins that the file names and whose own code does their work: those that are not built in, and one that is told
/// to run code of the project.
pub(crate) fn foreign(document: &Node) -> Vec<Written> {
    let is_foreign = |name: &str| {
        let runs_code = name == esbuild::NAME && esbuild::code(document).is_some();
        built_in(name).is_none() || runs_code
    };
    let mut written = written(document);
    written.retain(|plugin| is_foreign(&plugin.name));
    written
}

/// What is said of plugins that are not built in.
pub(crate) fn check(document: &Node) -> Vec<Diagnostic> {
    foreign(document)
        .into_iter()
        .map(|plugin| {
            if plugin.name == esbuild::NAME {
                return runs_code(document, plugin);
            }
            let known = BUILT_IN.iter().flat_map(|one| one.names.iter().copied());
            let hint = match nearest::of(&plugin.name, known) {
                Some(near) => format!("Did you mean `{near}`, which is built in?"),
                None => "Install it and `serverless` 3 or `osls` in the project, or remove it if the service can be without it".to_owned(),
            };
            let message = format!("the plugin `{}` is not built in", plugin.name);
            Diagnostic::error(Code::PluginUnknown, message)
                .at(plugin.span)
                .path(plugin.path)
                .reason("other plugins are code, which runs by consent, where it is installed")
                .hint(hint)
        })
        .collect()
}

/// What is said of a plugin that is built in and is told to run code of the project.
fn runs_code(document: &Node, plugin: Written) -> Diagnostic {
    let key = esbuild::code(document).unwrap_or_default();
    let message = format!(
        "`custom.esbuild.{key}` names code, with which `{}` itself must package",
        plugin.name
    );
    Diagnostic::error(Code::PluginUnknown, message)
        .at(plugin.span)
        .path(plugin.path)
        .reason("what esbuild is told by code is known when that code has run, which needs consent")
        .hint(format!(
            "Install the plugin and `serverless` 3 or `osls` in the project, or write the settings under \
             `custom.esbuild` without `{key}`"
        ))
}
