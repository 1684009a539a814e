//! The policies that a request meets, each known, absent, or not known.

use std::sync::Arc;

use crate::policy::Document;

/// A document with the name it is told by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What a person calls it.
    pub name: String,
    /// What it says.
    pub document: Arc<Document>,
}

impl Named {
    /// A document with a name.
    pub fn new(name: impl Into<String>, document: impl Into<Arc<Document>>) -> Self {
        Self {
            name: name.into(),
            document: document.into(),
        }
    }
}

/// What is known of one kind of policy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Layer<T> {
    /// There is none.
    #[default]
    Absent,
    /// It is this.
    Held(T),
    /// Nobody could look.
    NotKnown,
}

/// The policy of the resource.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ResourcePolicy {
    /// The resource has none. A key or a role has always one: there, this counts as not known.
    #[default]
    Absent,
    /// A policy beside those of identities: in one account, either may allow.
    Beside(Named),
    /// A KMS key's policy or a role's trust policy: nothing is allowed unless it says so, or leaves it to the account.
    Required(Named),
    /// Nobody could look.
    NotKnown,
}

/// A grant of a KMS key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The grant's id.
    pub id: String,
    /// The ARN of who may use it, or the name of a service.
    pub grantee: String,
    /// What it lets them do, as KMS names it: `Decrypt`.
    pub operations: Vec<String>,
    /// The encryption context that a request must have.
    pub constraint: Constraint,
}

/// The encryption context that a grant asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Constraint {
    /// None.
    #[default]
    Absent,
    /// At least these pairs.
    Subset(Vec<(String, String)>),
    /// These pairs and no others.
    Equals(Vec<(String, String)>),
}

/// Everything that decides on a request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policies {
    /// The policies of the user and their groups, or of the role.
    pub identity: Layer<Vec<Named>>,
    /// The most that the user or role may be allowed.
    pub boundary: Layer<Named>,
    /// The most that the session may be allowed.
    pub session: Layer<Vec<Named>>,
    /// Service control policies, level by level, from the root of the organisation to the principal's account.
    pub service_control: Layer<Vec<Vec<Named>>>,
    /// Resource control policies of the resource's account. They only deny.
    pub resource_control: Layer<Vec<Named>>,
    /// The policy of the resource.
    pub resource: ResourcePolicy,
    /// The grants of the key.
    pub grants: Layer<Vec<Grant>>,
}
