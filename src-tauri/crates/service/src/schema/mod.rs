//! What may stand in a `serverless.yml`: every key of Serverless v3, its shape, whether it is supported, and a line
//! about it. One table, from which files are checked and from which completion and documentation are made.
//!
//! It says what a value may be, not what it means (`typed`), and knows nothing of two keys together (`rules`).

mod alb;
mod api_gateway;
mod caller;
mod check;
mod cloud_front;
mod cognito;
mod event;
mod event_rule;
mod event_source;
mod fixes;
mod function;
mod http;
mod http_api;
mod image;
mod intrinsics;
pub(crate) mod layers;
mod lead;
mod logs;
mod own;
mod provider;
mod required;
mod resources;
mod rule;
mod run;
mod s3;
mod s3_bucket;
mod service;
mod sns;
mod stack;
mod value;
mod websocket;

#[cfg(test)]
mod tests;

pub(crate) use check::check;
pub(crate) use intrinsics::is_function;
pub use lead::at;
pub use own::{NAME as OWN_NAME, OWN};
pub(crate) use provider::{ARN, STATEMENTS};
pub use rule::Rule;
pub(crate) use rule::is_image_uri;
pub use service::SERVICE;
pub(crate) use value::said;

/// A key of the configuration.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What may stand under it.
    pub shape: Shape,
    /// Whether it does something.
    pub status: Status,
    /// What to write instead, when it is old.
    pub deprecated: Option<Deprecation>,
    /// What it is for, in one line.
    pub doc: &'static str,
}

/// Whether a key does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Supported,
    /// Using it is an error, so that nothing is left out silently: why, and what to do instead.
    Refused(&'static str, &'static str),
    /// It means something to version 4 alone, which is not what this is.
    Version4,
    /// It has no effect here, for the reason given.
    WithoutEffect(&'static str),
    /// Serverless does not know it; it is often written all the same, and this is said then.
    Unknown(&'static str),
}

/// An old spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deprecation {
    /// The code that `disabledDeprecations` silences it by.
    pub code: &'static str,
    /// What to write instead; empty when the key can go.
    pub instead: &'static str,
}

/// What a value may be. Texts are read as numbers and truths where those are wanted, and the reverse; one value
/// stands for a list of one.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Anything.
    Anything,
    /// A text.
    Text,
    /// A text that follows a rule.
    TextBy(&'static Rule),
    /// One of these words.
    Word(&'static [&'static str]),
    /// One of these words in any case.
    WordAnyCase(&'static [&'static str]),
    /// True or false.
    Truth,
    /// A whole number between two others.
    Whole(i64, i64),
    /// One of these whole numbers.
    WholeOf(&'static [i64]),
    /// A list.
    List(&'static Shape),
    /// These keys and no others; those named second must be there. Of `one|other` one must, of `one^other` one and
    /// no other, and with `one>other` the second beside the first.
    Keys(&'static [Key], &'static [&'static str]),
    /// Any names, with values of one shape.
    Named(&'static Shape),
    /// Names that follow a rule, with values of one shape.
    NamedBy(&'static Rule, &'static Shape),
    /// Keys with any values.
    AnyMapping,
    /// A CloudFormation function: `{Ref: x}`, `{Fn::GetAtt: [x, y]}`, ...
    Function,
    /// A CloudFormation function of these names.
    FunctionOf(&'static [&'static str]),
    /// Any of these.
    Either(&'static [Shape]),
    /// A function's event: one key that names its kind.
    Event(&'static [Key]),
}

impl Key {
    /// A key that is supported.
    pub const fn new(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self {
            name,
            shape,
            status: Status::Supported,
            deprecated: None,
            doc,
        }
    }

    /// A key of Serverless that is refused: why, and what to do instead.
    pub(crate) const fn refused(
        name: &'static str,
        doc: &'static str,
        why: &'static str,
        instead: &'static str,
    ) -> Self {
        Self::new(name, Shape::Anything, doc).with(Status::Refused(why, instead))
    }

    /// A key of version 4 alone.
    const fn of_version_4(name: &'static str, doc: &'static str) -> Self {
        Self::new(name, Shape::Anything, doc).with(Status::Version4)
    }

    /// A key that is known and does nothing, for the reason given.
    pub(crate) const fn without_effect(name: &'static str, why: &'static str) -> Self {
        Self::new(name, Shape::Anything, "").with(Status::WithoutEffect(why))
    }

    const fn with(self, status: Status) -> Self {
        Self { status, ..self }
    }

    const fn instead(self, code: &'static str, instead: &'static str) -> Self {
        let deprecated = Some(Deprecation { code, instead });
        Self { deprecated, ..self }
    }
}

/// The key of that name.
pub(crate) fn find(keys: &'static [Key], name: &str) -> Option<&'static Key> {
    keys.iter().find(|key| key.name == name)
}
