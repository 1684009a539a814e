//! From the patterns of each archive to its files, with one walk of the project for all.

use pilothouse_effects::ProjectFiles;

use crate::development::Development;
use crate::pack::Package;
use crate::problem::ArtifactProblem;
use crate::refusal::Refused;
use crate::rules::{Rules, Scope};
use crate::select::select;

/// An archive that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its name in the folder of results.
    pub file_name: String,
    /// Its patterns, those of the service and of the function [`joined`](crate::joined).
    pub patterns: Vec<String>,
}

/// What will be packed: to be shown before anything is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prepared {
    /// The archives, in the order asked for.
    pub packages: Vec<Package>,
    /// What one of them asked for and none gets, each once.
    pub refused: Vec<Refused>,
}

/// Lists the project once and selects for every archive.
///
/// # Errors
/// When a pattern is not understood, the project cannot be listed, or an archive would be empty.
pub fn prepare(
    project: &dyn ProjectFiles,
    scope: &Scope,
    requests: &[Request],
) -> Result<Prepared, ArtifactProblem> {
    let mut all_rules = Vec::with_capacity(requests.len());
    let mut problems = Vec::new();
    for request in requests {
        match Rules::new(scope, &request.patterns) {
            Ok(rules) => all_rules.push(rules),
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        problems.dedup();
        return Err(ArtifactProblem::Patterns(problems));
    }
    if requests.is_empty() {
        return Ok(Prepared::default());
    }
    let tree =
        project.walk(&|folder| all_rules.iter().all(|rules| rules.prune(folder.as_str())))?;
    let development = if scope.exclude_dev_dependencies {
        Development::find(project, &tree)
    } else {
        Development::default()
    };
    let mut prepared = Prepared::default();
    for (request, rules) in requests.iter().zip(&all_rules) {
        let selection = select(rules, &development, &tree);
        if selection.files.is_empty() {
            return Err(ArtifactProblem::Empty {
                file_name: request.file_name.clone(),
                patterns: request.patterns.clone(),
            });
        }
        prepared.refused.extend(selection.refused);
        prepared.packages.push(Package {
            file_name: request.file_name.clone(),
            files: selection.files,
        });
    }
    prepared.refused.sort_unstable();
    prepared.refused.dedup();
    Ok(prepared)
}
