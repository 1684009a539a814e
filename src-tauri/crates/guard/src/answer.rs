//! What the evaluator says, and why.

use std::fmt;

/// Whether a request would be allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It would be refused.
    Deny,
    /// It cannot be told from what is known.
    Unknown,
    /// It would be allowed.
    Allow,
}

/// A kind of policy, as a reason names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The policies of the user or role.
    Identity,
    /// The permissions boundary.
    Boundary,
    /// The session's policies.
    Session,
    /// Service control policies.
    ServiceControl,
    /// Resource control policies.
    ResourceControl,
    /// The policy of the resource.
    Resource,
    /// A grant of the key.
    Grant,
    /// That the root user may do everything that nobody denies.
    Root,
}

impl Source {
    /// As it is called in a sentence.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Identity => "the policies of the user or role",
            Self::Boundary => "the permissions boundary",
            Self::Session => "the session's policies",
            Self::ServiceControl => "the service control policies",
            Self::ResourceControl => "the resource control policies",
            Self::Resource => "the policy of the resource",
            Self::Grant => "a grant of the key",
            Self::Root => "the rights of the root user",
        }
    }
}

/// A statement (or grant) that decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The kind of policy.
    pub source: Source,
    /// The policy's name, or the grant's id.
    pub policy: String,
    /// The JSON pointer of the statement; empty for a grant.
    pub pointer: String,
    /// The statement's id, where it has one.
    pub sid: Option<String>,
    /// Whether it denies.
    pub denies: bool,
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let does = if self.denies { "denies" } else { "allows" };
        match (&self.sid, self.source) {
            (_, Source::Grant) => write!(out, "the grant {} {does} it", self.policy),
            (_, Source::Root) => write!(out, "the root user may do it unless somebody denies it"),
            (Some(sid), _) => write!(out, "the statement \"{sid}\" of {} {does} it", self.policy),
            (None, _) => write!(
                out,
                "the statement {} of {} {does} it",
                self.pointer, self.policy
            ),
        }
    }
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The verdict.
    pub verdict: Verdict,
    /// What decided: the statements that deny, or those that allow. None when nothing allows it.
    pub reasons: Vec<Reason>,
    /// What would have to be known, when the verdict is `Unknown`; otherwise empty.
    pub open: Vec<String>,
    /// Which kind of policy allows nothing, when nothing denies.
    pub lacking: Vec<Source>,
}

impl Answer {
    /// Whether a statement denies it, rather than none allowing it.
    pub fn is_explicit_denial(&self) -> bool {
        self.verdict == Verdict::Deny && !self.reasons.is_empty()
    }

    /// One sentence on why.
    pub fn why(&self) -> String {
        let reasons = || {
            self.reasons
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", and ")
        };
        match self.verdict {
            Verdict::Allow => format!("Allowed: {}.", reasons()),
            Verdict::Deny if self.is_explicit_denial() => format!("Denied: {}.", reasons()),
            Verdict::Deny => {
                let lacking: Vec<_> = self
                    .lacking
                    .iter()
                    .map(|source| source.in_words())
                    .collect();
                format!("Denied: nothing allows it in {}.", lacking.join(" or "))
            }
            Verdict::Unknown => format!("Unknown: it depends on {}.", self.open.join(", and on ")),
        }
    }
}
