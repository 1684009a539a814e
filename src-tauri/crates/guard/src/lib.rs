//! Judgement before action: who may do what under which policies, and whether a key can lock its owners out.
//!
//! Pure: it is given documents and what is known of an account, and returns verdicts. It asks nobody, and where
//! something that could turn an answer is not known, the answer is [`Verdict::Unknown`], never a guess. `Allow` is only
//! said when no missing fact could make it a refusal.
//!
//! # What to call
//!
//! * [`Document::parse`], [`Document::to_value`]: policies as values, nothing lost.
//! * [`evaluate`]: a [`Request`] against [`Policies`] gives an [`Answer`] with the statements that decided.
//! * [`KeyPolicy`]: the console's administrators and users made into a key policy ([`KeyPolicy::to_document`]), and read
//!   back out of any ([`KeyPolicy::read`]).
//! * [`prove`]: the lock-out proof of a [`KeyCase`]; [`changes`]: who gains and loses what; [`judge_settings`].
//! * [`in_words`], [`key_in_words`]: sentences.
//! * [`least_statements`]: what reading parameters needs; [`judge_identity`], [`replace_broad`]: what is broader than
//!   that, and its replacement; [`readers`]: who can read a parameter.
//!
//! # What is modelled
//!
//! Policies of identities, permissions boundaries, session policies, service control policies level by level, resource
//! control policies (they only deny), policies of resources, key policies and trust policies (nothing is allowed unless
//! they say so, or leave it to the account), KMS grants; users, roles, sessions, root users, services; one account and
//! two; every condition operator with its set and `IfExists` forms; variables with defaults; functions of CloudFormation
//! as texts that are not known.
//!
//! # What is not
//!
//! Endpoint policies of VPCs, federated users and identity providers as callers, anonymous callers, S3's access lists and
//! block of public access, Lambda's and Glue's ways of their own, and what services check beyond IAM. Whoever depends on
//! these must not read `Allow` as more than "the policies allow it".
#![deny(missing_docs)]

mod answer;
mod arn;
mod broad;
mod compare;
mod condition;
mod condition_words;
mod context;
mod evaluate;
mod findings;
mod grants;
mod json;
mod key_actions;
mod key_blocks;
mod key_policy;
mod least;
mod lockout;
mod matching;
mod names;
mod outcome;
mod parse;
mod parts;
mod policies;
mod policy;
mod powers;
mod principal;
mod print;
mod problem;
mod readers;
mod rules;
mod text;
mod trial;
mod truth;
mod words;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Reason, Source, Verdict};
pub use arn::{Arn, domain};
pub use broad::{Replaced, judge_identity, judge_trust, replace_broad};
pub use condition::{Comparison, Operator, Order, Set, UnknownOperator};
pub use context::{Context, Held};
pub use evaluate::{Request, evaluate};
pub use key_actions::KeyUse;
pub use key_policy::{KeyPolicy, KeyUser};
pub use least::{LeastProblem, Wanted, least_statements, parameter_arn};
pub use lockout::{Proof, prove};
pub use names::Names;
pub use parse::Kind;
pub use policies::{Constraint, Grant, Layer, Named, Policies, ResourcePolicy};
pub use policy::{
    Condition, Document, Effect, Entry, Part, PrincipalKind, PrincipalPart, Principals, Statement,
    Test,
};
pub use powers::{KeyCase, Person, Power, PowerChange, Powers, changes};
pub use principal::{Principal, PrincipalType, UnknownPrincipal};
pub use problem::{ParseError, Problem};
pub use readers::{ParameterCase, Reader, Seal, readers};
pub use rules::{Finding, Judgement, KeySettings, Rule, Weight, judge_settings};
pub use text::{Text, Texts};
pub use words::{Sentence, in_words, key_in_words};
