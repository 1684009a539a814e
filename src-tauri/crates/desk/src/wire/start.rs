//! What the window needs to show its first page.

use pilothouse_api::examples::Example;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{SandboxView, TaskView};

/// Everything for the first paint, in one answer.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Start {
    /// The app's version.
    pub version: String,
    /// What the user chose to look at and how.
    pub preferences: Preferences,
    /// Projects that were open before, newest first.
    pub recent: Vec<RecentProject>,
    /// The project that was asked for on the command line.
    pub opened: Option<String>,
    /// Why the project that was asked for could not be opened.
    pub not_opened: Option<super::Problem>,
    /// Profiles in the AWS configuration of this computer, by name.
    pub profiles: Vec<String>,
    /// The sandbox.
    pub sandbox: SandboxView,
    /// Tasks that run, and those that ended since the app was started, oldest first.
    pub tasks: Vec<TaskView>,
    /// The examples.
    pub examples: Vec<Example>,
}

/// What the user chose to look at and how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Preferences {
    /// Light, dark, or as the system.
    pub theme: Theme,
    /// The rail shows icons only.
    pub narrow_rail: bool,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A project that was open before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecentProject {
    /// Names it in calls.
    pub id: String,
    /// The service's name, or the folder's when it was never read.
    pub name: String,
    /// Its folder, to be read by people; the home folder as `~`.
    pub folder: String,
    /// The configuration file's name.
    pub config: String,
    /// When it was last open.
    pub opened_at: String,
    /// The folder is not there any more.
    pub missing: bool,
    /// The stage that was looked at last.
    pub stage: Option<String>,
    /// Where it was looked at last.
    pub target: Target,
    /// What was done last with it, from the journal.
    pub last: Option<super::LastChange>,
}

/// Which cloud is acted on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Target {
    /// The local AWS of this computer.
    #[default]
    Sandbox,
    /// An account through a profile of the AWS configuration.
    Account {
        /// The profile; the default credentials when absent.
        profile: Option<String>,
    },
}

/// A stage of a project in a cloud.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The project's id.
    pub project: String,
    /// The stage; the file's own default when absent.
    pub stage: Option<String>,
    /// Which cloud.
    pub target: Target,
}
