//! Packages of functions that are a layer: `custom.pythonRequirements.layer`, and `custom.pilothouse.dependencies`
//! for every service.

use serde_json::json;

use super::layers;
use super::reader::{At, Reader};
use crate::document::Content;
use crate::types::{
    LAYER_OF_NODE, LAYER_OF_PYTHON, Layer, PACKAGES_OF_NODE, PACKAGES_OF_PYTHON, PackagesLayer,
    PackagesOf, PythonRequirements, Service,
};

/// The most layers of a function.
const MOST_LAYERS: usize = 5;

/// Adds the layer, and has each function refer to it when the file asks for that.
pub(super) fn join(reader: &mut Reader, root: &At<'_>, service: &mut Service) {
    let custom = root.get("custom");
    let of = |part: &str, key: &str| custom.as_ref()?.get(part)?.get(key);
    let asked = of("pilothouse", "dependencies");
    let is_layer = |at: &At<'_>| at.node.as_text() == Some("layer");
    if asked.as_ref().is_some_and(is_layer) {
        node(reader, root, service);
        let python = service.plugins.python.get_or_insert_default();
        python.layer = Some(PackagesLayer::Joined);
    }
    let Some(how) = python_of(service).and_then(|python| python.layer) else {
        return;
    };
    let users: Vec<String> = users(service);
    if users.is_empty() {
        // A service without Python has no packages of it.
        if how == PackagesLayer::Joined {
            service.plugins.python = None;
        }
        return;
    }
    if is_taken(reader, root, service, PACKAGES_OF_PYTHON) {
        return;
    }
    let settings = custom.as_ref().and_then(|at| at.get("pythonRequirements"));
    let settings = settings.filter(|_| has_plugin(service));
    let written = settings.and_then(|at| at.get("layer"));
    let written = written.filter(|at| !matches!(at.node.content, Content::Bool(_)));
    let said = written.map(|at| layers::said(reader, &at));
    let layer = with_defaults(said.unwrap_or_default(), service, &users);
    service.layers.insert(PACKAGES_OF_PYTHON.to_owned(), layer);
    if how == PackagesLayer::Joined {
        refer(reader, root, service, &users, LAYER_OF_PYTHON);
    }
}

/// The layer of `node_modules`, which each Node function has.
fn node(reader: &mut Reader, root: &At<'_>, service: &mut Service) {
    let users = running(service, "nodejs", |_| true);
    if users.is_empty() || is_taken(reader, root, service, PACKAGES_OF_NODE) {
        return;
    }
    let layer = Layer {
        name: Some(format!("{}-{}-node-modules", service.name, service.stage)),
        description: Some("Packages of node_modules".to_owned()),
        runtimes: runtimes(service, &users),
        packages: Some(PackagesOf::Node),
        ..Layer::default()
    };
    service.layers.insert(PACKAGES_OF_NODE.to_owned(), layer);
    refer(reader, root, service, &users, LAYER_OF_NODE);
}

/// Whether a layer of the file has the name of a layer of packages, which is told.
fn is_taken(reader: &mut Reader, root: &At<'_>, service: &Service, key: &str) -> bool {
    if !service.layers.contains_key(key) {
        return false;
    }
    if let Some(written) = root.get("layers").and_then(|all| all.get(key)) {
        let message = format!("`{}` has the name of the layer of packages", written.path);
        reader.conflict(&written, message, "Give your layer another name");
    }
    true
}

fn python_of(service: &Service) -> Option<&PythonRequirements> {
    service.plugins.python.as_ref()
}

fn has_plugin(service: &Service) -> bool {
    let mut names = service.plugins.names.iter();
    names.any(|name| name == "serverless-python-requirements")
}

/// The functions that run Python from an archive that is made here.
fn users(service: &Service) -> Vec<String> {
    running(service, "python", |key| {
        let has_list = python_of(service).is_some_and(|python| {
            python.layer == Some(PackagesLayer::Joined)
                && service.package.individually == Some(true)
                && python.modules.contains_key(key)
        });
        !has_list
    })
}

/// The functions of a language that run from an archive that is made here.
fn running(service: &Service, language: &str, also: impl Fn(&str) -> bool) -> Vec<String> {
    let usual = service.provider.runtime.as_deref();
    let ready = service.package.artifact.is_some();
    let functions = service.functions.iter().filter(|(key, function)| {
        let runtime = function.runtime.as_deref().or(usual).unwrap_or_default();
        // A handler is absent where an image is run, which has its packages.
        runtime.starts_with(language)
            && !function.handler.is_empty()
            && function.package.artifact.is_none()
            && !ready
            && also(key)
    });
    functions.map(|(key, _)| key.clone()).collect()
}

/// What the plugin says of the layer where the file is silent.
fn with_defaults(mut layer: Layer, service: &Service, users: &[String]) -> Layer {
    layer.packages = Some(PackagesOf::Python);
    layer
        .name
        .get_or_insert_with(|| format!("{}-{}-python-requirements", service.name, service.stage));
    layer.description.get_or_insert_with(|| {
        "Python requirements generated by serverless-python-requirements.".to_owned()
    });
    if layer.runtimes.is_empty() {
        layer.runtimes = match &service.provider.runtime {
            Some(runtime) => vec![runtime.clone()],
            None => runtimes(service, users),
        };
    }
    layer
}

fn runtimes(service: &Service, users: &[String]) -> Vec<String> {
    let own = users.iter().filter_map(|key| service.functions.get(key));
    let usual = &service.provider.runtime;
    let mut runtimes: Vec<String> = own
        .filter_map(|one| one.runtime.clone().or_else(|| usual.clone()))
        .collect();
    runtimes.sort_unstable();
    runtimes.dedup();
    runtimes
}

/// Has functions refer to the layer, after those that they have.
fn refer(reader: &mut Reader, root: &At<'_>, service: &mut Service, users: &[String], layer: &str) {
    let usual = service.provider.run.layers.clone().unwrap_or_default();
    let reference = json!({ "Ref": layer });
    for key in users {
        let Some(function) = service.functions.get_mut(key) else {
            continue;
        };
        let layers = function.run.layers.get_or_insert_with(|| usual.clone());
        if !layers.contains(&reference) {
            layers.push(reference.clone());
        }
        let written = root.get("functions").and_then(|all| all.get(key));
        if let Some(at) = written.filter(|_| layers.len() > MOST_LAYERS) {
            let message = format!(
                "the function `{key}` has {} layers with that of its packages, and Lambda takes {MOST_LAYERS}",
                layers.len()
            );
            let hint = "Name fewer layers, or set `custom.pilothouse.dependencies: archive`";
            reader.conflict(&at, message, hint);
        }
    }
}
