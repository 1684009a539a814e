//! A text of a policy: known, a number or truth value that stands for its text, or what CloudFormation fills in later.

use std::borrow::Cow;

use serde_json::Value;

/// One text of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// Written out.
    Known(String),
    /// A number or truth value of a condition, kept as it was written.
    Plain(Value),
    /// A function of CloudFormation (`Ref`, `Fn::...`) whose value is not known here.
    Unresolved(Value),
}

impl Text {
    /// The text, when it is known.
    pub fn known(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Known(text) => Some(Cow::Borrowed(text)),
            Self::Plain(value) => Some(Cow::Owned(value.to_string())),
            Self::Unresolved(_) => None,
        }
    }

    /// As it stands in JSON.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Known(text) => Value::from(text.as_str()),
            Self::Plain(value) | Self::Unresolved(value) => value.clone(),
        }
    }

    /// As it is said in a sentence; what is not known is named by its function.
    pub fn in_words(&self) -> String {
        match self {
            Self::Known(text) => text.clone(),
            Self::Plain(value) => value.to_string(),
            Self::Unresolved(value) => format!("what CloudFormation fills in for {value}"),
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Known(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Known(text)
    }
}

/// Whether a JSON value is a function of CloudFormation.
pub(crate) fn is_intrinsic(value: &Value) -> bool {
    let Some(entries) = value.as_object() else {
        return false;
    };
    let mut names = entries.keys();
    let name = names.next().filter(|_| entries.len() == 1);
    name.is_some_and(|name| name == "Ref" || name.starts_with("Fn::"))
}

/// One text or a list of them, and which of the two was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// The texts, in the order they were written in.
    pub items: Vec<Text>,
    /// Whether it was a list, also one of a single text.
    pub list: bool,
}

impl Texts {
    /// One text, or a list when there are several (or none).
    pub fn of<T: Into<Text>>(items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<Text> = items.into_iter().map(Into::into).collect();
        Self {
            list: items.len() != 1,
            items,
        }
    }

    /// A list, whatever its length.
    pub fn list<T: Into<Text>>(items: impl IntoIterator<Item = T>) -> Self {
        Self {
            list: true,
            items: items.into_iter().map(Into::into).collect(),
        }
    }

    /// As it stands in JSON.
    pub fn to_value(&self) -> Value {
        match self.items.as_slice() {
            [one] if !self.list => one.to_value(),
            many => many.iter().map(Text::to_value).collect(),
        }
    }

    /// The texts, when all of them are known.
    pub fn all_known(&self) -> Option<Vec<String>> {
        let known = self.items.iter().map(Text::known);
        known.map(|text| text.map(Cow::into_owned)).collect()
    }

    /// Whether one of them is this text.
    pub fn holds(&self, text: &str) -> bool {
        self.items
            .iter()
            .any(|item| item.known().is_some_and(|known| known == text))
    }
}
