//! From the table of keys to the fields of a form.

use pilothouse_service::schema::{Key, Shape, Status};
use pilothouse_template::{PropertyForm, properties_of};
use serde::Serialize;
use specta::Type;

/// A field.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// The key it is for.
    pub name: String,
    /// What it is for.
    pub doc: String,
    /// Whether it must be there.
    pub required: bool,
    /// What holds while it is empty.
    pub inherited: Option<String>,
    /// Values that are often wanted.
    pub suggestions: Vec<String>,
    /// How it is filled in.
    pub control: Control,
}

/// How a value is filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Control {
    /// A text.
    Text {
        /// The rule it follows.
        wants: Option<String>,
    },
    /// One of these words.
    Choice {
        /// The words.
        words: Vec<String>,
    },
    /// True or false.
    Truth,
    /// A whole number.
    Number {
        /// At least.
        least: Option<i32>,
        /// At most.
        most: Option<i32>,
    },
    /// Several values.
    List {
        /// Of this kind.
        item: Box<Control>,
    },
    /// Names with values.
    Table {
        /// The rule that names follow.
        names: Option<String>,
        /// Values of this kind.
        value: Box<Control>,
    },
    /// Fields of its own.
    Group {
        /// They.
        fields: Vec<Field>,
    },
    /// In one of several forms.
    Either {
        /// The forms.
        variants: Vec<Variant>,
    },
    /// One of the kinds of events.
    Kinds {
        /// The kinds, with the line about each.
        kinds: Vec<Field>,
    },
    /// Anything, as YAML.
    Yaml,
}

/// A form that a value can take.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Variant {
    /// Its name.
    pub label: String,
    /// How it is filled in.
    pub control: Control,
}

/// Groups in groups beyond this are written as YAML: nobody fills in a form of seven levels.
const MOST_DEPTH: usize = 5;

/// How a value of a shape is filled in.
pub(super) fn control(shape: &Shape, depth: usize) -> Control {
    match shape {
        _ if depth > MOST_DEPTH => Control::Yaml,
        Shape::Text => Control::Text { wants: None },
        Shape::TextBy(rule) => Control::Text {
            wants: Some(rule.wants.to_owned()),
        },
        Shape::Word(words) | Shape::WordAnyCase(words) => Control::Choice {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        },
        Shape::WholeOf(numbers) => Control::Choice {
            words: numbers.iter().map(ToString::to_string).collect(),
        },
        Shape::Truth => Control::Truth,
        Shape::Whole(least, most) => Control::Number {
            least: i32::try_from(*least).ok(),
            most: i32::try_from(*most).ok(),
        },
        Shape::List(item) => Control::List {
            item: Box::new(control(item, depth + 1)),
        },
        Shape::Keys(keys, required) => Control::Group {
            fields: group(keys, required, depth + 1),
        },
        Shape::Named(value) => Control::Table {
            names: None,
            value: Box::new(control(value, depth + 1)),
        },
        Shape::NamedBy(rule, value) => Control::Table {
            names: Some(rule.wants.to_owned()),
            value: Box::new(control(value, depth + 1)),
        },
        Shape::Either(shapes) => either(shapes, depth),
        Shape::Event(keys) => Control::Kinds { kinds: kinds(keys) },
        _ => Control::Yaml,
    }
}

/// The fields of keys that do something: required ones first, each sort in the order of the table.
fn group(keys: &[Key], required: &[&str], depth: usize) -> Vec<Field> {
    let known = |key: &&Key| key.status == Status::Supported && key.deprecated.is_none();
    let mut fields: Vec<Field> = keys
        .iter()
        .filter(known)
        .map(|key| Field {
            required: required.contains(&key.name),
            control: control(&key.shape, depth),
            ..Field::new(key.name, key.doc)
        })
        .collect();
    fields.sort_by_key(|field| !field.required);
    fields
}

/// The kinds of events, without the fields of each.
fn kinds(keys: &[Key]) -> Vec<Field> {
    let known = |key: &&Key| key.status == Status::Supported && key.deprecated.is_none();
    let known = keys.iter().filter(known);
    known.map(|key| Field::new(key.name, key.doc)).collect()
}

fn either(shapes: &[Shape], depth: usize) -> Control {
    let mut variants: Vec<Variant> = Vec::new();
    for shape in shapes {
        let control = control(shape, depth);
        let label = label(&control).to_owned();
        if !variants.iter().any(|known| known.label == label) {
            variants.push(Variant { label, control });
        }
    }
    let only = variants.len() == 1;
    match variants.pop() {
        Some(one) if only => one.control,
        Some(last) => {
            variants.push(last);
            Control::Either { variants }
        }
        None => Control::Yaml,
    }
}

/// What a form of a value is called.
const fn label(control: &Control) -> &'static str {
    match control {
        Control::Text { .. } => "Text",
        Control::Choice { .. } => "Choice",
        Control::Truth => "Yes or no",
        Control::Number { .. } => "Number",
        Control::List { .. } => "List",
        Control::Table { .. } => "Names and values",
        Control::Group { .. } => "Settings",
        Control::Either { .. } => "Other",
        Control::Kinds { .. } => "Event",
        Control::Yaml => "YAML",
    }
}

impl Field {
    pub(super) fn new(name: &str, doc: &str) -> Self {
        Self {
            name: name.to_owned(),
            doc: doc.to_owned(),
            required: false,
            inherited: None,
            suggestions: Vec::new(),
            control: Control::Yaml,
        }
    }
}

/// The properties of a type of AWS's list.
pub(super) fn properties(kind: &str) -> Control {
    let fields: Vec<Field> = properties_of(kind)
        .into_iter()
        .map(|property| Field {
            required: property.is_required,
            control: match property.form {
                PropertyForm::Text => Control::Text { wants: None },
                PropertyForm::Number => Control::Number {
                    least: None,
                    most: None,
                },
                PropertyForm::Truth => Control::Truth,
                _ => Control::Yaml,
            },
            ..Field::new(property.name, "")
        })
        .collect();
    if fields.is_empty() {
        Control::Yaml
    } else {
        Control::Group { fields }
    }
}
