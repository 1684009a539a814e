//! Nested stacks: what lives in them, and what a change set does to what is in them.

use std::collections::BTreeMap;
use std::time::SystemTime;

use indexmap::IndexMap;
use pilothouse_effects::{Events, ResourceChange, StackEvent};
use pilothouse_model::{Digest, PlanRow, Template};
use serde_json::{Map, Value};

use crate::desired::Desired;
use crate::template::FUNCTION;
use crate::{DeployProblem, Session, rows};

/// The type of nested stacks.
pub(crate) const STACK: &str = "AWS::CloudFormation::Stack";

/// The templates of a stack that lives.
#[derive(Debug, Clone)]
pub struct LiveParts {
    /// The SHA-256 of the text of its own, in hexadecimal.
    pub template_hash: String,
    /// Its own.
    pub parent: Template,
    /// Those of the nested stacks that the service does not name itself, by their logical ids.
    pub nested: IndexMap<String, Template>,
}

/// Asks what lives in a stack and its nested ones; nothing when there is no stack, or its template is no JSON.
///
/// # Errors
/// When the cloud does not answer.
pub async fn live_parts(
    session: &Session,
    desired: &Desired,
) -> Result<Option<LiveParts>, DeployProblem> {
    let stacks = &session.cloud().stacks;
    let Some(stack) = stacks.describe(&desired.stack).await? else {
        return Ok(None);
    };
    let text = stacks.template(&stack.id).await?.unwrap_or_default();
    let Ok(parent) = serde_json::from_str::<Map<String, Value>>(&text) else {
        return Ok(None);
    };
    let parent = Template(parent);
    let own = desired.update.section("Resources");
    let is_part = |id: &str| {
        let live = parent.section("Resources").and_then(|all| all.get(id));
        let is_stack = live.is_some_and(|one| one.get("Type").is_some_and(|kind| kind == STACK));
        is_stack && !own.is_some_and(|own| own.contains_key(id))
    };
    let mut nested = IndexMap::new();
    let has_any = parent
        .section("Resources")
        .is_some_and(|all| all.keys().any(|id| is_part(id)));
    if has_any {
        for resource in stacks.resources(&stack.id).await? {
            let Some(arn) = resource
                .physical_id
                .filter(|_| is_part(&resource.logical_id))
            else {
                continue;
            };
            let text = stacks.template(&arn).await?.unwrap_or_default();
            if let Ok(template) = serde_json::from_str(&text) {
                nested.insert(resource.logical_id, Template(template));
            }
        }
    }
    Ok(Some(LiveParts {
        template_hash: Digest::of(text.as_bytes()).to_string(),
        parent,
        nested,
    }))
}

/// Events of nested stacks that a change of the stack sets off: what fails there is the cause of what fails here.
#[derive(Debug, Default)]
pub(crate) struct Inside {
    since: Option<SystemTime>,
    /// By nested stack: the newest event that was told.
    seen: BTreeMap<String, Option<String>>,
}

impl Inside {
    /// What is new in the nested stacks that events of the stack tell of, oldest first. A nested stack that cannot be
    /// asked is passed over: its own events decide nothing.
    pub(crate) async fn fresh(
        &mut self,
        session: &Session,
        stack: &str,
        events: &[StackEvent],
    ) -> Vec<StackEvent> {
        for event in events {
            self.since.get_or_insert(event.at);
            let arn = event.physical_id.as_deref().unwrap_or_default();
            if event.kind == STACK && arn != stack && arn.starts_with("arn:") {
                self.seen.entry(arn.to_owned()).or_default();
            }
        }
        let mut all = Vec::new();
        for (arn, seen) in &mut self.seen {
            let which = seen.as_deref().map_or(Events::Latest, Events::After);
            let Ok(mut found) = session.cloud().stacks.events(arn, which).await else {
                continue;
            };
            found.retain(|event| self.since.is_none_or(|since| event.at >= since));
            if let Some(newest) = found.first() {
                *seen = Some(newest.id.clone());
            }
            found.reverse();
            // The nested stack itself is told by the stack that it is in.
            found.retain(|event| event.physical_id.as_deref() != Some(arn.as_str()));
            all.extend(found);
        }
        all
    }
}

/// Every resource as a row that adds it.
pub(crate) fn all_added(desired: &Desired) -> Vec<PlanRow> {
    named(desired, rows::all_added(&desired.update))
}

/// The rows of a change set, with those of nested stacks.
pub(crate) async fn rows(
    session: &Session,
    desired: &Desired,
    before: Option<&Map<String, Value>>,
    changes: &[ResourceChange],
) -> Result<Vec<PlanRow>, DeployProblem> {
    let mut all = Vec::new();
    for change in changes {
        if !is_part(desired, change) {
            all.push(change.clone());
            continue;
        }
        match &change.nested {
            Some(set) => {
                let set = session.cloud().change_sets.describe(set).await?;
                all.extend(
                    set.changes
                        .into_iter()
                        .filter(|one| one.logical_id != "NothingElse"),
                );
            }
            // The local AWS tells only that something in the nested stack changes.
            None => all.extend(by_templates(desired, before, &change.logical_id)),
        }
        if change.action != "Modify" {
            all.push(change.clone());
        }
    }
    let rows = rows::of_changes(&all, before, &desired.update);
    Ok(named(desired, rows))
}

fn is_part(desired: &Desired, change: &ResourceChange) -> bool {
    let id = change.logical_id.as_str();
    let lives = desired.live.as_ref();
    let lives = lives.is_some_and(|live| live.places.values().any(|place| place == id));
    change.kind == STACK && (lives || desired.nested().iter().any(|part| part.id == id))
}

/// Names the nested stack of each row.
fn named(desired: &Desired, mut rows: Vec<PlanRow>) -> Vec<PlanRow> {
    let mut places: BTreeMap<&str, &str> = BTreeMap::new();
    if let Some(live) = &desired.live {
        let live = live.places.iter();
        places.extend(live.map(|(id, place)| (id.as_str(), place.as_str())));
    }
    for part in desired.nested() {
        let ids = part
            .template
            .section("Resources")
            .into_iter()
            .flat_map(Map::keys);
        places.extend(ids.map(|id| (id.as_str(), part.id.as_str())));
    }
    for row in &mut rows {
        row.stack = places
            .get(row.logical_id.as_str())
            .map(|place| (*place).to_owned());
    }
    rows
}

/// What becomes of the resources of a nested stack, by what lives and what is wanted.
fn by_templates(
    desired: &Desired,
    before: Option<&Map<String, Value>>,
    stack: &str,
) -> Vec<ResourceChange> {
    let none = BTreeMap::new();
    let live = desired.live.as_ref().map_or(&none, |live| &live.places);
    let old = |id: &str| {
        let lives = live.get(id).is_some_and(|place| place == stack);
        before?.get("Resources")?.get(id).filter(|_| lives)
    };
    let wanted = desired.update.section("Resources").into_iter().flatten();
    let wanted = wanted.filter(|(id, _)| desired.stack_of(id) == Some(stack));
    let mut changes: Vec<ResourceChange> = wanted
        .filter_map(|(id, resource)| match old(id) {
            None => Some(change("Add", id, resource)),
            Some(old) if without_waiting(old) != without_waiting(resource) => {
                Some(change("Modify", id, resource))
            }
            Some(_) => None,
        })
        .collect();
    let gone = live
        .iter()
        .filter(|(id, place)| *place == stack && desired.stack_of(id) != Some(stack));
    changes.extend(gone.filter_map(|(id, _)| Some(change("Remove", id, old(id)?))));
    changes
}

/// A resource but for what it waits for, which changes nothing in it.
fn without_waiting(resource: &Value) -> Value {
    let mut resource = resource.clone();
    if let Some(keys) = resource.as_object_mut() {
        keys.shift_remove("DependsOn");
    }
    resource
}

fn change(action: &str, id: &str, resource: &Value) -> ResourceChange {
    let text = |key: &str| resource.get(key).and_then(Value::as_str).map(str::to_owned);
    let kind = text("Type").unwrap_or_default();
    let replacement = if kind == FUNCTION {
        "False"
    } else {
        "Conditional"
    };
    ResourceChange {
        action: action.to_owned(),
        logical_id: id.to_owned(),
        physical_id: None,
        replacement: (action == "Modify").then(|| replacement.to_owned()),
        policy: text("DeletionPolicy").filter(|_| action == "Remove"),
        properties: Vec::new(),
        nested: None,
        kind,
    }
}
