//! What is wrong with what the user wrote: data, many at once, each with a place and a way out.

use crate::{Code, Span};

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The work goes on; the user should know.
    Warning,
    /// The work cannot go on.
    Error,
}

/// A change of the text that puts a finding right, where there is one that is surely meant or easily seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// Write this name or value at a place, in the quotes that stand there.
    Write {
        /// What is written over.
        at: Span,
        /// What to write, without quotes.
        text: String,
    },
    /// Take out a key with its value.
    Remove {
        /// From the beginning of the key to the end of the value.
        at: Span,
    },
}

/// One finding about the user's project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable id, for documentation and tests.
    pub code: Code,
    /// Whether the work can go on.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where, when it has a place in a file.
    pub span: Option<Span>,
    /// The configuration path, such as `functions.hello.memorySize`.
    pub path: Option<String>,
    /// Why it is wrong, shown at the place.
    pub reason: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// The change that puts it right, when it can be made for the user.
    pub fix: Option<Fix>,
    /// Other places that matter: the links of a chain of references, the first of two duplicates.
    pub related: Vec<(Span, String)>,
}

impl Diagnostic {
    /// A finding that stops the work.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message.into())
    }

    /// A finding that does not stop the work.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message.into())
    }

    fn new(code: Code, severity: Severity, message: String) -> Self {
        Self {
            code,
            severity,
            message,
            span: None,
            path: None,
            reason: None,
            hint: None,
            fix: None,
            related: Vec::new(),
        }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Says at which configuration path.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Says why.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Offers the change that puts it right.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

/// All findings of one pass, in the order found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether any finding stops the work.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, iter: T) {
        self.0.extend(iter);
    }
}
