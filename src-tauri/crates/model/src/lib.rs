//! The words all rooms of Pilothouse share: paths, spans, diagnostics, error codes, digests, templates.
//!
//! Pure and a leaf: it depends on no other room, does no I/O and knows no clock. It is not a place for
//! behaviour; a word belongs here only when two rooms that may not see each other must both say it.
#![deny(missing_docs)]

mod code;
mod diagnostic;
mod digest;
mod plan;
mod progress;
mod project_path;
mod secret;
mod span;
mod template;

pub use code::Code;
pub use diagnostic::{Diagnostic, Diagnostics, Fix, Severity};
pub use digest::Digest;
pub use plan::{
    ArchiveMark, Change, CodeChange, Course, Fingerprint, LeftOutResource, OldVersions,
    PLAN_FORMAT, Plan, PlanRow, PlannedProject, PlannedTarget, PropertyChange, StackMark,
    StackSize, SyncedFile, SyncedFolder,
};
pub use progress::{Outcome, Progress, StackEventRecord, Stage, UnknownWord, Verb};
pub use project_path::{PathProblem, ProjectPath};
pub use secret::Secret;
pub use span::{Position, SourceId, Sources, Span, first_line};
pub use template::Template;
