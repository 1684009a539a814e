//! Change sets: made by comparing templates, executed once.

use std::time::SystemTime;

use indexmap::IndexMap;
use pilothouse_effects::{
    ChangeSet, ChangeSetKind, ChangeSetRequest, ChangeSetState, ChangeSets, CloudProblem, Effect,
    ResourceChange, StackSettings, TemplateSource,
};
use serde_json::{Map, Value};

use super::run::Run;
use super::state::{FakeChangeSet, FakeStack, State};
use super::{FakeCloud, not_found, refused};

impl ChangeSets for FakeCloud {
    fn create<'a>(
        &'a self,
        request: &'a ChangeSetRequest,
    ) -> Effect<'a, Result<String, CloudProblem>> {
        self.call("cloudformation:CreateChangeSet", |state| {
            state.create_change_set(request)
        })
    }

    fn describe<'a>(&'a self, id: &'a str) -> Effect<'a, Result<ChangeSet, CloudProblem>> {
        const CALL: &str = "cloudformation:DescribeChangeSet";
        self.call(CALL, |state| {
            let set = state.change_sets.iter().find(|set| set.id == id);
            let set = set.ok_or_else(|| not_found(CALL, "the change set"))?;
            let state = if set.changes.is_empty() && !set.has_settings {
                ChangeSetState::Empty
            } else if set.usable {
                ChangeSetState::Ready
            } else {
                ChangeSetState::Pending
            };
            Ok(ChangeSet {
                id: set.id.clone(),
                stack_id: set.stack_id.clone(),
                state,
                changes: set.changes.clone(),
            })
        })
    }

    fn execute<'a>(
        &'a self,
        id: &'a str,
        token: &'a str,
        disable_rollback: bool,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        self.call("cloudformation:ExecuteChangeSet", |state| {
            state.execute(id, token, disable_rollback)
        })
    }

    fn discard<'a>(&'a self, id: &'a str) -> Effect<'a, Result<(), CloudProblem>> {
        self.call("cloudformation:DeleteChangeSet", |state| {
            state.change_sets.retain(|set| set.id != id || !set.usable);
            Ok(())
        })
    }
}

impl State {
    fn create_change_set(&mut self, request: &ChangeSetRequest) -> Result<String, CloudProblem> {
        const CALL: &str = "cloudformation:CreateChangeSet";
        if let Some(known) = self
            .change_sets
            .iter()
            .find(|set| set.request.name == request.name)
        {
            return Ok(known.id.clone());
        }
        let template = self.template_of(&request.template)?;
        let standing = self.stack(&request.stack).map(|stack| stack.status.clone());
        match (request.kind, standing.as_deref()) {
            (ChangeSetKind::Create, None) => self.add_empty_stack(&request.stack),
            (ChangeSetKind::Create, Some("REVIEW_IN_PROGRESS")) => {}
            (ChangeSetKind::Update, Some(status))
                if status == "UPDATE_FAILED"
                    || status.ends_with("_COMPLETE") && status != "ROLLBACK_COMPLETE" => {}
            (_, status) => {
                let status = status.unwrap_or("missing");
                return Err(refused(
                    CALL,
                    "ValidationError",
                    &format!("the stack is {status}"),
                ));
            }
        }
        let number = self.number();
        let now = self.now.unwrap_or(SystemTime::UNIX_EPOCH);
        let stack = self
            .stack(&request.stack)
            .ok_or_else(|| not_found(CALL, "the stack"))?;
        let changes = compare(stack, &template);
        // As on AWS, not everything beside the resources makes a change set.
        let has_settings = stack.tags != request.tags
            || stack.settings.parameters != request.settings.parameters
            || stack.template.get("Outputs") != template.get("Outputs");
        if stack.status == "REVIEW_IN_PROGRESS" && stack.events.is_empty() {
            let event = stack.event(number, now, "REVIEW_IN_PROGRESS", None);
            stack.events.push(event);
        }
        let set = FakeChangeSet {
            id: format!(
                "arn:aws:cloudformation:eu-west-1:111111111111:changeSet/{}/{number}",
                request.name
            ),
            stack_id: stack.id.clone(),
            template,
            changes,
            has_settings,
            request: request.clone(),
            executions: 0,
            usable: true,
        };
        let id = set.id.clone();
        self.change_sets.push(set);
        Ok(id)
    }

    fn template_of(&self, source: &TemplateSource) -> Result<Map<String, Value>, CloudProblem> {
        const CALL: &str = "cloudformation:CreateChangeSet";
        let text = match source {
            TemplateSource::Body(text) => Some(text),
            TemplateSource::Object { bucket, key } => self
                .buckets
                .get(bucket)
                .and_then(|all| all.get(key)?.text.as_ref()),
        };
        let text =
            text.ok_or_else(|| refused(CALL, "ValidationError", "S3 error: Access Denied"))?;
        serde_json::from_str(text).map_err(|_| refused(CALL, "ValidationError", "no JSON"))
    }

    fn add_empty_stack(&mut self, name: &str) {
        let number = self.number();
        self.stacks.push(FakeStack {
            id: format!("arn:aws:cloudformation:eu-west-1:111111111111:stack/{name}/{number}"),
            name: name.to_owned(),
            status: "REVIEW_IN_PROGRESS".to_owned(),
            template: Map::new(),
            tags: IndexMap::new(),
            settings: StackSettings::default(),
            policy: None,
            physical: IndexMap::new(),
            events: Vec::new(),
            touched: Vec::new(),
            coming: Vec::new(),
        });
    }

    fn execute(
        &mut self,
        id: &str,
        token: &str,
        disable_rollback: bool,
    ) -> Result<(), CloudProblem> {
        const CALL: &str = "cloudformation:ExecuteChangeSet";
        let set = self.change_sets.iter_mut().find(|set| set.id == id);
        let set = set.ok_or_else(|| not_found(CALL, "the change set"))?;
        if !set.usable {
            return Err(refused(
                CALL,
                "InvalidChangeSetStatus",
                "the change set is in use",
            ));
        }
        set.executions += 1;
        let (stack_id, template, changes, creates, tags, settings) = (
            set.stack_id.clone(),
            set.template.clone(),
            set.changes.clone(),
            set.request.kind == ChangeSetKind::Create,
            set.request.tags.clone(),
            set.request.settings.clone(),
        );
        // Executing one makes all others of the stack unusable.
        for other in self
            .change_sets
            .iter_mut()
            .filter(|other| other.stack_id == stack_id)
        {
            other.usable = false;
        }
        let run = Run {
            token,
            template,
            changes,
            creates,
            disable_rollback,
        };
        self.start(&stack_id, &run);
        if let Some(stack) = self.stack(&stack_id) {
            stack.tags = tags;
            stack.settings = settings;
        }
        Ok(())
    }
}

fn compare(stack: &FakeStack, template: &Map<String, Value>) -> Vec<ResourceChange> {
    let section = |of: &Map<String, Value>| {
        of.get("Resources")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default()
    };
    let (old, new) = (section(&stack.template), section(template));
    let change = |id: &String, resource: &Value, action: &str| ResourceChange {
        action: action.to_owned(),
        logical_id: id.clone(),
        physical_id: stack.physical.get(id).cloned(),
        kind: resource
            .get("Type")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        replacement: (action == "Modify").then(|| "False".to_owned()),
        policy: None,
        properties: Vec::new(),
        nested: None,
    };
    let mut changes = Vec::new();
    for (id, resource) in &new {
        match old.get(id) {
            None => changes.push(change(id, resource, "Add")),
            Some(before) if before != resource => changes.push(change(id, resource, "Modify")),
            Some(_) => {}
        }
    }
    let gone = old.iter().filter(|(id, _)| !new.contains_key(*id));
    changes.extend(gone.map(|(id, resource)| change(id, resource, "Remove")));
    changes
}
