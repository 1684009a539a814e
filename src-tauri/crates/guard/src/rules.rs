//! Rules by their ids, and what they find.

use std::fmt;

use crate::key_actions::KeyUse;

/// A rule of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// Nobody who lives can change the key's policy, or its author cannot.
    Kms01,
    /// AWS's own check against locking oneself out is switched off.
    Kms02,
    /// The account's root has no part in the key.
    Kms03,
    /// Everybody is allowed, without a condition.
    Kms04,
    /// Somebody both administers and uses the key.
    Kms05,
    /// A symmetric key is not rotated.
    Kms06,
    /// A key is deleted sooner than in thirty days.
    Kms07,
    /// Secrets are read, or anything decrypted, on `*`.
    Ssm03,
    /// Parameters are read without a path.
    Ssm04,
    /// Every action, or writing on every resource.
    Iam01,
    /// Any role may be passed on.
    Iam02,
    /// Anybody may assume the role.
    Iam03,
}

impl Rule {
    /// Its id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Kms01 => "KMS-01",
            Self::Kms02 => "KMS-02",
            Self::Kms03 => "KMS-03",
            Self::Kms04 => "KMS-04",
            Self::Kms05 => "KMS-05",
            Self::Kms06 => "KMS-06",
            Self::Kms07 => "KMS-07",
            Self::Ssm03 => "SSM-03",
            Self::Ssm04 => "SSM-04",
            Self::Iam01 => "IAM-01",
            Self::Iam02 => "IAM-02",
            Self::Iam03 => "IAM-03",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.id())
    }
}

/// What a finding asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// To be known.
    Inform,
    /// To be thought over.
    Warn,
    /// Refused until it is agreed to.
    Consent,
    /// Refused.
    Block,
}

/// How certain a rule is. Unknown is never a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Judgement {
    /// Nothing is against it.
    Pass,
    /// It cannot be told from what is known.
    Unknown,
    /// It is refused.
    Fail,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// What it asks for.
    pub weight: Weight,
    /// `Fail` when it is certain, `Unknown` when it may be so.
    pub judgement: Judgement,
    /// What it is.
    pub sentence: String,
    /// What to do.
    pub fix: String,
    /// The JSON pointer of the statement, where there is one.
    pub pointer: Option<String>,
}

impl Finding {
    pub(crate) fn new(
        rule: Rule,
        weight: Weight,
        sentence: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            weight,
            judgement: Judgement::Fail,
            sentence: sentence.into(),
            fix: fix.into(),
            pointer: None,
        }
    }

    pub(crate) fn at(mut self, pointer: String) -> Self {
        self.pointer = Some(pointer);
        self
    }

    pub(crate) fn unknown(mut self) -> Self {
        self.judgement = Judgement::Unknown;
        self
    }

    /// What it means for the whole: only what blocks or needs consent refuses.
    pub const fn stands_for(&self) -> Judgement {
        match (self.weight, self.judgement) {
            (Weight::Block | Weight::Consent, judgement) => judgement,
            (Weight::Inform | Weight::Warn, _) => Judgement::Pass,
        }
    }
}

/// What is said of a key beside its policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeySettings {
    /// What it is for.
    pub key_use: KeyUse,
    /// Whether its material is one's own, which AWS cannot rotate by schedule.
    pub imported: bool,
    /// Whether AWS's check against locking oneself out is switched off.
    pub bypasses_check: bool,
    /// Whether it is rotated, where that is known.
    pub rotated: Option<bool>,
    /// After how many days it is deleted, where that is asked for.
    pub deleted_in: Option<u32>,
    /// Whether it is of a stage that counts.
    pub production: bool,
}

/// The rules on a key that do not read its policy: KMS-02, KMS-06, KMS-07.
pub fn judge_settings(settings: &KeySettings) -> Vec<Finding> {
    let mut findings = Vec::new();
    if settings.bypasses_check {
        findings.push(Finding::new(
            Rule::Kms02,
            Weight::Block,
            "AWS's own check that you can change the policy again is switched off.",
            "Leave `BypassPolicyLockoutSafetyCheck` out.",
        ));
    }
    if settings.key_use == KeyUse::Symmetric
        && !settings.imported
        && settings.rotated == Some(false)
    {
        findings.push(Finding::new(
            Rule::Kms06,
            Weight::Warn,
            "The key is not rotated.",
            "Switch rotation on: old ciphertexts stay readable, and nothing that uses the key changes.",
        ));
    }
    if let Some(days) = settings.deleted_in.filter(|days| *days < 30) {
        let weight = if settings.production {
            Weight::Block
        } else {
            Weight::Warn
        };
        findings.push(Finding::new(
            Rule::Kms07,
            weight,
            format!(
                "The key is deleted in {days} days; after that nobody can read what it encrypted."
            ),
            "Disable it first and see what fails, or wait the full 30 days.",
        ));
    }
    findings
}
