//! CloudFormation, in the words of a deploy.

use std::time::SystemTime;

use indexmap::IndexMap;

use crate::{CloudProblem, Effect};

/// A stack as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stack {
    /// Its ARN: unlike its name, never used again for another stack.
    pub id: String,
    /// Its name.
    pub name: String,
    /// CloudFormation's word for its state, such as `UPDATE_COMPLETE`.
    pub status: String,
    /// Why, when CloudFormation says so.
    pub reason: Option<String>,
    /// Its outputs.
    pub outputs: IndexMap<String, String>,
    /// Its tags.
    pub tags: IndexMap<String, String>,
    /// What it was last changed with.
    pub settings: StackSettings,
}

/// Something that happened to a resource of a stack, or to the stack itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackEvent {
    /// Unique.
    pub id: String,
    /// When.
    pub at: SystemTime,
    /// The resource's logical id; the stack's name for the stack itself.
    pub logical_id: String,
    /// The resource's id in its service, when it has one; the stack's ARN for the stack itself.
    pub physical_id: Option<String>,
    /// Such as `AWS::Lambda::Function`.
    pub kind: String,
    /// Such as `CREATE_IN_PROGRESS`.
    pub status: String,
    /// Why, in the service's own words.
    pub reason: Option<String>,
    /// The token of the call that set it off.
    pub token: Option<String>,
}

/// Which events of a stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Events<'a> {
    /// The newest page: one call, about a hundred events.
    Latest,
    /// Those after the event of that id, every page of them.
    After(&'a str),
    /// Every page.
    All,
}

/// A resource of a stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackResource {
    /// Its logical id.
    pub logical_id: String,
    /// Its id in its service.
    pub physical_id: Option<String>,
    /// Such as `AWS::S3::Bucket`.
    pub kind: String,
    /// Such as `CREATE_COMPLETE`.
    pub status: String,
}

/// Stacks as they stand. A stack is named by its name or, once it exists, better by its ARN.
pub trait Stacks: Send + Sync + std::fmt::Debug {
    /// The stack of that name or ARN; none when there never was one, or (by name) when it was deleted.
    fn describe<'a>(&'a self, stack: &'a str) -> Effect<'a, Result<Option<Stack>, CloudProblem>>;

    /// The names of all stacks that stand, every page.
    fn names(&self) -> Effect<'_, Result<Vec<String>, CloudProblem>>;

    /// Its events, newest first.
    fn events<'a>(
        &'a self,
        stack: &'a str,
        which: Events<'a>,
    ) -> Effect<'a, Result<Vec<StackEvent>, CloudProblem>>;

    /// Its resources, every page.
    fn resources<'a>(
        &'a self,
        stack: &'a str,
    ) -> Effect<'a, Result<Vec<StackResource>, CloudProblem>>;

    /// The template it was last changed with, as it was given; none when there is no such stack.
    fn template<'a>(&'a self, stack: &'a str) -> Effect<'a, Result<Option<String>, CloudProblem>>;

    /// Its policy: what a change may not touch. None when it has none.
    fn policy<'a>(&'a self, stack: &'a str) -> Effect<'a, Result<Option<String>, CloudProblem>>;

    /// Gives it a policy.
    fn set_policy<'a>(
        &'a self,
        stack: &'a str,
        policy: &'a str,
    ) -> Effect<'a, Result<(), CloudProblem>>;

    /// Starts to change what a stack has beside its template, which stays.
    fn update<'a>(
        &'a self,
        stack: &'a str,
        settings: &'a StackSettings,
        tags: &'a IndexMap<String, String>,
        token: &'a str,
    ) -> Effect<'a, Result<(), CloudProblem>>;

    /// Starts to delete it.
    fn delete<'a>(&'a self, stack: &'a str, token: &'a str)
    -> Effect<'a, Result<(), CloudProblem>>;

    /// Asks to take back an update that is under way; nothing else can be taken back.
    fn cancel_update<'a>(
        &'a self,
        stack: &'a str,
        token: &'a str,
    ) -> Effect<'a, Result<(), CloudProblem>>;
}

/// Whether a change set makes a stack or changes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeSetKind {
    /// The stack does not exist.
    Create,
    /// The stack exists.
    Update,
}

/// Where a template lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateSource {
    /// In the request: at most 51,200 bytes.
    Body(String),
    /// In a bucket that the principal can read.
    Object {
        /// The bucket.
        bucket: String,
        /// The object's key.
        key: String,
    },
}

/// How CloudFormation makes a change, beside the template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StackSettings {
    /// The role that CloudFormation takes on; it keeps it for what comes later, removal included.
    pub role: Option<String>,
    /// The topics that hear of the stack's events, all of them.
    pub notification_arns: Vec<String>,
    /// The alarms that take a change back; none when they are left as they are.
    pub alarms: Option<Vec<String>>,
    /// How many minutes the alarms are watched after the change.
    pub alarm_minutes: Option<u32>,
    /// Values of the template's parameters; one without a value keeps the one that it has.
    pub parameters: IndexMap<String, Option<String>>,
    /// Whether what was made stays as it is when a change fails.
    pub disable_rollback: bool,
}

/// What a change set is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeSetRequest {
    /// The stack's name, or its ARN once it exists.
    pub stack: String,
    /// The change set's name, unique in the stack.
    pub name: String,
    /// Whether the stack exists.
    pub kind: ChangeSetKind,
    /// The template.
    pub template: TemplateSource,
    /// Tags of the stack, which its resources inherit.
    pub tags: IndexMap<String, String>,
    /// How it is made and watched.
    pub settings: StackSettings,
    /// Whether it tells of the resources of nested stacks too.
    pub nested: bool,
    /// Makes a repeated request harmless.
    pub token: String,
}

/// How far a change set is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeSetState {
    /// Still being made.
    Pending,
    /// Can be executed.
    Ready,
    /// Holds no change.
    Empty,
    /// Cannot be executed.
    Failed {
        /// CloudFormation's own words.
        reason: String,
    },
}

/// A change set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeSet {
    /// Its ARN.
    pub id: String,
    /// The ARN of its stack.
    pub stack_id: String,
    /// How far it is.
    pub state: ChangeSetState,
    /// What it changes, every page.
    pub changes: Vec<ResourceChange>,
}

/// One change of a change set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceChange {
    /// `Add`, `Modify`, `Remove`, `Import` or `Dynamic`.
    pub action: String,
    /// The resource's logical id.
    pub logical_id: String,
    /// The resource's id in its service, when it exists.
    pub physical_id: Option<String>,
    /// Such as `AWS::Lambda::Function`.
    pub kind: String,
    /// `True`, `False` or `Conditional`, when it modifies.
    pub replacement: Option<String>,
    /// What becomes of the old resource when it is removed or replaced, such as `Retain`.
    pub policy: Option<String>,
    /// The properties that change, as `Properties.Environment`.
    pub properties: Vec<String>,
    /// The ARN of the nested stack's own change set, when the resource is one.
    pub nested: Option<String>,
}

/// Changes of stacks.
pub trait ChangeSets: Send + Sync + std::fmt::Debug {
    /// Starts to make one, and answers with its ARN. One of that name that is there already, because an
    /// answer was lost, is the one.
    fn create<'a>(
        &'a self,
        request: &'a ChangeSetRequest,
    ) -> Effect<'a, Result<String, CloudProblem>>;

    /// The change set of that ARN.
    fn describe<'a>(&'a self, id: &'a str) -> Effect<'a, Result<ChangeSet, CloudProblem>>;

    /// Starts to execute it. What was made stays as it is when that fails, if `disable_rollback` says so.
    fn execute<'a>(
        &'a self,
        id: &'a str,
        token: &'a str,
        disable_rollback: bool,
    ) -> Effect<'a, Result<(), CloudProblem>>;

    /// Throws it away. It may be gone already.
    fn discard<'a>(&'a self, id: &'a str) -> Effect<'a, Result<(), CloudProblem>>;
}
