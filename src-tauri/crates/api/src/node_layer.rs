//! Packages of Node functions as a layer: `node_modules` leaves the archives and goes where Lambda looks for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pilothouse_artifact::{Archive, Joined, Origin, Package, SelectedFile, Selection, pack};
use pilothouse_effects::{ArchiveStore, ProjectFiles};
use pilothouse_model::{Code, ProjectPath};
use pilothouse_service::Service;
use pilothouse_service::types::{Function, LAYER_OF_NODE, PACKAGES_OF_NODE};
use serde_json::Value;

use crate::archives::ArchivePlan;
use crate::python::Place;
use crate::{ApiError, Kind, bundles};

/// The archive's name.
pub(crate) const FILE_NAME: &str = "nodeModules.zip";
/// The folder that packages are installed to.
const MODULES: &str = "node_modules/";
/// Where Lambda puts them on the way of `require`.
const IN_LAYER: &str = "nodejs/";
/// The most bytes that are read of a `package.json`.
const MOST_BYTES: u64 = 1 << 20;

/// Takes the packages out of the archives of the functions that have the layer; what goes into it. Without any, there
/// is no layer.
///
/// # Errors
/// When a function is an ES module: `import` does not look into layers.
pub(crate) fn take(
    files: &Arc<dyn ProjectFiles>,
    service: &mut Service,
    plan: &ArchivePlan,
    selected: &mut BTreeMap<String, Selection>,
) -> Result<BTreeSet<SelectedFile>, ApiError> {
    leave(service);
    let mut modules = BTreeSet::new();
    let users = users(service);
    let archives: BTreeSet<&String> = users
        .iter()
        .filter_map(|user| plan.of_function.get(user))
        .collect();
    for name in archives {
        if let Some(selection) = selected.get_mut(name) {
            let (of_layer, own) = selection
                .files
                .drain(..)
                .partition(|file| file.path.as_str().starts_with(MODULES));
            selection.files = own;
            modules.extend::<Vec<SelectedFile>>(of_layer);
        }
    }
    if modules.is_empty() {
        drop_layer(service);
        return Ok(modules);
    }
    for user in &users {
        let handler = service.functions.get(user).map(|one| one.handler.as_str());
        if is_es_module(files.as_ref(), handler.unwrap_or_default()) {
            return Err(es_module(user));
        }
    }
    Ok(modules)
}

/// A service whose project has no packages has no layer of them.
pub(crate) fn settle(files: &dyn ProjectFiles, service: &mut Service) {
    leave(service);
    let has_modules = !users(service).is_empty()
        && files.walk(&|_| true).is_ok_and(|tree| {
            tree.iter()
                .any(|entry| entry.path.as_str() == "node_modules")
        });
    if !has_modules {
        drop_layer(service);
    }
}

/// Functions whose code is bundled have what they load in their archives, and not the layer.
fn leave(service: &mut Service) {
    let bundled: Vec<String> = service
        .functions
        .iter()
        .filter(|(key, function)| bundles::is_bundled(service, key, function))
        .map(|(key, _)| key.clone())
        .collect();
    for key in bundled {
        if let Some(function) = service.functions.get_mut(&key) {
            leave_one(function);
        }
    }
}

fn leave_one(function: &mut Function) {
    if let Some(layers) = &mut function.run.layers {
        layers.retain(|layer| !is_ours(layer));
    }
    // What the provider says counts again.
    if function.run.layers.as_ref().is_some_and(Vec::is_empty) {
        function.run.layers = None;
    }
}

/// The functions that have the layer.
fn users(service: &Service) -> Vec<String> {
    let functions = service.functions.iter().filter(|(_, function)| {
        let layers = function.run.layers.iter().flatten();
        service.layers.contains_key(PACKAGES_OF_NODE) && layers.into_iter().any(is_ours)
    });
    functions.map(|(key, _)| key.clone()).collect()
}

fn is_ours(layer: &Value) -> bool {
    layer.get("Ref").and_then(Value::as_str) == Some(LAYER_OF_NODE)
}

fn drop_layer(service: &mut Service) {
    let of_packages = |layer: &pilothouse_service::types::Layer| layer.packages.is_some();
    if !service
        .layers
        .get(PACKAGES_OF_NODE)
        .is_some_and(of_packages)
    {
        return;
    }
    service.layers.shift_remove(PACKAGES_OF_NODE);
    service.functions.values_mut().for_each(leave_one);
}

/// Whether Node reads a handler's file as an ES module: by its ending, else by the nearest `package.json`.
fn is_es_module(files: &dyn ProjectFiles, handler: &str) -> bool {
    let (folder, name) = handler.rsplit_once('/').unwrap_or(("", handler));
    let name = name.split('.').next().unwrap_or(name);
    let read = |path: &str| {
        let path =
            ProjectPath::parse(path.trim_start_matches("./").trim_start_matches('/')).ok()?;
        files.read(&path, MOST_BYTES).ok()
    };
    if read(&format!("{folder}/{name}.mjs")).is_some() {
        return true;
    }
    if read(&format!("{folder}/{name}.cjs")).is_some() {
        return false;
    }
    let mut folder = folder.trim_start_matches("./");
    loop {
        if let Some(bytes) = read(&format!("{folder}/package.json")) {
            let said: Option<Value> = serde_json::from_slice(&bytes).ok();
            return said.is_some_and(|said| said.get("type").is_some_and(|kind| kind == "module"));
        }
        if folder.is_empty() {
            return false;
        }
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
}

fn es_module(function: &str) -> ApiError {
    ApiError::new(
        Code::ConfigConflict,
        Kind::Config,
        format!("the function `{function}` is an ES module, and its packages would be in a layer"),
    )
    .detail("Node finds packages of a layer for `require` alone; `import` looks beside the code")
    .hint("Set `custom.pilothouse.dependencies: archive`, or write the handler as CommonJS")
}

/// Makes the archive of the layer; none when there is nothing in it.
pub(crate) fn archive(
    place: &Place<'_>,
    store: &dyn ArchiveStore,
    modules: &BTreeSet<SelectedFile>,
) -> Result<Option<Archive>, ApiError> {
    if modules.is_empty() {
        return Ok(None);
    }
    let mut joined = Joined::new(Arc::clone(place.files));
    for file in modules {
        if let Ok(path) = ProjectPath::parse(&format!("{IN_LAYER}{}", file.path)) {
            let put = SelectedFile {
                path,
                ..file.clone()
            };
            joined.put(put, Origin::Project(file.path.clone()));
        }
    }
    let package = Package {
        file_name: FILE_NAME.to_owned(),
        files: joined.files(),
    };
    Ok(pack(&joined, store, &[package])?.pop())
}
