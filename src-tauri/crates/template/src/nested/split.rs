//! Nested stacks as serverless-plugin-split-stacks has them: by function, by type, or in groups of functions.
//!
//! The names and the choice of what goes where are the plugin's, so that a stack that it divided can be taken over. What
//! lives stays where it is, as with the plugin.

use std::collections::{BTreeMap, BTreeSet};

use pilothouse_model::Template;
use pilothouse_service::SplitStacks;
use serde_json::Value;
use sha1::{Digest as _, Sha1};

use super::graph::{Graph, depends_on};
use super::places::{PARENT, Places};
use super::{Division, Live, MostOfOne};

/// Types with nested stacks of their own, the stack's name, and whether there can be several of them.
const BY_TYPE: [(&str, &str, bool); 11] = [
    ("AWS::CloudWatch::Alarm", "Alarms", true),
    ("AWS::Logs::MetricFilter", "Filters", true),
    ("AWS::Logs::SubscriptionFilter", "Filters", true),
    ("AWS::ApiGateway::Resource", "API", false),
    ("AWS::ApiGateway::RestApi", "API", false),
    ("AWS::Lambda::Version", "Versions", false),
    ("AWS::Lambda::Permission", "Permissions", false),
    ("AWS::SNS::Subscription", "Subscriptions", false),
    ("AWS::SNS::TopicPolicy", "Policies", false),
    ("AWS::S3::BucketPolicy", "Policies", false),
    ("AWS::SQS::QueuePolicy", "Policies", false),
];
const METHOD: &str = "AWS::ApiGateway::Method";
const RESOURCE: &str = "AWS::ApiGateway::Resource";

/// Where a resource is to go.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Destination {
    name: String,
    can_be_several: bool,
    /// Which of the plugin's ways said so.
    way: u8,
}

/// The ways of the plugin that are switched on.
struct Ways<'a> {
    settings: &'a SplitStacks,
    /// What the ids of each function's resources begin with, the longest first.
    functions: Vec<&'a str>,
    /// The functions of each path and of those below it.
    of_path: BTreeMap<usize, BTreeSet<&'a str>>,
    /// The functions of each path alone: theirs is the method that browsers ask first.
    at_path: BTreeMap<usize, BTreeSet<&'a str>>,
}

impl<'a> Ways<'a> {
    fn new(graph: &Graph<'_>, settings: &'a SplitStacks, functions: &'a [String]) -> Self {
        let mut functions: Vec<&str> = functions.iter().map(String::as_str).collect();
        functions.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let mut ways = Self {
            settings,
            functions,
            of_path: BTreeMap::new(),
            at_path: BTreeMap::new(),
        };
        ways.find_paths(graph);
        ways
    }

    fn by_name(&self, id: &str) -> Option<&'a str> {
        let mut all = self.functions.iter().copied();
        all.find(|name| id.starts_with(name))
    }

    /// The function that a method leads to.
    fn of_method(&self, graph: &Graph<'_>, method: usize) -> Option<&'a str> {
        let needs = graph.edges.get(method).into_iter().flatten();
        needs
            .filter(|need| graph.kind(**need) == "AWS::Lambda::Function")
            .find_map(|need| self.by_name(graph.ids.get(*need)?))
    }

    fn find_paths(&mut self, graph: &Graph<'_>) {
        for method in (0..graph.ids.len()).filter(|number| graph.kind(*number) == METHOD) {
            let Some(function) = self.of_method(graph, method) else {
                continue;
            };
            let mut open: Vec<usize> = paths(graph, method);
            for path in &open {
                self.at_path.entry(*path).or_default().insert(function);
            }
            while let Some(path) = open.pop() {
                if self.of_path.entry(path).or_default().insert(function) {
                    open.extend(paths(graph, path));
                }
            }
        }
    }

    fn of_function(&self, graph: &Graph<'_>, number: usize) -> Option<&'a str> {
        let only = |functions: Option<&BTreeSet<&'a str>>| {
            let functions = functions.filter(|functions| functions.len() == 1)?;
            functions.iter().next().copied()
        };
        match graph.kind(number) {
            RESOURCE => only(self.of_path.get(&number)),
            METHOD => self.of_method(graph, number).or_else(|| {
                let path = *paths(graph, number).first()?;
                only(self.at_path.get(&path))
            }),
            _ => self.by_name(graph.ids.get(number)?),
        }
    }

    fn destination(&self, graph: &Graph<'_>, number: usize) -> Option<Destination> {
        let function = self.of_function(graph, number);
        let one = |name: String, way: u8| Destination {
            name,
            can_be_several: false,
            way,
        };
        if let Some(function) = function.filter(|_| self.settings.per_function) {
            return Some(one(function.to_owned(), 0));
        }
        let kind = graph.kind(number);
        let listed = BY_TYPE.iter().find(|(known, _, _)| *known == kind);
        if let Some((_, name, can_be_several)) = listed.filter(|_| self.settings.per_type) {
            return Some(Destination {
                name: (*name).to_owned(),
                can_be_several: *can_be_several,
                way: 1,
            });
        }
        let groups = self.settings.groups?;
        Some(one(group(function?, groups).to_string(), 2))
    }
}

/// The paths of the API that a method or a path hangs on.
fn paths(graph: &Graph<'_>, number: usize) -> Vec<usize> {
    let needs = graph.edges.get(number).into_iter().flatten().copied();
    needs.filter(|need| graph.kind(*need) == RESOURCE).collect()
}

/// The group of a function, as the plugin counts it.
fn group(function: &str, groups: u32) -> u64 {
    let digest = Sha1::digest(function.as_bytes());
    let start = digest.iter().take(5);
    start.fold(0, |sum, byte| sum * 256 + u64::from(*byte)) % u64::from(groups.max(1)) + 1
}

/// A template in which no more resources of a nested stack change at once than is wanted.
pub(super) fn one_after_another(
    template: &Template,
    settings: &SplitStacks,
    functions: &[String],
) -> Template {
    let mut ordered = template.clone();
    let Some(most) = settings
        .resource_concurrency
        .and_then(|most| usize::try_from(most).ok())
    else {
        return ordered;
    };
    let graph = Graph::of(template);
    let ways = Ways::new(&graph, settings, functions);
    let mut lanes: BTreeMap<(u8, String), Vec<usize>> = BTreeMap::new();
    // Those that others need come first, so that no circle comes of the order.
    for number in needed_first(&graph) {
        if graph.kind(number) == "AWS::Logs::LogGroup" {
            continue;
        }
        let Some(to) = ways.destination(&graph, number) else {
            continue;
        };
        let lane = lanes.entry((to.way, to.name)).or_default();
        let before = lane
            .len()
            .checked_sub(most)
            .and_then(|at| lane.get(at))
            .copied();
        lane.push(number);
        let (Some(before), Some(id)) = (before, graph.ids.get(number)) else {
            continue;
        };
        let resource = ordered.section_mut("Resources").get_mut(*id);
        if let (Some(Value::Object(resource)), Some(before)) = (resource, graph.ids.get(before)) {
            let known = Value::Object(resource.clone());
            let mut ids: Vec<&str> = vec![before];
            ids.extend(depends_on(&known).into_iter().filter(|id| id != before));
            resource.insert("DependsOn".into(), ids.into());
        }
    }
    ordered
}

/// Resources, each after those that it needs.
fn needed_first(graph: &Graph<'_>) -> Vec<usize> {
    let mut order = Vec::new();
    let mut seen = vec![false; graph.ids.len()];
    for start in 0..graph.ids.len() {
        let mut open = vec![(start, false)];
        while let Some((number, is_done)) = open.pop() {
            if is_done {
                order.push(number);
                continue;
            }
            match seen.get_mut(number) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            open.push((number, true));
            let needs = graph.edges.get(number).into_iter().flatten();
            open.extend(needs.map(|need| (*need, false)));
        }
    }
    order
}

/// The places of all resources.
pub(super) fn split<'g>(
    graph: &'g Graph<'g>,
    live: &Live,
    most: MostOfOne,
    settings: &SplitStacks,
    functions: &[String],
) -> Places<'g> {
    let mut places = Places::new(graph, most);
    places.pin(live);
    let ways = Ways::new(graph, settings, functions);
    for number in 0..graph.ids.len() {
        if places.place(number).is_some() {
            continue;
        }
        match ways.destination(graph, number) {
            None => places.put(&[number], PARENT),
            Some(to) => {
                let place = room(&mut places, &to, most);
                places.put(&[number], place);
            }
        }
    }
    places
}

/// The nested stack of a name that has room; the last one counts when there can be no other.
fn room(places: &mut Places<'_>, to: &Destination, most: MostOfOne) -> usize {
    let mut suffix = String::new();
    for number in 2.. {
        let place = places.bin(&format!("{}NestedStack{suffix}", to.name));
        let count = places
            .bins
            .get(place - 1)
            .map_or(0, |bin| bin.members.len());
        let (_, gives) = places.crossings(place);
        let has_room = count < most.resources && gives < most.outputs;
        if has_room || !to.can_be_several {
            return place;
        }
        suffix = number.to_string();
    }
    PARENT
}

/// Has no more nested stacks change at once than is wanted: each waits for one that came before.
pub(super) fn in_turn(division: &mut Division, settings: &SplitStacks) {
    let Some(most) = settings
        .stack_concurrency
        .and_then(|most| usize::try_from(most).ok())
    else {
        return;
    };
    let parent = division.parent.clone();
    let graph = Graph::of(&parent);
    // In the order in which they need each other, so that no circle comes of it.
    let stacks: Vec<&str> = needed_first(&graph)
        .into_iter()
        .filter_map(|number| graph.ids.get(number).copied())
        .filter(|id| division.nested.contains_key(*id))
        .collect();
    for (before, id) in stacks.iter().zip(stacks.iter().skip(most)) {
        let resource = division.parent.section_mut("Resources").get_mut(*id);
        if let Some(Value::Object(resource)) = resource {
            let known = Value::Object(resource.clone());
            let mut ids: Vec<&str> = vec![before];
            ids.extend(depends_on(&known).into_iter().filter(|id| id != before));
            resource.insert("DependsOn".into(), ids.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_grouped_as_the_plugin_counts() {
        // What its SHA-1 gives: the first five bytes, by the number of groups.
        for (name, groups, wanted) in [("Users", 4, 1), ("Orders", 7, 4)] {
            assert_eq!(group(name, groups), wanted, "{name}");
        }
    }
}
