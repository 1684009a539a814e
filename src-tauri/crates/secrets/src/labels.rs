//! Labels of versions, and tags.

use crate::patience::Patient;
use crate::rules::{check_labels, check_tags};
use crate::{Means, SecretProblem, Session};

/// Puts labels on a version; another version that has them loses them.
///
/// # Errors
/// When AWS would not or does not take them, or does not answer.
pub async fn label(
    session: &Session,
    name: &str,
    version: u32,
    labels: &[String],
) -> Result<(), SecretProblem> {
    let broken = check_labels(labels);
    if !broken.is_empty() {
        return Err(SecretProblem::Rules {
            name: name.to_owned(),
            broken,
        });
    }
    let subject = format!("{name}:{version} {}", labels.join(", "));
    let step = session.intend("ssm:LabelParameterVersion", &subject)?;
    let means = session.means();
    let mut patient = Patient::new(means, None);
    let sent = patient
        .send(&|| means.changes.label(name, version, labels))
        .await;
    let refused = session.came(step, sent, |refused| not_taken(refused))?;
    none_of(refused)
}

/// Takes labels from a version.
///
/// # Errors
/// When it does not have them, or AWS does not answer.
pub async fn unlabel(
    session: &Session,
    name: &str,
    version: u32,
    labels: &[String],
) -> Result<(), SecretProblem> {
    let subject = format!("{name}:{version} {}", labels.join(", "));
    let step = session.intend("ssm:UnlabelParameterVersion", &subject)?;
    let means = session.means();
    let mut patient = Patient::new(means, None);
    let sent = patient
        .send(&|| means.changes.unlabel(name, version, labels))
        .await;
    let refused = session.came(step, sent, |refused| not_taken(refused))?;
    none_of(refused)
}

fn not_taken(refused: &[String]) -> String {
    match refused {
        [] => "done".to_owned(),
        some => format!("not taken: {}", some.join(", ")),
    }
}

fn none_of(refused: Vec<String>) -> Result<(), SecretProblem> {
    if refused.is_empty() {
        Ok(())
    } else {
        Err(SecretProblem::Labels { labels: refused })
    }
}

/// The tags of a parameter.
///
/// # Errors
/// When AWS does not answer.
pub async fn tags(means: &Means, name: &str) -> Result<Vec<(String, String)>, SecretProblem> {
    let mut patient = Patient::new(means, None);
    let mut tags = patient.ask(|| means.parameters.tags(name)).await?;
    tags.sort();
    Ok(tags)
}

/// Sets tags.
///
/// # Errors
/// When AWS would not or does not take them, or does not answer.
pub async fn tag(
    session: &Session,
    name: &str,
    tags: &[(String, String)],
) -> Result<(), SecretProblem> {
    let broken = check_tags(tags);
    if !broken.is_empty() {
        return Err(SecretProblem::Rules {
            name: name.to_owned(),
            broken,
        });
    }
    let step = session.intend("ssm:AddTagsToResource", name)?;
    let means = session.means();
    let mut patient = Patient::new(means, None);
    let sent = patient.send(&|| means.changes.tag(name, tags)).await;
    session.came(step, sent, |()| "done".to_owned())
}

/// Takes tags away.
///
/// # Errors
/// When AWS refuses or does not answer.
pub async fn untag(session: &Session, name: &str, keys: &[String]) -> Result<(), SecretProblem> {
    let step = session.intend("ssm:RemoveTagsFromResource", name)?;
    let means = session.means();
    let mut patient = Patient::new(means, None);
    let sent = patient.send(&|| means.changes.untag(name, keys)).await;
    session.came(step, sent, |()| "done".to_owned())
}
