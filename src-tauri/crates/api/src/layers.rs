//! Layers that are made from folders of the project: what goes into their archives.

use std::sync::Arc;

use indexmap::IndexMap;
use pilothouse_artifact::{
    Archive, ArtifactProblem, Development, Package, Rules, Scope, Selection, joined, pack, place,
    select,
};
use pilothouse_effects::{ArchiveStore, ProjectFiles};
use pilothouse_model::{Code, ProjectPath};
use pilothouse_service::Service;
use pilothouse_service::types::Layer;

use crate::within::within;
use crate::{ApiError, Kind};

/// The archives of layers.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    /// The archives.
    pub(crate) archives: Vec<Archive>,
    /// By layer, as templates name them.
    pub(crate) of: IndexMap<String, pilothouse_template::Archive>,
    /// What was selected, by file name.
    pub(crate) selected: Vec<(String, Selection)>,
}

/// The folders of layers, which are no part of functions' archives.
pub(crate) fn folders(service: &Service) -> Vec<ProjectPath> {
    let paths = service.layers.values().map(|layer| layer.path.as_str());
    paths
        .filter_map(|path| ProjectPath::parse(path).ok())
        .collect()
}

/// Archives that stand for layers where nothing is packed.
pub(crate) fn stand_ins(service: &Service) -> IndexMap<String, pilothouse_template::Archive> {
    let name = |key: &String| {
        let archive = pilothouse_template::Archive {
            file_name: format!("{key}.zip"),
            digest: pilothouse_model::Digest::of(b""),
        };
        (key.clone(), archive)
    };
    service.layers.keys().map(name).collect()
}

/// Packs each layer into an archive of its own, its paths relative to its folder.
pub(crate) fn pack_all(
    files: &Arc<dyn ProjectFiles>,
    service: &Service,
    scope: &Scope,
    store: &dyn ArchiveStore,
) -> Result<Packed, ApiError> {
    let mut packed = Packed::default();
    let of_folders = service.layers.iter();
    let of_folders = of_folders.filter(|(_, layer)| layer.packages.is_none());
    for (key, layer) in of_folders {
        let file_name = match &layer.artifact {
            Some(artifact) => artifact
                .rsplit(['/', '\\'])
                .next()
                .unwrap_or(artifact)
                .to_owned(),
            None => format!("{key}.zip"),
        };
        let archive = match &layer.artifact {
            Some(artifact) => {
                let path = parse(key, "archive", artifact)?;
                place(files.as_ref(), store, &path, &file_name)?
            }
            None => {
                let (archive, selection) =
                    one(files, service, scope, store, key, layer, &file_name)?;
                packed.selected.push((file_name.clone(), selection));
                archive
            }
        };
        packed.add(key, Some(archive));
    }
    Ok(packed)
}

impl Packed {
    /// The archive of a layer, when there is one.
    pub(crate) fn add(&mut self, key: &str, archive: Option<Archive>) {
        let Some(archive) = archive else {
            return;
        };
        let named = pilothouse_template::Archive {
            file_name: archive.file_name.clone(),
            digest: archive.digest,
        };
        self.of.insert(key.to_owned(), named);
        self.archives.push(archive);
    }
}

fn one(
    files: &Arc<dyn ProjectFiles>,
    service: &Service,
    scope: &Scope,
    store: &dyn ArchiveStore,
    key: &str,
    layer: &Layer,
    file_name: &str,
) -> Result<(Archive, Selection), ApiError> {
    let folder = within(Arc::clone(files), &parse(key, "folder", &layer.path)?);
    let patterns = joined(&service.package.patterns, &layer.patterns);
    // The folders that functions leave out are layers'.
    let scope = Scope {
        other_folders: Vec::new(),
        ..scope.clone()
    };
    let rules = Rules::new(&scope, &patterns).map_err(ArtifactProblem::Patterns)?;
    let tree = folder.walk(&|path| rules.prune(path.as_str()))?;
    let development = if scope.exclude_dev_dependencies {
        Development::find(folder.as_ref(), &tree)
    } else {
        Development::default()
    };
    let selection = select(&rules, &development, &tree);
    if selection.files.is_empty() {
        return Err(ApiError::new(
            Code::PackageMissing,
            Kind::Config,
            format!("no file matches what the layer `{key}` is made from"),
        )
        .detail(format!("its folder is `{}`", layer.path))
        .hint(format!(
            "Put files into `{}`, or correct `layers.{key}.path` or its patterns",
            layer.path
        )));
    }
    let package = Package {
        file_name: file_name.to_owned(),
        files: selection.files.clone(),
    };
    let archive = pack(folder.as_ref(), store, &[package])?.pop();
    let missing = || {
        ApiError::new(
            Code::PackageMissing,
            Kind::Internal,
            format!("the layer `{key}` was not packed"),
        )
    };
    Ok((archive.ok_or_else(missing)?, selection))
}

fn parse(key: &str, what: &str, path: &str) -> Result<ProjectPath, ApiError> {
    ProjectPath::parse(path).map_err(|problem| {
        ApiError::new(
            Code::PathOutside,
            Kind::Config,
            format!("the {what} `{path}` of the layer `{key}` is not in the project"),
        )
        .detail(problem.to_string())
        .hint("Name it relative to the project's folder")
    })
}
