//! Who refers to whom in a template, by number.

use std::collections::{BTreeMap, BTreeSet};

use pilothouse_model::Template;
use serde_json::Value;

use super::references::{conditions_in, references};

/// A distinct reference: what has to be handed over when it crosses from one stack into another.
#[derive(Debug)]
pub(super) struct Link {
    /// The resource referred to; none for a parameter of the template.
    pub(super) target: Option<usize>,
    /// The resources that refer to it.
    pub(super) users: BTreeSet<usize>,
    /// Whether an output of the template refers to it.
    pub(super) in_outputs: bool,
}

/// The resources of a template and how they hang together.
#[derive(Debug)]
pub(super) struct Graph<'a> {
    /// Logical ids, in the template's order.
    pub(super) ids: Vec<&'a str>,
    /// The resources.
    pub(super) resources: Vec<&'a Value>,
    /// By logical id: its number.
    pub(super) numbers: BTreeMap<&'a str, usize>,
    /// By resource: the resources that must be there before it.
    pub(super) edges: Vec<BTreeSet<usize>>,
    /// All distinct references.
    pub(super) links: Vec<Link>,
    /// By resource: the links that it uses.
    pub(super) uses: Vec<BTreeSet<usize>>,
    /// By resource: the links that lead to it.
    pub(super) led_by: Vec<BTreeSet<usize>>,
    /// By resource: how many bytes its text has.
    pub(super) bytes: Vec<usize>,
}

impl<'a> Graph<'a> {
    pub(super) fn of(template: &'a Template) -> Self {
        let section: Vec<(&str, &Value)> = template
            .section("Resources")
            .into_iter()
            .flatten()
            .map(|(id, resource)| (id.as_str(), resource))
            .collect();
        let count = section.len();
        let mut graph = Self {
            ids: section.iter().map(|(id, _)| *id).collect(),
            resources: section.iter().map(|(_, resource)| *resource).collect(),
            numbers: section
                .iter()
                .enumerate()
                .map(|(number, (id, _))| (*id, number))
                .collect(),
            edges: vec![BTreeSet::new(); count],
            links: Vec::new(),
            uses: vec![BTreeSet::new(); count],
            led_by: vec![BTreeSet::new(); count],
            bytes: section
                .iter()
                .map(|(id, resource)| id.len() + resource.to_string().len() + 8)
                .collect(),
        };
        graph.connect(template);
        graph
    }

    pub(super) fn kind(&self, number: usize) -> &'a str {
        let resource = self.resources.get(number);
        let kind = resource.and_then(|resource| resource.get("Type")?.as_str());
        kind.unwrap_or_default()
    }

    fn connect(&mut self, template: &Template) {
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for (number, resource) in self.resources.clone().into_iter().enumerate() {
            for id in depends_on(resource) {
                if let Some(target) = self.numbers.get(id).copied() {
                    self.edge(number, target);
                }
            }
            let mut all = references(&inside(resource));
            all.extend(of_conditions(template, resource));
            for reference in all {
                let Some(link) = self.link(template, &mut known, &reference) else {
                    continue;
                };
                let target = self.links.get_mut(link).and_then(|link| {
                    link.users.insert(number);
                    link.target
                });
                if let Some(uses) = self.uses.get_mut(number) {
                    uses.insert(link);
                }
                if let Some(target) = target {
                    self.edge(number, target);
                }
            }
        }
        for output in template.section("Outputs").into_iter().flatten() {
            for reference in references(output.1) {
                let link = self.link(template, &mut known, &reference);
                if let Some(link) = link.and_then(|link| self.links.get_mut(link)) {
                    link.in_outputs = true;
                }
            }
        }
    }

    fn edge(&mut self, from: usize, to: usize) {
        if from != to
            && let Some(edges) = self.edges.get_mut(from)
        {
            edges.insert(to);
        }
    }

    fn link(
        &mut self,
        template: &Template,
        known: &mut BTreeMap<String, usize>,
        reference: &super::references::Reference,
    ) -> Option<usize> {
        let target = self.numbers.get(reference.id.as_str()).copied();
        let is_parameter = template
            .section("Parameters")
            .is_some_and(|all| all.contains_key(&reference.id));
        if target.is_none()
            && !is_parameter
            && !super::parts::ROOT_ONLY.contains(&reference.id.as_str())
        {
            return None;
        }
        let key = reference.to_value().to_string();
        if let Some(link) = known.get(&key) {
            return Some(*link);
        }
        let link = self.links.len();
        self.links.push(Link {
            target,
            users: BTreeSet::new(),
            in_outputs: false,
        });
        known.insert(key, link);
        if let Some(led_by) = target.and_then(|target| self.led_by.get_mut(target)) {
            led_by.insert(link);
        }
        Some(link)
    }
}

/// The logical ids that a resource waits for.
pub(super) fn depends_on(resource: &Value) -> Vec<&str> {
    match resource.get("DependsOn") {
        Some(Value::String(id)) => vec![id.as_str()],
        Some(Value::Array(ids)) => ids.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// A resource without what does not refer in the way of values.
fn inside(resource: &Value) -> Value {
    let mut inside = resource.clone();
    if let Some(map) = inside.as_object_mut() {
        for key in ["Type", "DependsOn", "Condition"] {
            map.shift_remove(key);
        }
    }
    inside
}

/// The conditions that a resource needs, and those which these need.
pub(super) fn conditions_of(template: &Template, resource: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let own = resource.get("Condition").and_then(Value::as_str);
    names.extend(own.map(str::to_owned));
    conditions_in(&inside(resource), &mut names, false);
    with_theirs(template, names)
}

/// Conditions with those that they are made of.
pub(super) fn with_theirs(template: &Template, names: BTreeSet<String>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut open: Vec<String> = names.into_iter().collect();
    while let Some(name) = open.pop() {
        let condition = template
            .section("Conditions")
            .and_then(|all| all.get(&name));
        if let Some(condition) = condition.filter(|_| all.insert(name)) {
            let mut inner = BTreeSet::new();
            conditions_in(condition, &mut inner, true);
            open.extend(inner);
        }
    }
    all
}

fn of_conditions(template: &Template, resource: &Value) -> Vec<super::references::Reference> {
    let section = template.section("Conditions");
    conditions_of(template, resource)
        .iter()
        .filter_map(|name| section?.get(name))
        .flat_map(references)
        .collect()
}
