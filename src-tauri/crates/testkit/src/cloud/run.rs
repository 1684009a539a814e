//! How a change of a stack runs: resource by resource, and back when one is refused.

use std::time::{Duration, SystemTime};

use pilothouse_effects::{CloudProblem, ResourceChange, StackEvent};
use serde_json::{Map, Value};

use super::state::{Coming, FakeStack, State};
use super::{not_found, refused};

const STACK: &str = "AWS::CloudFormation::Stack";

/// One change of a stack.
pub(super) struct Run<'a> {
    pub(super) token: &'a str,
    pub(super) template: Map<String, Value>,
    pub(super) changes: Vec<ResourceChange>,
    pub(super) creates: bool,
    /// What was made stays when something fails.
    pub(super) disable_rollback: bool,
}

/// What will happen, and when.
struct Schedule {
    at: SystemTime,
    pace: Duration,
    number: u32,
    coming: Vec<(SystemTime, Coming)>,
}

impl Schedule {
    fn wait(&mut self) {
        self.at += self.pace;
    }

    fn add(&mut self, what: Coming) {
        self.coming.push((self.at, what));
    }

    fn of_stack(&mut self, stack: &FakeStack, status: &str, token: &str) {
        self.number += 1;
        let event = stack.event(self.number, self.at, status, Some(token));
        self.add(Coming::Event(event));
    }

    fn of_resource(&mut self, change: &ResourceChange, status: &str, token: &str) {
        self.number += 1;
        let event = StackEvent {
            id: format!("event-{}", self.number),
            at: self.at,
            logical_id: change.logical_id.clone(),
            physical_id: change.physical_id.clone(),
            kind: change.kind.clone(),
            status: status.to_owned(),
            reason: status
                .ends_with("_FAILED")
                .then(|| "it is refused".to_owned()),
            token: Some(token.to_owned()),
        };
        self.add(Coming::Event(event));
    }
}

impl State {
    /// Starts a change; what takes no time happens at once.
    pub(super) fn start(&mut self, stack_id: &str, run: &Run<'_>) {
        let now = self.now.unwrap_or(SystemTime::UNIX_EPOCH);
        let mut schedule = Schedule {
            at: now,
            pace: self.pace,
            number: self.number() * 1000,
            coming: Vec::new(),
        };
        let refused = self.refused.clone();
        let Some(stack) = self.stack(stack_id) else {
            return;
        };
        let verb = if run.creates { "CREATE" } else { "UPDATE" };
        stack.status = format!("{verb}_IN_PROGRESS");
        schedule.of_stack(stack, &stack.status, run.token);
        let done = forth(&mut schedule, run, refused.as_deref());
        schedule.wait();
        let last = match done {
            Ok(()) => {
                finish(&mut schedule, run);
                format!("{verb}_COMPLETE")
            }
            Err(_) if run.disable_rollback => format!("{verb}_FAILED"),
            Err(done) => {
                back(&mut schedule, stack, &done);
                let verb = if run.creates { "" } else { "UPDATE_" };
                format!("{verb}ROLLBACK_COMPLETE")
            }
        };
        schedule.add(Coming::Status(last.clone()));
        schedule.of_stack(stack, &last, run.token);
        stack.touched.clear();
        stack.coming = schedule.coming;
        self.advance(now);
    }

    /// Takes back an update that is under way: what it has made or changed becomes what it was.
    pub(super) fn turn_back(&mut self, stack_id: &str, token: &str) -> Result<(), CloudProblem> {
        const CALL: &str = "cloudformation:CancelUpdateStack";
        let now = self.now.unwrap_or(SystemTime::UNIX_EPOCH);
        let mut schedule = Schedule {
            at: now,
            pace: self.pace,
            number: self.number() * 1000,
            coming: Vec::new(),
        };
        let stack = self
            .stack(stack_id)
            .ok_or_else(|| not_found(CALL, "the stack"))?;
        if stack.status != "UPDATE_IN_PROGRESS" {
            let reason = format!("it cannot be called from {}", stack.status);
            return Err(refused(CALL, "ValidationError", &reason));
        }
        stack.status = "UPDATE_ROLLBACK_IN_PROGRESS".to_owned();
        schedule.of_stack(stack, &stack.status, token);
        for (_, coming) in std::mem::take(&mut stack.coming) {
            if let Coming::Event(mut event) = coming
                && event.kind != STACK
            {
                event.at = now;
                event.status = "CREATE_FAILED".to_owned();
                event.reason = Some("Resource creation cancelled".to_owned());
                schedule.add(Coming::Event(event));
                break;
            }
        }
        for id in std::mem::take(&mut stack.touched).into_iter().rev() {
            schedule.wait();
            let known = stack.template.get("Resources");
            let stood = known.is_some_and(|all| all.get(&id).is_some());
            schedule.add(match stood {
                true => Coming::Made(id, stack.template.clone()),
                false => Coming::Deleted(id),
            });
        }
        let last = "UPDATE_ROLLBACK_COMPLETE";
        schedule.add(Coming::Status(last.to_owned()));
        schedule.of_stack(stack, last, token);
        stack.coming = schedule.coming;
        self.advance(now);
        Ok(())
    }
}

/// Makes and changes; answers with what was done when one resource is refused.
fn forth<'a>(
    schedule: &mut Schedule,
    run: &'a Run<'_>,
    refused: Option<&str>,
) -> Result<(), Vec<&'a ResourceChange>> {
    let mut done = Vec::new();
    for change in run
        .changes
        .iter()
        .filter(|change| change.action != "Remove")
    {
        schedule.wait();
        let word = if change.action == "Add" {
            "CREATE"
        } else {
            "UPDATE"
        };
        if refused == Some(&change.logical_id) {
            schedule.of_resource(change, &format!("{word}_FAILED"), run.token);
            return Err(done);
        }
        schedule.add(Coming::Made(
            change.logical_id.clone(),
            run.template.clone(),
        ));
        schedule.of_resource(change, &format!("{word}_COMPLETE"), run.token);
        done.push(change);
    }
    Ok(())
}

fn finish(schedule: &mut Schedule, run: &Run<'_>) {
    for change in run
        .changes
        .iter()
        .filter(|change| change.action == "Remove")
    {
        schedule.add(Coming::Deleted(change.logical_id.clone()));
    }
    schedule.add(Coming::Template(run.template.clone()));
}

fn back(schedule: &mut Schedule, stack: &FakeStack, done: &[&ResourceChange]) {
    for change in done.iter().rev() {
        let id = change.logical_id.clone();
        schedule.add(match change.action.as_str() {
            "Add" => Coming::Deleted(id),
            _ => Coming::Made(id, stack.template.clone()),
        });
    }
}

impl FakeStack {
    pub(super) fn event(
        &self,
        number: u32,
        at: SystemTime,
        status: &str,
        token: Option<&str>,
    ) -> StackEvent {
        StackEvent {
            id: format!("event-{number}"),
            at,
            logical_id: self.name.clone(),
            physical_id: Some(self.id.clone()),
            kind: STACK.to_owned(),
            status: status.to_owned(),
            reason: None,
            token: token.map(str::to_owned),
        }
    }
}
