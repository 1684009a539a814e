//! How the stack is changed, and when runtimes are updated.

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
    }
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
