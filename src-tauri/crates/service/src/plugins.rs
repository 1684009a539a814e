//! Serverless plugins: which are built in, and what they add to the file.
//!
//! One file per plugin; a plugin that is not in [`BUILT_IN`] is code of the project, and is named.

mod domains;
pub(crate) mod dotenv;
mod offline;
mod own_roles;
mod prune;
mod scaling;

use pilothouse_model::{Code, Diagnostic, Span};

use crate::document::Node;
use crate::schema::{Key, Shape};

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
    &offline::OFFLINE,
    &own_roles::OWN_ROLES,
    &prune::PRUNE,
    &scaling::CAPACITIES,
    &scaling::AUTOSCALING,
];

/// The built-in plugin of that name.
pub fn built_in(name: &str) -> Option<&'static BuiltIn> {
    BUILT_IN
        .iter()
        .find(|plugin| plugin.names.contains(&name))
        .copied()
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

/// What is said of plugins that are not built in.
pub(crate) fn check(document: &Node) -> Vec<Diagnostic> {
    let foreign = written(document)
        .into_iter()
        .filter(|plugin| built_in(&plugin.name).is_none());
    foreign
        .map(|plugin| {
            let message = format!("the plugin `{}` is not built in", plugin.name);
            Diagnostic::error(Code::NotYetSupported, message)
                .at(plugin.span)
                .path(plugin.path)
                .reason("it is code, which nobody has consented to run")
                .hint("Remove it if the service can be without it")
        })
        .collect()
}
