//! What happens while an operation runs, as typed events: the same for a window and a terminal.

use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

/// An operation that changes the cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Bringing a stack up to date.
    Deploy,
    /// Making a plan: a change set, and nothing else.
    Plan,
    /// Taking a stack away.
    Remove,
    /// Writing a parameter.
    SetSecret,
    /// Making an earlier version of a parameter the newest.
    RestoreSecret,
    /// Changing labels of a version of a parameter.
    LabelSecret,
    /// Changing tags of a parameter.
    TagSecret,
    /// Writing the parameters of a file.
    ImportSecrets,
    /// Writing the parameters of another place.
    CopySecrets,
    /// Writing values into a file.
    ExportSecrets,
    /// Showing a value to somebody.
    RevealSecret,
    /// Deleting parameters.
    RemoveSecrets,
    /// Making deleted parameters again.
    PutBackSecrets,
}

/// How an operation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// As it was meant.
    Done,
    /// There was nothing to do.
    Nothing,
    /// It failed, and the stack is as it was.
    RolledBack,
    /// It failed, and something is left to be done.
    Failed,
    /// It was refused before anything was changed.
    Refused,
    /// It was cut off, looked up later, and found to have changed nothing or to need no more.
    Settled,
}

macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal,)+ }) => {
        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(match self { $(Self::$variant => $word,)+ })
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text { $($word => Ok(Self::$variant),)+ _ => Err(UnknownWord) }
            }
        }
    };
}

/// A word that no variant has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the word is not known")]
pub struct UnknownWord;

words!(Verb {
    Deploy = "deploy",
    Plan = "plan",
    Remove = "remove",
    SetSecret = "set",
    RestoreSecret = "restore",
    LabelSecret = "label",
    TagSecret = "tag",
    ImportSecrets = "import",
    CopySecrets = "copy",
    ExportSecrets = "export",
    RevealSecret = "reveal",
    RemoveSecrets = "delete",
    PutBackSecrets = "put back",
});
words!(Outcome {
    Done = "done",
    Nothing = "nothing to do",
    RolledBack = "rolled back",
    Failed = "failed",
    Refused = "refused",
    Settled = "settled",
});

/// Something that happened to a resource of a stack, as it is shown and kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackEventRecord {
    /// Unique.
    pub id: String,
    /// When.
    pub at: SystemTime,
    /// The resource's logical id; the stack's name for the stack itself.
    pub logical_id: String,
    /// Such as `AWS::Lambda::Function`.
    pub resource_type: String,
    /// Such as `CREATE_IN_PROGRESS`.
    pub status: String,
    /// Why, in the service's own words.
    pub reason: Option<String>,
}

/// Something that happened while an operation ran.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// An earlier operation had been cut off; this is what became of it.
    Recovered {
        /// What had been going on.
        verb: Verb,
        /// When it began.
        began: SystemTime,
        /// What the cloud says became of it.
        finding: String,
    },
    /// The stack is busy with a change that did not begin here, or began here before a crash.
    Waiting {
        /// The stack's state.
        status: String,
    },
    /// A stage began.
    Began(Stage),
    /// Something happened to the stack.
    Stack(StackEventRecord),
    /// A file lies in the bucket.
    Uploaded {
        /// Its key.
        key: String,
        /// Whether it was copied from an earlier release inside the bucket.
        copied: bool,
    },
    /// A function runs its new code.
    CodeUpdated {
        /// Its name.
        function: String,
    },
    /// Old releases were deleted.
    Cleaned {
        /// How many.
        releases: usize,
    },
    /// Something that is worth knowing and stops nothing.
    Note(String),
}

/// The stages of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Asking who we are and how things stand.
    Looking,
    /// Having CloudFormation work out what changes.
    Planning,
    /// Deleting what a failed first deploy left.
    Clearing,
    /// Making the stack with its bucket.
    Creating,
    /// Putting archives and the template into the bucket.
    Uploading {
        /// How many files.
        files: usize,
    },
    /// CloudFormation changes the stack.
    Updating,
    /// Functions are given their code.
    Coding,
    /// Emptying the bucket.
    Emptying,
    /// CloudFormation deletes the stack.
    Deleting,
}
