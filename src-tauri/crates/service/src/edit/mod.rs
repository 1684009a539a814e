//! Edits of a configuration's text by path that leave everything else byte for byte: comments, order, quotes, anchors,
//! line breaks.
//!
//! An edit is split into small changes (`steps`), each cut into the text along the places of its tree (`layout`,
//! `block`, `flow`). After each one the text is read again and compared with what the change should make of the
//! value (`verify`): an edit is either exact or refused with the place and the reason, never something else.

mod block;
mod find;
mod flow;
mod layout;
mod lines;
mod path;
mod remove;
mod render;
mod scalar;
mod steps;
mod style;
mod trace;
mod verify;

#[cfg(test)]
mod tests;

use pilothouse_model::{Code, Diagnostic, SourceId, Span};
use serde_json::Value;

use crate::document::{self, Syntax};
use find::Found;
use layout::{Kind, Layout};
use style::Style;

pub use path::{parse as parse_path, said as say_path};

/// One change of a configuration. A path is names and numbers of list items from the top of the file.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// The value at a path becomes this one; what differs is changed and what is equal stays as it is written.
    Set {
        /// Where; missing mappings on the way are made.
        path: Vec<String>,
        /// What.
        value: Value,
    },
    /// The entry or item goes.
    Remove {
        /// Which.
        path: Vec<String>,
    },
    /// The entry gets another name, and keeps its place.
    Rename {
        /// Which.
        path: Vec<String>,
        /// Its new name.
        to: String,
    },
    /// A list gets one more item.
    Insert {
        /// The list; made when missing.
        path: Vec<String>,
        /// Before which item; at the end when absent.
        at: Option<usize>,
        /// The item.
        value: Value,
    },
    /// An item of a list goes to another place in it.
    Move {
        /// The list.
        path: Vec<String>,
        /// Which item.
        from: usize,
        /// Its number afterwards.
        to: usize,
    },
}

impl Edit {
    /// Where it acts.
    pub fn path(&self) -> &[String] {
        match self {
            Self::Set { path, .. }
            | Self::Remove { path }
            | Self::Rename { path, .. }
            | Self::Insert { path, .. }
            | Self::Move { path, .. } => path,
        }
    }

    /// The same edit at another path.
    #[must_use]
    pub fn at(mut self, new: Vec<String>) -> Self {
        match &mut self {
            Self::Set { path, .. }
            | Self::Remove { path }
            | Self::Rename { path, .. }
            | Self::Insert { path, .. }
            | Self::Move { path, .. } => *path = new,
        }
        self
    }
}

/// What becomes of a value that several places share through an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sharing {
    /// It is refused to change it.
    #[default]
    Refuse,
    /// It is changed for all of them.
    All,
    /// This place gets a copy of its own, which is changed.
    Detach,
}

/// The text to edit.
#[derive(Debug, Clone, Copy)]
pub struct Editable<'a> {
    /// The name of the file; its ending chooses YAML or JSON.
    pub source: &'a SourceId,
    /// Its text.
    pub text: &'a str,
    /// What becomes of shared values.
    pub sharing: Sharing,
}

/// Why an edit was not made.
#[derive(Debug, Clone, PartialEq)]
pub enum Stop {
    /// The reason, with the place.
    Refused(Box<Diagnostic>),
    /// The value comes from another file: make the edit there.
    Elsewhere {
        /// The file, as written in `${file(...)}`.
        file: String,
        /// The path in it.
        path: Vec<String>,
        /// Where this is written.
        place: Span,
    },
}

/// The text with an edit made.
///
/// # Errors
/// With the reason when it cannot be made exactly, or the other file that it must be made in.
pub fn apply(editable: &Editable<'_>, edit: &Edit) -> Result<String, Stop> {
    let (mark, text) = match editable.text.strip_prefix('\u{FEFF}') {
        Some(rest) => ("\u{FEFF}", rest),
        None => ("", editable.text),
    };
    let without_mark = Editable { text, ..*editable };
    let done = changed(&without_mark, edit)?;
    Ok(format!("{mark}{done}"))
}

fn changed(editable: &Editable<'_>, edit: &Edit) -> Result<String, Stop> {
    let page = Page::read(editable.source, editable.text)?;
    let mut edit = edit.clone();
    let mut text = editable.text.to_owned();
    let mut page = page;
    // A place behind an alias is found through its anchor; each turn resolves one.
    for _ in 0..MOST_HOPS {
        match find::place(&page, &edit, editable.sharing)? {
            Found::Here(path) => {
                let edit = edit.at(path);
                for step in steps::of(&page, &edit, editable.sharing)? {
                    let made = step.make(&page)?;
                    page = verify::same(&page, &made, &step)?;
                    text = made;
                }
                return Ok(text);
            }
            Found::AtAnchor(path) => edit = edit.at(path),
            Found::Detach(path) => {
                let step = steps::detach(&page, path)?;
                let made = step.make(&page)?;
                page = verify::same(&page, &made, &step)?;
                text = made;
            }
        }
    }
    Err(page.refuse(0, 0, "the anchors of this value lead too far"))
}

const MOST_HOPS: usize = 16;

/// The value of a text at a path as it is written: aliases and merges expanded, variables as they stand.
///
/// # Errors
/// When the text is not valid, or the value comes from another file.
pub fn value(source: &SourceId, text: &str, path: &[String]) -> Result<Option<Value>, Stop> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let page = Page::read(source, text)?;
    if let Some(stop) = find::elsewhere(&page, path) {
        return Err(stop);
    }
    let mut value = page.root.value(&page.root);
    for name in path {
        let next = match &mut value {
            Value::Object(entries) => entries.get_mut(name).map(Value::take),
            Value::Array(items) => {
                let at = name.parse::<usize>().ok();
                at.and_then(|at| items.get_mut(at)).map(Value::take)
            }
            _ => None,
        };
        match next {
            Some(next) => value = next,
            None => return Ok(None),
        }
    }
    Ok(Some(value))
}

/// A value as a text of YAML, in the manner of a new file.
pub fn yaml(value: &Value) -> String {
    let style = Style {
        unit: 2,
        dash: 2,
        quote: '\'',
        eol: "\n",
        roomy: false,
        tags: true,
        blocks: true,
        json: false,
    };
    if render::is_block(value, &style) {
        render::lines(value, 0, &style)
    } else {
        render::one_line(value, 2, &style)
    }
}

/// The value of a text of YAML.
///
/// # Errors
/// When it is not valid.
pub fn value_of_yaml(text: &str) -> Result<Value, Box<Diagnostic>> {
    let source = SourceId::new("value");
    let node = document::read(&source, text, Syntax::Yaml).map_err(|found| {
        let first = found.0.into_iter().next();
        Box::new(first.unwrap_or_else(|| not_read(&source)))
    })?;
    Ok(node.to_json())
}

/// Where the value at a path is written, for a form to point at.
pub fn place(source: &SourceId, text: &str, path: &[String]) -> Option<Span> {
    let page = Page::read(source, text.strip_prefix('\u{FEFF}').unwrap_or(text)).ok()?;
    let node = page.root.at(path)?;
    Some(Span::new(source.clone(), node.start, node.end))
}

/// A text that was read.
#[derive(Debug)]
struct Page {
    source: SourceId,
    text: String,
    root: Layout,
    style: Style,
}

impl Page {
    fn read(source: &SourceId, text: &str) -> Result<Self, Stop> {
        let syntax = Syntax::of_name(source.as_str());
        document::read(source, text, syntax).map_err(|found| {
            let first = found.0.into_iter().next();
            Stop::Refused(Box::new(first.unwrap_or_else(|| not_read(source))))
        })?;
        let root = trace::trace(source, text, syntax);
        let root = root.ok_or_else(|| Stop::Refused(Box::new(not_read(source))))?;
        let style = Style::of(text, &root, syntax == Syntax::Json);
        Ok(Self {
            source: source.clone(),
            text: text.to_owned(),
            root,
            style,
        })
    }

    /// A refusal at a place.
    fn refuse(&self, start: usize, end: usize, why: &str) -> Stop {
        let place = Span::new(self.source.clone(), start, end.max(start));
        Stop::Refused(Box::new(
            Diagnostic::error(Code::EditRefused, format!("nothing was changed: {why}"))
                .at(place)
                .reason(why)
                .hint("Edit this part of the file as text"),
        ))
    }

    fn missing(&self, path: &[String]) -> Stop {
        Stop::Refused(Box::new(
            Diagnostic::error(
                Code::EditRefused,
                format!("nothing was changed: there is no `{}`", path::said(path)),
            )
            .path(path.join("."))
            .hint("`pilothouse print` shows what there is"),
        ))
    }

    /// The value at a path, and whether it is in brackets.
    fn node(&self, path: &[String]) -> Result<&Layout, Stop> {
        self.root.at(path).ok_or_else(|| self.missing(path))
    }

    fn in_brackets(&self, path: &[String]) -> bool {
        let mut node = Some(&self.root);
        for name in path {
            if node.is_some_and(Layout::is_flow) {
                return true;
            }
            node = node.and_then(|node| node.step(name));
        }
        false
    }
}

fn not_read(source: &SourceId) -> Diagnostic {
    Diagnostic::error(
        Code::EditRefused,
        format!("nothing was changed: `{source}` is written in a way that is not edited by form"),
    )
    .reason("it has names that begin with `?`, or names without a value in brackets")
    .hint("Edit the file as text")
}

/// Whether a value may be gone into.
fn opens(node: &Layout) -> bool {
    node.tag.is_none() && matches!(node.kind, Kind::Entries { .. } | Kind::Items { .. })
}
