//! How the stack is changed, and when runtimes are updated.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::reader::{At, Reader};
use crate::types::{RollbackAlarms, RuntimeManagement, RuntimeMode, StackSettings};

pub(super) fn read(reader: &mut Reader, provider: &At<'_>) -> StackSettings {
    let role = provider
        .get("iam")
        .and_then(|iam| iam.get("deploymentRole"))
        .or_else(|| provider.get("cfnRole"));
    let rollback = provider.get("rollbackConfiguration");
    StackSettings {
        role: reader.text(role),
        notification_arns: reader.texts(provider.get("notificationArns")),
        rollback: rollback.map(|at| rollback_alarms(reader, &at)),
        parameters: parameters(reader, provider.get("stackParameters")),
        policy: policy(reader, provider.get("stackPolicy")),
        disable_rollback: reader
            .truth(provider.get("disableRollback"))
            .unwrap_or_default(),
    }
}

fn parameters(reader: &mut Reader, at: Option<At<'_>>) -> IndexMap<String, Option<String>> {
    let items = reader.items(at);
    let mut read = IndexMap::new();
    for item in items {
        let Some(name) = reader.text(item.get("ParameterKey")) else {
            reader.refuse(&item, "a mapping with a `ParameterKey`");
            continue;
        };
        let value = reader.text(item.get("ParameterValue"));
        let as_it_was = reader.truth(item.get("UsePreviousValue")) == Some(true);
        match (value, as_it_was) {
            (None, false) => reader.refuse(&item, "a mapping with a `ParameterValue`"),
            (Some(_), true) => reader.conflict(
                &item,
                format!("`{}` has a value and keeps the one it has", item.path),
                "Leave out `ParameterValue` or `UsePreviousValue`",
            ),
            (value, _) => {
                if read.insert(name.clone(), value).is_some() {
                    reader.conflict(
                        &item,
                        format!("the parameter `{name}` of the stack is given twice"),
                        "Leave out one of them",
                    );
                }
            }
        }
    }
    read
}

/// Without a statement a policy would allow no change at all; it is not given then.
fn policy(reader: &mut Reader, at: Option<At<'_>>) -> Option<Value> {
    let statements = super::provider::values(reader, at);
    (!statements.is_empty()).then(|| json!({ "Statement": statements }))
}

fn rollback_alarms(reader: &mut Reader, at: &At<'_>) -> RollbackAlarms {
    let triggers = at.get("RollbackTriggers");
    RollbackAlarms {
        alarms: triggers.map(|triggers| {
            let items = reader.items(Some(triggers));
            items
                .iter()
                .filter_map(|item| reader.text(item.get("Arn")))
                .collect()
        }),
        minutes: reader.whole(at.get("MonitoringTimeInMinutes")),
    }
}

pub(super) fn runtime_management(reader: &mut Reader, at: Option<At<'_>>) -> RuntimeManagement {
    let Some(at) = at else {
        return RuntimeManagement::default();
    };
    let (mode, arn) = match at.node.as_mapping() {
        Some(_) => (
            reader.text(at.get("mode")),
            reader.text_or_function(at.get("arn")),
        ),
        None => (reader.text(Some(at)), None),
    };
    let mode = mode.map(|mode| match mode.as_str() {
        "manual" => RuntimeMode::Manual,
        "onFunctionUpdate" => RuntimeMode::OnFunctionUpdate,
        _ => RuntimeMode::Auto,
    });
    RuntimeManagement { mode, arn }
}
