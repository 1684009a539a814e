//! What is said of the stack as a whole, beside its template, and when runtimes are updated.

use indexmap::IndexMap;
use serde_json::Value;

/// What a change of the stack is asked with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StackSettings {
    /// `iam.deploymentRole`, else the older `cfnRole`: the role that CloudFormation takes on.
    pub role: Option<String>,
    /// `notificationArns`: topics that hear of the stack's events.
    pub notification_arns: Vec<String>,
    /// `rollbackConfiguration`.
    pub rollback: Option<RollbackAlarms>,
    /// `stackParameters`: values by the parameters' names; one without a value keeps the one that it has.
    pub parameters: IndexMap<String, Option<String>>,
    /// `stackPolicy`, as AWS takes it; none when there is no statement in it.
    pub policy: Option<Value>,
    /// `disableRollback`: what was made stays when a change fails.
    pub disable_rollback: bool,
}

/// `rollbackConfiguration`: alarms that take a change back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollbackAlarms {
    /// `RollbackTriggers`: the alarms' ARNs; none when they are left as they are.
    pub alarms: Option<Vec<String>>,
    /// `MonitoringTimeInMinutes`.
    pub minutes: Option<u32>,
}

/// `runtimeManagement`; what a function leaves out is the provider's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuntimeManagement {
    /// `mode`, or the word that stands for all.
    pub mode: Option<RuntimeMode>,
    /// `arn`: the version of the runtime, which `manual` needs.
    pub arn: Option<Value>,
}

/// When a runtime is updated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuntimeMode {
    /// `auto`: as AWS does when nothing is said.
    Auto,
    /// `onFunctionUpdate`.
    OnFunctionUpdate,
    /// `manual`.
    Manual,
}
