//! Lock files: what a project's own tool has chosen already, read without that tool.
//!
//! A lock names every package with its version and digests, so nothing is left to choose: what is fetched is the
//! same on every computer and on every day.

mod pipenv;
mod poetry;
mod uv;

pub(crate) use pipenv::read as pipenv;
pub use poetry::PoetryGroups;
pub(crate) use poetry::{is_poetry, read as poetry};
pub(crate) use uv::read as uv;

use super::problem::PythonProblem;
use super::requirements::Requirements;

/// The index that every tool asks unless told otherwise.
const USUAL_INDEX: &[&str] = &["https://pypi.org/simple", "https://pypi.python.org/simple"];

/// Adds the indexes that a lock names; the usual one needs no naming, for it may have a mirror.
fn add_indexes(found: &mut Requirements, indexes: &[String]) {
    let own: Vec<&String> = indexes
        .iter()
        .filter(|index| !USUAL_INDEX.contains(&index.trim_end_matches('/')))
        .collect();
    let only_own = own.len() == indexes.len();
    for (at, index) in own.into_iter().enumerate() {
        let option = if only_own && at == 0 {
            "--index-url"
        } else {
            "--extra-index-url"
        };
        found.options.push((option.to_owned(), Some(index.clone())));
    }
}

fn broken(file: &str, why: impl Into<String>) -> PythonProblem {
    PythonProblem::Lock {
        file: file.to_owned(),
        why: why.into(),
    }
}

#[cfg(test)]
mod tests;
