//! A plan, as the window shows it.

use serde::Serialize;
use specta::Type;

use super::{Finding, Identity, Origin, Target};

/// What a deploy will do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanView {
    /// Names it in calls, as long as it is neither executed nor discarded.
    pub id: String,
    /// Must be sent back to execute it; good for one time and for what is shown here only.
    pub token: String,
    /// The project.
    pub project: String,
    /// The service's name.
    pub service: String,
    /// The stage.
    pub stage: String,
    /// Whether this stage is production, by its name.
    pub production: bool,
    /// The stack's name.
    pub stack: String,
    /// Where to.
    pub target: Target,
    /// As whom.
    pub identity: Identity,
    /// How it will be done.
    pub course: CourseKind,
    /// What it does, in one sentence.
    pub summary: String,
    /// How many rows of each kind.
    pub counts: Counts,
    /// The rows: replaced, perhaps replaced, removed, let go, changed, added; within a kind by name.
    pub rows: Vec<PlanRow>,
    /// How full each stack will be: the stack itself, and its nested ones.
    pub sizes: Vec<StackSize>,
    /// What the sandbox cannot simulate and is left out there.
    pub not_simulated: Vec<NotSimulated>,
    /// The archives.
    pub archives: Vec<Archive>,
    /// Files that the patterns ask for and that are never packed.
    pub left_out: Vec<LeftOut>,
    /// What is worth knowing about the project's files.
    pub findings: Vec<Finding>,
    /// When it was made.
    pub planned_at: String,
    /// How long the same usually took, in milliseconds, by the journal.
    pub usual_millis: Option<u32>,
    /// The command that does the same.
    pub command: String,
    /// Whether what was made stays when it fails.
    pub rollback_off: bool,
    /// The name of the folder of what was packaged before, when that is deployed.
    pub from_package: Option<String>,
    /// That files of synced folders are left as they are, in words, when that was asked for.
    pub unsynced: Option<String>,
}

/// How full a stack is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StackSize {
    /// The stack's name; of a nested one its logical id.
    pub name: String,
    /// How many resources it will have.
    pub resources: u32,
    /// How many it can have.
    pub most: u32,
}

/// How a plan is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CourseKind {
    /// There is nothing to do.
    Nothing,
    /// Only code changed: functions are given it directly.
    Code,
    /// The stack is made.
    Create,
    /// What a failed first deploy left is deleted, then the stack is made.
    Anew,
    /// The stack is changed.
    Update,
}

/// How many rows of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Made.
    pub added: u32,
    /// Changed in place; functions that only get code count here.
    pub changed: u32,
    /// Perhaps replaced.
    pub may_replace: u32,
    /// Replaced.
    pub replaced: u32,
    /// Deleted.
    pub removed: u32,
    /// Taken out of the stack and left where they are.
    pub let_go: u32,
    /// All of them.
    pub total: u32,
}

/// What happens to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ChangeKind {
    /// A new one takes its place, and it is deleted.
    Replace,
    /// It may be replaced: CloudFormation knows only while doing it.
    MayReplace,
    /// It is deleted.
    Remove,
    /// It leaves the stack and stays where it is.
    LetGo,
    /// It is changed in place.
    Modify,
    /// It gets new code and nothing else.
    Code,
    /// It exists and becomes part of the stack.
    Import,
    /// It is made.
    Add,
}

/// One resource that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanRow {
    /// Its logical id.
    pub logical_id: String,
    /// Its name for people: `hello`, `GET /hello`, `POST /orders/{id}`.
    pub name: String,
    /// Such as `AWS::Lambda::Function`.
    pub resource_type: String,
    /// For people: `Lambda function`.
    pub type_words: String,
    /// The nested stack that it is in; none for the stack itself.
    pub stack: Option<String>,
    /// Its id in its service, when it exists.
    pub physical_id: Option<String>,
    /// What happens to it.
    pub change: ChangeKind,
    /// It holds data or addresses that are lost with it: a table, a bucket, a database, a pool of users.
    pub holds_data: bool,
    /// Whether it depends on a condition that only CloudFormation can evaluate.
    pub conditional: bool,
    /// What changes in it; for what is made, what it is made with.
    pub properties: Vec<PropertyRow>,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// How long this usually takes, in milliseconds, by the journal.
    pub usual_millis: Option<u32>,
}

/// A property that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PropertyRow {
    /// Where in the resource, such as `MemorySize`.
    pub path: String,
    /// What it was, when it can be shown.
    pub before: Option<String>,
    /// What it will be, when it can be shown.
    pub after: Option<String>,
}

/// A resource that the sandbox cannot simulate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NotSimulated {
    /// Its logical id.
    pub logical_id: String,
    /// Its type.
    pub resource_type: String,
    /// For people.
    pub type_words: String,
    /// The left-out resource that it refers to, when that is why.
    pub because_of: Option<String>,
}

/// An archive of code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Archive {
    /// Its name.
    pub name: String,
    /// Its SHA-256, hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u32,
    /// How many files it holds; none when it was ready-made.
    pub files: Option<u32>,
    /// The functions that run it, by their keys.
    pub functions: Vec<String>,
}

/// A file that is never packed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// The file or folder in the project.
    pub path: String,
    /// Why.
    pub why: String,
    /// The pattern that packs it all the same.
    pub allowed_by: Option<String>,
}
