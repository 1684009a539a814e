//! What is wrong with a policy document, where, and the way out.

use thiserror::Error;

/// Something that AWS would refuse in a document, or that would not mean what it says.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{pointer}: {problem}. {}.", problem.way_out())]
pub struct ParseError {
    /// The JSON pointer of the place, `/` for the whole document.
    pub pointer: String,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// The text is no JSON, or a key stands twice in it.
    #[error("this is not JSON: {0}")]
    Syntax(String),
    /// Another kind of value is wanted.
    #[error("{wanted} is wanted here, not {found}")]
    WrongType {
        /// What is wanted.
        wanted: &'static str,
        /// What was written.
        found: &'static str,
    },
    /// A key that does not exist there.
    #[error("`{key}` is no key of a policy here")]
    UnknownKey {
        /// The key.
        key: String,
        /// The keys that exist.
        known: &'static str,
    },
    /// A key that is needed.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// Two keys that exclude each other.
    #[error("`{0}` and `Not{0}` stand side by side")]
    Both(&'static str),
    /// A key that this kind of policy does not have.
    #[error("`{key}` does not belong into {kind}")]
    NotHere {
        /// The key.
        key: &'static str,
        /// The kind of policy.
        kind: &'static str,
    },
    /// A version that does not exist.
    #[error("`{0}` is no version of the policy language")]
    Version(String),
    /// An effect that does not exist.
    #[error("`{0}` is no effect")]
    Effect(String),
    /// A statement id with letters that are not allowed.
    #[error("the statement id `{0}` holds more than letters and digits")]
    Sid(String),
    /// A statement id that is given twice.
    #[error("the statement id `{0}` is given twice")]
    SidTwice(String),
    /// A list without an item.
    #[error("the list is empty")]
    Empty,
    /// No action's name.
    #[error("`{0}` is no action")]
    Action(String),
    /// No resource's name.
    #[error("`{0}` is neither an ARN nor `*`")]
    Resource(String),
    /// No principal's name.
    #[error("`{0}` names no principal")]
    Principal(String),
    /// A kind of principal that does not exist.
    #[error("`{0}` is no kind of principal")]
    PrincipalKind(String),
    /// An operator that does not exist.
    #[error("`{0}` is no condition operator")]
    Operator(String),
    /// Resource control policies only deny, and speak of everybody.
    #[error("a resource control policy can only deny, and only with `\"Principal\": \"*\"`")]
    ResourceControl,
}

impl Problem {
    /// What to do about it.
    pub fn way_out(&self) -> String {
        match self {
            Self::Syntax(_) => "Put the text right at that place".to_owned(),
            Self::WrongType { wanted, .. } => format!("Write {wanted}"),
            Self::UnknownKey { known, .. } => format!("The keys are {known}"),
            Self::Missing(key) => format!("Add `{key}`"),
            Self::Both(key) => format!("Keep `{key}` or `Not{key}`, or make two statements"),
            Self::NotHere { key, .. } => format!("Take `{key}` out"),
            Self::Version(_) => "Write `2012-10-17`".to_owned(),
            Self::Effect(_) => "Write `Allow` or `Deny`, with a capital letter".to_owned(),
            Self::Sid(_) => "Write letters and digits only".to_owned(),
            Self::SidTwice(_) => "Give each statement an id of its own, or none".to_owned(),
            Self::Empty => "Name at least one".to_owned(),
            Self::Action(_) => {
                "Write `service:Action`, as in `kms:Decrypt`, or `*`; the service has no wildcard"
                    .to_owned()
            }
            Self::Resource(_) => "Write the whole ARN, or `*`".to_owned(),
            Self::Principal(_) => {
                "Write an account's number, the whole ARN of a user, role or session, or `*`; \
                 a pattern of names goes into a condition on `aws:PrincipalArn`"
                    .to_owned()
            }
            Self::PrincipalKind(_) => {
                "The kinds are `AWS`, `Service`, `Federated` and `CanonicalUser`".to_owned()
            }
            Self::Operator(name) => match crate::condition::Operator::nearest(name) {
                Some(near) => format!("Write `{near}`"),
                None => "Write an operator such as `StringEquals`".to_owned(),
            },
            Self::ResourceControl => {
                "Write what is allowed into policies of identities and resources".to_owned()
            }
        }
    }
}
