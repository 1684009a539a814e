//! Files of the project that are packed beside bundles: those that `package.patterns` take in, by the plugin's rules.

use pilothouse_artifact::{
    ArtifactProblem, Development, Rules, Scope, SelectedFile, Selection, select,
};
use pilothouse_effects::ProjectFiles;
use pilothouse_model::ProjectPath;

use crate::ApiError;

/// What patterns take in. Nothing is packed that no pattern names, and what starts with `!` leaves out only what a
/// pattern before it took in. Names that begin with a dot are matched when the pattern has such a name.
pub(super) fn extras(files: &dyn ProjectFiles, patterns: &[String]) -> Result<Selection, ApiError> {
    let mut taken = Selection::default();
    for (at, pattern) in patterns.iter().enumerate() {
        if pattern.starts_with('!') {
            continue;
        }
        let mut own = vec!["!**".to_owned(), pattern.clone()];
        // A folder's name stands for all that is in it.
        own.push(format!("{}/**", pattern.trim_end_matches('/')));
        let later = patterns.get(at + 1..).unwrap_or_default().iter();
        for pattern in later.filter(|pattern| pattern.starts_with('!')) {
            own.push(pattern.clone());
            own.push(format!("{}/**", pattern.trim_end_matches('/')));
        }
        let rules = Rules::new(&Scope::default(), &own).map_err(ArtifactProblem::Patterns)?;
        let tree = files.walk(&|path: &ProjectPath| rules.prune(path.as_str()))?;
        let found = select(&rules, &Development::default(), &tree);
        let has_dots = pattern.split('/').any(is_dotted);
        let is_seen = |path: &ProjectPath| has_dots || !path.parts().any(is_dotted);
        taken
            .files
            .extend(found.files.into_iter().filter(|file| is_seen(&file.path)));
        let refused = found.refused.into_iter();
        taken
            .refused
            .extend(refused.filter(|refused| is_seen(&refused.path)));
    }
    taken.files.sort_unstable();
    taken
        .files
        .dedup_by(|one: &mut SelectedFile, other| one.path == other.path);
    taken.refused.sort_unstable();
    taken.refused.dedup();
    Ok(taken)
}

fn is_dotted(name: &str) -> bool {
    name.starts_with('.') && name != "." && name != ".."
}
