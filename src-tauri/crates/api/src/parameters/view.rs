//! What is shown of parameters. None of it can hold a value.

use std::time::SystemTime;

use pilothouse_effects::{ParameterFacts, ParameterKind, ParameterTier, ParameterVersion};
use pilothouse_secrets::{Branch, Broken, Difference, DigestKey};
use serde::{Deserialize, Serialize};
use specta::Type;

/// How a value is kept, in AWS's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub enum ParameterType {
    /// Plain text.
    String,
    /// Plain texts with commas between them.
    StringList,
    /// Encrypted under a key.
    SecureString,
}

/// How large a value may be, in AWS's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub enum Tier {
    /// Up to 4 KB, without charge.
    Standard,
    /// Up to 8 KB, with policies, for a charge.
    Advanced,
    /// Standard as long as it can be.
    #[serde(rename = "Intelligent-Tiering")]
    IntelligentTiering,
}

impl From<ParameterKind> for ParameterType {
    fn from(kind: ParameterKind) -> Self {
        match kind {
            ParameterKind::Text => Self::String,
            ParameterKind::List => Self::StringList,
            ParameterKind::Secure => Self::SecureString,
        }
    }
}

impl From<ParameterType> for ParameterKind {
    fn from(kind: ParameterType) -> Self {
        match kind {
            ParameterType::String => Self::Text,
            ParameterType::StringList => Self::List,
            ParameterType::SecureString => Self::Secure,
        }
    }
}

impl From<ParameterTier> for Tier {
    fn from(tier: ParameterTier) -> Self {
        match tier {
            ParameterTier::Standard => Self::Standard,
            ParameterTier::Advanced => Self::Advanced,
            ParameterTier::Intelligent => Self::IntelligentTiering,
        }
    }
}

impl From<Tier> for ParameterTier {
    fn from(tier: Tier) -> Self {
        match tier {
            Tier::Standard => Self::Standard,
            Tier::Advanced => Self::Advanced,
            Tier::IntelligentTiering => Self::Intelligent,
        }
    }
}

/// A parameter of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ParameterView {
    /// Its name.
    pub name: String,
    /// How its value is kept.
    pub kind: ParameterType,
    /// The key, as it was named; none when it is not encrypted.
    pub key: Option<String>,
    /// The key in a few letters: its alias, or the beginning of its id.
    pub key_words: Option<String>,
    /// The newest version.
    pub version: u32,
    /// When that was written, as RFC 3339.
    pub changed: String,
    /// Who wrote it, as an ARN.
    pub by: Option<String>,
    /// Who wrote it, in a word.
    pub by_words: Option<String>,
    /// Its tier.
    pub tier: Tier,
    /// What it is for.
    pub description: Option<String>,
    /// The pattern that values must match.
    pub pattern: Option<String>,
    /// Its policies, each as JSON.
    pub policies: Vec<String>,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TagView {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// A version of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VersionView {
    /// Its number.
    pub version: u32,
    /// How many bytes its value has.
    pub bytes: u32,
    /// Its value's keyed digest: two versions have the same when their values are.
    pub digest: String,
    /// The key in a few letters.
    pub key_words: Option<String>,
    /// Its labels.
    pub labels: Vec<String>,
    /// When it was written.
    pub changed: String,
    /// Who wrote it, in a word.
    pub by_words: Option<String>,
    /// Who wrote it, as an ARN.
    pub by: Option<String>,
    /// What differs from the version before it; nothing for the first one that is kept.
    pub differences: Vec<DifferenceView>,
}

/// One thing that differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DifferenceView {
    /// What: `value`, `key`, `tier`, `description`, `pattern`, `policies`, `labels`.
    pub part: String,
    /// What it was. Of a value: how long, and its digest.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

/// A path with names below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct BranchView {
    /// The whole path.
    pub path: String,
    /// Its last level.
    pub name: String,
    /// How deep it lies, from zero.
    pub depth: u32,
    /// How many parameters are below it.
    pub count: u32,
}

/// Something that could not be read, beside what could.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct UnreadPart {
    /// What: `versions` or `tags`.
    pub part: String,
    /// What happened.
    pub title: String,
    /// Why.
    pub detail: Option<String>,
    /// What to do.
    pub hints: Vec<String>,
}

/// All that is told of one parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ParameterDetails {
    /// What the list tells.
    pub parameter: ParameterView,
    /// Its ARN.
    pub arn: String,
    /// Its tags.
    pub tags: Vec<TagView>,
    /// Its versions, newest first.
    pub versions: Vec<VersionView>,
    /// What could not be read.
    pub unread: Vec<UnreadPart>,
}

/// Something that AWS would not take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BrokenView {
    /// Which part: `name`, `value`, `key`, `tier`, `pattern`, `description`, `policies`, `label`, `tag`.
    pub part: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub way_out: String,
}

impl From<&Broken> for BrokenView {
    fn from(broken: &Broken) -> Self {
        Self {
            part: broken.part.to_owned(),
            what: broken.what.clone(),
            way_out: broken.way_out.clone(),
        }
    }
}

impl From<Difference> for DifferenceView {
    fn from(of: Difference) -> Self {
        Self {
            part: of.part.to_owned(),
            before: of.before,
            after: of.after,
        }
    }
}

impl From<Branch> for BranchView {
    fn from(branch: Branch) -> Self {
        Self {
            depth: count(branch.depth),
            count: count(branch.count),
            path: branch.path,
            name: branch.name,
        }
    }
}

impl From<&ParameterFacts> for ParameterView {
    fn from(facts: &ParameterFacts) -> Self {
        Self {
            name: facts.name.clone(),
            kind: facts.kind.into(),
            key: facts.key.clone(),
            key_words: facts.key.as_deref().map(key_words),
            version: facts.version,
            changed: moment(facts.changed),
            by: facts.by.clone(),
            by_words: facts.by.as_deref().map(by_words),
            tier: facts.tier.into(),
            description: facts.description.clone(),
            pattern: facts.pattern.clone(),
            policies: facts.policies.clone(),
        }
    }
}

/// Versions, newest first, each with what differs from the one before it.
pub(super) fn versions(key: &DigestKey, all: &[ParameterVersion]) -> Vec<VersionView> {
    let mut before: Option<&ParameterVersion> = None;
    let mut views = Vec::with_capacity(all.len());
    for one in all {
        let differences =
            before.map(|before| pilothouse_secrets::changes_between(key, before, one));
        let differences = differences.unwrap_or_default().into_iter();
        views.push(VersionView {
            version: one.facts.version,
            bytes: count(one.value.size()),
            digest: key.of(&one.value).to_string(),
            key_words: one.facts.key.as_deref().map(key_words),
            labels: one.labels.clone(),
            changed: moment(one.facts.changed),
            by_words: one.facts.by.as_deref().map(by_words),
            by: one.facts.by.clone(),
            // Labels move between versions by themselves.
            differences: differences
                .filter(|one| one.part != "labels")
                .map(Into::into)
                .collect(),
        });
        before = Some(one);
    }
    views.reverse();
    views
}

/// `aws/ssm` of `alias/aws/ssm`, the first part of a key's id.
fn key_words(key: &str) -> String {
    let last = key.rsplit(':').next().unwrap_or(key);
    if let Some(alias) = last.strip_prefix("alias/") {
        return alias.to_owned();
    }
    let id = last.strip_prefix("key/").unwrap_or(last);
    id.split('-').next().unwrap_or(id).to_owned()
}

/// The name of the user, or of the role's session.
fn by_words(arn: &str) -> String {
    let last = arn.rsplit(['/', ':']).next().unwrap_or(arn);
    last.to_owned()
}

/// A moment as RFC 3339 in UTC with milliseconds.
pub(super) fn moment(at: SystemTime) -> String {
    jiff::Timestamp::try_from(at)
        .map(|at| format!("{at:.3}"))
        .unwrap_or_default()
}

pub(super) fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_people_are_told_in_a_word() {
        assert_eq!(key_words("alias/aws/ssm"), "aws/ssm");
        assert_eq!(
            key_words("arn:aws:kms:eu-west-1:1:alias/polls-prod"),
            "polls-prod"
        );
        assert_eq!(
            key_words("arn:aws:kms:eu-west-1:1:key/1234abcd-12ab-34cd"),
            "1234abcd"
        );
        assert_eq!(
            by_words("arn:aws:sts::1:assumed-role/Deployer/ana@acme.io"),
            "ana@acme.io"
        );
        assert_eq!(by_words("arn:aws:iam::1:root"), "root");
    }
}
