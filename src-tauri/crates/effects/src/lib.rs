//! What may be asked of the outside world, as small traits in domain words.
//!
//! Not an abstraction of a disk or of AWS: each trait names the operations that a use case needs and grows
//! only when a use case needs more. Everything is object-safe, so that one `Host` of `Arc<dyn Trait>` joins
//! the rooms; asynchronous operations return [`Effect`].
#![deny(missing_docs)]

use std::future::Future;
use std::pin::Pin;

mod archive;
mod clipboard;
mod clock;
mod cloud;
mod edits;
mod entropy;
mod environment;
mod functions;
mod identity;
mod journal;
mod logs;
mod loopback;
mod objects;
mod parameters;
mod private_folder;
mod process;
mod project;
mod requests;
mod stacks;
mod stages;
mod synced;
mod values;
mod versions;
mod workplace;

pub use archive::{ArchiveStore, OutputProblem, PendingFile};
pub use clipboard::{Clipboard, ClipboardProblem};
pub use clock::Clock;
pub use cloud::{Cloud, CloudProblem, Clouds, Target};
pub use edits::{ProjectEdits, Replaced};
pub use entropy::Entropy;
pub use environment::Environment;
pub use functions::{FunctionCode, Functions, Invocation};
pub use identity::{Identity, Principal};
pub use journal::{Intent, Journal, JournalProblem, Operation, OperationStart, Place, Step};
pub use logs::{LogEvent, Logs};
pub use loopback::Loopback;
pub use objects::{ObjectBody, ObjectUpload, Objects, Sealing};
pub use parameters::{
    ParameterChanges, ParameterFacts, ParameterFilter, ParameterKind, ParameterPage, ParameterPut,
    ParameterTier, ParameterValue, ParameterVersion, Parameters,
};
pub use private_folder::{Held, Locks, PrivateFolder, PrivateProblem};
pub use process::{
    Footprint, Launch, Lifetime, Limits, Notice, Passed, ProcessIdentity, ProcessProblem,
    ProcessSelf, Processes, Ran, StopRequests,
};
pub use project::{EntryKind, FileContent, ProjectFiles, ProjectProblem, TreeEntry};
pub use requests::{Requests, WebAnswer, WebRequest};
pub use stacks::{
    ChangeSet, ChangeSetKind, ChangeSetRequest, ChangeSetState, ChangeSets, Events, ResourceChange,
    Stack, StackEvent, StackResource, StackSettings, Stacks, TemplateSource,
};
pub use stages::{StageSettings, Stages};
pub use synced::{FileUpload, FoundFile, Served, SyncedFiles};
pub use values::{Parameter, SecretShape, Values};
pub use versions::{Published, Versioned, Versions};
pub use workplace::{FolderProblem, Workplace};

/// An asynchronous answer of the outside world.
pub type Effect<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
