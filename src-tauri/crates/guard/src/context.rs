//! What a request brings along: the keys that conditions ask for, known to be there, known to be absent, or not known.

use std::collections::BTreeMap;

use crate::arn::Arn;
use crate::principal::{Principal, PrincipalType};

/// What is known of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// The request has it, with these values.
    Values(Vec<String>),
    /// The request does not have it.
    Absent,
    /// Nobody knows.
    Unknown,
}

/// What is known of a request's keys. Keys have no case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    held: BTreeMap<String, Held>,
    others: Held,
}

impl Context {
    /// Nothing is known but what is said.
    pub const fn open() -> Self {
        Self {
            held: BTreeMap::new(),
            others: Held::Unknown,
        }
    }

    /// The request has no key but those that are said.
    pub const fn complete() -> Self {
        Self {
            held: BTreeMap::new(),
            others: Held::Absent,
        }
    }

    /// The request has a key.
    #[must_use]
    pub fn with(self, key: &str, value: impl Into<String>) -> Self {
        self.holding(key, Held::Values(vec![value.into()]))
    }

    /// The request does not have a key.
    #[must_use]
    pub fn without(self, key: &str) -> Self {
        self.holding(key, Held::Absent)
    }

    /// What is known of a key.
    #[must_use]
    pub fn holding(mut self, key: &str, held: Held) -> Self {
        self.held.insert(key.to_ascii_lowercase(), held);
        self
    }

    /// What is known of a key.
    pub fn get(&self, key: &str) -> &Held {
        let held = self.held.get(&key.to_ascii_lowercase());
        held.unwrap_or(&self.others)
    }

    /// The keys that follow from who asks for what, where the caller has said nothing of them.
    pub(crate) fn completed(
        &self,
        who: &Principal,
        action: &str,
        resource_account: Option<&str>,
    ) -> Self {
        let mut made = self.clone();
        let mut add = |key: &str, held: Held| {
            made.held.entry(key.to_ascii_lowercase()).or_insert(held);
        };
        let one = |text: &str| Held::Values(vec![text.to_owned()]);
        let known = |text: Option<&str>| text.map_or(Held::Unknown, one);
        let service = who.kind() == PrincipalType::Service;
        add(
            "aws:PrincipalIsAWSService",
            one(if service { "true" } else { "false" }),
        );
        add("aws:ResourceAccount", known(resource_account));
        if service {
            add("aws:PrincipalServiceName", one(who.arn()));
            for key in [
                "aws:PrincipalArn",
                "aws:PrincipalAccount",
                "aws:PrincipalType",
                "aws:username",
            ] {
                add(key, Held::Absent);
            }
            return made;
        }
        add("aws:PrincipalServiceName", Held::Absent);
        add("aws:PrincipalAccount", known(who.account()));
        if action.to_ascii_lowercase().starts_with("kms:") {
            add("kms:CallerAccount", known(who.account()));
        }
        let (kind, arn, name) = match who.kind() {
            PrincipalType::User => (
                "User",
                Some(who.arn()),
                Arn::of(who.arn()).map(|arn| arn.name()),
            ),
            PrincipalType::Root => ("Account", Some(who.arn()), None),
            PrincipalType::Role | PrincipalType::Session | PrincipalType::Service => {
                ("AssumedRole", who.role(), None)
            }
        };
        add("aws:PrincipalType", one(kind));
        add("aws:PrincipalArn", known(arn));
        add("aws:username", name.map_or(Held::Absent, one));
        made
    }
}
