//! Finding a Python that can carry the sandbox.

use crate::SandboxProblem;
use crate::pins::{LEAST_PYTHON, PythonVersion};

/// The names that a Python goes by, the most usual first.
pub(crate) const NAMES: &[&str] = &[
    "python3",
    "python3.14",
    "python3.13",
    "python3.12",
    "python3.11",
    "python3.10",
    "python",
];

/// Asks an interpreter what it is: version, path, and whether it can make environments.
pub(crate) const QUESTION: &str = "\
import sys
def has(name):
    try:
        __import__(name)
        return True
    except Exception:
        return False
print('pilothouse', sys.version_info[0], sys.version_info[1], int(has('venv') and has('ensurepip')), sys.executable)
";

/// What an interpreter answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Python {
    pub(crate) version: PythonVersion,
    pub(crate) path: String,
    pub(crate) makes_environments: bool,
}

/// Reads the answer to [`QUESTION`]; a start-up file of the user's may have printed lines before it.
pub(crate) fn read_answer<'a>(lines: impl IntoIterator<Item = &'a str>) -> Option<Python> {
    let read = |line: &str| {
        let mut words = line.strip_prefix("pilothouse ")?.splitn(4, ' ');
        let version = PythonVersion(words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        let makes_environments = words.next()? == "1";
        let path = words.next().filter(|path| !path.is_empty())?.to_owned();
        Some(Python {
            version,
            path,
            makes_environments,
        })
    };
    lines.into_iter().find_map(read)
}

/// Whether no better one need be looked for.
pub(crate) fn fits(python: &Python) -> bool {
    python.version >= LEAST_PYTHON && python.makes_environments
}

/// The first that fits, or why none does: what is nearest to working is told.
pub(crate) fn choose(found: Vec<Python>) -> Result<Python, SandboxProblem> {
    let newest = found.iter().map(|python| python.version).max();
    let without = found
        .iter()
        .find(|python| python.version >= LEAST_PYTHON)
        .map(|python| python.version);
    if let Some(python) = found.into_iter().find(fits) {
        return Ok(python);
    }
    match (without, newest) {
        (Some(found), _) => Err(SandboxProblem::NoVenv { found }),
        (None, Some(found)) => Err(SandboxProblem::PythonTooOld {
            found,
            least: LEAST_PYTHON,
        }),
        (None, None) => Err(SandboxProblem::NoPython {
            least: LEAST_PYTHON,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn python(minor: u32, makes_environments: bool) -> Python {
        Python {
            version: PythonVersion(3, minor),
            path: format!("/usr/bin/python3.{minor}"),
            makes_environments,
        }
    }

    #[test]
    fn an_answer_is_found_among_other_lines_and_its_path_may_hold_spaces() {
        let answer = read_answer([
            "warning: odd",
            "pilothouse 3 12 1 /opt/my python/bin/python3",
        ]);
        let answer = answer.unwrap();
        assert_eq!(answer.version, PythonVersion(3, 12));
        assert_eq!(answer.path, "/opt/my python/bin/python3");
        assert!(answer.makes_environments);
    }

    #[test]
    fn half_an_answer_is_none() {
        for line in [
            "",
            "pilothouse",
            "pilothouse 3",
            "pilothouse 3 12 1",
            "pilothouse 3 12 1 ",
            "3 12 1 /x",
        ] {
            assert_eq!(read_answer([line]), None, "{line:?}");
        }
    }

    #[test]
    fn the_first_that_fits_is_chosen() {
        let chosen = choose(vec![
            python(8, true),
            python(12, false),
            python(11, true),
            python(13, true),
        ]);
        assert_eq!(chosen.unwrap().version, PythonVersion(3, 11));
    }

    #[test]
    fn what_is_nearest_to_working_is_told() {
        assert!(matches!(
            choose(vec![]),
            Err(SandboxProblem::NoPython { .. })
        ));
        assert!(matches!(
            choose(vec![python(8, true), python(9, true)]),
            Err(SandboxProblem::PythonTooOld {
                found: PythonVersion(3, 9),
                ..
            })
        ));
        assert!(matches!(
            choose(vec![python(8, true), python(12, false)]),
            Err(SandboxProblem::NoVenv {
                found: PythonVersion(3, 12)
            })
        ));
    }
}
