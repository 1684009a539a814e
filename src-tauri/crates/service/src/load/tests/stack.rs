//! How the stack is changed, as it is written.

use pilothouse_model::Code;

use super::{HEAD, errors, service};
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

#[test]
fn parameters_policy_and_rollback_are_read_as_aws_takes_them() {
    let text = format!(
        "{HEAD}  disableRollback: true\n\
         \x20 stackParameters: [{{ParameterKey: A, ParameterValue: 5}}, {{ParameterKey: B, UsePreviousValue: true}}]\n\
         \x20 stackPolicy: [{{Effect: Deny, Action: 'Update:Replace', Principal: '*', Resource: LogicalResourceId/T}}]\n\
         resources: {{Parameters: {{A: {{Type: String}}, B: {{Type: String}}}}}}\n"
    );
    let stack = service(&text).service.provider.stack;
    assert!(stack.disable_rollback);
    assert_eq!(stack.parameters.get("A"), Some(&Some("5".to_owned())));
    assert_eq!(stack.parameters.get("B"), Some(&None));
    assert_eq!(
        stack.policy.map(|policy| policy.to_string()).as_deref(),
        Some(
            r#"{"Statement":[{"Effect":"Deny","Action":["Update:Replace"],"Principal":"*","Resource":"LogicalResourceId/T"}]}"#
        )
    );
    // A policy without a statement would allow nothing at all.
    let empty = service(&format!("{HEAD}  stackPolicy: []\n"));
    assert_eq!(empty.service.provider.stack.policy, None);
}

#[test]
fn a_parameter_is_named_has_one_value_and_is_one_of_the_templates() {
    for (item, code) in [
        ("{ParameterValue: x}", Code::ConfigBadValue),
        ("{ParameterKey: A}", Code::ConfigBadValue),
        (
            "{ParameterKey: A, ParameterValue: x, UsePreviousValue: true}",
            Code::ConfigConflict,
        ),
        (
            "{ParameterKey: A, ParameterValue: x}, {ParameterKey: A, ParameterValue: y}",
            Code::ConfigConflict,
        ),
    ] {
        let text = format!(
            "{HEAD}  stackParameters: [{item}]\nresources: {{Parameters: {{A: {{Type: String}}}}}}\n"
        );
        let codes: Vec<Code> = errors(&text).into_iter().map(|(code, ..)| code).collect();
        assert_eq!(codes, [code], "{item}");
    }
    let unknown = format!("{HEAD}  stackParameters: [{{ParameterKey: K, ParameterValue: v}}]\n");
    let warnings = service(&unknown).warnings;
    let paths: Vec<_> = warnings.0.iter().map(|w| w.path.clone()).collect();
    assert_eq!(paths, [Some("provider.stackParameters".to_owned())]);
}
