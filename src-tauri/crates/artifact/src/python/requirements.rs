//! `requirements.txt` and the files it names, read as pip reads them.
//!
//! The tool that fetches is never pointed at the project's own file: what is in it is read here, so that nothing
//! outside the project is read, a line that would run code is seen before it does, and markers are asked of the
//! function's runtime.

use pilothouse_effects::{ProjectFiles, ProjectProblem};
use pilothouse_model::ProjectPath;

use super::problem::{Line, PythonProblem};
use super::requirement::Requirement;

/// Larger than any that is written by hand or by a tool.
const MOST_BYTES: u64 = 8 * 1024 * 1024;
/// Files that name files that name files.
const MOST_DEPTH: usize = 20;

/// Options that name an index or how to choose from it; they are handed on.
const WITH_VALUE: &[(&str, &str)] = &[
    ("-i", "--index-url"),
    ("--index-url", "--index-url"),
    ("--pypi-url", "--index-url"),
    ("--extra-index-url", "--extra-index-url"),
    ("--trusted-host", "--trusted-host"),
    ("-f", "--find-links"),
    ("--find-links", "--find-links"),
];

/// Everything that is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Requirements {
    /// What is wanted, in the order written.
    pub(crate) wanted: Vec<Requirement>,
    /// What versions may be at most.
    pub(crate) constraints: Vec<Requirement>,
    /// Options of the index, as words.
    pub(crate) options: Vec<(String, Option<String>)>,
    /// Whether the list is complete, so that nothing else may be fetched.
    pub(crate) is_complete: bool,
    /// What is left aside, and why.
    pub(crate) notes: Vec<String>,
}

/// Reads a file and those it names.
pub(crate) fn read(
    files: &dyn ProjectFiles,
    path: &ProjectPath,
) -> Result<Requirements, PythonProblem> {
    let mut reader = Reader {
        files,
        found: Requirements::default(),
    };
    reader.file(path, false, 0)?;
    Ok(reader.found)
}

struct Reader<'a> {
    files: &'a dyn ProjectFiles,
    found: Requirements,
}

impl Reader<'_> {
    fn file(
        &mut self,
        path: &ProjectPath,
        constrains: bool,
        depth: usize,
    ) -> Result<(), PythonProblem> {
        let bytes = self
            .files
            .read(path, MOST_BYTES)
            .map_err(|problem| match problem {
                ProjectProblem::Missing(path) => PythonProblem::NoFile(path.to_string()),
                other => PythonProblem::Project(other),
            })?;
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        for (number, line) in logical_lines(text) {
            let place = Line {
                file: path.to_string(),
                number,
            };
            self.line(&line, path, &place, constrains, depth)?;
        }
        Ok(())
    }

    fn line(
        &mut self,
        line: &str,
        path: &ProjectPath,
        place: &Line,
        constrains: bool,
        depth: usize,
    ) -> Result<(), PythonProblem> {
        let line = line.trim();
        if line.contains("${") {
            return Err(place.refused(
                "it reads a variable of this computer",
                "Name the index with its credentials in PIP_EXTRA_INDEX_URL or in pip's own configuration",
            ));
        }
        if !line.starts_with('-') {
            return self.requirement(line, path, place, constrains);
        }
        let (option, value) = option(line);
        match option {
            "-r" | "--requirement" | "-c" | "--constraint" => {
                if depth >= MOST_DEPTH {
                    return Err(
                        place.refused("files name each other in a circle", "Take the line out")
                    );
                }
                let file = beside(path, value).ok_or_else(|| {
                    place.refused(
                        "the file lies outside the project",
                        "Move it into the project",
                    )
                })?;
                let constrains = constrains || option.starts_with("-c") || option == "--constraint";
                self.file(&file, constrains, depth + 1)
            }
            "-e" | "--editable" => self.requirement(value, path, place, constrains),
            "--no-index" | "--pre" | "--prefer-binary" | "--require-hashes" => {
                self.found.options.push((option.to_owned(), None));
                Ok(())
            }
            "--only-binary" => Ok(()),
            "--no-binary" => {
                self.found.notes.push(format!(
                    "{place}: `{line}` is left aside: wheels are taken wherever there are any"
                ));
                Ok(())
            }
            "--use-feature" | "--progress-bar" | "--no-cache-dir" => Ok(()),
            _ => match WITH_VALUE.iter().find(|(name, _)| *name == option) {
                Some((_, name)) if !value.is_empty() => {
                    let value = (*name == "--find-links")
                        .then(|| self.own_folder(path, value))
                        .flatten()
                        .unwrap_or_else(|| value.to_owned());
                    self.found.options.push(((*name).to_owned(), Some(value)));
                    Ok(())
                }
                _ => Err(place.refused(
                    &format!("the option `{option}` is not understood"),
                    "Take the line out",
                )),
            },
        }
    }

    /// A folder of wheels that lies in the project; none for an address. As with pip, one that is not beside the
    /// file is looked for in the project's own folder.
    fn own_folder(&self, file: &ProjectPath, value: &str) -> Option<String> {
        if value.contains("://") || value.starts_with(['/', '~']) {
            return None;
        }
        let beside = joined(file, value);
        let is_there = beside.as_deref().is_some_and(|path| {
            ProjectPath::parse(path).is_ok_and(|path| {
                !matches!(self.files.open(&path), Err(ProjectProblem::Missing(_)))
            })
        });
        let name = value.trim_start_matches("./");
        let path = beside
            .filter(|_| is_there || name.contains(".."))
            .unwrap_or_else(|| name.to_owned());
        Some(format!("./{path}"))
    }

    fn requirement(
        &mut self,
        line: &str,
        path: &ProjectPath,
        place: &Line,
        constrains: bool,
    ) -> Result<(), PythonProblem> {
        let mut hashes = Vec::new();
        let mut what = line;
        // Options of a single requirement stand behind it.
        if let Some(at) = line.find(" --") {
            what = line.get(..at).unwrap_or(line);
            let mut words = line.get(at..).unwrap_or_default().split_whitespace();
            while let Some(word) = words.next() {
                let (option, value) = option(word);
                match option {
                    "--hash" if value.is_empty() => hashes.extend(words.next().map(str::to_owned)),
                    "--hash" => hashes.push(value.to_owned()),
                    _ => {
                        return Err(place.refused(
                            &format!("the option `{option}` builds the package on this computer"),
                            "Take the option out: wheels are fetched ready-made",
                        ));
                    }
                }
            }
        }
        let Some(mut requirement) = Requirement::parse(what) else {
            return Err(place.refused(
                &format!("`{}` is not a requirement", what.trim()),
                "Write a name and a version, such as requests==2.32.3",
            ));
        };
        requirement.hashes = hashes;
        requirement.own_paths(path).ok_or_else(|| {
            place.refused(
                "the path lies outside the project",
                "Move what it names into the project",
            )
        })?;
        if constrains {
            self.found.constraints.push(requirement);
        } else {
            self.found.wanted.push(requirement);
        }
        Ok(())
    }
}

impl Requirement {
    /// Makes paths relative to the project; none when one leaves it.
    fn own_paths(&mut self, file: &ProjectPath) -> Option<()> {
        use super::requirement::Place;
        if let Some(Place::Own(path) | Place::OwnWheel(path)) = &mut self.place {
            if path.starts_with(['/', '~']) {
                return None;
            }
            *path = joined(file, path)?;
        }
        Some(())
    }
}

/// The file that another one names, in words of the project.
fn beside(file: &ProjectPath, name: &str) -> Option<ProjectPath> {
    ProjectPath::parse(&joined(file, name)?).ok()
}

/// A path relative to the folder of a file, without `.` and `..`; none when it leaves the project.
fn joined(file: &ProjectPath, path: &str) -> Option<String> {
    let folder = file.parent();
    let mut parts: Vec<&str> = folder
        .as_ref()
        .map_or("", ProjectPath::as_str)
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    if path.starts_with('/') {
        return None;
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// An option and its value: `-r x`, `-rx`, `--requirement=x`, `--requirement x`.
fn option(line: &str) -> (&str, &str) {
    let end = line
        .find(|letter: char| letter.is_whitespace() || letter == '=')
        .unwrap_or(line.len());
    let (option, value) = line.split_at_checked(end).unwrap_or((line, ""));
    let value = value.trim_start_matches(['=', ' ', '\t']).trim();
    if !option.starts_with("--")
        && let Some((short, glued)) = option.split_at_checked(2)
        && !glued.is_empty()
    {
        return (short, glued);
    }
    (option, value)
}

/// Lines with their numbers: those that end in a backslash go on, comments are gone.
fn logical_lines(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (at, line) in text.lines().enumerate() {
        let (number, mut joined) = open.take().unwrap_or((at + 1, String::new()));
        match line.strip_suffix('\\') {
            Some(start) if !line.trim_start().starts_with('#') => {
                joined.push_str(start);
                joined.push(' ');
                open = Some((number, joined));
            }
            _ => {
                joined.push_str(line);
                found.push((number, joined));
            }
        }
    }
    found.extend(open);
    let bare = |(number, line): (usize, String)| {
        let line = without_comment(&line).trim().to_owned();
        (!line.is_empty()).then_some((number, line))
    };
    found.into_iter().filter_map(bare).collect()
}

/// A comment begins at the start of the line or after white space; elsewhere `#` belongs to an address.
fn without_comment(line: &str) -> &str {
    let begins = |at: usize| {
        line.get(..at)
            .is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
    };
    let at = line
        .match_indices('#')
        .map(|(at, _)| at)
        .find(|at| begins(*at));
    at.and_then(|at| line.get(..at)).unwrap_or(line)
}

#[cfg(test)]
#[path = "requirements_tests.rs"]
mod tests;
