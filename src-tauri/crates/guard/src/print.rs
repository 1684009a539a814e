//! A document as JSON again: the same keys in the same order.

use serde_json::{Map, Value};

use crate::policy::{
    Condition, Document, Effect, Entry, Part, PrincipalPart, Principals, Statement, Test,
};

impl Document {
    /// As JSON. What was parsed comes out as it went in.
    pub fn to_value(&self) -> Value {
        let mut made = Map::new();
        if let Some(version) = &self.version {
            made.insert("Version".to_owned(), version.as_str().into());
        }
        if let Some(id) = &self.id {
            made.insert("Id".to_owned(), id.to_value());
        }
        let statements = match self.statements.as_slice() {
            [one] if self.bare => one.to_value(),
            many => many.iter().map(Entry::to_value).collect(),
        };
        made.insert("Statement".to_owned(), statements);
        in_order(made, &self.order)
    }

    /// As indented JSON text.
    pub fn to_text(&self) -> String {
        format!("{:#}", self.to_value())
    }
}

impl Entry {
    /// As JSON.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Statement(statement) => statement.to_value(),
            Self::Unresolved(value) => value.clone(),
        }
    }
}

impl Statement {
    /// As JSON.
    pub fn to_value(&self) -> Value {
        let mut made = Map::new();
        if let Some(sid) = &self.sid {
            made.insert("Sid".to_owned(), sid.to_value());
        }
        let effect = match &self.effect {
            Effect::Allow => "Allow".into(),
            Effect::Deny => "Deny".into(),
            Effect::Unresolved(value) => value.clone(),
        };
        made.insert("Effect".to_owned(), effect);
        if let Some(part) = &self.principal {
            made.insert(key(part.negated, "Principal"), principals(part));
        }
        let mut part = |name: &str, part: &Part| {
            made.insert(key(part.negated, name), part.texts.to_value());
        };
        part("Action", &self.action);
        if let Some(resource) = &self.resource {
            part("Resource", resource);
        }
        match &self.condition {
            // An empty one was written, or none was.
            Condition::All(tests)
                if tests.is_empty() && !self.order.iter().any(|key| key == "Condition") => {}
            Condition::All(tests) => {
                made.insert("Condition".to_owned(), condition(tests));
            }
            Condition::Unresolved(value) => {
                made.insert("Condition".to_owned(), value.clone());
            }
        }
        in_order(made, &self.order)
    }
}

fn key(negated: bool, name: &str) -> String {
    if negated {
        format!("Not{name}")
    } else {
        name.to_owned()
    }
}

fn principals(part: &PrincipalPart) -> Value {
    match &part.principals {
        Principals::Everyone => "*".into(),
        Principals::Named(kinds) => kinds
            .iter()
            .map(|(kind, texts)| (kind.as_str().to_owned(), texts.to_value()))
            .collect::<Map<_, _>>()
            .into(),
        Principals::Unresolved(value) => value.clone(),
    }
}

fn condition(tests: &[Test]) -> Value {
    let mut made = Map::new();
    for test in tests {
        let keys = test.keys.iter();
        let keys: Map<String, Value> = keys
            .map(|(key, values)| (key.clone(), values.to_value()))
            .collect();
        made.insert(test.operator.to_string(), keys.into());
    }
    made.into()
}

/// The keys that were read come in the order they were read in, and what is new after them.
fn in_order(mut made: Map<String, Value>, order: &[String]) -> Value {
    let mut ordered = Map::new();
    for key in order {
        if let Some(value) = made.shift_remove(key) {
            ordered.insert(key.clone(), value);
        }
    }
    ordered.extend(made);
    ordered.into()
}
