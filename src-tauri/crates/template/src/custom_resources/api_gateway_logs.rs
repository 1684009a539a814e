//! The role with which API Gateway writes logs: one for all APIs of an account and Region, so CloudFormation cannot
//! give it to one stack.

use serde_json::json;

use super::{Handler, add};
use crate::draft::Draft;
use crate::intrinsics::{join, reference};
use crate::naming::API_GATEWAY_LOGS_ROLE;

/// Adds what sets the role, once for all APIs of the service, unless it is set elsewhere.
pub(crate) fn ensure(draft: &mut Draft<'_>) {
    let logs = draft.service.provider.api_gateway.logs.as_ref();
    if logs.is_some_and(|logs| logs.role_managed_externally) || draft.has(API_GATEWAY_LOGS_ROLE) {
        return;
    }
    let resource = Handler::ApiGatewayLogsRole
        .resource("Custom::ApiGatewayAccountRole")
        .with_some("RoleArn", logs.and_then(|logs| logs.role.clone()));
    draft.put(API_GATEWAY_LOGS_ROLE.to_owned(), resource);
    let roles = vec![
        "arn".into(),
        reference("AWS::Partition"),
        "iam:".into(),
        reference("AWS::AccountId"),
        "role/*".into(),
    ];
    let account = vec![
        "arn".into(),
        reference("AWS::Partition"),
        "apigateway:*::/account".into(),
    ];
    let statements = vec![
        json!({
            "Effect": "Allow",
            "Resource": join(":", roles),
            "Action": [
                "iam:AttachRolePolicy",
                "iam:CreateRole",
                "iam:ListAttachedRolePolicies",
                "iam:PassRole"
            ]
        }),
        json!({
            "Effect": "Allow",
            "Resource": join(":", account),
            "Action": ["apigateway:GET", "apigateway:PATCH"]
        }),
    ];
    add(draft, Handler::ApiGatewayLogsRole, statements);
}
