//! What the editor of texts is told while one writes. Places in the edited text are counted as the page counts them:
//! in UTF-16 units from its beginning.

use serde::Serialize;
use specta::Type;

use super::Finding;

/// What was found of a text, errors first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Checked {
    /// Everything, also in other files.
    pub findings: Vec<Diagnosis>,
}

/// A finding with its place in the edited text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Diagnosis {
    /// What is wrong.
    pub finding: Finding,
    /// Where in the edited text; nowhere when it is about another file or about no place.
    pub range: Option<TextRange>,
    /// The change of the edited text that puts it right.
    pub fix: Option<TextFix>,
    /// Other places that matter.
    pub related: Vec<RelatedPlace>,
}

/// A part of the edited text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TextRange {
    /// The first unit.
    pub from: u32,
    /// The first unit behind it.
    pub to: u32,
}

/// A change of the edited text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TextFix {
    /// What it does, for a button.
    pub title: String,
    /// What goes.
    pub range: TextRange,
    /// What comes instead.
    pub text: String,
}

/// Another place that matters for a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RelatedPlace {
    /// The file.
    pub file: String,
    /// From one.
    pub line: u32,
    /// What it has to do with it.
    pub words: String,
}

/// What may be written at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Suggestions {
    /// What is written over.
    pub range: TextRange,
    /// The suggestions, the likeliest first.
    pub all: Vec<Suggestion>,
}

/// Something that may be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// What is shown and searched.
    pub label: String,
    /// What it is.
    pub kind: SuggestionKind,
    /// What may stand there, in a few words.
    pub detail: String,
    /// What it is for.
    pub doc: String,
    /// What is written.
    pub insert: String,
}

/// What kind of thing is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SuggestionKind {
    /// A key.
    Key,
    /// A value.
    Value,
    /// A source of variables, or a part of one.
    Variable,
    /// Something that the project names itself.
    Name,
    /// A file of the project.
    File,
}

/// What is known of a place of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Meaning {
    /// What of the text it is about.
    pub range: TextRange,
    /// The configuration path.
    pub path: String,
    /// What is known of the key.
    pub key: Option<KeyDocumentation>,
    /// What the variables of the value come to.
    pub value: Option<ShownValue>,
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeyDocumentation {
    /// What it is for.
    pub doc: String,
    /// What may stand there.
    pub kind: String,
    /// The words that may stand there.
    pub words: Vec<String>,
    /// What is used when it is absent.
    pub default: Option<String>,
    /// How it is written.
    pub example: Option<String>,
    /// Why it is refused, old or without effect.
    pub note: Option<String>,
    /// Whether it must be there.
    pub required: bool,
}

/// The value of variables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ShownValue {
    /// It is this.
    Value {
        /// The value.
        text: String,
    },
    /// It comes from where secrets come from, and is not shown.
    Hidden,
    /// It has none here.
    Unknown,
}
