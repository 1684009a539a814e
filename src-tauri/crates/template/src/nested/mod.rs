//! A service of more resources than a stack takes: one template becomes a parent and nested stacks.
//!
//! It is switched on by `custom.pilothouse.nestedStacks` and has three rules:
//!
//! - What lives stays where it is. A resource that moved from one stack to another would be made a second time
//!   while the first one still has its name. So what is asked of the live stack comes in as [`Live`].
//! - A template that fits into one stack stays one, unless its stack has nested ones already.
//! - There is no circle between stacks, by construction (see [`places`]).
//!
//! Each value that crosses is a parameter of the stack that needs it and an output of the one that has it. The pseudo
//! parameters `AWS::StackName` and `AWS::StackId` go down as values, since they would be others in a nested stack.

mod address;
mod assign;
mod crossing;
mod graph;
mod groups;
mod parts;
mod places;
mod references;
mod split;
mod unite;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use pilothouse_model::{Code, Diagnostic, Diagnostics, Template};
use pilothouse_service::SplitStacks;
use serde_json::Value;

pub use address::{nested_template_address, nested_template_name};
use graph::Graph;
use parts::Maker;
use places::Places;
pub use unite::{flatten, unite};

/// Which resources the live stack has, by logical id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Live {
    /// Those of the stack itself.
    pub parent: BTreeSet<String>,
    /// Those of its nested stacks, by the nested stack's own logical id.
    pub nested: BTreeMap<String, BTreeSet<String>>,
}

/// The most of everything in one stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MostOfOne {
    /// Resources.
    pub resources: usize,
    /// Parameters.
    pub parameters: usize,
    /// Outputs.
    pub outputs: usize,
    /// Bytes of the template.
    pub bytes: usize,
}

impl MostOfOne {
    /// What CloudFormation takes.
    pub const CLOUDFORMATION: Self = Self {
        resources: 500,
        parameters: 200,
        outputs: 200,
        bytes: 1_000_000,
    };

    /// How many resources a nested stack is given at first, so that what lives in it can have more later.
    const fn comfortable(self) -> usize {
        self.resources * 8 / 10
    }
}

/// A template in several stacks.
#[derive(Debug, Clone, PartialEq)]
pub struct Division {
    /// The stack that the others are resources of.
    pub parent: Template,
    /// The nested stacks' templates, by their logical ids in the parent.
    pub nested: IndexMap<String, Template>,
}

/// Divides a template, or says nothing when one stack is enough. `address` says where a nested template will lie.
///
/// # Errors
/// When it cannot be divided within the bounds of a stack: what stands in the way.
pub fn divide(
    template: &Template,
    live: &Live,
    most: MostOfOne,
    address: &dyn Fn(&str, &Template) -> Value,
) -> Result<Option<Division>, Diagnostics> {
    if live.nested.is_empty() && fits(template, most) {
        return Ok(None);
    }
    no_macros(template)?;
    let graph = Graph::of(template);
    let places = assign::assign(&graph, live, most);
    if let Some(place) = places.circle() {
        return Err(in_circle(&places, place));
    }
    let division = Maker::new(template, &places, false).make(most.outputs, address);
    within(&division, most)?;
    Ok(Some(division))
}

/// Divides a template as serverless-plugin-split-stacks does. `functions` is what the ids of each function begin with.
///
/// # Errors
/// As [`divide`].
pub fn divide_by_plugin(
    template: &Template,
    by: (&SplitStacks, &[String]),
    live: &Live,
    most: MostOfOne,
    address: &dyn Fn(&str, &Template) -> Value,
) -> Result<Division, Diagnostics> {
    no_macros(template)?;
    let (settings, functions) = by;
    let ordered = split::one_after_another(template, settings, functions);
    let graph = Graph::of(&ordered);
    let places = split::split(&graph, live, most, settings, functions);
    if let Some(place) = places.circle() {
        return Err(in_circle(&places, place));
    }
    let mut division = Maker::new(&ordered, &places, true).make(most.outputs, address);
    split::in_turn(&mut division, settings);
    within(&division, most)?;
    Ok(division)
}

/// Whether a template is small enough for one stack.
fn fits(template: &Template, most: MostOfOne) -> bool {
    over(template, most).is_empty()
}

/// What a template has too much of: how many, what, and how many it may have.
fn over(template: &Template, most: MostOfOne) -> Vec<(usize, &'static str, usize)> {
    let count = |section: &str| template.section(section).map_or(0, serde_json::Map::len);
    let bytes = serde_json::to_string(&template.0).map_or(0, |text| text.len());
    [
        (count("Resources"), "resources", most.resources),
        (count("Parameters"), "parameters", most.parameters),
        (count("Outputs"), "outputs", most.outputs),
        (bytes, "bytes", most.bytes),
    ]
    .into_iter()
    .filter(|(has, _, most)| has > most)
    .collect()
}

fn no_macros(template: &Template) -> Result<(), Diagnostics> {
    let named = match template.0.get("Transform") {
        None => return Ok(()),
        Some(Value::String(name)) => vec![name.as_str()],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        Some(_) => vec!["a macro"],
    };
    let Some(name) = named
        .iter()
        .find(|name| **name != "AWS::LanguageExtensions")
    else {
        return Ok(());
    };
    let message =
        format!("the template is changed by {name} before it is used, and cannot be divided");
    Err(one(Diagnostic::error(Code::TemplateTooLarge, message)
        .path("resources.Transform")
        .reason("the macro makes resources that nobody knows before")
        .hint(
            "Divide the service into several that are deployed together: pilothouse deploy --all",
        )))
}

fn in_circle(places: &Places<'_>, place: usize) -> Diagnostics {
    let name = places
        .bins
        .get(place - 1)
        .map(|bin| bin.name.as_str())
        .unwrap_or_default();
    let message =
        format!("resources of the nested stack {name} would need others that need it themselves");
    one(Diagnostic::error(Code::TemplateTooLarge, message)
        .path("Resources")
        .reason("what lives stays in its stack, and two stacks cannot wait for each other")
        .hint("Take the reference away that was added last, or deploy first without the resources that it leads to"))
}

fn within(division: &Division, most: MostOfOne) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::default();
    let parent = std::iter::once(("the parent stack", &division.parent));
    let nested = division
        .nested
        .iter()
        .map(|(name, template)| (name.as_str(), template));
    for (name, template) in parent.chain(nested) {
        for (has, what, most) in over(template, most) {
            let message =
                format!("divided, {name} would have {has} {what}, and CloudFormation takes {most}");
            found.push(
                Diagnostic::error(Code::TemplateTooLarge, message)
                    .path("Resources")
                    .reason("what lives stays in its stack, and each value that crosses from one into another counts there")
                    .hint("Divide the service into several that are deployed together: pilothouse deploy --all"),
            );
        }
    }
    if found.has_errors() {
        Err(found)
    } else {
        Ok(())
    }
}

fn one(diagnostic: Diagnostic) -> Diagnostics {
    let mut found = Diagnostics::default();
    found.push(diagnostic);
    found
}

#[cfg(test)]
mod tests;
