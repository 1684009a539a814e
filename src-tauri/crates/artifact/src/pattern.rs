//! One pattern of `package.patterns`, compiled.
//!
//! The language is the peer's (micromatch with dot files matched): `*` and `?` within a folder, `**` as a
//! whole part across folders, `[a-z]`, `{a,b}`, `(a|b)` and the extended `@( )`, `+( )`, `*( )`, `?( )`.
//! Compiled to a regular expression that runs in linear time, so that no pattern of a project can stall us;
//! therefore `!( )`, which needs backtracking, is refused with a reason. Plain paths and `folder/**`, which
//! most patterns are, need no expression.

use regex::{Regex, RegexBuilder};
use thiserror::Error;

use crate::glob::translate;

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PatternProblem {
    /// It has a part that excludes, which is not understood inside a pattern.
    #[error(
        "the pattern `{0}` uses `!(...)`, which is not understood; write a pattern of its own that starts with `!`"
    )]
    Exclusion(String),
    /// It is not well formed.
    #[error("the pattern `{0}` is not well formed")]
    Malformed(String),
}

/// What a pattern matches.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: String,
    shape: Shape,
}

#[derive(Debug, Clone)]
enum Shape {
    /// `**`.
    Everything,
    /// A path without anything special in it.
    Exactly,
    /// `folder/**`: the folder's path.
    Below(String),
    /// Anything else.
    Expression {
        expression: Regex,
        /// What every match starts with.
        start: String,
        /// It ends in `/**`, so that a folder it matches is matched with all below it.
        deep: bool,
    },
}

/// What starts something other than a name; `@`, `+` and `!` do so only before a parenthesis.
const SPECIAL: &[char] = &['*', '?', '[', ']', '{', '}', '(', ')', '|', '\\'];

/// Whether a letter stands for more than itself in a pattern, so that a name that has it needs a backslash before it.
pub fn is_special(letter: char) -> bool {
    letter == '!' || SPECIAL.contains(&letter)
}

impl Pattern {
    /// Compiles a pattern without its leading `!`.
    ///
    /// # Errors
    /// When it is not well formed, or excludes.
    pub fn compile(text: &str) -> Result<Self, PatternProblem> {
        let text = text.strip_prefix("./").unwrap_or(text);
        let shape = if text == "**" || text == "**/*" {
            Shape::Everything
        } else if !text.contains(SPECIAL) {
            Shape::Exactly
        } else if let Some(folder) = text.strip_suffix("/**").filter(|f| !f.contains(SPECIAL)) {
            Shape::Below(folder.to_owned())
        } else {
            expression(text)?
        };
        Ok(Self {
            text: text.to_owned(),
            shape,
        })
    }

    /// Everything below a folder, whatever characters its path has.
    pub(crate) fn below(folder: &str) -> Self {
        Self {
            text: format!("{folder}/**"),
            shape: Shape::Below(folder.to_owned()),
        }
    }

    /// Whether a path matches.
    pub fn matches(&self, path: &str) -> bool {
        match &self.shape {
            Shape::Everything => true,
            Shape::Exactly => path == self.text,
            Shape::Below(folder) => is_within(path, folder),
            // A file may be called `[id].js`: its own name, taken literally, matches too.
            Shape::Expression { expression, .. } => path == self.text || expression.is_match(path),
        }
    }

    /// Whether it names this one file, without leaving anything open.
    pub(crate) fn names(&self, path: &str) -> bool {
        path == self.text
    }

    /// Whether it is written as a path in this folder.
    pub(crate) fn speaks_within(&self, folder: &str) -> bool {
        is_within(&self.text, folder)
    }

    /// Whether every file below the folder is surely matched.
    pub(crate) fn covers(&self, folder: &str) -> bool {
        match &self.shape {
            Shape::Everything => true,
            Shape::Exactly => false,
            Shape::Below(root) => is_within(folder, root),
            Shape::Expression {
                expression, deep, ..
            } => *deep && expression.is_match(folder),
        }
    }

    /// Whether some file below the folder could be matched.
    pub(crate) fn reaches(&self, folder: &str) -> bool {
        let start = match &self.shape {
            Shape::Everything => return true,
            Shape::Exactly => &self.text,
            Shape::Below(root) => root,
            Shape::Expression { start, .. } => start,
        };
        let (start, folder) = (start.as_bytes(), folder.as_bytes());
        // `lib/*.js` reaches `lib`; `lib/**` reaches `lib/inner`; neither reaches `library`.
        match start.strip_prefix(folder) {
            Some(rest) => rest.is_empty() || rest.first() == Some(&b'/'),
            None => folder.starts_with(start),
        }
    }
}

/// Whether the path is the folder or lies in it.
pub(crate) fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn expression(text: &str) -> Result<Shape, PatternProblem> {
    let translated = translate(text).ok_or_else(|| PatternProblem::Exclusion(text.to_owned()))?;
    let expression = RegexBuilder::new(&format!("^(?:{translated})$"))
        .dot_matches_new_line(true)
        .build()
        .map_err(|_| PatternProblem::Malformed(text.to_owned()))?;
    // `a|b` has two beginnings, and what stands before a group may belong to it.
    let start = match text.split_once(SPECIAL) {
        Some((start, _)) if !text.contains(['|', '(']) => start,
        _ => "",
    };
    Ok(Shape::Expression {
        expression,
        start: start.to_owned(),
        deep: text.ends_with("/**"),
    })
}

#[cfg(test)]
#[path = "pattern_tests.rs"]
mod tests;
