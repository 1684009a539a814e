//! Finding places for what has none: the parent keeps what it holds, functions go with what belongs to them.

use super::graph::Graph;
use super::groups::Groups;
use super::places::{PARENT, Places};
use super::{Live, MostOfOne};
use crate::naming;

/// How many places in the parent are left for what comes later.
fn most_new_in_parent(most: MostOfOne) -> usize {
    most.resources * 9 / 10
}

/// The places of all resources of a template that is more than a stack takes, or that lives in several already.
pub(super) fn assign<'g>(graph: &'g Graph<'g>, live: &Live, most: MostOfOne) -> Places<'g> {
    let mut places = Places::new(graph, most);
    let groups = Groups::of(graph);
    places.pin(live);
    keep_in_parent(&mut places, &groups, most);
    for group in groups.members() {
        find_place(&mut places, &group, most);
    }
    for number in 0..graph.ids.len() {
        if places.place(number).is_none() {
            alone(&mut places, number, most);
        }
    }
    places
}

/// What belongs to no function stays in the parent as long as there is room.
fn keep_in_parent(places: &mut Places<'_>, groups: &Groups, most: MostOfOne) {
    let graph = places.graph;
    let first = |number: &usize| {
        let id = graph.ids.get(*number).copied().unwrap_or_default();
        // A new stack is made with these alone, before there is a place for other templates.
        usize::from(![naming::DEPLOYMENT_BUCKET, naming::DEPLOYMENT_BUCKET_POLICY].contains(&id))
    };
    let mut free: Vec<usize> = (0..graph.ids.len())
        .filter(|number| places.place(*number).is_none())
        .filter(|number| groups.owner.get(*number).is_some_and(Option::is_none))
        .collect();
    free.sort_by_key(first);
    for number in free {
        // A deployment takes the place of the one before, which is in the parent.
        let limit = if graph.kind(number).ends_with("::Deployment") {
            most.resources * 98 / 100
        } else {
            most_new_in_parent(most)
        };
        if places.parent_count() < limit {
            places.put(&[number], PARENT);
        }
    }
}

fn find_place(places: &mut Places<'_>, group: &[usize], most: MostOfOne) {
    let free: Vec<usize> = group
        .iter()
        .copied()
        .filter(|number| places.place(*number).is_none())
        .collect();
    if free.is_empty() {
        return;
    }
    // Where the rest of the group lives, that is where new members belong.
    let mut homes: Vec<usize> = group
        .iter()
        .filter_map(|number| places.place(*number))
        .collect();
    homes.dedup();
    for home in homes {
        if home == PARENT {
            if places.parent_count() + free.len() <= most_new_in_parent(most) {
                places.put(&free, PARENT);
                return;
            }
        } else if places.try_bin(&free, home, most.resources) {
            return;
        }
    }
    if into_some(places, &free, most) {
        return;
    }
    for number in free {
        alone(places, number, most);
    }
}

fn alone(places: &mut Places<'_>, number: usize, most: MostOfOne) {
    if !into_some(places, &[number], most) {
        // It may be one too many there: then that is what is told.
        places.put(&[number], PARENT);
    }
}

/// Into the first nested stack that takes it, or a new one.
fn into_some(places: &mut Places<'_>, group: &[usize], most: MostOfOne) -> bool {
    for place in 1..=places.bins.len() {
        if places.try_bin(group, place, most.comfortable()) {
            return true;
        }
    }
    let name = new_name(places);
    places.try_new(group, &name)
}

/// The first of `NestedStack1`, `NestedStack2`, ... that nothing else has.
fn new_name(places: &Places<'_>) -> String {
    let mut number = places.bins.len() + 1;
    loop {
        let name = format!("NestedStack{number}");
        let is_taken = places.graph.numbers.contains_key(name.as_str())
            || places.bins.iter().any(|bin| bin.name == name);
        if !is_taken {
            return name;
        }
        number += 1;
    }
}
