//! The Parameter Store: what it holds, and how that is changed.

use std::time::SystemTime;

use pilothouse_model::Secret;

use crate::{CloudProblem, Effect};

/// How the value of a parameter is kept. It is chosen once: AWS does not change it later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ParameterKind {
    /// `String`: plain text.
    Text,
    /// `StringList`: plain texts with commas between them.
    List,
    /// `SecureString`: encrypted under a key.
    Secure,
}

/// How large a value may be, what it costs, and whether it may have policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ParameterTier {
    /// Up to 4 KB, without charge.
    Standard,
    /// Up to 8 KB, with policies, for a charge.
    Advanced,
    /// Standard as long as it can be; what is stored never has this tier itself.
    Intelligent,
}

macro_rules! names {
    ($of:ident { $($variant:ident = $name:literal,)+ }) => {
        impl $of {
            /// AWS's name of it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// By AWS's name.
            pub fn of_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

names!(ParameterKind {
    Text = "String",
    List = "StringList",
    Secure = "SecureString",
});
names!(ParameterTier {
    Standard = "Standard",
    Advanced = "Advanced",
    Intelligent = "Intelligent-Tiering",
});

/// What is told of a parameter without its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterFacts {
    /// Its name.
    pub name: String,
    /// How its value is kept.
    pub kind: ParameterKind,
    /// The key that a SecureString is encrypted under, as it was named: `alias/aws/ssm`, an id or an ARN.
    pub key: Option<String>,
    /// The newest version.
    pub version: u32,
    /// When that was written.
    pub changed: SystemTime,
    /// Who wrote it, as an ARN.
    pub by: Option<String>,
    /// Its tier.
    pub tier: ParameterTier,
    /// What it is for, in its owner's words.
    pub description: Option<String>,
    /// The pattern that values must match.
    pub pattern: Option<String>,
    /// Its policies, each as JSON.
    pub policies: Vec<String>,
}

/// A part of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParameterPage {
    /// What is in it.
    pub found: Vec<ParameterFacts>,
    /// Where the next part begins; none at the end.
    pub next: Option<String>,
}

/// What a list is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterFilter {
    /// Names below this path, however deep.
    Under(String),
    /// This one name.
    Named(String),
}

/// A value with its version.
#[derive(Debug)]
pub struct ParameterValue {
    /// The name, without the version or label that it was asked by.
    pub name: String,
    /// How it is kept.
    pub kind: ParameterKind,
    /// Its version.
    pub version: u32,
    /// The value, decrypted.
    pub value: Secret,
    /// When it was written.
    pub changed: SystemTime,
}

/// A version of a parameter.
#[derive(Debug)]
pub struct ParameterVersion {
    /// The parameter as it was then.
    pub facts: ParameterFacts,
    /// Its labels.
    pub labels: Vec<String>,
    /// Its value, decrypted.
    pub value: Secret,
}

/// What is written.
#[derive(Debug)]
pub struct ParameterPut<'a> {
    /// The name.
    pub name: &'a str,
    /// How it is kept; an existing parameter keeps its own.
    pub kind: ParameterKind,
    /// The value.
    pub value: &'a Secret,
    /// The key; that of the account when absent.
    pub key: Option<&'a str>,
    /// The tier.
    pub tier: ParameterTier,
    /// What it is for.
    pub description: Option<&'a str>,
    /// The pattern that values must match.
    pub pattern: Option<&'a str>,
    /// Policies as one JSON list; absent leaves those that there are.
    pub policies: Option<&'a str>,
    /// Tags of a new parameter. AWS takes none when it overwrites.
    pub tags: &'a [(String, String)],
    /// Whether an existing parameter gets a new version; otherwise it is refused.
    pub overwrite: bool,
}

/// Reads the Parameter Store.
pub trait Parameters: Send + Sync + std::fmt::Debug {
    /// A part of the list of parameters, without values, 50 at most.
    fn list<'a>(
        &'a self,
        filter: Option<&'a ParameterFilter>,
        next: Option<&'a str>,
    ) -> Effect<'a, Result<ParameterPage, CloudProblem>>;

    /// The values of up to ten parameters. Those that do not exist are left out.
    fn values<'a>(
        &'a self,
        names: &'a [String],
    ) -> Effect<'a, Result<Vec<ParameterValue>, CloudProblem>>;

    /// One value; a name can end with `:VERSION` or `:LABEL`. None when there is no such thing.
    fn value<'a>(
        &'a self,
        name: &'a str,
    ) -> Effect<'a, Result<Option<ParameterValue>, CloudProblem>>;

    /// Every version that is kept, oldest first, decrypted.
    fn history<'a>(
        &'a self,
        name: &'a str,
    ) -> Effect<'a, Result<Vec<ParameterVersion>, CloudProblem>>;

    /// Its tags.
    fn tags<'a>(&'a self, name: &'a str)
    -> Effect<'a, Result<Vec<(String, String)>, CloudProblem>>;
}

/// Changes the Parameter Store.
pub trait ParameterChanges: Send + Sync + std::fmt::Debug {
    /// Writes a version and gives its number.
    fn put<'a>(&'a self, put: &'a ParameterPut<'a>) -> Effect<'a, Result<u32, CloudProblem>>;

    /// Puts labels on a version, taking them from another that has them. Gives those that AWS does not take.
    fn label<'a>(
        &'a self,
        name: &'a str,
        version: u32,
        labels: &'a [String],
    ) -> Effect<'a, Result<Vec<String>, CloudProblem>>;

    /// Takes labels from a version. Gives those that it did not have.
    fn unlabel<'a>(
        &'a self,
        name: &'a str,
        version: u32,
        labels: &'a [String],
    ) -> Effect<'a, Result<Vec<String>, CloudProblem>>;

    /// Deletes up to ten parameters with their history. Gives those that were there.
    fn delete<'a>(&'a self, names: &'a [String]) -> Effect<'a, Result<Vec<String>, CloudProblem>>;

    /// Sets tags.
    fn tag<'a>(
        &'a self,
        name: &'a str,
        tags: &'a [(String, String)],
    ) -> Effect<'a, Result<(), CloudProblem>>;

    /// Takes tags away.
    fn untag<'a>(
        &'a self,
        name: &'a str,
        keys: &'a [String],
    ) -> Effect<'a, Result<(), CloudProblem>>;
}
