//! Divisions of random templates and of large ones.

use std::collections::{BTreeMap, BTreeSet};

use pilothouse_model::{Code, Severity, Template};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::graph::{Graph, depends_on};
use super::references::{references, rewritten};
use super::{Division, Live, MostOfOne, divide};

mod large;

const SMALL: MostOfOne = MostOfOne {
    resources: 12,
    parameters: 9,
    outputs: 9,
    bytes: 1_000_000,
};

/// One resource of a random template: what it is, whom it refers to and how.
type Piece = (u8, Vec<(u16, u8)>, u8);

fn pieces(most: usize) -> impl Strategy<Value = Vec<Piece>> {
    let uses = prop::collection::vec((any::<u16>(), 0u8..7), 0..3);
    prop::collection::vec((0u8..8, uses, 0u8..6), 1..most)
}

const KINDS: [&str; 8] = [
    "AWS::Lambda::Function",
    "AWS::Lambda::Permission",
    "AWS::Logs::LogGroup",
    "AWS::SQS::Queue",
    "AWS::DynamoDB::Table",
    "AWS::Lambda::Version",
    "AWS::ApiGateway::Method",
    "AWS::EC2::VPC",
];

/// A reference in one of the ways in which a template can say it.
fn said(how: u8, target: &str) -> Value {
    match how {
        0 => json!({"Ref": target}),
        1 => json!({"Fn::GetAtt": [target, "Arn"]}),
        2 => json!({"Fn::GetAtt": format!("{target}.Arn")}),
        3 => {
            let text = format!("x-${{{target}}}-${{{target}.Arn}}-${{AWS::Region}}-${{!Not}}");
            json!({"Fn::Sub": text})
        }
        4 => json!({"Fn::Sub": ["${Own}/${Stage}", {"Own": {"Ref": target}}]}),
        _ => json!({"Fn::Join": ["", [{"Ref": target}, {"Ref": "AWS::StackName"}]]}),
    }
}

/// Resources of which each refers to those before it alone.
fn resources_of(pieces: &[Piece]) -> Map<String, Value> {
    let mut resources = Map::new();
    let mut conditional = BTreeSet::new();
    for (number, (kind, uses, extra)) in pieces.iter().enumerate() {
        let id = format!("R{number}");
        let mut properties = Map::new();
        let mut waits = Vec::new();
        for (at, (target, how)) in uses.iter().enumerate().filter(|_| number > 0) {
            let target = format!("R{}", usize::from(*target) % number);
            if *how == 5 {
                waits.push(target);
                continue;
            }
            let mut reference = said(*how, &target);
            if conditional.contains(&target) {
                reference = json!({"Fn::If": ["IsLive", reference, {"Ref": "AWS::NoValue"}]});
            }
            properties.insert(format!("P{at}"), reference);
        }
        let more = match extra {
            1 => json!({"Fn::FindInMap": ["Sizes", {"Ref": "Stage"}, "Memory"]}),
            2 => json!({"Ref": "Subnets"}),
            _ => Value::Null,
        };
        properties.insert("More".into(), more);
        let mut resource = json!({"Type": KINDS[usize::from(*kind)], "Properties": properties});
        if *extra == 3 {
            resource["Condition"] = "IsLive".into();
            conditional.insert(id.clone());
        }
        match waits.as_slice() {
            [] => {}
            [only] => resource["DependsOn"] = only.clone().into(),
            _ => resource["DependsOn"] = json!(waits),
        }
        resources.insert(id, resource);
    }
    resources
}

fn template(pieces: &[Piece]) -> Template {
    let resources = resources_of(pieces);
    let last = resources.keys().next_back().cloned().unwrap_or_default();
    let value = json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Parameters": {"Stage": {"Type": "String"}, "Subnets": {"Type": "List<AWS::EC2::Subnet::Id>"}},
        "Mappings": {"Sizes": {"dev": {"Memory": 128}}, "Unused": {"a": {"b": "c"}}},
        "Conditions": {
            "IsLive": {"Fn::And": [{"Condition": "IsNamed"}, {"Fn::Not": [{"Fn::Equals": [{"Ref": "Stage"}, ""]}]}]},
            "IsNamed": {"Fn::Equals": [{"Ref": "AWS::StackName"}, "x"]}
        },
        "Resources": resources,
        "Outputs": {"Last": {"Value": {"Ref": last}}},
    });
    Template(value.as_object().cloned().unwrap_or_default())
}

fn address(name: &str, _: &Template) -> Value {
    name.into()
}

/// The places of the resources, as they would live.
fn living(division: &Division) -> Live {
    let ids = |template: &Template| -> BTreeSet<String> {
        template
            .section("Resources")
            .into_iter()
            .flat_map(|all| all.keys().cloned())
            .collect()
    };
    Live {
        parent: ids(&division.parent),
        nested: division
            .nested
            .iter()
            .map(|(name, one)| (name.clone(), ids(one)))
            .collect(),
    }
}

/// Everything that must be so of a division of a template.
fn is_whole(template: &Template, division: &Division, most: MostOfOne) {
    let united = division.united();
    let mut places: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    let mut stacks: Vec<(Option<&str>, &Template)> = vec![(None, &division.parent)];
    stacks.extend(
        division
            .nested
            .iter()
            .map(|(name, one)| (Some(name.as_str()), one)),
    );
    for (stack, one) in &stacks {
        assert!(
            one.section("Resources")
                .is_some_and(|all| all.len() <= most.resources),
            "{stack:?}"
        );
        assert!(
            one.section("Parameters")
                .is_none_or(|all| all.len() <= most.parameters)
        );
        assert!(
            one.section("Outputs")
                .is_none_or(|all| all.len() <= most.outputs)
        );
        let wrong: Vec<_> = crate::check(one)
            .0
            .into_iter()
            .filter(|one| one.severity == Severity::Error)
            .filter(|one| [Code::TemplateReference, Code::TemplateCycle].contains(&one.code))
            .map(|one| one.message)
            .collect();
        assert!(wrong.is_empty(), "{stack:?}: {wrong:?}");
        for id in one.section("Resources").into_iter().flat_map(Map::keys) {
            if division.nested.contains_key(id) || id == "NothingElse" {
                continue;
            }
            assert!(places.insert(id, *stack).is_none(), "{id} is there twice");
            let before = template.section("Resources").and_then(|all| all.get(id));
            let before = before
                .and_then(|one| one.get("Properties"))
                .cloned()
                .unwrap_or_default();
            let after = united.section("Resources").and_then(|all| all.get(id));
            let after = after
                .and_then(|one| one.get("Properties"))
                .cloned()
                .unwrap_or_default();
            assert_eq!(normal(&after), normal(&before), "{id}");
        }
    }
    let count = template.section("Resources").map_or(0, Map::len);
    assert_eq!(places.len(), count, "none is lost");
    crossings_meet(division);
    waits_are_kept(template, division, &places);
}

/// Each parameter is given, and each output that is read is there.
fn crossings_meet(division: &Division) {
    for (name, one) in &division.nested {
        let declared: BTreeSet<&String> = one
            .section("Parameters")
            .into_iter()
            .flat_map(Map::keys)
            .collect();
        let path = format!("/Resources/{name}/Properties/Parameters");
        let parent = Value::Object(division.parent.0.clone());
        let given = parent.pointer(&path).and_then(Value::as_object);
        assert_eq!(
            declared,
            given.into_iter().flat_map(Map::keys).collect(),
            "{name}"
        );
    }
    for reference in references(&Value::Object(division.parent.0.clone())) {
        if let (Some(nested), Some(attribute)) =
            (division.nested.get(&reference.id), &reference.attribute)
        {
            let name = attribute
                .as_str()
                .and_then(|one| one.strip_prefix("Outputs."))
                .unwrap_or("?");
            assert!(
                nested
                    .section("Outputs")
                    .is_some_and(|all| all.contains_key(name)),
                "{name}"
            );
        }
    }
}

fn normal(value: &Value) -> String {
    // `A.Arn` and [A, Arn] are the same.
    rewritten(value, &mut |reference| Some(reference.to_value())).to_string()
}

fn waits_are_kept(template: &Template, division: &Division, places: &BTreeMap<&str, Option<&str>>) {
    for (id, resource) in template.section("Resources").into_iter().flatten() {
        for target in depends_on(resource) {
            let (here, there) = (
                places.get(id.as_str()).copied().flatten(),
                places.get(target).copied().flatten(),
            );
            let (one, from) = match here {
                Some(stack) if here == there => (division.nested.get(stack), id.as_str()),
                Some(stack) => (Some(&division.parent), stack),
                None => (Some(&division.parent), id.as_str()),
            };
            let to = match there {
                Some(stack) if here != there => stack,
                _ => target,
            };
            let waits = one
                .and_then(|one| one.section("Resources")?.get(from))
                .map(depends_on)
                .unwrap_or_default();
            assert!(waits.contains(&to), "{id} waits for {target}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn a_division_is_the_same_service(pieces in pieces(60)) {
        let whole = template(&pieces);
        // Bounds this narrow cannot always be kept; what is made keeps them.
        if let Ok(Some(division)) = divide(&whole, &Live::default(), SMALL, &address) {
            is_whole(&whole, &division, SMALL);
            prop_assert!(Graph::of(&division.parent).ids.len() <= SMALL.resources);
        }
    }

    #[test]
    fn what_lives_stays(pieces in pieces(60), gone in prop::collection::vec(any::<u16>(), 0..6)) {
        let (old, new) = pieces.split_at(pieces.len() * 3 / 4);
        let before = template(old);
        let live = match divide(&before, &Live::default(), SMALL, &address) {
            Ok(Some(division)) => living(&division),
            Ok(None) => Live { parent: before.section("Resources").into_iter().flat_map(|all| all.keys().cloned()).collect(), ..Live::default() },
            Err(_) => return Ok(()),
        };
        let all: Vec<Piece> = old.iter().chain(new).cloned().collect();
        let mut after = template(&all);
        // Some that nobody refers to go.
        let whole = Value::Object(after.0.clone());
        let used: BTreeSet<String> = references(&whole).into_iter().map(|one| one.id).collect();
        let waited: BTreeSet<String> = after.section("Resources").into_iter().flatten()
            .flat_map(|(_, one)| depends_on(one)).map(str::to_owned).collect();
        for number in gone {
            let id = format!("R{}", usize::from(number) % all.len());
            if !used.contains(&id) && !waited.contains(&id) {
                after.section_mut("Resources").shift_remove(&id);
            }
        }
        if let Ok(Some(division)) = divide(&after, &live, SMALL, &address) {
            is_whole(&after, &division, SMALL);
            let now = living(&division);
            for id in after.section("Resources").into_iter().flat_map(Map::keys) {
                for (name, ids) in &live.nested {
                    prop_assert_eq!(ids.contains(id), ids.contains(id) && now.nested.get(name).is_some_and(|now| now.contains(id)));
                }
                prop_assert!(!live.parent.contains(id) || now.parent.contains(id), "{} moved", id);
            }
        }
    }
}
