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
pub(super) enum Form {
    Text,
    Number,
    Truth,
    List,
    Mapping,
    Anything,
}

impl Schema {
    pub(super) fn property(&self, name: &str) -> Option<Property> {
        self.properties.get(name).copied()
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
    static ALL: OnceLock<HashMap<&'static str, Schema>> = OnceLock::new();
    ALL.get_or_init(|| TABLE.lines().filter_map(read).collect())
        .get(kind)
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
