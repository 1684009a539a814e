//! The rows of a plan, from a change set and the templates beside it.

use pilothouse_effects::ResourceChange;
use pilothouse_model::{Change, PlanRow, PropertyChange, Template};
use serde_json::{Map, Value};

use crate::template::{FUNCTION, differences, refers_to};

/// The rows of a change set. `before` is the stack's template as it stands, when it can be read.
pub(crate) fn of_changes(
    changes: &[ResourceChange],
    before: Option<&Map<String, Value>>,
    after: &Template,
) -> Vec<PlanRow> {
    let row = |change: &ResourceChange| {
        let kind = change_of(change);
        let properties = match kind {
            Change::Modify | Change::MayReplace | Change::Replace => {
                properties(change, before, after)
            }
            Change::Add | Change::Remove | Change::LetGo | Change::Import => Vec::new(),
        };
        PlanRow {
            logical_id: change.logical_id.clone(),
            resource_type: change.kind.clone(),
            stack: None,
            physical_id: change.physical_id.clone(),
            change: kind,
            conditional: false,
            properties,
        }
    };
    let mut rows: Vec<PlanRow> = changes.iter().map(row).collect();
    if let Some(before) = before {
        calm(&mut rows, before, after);
    }
    rows
}

/// What may be replaced only because it refers to a function that is changed in place, will not be: neither the
/// name nor the ARN of a function changes with it.
fn calm(rows: &mut [PlanRow], before: &Map<String, Value>, after: &Template) {
    let stays = |row: &PlanRow| row.change == Change::Modify && row.resource_type == FUNCTION;
    let others: Vec<String> = rows
        .iter()
        .filter(|row| !stays(row))
        .map(|row| row.logical_id.clone())
        .collect();
    for row in rows
        .iter_mut()
        .filter(|row| row.change == Change::MayReplace)
    {
        let id = row.logical_id.as_str();
        let old = before.get("Resources").and_then(|all| all.get(id));
        let new = after.section("Resources").and_then(|all| all.get(id));
        let (Some(old), Some(new)) = (old, new) else {
            continue;
        };
        let refers = |other: &String| other != id && refers_to(new, other);
        if old == new && !others.iter().any(refers) {
            row.change = Change::Modify;
        }
    }
}

/// Every resource of a template as a row that adds it.
pub(crate) fn all_added(template: &Template) -> Vec<PlanRow> {
    let row = |(id, resource): (&String, &Value)| PlanRow {
        logical_id: id.clone(),
        resource_type: text(resource, "Type"),
        stack: None,
        physical_id: None,
        change: Change::Add,
        conditional: resource.get("Condition").is_some(),
        properties: Vec::new(),
    };
    let resources = template.section("Resources").into_iter().flatten();
    resources.map(row).collect()
}

fn text(resource: &Value, key: &str) -> String {
    let found = resource.get(key).and_then(Value::as_str);
    found.unwrap_or_default().to_owned()
}

fn change_of(change: &ResourceChange) -> Change {
    let kept = change.policy.as_deref() == Some("Retain");
    match change.action.as_str() {
        "Add" => Change::Add,
        "Remove" if kept => Change::LetGo,
        "Remove" => Change::Remove,
        "Import" => Change::Import,
        "Modify" => match change.replacement.as_deref() {
            Some("True") => Change::Replace,
            Some("Conditional") => Change::MayReplace,
            _ => Change::Modify,
        },
        // What only CloudFormation can know while doing it counts as the worst it can be.
        _ => Change::MayReplace,
    }
}

/// Place by place from the templates; what changes only through something it refers to, from the change set.
fn properties(
    change: &ResourceChange,
    before: Option<&Map<String, Value>>,
    after: &Template,
) -> Vec<PropertyChange> {
    let id = change.logical_id.as_str();
    let old = before.and_then(|template| template.get("Resources")?.get(id));
    let new = after.section("Resources").and_then(|all| all.get(id));
    let mut found = match (old, new) {
        (Some(old), Some(new)) => differences(old, new),
        _ => Vec::new(),
    };
    for name in &change.properties {
        let told = found.iter().any(|place| {
            place.path == *name
                || place
                    .path
                    .strip_prefix(name.as_str())
                    .is_some_and(|rest| rest.starts_with('.'))
        });
        if !told {
            found.push(PropertyChange {
                path: name.clone(),
                before: None,
                after: None,
            });
        }
    }
    found
}

/// What a change set would do otherwise than the rows that were shown.
pub(crate) fn unlike(planned: &[PlanRow], real: &[PlanRow]) -> Vec<String> {
    let find = |rows: &[PlanRow], id: &str| {
        rows.iter()
            .find(|row| row.logical_id == id)
            .map(|row| row.change)
    };
    let mut found = Vec::new();
    for row in real {
        match find(planned, &row.logical_id) {
            Some(change) if change == row.change => {}
            Some(change) => found.push(format!(
                "{}: {} was planned, and it would be {}",
                row.logical_id,
                word(change),
                word(row.change)
            )),
            None => found.push(format!(
                "{}: it was not in the plan, and it would be {}",
                row.logical_id,
                word(row.change)
            )),
        }
    }
    for row in planned.iter().filter(|row| !row.conditional) {
        if find(real, &row.logical_id).is_none() {
            found.push(format!(
                "{}: {} was planned, and nothing would happen to it",
                row.logical_id,
                word(row.change)
            ));
        }
    }
    found
}

const fn word(change: Change) -> &'static str {
    match change {
        Change::Add => "added",
        Change::Modify => "changed",
        Change::MayReplace => "changed or replaced",
        Change::Replace => "replaced",
        Change::Remove => "removed",
        Change::LetGo => "let go",
        Change::Import => "imported",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(id: &str, change: Change, conditional: bool) -> PlanRow {
        PlanRow {
            logical_id: id.into(),
            resource_type: "AWS::SQS::Queue".into(),
            stack: None,
            physical_id: None,
            change,
            conditional,
            properties: Vec::new(),
        }
    }

    fn changed(action: &str, replacement: Option<&str>, policy: Option<&str>) -> ResourceChange {
        ResourceChange {
            action: action.into(),
            logical_id: "Q".into(),
            physical_id: Some("q".into()),
            kind: "AWS::SQS::Queue".into(),
            replacement: replacement.map(str::to_owned),
            policy: policy.map(str::to_owned),
            nested: None,
            properties: vec!["Properties.QueueName".into(), "Properties.Tags".into()],
        }
    }

    #[test]
    fn only_a_conditional_resource_may_stay_away() {
        let planned = [row("A", Change::Add, false), row("B", Change::Add, true)];
        assert!(unlike(&planned, &[row("A", Change::Add, false)]).is_empty());
        assert_eq!(
            unlike(&planned, &[]),
            ["A: added was planned, and nothing would happen to it"]
        );
    }

    #[test]
    fn what_was_not_shown_is_never_done() {
        let planned = [row("A", Change::Modify, false)];
        let real = [
            row("A", Change::Replace, false),
            row("Z", Change::Remove, false),
        ];
        assert_eq!(
            unlike(&planned, &real),
            [
                "A: changed was planned, and it would be replaced",
                "Z: it was not in the plan, and it would be removed"
            ]
        );
    }

    #[test]
    fn what_cannot_be_known_counts_as_the_worst() {
        assert_eq!(
            change_of(&changed("Modify", Some("True"), None)),
            Change::Replace
        );
        assert_eq!(
            change_of(&changed("Modify", Some("Conditional"), None)),
            Change::MayReplace
        );
        assert_eq!(
            change_of(&changed("Modify", Some("False"), None)),
            Change::Modify
        );
        assert_eq!(
            change_of(&changed("Dynamic", None, None)),
            Change::MayReplace
        );
        assert_eq!(
            change_of(&changed("Remove", None, Some("Retain"))),
            Change::LetGo
        );
        assert_eq!(
            change_of(&changed("Remove", None, Some("Delete"))),
            Change::Remove
        );
    }

    #[test]
    fn what_refers_only_to_a_function_changed_in_place_is_not_feared_for() {
        let template = |memory: u32| {
            json!({"Resources": {
                "F": {"Type": FUNCTION, "Properties": {"MemorySize": memory}},
                "P": {"Properties": {"FunctionName": {"Fn::GetAtt": ["F", "Arn"]}}},
                "Q": {"Properties": {"Name": {"Ref": "R"}, "Function": {"Ref": "F"}}},
                "R": {"Properties": {"Name": memory}}
            }})
        };
        let change = |id: &str, kind: &str, replacement: &str| ResourceChange {
            logical_id: id.into(),
            kind: kind.into(),
            ..changed("Modify", Some(replacement), None)
        };
        let changes = [
            change("F", FUNCTION, "False"),
            change("P", "AWS::Lambda::Permission", "Conditional"),
            change("Q", "AWS::SQS::Queue", "Conditional"),
            change("R", "AWS::SQS::Queue", "True"),
        ];
        let (old, new) = (template(1), template(2));
        let after = Template(new.as_object().unwrap().clone());
        let rows = of_changes(&changes, old.as_object(), &after);
        let kinds: Vec<Change> = rows.iter().map(|row| row.change).collect();
        assert_eq!(
            kinds,
            [
                Change::Modify,
                Change::Modify,
                Change::MayReplace,
                Change::Replace
            ]
        );
    }

    #[test]
    fn a_property_is_told_with_values_and_one_that_changes_by_reference_without() {
        let old =
            json!({"Resources": {"Q": {"Properties": {"QueueName": "x", "Tags": {"Ref": "T"}}}}});
        let new =
            json!({"Resources": {"Q": {"Properties": {"QueueName": "y", "Tags": {"Ref": "T"}}}}});
        let rows = of_changes(
            &[changed("Modify", Some("True"), None)],
            old.as_object(),
            &Template(new.as_object().unwrap().clone()),
        );
        let told: Vec<_> = rows[0]
            .properties
            .iter()
            .map(|place| {
                (
                    place.path.as_str(),
                    place.before.as_deref(),
                    place.after.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("Properties.QueueName", Some("x"), Some("y")),
                ("Properties.Tags", None, None)
            ]
        );
    }
}
