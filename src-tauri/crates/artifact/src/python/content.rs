//! What of the fetched packages goes into an archive: all, or less when a service asks for it.

use pilothouse_effects::{EntryKind, ProjectFiles};
use pilothouse_model::ProjectPath;

use super::fetch::Fetched;
use super::problem::PythonProblem;
use super::settings::PythonSettings;
use crate::joined::{Joined, Origin};
use crate::pattern::Pattern;
use crate::select::SelectedFile;

/// What `slim` leaves out beside caches, which are never packed.
const SLIM: &str = "**/*.dist-info*";

/// Puts packages into an archive's content below `prefix`: the list, the packages, then the vendored folder.
///
/// # Errors
/// When a pattern is not understood or the vendored folder cannot be read.
pub fn put(
    joined: &mut Joined,
    fetched: &Fetched,
    settings: &PythonSettings,
    project: &dyn ProjectFiles,
    prefix: Option<&str>,
) -> Result<(), PythonProblem> {
    let patterns = patterns(settings)?;
    let mut inner: Vec<(String, u64, bool, Origin)> = Vec::new();
    for file in &fetched.files {
        let is_left_out = settings.slim && removed(&patterns, &file.path);
        if !is_left_out && let Ok(path) = ProjectPath::parse(&file.path) {
            inner.push((
                file.path.clone(),
                file.size,
                file.is_executable,
                Origin::Fetched(path),
            ));
        }
    }
    let text = fetched.text.clone().into_bytes();
    let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
    inner.push((
        "requirements.txt".to_owned(),
        size,
        false,
        Origin::Made(text.into()),
    ));
    if let Some(folder) = &settings.vendor {
        vendor(project, folder, &mut inner)?;
    }
    joined.set_fetched(&fetched.tree);
    for (path, size, executable, origin) in inner {
        // The plugin leaves packages that others need out of archives alone, and never out of the layer.
        if prefix.is_none() && is_not_deployed(&path, settings) {
            continue;
        }
        let whole = prefix.map_or_else(|| path.clone(), |prefix| format!("{prefix}/{path}"));
        if let Ok(path) = ProjectPath::parse(&whole) {
            joined.put(
                SelectedFile {
                    path,
                    size,
                    executable,
                },
                origin,
            );
        }
    }
    Ok(())
}

/// The module that unpacks the packages of a function, when they are an archive in its archive.
pub const fn unzip_helper() -> &'static [u8] {
    include_bytes!("unzip_requirements.py")
}

fn patterns(settings: &PythonSettings) -> Result<Vec<Pattern>, PythonProblem> {
    let usual = settings.slim_defaults || settings.slim_patterns.is_empty();
    let usual = usual.then_some(SLIM).into_iter();
    let own = settings.slim_patterns.iter().map(String::as_str);
    usual
        .chain(own)
        .map(|text| {
            Pattern::compile(text).map_err(|problem| {
                PythonProblem::Setting(format!("custom.pythonRequirements.slimPatterns: {problem}"))
            })
        })
        .collect()
}

/// A folder that matches goes with all in it.
fn removed(patterns: &[Pattern], path: &str) -> bool {
    let mut ends: Vec<usize> = path.match_indices('/').map(|(at, _)| at).collect();
    ends.push(path.len());
    ends.iter()
        .filter_map(|end| path.get(..*end))
        .any(|part| patterns.iter().any(|pattern| pattern.matches(part)))
}

/// The plugin leaves out by the beginning of a name: up to `-`, `/` or `.py`.
fn is_not_deployed(path: &str, settings: &PythonSettings) -> bool {
    let end = path.find(['-', '/', '\\']).unwrap_or(path.len());
    let start = path.get(..end).unwrap_or(path);
    let start = start.strip_suffix(".py").unwrap_or(start);
    settings.no_deploy.iter().any(|name| name == start)
}

/// Adds a folder of the project; what has the same name at the top gives way whole.
fn vendor(
    project: &dyn ProjectFiles,
    folder: &str,
    inner: &mut Vec<(String, u64, bool, Origin)>,
) -> Result<(), PythonProblem> {
    let name = folder.trim_start_matches("./").trim_end_matches('/');
    let start = format!("{name}/");
    let is_near = |path: &str| {
        path.starts_with(&start) || path == name || start.starts_with(&format!("{path}/"))
    };
    let tree = project.walk(&|path| !is_near(path.as_str()))?;
    let mut found = Vec::new();
    for entry in &tree {
        if let (Some(path), EntryKind::File { size, executable }) =
            (entry.path.as_str().strip_prefix(&start), entry.kind)
        {
            found.push((
                path.to_owned(),
                size,
                executable,
                Origin::Project(entry.path.clone()),
            ));
        }
    }
    if found.is_empty() {
        return Err(PythonProblem::Setting(format!(
            "custom.pythonRequirements.vendor: the folder `{folder}` is not there or is empty"
        )));
    }
    let top = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
    let tops: Vec<String> = found.iter().map(|(path, ..)| top(path)).collect();
    inner.retain(|(path, ..)| !tops.contains(&top(path)));
    inner.extend(found);
    Ok(())
}
