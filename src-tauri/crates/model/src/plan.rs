//! What a deploy will do, as a value: shown, saved, approved and executed, or refused when the world moved on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The form of a saved plan. A plan of another form is not read.
pub const PLAN_FORMAT: u32 = 1;

/// Everything that a deploy will do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Plan {
    /// [`PLAN_FORMAT`]. It comes first, so that a saved plan is known by its beginning.
    #[serde(rename = "pilothousePlan")]
    pub format: u32,
    /// The project and how it was asked for.
    pub project: PlannedProject,
    /// Where to.
    pub target: PlannedTarget,
    /// The service's name.
    pub service: String,
    /// The stage that it is resolved for.
    pub stage: String,
    /// The stack's name.
    pub stack: String,
    /// The folder of this release in the deployment bucket.
    pub release: String,
    /// Milliseconds since 1970: names the release, and is the time of the plan.
    pub instance_millis: u64,
    /// What must still be so when it is executed.
    pub fingerprint: Fingerprint,
    /// How it will be done.
    pub course: Course,
    /// What changes, resource by resource.
    pub rows: Vec<PlanRow>,
    /// Old versions that are deleted when the stack stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub old_versions: Vec<OldVersions>,
    /// Folders whose files go to buckets when the stack stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synced: Vec<SyncedFolder>,
    /// How many resources each stack will have: the stack itself, and its nested ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sizes: Vec<StackSize>,
    /// What the local AWS cannot simulate and is therefore left out there; always empty for an account.
    pub left_out: Vec<LeftOutResource>,
}

/// A project, and how it was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlannedProject {
    /// Its whole path.
    pub folder: String,
    /// The configuration file, when it was named.
    pub config: Option<String>,
    /// The stage, when it was named.
    pub stage: Option<String>,
    /// The Region, when it was named.
    pub region: Option<String>,
    /// Parameters, as they were given.
    pub params: Vec<String>,
    /// The folder of what was packaged before, when that is deployed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// The folders whose files are left as they are in their buckets, when that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsynced: Option<Vec<String>>,
}

/// Which cloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum PlannedTarget {
    /// The local AWS of this computer.
    Sandbox,
    /// An account, through a profile or the default credentials.
    #[serde(rename_all = "camelCase")]
    Account {
        /// The profile.
        profile: Option<String>,
    },
}

/// What a plan is bound to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fingerprint {
    /// The account's digits.
    pub account: String,
    /// The Region.
    pub region: String,
    /// The ARN of who acts.
    pub principal: String,
    /// The SHA-256 of the template, in hexadecimal.
    pub template: String,
    /// The archives, by file name.
    pub archives: BTreeMap<String, ArchiveMark>,
    /// The stack that the plan was made against; none when there was none.
    pub stack: Option<StackMark>,
    /// The SHA-256 of what the stack gets beside its template, in hexadecimal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub settings: String,
}

/// An archive as it was planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchiveMark {
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The CRC-32 of each file in it, so that a file that moved on can be named.
    pub files: BTreeMap<String, u32>,
}

/// A stack as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StackMark {
    /// Its ARN.
    pub id: String,
    /// The SHA-256 of its template, in hexadecimal.
    pub template: String,
}

/// How a deploy will be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum Course {
    /// There is nothing to do.
    Nothing,
    /// Only settings change that the template does not hold: of the stack itself, or of its API's stage.
    Settings,
    /// Only code changed, and nothing in the stack depends on its version: functions are given it directly.
    Code {
        /// The functions.
        functions: Vec<CodeChange>,
    },
    /// The stack does not exist. A change set makes it with its bucket, a second one with all the rest.
    #[serde(rename_all = "camelCase")]
    Create {
        /// The ARN of the first change set.
        change_set: String,
        /// The ARN of the stack that it will make.
        stack_id: String,
    },
    /// As [`Course::Create`], after deleting what a failed first deploy left under the name.
    #[serde(rename_all = "camelCase")]
    Anew {
        /// The ARN of the stack that is deleted.
        failed_stack: String,
    },
    /// One change set does it.
    #[serde(rename_all = "camelCase")]
    Whole {
        /// Its ARN.
        change_set: String,
        /// The ARN of its stack.
        stack_id: String,
        /// Whether it makes the stack.
        creates: bool,
    },
}

/// New code for a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CodeChange {
    /// Its key in the service.
    pub function: String,
    /// Its name at AWS.
    pub name: String,
    /// The archive that it gets.
    pub archive: String,
    /// The SHA-256 of the code it has, in hexadecimal.
    pub from: Option<String>,
    /// The SHA-256 of the code it gets, in hexadecimal.
    pub to: String,
}

/// One resource that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanRow {
    /// Its logical id.
    pub logical_id: String,
    /// Its type, such as `AWS::Lambda::Function`.
    pub resource_type: String,
    /// The nested stack that it is in, by its logical id; absent for the stack itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack: Option<String>,
    /// Its id in its service, when it exists.
    pub physical_id: Option<String>,
    /// What happens to it.
    pub change: Change,
    /// Whether it depends on a condition that only CloudFormation can evaluate.
    pub conditional: bool,
    /// What changes in it.
    pub properties: Vec<PropertyChange>,
}

/// How full a stack is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StackSize {
    /// The stack's name; of a nested one its logical id.
    pub name: String,
    /// How many resources it has.
    pub resources: usize,
}

impl StackSize {
    /// The most resources of a stack.
    pub const MOST: usize = 500;
}

/// Versions of a function or layer that are deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OldVersions {
    /// The name of the function, or layer.
    pub name: String,
    /// Whether it is a layer.
    pub is_layer: bool,
    /// The versions, oldest first.
    pub numbers: Vec<u64>,
}

/// A folder of the project whose files go to a bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SyncedFolder {
    /// The folder, relative to the project's.
    pub folder: String,
    /// The bucket; none while the stack that names it does not stand.
    pub bucket: Option<String>,
    /// What its keys begin with.
    pub prefix: String,
    /// The digest of every file's name, content and how it is served.
    pub digest: String,
    /// New files, by their keys.
    pub added: Vec<SyncedFile>,
    /// Files that are put in place of others, by their keys.
    pub changed: Vec<SyncedFile>,
    /// Keys that are deleted.
    pub deleted: Vec<String>,
    /// Those of them that no deploy put there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub foreign: Vec<String>,
    /// How many files stay as they are.
    pub same: usize,
    /// Tags that the bucket gets.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
}

/// A file that is uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SyncedFile {
    /// Its key.
    pub key: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its content is there, and only how it is served changes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub served_anew: bool,
}

impl SyncedFolder {
    /// Whether anything is done.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.changed.is_empty()
            && self.deleted.is_empty()
            && self.tags.is_empty()
    }

    /// The bucket and what keys begin with, as it is told: `site/assets/`.
    pub fn place(&self) -> String {
        let bucket = self.bucket.as_deref().unwrap_or("a bucket of the stack");
        format!("{bucket}/{}", self.prefix)
    }
}

/// What happens to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Change {
    /// It is made.
    Add,
    /// It is changed in place.
    Modify,
    /// It may be replaced: CloudFormation knows only while doing it.
    MayReplace,
    /// A new one takes its place, and it is deleted.
    Replace,
    /// It is deleted.
    Remove,
    /// It leaves the stack and stays where it is.
    LetGo,
    /// It exists and becomes part of the stack.
    Import,
}

/// A property that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PropertyChange {
    /// Where in the resource, such as `Properties.MemorySize`.
    pub path: String,
    /// What it was; absent when it was not set, is not plain, or may be secret.
    pub before: Option<String>,
    /// What it will be; absent as `before`.
    pub after: Option<String>,
}

/// A resource that is left out on the local AWS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LeftOutResource {
    /// Its logical id.
    pub logical_id: String,
    /// Its type.
    pub resource_type: String,
    /// The left-out resource that it refers to, when that is why.
    pub because_of: Option<String>,
}

impl Plan {
    /// How many rows have this change.
    pub fn count(&self, change: Change) -> usize {
        self.rows.iter().filter(|row| row.change == change).count()
    }

    /// Whether executing it would do nothing.
    pub const fn is_empty(&self) -> bool {
        matches!(self.course, Course::Nothing)
    }

    /// The change set that it executes first, when there is one.
    pub fn change_set(&self) -> Option<&str> {
        match &self.course {
            Course::Create { change_set, .. } | Course::Whole { change_set, .. } => {
                Some(change_set)
            }
            Course::Nothing | Course::Code { .. } | Course::Settings | Course::Anew { .. } => None,
        }
    }
}
