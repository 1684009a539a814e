//! Which archives a service needs, and what goes into each.

use indexmap::IndexMap;
use pilothouse_artifact::joined;
use pilothouse_service::Service;
use pilothouse_template::naming;

use crate::python;

/// Which archives a service needs, and which function runs which.
#[derive(Debug, Default)]
pub(crate) struct ArchivePlan {
    /// By file name: what to put in it.
    pub(crate) archives: IndexMap<String, Source>,
    /// By function: the archive's file name.
    pub(crate) of_function: IndexMap<String, String>,
}

#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// Files that these patterns select.
    Patterns(Vec<String>),
    /// A file that is an archive already.
    ReadyMade(String),
}

/// The peer's rule: a function's own archive, else the service's, else one of its own when packed
/// individually, else the one that all share. An image is no archive.
pub(crate) fn plan_archives(service: &Service) -> ArchivePlan {
    let mut plan = ArchivePlan::default();
    let shared = format!("{}.zip", service.name);
    for (key, function) in &service.functions {
        if function.image.is_some() {
            continue;
        }
        // A function cannot leave what the service asks for all. With bundles what the service says counts alone: the
        // plugin makes one archive of all, and no function has another.
        let own = function.package.individually;
        let own = own.filter(|_| service.plugins.esbuild.is_none());
        let individually = [own, service.package.individually].contains(&Some(true));
        let ready = function
            .package
            .artifact
            .as_ref()
            .or(service.package.artifact.as_ref());
        let (name, source) = if let Some(path) = ready {
            let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
            (name.to_owned(), Source::ReadyMade(path.clone()))
        } else if individually {
            let patterns = joined(&service.package.patterns, &function.package.patterns);
            let name = match python::module_of(service, key) {
                // As the plugin names it, less the folders that its name cannot hold.
                Some(module) => {
                    let last = module.rsplit('/').next().unwrap_or(&module);
                    format!("{last}-{}.zip", naming::function_name(service, key))
                }
                None => format!("{key}.zip"),
            };
            (name, Source::Patterns(patterns))
        } else {
            let patterns = service.package.patterns.clone();
            (shared.clone(), Source::Patterns(patterns))
        };
        plan.of_function.insert(key.clone(), name.clone());
        plan.archives.entry(name).or_insert(source);
    }
    plan
}

/// By function: the archive that is made of the project's files for it.
pub(crate) fn packed_here(service: &Service) -> IndexMap<String, String> {
    let plan = plan_archives(service);
    let of_patterns = |name: &String| matches!(plan.archives.get(name), Some(Source::Patterns(_)));
    let made = plan
        .of_function
        .iter()
        .filter(|(_, name)| of_patterns(name));
    made.map(|(function, name)| (function.clone(), name.clone()))
        .collect()
}
