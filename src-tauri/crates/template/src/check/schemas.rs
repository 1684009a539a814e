//! What AWS's public schemas say of the resource types that services usually have.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Made by `scripts/resource_schemas.py`, which explains the form.
const TABLE: &str = include_str!("schemas.txt");

/// A resource type.
#[derive(Debug, Default)]
pub(super) struct Schema {
    /// Whether properties that are not listed are refused.
    pub(super) is_closed: bool,
    properties: HashMap<&'static str, Property>,
}

/// A property of a type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Property {
    pub(super) form: Form,
    pub(super) is_required: bool,
    pub(super) is_read_only: bool,
}

/// What a value must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A text.
    Text,
    /// A number.
    Number,
    /// True or false.
    Truth,
    /// A list.
    List,
    /// A mapping.
    Mapping,
    /// More than one of these.
    Anything,
}

impl Schema {
    pub(super) fn property(&self, name: &str) -> Option<Property> {
        self.properties.get(name).copied()
    }

    /// Properties that can be set, required ones first.
    pub(super) fn settable(&self) -> Vec<super::PropertyOfType> {
        let all = self.properties.iter().filter(|(_, one)| !one.is_read_only);
        let mut all: Vec<super::PropertyOfType> = all
            .map(|(name, one)| super::PropertyOfType {
                name,
                form: one.form,
                is_required: one.is_required,
            })
            .collect();
        all.sort_unstable_by_key(|one| (!one.is_required, one.name));
        all
    }

    /// Names of required properties, sorted.
    pub(super) fn required(&self) -> Vec<&'static str> {
        let required = self.properties.iter().filter(|(_, one)| one.is_required);
        let mut names: Vec<&str> = required.map(|(name, _)| *name).collect();
        names.sort_unstable();
        names
    }
}

/// The schema of a type; none when it is not in the table.
pub(super) fn of(kind: &str) -> Option<&'static Schema> {
    all().get(kind)
}

fn all() -> &'static HashMap<&'static str, Schema> {
    static ALL: OnceLock<HashMap<&'static str, Schema>> = OnceLock::new();
    ALL.get_or_init(|| TABLE.lines().filter_map(read).collect())
}

/// The types of resources that are known, sorted.
pub fn resource_types() -> Vec<&'static str> {
    let mut names: Vec<&str> = all().keys().copied().collect();
    names.sort_unstable();
    names
}

/// The properties that a type of resource can be given, each with what it must look like; what it needs comes first.
pub fn resource_properties(kind: &str) -> Vec<(&'static str, String)> {
    let Some(schema) = of(kind) else {
        return Vec::new();
    };
    let mut found: Vec<(&str, Property)> = schema
        .properties
        .iter()
        .filter(|(_, property)| !property.is_read_only)
        .map(|(name, property)| (*name, *property))
        .collect();
    found.sort_unstable_by_key(|(name, property)| (!property.is_required, *name));
    let words = |(name, property): (&'static str, Property)| {
        let form = match property.form {
            Form::Text => "a text",
            Form::Number => "a number",
            Form::Truth => "true or false",
            Form::List => "a list",
            Form::Mapping => "a mapping",
            Form::Anything => "anything",
        };
        let needed = if property.is_required { "needed; " } else { "" };
        (name, format!("{needed}{form}"))
    };
    found.into_iter().map(words).collect()
}

/// How old the table is, as its first line says.
pub(super) fn date() -> &'static str {
    let first = TABLE.lines().next().unwrap_or_default();
    let after = first.split_once(" of ").map_or("", |(_, rest)| rest);
    after.split(',').next().unwrap_or_default()
}

fn read(line: &'static str) -> Option<(&'static str, Schema)> {
    let mut words = line.split(' ');
    let kind = words.next().filter(|kind| kind.contains("::"))?;
    let is_closed = words.next()? == "closed";
    let property = |word: &'static str| {
        let (name, form) = word.split_once(':')?;
        let property = Property {
            form: match form {
                "s" => Form::Text,
                "i" => Form::Number,
                "b" => Form::Truth,
                "a" => Form::List,
                "o" => Form::Mapping,
                _ => Form::Anything,
            },
            is_required: name.starts_with('!'),
            is_read_only: name.starts_with('='),
        };
        Some((name.trim_start_matches(['!', '=']), property))
    };
    let properties = words.filter_map(property).collect();
    Some((
        kind,
        Schema {
            is_closed,
            properties,
        },
    ))
}
