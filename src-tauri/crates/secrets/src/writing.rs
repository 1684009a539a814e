//! Writing one parameter so that nobody's work is lost.
//!
//! AWS writes over whatever is there and has no condition to put on it. So the version that was seen is compared just
//! before the call, and the number that AWS gives the new version tells whether somebody was quicker still.

use pilothouse_effects::{
    CloudProblem, ParameterFacts, ParameterKind, ParameterPut, ParameterTier,
};
use pilothouse_model::Secret;

use crate::patience::Patient;
use crate::rules::check_put;
use crate::{SecretProblem, Session, reading};

/// A parameter as it is wanted. What is absent stays as it is, or is AWS's usual for a new one.
#[derive(Debug, Default)]
pub struct Edit {
    /// The name.
    pub name: String,
    /// How it is kept.
    pub kind: Option<ParameterKind>,
    /// The value.
    pub value: Option<Secret>,
    /// The key.
    pub key: Option<String>,
    /// The tier.
    pub tier: Option<ParameterTier>,
    /// What it is for.
    pub description: Option<String>,
    /// The pattern that values must match.
    pub pattern: Option<String>,
    /// Policies, as one JSON list.
    pub policies: Option<String>,
    /// Tags of a new one.
    pub tags: Vec<(String, String)>,
    /// The version that was seen; none when it is to be new.
    pub seen: Option<u32>,
}

/// A parameter that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its name.
    pub name: String,
    /// Its new version.
    pub version: u32,
    /// Versions that others wrote in the moment between looking and writing: they are in the history.
    pub overtaken: Vec<u32>,
}

/// Writes a version.
///
/// # Errors
/// When it is not as it was seen, AWS would not take it, or does not answer.
pub async fn set(session: &Session, edit: &Edit) -> Result<Written, SecretProblem> {
    let means = session.means();
    let facts = reading::one(means, &edit.name).await?;
    check_seen(edit, facts.as_ref())?;
    let kept;
    let value = match (&edit.value, &facts) {
        (Some(value), _) => value,
        (None, Some(_)) => {
            let found = reading::values(means, std::slice::from_ref(&edit.name)).await?;
            let found = found.into_iter().next();
            kept = found.ok_or_else(|| missing(&edit.name))?.value;
            &kept
        }
        (None, None) => return Err(missing(&edit.name)),
    };
    let policies = policies(edit, facts.as_ref());
    let put = put_of(edit, facts.as_ref(), value, policies.as_deref())?;
    let broken = check_put(&put, &means.region);
    if !broken.is_empty() {
        return Err(SecretProblem::Rules {
            name: edit.name.clone(),
            broken,
        });
    }
    put_one(session, &mut Patient::new(means, None), &put, edit.seen).await
}

fn check_seen(edit: &Edit, facts: Option<&ParameterFacts>) -> Result<(), SecretProblem> {
    let name = edit.name.clone();
    match (edit.seen, facts) {
        (None, None) => Ok(()),
        (None, Some(facts)) => Err(SecretProblem::Exists {
            name,
            version: facts.version,
        }),
        (Some(_), None) => Err(missing(&edit.name)),
        (Some(seen), Some(facts)) if facts.version != seen => Err(SecretProblem::Moved {
            name,
            seen,
            now: facts.version,
        }),
        (Some(_), Some(_)) => Ok(()),
    }
}

fn missing(name: &str) -> SecretProblem {
    SecretProblem::Missing {
        name: name.to_owned(),
    }
}

/// What is written. AWS would take the account's own key and the Standard tier where nothing is said, so that what
/// stands is said again.
pub(crate) fn put_of<'a>(
    edit: &'a Edit,
    facts: Option<&'a ParameterFacts>,
    value: &'a Secret,
    policies: Option<&'a str>,
) -> Result<ParameterPut<'a>, SecretProblem> {
    let kind = edit.kind.or(facts.map(|facts| facts.kind));
    let kind = kind.unwrap_or(ParameterKind::Secure);
    if let Some(facts) = facts.filter(|facts| facts.kind != kind) {
        return Err(SecretProblem::other_kind(&edit.name, facts.kind, kind));
    }
    let tier = edit.tier.or(facts.map(|facts| facts.tier));
    let tier = tier.unwrap_or(ParameterTier::Standard);
    if facts.is_some_and(|facts| {
        facts.tier == ParameterTier::Advanced && tier == ParameterTier::Standard
    }) {
        return Err(SecretProblem::SmallerTier {
            name: edit.name.clone(),
        });
    }
    let own = |of: fn(&ParameterFacts) -> Option<&String>| facts.and_then(of).map(String::as_str);
    let secure = kind == ParameterKind::Secure;
    let key = edit
        .key
        .as_deref()
        .or_else(|| own(|facts| facts.key.as_ref()).filter(|_| secure));
    Ok(ParameterPut {
        name: &edit.name,
        kind,
        value,
        key,
        tier,
        description: edit
            .description
            .as_deref()
            .or_else(|| own(|facts| facts.description.as_ref())),
        pattern: edit
            .pattern
            .as_deref()
            .or_else(|| own(|facts| facts.pattern.as_ref())),
        policies,
        tags: &edit.tags,
        overwrite: facts.is_some(),
    })
}

/// Policies that are wanted, or stand.
pub(crate) fn policies(edit: &Edit, facts: Option<&ParameterFacts>) -> Option<String> {
    edit.policies.clone().or_else(|| {
        let standing = facts.map(|facts| &facts.policies)?;
        (!standing.is_empty()).then(|| format!("[{}]", standing.join(",")))
    })
}

/// Sends what was checked, and finds out what became of it when the answer was lost.
pub(crate) async fn put_one(
    session: &Session,
    patient: &mut Patient<'_>,
    put: &ParameterPut<'_>,
    seen: Option<u32>,
) -> Result<Written, SecretProblem> {
    let means = session.means();
    let step = session.intend("ssm:PutParameter", put.name)?;
    let sent = patient.send(&|| means.changes.put(put)).await;
    let answer = match sent {
        Err(problem @ CloudProblem::NoAnswer { .. }) => {
            match landed(patient, session, put, seen).await {
                Some(version) => Ok(version),
                None => Err(problem),
            }
        }
        answer => answer,
    };
    let version = session.came(step, answer, |version| format!("version {version}"))?;
    let before = seen.unwrap_or_default();
    Ok(Written {
        name: put.name.to_owned(),
        version,
        overtaken: (before + 1..version).collect(),
    })
}

/// The version that holds what was sent, when it is the newest one and came after the one that was seen.
async fn landed(
    patient: &mut Patient<'_>,
    session: &Session,
    put: &ParameterPut<'_>,
    seen: Option<u32>,
) -> Option<u32> {
    let means = session.means();
    let found = patient.ask(|| means.parameters.value(put.name)).await;
    let found = found.ok().flatten()?;
    let is_newer = found.version > seen.unwrap_or_default();
    let is_ours = found.value.expose() == put.value.expose();
    (is_newer && is_ours).then_some(found.version)
}
