//! Where nested templates lie: beside the parent's, in the folder of the release.

use pilothouse_service::Service;
use serde_json::{Value, json};

use crate::naming::DEPLOYMENT_BUCKET;

/// The name of a nested stack's template in a release's folder, as serverless-plugin-split-stacks has it.
pub fn nested_template_name(id: &str) -> String {
    let mut name = id.replacen("NestedStack", "-nested-stack", 1);
    let digits = name.len()
        - name
            .trim_end_matches(|end: char| end.is_ascii_digit())
            .len();
    let at = name.len() - digits;
    if digits > 0
        && name
            .get(..at)
            .is_some_and(|start| start.ends_with("nested-stack"))
    {
        name.insert(at, '-');
    }
    format!("cloudformation-template-{name}.json")
}

/// The address of a nested template. CloudFormation reads it with the rights of whoever deploys.
pub fn nested_template_address(service: &Service, release: &str, id: &str) -> Value {
    let bucket = match &service.provider.deployment_bucket.name {
        Some(name) => name.clone().into(),
        None => json!({ "Ref": DEPLOYMENT_BUCKET }),
    };
    let key = format!("/{release}/{}", nested_template_name(id));
    json!({ "Fn::Join": ["", [
        "https://s3.", { "Ref": "AWS::Region" }, ".", { "Ref": "AWS::URLSuffix" }, "/", bucket, key
    ]] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_the_plugin_gives() {
        for (id, name) in [
            (
                "NestedStack1",
                "cloudformation-template--nested-stack-1.json",
            ),
            (
                "UsersNestedStack",
                "cloudformation-template-Users-nested-stack.json",
            ),
            (
                "12NestedStack",
                "cloudformation-template-12-nested-stack.json",
            ),
            (
                "AlarmsNestedStack2",
                "cloudformation-template-Alarms-nested-stack-2.json",
            ),
        ] {
            assert_eq!(nested_template_name(id), name);
        }
    }
}
