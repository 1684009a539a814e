//! Something that takes a while, as a numbered history that can be read from any number on.

use serde::Serialize;
use specta::Type;

use super::{
    MemberState, PlanView, Problem, Release, RemovalView, SandboxView, SeveralPlan, SeveralRemoval,
    SeveralTask, Target,
};

/// A task as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TaskView {
    /// Names it in calls.
    pub id: String,
    /// What it does.
    pub kind: TaskKind,
    /// What it does to what: `Deploy 4 changes to dev`.
    pub title: String,
    /// The project, when it has one.
    pub project: Option<String>,
    /// The plan that it executes, as it was shown, so that its page can be drawn again after a reload.
    pub plan: Option<PlanView>,
    /// The services that it works on, when they are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[specta(optional)]
    pub several: Option<Box<SeveralTask>>,
    /// Where, when it acts on a cloud.
    pub target: Option<Target>,
    /// When it began.
    pub began: String,
    /// How it stands.
    pub state: TaskState,
    /// When it ended.
    pub ended: Option<String>,
    /// What it is doing now, in words.
    pub now: String,
    /// The number of its newest event.
    pub last: u32,
    /// Whether it can be cancelled, and what that means, in a sentence.
    pub cancel: Option<String>,
}

/// What a task does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TaskKind {
    /// Works out a plan.
    Plan,
    /// Executes one.
    Deploy,
    /// Works out a removal.
    PlanRemoval,
    /// Takes a stack away.
    Remove,
    /// Works out a plan for several services.
    PlanSeveral,
    /// Deploys several services.
    DeploySeveral,
    /// Works out a removal of several services.
    PlanRemovalOfSeveral,
    /// Takes the stacks of several services away.
    RemoveSeveral,
    /// Brings the sandbox up.
    SandboxUp,
    /// Takes the sandbox down.
    SandboxDown,
    /// Empties the sandbox.
    SandboxReset,
}

/// How a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TaskState {
    /// It runs.
    Running,
    /// It was asked to stop and has not stopped yet.
    Cancelling,
    /// It ended as it was meant.
    Done,
    /// It failed.
    Failed,
    /// It was cancelled.
    Cancelled,
}

/// Several events at once, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct TaskBatch {
    /// The task.
    pub task: String,
    /// The events.
    pub events: Vec<TaskEvent>,
}

/// One event of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct TaskEvent {
    /// From one, without gaps.
    pub seq: u32,
    /// When.
    pub at: String,
    /// What happened.
    pub step: Step,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Step {
    /// A stage began.
    Stage {
        /// Which.
        stage: Stage,
        /// For people: `Uploading 2 files`.
        words: String,
    },
    /// Something about the sandbox, in words: `Fetching boto3 (3 of 12)`.
    Sandbox {
        /// What.
        words: String,
        /// How much of it is done, when that is known: parts of `of`.
        done: Option<u32>,
        /// How much there is.
        of: Option<u32>,
    },
    /// Something happened to a resource of the stack.
    Resource {
        /// Its logical id; the stack's name for the stack itself.
        logical_id: String,
        /// Its type.
        resource_type: String,
        /// For people.
        type_words: String,
        /// Whether it is the stack itself.
        is_stack: bool,
        /// How it stands.
        state: ResourceState,
        /// In CloudFormation's word.
        status: String,
        /// Why, in the service's own words.
        reason: Option<String>,
    },
    /// A file lies in the bucket.
    Uploaded {
        /// Its name.
        name: String,
        /// Whether it was copied from an earlier release inside the bucket.
        copied: bool,
    },
    /// A function runs its new code.
    CodeUpdated {
        /// Its name at AWS.
        function: String,
    },
    /// Something worth knowing that stops nothing.
    Note {
        /// What.
        words: String,
    },
    /// Something happened to one of several services.
    Of {
        /// Which.
        service: String,
        /// What.
        step: Box<Step>,
    },
    /// One of several services moved on.
    Service {
        /// Which.
        service: String,
        /// To what.
        state: MemberState,
        /// The service because of which it is not begun.
        because: Option<String>,
        /// Why it failed.
        problem: Option<Box<Problem>>,
        /// What stands now.
        release: Option<Box<Release>>,
        /// Resources that were left where they are, of a stack that is gone; none when there was no such stack.
        kept: Option<Vec<String>>,
    },
    /// One of several services has a plan that removes or replaces what was not shown, and waits for an answer.
    Question {
        /// Names it in calls.
        question: String,
        /// Which service.
        service: String,
        /// What would be done.
        plan: Box<PlanView>,
        /// The stage, when it must be typed to go on.
        typed: Option<String>,
    },
    /// A question is settled.
    Answered {
        /// Which.
        question: String,
        /// Whether it goes on.
        goes_on: bool,
    },
    /// The user asked to stop.
    CancelRequested {
        /// What that means.
        words: String,
    },
    /// It is over. Nothing follows.
    Ended {
        /// How.
        ended: Box<Ended>,
    },
}

/// The stages of a deploy or a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// Reading and packing the project.
    Packaging,
    /// Asking who we are and how things stand.
    Looking,
    /// Having CloudFormation work out what changes.
    Planning,
    /// Deleting what a failed first deploy left.
    Clearing,
    /// Making the stack with its bucket.
    Creating,
    /// Putting files into the bucket.
    Uploading,
    /// CloudFormation changes the stack.
    Updating,
    /// Functions are given their code.
    Coding,
    /// Emptying the bucket.
    Emptying,
    /// CloudFormation deletes the stack.
    Deleting,
}

/// How a resource stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ResourceState {
    /// It is being made, changed or deleted.
    Working,
    /// It is as it should be.
    Done,
    /// It is gone, as it should be.
    Deleted,
    /// It failed by itself.
    Failed,
    /// It was stopped because another failed.
    Cancelled,
    /// It is being set back.
    RollingBack,
    /// It is as it was before.
    RolledBack,
    /// It was left where it is.
    Kept,
}

/// How a task ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Ended {
    /// As it was meant.
    Done {
        /// What came of it.
        result: TaskResult,
    },
    /// It failed.
    Failed {
        /// Why.
        problem: Problem,
    },
    /// It was cancelled.
    Cancelled {
        /// What stands now, and what to do.
        problem: Problem,
    },
}

/// What came of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum TaskResult {
    /// A plan.
    Plan {
        /// It.
        plan: Box<PlanView>,
    },
    /// A release.
    Release {
        /// It.
        release: Box<Release>,
    },
    /// A plan for several services.
    SeveralPlan {
        /// It.
        plan: Box<SeveralPlan>,
    },
    /// A removal of several services that can be executed.
    SeveralRemoval {
        /// It.
        removal: Box<SeveralRemoval>,
    },
    /// All of several services stand, or are gone, as wanted; what became of each was told.
    Services,
    /// A removal that can be executed.
    Removal {
        /// It.
        removal: Box<RemovalView>,
    },
    /// A stack was taken away.
    Removed {
        /// Its name.
        stack: String,
        /// How many objects were deleted from its bucket.
        objects: u32,
        /// Resources that were left where they are.
        kept: Vec<String>,
    },
    /// The sandbox.
    Sandbox {
        /// How it stands now.
        sandbox: Box<SandboxView>,
    },
}
