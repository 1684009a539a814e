//! What crosses the border between the window and the engine, as types that both sides are checked against.
//!
//! Ids are opaque: the page is given no path, ARN or credential to send back. Times are RFC 3339 texts, counts
//! and milliseconds are `u32`, and nothing here can hold a secret.

mod asked;
mod calls;
mod consent;
mod deployed;
mod editor;
mod error;
mod forms;
mod plan;
mod project;
mod sandbox;
mod secrets;
mod several;
mod start;
mod task;
mod text;

pub use asked::{AskedOutcome, AskedValue};
pub use calls::{Header, HttpAnswer, HttpCall, InvokeAnswer, LogBatch, LogLine, LogsAsked};
pub use consent::AllowedCode;
pub use deployed::{
    Activity, Deployed, EndpointView, Identity, LastChange, LiveView, Release, RemovalView,
    StackResource, Standing,
};
pub use editor::{
    Checked, Diagnosis, KeyDocumentation, Meaning, RelatedPlace, ShownValue, Suggestion,
    SuggestionKind, Suggestions, TextFix, TextRange,
};
pub use error::{FailedResource, Failure, Finding, FindingPlace, Problem};
pub use forms::{EditAsked, FileMark, Proposal, ProposedFile, SharedValues};
pub use pilothouse_api::consent::{CodeText, Program};
pub use pilothouse_api::create::{NewService, Template};
pub use pilothouse_api::doctor::{Fix, Prerequisite, PrerequisiteState};
pub use pilothouse_api::examples::Example;
pub use pilothouse_api::forms::{
    Control, DiffLine, DiffMark, Field, Form, FunctionPart, Named, Outline, Part, Reference,
    ResourceStart, Variant,
};
pub use pilothouse_api::live::{Live, LiveNode, LiveResource, LiveState};
pub use pilothouse_api::parameters::{
    BrokenView, CheckedSecret, CompareRow, CompareSide, Comparison, DifferenceView, ImportRowView,
    ImportView, ImportedView, ParameterDetails, ParameterType, ParameterView, SecretDraft, SetDone,
    TagView, Tier, UnreadPart, VersionView,
};
pub use pilothouse_api::show::{
    Drawing, Edge, EventView, FunctionView, NameValue, Node, NodeKind, Origin, ResourceView,
};
pub use pilothouse_api::sizes::{
    ArchiveView, FunctionSizeView, RestView, SizeKind, SizePart, SizesView,
};
pub use plan::{
    Archive, ChangeKind, Counts, CourseKind, LeftOut, NotSimulated, PlanRow, PlanView, PropertyRow,
    StackSize,
};
pub use project::{Around, ProjectView};
pub use sandbox::{Limit, SandboxRunning, SandboxStanding, SandboxView, Versions};
pub use secrets::{
    CopiedSecret, DeletedSecrets, DeletionPreview, ExportedSecrets, GivenValue, ImportPreview,
    RevealedSecret, SecretsTold, StorePlace,
};
pub use several::{
    Member, MemberAbout, MemberPlan, MemberRemoval, MemberStanding, MemberState, Need, SeveralPlan,
    SeveralRemoval, SeveralTask, SeveralView, TaskMember,
};
pub use start::{Place, Preferences, RecentProject, Start, Target, Theme};
pub use task::{
    Ended, ResourceState, Stage, Step, TaskBatch, TaskEvent, TaskKind, TaskResult, TaskState,
    TaskView,
};
pub use text::{Leaving, Saved, TextFile};

/// A moment as RFC 3339 in UTC with milliseconds.
pub(crate) fn moment(at: std::time::SystemTime) -> String {
    jiff::Timestamp::try_from(at)
        .map(|at| format!("{at:.3}"))
        .unwrap_or_default()
}

/// A count that fits the wire.
pub(crate) fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// Milliseconds that fit the wire.
pub(crate) fn millis(of: std::time::Duration) -> u32 {
    u32::try_from(of.as_millis()).unwrap_or(u32::MAX)
}
