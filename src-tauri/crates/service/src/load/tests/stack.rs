//! How the stack is changed, as it is written.

use super::{HEAD, service};
use crate::types::RuntimeMode;

#[test]
fn the_newer_spelling_of_the_role_counts_and_alarms_are_read() {
    let text = format!(
        "{HEAD}  cfnRole: arn:aws:iam::1:role/old\n  iam: {{deploymentRole: 'arn:aws:iam::1:role/new'}}\n\
         \x20 notificationArns: ['arn:aws:sns:us-east-1:1:t']\n\
         \x20 rollbackConfiguration: {{MonitoringTimeInMinutes: 5, RollbackTriggers: [{{Arn: 'arn:aws:cloudwatch:us-east-1:1:alarm:a', Type: 'AWS::CloudWatch::Alarm'}}]}}\n\
         \x20 runtimeManagement: onFunctionUpdate\n"
    );
    let provider = service(&text).service.provider;
    assert_eq!(
        provider.stack.role.as_deref(),
        Some("arn:aws:iam::1:role/new")
    );
    assert_eq!(
        provider.stack.notification_arns,
        ["arn:aws:sns:us-east-1:1:t"]
    );
    let rollback = provider.stack.rollback.expect("alarms");
    assert_eq!(rollback.minutes, Some(5));
    assert_eq!(
        rollback.alarms.as_deref(),
        Some(&["arn:aws:cloudwatch:us-east-1:1:alarm:a".to_owned()][..])
    );
    assert_eq!(
        provider.runtime_management.mode,
        Some(RuntimeMode::OnFunctionUpdate)
    );
}
