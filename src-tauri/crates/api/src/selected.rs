//! What archives are made of: the files of the project that their patterns select.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use pilothouse_artifact::{ArtifactProblem, Development, Rules, Scope, Selection, select};
use pilothouse_effects::{ProjectFiles, TreeEntry};
use pilothouse_model::ProjectPath;
use pilothouse_service::Service;

use crate::archives::{ArchivePlan, Source};
use crate::plan::PLAN_START;
use crate::{ApiError, layers};

/// What selection must know of a service; `out` is the folder for results.
pub(crate) fn scope(
    files: &dyn ProjectFiles,
    service: &Service,
    out: Option<&str>,
) -> Result<Scope, ApiError> {
    // Results of an earlier run and saved plans are no part of the project.
    let results = out.and_then(|folder| ProjectPath::parse(folder).ok());
    let mut other_folders: Vec<ProjectPath> = results.into_iter().collect();
    other_folders.extend(saved_plans(files)?);
    other_folders.extend(layers::folders(service));
    Ok(Scope {
        config_file: service.config_file.clone(),
        use_dotenv: service.use_dotenv,
        other_folders,
        exclude_dev_dependencies: service.package.exclude_dev_dependencies.unwrap_or(true),
    })
}

/// Plans that were saved in the project's own folder: they hold its parameters and are no part of it.
fn saved_plans(files: &dyn ProjectFiles) -> Result<Vec<ProjectPath>, ApiError> {
    let top = files.walk(&|_| true)?;
    let is_plan = |path: &ProjectPath| {
        let mut start = Vec::new();
        let length = u64::try_from(PLAN_START.len()).unwrap_or_default();
        let read = files
            .open(path)
            .map(|content| content.take(length).read_to_end(&mut start));
        matches!(read, Ok(Ok(_))) && start == PLAN_START.as_bytes()
    };
    Ok(top
        .into_iter()
        .map(|entry| entry.path)
        .filter(|path| path.as_str().ends_with(".json") && is_plan(path))
        .collect())
}

/// What each archive that is to be made of the project's files will hold; of bundles others are made.
pub(crate) fn select_all(
    files: &dyn ProjectFiles,
    service: &Service,
    scope: &Scope,
    plan: &ArchivePlan,
    of_bundles: Option<&BTreeSet<String>>,
) -> Result<BTreeMap<String, Selection>, ApiError> {
    let mut rules: Vec<(&String, &Vec<String>, Rules)> = Vec::new();
    let is_bundles = |name: &String| of_bundles.is_some_and(|names| names.contains(name));
    for (name, source) in plan.archives.iter().filter(|(name, _)| !is_bundles(name)) {
        if let Source::Patterns(patterns) = source {
            let compiled = Rules::new(scope, patterns).map_err(ArtifactProblem::Patterns)?;
            rules.push((name, patterns, compiled));
        }
    }
    if rules.is_empty() {
        return Ok(BTreeMap::new());
    }
    // A folder is passed over only when no archive wants anything of it.
    let prune = |path: &ProjectPath| rules.iter().all(|(_, _, r)| r.prune(path.as_str()));
    let tree: Vec<TreeEntry> = files.walk(&prune)?;
    let development = if service.package.exclude_dev_dependencies.unwrap_or(true) {
        Development::find(files, &tree)
    } else {
        Development::default()
    };
    let mut selected = BTreeMap::new();
    for (name, patterns, rules) in rules {
        let selection = select(&rules, &development, &tree);
        if selection.files.is_empty() {
            return Err(ArtifactProblem::Empty {
                file_name: name.clone(),
                patterns: patterns.clone(),
            }
            .into());
        }
        selected.insert(name.clone(), selection);
    }
    Ok(selected)
}
