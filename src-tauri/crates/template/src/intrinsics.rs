//! CloudFormation's intrinsic functions as JSON values.

use serde_json::{Value, json};

/// The physical id of a resource, or a pseudo parameter such as `AWS::Region`.
pub(crate) fn reference(name: &str) -> Value {
    json!({ "Ref": name })
}

/// An attribute of a resource.
pub(crate) fn attribute(id: &str, name: &str) -> Value {
    json!({ "Fn::GetAtt": [id, name] })
}

/// Parts put together with something between them.
pub(crate) fn join(between: &str, parts: Vec<Value>) -> Value {
    json!({ "Fn::Join": [between, parts] })
}

/// A text with `${...}` in it.
pub(crate) fn substitute(text: String) -> Value {
    json!({ "Fn::Sub": text })
}

/// Who may call an API's functions: `arn:<partition>:execute-api:<region>:<account>:<api><scope>`.
pub(crate) fn execute_api_arn(api: &str, scope: &str) -> Value {
    join(
        "",
        vec![
            "arn:".into(),
            reference("AWS::Partition"),
            ":execute-api:".into(),
            reference("AWS::Region"),
            ":".into(),
            reference("AWS::AccountId"),
            ":".into(),
            reference(api),
            scope.into(),
        ],
    )
}

/// The address of an API: `https://<api>.execute-api.<region>.<suffix><path>`.
pub(crate) fn execute_api_url(api: &str, path: Option<String>) -> Value {
    let mut parts = vec![
        "https://".into(),
        reference(api),
        ".execute-api.".into(),
        reference("AWS::Region"),
        ".".into(),
        reference("AWS::URLSuffix"),
    ];
    parts.extend(path.map(Value::from));
    join("", parts)
}
