//! What a stack has beside its template, as CloudFormation says it.

use aws_sdk_cloudformation::types::{
    Parameter, RollbackConfiguration, RollbackTrigger, Stack, Tag,
};
use indexmap::IndexMap;
use pilothouse_effects::StackSettings;

/// The alarms, unless nothing is said of them.
pub(crate) fn rollback(settings: &StackSettings) -> Option<RollbackConfiguration> {
    if settings.alarms.is_none() && settings.alarm_minutes.is_none() {
        return None;
    }
    let alarm = |arn: &String| {
        RollbackTrigger::builder()
            .arn(arn)
            .r#type("AWS::CloudWatch::Alarm")
            .build()
    };
    let alarms = settings.alarms.as_ref();
    let minutes = settings.alarm_minutes;
    Some(
        RollbackConfiguration::builder()
            .set_rollback_triggers(alarms.map(|all| all.iter().map(alarm).collect()))
            .set_monitoring_time_in_minutes(minutes.and_then(|count| i32::try_from(count).ok()))
            .build(),
    )
}

/// The parameters, unless there are none.
pub(crate) fn parameters(settings: &StackSettings) -> Option<Vec<Parameter>> {
    let parameter = |(name, value): (&String, &Option<String>)| {
        let parameter = Parameter::builder().parameter_key(name);
        match value {
            Some(value) => parameter.parameter_value(value).build(),
            None => parameter.use_previous_value(true).build(),
        }
    };
    let all = &settings.parameters;
    (!all.is_empty()).then(|| all.iter().map(parameter).collect())
}

/// The tags.
pub(crate) fn tags(tags: &IndexMap<String, String>) -> Vec<Tag> {
    let tag = |(key, value): (&String, &String)| Tag::builder().key(key).value(value).build();
    tags.iter().map(tag).collect()
}

/// What a stack was last changed with.
pub(crate) fn of(stack: &mut Stack) -> StackSettings {
    let rollback = stack.rollback_configuration.take();
    let triggers = rollback
        .as_ref()
        .map(RollbackConfiguration::rollback_triggers);
    let alarms = triggers.unwrap_or_default().iter();
    let minutes = rollback
        .as_ref()
        .and_then(|all| all.monitoring_time_in_minutes);
    let parameters = stack.parameters.take().unwrap_or_default().into_iter();
    StackSettings {
        role: stack.role_arn.take(),
        notification_arns: stack.notification_arns.take().unwrap_or_default(),
        alarms: Some(alarms.filter_map(|alarm| alarm.arn.clone()).collect()),
        alarm_minutes: minutes.and_then(|count| u32::try_from(count).ok()),
        parameters: parameters
            .filter_map(|parameter| Some((parameter.parameter_key?, parameter.parameter_value)))
            .collect(),
        disable_rollback: stack.disable_rollback.unwrap_or_default(),
    }
}
