//! JSON -> document, strictly: what AWS would refuse is refused here, all of it at once and each with its place.

use serde_json::{Map, Value};

use crate::json;
use crate::parts::{has, join, order, wrong_type};
use crate::policy::{Condition, Document, Effect, Entry, Principals, Statement};
use crate::problem::{ParseError, Problem};
use crate::text::{Text, is_intrinsic};

/// What a document is attached to, which decides what may stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A user, group or role.
    Identity,
    /// A user or role, as the most that it may be allowed.
    Boundary,
    /// A session, as the most that it may be allowed.
    Session,
    /// A resource that takes policies: a bucket, a queue, a function.
    Resource,
    /// A KMS key.
    Key,
    /// A role: who may assume it.
    Trust,
    /// An organisation or its part, as the most that its accounts may do.
    ServiceControl,
    /// An organisation or its part, as the most that may be done to its resources.
    ResourceControl,
}

impl Kind {
    /// As it is called in a sentence.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Identity => "a policy of a user, group or role",
            Self::Boundary => "a permissions boundary",
            Self::Session => "a session policy",
            Self::Resource => "a policy of a resource",
            Self::Key => "a key policy",
            Self::Trust => "a role's trust policy",
            Self::ServiceControl => "a service control policy",
            Self::ResourceControl => "a resource control policy",
        }
    }

    /// Whether its statements name principals.
    pub const fn names_principals(self) -> bool {
        match self {
            Self::Resource | Self::Key | Self::Trust | Self::ResourceControl => true,
            Self::Identity | Self::Boundary | Self::Session | Self::ServiceControl => false,
        }
    }
}

const DOCUMENT_KEYS: &[&str] = &["Version", "Id", "Statement"];
const STATEMENT_KEYS: &[&str] = &[
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

impl Document {
    /// Reads JSON text.
    ///
    /// # Errors
    /// With everything that is wrong in it.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, Vec<ParseError>> {
        match json::read(text) {
            Ok(value) => Self::from_value(&value, kind),
            Err(problem) => Err(vec![ParseError {
                pointer: "/".to_owned(),
                problem: Problem::Syntax(problem.to_string()),
            }]),
        }
    }

    /// Reads a JSON value, as it stands in a template.
    ///
    /// # Errors
    /// With everything that is wrong in it.
    pub fn from_value(value: &Value, kind: Kind) -> Result<Self, Vec<ParseError>> {
        let mut reader = Reader {
            kind,
            errors: Vec::new(),
            sids: Vec::new(),
        };
        match reader.document(value) {
            Some(document) if reader.errors.is_empty() => Ok(document),
            _ => Err(reader.errors),
        }
    }
}

pub(crate) struct Reader {
    pub(crate) kind: Kind,
    errors: Vec<ParseError>,
    sids: Vec<String>,
}

impl Reader {
    pub(crate) fn wrong(&mut self, pointer: &str, problem: Problem) {
        let pointer = if pointer.is_empty() { "/" } else { pointer };
        self.errors.push(ParseError {
            pointer: pointer.to_owned(),
            problem,
        });
    }

    pub(crate) fn mapping<'v>(
        &mut self,
        value: &'v Value,
        pointer: &str,
    ) -> Option<&'v Map<String, Value>> {
        let entries = value.as_object();
        if entries.is_none() {
            self.wrong(pointer, wrong_type("a mapping", value));
        }
        entries
    }

    fn document(&mut self, value: &Value) -> Option<Document> {
        let entries = self.mapping(value, "")?;
        self.known_keys(
            entries,
            "",
            DOCUMENT_KEYS,
            "`Version`, `Id` and `Statement`",
        );
        let version = entries.get("Version").and_then(|value| self.version(value));
        let id = entries.get("Id").and_then(|value| self.text(value, "/Id"));
        let Some(written) = entries.get("Statement") else {
            self.wrong("", Problem::Missing("Statement"));
            return None;
        };
        let (statements, bare) = match written {
            Value::Array(items) if items.is_empty() => {
                self.wrong("/Statement", Problem::Empty);
                return None;
            }
            Value::Array(items) => {
                let numbered = items.iter().enumerate();
                let read =
                    numbered.filter_map(|(at, item)| self.entry(item, &format!("/Statement/{at}")));
                (read.collect(), false)
            }
            one => (self.entry(one, "/Statement").into_iter().collect(), true),
        };
        Some(Document {
            version,
            id,
            statements,
            bare,
            order: order(entries, DOCUMENT_KEYS),
        })
    }

    fn known_keys(
        &mut self,
        entries: &Map<String, Value>,
        pointer: &str,
        keys: &[&str],
        known: &'static str,
    ) {
        for key in entries.keys().filter(|key| !keys.contains(&key.as_str())) {
            let problem = Problem::UnknownKey {
                key: key.clone(),
                known,
            };
            self.wrong(&join(pointer, key), problem);
        }
    }

    fn version(&mut self, value: &Value) -> Option<String> {
        let text = value.as_str();
        if let Some(text) = text.filter(|text| [Document::TODAY, Document::OLD].contains(text)) {
            return Some(text.to_owned());
        }
        let written = text.map_or_else(|| value.to_string(), str::to_owned);
        self.wrong("/Version", Problem::Version(written));
        None
    }

    fn entry(&mut self, value: &Value, pointer: &str) -> Option<Entry> {
        if is_intrinsic(value) {
            return Some(Entry::Unresolved(value.clone()));
        }
        let entries = self.mapping(value, pointer)?;
        self.known_keys(
            entries,
            pointer,
            STATEMENT_KEYS,
            "`Sid`, `Effect`, `Principal`, `Action`, `Resource`, `Condition`, and `NotPrincipal`, `NotAction`, `NotResource`",
        );
        let sid = entries
            .get("Sid")
            .and_then(|value| self.sid(value, &join(pointer, "Sid")));
        let effect = self.effect(entries, pointer);
        let principal = self.principal(entries, pointer);
        let action = self.part(entries, pointer, "Action");
        if action.is_none() && !has(entries, "Action") {
            self.wrong(pointer, Problem::Missing("Action"));
        }
        let resource = self.resource(entries, pointer);
        let condition = match entries.get("Condition") {
            Some(value) => self.condition(value, &join(pointer, "Condition")),
            None => Condition::NONE,
        };
        let mut order = order(entries, STATEMENT_KEYS);
        if condition.is_none() && entries.contains_key("Condition") {
            order = entries.keys().cloned().collect();
        }
        let statement = Statement {
            sid,
            effect: effect?,
            principal,
            action: action?,
            resource,
            condition,
            order,
        };
        self.of_kind(&statement, pointer);
        Some(statement.into())
    }

    /// What a kind of policy asks of its statements beyond their form.
    fn of_kind(&mut self, statement: &Statement, pointer: &str) {
        let everybody = statement.principal.as_ref().is_none_or(|part| {
            !part.negated
                && matches!(
                    part.principals,
                    Principals::Everyone | Principals::Unresolved(_)
                )
        });
        let denies = statement.effect != Effect::Allow;
        if self.kind == Kind::ResourceControl && !(everybody && denies) {
            self.wrong(pointer, Problem::ResourceControl);
        }
    }

    fn sid(&mut self, value: &Value, pointer: &str) -> Option<Text> {
        let sid = self.text(value, pointer)?;
        if let Text::Known(text) = &sid
            && !self.kind.names_principals()
        {
            if !text.chars().all(|letter| letter.is_ascii_alphanumeric()) {
                self.wrong(pointer, Problem::Sid(text.clone()));
            }
            if !text.is_empty() && self.sids.contains(text) {
                self.wrong(pointer, Problem::SidTwice(text.clone()));
            }
            self.sids.push(text.clone());
        }
        Some(sid)
    }

    fn effect(&mut self, entries: &Map<String, Value>, pointer: &str) -> Option<Effect> {
        match entries.get("Effect") {
            Some(Value::String(text)) if text == "Allow" => Some(Effect::Allow),
            Some(Value::String(text)) if text == "Deny" => Some(Effect::Deny),
            Some(value) if is_intrinsic(value) => Some(Effect::Unresolved(value.clone())),
            Some(value) => {
                let written = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                self.wrong(&join(pointer, "Effect"), Problem::Effect(written));
                None
            }
            None => {
                self.wrong(pointer, Problem::Missing("Effect"));
                None
            }
        }
    }
}
