//! What stands in the cloud, and what was done to it.

use serde::Serialize;
use specta::Type;

use pilothouse_api::live::Live;
use pilothouse_api::show::NameValue;

use super::Target;

/// As whom and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// The account's digits.
    pub account: String,
    /// The Region.
    pub region: String,
    /// The ARN of who acts.
    pub principal: String,
    /// Who acts, for people: `Deployer, ana@acme.io`.
    pub principal_words: String,
    /// Whether it is the sandbox.
    pub sandbox: bool,
}

/// A stage as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Deployed {
    /// Whether anything stands.
    pub standing: Standing,
    /// The stack's state in CloudFormation's word.
    pub status: Option<String>,
    /// Why the stack is in that state, when CloudFormation says so.
    pub status_reason: Option<String>,
    /// Where the window looked.
    pub target: Target,
    /// As whom.
    pub identity: Option<Identity>,
    /// Where it answers.
    pub endpoints: Vec<EndpointView>,
    /// The stack's outputs.
    pub outputs: Vec<NameValue>,
    /// Its resources.
    pub resources: Vec<StackResource>,
    /// What was done last, from the journal of this computer.
    pub last: Option<LastChange>,
    /// When this was looked up.
    pub seen_at: String,
}

/// A service's drawing and resources with what stands of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LiveView {
    /// What was found; none when the sandbox is stopped, which is not started for this.
    pub live: Option<Live>,
    /// When it was asked.
    pub asked_at: String,
}

/// Whether a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// It was never deployed there.
    Absent,
    /// The sandbox is stopped: what is in it is not known.
    Unknown,
    /// It stands.
    Live,
    /// A change is under way.
    Busy,
    /// A change failed, and it stands as it was before.
    RolledBack,
    /// It needs someone to act.
    Stuck,
}

/// A way to call a function over HTTP.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EndpointView {
    /// Names it in calls.
    pub id: String,
    /// The function's key.
    pub function: String,
    /// Upper case; `ANY` for all.
    pub method: String,
    /// The whole address. Parts in braces are to be filled in.
    pub url: String,
    /// The path alone.
    pub path: String,
    /// Whether requests must be signed with AWS credentials.
    pub signed: bool,
}

/// A resource of a stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StackResource {
    /// Its logical id.
    pub logical_id: String,
    /// Its id in its service.
    pub physical_id: Option<String>,
    /// Such as `AWS::Lambda::Function`.
    pub resource_type: String,
    /// For people.
    pub type_words: String,
    /// Such as `CREATE_COMPLETE`.
    pub status: String,
}

/// What was done last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LastChange {
    /// `deploy`, `remove`.
    pub verb: String,
    /// `done`, `nothing to do`, `rolled back`, `failed`, `refused`, `settled`, `running or cut off`.
    pub outcome: String,
    /// When it began.
    pub at: String,
    /// Where.
    pub target_words: String,
    /// The stage's or stack's name.
    pub stack: String,
}

/// A deploy that is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Release {
    /// The project.
    pub project: String,
    /// The stack's name.
    pub stack: String,
    /// The stage.
    pub stage: String,
    /// The Region.
    pub region: String,
    /// Whether anything was done.
    pub changed: bool,
    /// Where it answers.
    pub endpoints: Vec<EndpointView>,
    /// Its functions: key and name at AWS.
    pub functions: Vec<NameValue>,
    /// The stack's outputs.
    pub outputs: Vec<NameValue>,
}

/// What a removal will delete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RemovalView {
    /// Names it in calls.
    pub id: String,
    /// Must be sent back to execute it.
    pub token: String,
    /// The project.
    pub project: String,
    /// The stack's name.
    pub stack: String,
    /// The stage.
    pub stage: String,
    /// Whether this stage is production.
    pub production: bool,
    /// Whether there is anything to remove.
    pub exists: bool,
    /// As whom.
    pub identity: Option<Identity>,
    /// What is deleted.
    pub resources: Vec<StackResource>,
    /// The bucket that is emptied first.
    pub bucket: Option<String>,
    /// Files that deploys put into other buckets, deleted before it unless they are kept: `12 files in site/`.
    pub files: Vec<String>,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    /// Unique.
    pub id: String,
    /// `deploy`, `plan`, `remove`.
    pub verb: String,
    /// To which stack.
    pub stack: String,
    /// `sandbox` or the account's digits.
    pub account: String,
    /// The Region.
    pub region: String,
    /// As whom.
    pub principal: String,
    /// When it began.
    pub at: String,
    /// `done`, `nothing to do`, `rolled back`, `failed`, `refused`, `settled`, `running or cut off`.
    pub outcome: String,
    /// More about the end.
    pub words: String,
    /// How long it took, when it ended by itself.
    pub millis: Option<u32>,
    /// The command that repeats it.
    pub command: String,
    /// The project, when it is still known.
    pub project: Option<String>,
}
