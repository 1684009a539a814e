//! Deleting parameters, after somebody saw which, and putting them back as long as this process remembers them.

use pilothouse_effects::{ParameterFacts, ParameterFilter};
use pilothouse_model::Verb;
use pilothouse_secrets::{self as room, Kept, SecretProblem};

use super::look::facts;
use super::{ParameterView, SetDone, Store};
use crate::ApiError;

/// Parameters that are about to be deleted.
#[derive(Debug)]
pub struct PreparedDeletion {
    facts: Vec<ParameterFacts>,
    /// What is typed to confirm it: the path, or the name of the one.
    pub typed: String,
}

/// What was deleted, as long as it is remembered: in memory alone, and wiped with it.
#[derive(Debug)]
pub struct Undo {
    kept: Vec<Kept>,
}

impl Undo {
    /// The names that can be put back.
    pub fn names(&self) -> Vec<String> {
        self.kept.iter().map(|one| one.facts.name.clone()).collect()
    }
}

/// Looks what would be deleted: these names, or all below a path when there are none.
///
/// # Errors
/// When one of them does not exist, or AWS does not answer.
pub async fn prepare_deletion(
    store: &Store,
    names: &[String],
    path: Option<&str>,
) -> Result<PreparedDeletion, ApiError> {
    if let Some(path) = path {
        let path = path.trim_end_matches('/');
        let filter = ParameterFilter::Under(path.to_owned());
        let mut found = Vec::new();
        let mut take = |page: Vec<ParameterFacts>| {
            found.extend(page);
            true
        };
        let read = room::list(&store.means, Some(&filter), None, &mut take).await;
        read.map_err(|problem| store.told(problem, Some(path)))?;
        if found.is_empty() {
            let name = format!("{path}/...");
            return Err(store.told(SecretProblem::Missing { name }, Some(path)));
        }
        let typed = path.to_owned();
        return Ok(PreparedDeletion {
            facts: found,
            typed,
        });
    }
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        found.push(facts(store, name).await?);
    }
    let typed = match names {
        [one] => one.clone(),
        many => format!("delete {}", many.len()),
    };
    Ok(PreparedDeletion {
        facts: found,
        typed,
    })
}

impl PreparedDeletion {
    /// Which.
    pub fn views(&self) -> Vec<ParameterView> {
        self.facts.iter().map(ParameterView::from).collect()
    }

    /// Reads what putting them back would need.
    ///
    /// # Errors
    /// When it cannot be read; then deleting them cannot be undone.
    pub async fn remember(&self, store: &Store) -> Result<Undo, ApiError> {
        let kept = room::keep(&store.means, self.facts.clone()).await;
        let kept = kept.map_err(|problem| store.told(problem, None))?;
        Ok(Undo { kept })
    }

    /// Deletes them. Gives the names of those that were there.
    ///
    /// # Errors
    /// When AWS refuses or does not answer: what was deleted is told, and the same command deletes the rest.
    pub async fn apply(&self, store: &Store) -> Result<Vec<String>, ApiError> {
        let names: Vec<String> = self.facts.iter().map(|one| one.name.clone()).collect();
        let (subject, words) = match names.as_slice() {
            [one] => (format!("parameter {one}"), vec!["rm", one.as_str()]),
            many if self.typed.starts_with('/') => {
                let subject = format!("{} parameters below {}", many.len(), self.typed);
                (subject, vec!["rm", "--under", self.typed.as_str()])
            }
            many => {
                let words = std::iter::once("rm").chain(many.iter().map(String::as_str));
                (format!("{} parameters", many.len()), words.collect())
            }
        };
        let session = store.session(Verb::RemoveSecrets, subject, &words)?;
        let gone = room::remove(&session, &names).await;
        let gone = session.close(gone, |gone| format!("{} were deleted", gone.len()));
        gone.map_err(|problem| store.told(problem, names.first().map(String::as_str)))
    }
}

/// Makes deleted parameters again, with version 1: AWS keeps no history of what is deleted. Those that exist again are
/// left alone.
///
/// # Errors
/// When AWS refuses or does not answer.
pub async fn put_back(store: &Store, undo: &Undo) -> Result<Vec<SetDone>, ApiError> {
    let names = undo.names();
    let subject = match names.as_slice() {
        [one] => format!("parameter {one}"),
        many => format!("{} parameters", many.len()),
    };
    let session = store.session(Verb::PutBackSecrets, subject, &["list"])?;
    let made = room::put_back(&session, &undo.kept).await;
    let made = session.close(made, |made| format!("{} were made again", made.len()));
    let made = made.map_err(|problem| store.told(problem, None))?;
    Ok(made.into_iter().map(SetDone::from).collect())
}
