//! Names of what events of rules, logs, devices and Alexa become. Numbers are counted from one within a function.

use super::{first_upper, normalized};

/// A bus that events make.
pub fn event_bus_id(bus: &str) -> String {
    format!("{}EventBridgeEventBus", normalized(bus))
}

/// A rule of a bus, by the function's physical name and the event's place among all events of the function.
pub fn bus_rule_id(function_name: &str, number: usize) -> String {
    let name = format!("{function_name}rule{number}");
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{}EventBridgeRule", first_upper(&plain))
}

/// The permission of a bus's rule to call the function.
pub fn bus_rule_permission_id(key: &str, number: usize) -> String {
    format!("{}EventBridgeLambdaPermission{number}", normalized(key))
}

/// A rule of the account's own bus that a `cloudwatchEvent` makes.
pub fn event_rule_id(key: &str, number: usize) -> String {
    format!("{}EventsRuleCloudWatchEvent{number}", normalized(key))
}

/// That rule's permission to call the function.
pub fn event_rule_permission_id(key: &str, number: usize) -> String {
    format!(
        "{}LambdaPermissionEventsRuleCloudWatchEvent{number}",
        normalized(key)
    )
}

/// A function's subscription to a log group.
pub fn log_filter_id(key: &str, number: usize) -> String {
    format!(
        "{}LogsSubscriptionFilterCloudWatchLog{number}",
        normalized(key)
    )
}

/// The permission of all log groups to call the function.
pub fn log_filter_permission_id(key: &str) -> String {
    format!(
        "{}LambdaPermissionLogsSubscriptionFilterCloudWatchLog",
        normalized(key)
    )
}

/// A rule of AWS IoT.
pub fn topic_rule_id(key: &str, number: usize) -> String {
    format!("{}IotTopicRule{number}", normalized(key))
}

/// The permission of AWS IoT's rule to call the function.
pub fn topic_rule_permission_id(key: &str, number: usize) -> String {
    format!("{}LambdaPermissionIotTopicRule{number}", normalized(key))
}

/// A template for new devices.
pub fn provisioning_template_id(key: &str) -> String {
    format!("{}IotProvisioningTemplate", normalized(key))
}

/// The permission of AWS IoT to call the function about a new device.
pub fn provisioning_permission_id(key: &str) -> String {
    format!("{}LambdaPermissionIotProvisioningTemplate", normalized(key))
}

/// The permission of an Alexa skill to call the function.
pub fn alexa_skill_permission_id(key: &str, number: usize) -> String {
    format!("{}LambdaPermissionAlexaSkill{number}", normalized(key))
}

/// The permission of Alexa's smart home to call the function.
pub fn alexa_home_permission_id(key: &str, number: usize) -> String {
    format!("{}LambdaPermissionAlexaSmartHome{number}", normalized(key))
}
