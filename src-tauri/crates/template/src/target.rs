//! What events call.

use serde_json::{Value, json};

use crate::draft::{Draft, Resource};
use crate::intrinsics::attribute;
use crate::naming;

/// A function as events see it.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// The ARN that is called.
    pub(crate) arn: Value,
    /// The alias that must exist before, when one is called.
    pub(crate) alias: Option<String>,
    /// The alias's name.
    pub(crate) alias_name: Option<&'static str>,
}

impl Target {
    /// Of a key of `functions`. Versions that are kept warm, or start from a snapshot, are called by an alias.
    pub(crate) fn of(draft: &Draft<'_>, key: &str) -> Self {
        let plain = attribute(&naming::function_id(key), "Arn");
        let function = draft.service.functions.get(key);
        let alias = function.and_then(|function| {
            if function.provisioned_concurrency.is_some() {
                Some(("provisioned", "ProvConcLambdaAlias"))
            } else if function.snap_start {
                Some(("snapstart", "SnapStartLambdaAlias"))
            } else {
                None
            }
        });
        match alias {
            None => Self {
                arn: plain,
                alias: None,
                alias_name: None,
            },
            Some((name, suffix)) => Self {
                arn: json!({ "Fn::Join": [":", [plain, name]] }),
                alias: Some(format!("{}{suffix}", naming::normalized(key))),
                alias_name: Some(name),
            },
        }
    }

    /// Lets a service of AWS call the function.
    pub(crate) fn permission(&self, principal: impl Into<Value>, source: Value) -> Resource {
        self.permission_of("lambda:InvokeFunction", principal)
            .with("SourceArn", source)
    }

    /// Lets a service of AWS do something with the function, for whatever resource of its own.
    pub(crate) fn permission_of(&self, action: &str, principal: impl Into<Value>) -> Resource {
        Resource::new("AWS::Lambda::Permission")
            .with("FunctionName", self.arn.clone())
            .with("Action", action)
            .with("Principal", principal)
            .depends_on(self.alias.clone())
    }
}

/// A statement that allows something.
pub(crate) fn statement(actions: &[&str], resources: Vec<Value>) -> Value {
    json!({ "Effect": "Allow", "Action": actions, "Resource": resources })
}
