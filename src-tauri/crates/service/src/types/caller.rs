//! Events in which a service of AWS calls a function by itself.

use serde_json::Value;

/// `cloudwatchLog`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CloudWatchLogEvent {
    /// `logGroup`.
    pub log_group: String,
    /// `filter`; empty when all lines are meant.
    pub filter: String,
}

/// `iot`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IotEvent {
    /// `sql`.
    pub sql: String,
    /// `sqlVersion`.
    pub sql_version: Option<String>,
    /// `name`.
    pub name: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `enabled`.
    pub enabled: Option<bool>,
}

/// `iotFleetProvisioning`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IotFleetEvent {
    /// `templateBody`.
    pub template_body: Value,
    /// `provisioningRoleArn`: a text or an intrinsic.
    pub role: Value,
    /// `templateName`.
    pub template_name: Option<String>,
    /// `enabled`.
    pub enabled: Option<bool>,
}

/// `alexaSkill` and `alexaSmartHome`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlexaEvent {
    /// The skill that may call; any when absent.
    pub app_id: Option<String>,
    /// `enabled`.
    pub enabled: Option<bool>,
}
