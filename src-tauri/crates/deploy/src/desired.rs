//! What is to stand in the cloud, as the packaged service says it.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use pilothouse_effects::{Sealing, Served, StackSettings};
use pilothouse_model::{
    ArchiveMark, Digest, LeftOutResource, PlannedProject, PlannedTarget, StackSize, Template,
};
use serde_json::Value;

/// The state that a deploy brings about.
#[derive(Debug, Clone)]
pub struct Desired {
    /// The project and how it was asked for.
    pub project: PlannedProject,
    /// Where to.
    pub target: PlannedTarget,
    /// The service's name.
    pub service: String,
    /// The stage.
    pub stage: String,
    /// The stack's name.
    pub stack: String,
    /// The folder of all releases in the bucket: `serverless/<service>/<stage>`.
    pub releases: String,
    /// The folder of this one.
    pub release: String,
    /// What names this release, in milliseconds since 1970.
    pub instance_millis: u64,
    /// The template that makes the stack with its bucket; none when the service names a bucket.
    pub create: Option<Template>,
    /// The whole template. Of a service in nested stacks it is what they are together.
    pub update: Template,
    /// The templates that are sent, of a service in nested stacks.
    pub parts: Option<DesiredParts>,
    /// The nested stacks that live.
    pub live: Option<LiveWhole>,
    /// The bucket that the service names, when it names one.
    pub bucket: Option<String>,
    /// How the release's files are encrypted in the bucket.
    pub sealing: Sealing,
    /// The archives.
    pub archives: Vec<DesiredArchive>,
    /// The functions.
    pub functions: Vec<DesiredFunction>,
    /// Settings of the REST API's stage, when there are any.
    pub api_stage: Option<DesiredStage>,
    /// Functions that are called when the stack stands, by their names, and with what.
    pub calls: Vec<(String, String)>,
    /// Old versions to delete, when that is wanted.
    pub prune: Option<DesiredPrune>,
    /// Folders whose files go to buckets.
    pub synced: Vec<DesiredFolder>,
    /// Tags of the stack.
    pub tags: IndexMap<String, String>,
    /// How CloudFormation makes changes of the stack.
    pub settings: StackSettings,
    /// The stack's policy; none when it is left as it is.
    pub policy: Option<Value>,
    /// How many releases stay in the bucket.
    pub keep_releases: usize,
    /// What was left out of the templates because the local AWS cannot simulate it.
    pub left_out: Vec<LeftOutResource>,
}

/// A service in nested stacks.
#[derive(Debug, Clone)]
pub struct DesiredParts {
    /// The template of the stack itself.
    pub parent: Template,
    /// The nested stacks.
    pub nested: Vec<DesiredPart>,
}

/// A nested stack.
#[derive(Debug, Clone)]
pub struct DesiredPart {
    /// Its logical id.
    pub id: String,
    /// The name of its template's file in the release's folder.
    pub file_name: String,
    /// Its template.
    pub template: Template,
}

/// A stack that lives with nested ones.
#[derive(Debug, Clone)]
pub struct LiveWhole {
    /// The SHA-256 of the text of its own template, by which it is known to be the same still.
    pub template_hash: String,
    /// What it and its nested stacks are together.
    pub whole: Template,
    /// By logical id: the nested stack that a resource is in.
    pub places: BTreeMap<String, String>,
}

/// An archive on this computer.
#[derive(Debug, Clone)]
pub struct DesiredArchive {
    /// Its name in the release's folder.
    pub name: String,
    /// Where it lies.
    pub path: String,
    /// The SHA-256 of its bytes.
    pub digest: Digest,
    /// The CRC-32 of each file in it.
    pub files: BTreeMap<String, u32>,
}

/// A function of the service.
#[derive(Debug, Clone)]
pub struct DesiredFunction {
    /// Its key in the service.
    pub key: String,
    /// Its logical id.
    pub id: String,
    /// Its name at AWS.
    pub name: String,
    /// Its archive's name.
    pub archive: String,
}

/// Which versions stay.
#[derive(Debug, Clone, Default)]
pub struct DesiredPrune {
    /// How many of each function, or layer.
    pub keep: usize,
    /// The names of the layers whose old versions go too.
    pub layers: Vec<String>,
}

/// A folder whose files go to a bucket.
#[derive(Debug, Clone)]
pub struct DesiredFolder {
    /// The folder, relative to the project's.
    pub folder: String,
    /// The bucket, by its name or by the output of the stack that names it.
    pub bucket: DesiredBucket,
    /// What keys begin with: nothing, or a path that ends in `/`.
    pub prefix: String,
    /// Whether what is not in the folder is deleted.
    pub deletes: bool,
    /// The files.
    pub files: Vec<DesiredFile>,
    /// Tags that the bucket gets.
    pub tags: BTreeMap<String, String>,
}

/// Which bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DesiredBucket {
    /// By its name.
    Name(String),
    /// By the output of the stack.
    Output(String),
}

/// A file that is to be in a bucket.
#[derive(Debug, Clone)]
pub struct DesiredFile {
    /// Its key.
    pub key: String,
    /// Where it lies on this computer; none when it is not uploaded for this stage, and stays if it is there.
    pub path: Option<String>,
    /// Its size in bytes.
    pub bytes: u64,
    /// The SHA-256 of its content.
    pub digest: Digest,
    /// The MD5 of its content in hexadecimal, by which S3 knows files that others put there.
    pub md5: String,
    /// What it is served with.
    pub served: Served,
}

/// Settings of the stage of the stack's REST API.
#[derive(Debug, Clone)]
pub struct DesiredStage {
    /// The API's logical id.
    pub api: String,
    /// The stage's name.
    pub name: String,
    /// Settings by the paths of API Gateway's patches; what has no value is taken away.
    pub settings: BTreeMap<String, Option<String>>,
    /// The log group that requests are logged to.
    pub log_group: Option<String>,
    /// All its tags; none when they are left alone.
    pub tags: Option<IndexMap<String, String>>,
}

impl Desired {
    /// The digest of the code that a function gets.
    pub(crate) fn digest_of(&self, function: &DesiredFunction) -> Option<Digest> {
        let archive = self
            .archives
            .iter()
            .find(|archive| archive.name == function.archive)?;
        Some(archive.digest)
    }

    /// The archives as a plan is bound to them.
    pub(crate) fn marks(&self) -> BTreeMap<String, ArchiveMark> {
        let mark = |archive: &DesiredArchive| {
            let mark = ArchiveMark {
                sha256: archive.digest.to_string(),
                files: archive.files.clone(),
            };
            (archive.name.clone(), mark)
        };
        self.archives.iter().map(mark).collect()
    }

    /// The hash of all that is sent, in hexadecimal.
    pub(crate) fn template_hash(&self) -> String {
        let mut text = self.sent().to_json();
        for part in self.nested() {
            text.push_str(&part.template.to_json());
        }
        Digest::of(text.as_bytes()).to_string()
    }

    /// The template of the stack itself.
    pub(crate) fn sent(&self) -> &Template {
        self.parts
            .as_ref()
            .map_or(&self.update, |parts| &parts.parent)
    }

    /// The nested stacks.
    pub(crate) fn nested(&self) -> &[DesiredPart] {
        self.parts
            .as_ref()
            .map_or(&[], |parts| parts.nested.as_slice())
    }

    /// How many resources each stack will have.
    pub(crate) fn sizes(&self) -> Vec<StackSize> {
        let size = |name: &str, template: &Template| StackSize {
            name: name.to_owned(),
            resources: template
                .section("Resources")
                .map_or(0, serde_json::Map::len),
        };
        let nested = self.nested().iter();
        std::iter::once(size(&self.stack, self.sent()))
            .chain(nested.map(|part| size(&part.id, &part.template)))
            .collect()
    }

    /// The nested stack that a resource is to be in.
    pub(crate) fn stack_of(&self, id: &str) -> Option<&str> {
        let holds = |part: &&DesiredPart| {
            let resources = part.template.section("Resources");
            resources.is_some_and(|all| all.contains_key(id))
        };
        self.nested()
            .iter()
            .find(holds)
            .map(|part| part.id.as_str())
    }
}
