//! What goes into the archives of a service: the project's files, and the packages beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::sync::Arc;

use pilothouse_artifact::python::{Fetched, PythonProblem, put, unzip_helper};
use pilothouse_artifact::{
    Archive, ArtifactProblem, Joined, Origin, Package, SelectedFile, Selection, pack,
};
use pilothouse_effects::ArchiveStore;
use pilothouse_model::{Code, Diagnostic, ProjectPath};

use super::{Need, Needs, Place, have};
use crate::package::PYTHON_LAYER;
use crate::project::ProjectRequest;
use crate::target::Watch;
use crate::{ApiError, Host};

/// The packages inside the archive, when they are an archive themselves.
const INNER: &str = ".requirements.zip";
/// What unpacks them.
const UNZIP: &str = "unzip_requirements.py";

/// The packages of all archives.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// By the archive's file name; the layer's too.
    pub(crate) fetched: BTreeMap<String, Fetched>,
}

impl Contents {
    /// Fetches what the archives need, and what the layer does under its own name.
    pub(crate) async fn have(
        host: &Host,
        request: &ProjectRequest,
        place: &Place<'_>,
        needs: &Needs,
        watch: &Watch,
    ) -> Result<Self, ApiError> {
        let mut contents = Self::default();
        for (archive, need) in needs.of.iter().filter(|(_, need)| !need.in_layer) {
            if let Some(fetched) = have(host, request, place, need, watch).await? {
                contents.fetched.insert(archive.clone(), fetched);
            }
        }
        if let Some(need) = &needs.layer {
            let Some(fetched) = have(host, request, place, need, watch).await? else {
                return Err(empty_layer(need));
            };
            contents.fetched.insert(PYTHON_LAYER.to_owned(), fetched);
        }
        Ok(contents)
    }

    /// What the user should know of the packages.
    pub(crate) fn notes(&self) -> Vec<Diagnostic> {
        let notes = self.fetched.values().flat_map(|fetched| &fetched.notes);
        let notes: BTreeSet<&String> = notes.collect();
        notes
            .into_iter()
            .map(|note| Diagnostic::warning(Code::PythonRequirement, note.clone()))
            .collect()
    }

    /// Makes the archives that hold packages or come from a folder of their own; which are left is not changed.
    pub(crate) fn write(
        &self,
        host: &Host,
        place: &Place<'_>,
        store: &dyn ArchiveStore,
        needs: &Needs,
        selected: &BTreeMap<String, Selection>,
    ) -> Result<Vec<Archive>, ApiError> {
        // Archives from one folder with the same packages are made together: each file is deflated once.
        let mut groups: BTreeMap<_, Vec<&String>> = BTreeMap::new();
        for (name, need) in &needs.of {
            let key = self.fetched.get(name).map(|fetched| fetched.key.as_str());
            let module = need.module.as_ref().map(ProjectPath::as_str);
            if selected.contains_key(name) && (key.is_some() || module.is_some()) {
                let vendor = need.settings.vendor.as_deref();
                groups.entry((module, key, vendor)).or_default().push(name);
            }
        }
        let mut archives = Vec::new();
        for names in groups.values() {
            archives.extend(self.group(host, place, store, needs, selected, names)?);
        }
        Ok(archives)
    }

    /// Makes the archive of the layer of packages; none when the service has no such layer.
    pub(crate) fn layer(
        &self,
        place: &Place<'_>,
        store: &dyn ArchiveStore,
        needs: &Needs,
    ) -> Result<Option<Archive>, ApiError> {
        let (Some(need), Some(fetched)) = (&needs.layer, self.fetched.get(PYTHON_LAYER)) else {
            return Ok(None);
        };
        let mut joined = Joined::new(Arc::clone(place.files));
        let project = place.files.as_ref();
        put(
            &mut joined,
            fetched,
            &need.settings,
            project,
            Some("python"),
        )?;
        let package = Package {
            file_name: PYTHON_LAYER.to_owned(),
            files: joined.files(),
        };
        Ok(pack(&joined, store, &[package])?.pop())
    }

    fn group(
        &self,
        host: &Host,
        place: &Place<'_>,
        store: &dyn ArchiveStore,
        needs: &Needs,
        selected: &BTreeMap<String, Selection>,
        names: &[&String],
    ) -> Result<Vec<Archive>, ApiError> {
        let mut joined = Joined::new(Arc::clone(place.files));
        let mut packages = Vec::new();
        for name in names {
            let (Some(need), Some(selection)) = (needs.of.get(*name), selected.get(*name)) else {
                continue;
            };
            let mut own = own_files(need, selection);
            if own.is_empty() {
                return Err(ArtifactProblem::Empty {
                    file_name: (*name).clone(),
                    patterns: Vec::new(),
                }
                .into());
            }
            for (file, at) in &own {
                joined.put(file.clone(), Origin::Project(at.clone()));
            }
            packages.push((*name, std::mem::take(&mut own)));
        }
        let mut beside: Vec<SelectedFile> = Vec::new();
        if let Some((name, need)) = names
            .first()
            .and_then(|name| Some((*name, needs.of.get(*name)?)))
            && let Some(fetched) = self.fetched.get(name)
        {
            beside = add(host, place, need, fetched, &mut joined)?;
        }
        let taken: BTreeSet<&ProjectPath> = beside.iter().map(|file| &file.path).collect();
        let packages: Vec<Package> = packages
            .into_iter()
            .map(|(name, own)| {
                let own = own.into_iter().map(|(file, _)| file);
                let own = own.filter(|file| !taken.contains(&file.path));
                let mut files: Vec<SelectedFile> = own.chain(beside.iter().cloned()).collect();
                files.sort_unstable();
                Package {
                    file_name: name.clone(),
                    files,
                }
            })
            .collect();
        Ok(pack(&joined, store, &packages)?)
    }
}

fn empty_layer(need: &Need) -> ApiError {
    let list = &need.settings.file_name;
    PythonProblem::Setting(format!(
        "the layer of Python packages would be empty: there is neither `{list}` nor a lock of Poetry's, Pipenv's or \
         uv's in the project's folder; write one, be it empty"
    ))
    .into()
}

/// The project's files under their names in the archive: those of a folder that is packed by itself lose its name.
fn own_files(need: &Need, selection: &Selection) -> Vec<(SelectedFile, ProjectPath)> {
    let start = need.module.as_ref().map(|module| format!("{module}/"));
    let file = |file: &SelectedFile| {
        let at = file.path.clone();
        let Some(start) = &start else {
            return Some((file.clone(), at));
        };
        let name = file.path.as_str().strip_prefix(start.as_str())?;
        let path = ProjectPath::parse(name).ok()?;
        Some((
            SelectedFile {
                path,
                ..file.clone()
            },
            at,
        ))
    };
    selection.files.iter().filter_map(file).collect()
}

/// Adds packages to an archive, as files or as an archive in it; the names of what was added.
fn add(
    host: &Host,
    place: &Place<'_>,
    need: &Need,
    fetched: &Fetched,
    joined: &mut Joined,
) -> Result<Vec<SelectedFile>, ApiError> {
    let project = place.files.as_ref();
    let mut alone = Joined::new(Arc::clone(place.files));
    put(&mut alone, fetched, &need.settings, project, None)?;
    if !need.settings.zip {
        put(joined, fetched, &need.settings, project, None)?;
        return Ok(alone.files());
    }
    let mut added = Vec::new();
    for (name, bytes) in [
        (INNER, inner(host, fetched, &alone)?),
        (UNZIP, unzip_helper().to_vec()),
    ] {
        let path = ProjectPath::parse(name)
            .map_err(|problem| PythonProblem::Setting(problem.to_string()))?;
        let file = SelectedFile {
            path,
            size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            executable: false,
        };
        joined.put(file.clone(), Origin::Made(bytes.into()));
        added.push(file);
    }
    Ok(added)
}

/// The bytes of an archive of the packages alone, made beside them.
fn inner(host: &Host, fetched: &Fetched, alone: &Joined) -> Result<Vec<u8>, ApiError> {
    let folder = host
        .data
        .folder(&format!("python/{}", fetched.key))
        .map_err(PythonProblem::from)?;
    let store = host.workplace.output(&folder)?;
    let package = Package {
        file_name: INNER.to_owned(),
        files: alone.files(),
    };
    pack(alone, store.as_ref(), &[package])?;
    let files = host.workplace.project(&folder)?;
    let path =
        ProjectPath::parse(INNER).map_err(|problem| PythonProblem::Setting(problem.to_string()))?;
    let mut bytes = Vec::new();
    let read = files.open(&path)?.read_to_end(&mut bytes);
    read.map_err(|source| pilothouse_effects::ProjectProblem::Unreadable { path, source })?;
    Ok(bytes)
}
