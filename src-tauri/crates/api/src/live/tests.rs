//! What stands beside what the files say, on values.

use serde_json::{Value, json};

use super::*;

fn template(resources: Value) -> Template {
    let Value::Object(map) = json!({ "Resources": resources }) else {
        panic!("an object");
    };
    Template(map)
}

fn queue(delay: u32) -> Value {
    json!({ "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } })
}

fn listed(id: &str, status: &str) -> StackResource {
    StackResource {
        logical_id: id.into(),
        physical_id: Some(format!("physical-{id}")),
        kind: "AWS::SQS::Queue".into(),
        status: status.into(),
    }
}

fn told(wanted: &Template, learnt: &Learnt) -> Vec<(String, LiveState)> {
    let all = resources(wanted, learnt, &Origins::default());
    all.into_iter()
        .map(|one| (one.logical_id, one.state))
        .collect()
}

#[test]
fn a_resource_counts_as_there_when_its_stack_lists_it_as_made() {
    let wanted = template(json!({ "A": queue(1), "B": queue(2), "C": queue(3), "D": queue(4) }));
    let learnt = Learnt {
        stack: Some(Stack::default()),
        template: Some(template(
            json!({ "A": queue(1), "B": queue(1), "C": queue(3), "Old": queue(1), "Lost": queue(1) }),
        )),
        resources: Some(vec![
            listed("A", "CREATE_COMPLETE"),
            listed("B", "UPDATE_COMPLETE"),
            listed("C", "CREATE_FAILED"),
            listed("Old", "CREATE_COMPLETE"),
            listed("Lost", "DELETE_COMPLETE"),
        ]),
        unknown: Vec::new(),
    };
    assert_eq!(
        told(&wanted, &learnt),
        [
            ("A".into(), LiveState::Stands),
            ("B".into(), LiveState::Changed),
            ("C".into(), LiveState::NotYet),
            ("D".into(), LiveState::NotYet),
            ("Old".into(), LiveState::NoLonger),
        ]
    );
    let all = resources(&wanted, &learnt, &Origins::default());
    assert_eq!(all[0].physical_id.as_deref(), Some("physical-A"));
    assert_eq!(all[1].changes, ["DelaySeconds: 1, in the files 2"]);
}

#[test]
fn without_a_list_the_template_tells_what_stands() {
    let wanted = template(json!({ "A": queue(1), "B": queue(2) }));
    let learnt = Learnt {
        stack: Some(Stack::default()),
        template: Some(template(json!({ "A": queue(1) }))),
        ..Learnt::default()
    };
    let states = [
        ("A".into(), LiveState::Stands),
        ("B".into(), LiveState::NotYet),
    ];
    assert_eq!(told(&wanted, &learnt), states);
}

#[test]
fn without_a_readable_template_what_is_listed_stands() {
    let wanted = template(json!({ "A": queue(1), "B": queue(2) }));
    let learnt = Learnt {
        stack: Some(Stack::default()),
        resources: Some(vec![listed("A", "CREATE_COMPLETE")]),
        ..Learnt::default()
    };
    let states = [
        ("A".into(), LiveState::Stands),
        ("B".into(), LiveState::NotYet),
    ];
    assert_eq!(told(&wanted, &learnt), states);
}

#[test]
fn a_node_of_several_resources_stands_when_all_of_them_do() {
    let node = Node {
        id: "schedule:rate(1 hour)".into(),
        kind: show::NodeKind::Schedule,
        label: "rate(1 hour)".into(),
        note: "Schedule".into(),
    };
    let wanted = template(json!({ "A": queue(1), "B": queue(2) }));
    let half = Learnt {
        resources: Some(vec![listed("A", "CREATE_COMPLETE")]),
        ..Learnt::default()
    };
    let all = resources(&wanted, &half, &Origins::default());
    let ids = ["A".to_owned(), "B".to_owned()];
    let found = live_node(&node, &ids, &all, &HashMap::new()).expect("it is of the stack");
    assert_eq!(found.state, LiveState::Changed);
    let one = live_node(&node, &ids[..1], &all, &HashMap::new()).expect("it is of the stack");
    assert_eq!(one.state, LiveState::Stands);
    assert_eq!(one.facts[0].value, "physical-A");
    assert_eq!(live_node(&node, &[], &all, &HashMap::new()), None);
}
