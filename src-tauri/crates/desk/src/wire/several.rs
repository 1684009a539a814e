//! Several services of one folder: what their files say, what stands, what a deploy and a removal of all do.

use serde::Serialize;
use specta::Type;

use super::{Deployed, Identity, PlanView, Problem, RemovalView, Target};

/// A folder that holds several services, as its files say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeveralView {
    /// Names the project in calls.
    pub id: String,
    /// The folder's own name.
    pub name: String,
    /// The folder, to be read by people.
    pub folder: String,
    /// The compose file's name; none when every folder below it with a configuration is a service.
    pub config: Option<String>,
    /// The stage that they were read for.
    pub stage: String,
    /// Stages that their files name, the current one among them.
    pub stages: Vec<String>,
    /// Whether this stage is production for any of them.
    pub production: bool,
    /// Where the window acts.
    pub target: Target,
    /// The Region of the first one that could be read.
    pub region: Option<String>,
    /// The services, each after those it waits for.
    pub services: Vec<Member>,
    /// The command that plans all of them.
    pub command: String,
}

/// One of several services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// What it is called among the others.
    pub name: String,
    /// Its folder, below the one that holds all.
    pub path: String,
    /// How many steps lead to it: those of one level do not wait for each other.
    pub level: u32,
    /// The services it waits for.
    pub needs: Vec<Need>,
    /// What its files say.
    pub about: Option<MemberAbout>,
    /// Why they cannot be read.
    pub problem: Option<Problem>,
}

/// Why a service waits for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Need {
    /// The other.
    pub service: String,
    /// Why: `dependsOn`, `reads QueueUrl`, `imports the-topic`.
    pub why: String,
}

/// What the files of one of several services say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MemberAbout {
    /// The service's name.
    pub service: String,
    /// The stack's name.
    pub stack: String,
    /// How many functions it has.
    pub functions: u32,
    /// How many resources a deploy makes.
    pub resources: u32,
}

/// How one of several services stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MemberStanding {
    /// What it is called among the others.
    pub service: String,
    /// How it stands.
    pub deployed: Option<Deployed>,
    /// Why that is not known.
    pub problem: Option<Problem>,
}

/// What a deploy of several services will do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeveralPlan {
    /// Names it in calls.
    pub id: String,
    /// Must be sent back to execute it; good for one time and for what is shown here only.
    pub token: String,
    /// The project.
    pub project: String,
    /// The folder's own name.
    pub name: String,
    /// The stage.
    pub stage: String,
    /// Whether this stage is production for any of them.
    pub production: bool,
    /// Where to.
    pub target: Target,
    /// As whom; none when none of them could be planned.
    pub identity: Option<Identity>,
    /// Each service, in the order in which they are deployed.
    pub services: Vec<MemberPlan>,
    /// When it was made.
    pub planned_at: String,
    /// The command that does the same.
    pub command: String,
}

/// What a deploy will do to one of several services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MemberPlan {
    /// What it is called among the others.
    pub name: String,
    /// Its folder, below the one that holds all.
    pub path: String,
    /// How many steps lead to it.
    pub level: u32,
    /// The services it waits for.
    pub needs: Vec<Need>,
    /// What will be done. It cannot be executed by itself.
    pub plan: Option<PlanView>,
    /// The service that must stand before this one can be planned.
    pub known_when: Option<String>,
    /// Why it cannot be planned.
    pub problem: Option<Problem>,
}

/// What a removal of several services will delete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeveralRemoval {
    /// Names it in calls.
    pub id: String,
    /// Must be sent back to execute it.
    pub token: String,
    /// The project.
    pub project: String,
    /// The folder's own name.
    pub name: String,
    /// The stage, which is typed to allow it.
    pub stage: String,
    /// Whether this stage is production for any of them.
    pub production: bool,
    /// Where.
    pub target: Target,
    /// As whom.
    pub identity: Option<Identity>,
    /// Each service, in the order in which they are removed.
    pub services: Vec<MemberRemoval>,
    /// The command that does the same.
    pub command: String,
}

/// What a removal will delete of one of several services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MemberRemoval {
    /// What it is called among the others.
    pub name: String,
    /// Its folder, below the one that holds all.
    pub path: String,
    /// How many steps lead to it.
    pub level: u32,
    /// The services it waits for when it is deployed: they go after it.
    pub needs: Vec<Need>,
    /// What is deleted. It cannot be executed by itself.
    pub removal: Option<RemovalView>,
    /// Logical ids of what holds data that is lost.
    pub holds_data: Vec<String>,
    /// The folder of its releases in a bucket that is not its own: `bucket/serverless/shop/dev`.
    pub releases: Option<String>,
    /// Why it cannot be removed.
    pub problem: Option<Problem>,
}

/// What a task on several services works on, as it was shown before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeveralTask {
    /// The plan or the removal that it executes.
    pub shown: Option<String>,
    /// The folder's own name.
    pub name: String,
    /// The stage.
    pub stage: Option<String>,
    /// Whether this stage is production for any of them.
    pub production: bool,
    /// Each service, in the order in which it is its turn.
    pub services: Vec<TaskMember>,
    /// The command that does the same, and goes on from where this one ended.
    pub command: String,
}

/// One of several services that a task works on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TaskMember {
    /// What it is called among the others.
    pub name: String,
    /// Its folder, below the one that holds all.
    pub path: String,
    /// How many steps lead to it.
    pub level: u32,
    /// Those it waits for in this task.
    pub needs: Vec<Need>,
    /// How many changes were shown, when they were known.
    pub changes: Option<u32>,
    /// How long the same usually took, in milliseconds.
    pub usual_millis: Option<u32>,
}

/// How one of several services stands in a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum MemberState {
    /// It is looked at.
    Planning,
    /// It is deployed.
    Deploying,
    /// It is taken away.
    Removing,
    /// It stands, or is gone, as wanted.
    Done,
    /// It failed.
    Failed,
    /// It is not begun, because of another.
    Held,
}
