//! CloudFormation's intrinsic functions as JSON values.

use serde_json::{Map, Value};

/// `{name: argument}`. By hand, for the `json!` macro copies what it is given.
fn call(name: &str, argument: Value) -> Value {
    let mut call = Map::new();
    call.insert(name.to_owned(), argument);
    call.into()
}

/// The physical id of a resource, or a pseudo parameter such as `AWS::Region`.
pub(crate) fn reference(name: &str) -> Value {
    call("Ref", name.into())
}

/// An attribute of a resource.
pub(crate) fn attribute(id: &str, name: &str) -> Value {
    call("Fn::GetAtt", vec![id, name].into())
}

/// Parts put together with something between them.
pub(crate) fn join(between: &str, parts: Vec<Value>) -> Value {
    call("Fn::Join", vec![between.into(), Value::from(parts)].into())
}

/// A text with `${...}` in it.
pub(crate) fn substitute(text: String) -> Value {
    call("Fn::Sub", text.into())
}

/// Who may call an API's functions: `arn:<partition>:execute-api:<region>:<account>:<api><scope>`.
pub(crate) fn execute_api_arn_of(api: Value, scope: &str) -> Value {
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
            api,
            scope.into(),
        ],
    )
}

/// The address of an API: `https://<api>.execute-api.<region>.<suffix><path>`.
pub(crate) fn execute_api_url(api: &str, path: Option<String>) -> Value {
    execute_api_url_of(reference(api), path)
}

/// The same for an API whose id is not a resource's of the stack.
pub(crate) fn execute_api_url_of(api: Value, path: Option<String>) -> Value {
    execute_api_address("https://", api, path)
}

/// The same with another scheme, such as `wss://`.
pub(crate) fn execute_api_address(scheme: &str, api: Value, path: Option<String>) -> Value {
    let mut parts = vec![
        scheme.into(),
        api,
        ".execute-api.".into(),
        reference("AWS::Region"),
        ".".into(),
        reference("AWS::URLSuffix"),
    ];
    parts.extend(path.map(Value::from));
    join("", parts)
}
