//! Reads values of a tree, and says which cannot be read.

use indexmap::IndexMap;
use pilothouse_model::{Code, Diagnostic};
use serde_json::Value;

use crate::document::{Content, Node};
use crate::nearest;
use crate::schema::is_function;

/// A place in the tree.
#[derive(Debug, Clone)]
pub(super) struct At<'n> {
    pub(super) node: &'n Node,
    /// Its configuration path.
    pub(super) path: String,
}

impl<'n> At<'n> {
    pub(super) const fn root(node: &'n Node) -> Self {
        Self {
            node,
            path: String::new(),
        }
    }

    /// The value under a name, unless it is absent or nothing.
    pub(super) fn get(&self, name: &str) -> Option<At<'n>> {
        let node = self.node.get(name).filter(|node| !node.is_null())?;
        Some(At {
            node,
            path: self.join(name),
        })
    }

    pub(super) fn join(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }
}

/// Collects what cannot be read.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) found: Vec<Diagnostic>,
    /// The keys of the service's functions, which other values may name.
    pub(super) functions: Vec<String>,
}

impl Reader {
    pub(super) fn of(root: &At<'_>) -> Self {
        let functions = root.node.get("functions").and_then(Node::as_mapping);
        let functions = functions.into_iter().flatten();
        Self {
            found: Vec::new(),
            functions: functions
                .filter(|(_, entry)| !entry.node.is_null())
                .map(|(name, _)| name.clone())
                .collect(),
        }
    }

    /// Whether a function of the service is named; says so where it is not.
    pub(super) fn is_function_of_service(&mut self, at: &At<'_>, name: &str) -> bool {
        let known = self.functions.iter().any(|key| key == name);
        if !known {
            let near = nearest::of(name, self.functions.iter().map(String::as_str));
            let hint = near.map_or_else(
                || "Name one of `functions`, or write an ARN".to_owned(),
                |near| format!("Did you mean `{near}`?"),
            );
            self.found.push(
                Diagnostic::error(
                    Code::ConfigConflict,
                    format!("`{}`: the service has no function `{name}`", at.path),
                )
                .at(at.node.span.clone())
                .path(at.path.clone())
                .hint(hint),
            );
        }
        known
    }

    /// What is wrong with a value that can be read.
    pub(super) fn conflict(&mut self, at: &At<'_>, message: String, hint: &str) {
        self.found.push(
            Diagnostic::error(Code::ConfigConflict, message)
                .at(at.node.span.clone())
                .path(at.path.clone())
                .hint(hint),
        );
    }

    /// What has no effect, or another than one would think.
    pub(super) fn warn(&mut self, at: &At<'_>, message: String, hint: &str) {
        self.found.push(
            Diagnostic::warning(Code::ConfigConflict, message)
                .at(at.node.span.clone())
                .path(at.path.clone())
                .hint(hint),
        );
    }

    pub(super) fn refuse(&mut self, at: &At<'_>, wants: &str) {
        let is = match at.node.to_text() {
            Some(text) if text.chars().count() <= 60 => format!("`{text}`"),
            _ => at.node.kind().to_owned(),
        };
        self.found.push(
            Diagnostic::error(
                Code::ConfigBadValue,
                format!("`{}` must be {wants}, not {is}", at.path),
            )
            .at(at.node.span.clone())
            .path(at.path.clone())
            .reason(format!("must be {wants}")),
        );
    }

    pub(super) fn not_yet(&mut self, at: &At<'_>, what: &str, hint: &str) {
        self.found.push(
            Diagnostic::error(
                Code::NotYetSupported,
                format!("`{}`: {what} is not supported yet", at.path),
            )
            .at(at.node.span.clone())
            .path(at.path.clone())
            .hint(hint),
        );
    }

    pub(super) fn text(&mut self, at: Option<At<'_>>) -> Option<String> {
        let at = at?;
        let text = at.node.to_text();
        if text.is_none() {
            self.refuse(&at, "a text");
        }
        text
    }

    /// A text that says something: an empty one counts as none.
    pub(super) fn words(&mut self, at: Option<At<'_>>) -> Option<String> {
        self.text(at).filter(|text| !text.is_empty())
    }

    pub(super) fn truth(&mut self, at: Option<At<'_>>) -> Option<bool> {
        let at = at?;
        match &at.node.content {
            Content::Bool(truth) => Some(*truth),
            _ => {
                self.refuse(&at, "true or false");
                None
            }
        }
    }

    pub(super) fn whole(&mut self, at: Option<At<'_>>) -> Option<u32> {
        let at = at?;
        let number = match &at.node.content {
            Content::Number(number) => number.as_u64().and_then(|n| u32::try_from(n).ok()),
            _ => None,
        };
        if number.is_none() {
            if is_function(at.node) {
                self.not_yet(
                    &at,
                    "a CloudFormation function here",
                    "Write the number itself",
                );
            } else {
                self.refuse(&at, "a whole number, zero or more");
            }
        }
        number
    }

    /// The items of a list; one text stands for a list of one.
    pub(super) fn items<'n>(&mut self, at: Option<At<'n>>) -> Vec<At<'n>> {
        let Some(at) = at else { return Vec::new() };
        match &at.node.content {
            Content::Sequence(nodes) => nodes
                .iter()
                .enumerate()
                .filter(|(_, node)| !node.is_null())
                .map(|(index, node)| At {
                    node,
                    path: at.join(&index.to_string()),
                })
                .collect(),
            Content::Text(_) => vec![at],
            _ => {
                self.refuse(&at, "a list");
                Vec::new()
            }
        }
    }

    pub(super) fn texts(&mut self, at: Option<At<'_>>) -> Vec<String> {
        let items = self.items(at);
        items
            .into_iter()
            .filter_map(|item| self.text(Some(item)))
            .collect()
    }

    /// A list of texts, none when it is absent.
    pub(super) fn texts_if(&mut self, at: Option<At<'_>>) -> Option<Vec<String>> {
        at.map(|at| self.texts(Some(at)))
    }

    pub(super) fn entries<'n>(&mut self, at: Option<At<'n>>) -> Vec<(String, At<'n>)> {
        let Some(at) = at else { return Vec::new() };
        let Some(entries) = at.node.as_mapping() else {
            self.refuse(&at, "a mapping");
            return Vec::new();
        };
        entries
            .iter()
            .map(|(name, entry)| {
                let path = at.join(name);
                (
                    name.clone(),
                    At {
                        node: &entry.node,
                        path,
                    },
                )
            })
            .collect()
    }

    pub(super) fn texts_by_name(&mut self, at: Option<At<'_>>) -> IndexMap<String, String> {
        let entries = self.entries(at);
        entries
            .into_iter()
            .filter(|(_, at)| !at.node.is_null())
            .filter_map(|(name, at)| Some((name, self.text(Some(at))?)))
            .collect()
    }

    /// A list of texts and CloudFormation functions.
    pub(super) fn texts_or_functions(&mut self, at: Option<At<'_>>) -> Vec<Value> {
        let items = self.items(at);
        items
            .into_iter()
            .filter_map(|item| self.text_or_function(Some(item)))
            .collect()
    }

    /// A text, or a CloudFormation function.
    pub(super) fn text_or_function(&mut self, at: Option<At<'_>>) -> Option<Value> {
        let at = at?;
        if at.node.to_text().is_none() && !is_function(at.node) {
            self.refuse(&at, "a text or a CloudFormation function");
            return None;
        }
        Some(at.node.to_json())
    }
}
