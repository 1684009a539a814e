//! The tree itself.

use indexmap::IndexMap;
use pilothouse_model::Span;
use serde_json::{Number, Value};

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it was written.
    pub span: Span,
    /// What it is.
    pub content: Content,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number; one without a fraction is an integer, as JavaScript prints it.
    Number(Number),
    /// A text.
    Text(String),
    /// A list.
    Sequence(Vec<Node>),
    /// Named values.
    Mapping(Mapping),
}

/// Named values in the order written.
pub type Mapping = IndexMap<String, Entry>;

/// A value under its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Where the name was written.
    pub key: Span,
    /// The value.
    pub node: Node,
}

impl Node {
    /// A node of some content.
    pub const fn new(span: Span, content: Content) -> Self {
        Self { span, content }
    }

    /// The named values, when it is a mapping.
    pub const fn as_mapping(&self) -> Option<&Mapping> {
        match &self.content {
            Content::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    /// The list, when it is one.
    pub const fn as_sequence(&self) -> Option<&Vec<Self>> {
        match &self.content {
            Content::Sequence(nodes) => Some(nodes),
            _ => None,
        }
    }

    /// The text, when it is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value under a name, when it is a mapping that has it.
    pub fn get(&self, name: &str) -> Option<&Self> {
        Some(&self.as_mapping()?.get(name)?.node)
    }

    /// Whether it is nothing.
    pub const fn is_null(&self) -> bool {
        matches!(self.content, Content::Null)
    }

    /// What it is, as a person would say it.
    pub const fn kind(&self) -> &'static str {
        match self.content {
            Content::Null => "nothing",
            Content::Bool(_) => "true or false",
            Content::Number(_) => "a number",
            Content::Text(_) => "a text",
            Content::Sequence(_) => "a list",
            Content::Mapping(_) => "a mapping",
        }
    }

    /// A scalar as a text, in JavaScript's form: `1`, `1.5`, `true`.
    pub fn to_text(&self) -> Option<String> {
        match &self.content {
            Content::Text(text) => Some(text.clone()),
            Content::Number(number) => Some(number.to_string()),
            Content::Bool(truth) => Some(truth.to_string()),
            Content::Null | Content::Sequence(_) | Content::Mapping(_) => None,
        }
    }

    /// A JSON value, all of it at one place.
    pub fn from_json(span: &Span, value: &Value) -> Self {
        let content = match value {
            Value::Null => Content::Null,
            Value::Bool(truth) => Content::Bool(*truth),
            Value::Number(number) => Content::Number(number.clone()),
            Value::String(text) => Content::Text(text.clone()),
            Value::Array(items) => Content::Sequence(
                items
                    .iter()
                    .map(|item| Self::from_json(span, item))
                    .collect(),
            ),
            Value::Object(entries) => Content::Mapping(
                entries
                    .iter()
                    .map(|(name, value)| {
                        let node = Self::from_json(span, value);
                        (
                            name.clone(),
                            Entry {
                                key: span.clone(),
                                node,
                            },
                        )
                    })
                    .collect(),
            ),
        };
        Self::new(span.clone(), content)
    }

    /// The value without its places.
    pub fn to_json(&self) -> Value {
        match &self.content {
            Content::Null => Value::Null,
            Content::Bool(truth) => Value::Bool(*truth),
            Content::Number(number) => Value::Number(number.clone()),
            Content::Text(text) => Value::String(text.clone()),
            Content::Sequence(nodes) => nodes.iter().map(Self::to_json).collect(),
            Content::Mapping(mapping) => mapping
                .iter()
                .map(|(name, entry)| (name.clone(), entry.node.to_json()))
                .collect(),
        }
    }

    /// How much a copy of it weighs: its values, itself among them, and its texts by every 64 bytes.
    pub fn weight(&self) -> usize {
        const PORTION: usize = 64;
        1 + match &self.content {
            Content::Text(text) => text.len() / PORTION,
            Content::Sequence(nodes) => nodes.iter().map(Self::weight).sum(),
            Content::Mapping(mapping) => mapping
                .iter()
                .map(|(name, entry)| name.len() / PORTION + entry.node.weight())
                .sum(),
            Content::Null | Content::Bool(_) | Content::Number(_) => 0,
        }
    }
}
