//! Values that a configuration asks AWS for. None of the answers holds a secret's value.

use crate::{CloudProblem, Effect};

/// A parameter of the parameter store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parameter {
    /// A String.
    Text(String),
    /// A StringList.
    List(Vec<String>),
    /// A SecureString: it is not decrypted.
    Secret {
        /// The version that was found.
        version: u64,
        /// Its value as it is kept, encrypted.
        ciphertext: String,
    },
}

/// What a secret of Secrets Manager looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretShape {
    /// The keys of its JSON object, each with whether its value is a text, a number or a truth; none when it is no
    /// object.
    pub keys: Option<Vec<(String, bool)>>,
}

/// Looks values up; each is none when there is no such thing.
pub trait Values: Send + Sync + std::fmt::Debug {
    /// A parameter.
    fn parameter<'a>(
        &'a self,
        name: &'a str,
    ) -> Effect<'a, Result<Option<Parameter>, CloudProblem>>;

    /// What a secret looks like. Its value goes no further than the one who asks AWS.
    fn secret<'a>(&'a self, name: &'a str)
    -> Effect<'a, Result<Option<SecretShape>, CloudProblem>>;

    /// The text of an object, of at most `most` bytes. A bucket that does not exist is a problem.
    fn text_of_object<'a>(
        &'a self,
        bucket: &'a str,
        key: &'a str,
        most: u64,
    ) -> Effect<'a, Result<Option<String>, CloudProblem>>;

    /// The digest of the image that a tag stands for in an account's registry, such as `sha256:...`.
    fn image<'a>(
        &'a self,
        registry: &'a str,
        repository: &'a str,
        tag: &'a str,
    ) -> Effect<'a, Result<Option<String>, CloudProblem>>;
}
