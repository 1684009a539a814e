//! What a function unpacks to with its layers, against Lambda's limit on both together.

use indexmap::IndexMap;
use pilothouse_artifact::Archive;
use pilothouse_model::{Code, Diagnostic};
use pilothouse_service::Service;
use pilothouse_service::types::{LAYER_OF_NODE, LAYER_OF_PYTHON, Layer};
use pilothouse_template::naming;
use serde_json::Value;

use super::UNPACKED_LIMIT;
use crate::{node_layer, package};

/// How many functions are named of those that have the same archives.
const NAMED: usize = 3;

/// The archives that a function runs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Together {
    /// The function's key.
    pub(crate) function: String,
    /// Its own archive, then those of its layers in this service.
    pub(crate) archives: Vec<String>,
    /// How many layers are made elsewhere.
    pub(crate) elsewhere: u64,
}

/// Of each function that runs an archive.
pub(crate) fn all(service: &Service, archive_of: &IndexMap<String, String>) -> Vec<Together> {
    let layers = archives_of_layers(service);
    let mut found = Vec::new();
    for (key, function) in &service.functions {
        let Some(own) = archive_of.get(key) else {
            continue;
        };
        let refs = function.run.layers.as_ref();
        let refs = refs.or(service.provider.run.layers.as_ref());
        let (mut archives, mut elsewhere) = (vec![own.clone()], 0);
        for layer in refs.into_iter().flatten() {
            let id = layer.get("Ref").and_then(Value::as_str);
            match id.and_then(|id| layers.get(id)) {
                Some(file) => archives.push(file.clone()),
                None => elsewhere += 1,
            }
        }
        found.push(Together {
            function: key.clone(),
            archives,
            elsewhere,
        });
    }
    found
}

/// By logical id: the archive of a layer that is made here.
fn archives_of_layers(service: &Service) -> IndexMap<String, String> {
    let of_folders = service.layers.iter().filter(|(_, l)| l.packages.is_none());
    let name = |(key, layer): (&String, &Layer)| {
        let file = match &layer.artifact {
            Some(path) => path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned(),
            None => format!("{key}.zip"),
        };
        (format!("{}LambdaLayer", naming::normalized(key)), file)
    };
    let mut names: IndexMap<String, String> = of_folders.map(name).collect();
    names.insert(LAYER_OF_PYTHON.to_owned(), package::PYTHON_LAYER.to_owned());
    names.insert(LAYER_OF_NODE.to_owned(), node_layer::FILE_NAME.to_owned());
    names
}

/// Tells of functions that are too large only with their layers. An archive that is too large by itself is told with
/// its parts.
pub(crate) fn warnings(
    service: &Service,
    archive_of: &IndexMap<String, String>,
    archives: &[Archive],
) -> Vec<Diagnostic> {
    let mut by_archives: IndexMap<Vec<String>, Vec<String>> = IndexMap::new();
    for one in all(service, archive_of) {
        let functions = by_archives.entry(one.archives).or_default();
        functions.push(one.function);
    }
    let size = |name: &String| {
        let archive = archives.iter().find(|one| one.file_name == *name);
        archive.map_or(0, Archive::unpacked_size)
    };
    let is_told = |names: &[String]| names.iter().any(|name| size(name) > UNPACKED_LIMIT);
    let sum = |names: &[String]| names.iter().map(size).sum::<u64>();
    by_archives
        .iter()
        .filter(|(names, _)| sum(names) > UNPACKED_LIMIT && !is_told(names))
        .map(|(names, functions)| {
            let parts: Vec<(&str, u64)> = names
                .iter()
                .map(|name| (name.as_str(), size(name)))
                .collect();
            too_large(functions, &parts)
        })
        .collect()
}

fn too_large(functions: &[String], parts: &[(&str, u64)]) -> Diagnostic {
    let (who, whose) = match functions {
        [one] => (format!("the function `{one}`"), "its"),
        all => (format!("the functions {}", named(all)), "their"),
    };
    let verb = if functions.len() == 1 {
        "unpacks"
    } else {
        "unpack"
    };
    let bytes: u64 = parts.iter().map(|(_, bytes)| bytes).sum();
    let first = functions.first().map_or("", String::as_str);
    let listed: Vec<String> = parts
        .iter()
        .map(|(name, bytes)| format!("`{name}` ({} MB)", megabytes(*bytes)))
        .collect();
    let message = format!(
        "{who} {verb} to {} MB with {whose} layers, and Lambda takes at most 250 MB together",
        megabytes(bytes)
    );
    Diagnostic::warning(Code::PackageTooLarge, message)
        .path(format!("functions.{first}"))
        .hint(format!(
            "It is {}. `pilothouse size --function {first}` tells what makes them large; leave out what is not needed, \
             or deploy a container image",
            listed.join(", ")
        ))
}

fn named(functions: &[String]) -> String {
    let quoted: Vec<String> = functions
        .iter()
        .take(NAMED)
        .map(|name| format!("`{name}`"))
        .collect();
    match functions.len().saturating_sub(NAMED) {
        0 => quoted.join(", "),
        more => format!("{} and {more} more", quoted.join(", ")),
    }
}

/// Rounded up, so that what is above the limit never reads as the limit.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1024 * 1024)
}

#[cfg(test)]
mod tests {
    use pilothouse_artifact::Entry;
    use pilothouse_model::Digest;
    use pilothouse_service::types::Function;
    use serde_json::json;

    use super::*;

    fn archive(name: &str, megabytes: u64) -> Archive {
        Archive {
            file_name: name.to_owned(),
            digest: Digest::of(name.as_bytes()),
            size: 1,
            entries: vec![Entry {
                path: "a".into(),
                size: megabytes * 1024 * 1024,
                compressed: 1,
                crc: 0,
                mode: 0o644,
            }],
        }
    }

    fn told(own: u64, layer: u64, functions: &[&str]) -> Vec<String> {
        let mut service = Service::default();
        service.layers.insert("tools".into(), Layer::default());
        let mut archive_of = IndexMap::new();
        for name in functions {
            let mut function = Function::default();
            function.run.layers = Some(vec![
                json!({"Ref": "ToolsLambdaLayer"}),
                json!("arn:aws:lambda:eu-west-1:1:layer:elsewhere:1"),
            ]);
            service.functions.insert((*name).to_owned(), function);
            archive_of.insert((*name).to_owned(), "shop.zip".to_owned());
        }
        let archives = [archive("shop.zip", own), archive("tools.zip", layer)];
        let found = warnings(&service, &archive_of, &archives);
        found.into_iter().map(|one| one.message).collect()
    }

    #[test]
    fn a_function_is_told_that_is_too_large_only_with_its_layers() {
        assert!(
            told(150, 100, &["a"]).is_empty(),
            "the limit itself is taken"
        );
        assert_eq!(
            told(150, 101, &["a"]),
            [
                "the function `a` unpacks to 251 MB with its layers, and Lambda takes at most 250 MB together"
            ]
        );
        assert!(
            told(251, 1, &["a"]).is_empty(),
            "it is told of the archive alone"
        );
    }

    #[test]
    fn functions_with_the_same_archives_are_told_once() {
        assert_eq!(
            told(150, 101, &["a", "b", "c", "d", "e"]),
            [
                "the functions `a`, `b`, `c` and 2 more unpack to 251 MB with their layers, and Lambda takes at most 250 MB together"
            ]
        );
    }
}
