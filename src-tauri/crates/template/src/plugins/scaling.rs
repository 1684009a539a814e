//! Tables whose capacity follows their use: one scaling plan for all of them, where the plugins write a target, a
//! policy and a role for each.

use std::collections::BTreeSet;

use pilothouse_model::Code;
use pilothouse_service::types::{Capacity, ScaledTable};
use serde_json::{Value, json};

use crate::draft::{Draft, Resource};
use crate::intrinsics::reference;

/// The logical id of the plan.
const PLAN: &str = "DynamoDBScalingPlan";
/// AWS's limit on the instructions of one plan.
const MOST: usize = 500;

pub(super) fn add(draft: &mut Draft<'_>) {
    let tables = &draft.service.plugins.scaled_tables;
    let Some(first) = tables.first() else {
        return;
    };
    let mut instructions = Vec::new();
    let mut seen = BTreeSet::new();
    for table in tables {
        check(draft, table);
        let capacities = [("Read", table.read), ("Write", table.write)];
        for (what, capacity) in capacities {
            let Some(capacity) = capacity else { continue };
            if seen.insert((&table.table, &table.index, what)) {
                instructions.push(instruction(table, what, capacity));
            } else {
                draft.refuse(
                    Code::ConfigConflict,
                    &table.path,
                    format!(
                        "the {} capacity of `{}` is scaled twice",
                        what.to_lowercase(),
                        table.table
                    ),
                    "Keep one of the two",
                );
            }
        }
    }
    if instructions.len() > MOST {
        draft.refuse(
            Code::ConfigBadValue,
            &first.path,
            format!(
                "a scaling plan has {} instructions; AWS takes {MOST}",
                instructions.len()
            ),
            "Scale fewer tables and indexes",
        );
    }
    let names: BTreeSet<String> = tables.iter().map(|table| table.table.clone()).collect();
    let plan = Resource::new("AWS::AutoScalingPlans::ScalingPlan")
        .with(
            "ApplicationSource",
            json!({ "CloudFormationStackARN": reference("AWS::StackId") }),
        )
        .with("ScalingInstructions", instructions)
        .depends_on(names);
    draft.add(PLAN.to_owned(), plan, &first.path);
}

/// A table must be one of the service's own, for its name is taken from it.
fn check(draft: &mut Draft<'_>, table: &ScaledTable) {
    let resources = draft.service.resources.sections.get("Resources");
    let there = resources
        .and_then(|all| all.get(&table.table))
        .and_then(|resource| resource.get("Type"))
        .and_then(Value::as_str);
    if there != Some("AWS::DynamoDB::Table") {
        draft.refuse(
            Code::ConfigBadValue,
            &table.path,
            format!("`{}` is not a table of this service", table.table),
            "Write the logical id of a table under `resources.Resources`",
        );
    }
}

fn instruction(table: &ScaledTable, what: &str, capacity: Capacity) -> Value {
    let mut id = vec![json!("table/"), reference(&table.table)];
    if let Some(index) = &table.index {
        id.push(json!(format!("/index/{index}")));
    }
    let kind = if table.index.is_some() {
        "index"
    } else {
        "table"
    };
    json!({
        "ServiceNamespace": "dynamodb",
        "ResourceId": { "Fn::Join": ["", id] },
        "ScalableDimension": format!("dynamodb:{kind}:{what}CapacityUnits"),
        "MinCapacity": capacity.minimum,
        "MaxCapacity": capacity.maximum,
        "TargetTrackingConfigurations": [{
            "PredefinedScalingMetricSpecification": {
                "PredefinedScalingMetricType": format!("DynamoDB{what}CapacityUtilization")
            },
            // AWS counts in percent.
            "TargetValue": (capacity.usage * 100.0).round()
        }]
    })
}
