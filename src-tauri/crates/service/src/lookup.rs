//! What a configuration wants to know of the outside world, and what came back.

use std::collections::BTreeMap;

use pilothouse_model::{Code, ProjectPath};

pub use code::{CodeCall, CodeWant};
pub use question::{CloudLookup, Question, Secret};

mod code;
mod question;

/// One thing a configuration asks of the outside world.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Lookup {
    /// `${env:NAME}`: an environment variable. Names of AWS credentials are refused before they get here.
    Environment(String),
    /// `${file(path)}`: the text of a file of the project; also `.env.<stage>` and `.env` when the configuration says
    /// `useDotenv: true`. Links are the edge's to check.
    File(ProjectPath),
    /// `${file(path.js)}`: what a JavaScript file of the project exports, as JSON. To get it the project's code must
    /// be run, so the edge asks for the user's consent to this very content first ([`Answer::NeedsConsent`]). An
    /// edge that cannot run code answers [`Answer::Refused`]. The answer is a JSON object: `value`, what was exported,
    /// with `rest`, what of the address is left; or `deferred`, when there are functions in it and an address must
    /// choose one; or `wants`, what the code asks for first, each `{"variable": ..}` or `{"property": [..]}`.
    Code(CodeCall),
    /// What AWS is asked: `${cf:...}`, `${ssm:...}`, `${s3:...}`, `${aws:accountId}`.
    Cloud(CloudLookup),
}

/// What the edge found for a [`Lookup`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// Its text.
    Found(String),
    /// Its texts, where a list is kept.
    Listed(Vec<String>),
    /// It is a secret. The edge says what it looks like; its value stays there.
    Secret(Secret),
    /// There is no such thing; a fallback may stand in.
    Missing,
    /// It is code of the project that the user has not allowed to run.
    NeedsConsent {
        /// The hash of its content, which the user allows it by.
        hash: String,
    },
    /// It is there, but cannot be had; no fallback stands in.
    Refused {
        /// Why, in words for the user.
        reason: String,
    },
    /// Nobody knows whether there is such a thing: it could not be asked for. No fallback stands in.
    Failed {
        /// What kind of problem it is.
        code: Code,
        /// Why, in words for the user.
        reason: String,
        /// What to do.
        hint: Option<String>,
    },
}

/// The answers so far.
#[derive(Debug, Clone, Default)]
pub struct Answers(BTreeMap<Lookup, Answer>);

impl Answers {
    /// Remembers an answer.
    pub fn insert(&mut self, lookup: Lookup, answer: Answer) {
        self.0.insert(lookup, answer);
    }

    /// Remembers many answers.
    pub fn extend(&mut self, others: impl IntoIterator<Item = (Lookup, Answer)>) {
        self.0.extend(others);
    }

    /// The answer to a lookup, when there is one.
    pub fn get(&self, lookup: &Lookup) -> Option<&Answer> {
        self.0.get(lookup)
    }
}
