//! Parameters and their values. One answer holds a value: [`RevealedSecret`], which somebody asked for.

use pilothouse_api::parameters::{Alphabet, ImportView, NewValue, ParameterView};
use pilothouse_model::Secret;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Problem, Target};

/// Which Parameter Store.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
pub struct StorePlace {
    /// Which cloud.
    pub target: Target,
    /// The Region; that of the profile when absent.
    pub region: Option<String>,
}

/// What is told while a list is read, or parameters are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum SecretsTold {
    /// The sandbox is stopped; it is not started for a look.
    Stopped,
    /// The place was reached.
    Reached {
        /// The account's digits; `sandbox` for the local AWS.
        account: String,
        /// The Region.
        region: String,
        /// Who acts, as an ARN.
        principal: String,
    },
    /// Some of the list.
    Page {
        /// They.
        parameters: Vec<ParameterView>,
    },
    /// AWS asked to slow down.
    Waiting {
        /// For people.
        words: String,
        /// How many seconds.
        seconds: u32,
    },
    /// So many are written or deleted.
    Done {
        /// How many.
        done: u32,
        /// Of how many.
        of: u32,
    },
    /// The list is whole.
    Whole {
        /// How many were read.
        read: u32,
    },
    /// It ended before its end.
    Failed {
        /// Why.
        problem: Problem,
    },
}

/// A value that somebody asked to see.
#[derive(Clone, PartialEq, Eq, Serialize, Type)]
pub struct RevealedSecret {
    /// The parameter.
    pub name: String,
    /// The version.
    pub version: u32,
    /// The value.
    pub value: String,
    /// After how many seconds the page forgets it.
    pub seconds: u32,
}

impl std::fmt::Debug for RevealedSecret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("RevealedSecret")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// A value that went to the clipboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CopiedSecret {
    /// The version.
    pub version: u32,
    /// After how many seconds it is taken back.
    pub seconds: u32,
}

/// The value of a parameter that is written.
#[derive(Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum GivenValue {
    /// It was typed.
    Typed {
        /// It.
        text: String,
    },
    /// It is made by the engine and shown to nobody.
    Generated {
        /// How many letters.
        letters: u32,
        /// Whether it has signs beside letters and digits.
        signs: bool,
    },
    /// It stays.
    Kept,
}

impl std::fmt::Debug for GivenValue {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("GivenValue(..)")
    }
}

impl From<GivenValue> for NewValue {
    fn from(value: GivenValue) -> Self {
        match value {
            GivenValue::Typed { text } => Self::Given(Secret::new(text)),
            GivenValue::Kept => Self::Kept,
            GivenValue::Generated { letters, signs } => {
                let alphabet = if signs {
                    Alphabet::Signs
                } else {
                    Alphabet::Plain
                };
                Self::Generated(
                    alphabet,
                    usize::try_from(letters.min(4096)).unwrap_or_default(),
                )
            }
        }
    }
}

/// Many values that can be written once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ImportPreview {
    /// Names it in calls.
    pub id: String,
    /// Good for one time.
    pub token: String,
    /// Where they come from: a file's name, or a path.
    pub from: String,
    /// Where they go.
    pub path: String,
    /// What would change.
    pub view: ImportView,
}

/// Parameters that can be deleted once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DeletionPreview {
    /// Names it in calls.
    pub id: String,
    /// Good for one time.
    pub token: String,
    /// What is typed to allow it.
    pub typed: String,
    /// They.
    pub parameters: Vec<ParameterView>,
}

/// What was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeletedSecrets {
    /// Their names.
    pub names: Vec<String>,
    /// Names the way back in calls; none when the values could not be read.
    pub undo: Option<String>,
}

/// Values that were written into a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ExportedSecrets {
    /// The file's name.
    pub file: String,
    /// How many.
    pub count: u32,
}
