//! A path inside the project.

use std::fmt;

use thiserror::Error;

/// A path of a file inside the project: relative, `/` between parts, no `.` or `..`, never empty.
///
/// Being one proves only the shape; that no link on the way leaves the project is the disk's to check.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProjectPath(String);

/// Why a text is not a path inside the project.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PathProblem {
    /// Nothing is named.
    #[error("the path is empty")]
    Empty,
    /// It starts at the root of a disk.
    #[error("the path is absolute")]
    Absolute,
    /// It climbs above the project.
    #[error("the path leaves the project")]
    Outside,
    /// It has a character no file name can have.
    #[error("the path has a character that no file name can have")]
    BadCharacter,
}

impl ProjectPath {
    /// Parses a path relative to the project, as a user writes it: `./a//b/../c` is `a/c`.
    ///
    /// # Errors
    /// When the path is empty, absolute (also `C:\`, `\\server`), leaves the project or has a NUL.
    pub fn parse(text: &str) -> Result<Self, PathProblem> {
        Self::join(None, text)
    }

    /// Parses a path relative to the folder `base`.
    ///
    /// # Errors
    /// As [`ProjectPath::parse`].
    pub fn join(base: Option<&Self>, text: &str) -> Result<Self, PathProblem> {
        if text.contains('\0') {
            return Err(PathProblem::BadCharacter);
        }
        let text = text.replace('\\', "/");
        let drive = text.as_bytes().get(1) == Some(&b':')
            && text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
        if text.starts_with('/') || drive {
            return Err(PathProblem::Absolute);
        }
        let mut parts: Vec<&str> = base.map_or_else(Vec::new, |b| b.0.split('/').collect());
        for part in text.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop().ok_or(PathProblem::Outside)?;
                }
                name => parts.push(name),
            }
        }
        if parts.is_empty() {
            return Err(PathProblem::Empty);
        }
        Ok(Self(parts.join("/")))
    }

    /// Builds a path from names that are known to be single file names, as a folder listing gives them
    /// (a backslash in a name is kept: on Unix it is an ordinary character).
    ///
    /// # Errors
    /// When a name is empty, `.`, `..`, or has a slash or a NUL.
    pub fn from_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, PathProblem> {
        let names: Vec<&str> = names.into_iter().collect();
        for name in &names {
            match *name {
                "" => return Err(PathProblem::Empty),
                "." | ".." => return Err(PathProblem::Outside),
                name if name.contains(['/', '\0']) => return Err(PathProblem::BadCharacter),
                _ => {}
            }
        }
        if names.is_empty() {
            return Err(PathProblem::Empty);
        }
        Ok(Self(names.join("/")))
    }

    /// The path as text, with `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The folder it lies in; none when it lies directly in the project.
    pub fn parent(&self) -> Option<Self> {
        self.0
            .rsplit_once('/')
            .map(|(parent, _)| Self(parent.to_owned()))
    }

    /// Its parts, from the project inwards.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }
}

impl fmt::Display for ProjectPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_and_doubled_slashes_are_folded() {
        assert_eq!(
            ProjectPath::parse("./a//b/../c").map(|p| p.to_string()),
            Ok("a/c".into())
        );
    }

    #[test]
    fn a_path_cannot_leave_the_project() {
        for (text, problem) in [
            ("../x", PathProblem::Outside),
            ("a/../../x", PathProblem::Outside),
            ("..\\x", PathProblem::Outside),
            ("/etc/passwd", PathProblem::Absolute),
            ("C:\\x", PathProblem::Absolute),
            ("\\\\server\\share", PathProblem::Absolute),
            ("", PathProblem::Empty),
            ("a/..", PathProblem::Empty),
            ("a\0b", PathProblem::BadCharacter),
        ] {
            assert_eq!(ProjectPath::parse(text), Err(problem), "{text:?}");
        }
    }

    #[test]
    fn a_path_joined_to_a_folder_stays_in_the_project() {
        let base = ProjectPath::parse("config/dev").ok();
        assert_eq!(
            ProjectPath::join(base.as_ref(), "../x.yml").map(|p| p.to_string()),
            Ok("config/x.yml".into())
        );
        assert_eq!(
            ProjectPath::join(base.as_ref(), "../../../x"),
            Err(PathProblem::Outside)
        );
    }
}
