//! A policy document as a value: what IAM's JSON says, with nothing lost and nothing added.

use serde_json::Value;

use crate::condition::Operator;
use crate::text::{Text, Texts};

/// A policy document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// `2012-10-17`, `2008-10-17`, or not written, which means the latter: there `${...}` is plain text.
    pub version: Option<String>,
    /// The document's own id, where it has one.
    pub id: Option<Text>,
    /// Its statements, in order.
    pub statements: Vec<Entry>,
    /// Whether the one statement stood without a list.
    pub(crate) bare: bool,
    /// The order of its keys, when it is not the usual one.
    pub(crate) order: Vec<String>,
}

/// An item of the list of statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A statement.
    Statement(Box<Statement>),
    /// A function of CloudFormation in place of one.
    Unresolved(Value),
}

impl From<Statement> for Entry {
    fn from(statement: Statement) -> Self {
        Self::Statement(Box::new(statement))
    }
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its id, where it has one.
    pub sid: Option<Text>,
    /// What it does to a request that it fits.
    pub effect: Effect,
    /// Whom it speaks of; only in policies of resources.
    pub principal: Option<PrincipalPart>,
    /// Which actions it speaks of.
    pub action: Part,
    /// Which resources it speaks of; none in a role's trust policy.
    pub resource: Option<Part>,
    /// What else must hold.
    pub condition: Condition,
    /// The order of its keys, when it is not the usual one.
    pub(crate) order: Vec<String>,
}

/// What a statement does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies, whatever else allows.
    Deny,
    /// A function of CloudFormation decides.
    Unresolved(Value),
}

/// `Action` or `NotAction`, `Resource` or `NotResource`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Whether everything but these is meant.
    pub negated: bool,
    /// What is named.
    pub texts: Texts,
}

/// `Principal` or `NotPrincipal`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrincipalPart {
    /// Whether everybody but these is meant.
    pub negated: bool,
    /// Who is named.
    pub principals: Principals,
}

/// Who is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principals {
    /// `"*"`.
    Everyone,
    /// By kind, in the order they were written in.
    Named(Vec<(PrincipalKind, Texts)>),
    /// A function of CloudFormation decides.
    Unresolved(Value),
}

/// A kind of principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PrincipalKind {
    /// Accounts, users, roles, sessions.
    Aws,
    /// Services of AWS.
    Service,
    /// Identity providers.
    Federated,
    /// S3's own ids of accounts.
    CanonicalUser,
}

impl PrincipalKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::Aws,
        Self::Service,
        Self::Federated,
        Self::CanonicalUser,
    ];

    /// Its key in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Service => "Service",
            Self::Federated => "Federated",
            Self::CanonicalUser => "CanonicalUser",
        }
    }
}

/// What must hold besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Every one of these; nothing when there are none.
    All(Vec<Test>),
    /// A function of CloudFormation decides.
    Unresolved(Value),
}

/// The tests of one operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// How values are compared.
    pub operator: Operator,
    /// Context keys, each with the values that do.
    pub keys: Vec<(String, Texts)>,
}

impl Condition {
    /// Nothing more is asked.
    pub const NONE: Self = Self::All(Vec::new());

    /// Whether nothing more is asked.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::All(tests) if tests.iter().all(|test| test.keys.is_empty()))
    }

    /// Equality of texts, the commonest condition.
    pub fn string_equals<T: Into<Text>>(
        pairs: impl IntoIterator<Item = (&'static str, Vec<T>)>,
    ) -> Self {
        let keys = pairs
            .into_iter()
            .map(|(key, values)| (key.to_owned(), Texts::of(values)));
        Self::All(vec![Test {
            operator: Operator::STRING_EQUALS,
            keys: keys.collect(),
        }])
    }
}

impl Part {
    /// These.
    pub const fn these(texts: Texts) -> Self {
        Self {
            negated: false,
            texts,
        }
    }
}

impl PrincipalPart {
    /// These accounts, users or roles.
    pub fn aws(texts: Texts) -> Self {
        Self {
            negated: false,
            principals: Principals::Named(vec![(PrincipalKind::Aws, texts)]),
        }
    }

    /// Everybody.
    pub const fn everyone() -> Self {
        Self {
            negated: false,
            principals: Principals::Everyone,
        }
    }
}

impl Statement {
    /// A statement that allows actions on resources, and asks nothing more.
    pub fn allow(action: Texts, resource: Option<Texts>) -> Self {
        Self {
            sid: None,
            effect: Effect::Allow,
            principal: None,
            action: Part::these(action),
            resource: resource.map(Part::these),
            condition: Condition::NONE,
            order: Vec::new(),
        }
    }

    /// With an id.
    #[must_use]
    pub fn named(mut self, sid: &str) -> Self {
        self.sid = Some(sid.into());
        self
    }

    /// Of these principals.
    #[must_use]
    pub fn of(mut self, principal: PrincipalPart) -> Self {
        self.principal = Some(principal);
        self
    }

    /// Only when this holds too.
    #[must_use]
    pub fn when(mut self, condition: Condition) -> Self {
        self.condition = condition;
        self
    }
}

impl Document {
    /// A document of today's version.
    pub fn of(statements: impl IntoIterator<Item = Statement>) -> Self {
        Self {
            version: Some(Self::TODAY.to_owned()),
            id: None,
            statements: statements.into_iter().map(Entry::from).collect(),
            bare: false,
            order: Vec::new(),
        }
    }

    /// The version in which `${...}` is a variable.
    pub const TODAY: &'static str = "2012-10-17";

    /// The older version, which is also meant when none is written.
    pub const OLD: &'static str = "2008-10-17";

    /// Whether `${...}` in it stands for a value of the request.
    pub fn has_variables(&self) -> bool {
        self.version.as_deref() == Some(Self::TODAY)
    }

    /// Its statements with their JSON pointers; what CloudFormation decides is left out.
    pub fn known_statements(&self) -> impl Iterator<Item = (String, &Statement)> {
        let numbered = self.statements.iter().enumerate();
        numbered.filter_map(|(at, entry)| match entry {
            Entry::Statement(statement) => Some((self.pointer(at), statement.as_ref())),
            Entry::Unresolved(_) => None,
        })
    }

    /// The JSON pointer of a statement.
    pub fn pointer(&self, at: usize) -> String {
        if self.bare {
            "/Statement".to_owned()
        } else {
            format!("/Statement/{at}")
        }
    }
}
