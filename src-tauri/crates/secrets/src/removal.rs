//! Deleting, and putting back what was deleted as long as it is remembered.
//!
//! AWS deletes the history with a parameter. What is kept for putting back is in memory alone and wiped with it: a file
//! would be one more place to keep secrets in.

use pilothouse_effects::{ParameterFacts, ParameterPut};
use pilothouse_model::Secret;

use crate::patience::{Patient, Progress};
use crate::reading::BATCH;
use crate::{Means, SecretProblem, Session, Written, reading};

/// A parameter as it was when it was deleted.
#[derive(Debug)]
pub struct Kept {
    /// What is told of it.
    pub facts: ParameterFacts,
    value: Secret,
    tags: Vec<(String, String)>,
    labels: Vec<String>,
}

/// Reads what putting parameters back would need: the newest value, its labels, and tags.
///
/// # Errors
/// When one of them cannot be read. Whoever may delete need not be allowed to read.
pub async fn keep(means: &Means, facts: Vec<ParameterFacts>) -> Result<Vec<Kept>, SecretProblem> {
    let mut kept = Vec::with_capacity(facts.len());
    let mut patient = Patient::new(means, Some(facts.len()));
    for one in facts {
        let name = one.name.clone();
        let history = patient.ask(|| means.parameters.history(&name)).await?;
        let Some(newest) = history.into_iter().next_back() else {
            continue;
        };
        let tags = patient.ask(|| means.parameters.tags(&name)).await?;
        patient.read(1);
        kept.push(Kept {
            facts: one,
            value: newest.value,
            labels: newest.labels,
            tags,
        });
    }
    Ok(kept)
}

/// Deletes parameters, ten by ten. Gives the names of those that were there.
///
/// # Errors
/// When AWS refuses or does not answer: what was deleted is told with it.
pub async fn remove(session: &Session, names: &[String]) -> Result<Vec<String>, SecretProblem> {
    let means = session.means();
    let mut patient = Patient::new(means, Some(names.len()));
    let mut deleted: Vec<String> = Vec::new();
    for batch in names.chunks(BATCH) {
        let one = delete_batch(session, &mut patient, batch).await;
        match one {
            Ok(gone) => deleted.extend(gone),
            Err(problem) if deleted.is_empty() => return Err(problem),
            Err(problem) => {
                let left = names.iter().filter(|name| !deleted.contains(name));
                return Err(SecretProblem::Stopped {
                    left: left.cloned().collect(),
                    written: deleted,
                    problem: Box::new(problem),
                });
            }
        }
        patient.done = deleted.len();
        (means.tell)(Progress::Deleted {
            done: deleted.len(),
            of: names.len(),
        });
    }
    Ok(deleted)
}

async fn delete_batch(
    session: &Session,
    patient: &mut Patient<'_>,
    batch: &[String],
) -> Result<Vec<String>, SecretProblem> {
    let means = session.means();
    if (means.stop)() {
        return Err(SecretProblem::Cancelled);
    }
    let step = session.intend("ssm:DeleteParameters", &batch.join(", "))?;
    let answer = patient.send(&|| means.changes.delete(batch)).await;
    session.came(step, answer, |gone| format!("{} deleted", gone.len()))
}

/// Makes parameters again that were deleted, with version 1. Those that exist again are left alone.
///
/// # Errors
/// When AWS refuses or does not answer: what was made is told with it.
pub async fn put_back(session: &Session, kept: &[Kept]) -> Result<Vec<Written>, SecretProblem> {
    let means = session.means();
    let mut patient = Patient::new(means, Some(kept.len()));
    let mut made: Vec<Written> = Vec::new();
    for one in kept {
        match put_one_back(session, &mut patient, one).await {
            Ok(written) => made.extend(written),
            Err(problem) => {
                let written: Vec<String> = made.into_iter().map(|one| one.name).collect();
                let names = kept.iter().map(|one| one.facts.name.clone());
                return Err(SecretProblem::Stopped {
                    left: names.filter(|name| !written.contains(name)).collect(),
                    written,
                    problem: Box::new(problem),
                });
            }
        }
    }
    Ok(made)
}

async fn put_one_back(
    session: &Session,
    patient: &mut Patient<'_>,
    one: &Kept,
) -> Result<Option<Written>, SecretProblem> {
    let means = session.means();
    let facts = &one.facts;
    if reading::one(means, &facts.name).await?.is_some() {
        return Ok(None);
    }
    let policies = (!facts.policies.is_empty()).then(|| format!("[{}]", facts.policies.join(",")));
    let put = ParameterPut {
        name: &facts.name,
        kind: facts.kind,
        value: &one.value,
        key: facts.key.as_deref(),
        tier: facts.tier,
        description: facts.description.as_deref(),
        pattern: facts.pattern.as_deref(),
        policies: policies.as_deref(),
        tags: &one.tags,
        overwrite: false,
    };
    let written = crate::writing::put_one(session, patient, &put, None).await?;
    if !one.labels.is_empty() {
        let step = session.intend("ssm:LabelParameterVersion", &facts.name)?;
        let labels = &one.labels;
        let answer = patient
            .send(&|| means.changes.label(&facts.name, written.version, labels))
            .await;
        session.came(step, answer, |_| "labelled".to_owned())?;
    }
    (means.tell)(Progress::Wrote {
        name: facts.name.clone(),
        version: written.version,
        done: 1,
        of: 1,
    });
    Ok(Some(written))
}
