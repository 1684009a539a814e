//! What built-in plugins add.

use pilothouse_service::types::{Capacity, OwnRole, OwnRoles, ScaledTable};
use serde_json::json;

use super::*;

fn scaled(index: Option<&str>) -> ScaledTable {
    ScaledTable {
        table: "Orders".into(),
        index: index.map(str::to_owned),
        read: Some(Capacity {
            minimum: 2,
            maximum: 9,
            usage: 0.5,
        }),
        write: None,
        path: "custom.capacities.0".into(),
    }
}

fn with_table() -> Service {
    let mut service = shop(&[("a", &[])]);
    let table = json!({ "Orders": { "Type": "AWS::DynamoDB::Table", "Properties": {} } });
    service.resources.sections.insert("Resources".into(), table);
    service
}

/// The properties are those of AWS's page of `AWS::AutoScalingPlans::ScalingPlan`.
#[test]
fn tables_and_indexes_are_scaled_by_one_plan() {
    let mut service = with_table();
    service.plugins.scaled_tables = vec![scaled(None), scaled(Some("byDay"))];
    let plan = resource(&service, "DynamoDBScalingPlan");
    assert_eq!(plan["Type"], "AWS::AutoScalingPlans::ScalingPlan");
    assert_eq!(plan["DependsOn"], json!(["Orders"]));
    let properties = &plan["Properties"];
    assert_eq!(
        properties["ApplicationSource"],
        json!({ "CloudFormationStackARN": { "Ref": "AWS::StackId" } })
    );
    let all = &properties["ScalingInstructions"];
    assert_eq!(
        all[0],
        json!({
            "ServiceNamespace": "dynamodb",
            "ResourceId": { "Fn::Join": ["", ["table/", { "Ref": "Orders" }]] },
            "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
            "MinCapacity": 2,
            "MaxCapacity": 9,
            "TargetTrackingConfigurations": [{
                "PredefinedScalingMetricSpecification": {
                    "PredefinedScalingMetricType": "DynamoDBReadCapacityUtilization"
                },
                "TargetValue": 50.0
            }]
        })
    );
    assert_eq!(
        all[1]["ScalableDimension"],
        "dynamodb:index:ReadCapacityUnits"
    );
    assert_eq!(
        all[1]["ResourceId"],
        json!({ "Fn::Join": ["", ["table/", { "Ref": "Orders" }, "/index/byDay"]] })
    );
}

#[test]
fn what_is_no_table_or_is_scaled_twice_is_refused() {
    let mut service = with_table();
    service.plugins.scaled_tables = vec![scaled(None), scaled(None)];
    let found = refusals(&service).join("\n");
    assert!(found.contains("scaled twice"), "{found}");
    let mut service = shop(&[("a", &[])]);
    service.plugins.scaled_tables = vec![scaled(None)];
    let found = refusals(&service).join("\n");
    assert!(found.contains("`Orders` is not a table"), "{found}");
}

#[test]
fn a_role_of_a_function_needs_a_name_that_fits() {
    let mut service = shop(&[("a", &[])]);
    service.provider.iam_role_name = Some("mine".into());
    let role = OwnRole::default();
    let roles = OwnRoles {
        of: [("a".to_owned(), role)].into_iter().collect(),
        ..OwnRoles::default()
    };
    service.plugins.own_roles = Some(roles);
    let found = refusals(&service).join("\n");
    assert!(
        found.contains("iamRoleStatementsName") || found.contains("has no name"),
        "{found}"
    );
}
