//! Reading: lists in pages, values in tens.
//!
//! Values are not read with the list (`GetParametersByPath`): AWS takes some 100 of those calls a second from a whole
//! account, and 3,000 of `GetParameters`. The list alone shows a page, and values are read when they are compared.

use pilothouse_effects::{ParameterFacts, ParameterFilter, ParameterValue, ParameterVersion};

use crate::patience::Patient;
use crate::{Means, SecretProblem, Session};

/// How many names one call takes.
pub(crate) const BATCH: usize = 10;

/// Reads the list in pages and tells each as it comes, until there are no more or `told` answers that nobody listens.
/// `expected` is how many there were the last time. Gives how many there are.
///
/// # Errors
/// When AWS does not answer, or no more.
pub async fn list(
    means: &Means,
    filter: Option<&ParameterFilter>,
    expected: Option<usize>,
    told: &mut (dyn FnMut(Vec<ParameterFacts>) -> bool + Send),
) -> Result<usize, SecretProblem> {
    let mut patient = Patient::new(means, expected);
    let mut next: Option<String> = None;
    loop {
        let from = next.as_deref();
        let page = patient.ask(|| means.parameters.list(filter, from)).await?;
        patient.read(page.found.len());
        if !told(page.found) || page.next.is_none() {
            return Ok(patient.done);
        }
        next = page.next;
    }
}

/// What is told of one parameter.
///
/// # Errors
/// When AWS does not answer.
pub async fn one(means: &Means, name: &str) -> Result<Option<ParameterFacts>, SecretProblem> {
    let filter = ParameterFilter::Named(name.to_owned());
    let mut found = None;
    list(means, Some(&filter), None, &mut |page| {
        found = page.into_iter().find(|one| one.name == name);
        found.is_none()
    })
    .await?;
    Ok(found)
}

/// The values of parameters, ten by ten. Those that do not exist are left out.
///
/// # Errors
/// When AWS does not answer, or no more.
pub async fn values(means: &Means, names: &[String]) -> Result<Vec<ParameterValue>, SecretProblem> {
    let mut patient = Patient::new(means, Some(names.len()));
    let mut found = Vec::with_capacity(names.len());
    for batch in names.chunks(BATCH) {
        found.extend(patient.ask(|| means.parameters.values(batch)).await?);
        patient.read(batch.len());
    }
    Ok(found)
}

/// Every version of a parameter, oldest first.
///
/// # Errors
/// When there is no such parameter, or AWS does not answer.
pub async fn history(means: &Means, name: &str) -> Result<Vec<ParameterVersion>, SecretProblem> {
    let mut patient = Patient::new(means, None);
    let versions = patient.ask(|| means.parameters.history(name)).await;
    match versions {
        Ok(versions) if versions.is_empty() => Err(SecretProblem::Missing {
            name: name.to_owned(),
        }),
        Err(pilothouse_effects::CloudProblem::NotFound { .. }) => Err(SecretProblem::Missing {
            name: name.to_owned(),
        }),
        answer => Ok(answer?),
    }
}

/// One value, to be shown to somebody. That it was asked for is in the journal first; the value never is.
///
/// # Errors
/// When there is no such parameter, version or label, or AWS does not answer.
pub async fn show(session: &Session, selector: &str) -> Result<ParameterValue, SecretProblem> {
    let step = session.intend("ssm:GetParameter", selector)?;
    let means = session.means();
    let mut patient = Patient::new(means, None);
    let answer = patient.ask(|| means.parameters.value(selector)).await;
    let found = session.came(step, answer, |found| match found {
        Some(found) => format!("version {} was given out", found.version),
        None => "there is no such parameter".to_owned(),
    })?;
    found.ok_or_else(|| SecretProblem::Missing {
        name: selector.to_owned(),
    })
}

/// Values that leave for a file. That they were asked for is in the journal first.
///
/// # Errors
/// When AWS does not answer, or no more.
pub async fn give_out(
    session: &Session,
    names: &[String],
) -> Result<Vec<ParameterValue>, SecretProblem> {
    let mut found = Vec::with_capacity(names.len());
    let mut patient = Patient::new(session.means(), Some(names.len()));
    for batch in names.chunks(BATCH) {
        let step = session.intend("ssm:GetParameters", &batch.join(", "))?;
        let answer = patient
            .ask(|| session.means().parameters.values(batch))
            .await;
        found.extend(session.came(step, answer, |found| {
            format!("{} were given out", found.len())
        })?);
        patient.read(batch.len());
    }
    Ok(found)
}
