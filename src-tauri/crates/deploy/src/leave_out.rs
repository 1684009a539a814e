//! What the local AWS cannot simulate is taken out of a template, with everything that cannot stand without it.

use pilothouse_model::{LeftOutResource, Template};
use serde_json::{Map, Value};

use crate::template::refers_to;

/// Takes resources of unknown types out, then resources that refer to them, then outputs that do. An explicit
/// order (`DependsOn`) is no reference: it is taken out of the resource, which stays.
pub fn leave_out(
    template: &mut Template,
    is_simulated: &dyn Fn(&str) -> bool,
) -> Vec<LeftOutResource> {
    let mut left_out: Vec<LeftOutResource> = Vec::new();
    let resources = template.section_mut("Resources");
    resources.retain(|id, resource| {
        let kind = kind_of(resource);
        let stays = is_simulated(&kind);
        if !stays {
            left_out.push(left(id, kind, None));
        }
        stays
    });
    let mut next = 0;
    while let Some(gone) = left_out.get(next).map(|left| left.logical_id.clone()) {
        next += 1;
        let resources = template.section_mut("Resources");
        forget_order(resources, &gone);
        resources.retain(|id, resource| {
            let stays = !refers_to(resource, &gone);
            if !stays {
                left_out.push(left(id, kind_of(resource), Some(gone.clone())));
            }
            stays
        });
        if template.section("Outputs").is_some() {
            let outputs = template.section_mut("Outputs");
            outputs.retain(|_, output| !refers_to(output, &gone));
        }
    }
    left_out
}

fn left(id: &str, resource_type: String, because_of: Option<String>) -> LeftOutResource {
    LeftOutResource {
        logical_id: id.to_owned(),
        resource_type,
        because_of,
    }
}

fn kind_of(resource: &Value) -> String {
    let kind = resource.get("Type").and_then(Value::as_str);
    kind.unwrap_or_default().to_owned()
}

fn forget_order(resources: &mut Map<String, Value>, gone: &str) {
    for (_, resource) in resources.iter_mut() {
        let Some(resource) = resource.as_object_mut() else {
            continue;
        };
        match resource.get_mut("DependsOn") {
            Some(Value::String(one)) if one == gone => {
                resource.remove("DependsOn");
            }
            Some(Value::Array(many)) => many.retain(|one| one.as_str() != Some(gone)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_simulated_goes_with_all_that_refers_to_it_and_nothing_else() {
        let Value::Object(map) = json!({
            "Resources": {
                "Address": {"Type": "AWS::EC2::EIP"},
                "Gateway": {"Type": "AWS::EC2::NatGateway",
                    "Properties": {"AllocationId": {"Fn::GetAtt": ["Address", "AllocationId"]}}},
                "Route": {"Type": "AWS::EC2::Route", "Properties": {"NatGatewayId": {"Ref": "Gateway"}}},
                "Queue": {"Type": "AWS::SQS::Queue", "DependsOn": ["Route", "Topic"]},
                "Topic": {"Type": "AWS::SNS::Topic", "DependsOn": "Gateway",
                    "Properties": {"DisplayName": "Address"}}
            },
            "Outputs": {
                "Ip": {"Value": {"Fn::Sub": "ip ${Address}"}},
                "Name": {"Value": {"Ref": "Queue"}}
            }
        }) else {
            unreachable!()
        };
        let mut template = Template(map);
        let simulated = |kind: &str| !matches!(kind, "AWS::EC2::EIP" | "AWS::EC2::NatGateway");
        let gone: Vec<_> = leave_out(&mut template, &simulated)
            .into_iter()
            .map(|left| (left.logical_id, left.because_of))
            .collect();
        assert_eq!(
            gone,
            [
                ("Address".to_owned(), None),
                ("Gateway".to_owned(), None),
                ("Route".to_owned(), Some("Gateway".to_owned())),
            ]
        );
        assert_eq!(
            Value::Object(template.0),
            json!({
                "Resources": {
                    "Queue": {"Type": "AWS::SQS::Queue", "DependsOn": ["Topic"]},
                    "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "Address"}}
                },
                "Outputs": {"Name": {"Value": {"Ref": "Queue"}}}
            })
        );
    }
}
