//! A project's service, as its files say it.

use serde::Serialize;
use specta::Type;

use pilothouse_api::show::{Drawing, FunctionView, NameValue, ResourceView};

use super::{AskedValue, Finding, Target};

/// A service for one stage, read from the files alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProjectView {
    /// Names the project in calls.
    pub id: String,
    /// The service's name.
    pub service: String,
    /// Its folder, to be read by people.
    pub folder: String,
    /// The configuration file's name.
    pub config: String,
    /// The stage it was resolved for.
    pub stage: String,
    /// Stages that the file names or that were deployed, the current one among them.
    pub stages: Vec<String>,
    /// Whether this stage is production, by its name.
    pub production: bool,
    /// Where the window acts.
    pub target: Target,
    /// The Region.
    pub region: String,
    /// The stack's name.
    pub stack: String,
    /// Its functions, in the order written.
    pub functions: Vec<FunctionView>,
    /// Every resource that a deploy makes, in the template's order.
    pub resources: Vec<ResourceView>,
    /// The template's outputs: name and description or value.
    pub outputs: Vec<NameValue>,
    /// How its parts hang together.
    pub drawing: Drawing,
    /// What AWS was asked for its configuration.
    pub asked: Vec<AskedValue>,
    /// What is worth knowing.
    pub findings: Vec<Finding>,
    /// The folder of several services that it was opened from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[specta(optional)]
    pub within: Option<Around>,
}

/// A folder that holds several services, one of which is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Around {
    /// Names it in calls.
    pub project: String,
    /// Its own name.
    pub name: String,
}
