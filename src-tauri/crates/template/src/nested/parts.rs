//! The templates of the parent and its nested stacks, made from the places of their resources.
//!
//! What crosses from one stack into another goes up as an output and down as a parameter. The parent knows them all,
//! so that nested stacks know nothing of each other.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use pilothouse_model::Template;
use serde_json::{Map, Value, json};

use super::Division;
use super::crossing::{Crossings, Source};
use super::graph::{Graph, conditions_of, depends_on, with_theirs};
use super::places::{PARENT, Places};
use super::references::{Reference, conditions_in, mappings_in, references, rewritten};

/// Pseudo parameters whose values are others in a nested stack: they are handed over.
pub(super) const ROOT_ONLY: [&str; 2] = ["AWS::StackId", "AWS::StackName"];
/// Stands for resources that may all be left away by their conditions: a stack must have one.
pub(super) const PLACEHOLDER: &str = "NothingElse";
/// The type of nested stacks.
pub(super) const KIND: &str = "AWS::CloudFormation::Stack";

pub(super) struct Maker<'a> {
    template: &'a Template,
    places: &'a Places<'a>,
    graph: &'a Graph<'a>,
    crossings: Crossings<'a>,
    keeps_pseudo: bool,
    /// By nested stack: what the parent says of it.
    stacks: Vec<Stack>,
}

#[derive(Default)]
struct Stack {
    parameters: Map<String, Value>,
    declared: Map<String, Value>,
    depends_on: BTreeSet<String>,
    outputs: BTreeMap<String, Value>,
    resources: Map<String, Value>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(template: &'a Template, places: &'a Places<'a>, keeps_pseudo: bool) -> Self {
        Self {
            template,
            places,
            graph: places.graph,
            crossings: Crossings::new(template, places.graph),
            keeps_pseudo,
            stacks: places.bins.iter().map(|_| Stack::default()).collect(),
        }
    }

    /// The parent and its nested stacks. `address` says where the template of one lies.
    pub(super) fn make(
        mut self,
        most_outputs: usize,
        address: &dyn Fn(&str, &Template) -> Value,
    ) -> Division {
        let mut own = Map::new();
        for number in 0..self.graph.ids.len() {
            let (Some(id), Some(resource)) =
                (self.graph.ids.get(number), self.graph.resources.get(number))
            else {
                continue;
            };
            let place = self.places.place(number).unwrap_or(PARENT);
            let made = self.resource(resource, place);
            match place {
                PARENT => {
                    own.insert((*id).to_owned(), made);
                }
                nested => {
                    if let Some(stack) = self.stacks.get_mut(nested - 1) {
                        stack.resources.insert((*id).to_owned(), made);
                    }
                }
            }
        }
        let outputs = self.outputs(most_outputs);
        self.assemble(own, outputs, address)
    }

    fn resource(&mut self, resource: &Value, place: usize) -> Value {
        let mut made = Map::new();
        for (key, inner) in resource.as_object().into_iter().flatten() {
            match key.as_str() {
                "Type" | "Condition" => {
                    made.insert(key.clone(), inner.clone());
                }
                "DependsOn" => {
                    if let Some(rest) = self.waits(resource, place, inner.is_string()) {
                        made.insert(key.clone(), rest);
                    }
                }
                _ => {
                    made.insert(key.clone(), self.value(inner, place));
                }
            }
        }
        if place != PARENT {
            // Conditions are evaluated in the nested stack again, from the same parameters.
            for condition in conditions_of(self.template, resource) {
                let value = self.condition(&condition);
                self.value(&value, place);
            }
        }
        made.into()
    }

    fn condition(&self, name: &str) -> Value {
        let found = self
            .template
            .section("Conditions")
            .and_then(|all| all.get(name));
        found.cloned().unwrap_or_default()
    }

    /// What a resource waits for in its own stack; what it waits for elsewhere its stack waits for.
    fn waits(&mut self, resource: &Value, place: usize, is_single: bool) -> Option<Value> {
        let mut rest: Vec<String> = Vec::new();
        for id in depends_on(resource) {
            let target = self.graph.numbers.get(id).copied();
            let there = target.and_then(|target| self.places.place(target));
            let there = there.unwrap_or(PARENT);
            let outer = match there {
                PARENT => id.to_owned(),
                nested => self.name(nested).to_owned(),
            };
            let own = if there == place { id.to_owned() } else { outer };
            if there == place || place == PARENT {
                if !rest.contains(&own) {
                    rest.push(own);
                }
            } else if let Some(stack) = self.stacks.get_mut(place - 1) {
                stack.depends_on.insert(own);
            }
        }
        match rest.as_slice() {
            [] => None,
            [only] if is_single => Some(only.clone().into()),
            _ => Some(rest.into()),
        }
    }

    fn name(&self, place: usize) -> &str {
        let bin = self.places.bins.get(place.wrapping_sub(1));
        bin.map(|bin| bin.name.as_str()).unwrap_or_default()
    }

    /// A value as it is said in a stack.
    fn value(&mut self, value: &Value, place: usize) -> Value {
        rewritten(value, &mut |reference| self.reference(reference, place))
    }

    fn reference(&mut self, reference: &Reference, place: usize) -> Option<Value> {
        let source = self
            .crossings
            .source(reference, self.places, self.keeps_pseudo)?;
        match (&source, place) {
            (Source::Resource(there), _) if *there == place => None,
            (Source::Parameter | Source::Pseudo, PARENT) => None,
            (Source::Resource(there), PARENT) => Some(self.out_of_nested(reference, *there)),
            _ => Some(self.handed_over(reference, &source, place)),
        }
    }

    /// A value that a nested stack gives, as the parent says it.
    fn out_of_nested(&mut self, reference: &Reference, there: usize) -> Value {
        let given = self.output(reference, there);
        if self.crossings.is_list(reference) {
            json!({ "Fn::Split": [",", given] })
        } else {
            given
        }
    }

    /// Has a nested stack give a value, as text.
    fn output(&mut self, reference: &Reference, there: usize) -> Value {
        let name = self.crossings.name(reference);
        let known = self.stacks.get(there.wrapping_sub(1));
        if !known.is_some_and(|stack| stack.outputs.contains_key(&name)) {
            let inner = self.value(&reference.to_value(), there);
            let inner = self.crossings.as_text(reference, inner);
            let mut output = Map::new();
            if let Some(condition) = self.crossings.condition_of(reference) {
                output.insert("Condition".into(), condition.into());
            }
            output.insert("Value".into(), inner);
            if let Some(stack) = self.stacks.get_mut(there.wrapping_sub(1)) {
                stack.outputs.insert(name.clone(), output.into());
            }
        }
        json!({ "Fn::GetAtt": [self.name(there), format!("Outputs.{name}")] })
    }

    /// A value from elsewhere, as a parameter of a nested stack.
    fn handed_over(&mut self, reference: &Reference, source: &Source, place: usize) -> Value {
        let name = self.crossings.parameter(reference, source);
        let known = self.stacks.get(place - 1);
        if !known.is_some_and(|stack| stack.declared.contains_key(&name)) {
            let given = match source {
                Source::Resource(PARENT) => {
                    let own = self.value(&reference.to_value(), PARENT);
                    self.crossings.as_text(reference, own)
                }
                Source::Resource(there) => self.output(reference, *there),
                Source::Parameter | Source::Pseudo => {
                    self.crossings.as_text(reference, reference.to_value())
                }
            };
            let given = match self.crossings.condition_of(reference) {
                Some(condition) => json!({ "Fn::If": [condition, given, ""] }),
                None => given,
            };
            let declared = self.crossings.declaration(reference);
            if let Some(stack) = self.stacks.get_mut(place - 1) {
                stack.parameters.insert(name.clone(), given);
                stack.declared.insert(name.clone(), declared);
            }
        }
        json!({ "Ref": name })
    }

    /// The parent's outputs. When they are too many, a nested stack gives those itself that are about its
    /// resources alone and that no other stack imports.
    fn outputs(&mut self, most: usize) -> Map<String, Value> {
        let all: Vec<(String, Value)> = self
            .template
            .section("Outputs")
            .into_iter()
            .flatten()
            .map(|(name, output)| (name.clone(), output.clone()))
            .collect();
        let mut own = Map::new();
        let is_crowded = all.len() > most;
        for (name, output) in all {
            let home = is_crowded.then(|| self.home(&output)).flatten();
            let place = home.unwrap_or(PARENT);
            let made = self.value(&output, place);
            match self.stacks.get_mut(place.wrapping_sub(1)) {
                Some(stack) => {
                    stack.outputs.insert(name, made);
                }
                None => {
                    own.insert(name, made);
                }
            }
        }
        own
    }

    /// The one nested stack that an output is about.
    fn home(&self, output: &Value) -> Option<usize> {
        if output.get("Export").is_some() || output.get("Condition").is_some() {
            return None;
        }
        let mut conditions = BTreeSet::new();
        conditions_in(output, &mut conditions, false);
        if !conditions.is_empty() {
            return None;
        }
        let numbers = references(output)
            .into_iter()
            .filter_map(|reference| self.graph.numbers.get(reference.id.as_str()).copied());
        let homes: BTreeSet<usize> = numbers
            .filter_map(|number| self.places.place(number))
            .collect();
        match homes.into_iter().collect::<Vec<_>>().as_slice() {
            [only] if *only != PARENT => Some(*only),
            _ => None,
        }
    }

    fn assemble(
        self,
        mut own: Map<String, Value>,
        outputs: Map<String, Value>,
        address: &dyn Fn(&str, &Template) -> Value,
    ) -> Division {
        let mut nested = IndexMap::new();
        for (stack, bin) in self.stacks.iter().zip(&self.places.bins) {
            if stack.resources.is_empty() {
                continue;
            }
            let template = self.nested(&bin.name, stack);
            let mut properties = Map::new();
            properties.insert("TemplateURL".into(), address(&bin.name, &template));
            if !stack.parameters.is_empty() {
                properties.insert("Parameters".into(), stack.parameters.clone().into());
            }
            let mut resource = Map::new();
            resource.insert("Type".into(), KIND.into());
            if !stack.depends_on.is_empty() {
                let ids = stack.depends_on.iter().cloned();
                resource.insert("DependsOn".into(), ids.collect());
            }
            resource.insert("Properties".into(), properties.into());
            own.insert(bin.name.clone(), resource.into());
            nested.insert(bin.name.clone(), template);
        }
        let mut parent = self.template.clone();
        *parent.section_mut("Resources") = own;
        if self.template.section("Outputs").is_some() {
            *parent.section_mut("Outputs") = outputs;
        }
        Division { parent, nested }
    }

    fn nested(&self, name: &str, stack: &Stack) -> Template {
        let conditions = self.conditions_for(stack);
        let mut resources = stack.resources.clone();
        let may_stay_away = |resource: &Value| resource.get("Condition").is_some();
        if resources.values().all(may_stay_away) {
            let placeholder = json!({ "Type": "AWS::CloudFormation::WaitConditionHandle" });
            resources.insert(PLACEHOLDER.into(), placeholder);
        }
        let used = resources
            .values()
            .chain(conditions.values())
            .chain(stack.outputs.values());
        let mappings = self.mappings_for(used);
        let mut template = Template::default();
        let about = format!("A part of the service: {name}");
        template
            .0
            .insert("AWSTemplateFormatVersion".into(), "2010-09-09".into());
        template.0.insert("Description".into(), about.into());
        if let Some(transform) = self.template.0.get("Transform") {
            template.0.insert("Transform".into(), transform.clone());
        }
        for (section, map) in [
            ("Parameters", stack.declared.clone()),
            ("Mappings", mappings),
            ("Conditions", conditions),
            ("Resources", resources),
            ("Outputs", stack.outputs.clone().into_iter().collect()),
        ] {
            if !map.is_empty() {
                template.0.insert(section.into(), map.into());
            }
        }
        template
    }

    fn conditions_for(&self, stack: &Stack) -> Map<String, Value> {
        let mut names = BTreeSet::new();
        for resource in stack.resources.values() {
            names.extend(conditions_of(self.template, resource));
        }
        for output in stack.outputs.values() {
            let named = output.get("Condition").and_then(Value::as_str);
            let named = named.map(str::to_owned).into_iter().collect();
            names.extend(with_theirs(self.template, named));
        }
        let localized = names.into_iter().map(|name| {
            let value = self.localized(&self.condition(&name));
            (name, value)
        });
        localized.collect()
    }

    fn mappings_for<'v>(&self, used: impl Iterator<Item = &'v Value>) -> Map<String, Value> {
        let Some(section) = self.template.section("Mappings") else {
            return Map::new();
        };
        let all: Vec<String> = section.keys().cloned().collect();
        let mut names = BTreeSet::new();
        for value in used {
            mappings_in(value, &all, &mut names);
        }
        let found = names
            .into_iter()
            .filter_map(|name| section.get(&name).map(|mapping| (name, mapping.clone())));
        found.collect()
    }

    /// A condition with the names that its parameters have in a nested stack, where they were handed over before.
    fn localized(&self, condition: &Value) -> Value {
        rewritten(condition, &mut |reference| {
            let source = self
                .crossings
                .source(reference, self.places, self.keeps_pseudo)?;
            let name = self.crossings.known(reference, &source)?;
            Some(json!({ "Ref": name }))
        })
    }
}
