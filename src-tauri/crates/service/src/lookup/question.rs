//! What AWS is asked for the value of a variable, and how a secret is told of without its value.

use std::fmt;

/// A question, and where and as whom it is asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CloudLookup {
    /// The Region that is asked: letters, digits and dashes alone.
    pub region: String,
    /// The profile that the configuration or the command names.
    pub profile: Option<String>,
    /// What is asked.
    pub question: Question,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Question {
    /// `${cf:stack.output}`: an output of a stack.
    Output {
        /// The stack's name.
        stack: String,
        /// The output's name.
        output: String,
    },
    /// `${ssm:name}`: a parameter. A SecureString is not decrypted: [`Secret::Parameter`].
    Parameter(String),
    /// `${ssm(noDecrypt):name}`: a parameter as it is kept, a SecureString as its ciphertext.
    KeptParameter(String),
    /// `${ssm:/aws/reference/secretsmanager/name}`: what a secret looks like, [`Secret::Stored`].
    Secret(String),
    /// `${s3:bucket/key}`: the text of an object.
    Object {
        /// The bucket.
        bucket: String,
        /// The key in it.
        key: String,
    },
    /// `${aws:accountId}`: the account that is acted in.
    Account,
    /// The digest of the image that a tag stands for, such as `sha256:...`.
    Image {
        /// The account whose registry has it.
        registry: String,
        /// The repository.
        repository: String,
        /// The tag.
        tag: String,
    },
}

/// As people read it: `the parameter /shop/url`.
impl fmt::Display for Question {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output { stack, output } => {
                write!(out, "the output {output} of the stack {stack}")
            }
            Self::Parameter(name) | Self::KeptParameter(name) => {
                write!(out, "the parameter {name}")
            }
            Self::Secret(name) => write!(out, "the secret {name}"),
            Self::Object { bucket, key } => write!(out, "the object {key} of the bucket {bucket}"),
            Self::Account => write!(out, "the number of the account"),
            Self::Image {
                repository, tag, ..
            } => write!(out, "the image {repository}:{tag}"),
        }
    }
}

/// A secret without its value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Secret {
    /// A SecureString of the parameter store.
    Parameter {
        /// The version that was found.
        version: u64,
    },
    /// A secret of Secrets Manager.
    Stored {
        /// The keys of its JSON object, each with whether its value is a plain one; none when it is no object.
        keys: Option<Vec<(String, bool)>>,
    },
}
