//! What stands beside what is wanted, resource by resource, without packing anything: code is not looked at.

use pilothouse_model::{PropertyChange, Template};
use serde_json::{Map, Value};

use crate::template::{VERSION, differences, without_code};

/// The type of layers.
const LAYER: &str = "AWS::Lambda::LayerVersion";

/// How a resource of a live template and of a wanted one go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// Wanted, and not in the live template.
    New,
    /// In both, and the same but for code.
    Same,
    /// In both, and different.
    Changed(Vec<PropertyChange>),
    /// In the live template alone.
    Gone,
}

/// A resource, and how it goes together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceBeside {
    /// Its logical id.
    pub logical_id: String,
    /// Such as `AWS::Lambda::Function`.
    pub kind: String,
    /// What was found.
    pub beside: Beside,
}

/// Every resource of the two templates, the wanted ones first and in their order. Versions of functions are left out: their
/// ids are made from code.
pub fn beside(live: &Template, wanted: &Template) -> Vec<ResourceBeside> {
    let (live, wanted) = (comparable(live), comparable(wanted));
    let one = |id: &String, resource: &Value, beside: Beside| ResourceBeside {
        logical_id: id.clone(),
        kind: kind_of(resource).to_owned(),
        beside,
    };
    let mut found: Vec<ResourceBeside> = Vec::new();
    for (id, resource) in &wanted {
        let beside = match live.get(id) {
            None => Beside::New,
            Some(before) if before == resource => Beside::Same,
            Some(before) => Beside::Changed(differences(before, resource)),
        };
        found.push(one(id, resource, beside));
    }
    let gone = live.iter().filter(|(id, _)| !wanted.contains_key(*id));
    found.extend(gone.map(|(id, resource)| one(id, resource, Beside::Gone)));
    found
}

fn kind_of(resource: &Value) -> &str {
    resource
        .get("Type")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The resources of a template without what only code decides.
fn comparable(template: &Template) -> Map<String, Value> {
    let mut value = without_code(&template.0);
    let resources = value.get_mut("Resources").map(Value::take);
    let Some(Value::Object(mut resources)) = resources else {
        return Map::new();
    };
    resources.retain(|_, resource| kind_of(resource) != VERSION);
    for (_, resource) in &mut resources {
        if kind_of(resource) != LAYER {
            continue;
        }
        let content = resource.pointer_mut("/Properties/Content");
        if let Some(content) = content.and_then(Value::as_object_mut) {
            content.shift_remove("S3Key");
        }
    }
    resources
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn template(resources: Value) -> Template {
        let Value::Object(map) = json!({ "Resources": resources }) else {
            panic!("an object");
        };
        Template(map)
    }

    fn function(memory: u32, key: &str) -> Value {
        json!({ "Type": "AWS::Lambda::Function", "Properties": { "MemorySize": memory, "Code": { "S3Bucket": "b", "S3Key": key } } })
    }

    fn told(live: &Template, wanted: &Template) -> Vec<(String, Beside)> {
        let found = beside(live, wanted).into_iter();
        found.map(|one| (one.logical_id, one.beside)).collect()
    }

    #[test]
    fn each_resource_is_new_the_same_changed_or_gone() {
        let live = template(
            json!({ "A": function(128, "old"), "B": function(128, "old"), "Old": { "Type": "AWS::SQS::Queue" } }),
        );
        let wanted = template(
            json!({ "A": function(128, "new"), "B": function(256, "new"), "New": { "Type": "AWS::SNS::Topic" } }),
        );
        let change = PropertyChange {
            path: "Properties.MemorySize".into(),
            before: Some("128".into()),
            after: Some("256".into()),
        };
        assert_eq!(
            told(&live, &wanted),
            [
                ("A".into(), Beside::Same),
                ("B".into(), Beside::Changed(vec![change])),
                ("New".into(), Beside::New),
                ("Old".into(), Beside::Gone),
            ]
        );
    }

    #[test]
    fn code_alone_is_no_difference() {
        let version = |hash: &str| json!({ "Type": "AWS::Lambda::Version", "Properties": { "FunctionName": { "Ref": "A" }, "CodeSha256": hash } });
        let alias = |id: &str| json!({ "Type": "AWS::Lambda::Alias", "Properties": { "FunctionVersion": { "Fn::GetAtt": [id, "Version"] } } });
        let layer = |key: &str| json!({ "Type": "AWS::Lambda::LayerVersion", "Properties": { "Content": { "S3Key": key } } });
        let live = template(
            json!({ "A": function(128, "old"), "V1": version("x"), "Alias": alias("V1"), "L": layer("old") }),
        );
        let wanted = template(
            json!({ "A": function(128, "new"), "V2": version("y"), "Alias": alias("V2"), "L": layer("new") }),
        );
        let same = told(&live, &wanted);
        assert_eq!(same.len(), 3, "{same:?}");
        assert!(same.iter().all(|(_, beside)| *beside == Beside::Same));
    }

    #[test]
    fn what_may_be_secret_is_not_told() {
        let with = |value: &str| {
            template(
                json!({ "A": { "Type": "AWS::Lambda::Function", "Properties": { "Environment": { "Variables": { "PASSWORD": value } } } } }),
            )
        };
        let found = told(&with("hunter2"), &with("hunter3"));
        assert!(!format!("{found:?}").contains("hunter"), "{found:?}");
        assert!(matches!(found.as_slice(), [(_, Beside::Changed(_))]));
    }
}
