//! The parts of a statement, read: actions, resources, principals, conditions, texts.

use serde_json::{Map, Value};

use crate::condition::Operator;
use crate::parse::{Kind, Reader};
use crate::policy::{Condition, Part, PrincipalKind, PrincipalPart, Principals, Test};
use crate::problem::Problem;
use crate::text::{Text, Texts, is_intrinsic};

impl Reader {
    pub(crate) fn part(
        &mut self,
        entries: &Map<String, Value>,
        pointer: &str,
        name: &'static str,
    ) -> Option<Part> {
        let opposite = format!("Not{name}");
        let (plain, not) = (entries.get(name), entries.get(&opposite));
        if plain.is_some() && not.is_some() {
            self.wrong(pointer, Problem::Both(name));
            return None;
        }
        let negated = not.is_some();
        let pointer = join(pointer, if negated { &opposite } else { name });
        let texts = self.texts(plain.or(not)?, &pointer)?;
        for (at, text) in texts.items.iter().enumerate() {
            let Text::Known(text) = text else { continue };
            let problem = match name {
                "Action" if !is_action(text) => Problem::Action(text.clone()),
                "Resource" if !is_resource(text) => Problem::Resource(text.clone()),
                _ => continue,
            };
            self.wrong(&item(&pointer, &texts, at), problem);
        }
        Some(Part { negated, texts })
    }

    pub(crate) fn resource(&mut self, entries: &Map<String, Value>, pointer: &str) -> Option<Part> {
        let written = has(entries, "Resource");
        match (self.kind, written) {
            (Kind::Trust, true) => self.wrong(pointer, self.not_here("Resource")),
            (Kind::Trust, false) => {}
            (_, false) => self.wrong(pointer, Problem::Missing("Resource")),
            (_, true) => return self.part(entries, pointer, "Resource"),
        }
        None
    }

    const fn not_here(&self, key: &'static str) -> Problem {
        Problem::NotHere {
            key,
            kind: self.kind.in_words(),
        }
    }

    pub(crate) fn principal(
        &mut self,
        entries: &Map<String, Value>,
        pointer: &str,
    ) -> Option<PrincipalPart> {
        let (plain, not) = (entries.get("Principal"), entries.get("NotPrincipal"));
        let written = plain.or(not);
        match (self.kind.names_principals(), written) {
            (false, Some(_)) => self.wrong(pointer, self.not_here("Principal")),
            (true, None) => self.wrong(pointer, Problem::Missing("Principal")),
            (true, Some(_)) if plain.is_some() && not.is_some() => {
                self.wrong(pointer, Problem::Both("Principal"));
            }
            (true, Some(value)) => {
                let name = if not.is_some() {
                    "NotPrincipal"
                } else {
                    "Principal"
                };
                return Some(PrincipalPart {
                    negated: not.is_some(),
                    principals: self.principals(value, &join(pointer, name))?,
                });
            }
            (false, None) => {}
        }
        None
    }

    fn principals(&mut self, value: &Value, pointer: &str) -> Option<Principals> {
        if value.as_str() == Some("*") {
            return Some(Principals::Everyone);
        }
        if is_intrinsic(value) {
            return Some(Principals::Unresolved(value.clone()));
        }
        let mut kinds = Vec::new();
        let entries = self.mapping(value, pointer)?;
        if entries.is_empty() {
            self.wrong(pointer, Problem::Empty);
        }
        for (key, value) in entries {
            let pointer = join(pointer, key);
            let known = PrincipalKind::ALL
                .into_iter()
                .find(|kind| kind.as_str() == key);
            let Some(kind) = known else {
                self.wrong(&pointer, Problem::PrincipalKind(key.clone()));
                continue;
            };
            let Some(texts) = self.texts(value, &pointer) else {
                continue;
            };
            for (at, text) in texts.items.iter().enumerate() {
                if let Text::Known(text) = text
                    && !crate::principal::may_be_named(kind, text)
                {
                    self.wrong(
                        &item(&pointer, &texts, at),
                        Problem::Principal(text.clone()),
                    );
                }
            }
            kinds.push((kind, texts));
        }
        Some(Principals::Named(kinds))
    }

    pub(crate) fn condition(&mut self, value: &Value, pointer: &str) -> Condition {
        if is_intrinsic(value) {
            return Condition::Unresolved(value.clone());
        }
        let mut tests = Vec::new();
        for (name, keys) in self.mapping(value, pointer).into_iter().flatten() {
            let pointer = join(pointer, name);
            let Ok(operator) = name.parse::<Operator>() else {
                self.wrong(&pointer, Problem::Operator(name.clone()));
                continue;
            };
            let read = self.mapping(keys, &pointer).into_iter().flatten();
            let read: Vec<_> = read.collect();
            let keys = read.into_iter().filter_map(|(key, values)| {
                Some((key.clone(), self.values(values, &join(&pointer, key))?))
            });
            tests.push(Test {
                operator,
                keys: keys.collect(),
            });
        }
        Condition::All(tests)
    }

    /// Texts, numbers and truth values of a condition.
    fn values(&mut self, value: &Value, pointer: &str) -> Option<Texts> {
        let plain = |value: &Value| matches!(value, Value::Bool(_) | Value::Number(_));
        match value {
            one if plain(one) => Some(Texts::of([Text::Plain(one.clone())])),
            Value::Array(items) => {
                let numbered = items.iter().enumerate();
                let read = numbered.map(|(at, one)| match one {
                    one if plain(one) => Some(Text::Plain(one.clone())),
                    one => self.text(one, &join(pointer, &at.to_string())),
                });
                Some(Texts::list(read.collect::<Option<Vec<_>>>()?))
            }
            one => self.texts(one, pointer),
        }
    }

    fn texts(&mut self, value: &Value, pointer: &str) -> Option<Texts> {
        let Value::Array(items) = value else {
            return Some(Texts::of([self.text(value, pointer)?]));
        };
        if items.is_empty() {
            self.wrong(pointer, Problem::Empty);
            return None;
        }
        let numbered = items.iter().enumerate();
        let read = numbered.map(|(at, one)| self.text(one, &join(pointer, &at.to_string())));
        Some(Texts::list(read.collect::<Option<Vec<_>>>()?))
    }

    pub(crate) fn text(&mut self, value: &Value, pointer: &str) -> Option<Text> {
        match value {
            Value::String(text) => Some(Text::Known(text.clone())),
            value if is_intrinsic(value) => Some(Text::Unresolved(value.clone())),
            value => {
                self.wrong(pointer, wrong_type("a text", value));
                None
            }
        }
    }
}

pub(crate) fn has(entries: &Map<String, Value>, name: &str) -> bool {
    entries.contains_key(name) || entries.contains_key(&format!("Not{name}"))
}

fn is_action(text: &str) -> bool {
    let service = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let action = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '*' | '?');
    text == "*"
        || text.split_once(':').is_some_and(|(before, after)| {
            let whole = !before.is_empty() && !after.is_empty();
            whole && before.chars().all(service) && after.chars().all(action)
        })
}

fn is_resource(text: &str) -> bool {
    text == "*" || (text.starts_with("arn:") && text.len() > 4)
}

/// The order of the keys, unless it is the usual one.
pub(crate) fn order(entries: &Map<String, Value>, usual: &[&str]) -> Vec<String> {
    let places = entries
        .keys()
        .map(|key| usual.iter().position(|one| one == key));
    if places.is_sorted() {
        return Vec::new();
    }
    entries.keys().cloned().collect()
}

pub(crate) fn join(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

fn item(pointer: &str, texts: &Texts, at: usize) -> String {
    if texts.list {
        join(pointer, &at.to_string())
    } else {
        pointer.to_owned()
    }
}

pub(crate) const fn wrong_type(wanted: &'static str, value: &Value) -> Problem {
    let found = match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    };
    Problem::WrongType { wanted, found }
}
