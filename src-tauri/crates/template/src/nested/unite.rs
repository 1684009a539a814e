//! A parent and its nested stacks as one template again: what is compared, shown and looked for in a plan.

use indexmap::IndexMap;
use pilothouse_model::Template;
use serde_json::{Map, Value};

use super::Division;
use super::graph::depends_on;
use super::parts::{KIND, PLACEHOLDER};
use super::references::{Reference, rewritten};

/// The one template that a parent and its nested stacks came from. A nested stack stays a resource of it, without
/// its address and parameters. `nested` are the templates by the nested stacks' logical ids.
pub fn unite(parent: &Template, nested: &IndexMap<String, Template>) -> Template {
    let follow = Follow { parent, nested };
    let mut whole = parent.clone();
    let mut resources = Map::new();
    for (id, resource) in parent.section("Resources").into_iter().flatten() {
        if nested.contains_key(id) {
            resources.insert(id.clone(), bare(resource));
        } else {
            resources.insert(id.clone(), follow.value(resource, None));
        }
    }
    let mut outputs = Map::new();
    for (name, output) in parent.section("Outputs").into_iter().flatten() {
        outputs.insert(name.clone(), follow.value(output, None));
    }
    for (stack, template) in nested {
        for (id, resource) in template.section("Resources").into_iter().flatten() {
            if id != PLACEHOLDER {
                resources.insert(id.clone(), follow.value(resource, Some(stack)));
            }
        }
    }
    *whole.section_mut("Resources") = resources;
    if !outputs.is_empty() {
        *whole.section_mut("Outputs") = outputs;
    }
    whole
}

/// As [`unite`], without the nested stacks themselves: the template as it was before it was divided. Who waited for a
/// nested stack waits for all that is in it, and what is in it for all that the stack waited for.
pub fn flatten(parent: &Template, nested: &IndexMap<String, Template>) -> Template {
    let mut whole = unite(parent, nested);
    let inside = |stack: &str| -> Vec<String> {
        let resources = nested.get(stack).and_then(|one| one.section("Resources"));
        let ids = resources.into_iter().flat_map(|all| all.keys().cloned());
        ids.filter(|id| id != PLACEHOLDER).collect()
    };
    let mut outer: IndexMap<String, Vec<String>> = IndexMap::new();
    for stack in nested.keys() {
        let resource = whole.section_mut("Resources").shift_remove(stack);
        let waits = resource.as_ref().map(depends_on).unwrap_or_default();
        let waits: Vec<String> = waits.into_iter().map(str::to_owned).collect();
        for id in inside(stack) {
            outer.insert(id, waits.clone());
        }
    }
    for (id, resource) in whole.section_mut("Resources") {
        let own = depends_on(resource).into_iter().map(str::to_owned);
        let all = own.chain(outer.get(id).cloned().unwrap_or_default());
        let mut waits: Vec<String> = Vec::new();
        for one in all {
            let ids = if nested.contains_key(&one) {
                inside(&one)
            } else {
                vec![one]
            };
            waits.extend(ids);
        }
        let mut seen = std::collections::BTreeSet::new();
        waits.retain(|one| seen.insert(one.clone()));
        if let Some(resource) = resource.as_object_mut().filter(|_| !waits.is_empty()) {
            resource.insert("DependsOn".into(), waits.into());
        }
    }
    whole
}

impl Division {
    /// As [`unite`].
    pub fn united(&self) -> Template {
        unite(&self.parent, &self.nested)
    }
}

/// A nested stack as a resource: its template and what is handed over are told by their content.
fn bare(resource: &Value) -> Value {
    let mut bare = Map::new();
    bare.insert("Type".into(), KIND.into());
    let waits = depends_on(resource);
    if !waits.is_empty() {
        bare.insert("DependsOn".into(), waits.into());
    }
    bare.into()
}

struct Follow<'a> {
    parent: &'a Template,
    nested: &'a IndexMap<String, Template>,
}

impl Follow<'_> {
    /// A value as it would be in one stack: parameters and outputs are followed to where they come from.
    fn value(&self, value: &Value, stack: Option<&str>) -> Value {
        rewritten(value, &mut |reference| self.reference(reference, stack))
    }

    fn reference(&self, reference: &Reference, stack: Option<&str>) -> Option<Value> {
        let Some(attribute) = &reference.attribute else {
            let resource = self.parent.section("Resources")?.get(stack?)?;
            let given = resource.get("Properties")?.get("Parameters")?;
            let given = plain(given.get(&reference.id)?.clone());
            return Some(self.value(&given, None));
        };
        let name = attribute.as_str()?.strip_prefix("Outputs.")?;
        let template = self.nested.get(&reference.id)?;
        let output = template.section("Outputs")?.get(name)?;
        let given = plain(output.get("Value")?.clone());
        Some(self.value(&given, Some(&reference.id)))
    }
}

/// A value without what it was wrapped in for its way.
fn plain(value: Value) -> Value {
    if let Some([Value::String(_), inner, Value::String(empty)]) = value
        .get("Fn::If")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        && empty.is_empty()
    {
        return plain(inner.clone());
    }
    if let Some([Value::String(comma), inner @ Value::Object(_)]) = value
        .get("Fn::Join")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        && comma == ","
    {
        return inner.clone();
    }
    value
}
