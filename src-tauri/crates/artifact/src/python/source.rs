//! Which file says what packages a folder of functions needs.

use pilothouse_effects::{ProjectFiles, ProjectProblem};
use pilothouse_model::ProjectPath;
use toml::{Table, Value};

use super::locks;
use super::problem::PythonProblem;
use super::requirement::{Place, Requirement, normal_name};
use super::requirements::{self, Requirements};
use super::settings::PythonSettings;
use super::target::PythonTarget;

const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// What a folder of functions needs.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The file that says so.
    pub source: String,
    pub(crate) requirements: Requirements,
}

impl Listed {
    /// The packages that are asked for, as they are written, in order.
    pub fn asked(&self) -> Vec<String> {
        let wanted = self.requirements.wanted.iter();
        let mut asked: Vec<String> = wanted.map(|one| one.written.clone()).collect();
        asked.sort_unstable();
        asked
    }

    /// What is left aside of it, and why.
    pub fn notes(&self) -> &[String] {
        &self.requirements.notes
    }

    /// Packages that only exist as source code, so that code of theirs must run before they can be packed.
    pub fn sources(&self) -> Vec<String> {
        let wanted = self.requirements.wanted.iter();
        let of_source = |one: &&Requirement| one.place.as_ref().is_some_and(Place::is_source);
        wanted
            .filter(of_source)
            .map(|one| one.written.clone())
            .collect()
    }

    /// The list as a file: options first, then packages in order.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for (option, value) in &self.requirements.options {
            // An address may hold a password, which must not go into an archive.
            let shown = value.as_deref().is_none_or(|value| !value.contains('@'));
            if shown {
                text.push_str(option);
                if let Some(value) = value {
                    text.push(' ');
                    text.push_str(value);
                }
                text.push('\n');
            }
        }
        for line in self.asked() {
            text.push_str(&line);
            text.push('\n');
        }
        text
    }
}

/// Reads what the folder (the project's own when none) needs; none when no file says so.
///
/// # Errors
/// When a file cannot be read or understood.
pub fn list(
    files: &dyn ProjectFiles,
    folder: Option<&ProjectPath>,
    settings: &PythonSettings,
    target: &PythonTarget,
) -> Result<Option<Listed>, PythonProblem> {
    let Some(mut listed) = find(files, folder, settings, target)? else {
        return Ok(None);
    };
    let left_out: Vec<String> = settings
        .no_deploy
        .iter()
        .map(|name| normal_name(name))
        .collect();
    let wanted = &mut listed.requirements.wanted;
    wanted.retain(|one| !left_out.contains(&one.name));
    // Whether a package is wanted depends on the runtime, not on this computer.
    let mut bad = None;
    wanted.retain(|one| match one.marker.as_deref() {
        None => true,
        Some(marker) => super::marker::holds(marker, target, &[]).unwrap_or_else(|| {
            bad.get_or_insert_with(|| (one.written.clone(), marker.to_owned()));
            true
        }),
    });
    if let Some((written, marker)) = bad {
        return Err(PythonProblem::Setting(format!(
            "{}: the marker `{marker}` of `{written}` is not understood",
            listed.source
        )));
    }
    Ok((!listed.requirements.wanted.is_empty()).then_some(listed))
}

fn find(
    files: &dyn ProjectFiles,
    folder: Option<&ProjectPath>,
    settings: &PythonSettings,
    target: &PythonTarget,
) -> Result<Option<Listed>, PythonProblem> {
    let here = |name: &str| {
        ProjectPath::join(folder, name)
            .map_err(|problem| PythonProblem::Setting(format!("`{name}`: {problem}")))
    };
    let pyproject = text(files, &here("pyproject.toml")?)?;
    if settings.use_poetry
        && let Some(project) = pyproject.as_deref().filter(|text| locks::is_poetry(text))
    {
        let lock = here("poetry.lock")?;
        let text =
            text(files, &lock)?.ok_or_else(|| no_lock("pyproject.toml", &lock, "poetry lock"))?;
        let requirements = locks::poetry(lock.as_str(), &text, project, &settings.groups, target)?;
        return Ok(Some(listed(&lock, requirements)));
    }
    // One Pipfile serves all folders, as with the plugin.
    if settings.use_pipenv && exists(files, &own("Pipfile")?)? {
        let lock = own("Pipfile.lock")?;
        let text = text(files, &lock)?.ok_or_else(|| no_lock("Pipfile", &lock, "pipenv lock"))?;
        return Ok(Some(listed(
            &lock,
            locks::pipenv(lock.as_str(), &text, target)?,
        )));
    }
    let plain = here(&settings.file_name)?;
    let has_plain = exists(files, &plain)?;
    let wants_uv = settings.use_uv.unwrap_or(!has_plain);
    if wants_uv {
        for lock in [here("uv.lock")?, own("uv.lock")?] {
            if let Some(lock_text) = text(files, &lock)? {
                let project = pyproject.as_deref().and_then(project_name);
                let requirements =
                    locks::uv(lock.as_str(), &lock_text, project.as_deref(), target)?;
                return Ok(Some(listed(&lock, requirements)));
            }
        }
        if settings.use_uv == Some(true) {
            return Err(no_lock(
                "custom.pythonRequirements.useUv",
                &here("uv.lock")?,
                "uv lock",
            ));
        }
    }
    if !has_plain {
        return Ok(None);
    }
    Ok(Some(listed(&plain, requirements::read(files, &plain)?)))
}

fn listed(path: &ProjectPath, requirements: Requirements) -> Listed {
    Listed {
        source: path.to_string(),
        requirements,
    }
}

fn no_lock(beside: &str, lock: &ProjectPath, command: &'static str) -> PythonProblem {
    PythonProblem::NoLock {
        beside: beside.to_owned(),
        lock: lock.to_string(),
        command,
    }
}

/// A file of the project's own folder.
fn own(name: &str) -> Result<ProjectPath, PythonProblem> {
    ProjectPath::parse(name)
        .map_err(|problem| PythonProblem::Setting(format!("`{name}`: {problem}")))
}

fn exists(files: &dyn ProjectFiles, path: &ProjectPath) -> Result<bool, PythonProblem> {
    match files.open(path) {
        Ok(_) => Ok(true),
        Err(ProjectProblem::Missing(_)) => Ok(false),
        Err(problem) => Err(problem.into()),
    }
}

fn text(files: &dyn ProjectFiles, path: &ProjectPath) -> Result<Option<String>, PythonProblem> {
    match files.read(path, MOST_BYTES) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(ProjectProblem::Missing(_)) => Ok(None),
        Err(problem) => Err(problem.into()),
    }
}

fn project_name(pyproject: &str) -> Option<String> {
    let table: Table = pyproject.parse().ok()?;
    let name = table.get("project").and_then(|project| project.get("name"));
    name.and_then(Value::as_str).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use pilothouse_testkit::MemoryProject;

    use super::super::target::Architecture;
    use super::*;

    const TARGET: PythonTarget = PythonTarget::new(12, Architecture::X86);
    const LOCK: &str = "[[package]]\nname = 'app'\nversion = '0'\nsource = { virtual = '.' }\ndependencies = [{ name = 'u' }]\n[[package]]\nname = 'u'\nversion = '1'\nsource = { registry = 'https://pypi.org/simple' }\n";

    fn found(
        files: &[(&str, &str)],
        settings: &PythonSettings,
    ) -> Result<Option<(String, Vec<String>)>, String> {
        let mut project = MemoryProject::new();
        for (path, content) in files {
            project = project.file(path, *content);
        }
        match list(&project, None, settings, &TARGET) {
            Ok(listed) => Ok(listed.map(|one| (one.source.clone(), one.asked()))),
            Err(problem) => Err(problem.to_string()),
        }
    }

    fn one(source: &str, asked: &[&str]) -> Result<Option<(String, Vec<String>)>, String> {
        Ok(Some((
            source.to_owned(),
            asked.iter().map(|one| (*one).to_owned()).collect(),
        )))
    }

    #[test]
    fn the_file_is_chosen_as_the_plugin_does() {
        let settings = PythonSettings::default();
        let plain = ("requirements.txt", "b\na ; sys_platform == 'win32'\n");
        assert_eq!(found(&[plain], &settings), one("requirements.txt", &["b"]));
        assert_eq!(found(&[], &settings), Ok(None));
        assert_eq!(
            found(&[("uv.lock", LOCK)], &settings),
            one("uv.lock", &["u==1"])
        );
        assert_eq!(
            found(&[plain, ("uv.lock", LOCK)], &settings),
            one("requirements.txt", &["b"])
        );
        let uv = PythonSettings {
            use_uv: Some(true),
            ..PythonSettings::default()
        };
        assert_eq!(
            found(&[plain, ("uv.lock", LOCK)], &uv),
            one("uv.lock", &["u==1"])
        );
        let pipfile = [
            ("Pipfile", ""),
            ("Pipfile.lock", r#"{"default": {"p": {"version": "==1"}}}"#),
            plain,
        ];
        assert_eq!(found(&pipfile, &settings), one("Pipfile.lock", &["p==1"]));
        let no_pipenv = PythonSettings {
            use_pipenv: false,
            ..PythonSettings::default()
        };
        assert_eq!(found(&pipfile, &no_pipenv), one("requirements.txt", &["b"]));
        assert_eq!(
            found(&[("Pipfile", "")], &settings),
            Err("Pipfile has no Pipfile.lock beside it".to_owned())
        );
    }

    #[test]
    fn what_is_not_to_be_deployed_is_not_fetched() {
        let settings = PythonSettings {
            no_deploy: vec!["Boto_3".into()],
            ..PythonSettings::default()
        };
        let files = [("requirements.txt", "boto-3>=1\nx==1\n")];
        assert_eq!(found(&files, &settings), one("requirements.txt", &["x==1"]));
        let files = [("requirements.txt", "boto.3\n")];
        assert_eq!(found(&files, &settings), Ok(None));
    }
}
