//! The state of the small AWS, and how a change of a stack runs through it.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use indexmap::IndexMap;
use pilothouse_effects::{
    ChangeSetRequest, Parameter, Published, ResourceChange, Sealing, SecretShape, Served,
    StackEvent, StackSettings, StageSettings,
};
use pilothouse_model::Digest;
use serde_json::{Map, Value};

use super::Fault;
use super::parameter_store::{FaultOf, Stored};

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) now: Option<SystemTime>,
    pub(super) pace: Duration,
    pub(super) refused: Option<String>,
    pub(super) fault: Option<(u32, Fault)>,
    pub(super) fault_of_call: Option<(&'static str, Fault)>,
    /// Calls of some names that go wrong.
    pub(super) faults: Vec<FaultOf>,
    pub(super) calls: u32,
    pub(super) stacks: Vec<FakeStack>,
    pub(super) change_sets: Vec<FakeChangeSet>,
    pub(super) buckets: BTreeMap<String, BTreeMap<String, Kept>>,
    pub(super) bucket_tags: BTreeMap<String, BTreeMap<String, String>>,
    pub(super) functions: BTreeMap<String, Digest>,
    /// Settings by API and stage.
    pub(super) stages: BTreeMap<(String, String), StageSettings>,
    /// By the function's name, or `layer:` and the layer's.
    pub(super) versions: BTreeMap<String, Published>,
    /// Parameters by name, texts of objects by bucket and key, keys of secrets by name.
    pub(super) parameters: BTreeMap<String, Parameter>,
    pub(super) texts: BTreeMap<(String, String), String>,
    /// Digests of images, by repository and tag.
    pub(super) images: BTreeMap<String, String>,
    pub(super) secrets: BTreeMap<String, SecretShape>,
    /// What the Parameter Store holds.
    pub(super) store: BTreeMap<String, Stored>,
    numbers: u32,
}

/// An object.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) digest: Digest,
    pub(super) text: Option<String>,
    pub(super) served: Served,
    /// Somebody else put it there, without its digest.
    pub(super) by_others: bool,
    pub(super) sealing: Sealing,
}

#[derive(Debug)]
pub(super) struct FakeStack {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) status: String,
    pub(super) template: Map<String, Value>,
    pub(super) tags: IndexMap<String, String>,
    pub(super) settings: StackSettings,
    pub(super) policy: Option<String>,
    pub(super) physical: IndexMap<String, String>,
    /// Oldest first.
    pub(super) events: Vec<StackEvent>,
    /// What the change that is under way, or the last one, has made or changed.
    pub(super) touched: Vec<String>,
    /// What will still happen, and when.
    pub(super) coming: Vec<(SystemTime, Coming)>,
}

/// One thing that a change of a stack does.
#[derive(Debug, Clone)]
pub(super) enum Coming {
    Event(StackEvent),
    /// A resource takes the form that this template gives it.
    Made(String, Map<String, Value>),
    Deleted(String),
    Status(String),
    Template(Map<String, Value>),
}

#[derive(Debug)]
pub(super) struct FakeChangeSet {
    pub(super) id: String,
    pub(super) stack_id: String,
    pub(super) template: Map<String, Value>,
    pub(super) changes: Vec<ResourceChange>,
    /// Whether something beside the template changes.
    pub(super) has_settings: bool,
    pub(super) request: ChangeSetRequest,
    pub(super) executions: usize,
    pub(super) usable: bool,
}

impl State {
    pub(super) fn number(&mut self) -> u32 {
        self.numbers += 1;
        self.numbers
    }

    pub(super) fn next_fault(&mut self, call: &'static str) -> Option<Fault> {
        self.calls += 1;
        if let Some((name, fault)) = self.fault_of_call
            && name == call
        {
            self.fault_of_call = None;
            return Some(fault);
        }
        if let Some(fault) = self.faults.iter_mut().find_map(|fault| fault.next(call)) {
            return Some(fault);
        }
        self.fault
            .filter(|(number, _)| *number == self.calls)
            .map(|(_, fault)| fault)
    }

    pub(super) fn stack(&mut self, name_or_id: &str) -> Option<&mut FakeStack> {
        self.stacks.iter_mut().rev().find(|stack| {
            stack.id == name_or_id
                || (stack.name == name_or_id && stack.status != "DELETE_COMPLETE")
        })
    }

    /// Lets everything happen whose time has come.
    pub(super) fn advance(&mut self, now: SystemTime) {
        for index in 0..self.stacks.len() {
            while let Some(coming) = self.due(index, now) {
                self.happen(index, coming);
            }
        }
    }

    fn due(&mut self, index: usize, now: SystemTime) -> Option<Coming> {
        let stack = self.stacks.get_mut(index)?;
        stack.coming.first().filter(|(at, _)| *at <= now)?;
        Some(stack.coming.remove(0).1)
    }

    fn happen(&mut self, index: usize, coming: Coming) {
        let Some(stack) = self.stacks.get_mut(index) else {
            return;
        };
        match coming {
            Coming::Event(event) => stack.events.push(event),
            Coming::Status(status) => stack.status = status,
            Coming::Template(template) => stack.template = template,
            Coming::Made(id, template) => {
                let physical = format!("{}-{}", stack.name, id.to_lowercase());
                stack.physical.insert(id.clone(), physical.clone());
                stack.touched.push(id.clone());
                self.make(&id, &template, &physical, index);
            }
            Coming::Deleted(id) => {
                if let Some(physical) = stack.physical.shift_remove(&id) {
                    self.buckets.remove(&physical);
                    self.functions.remove(&physical);
                }
            }
        }
    }

    /// What making a resource does beyond the stack: a bucket is there, a function has its code.
    fn make(&mut self, id: &str, template: &Map<String, Value>, physical: &str, index: usize) {
        let resource = template.get("Resources").and_then(|all| all.get(id));
        let Some(resource) = resource else {
            return;
        };
        match resource.get("Type").and_then(Value::as_str) {
            Some("AWS::S3::Bucket") => {
                self.buckets.entry(physical.to_owned()).or_default();
            }
            Some("AWS::Lambda::Function") => {
                let name = resource
                    .pointer("/Properties/FunctionName")
                    .and_then(Value::as_str);
                let name = name.unwrap_or(physical).to_owned();
                let digest = self.code_at(resource, index);
                if let Some(stack) = self.stacks.get_mut(index) {
                    stack.physical.insert(id.to_owned(), name.clone());
                }
                if let Some(digest) = digest {
                    self.functions.insert(name, digest);
                }
            }
            _ => {}
        }
    }

    fn code_at(&self, function: &Value, index: usize) -> Option<Digest> {
        let key = function.pointer("/Properties/Code/S3Key")?.as_str()?;
        let bucket = function.pointer("/Properties/Code/S3Bucket")?;
        let name = match bucket.get("Ref").and_then(Value::as_str) {
            Some(id) => self.stacks.get(index)?.physical.get(id)?.as_str(),
            None => bucket.as_str()?,
        };
        Some(self.buckets.get(name)?.get(key)?.digest)
    }
}
