//! What a failed change means: the first cause, what it set off, what is left.

use pilothouse_effects::StackEvent;
use pilothouse_model::StackEventRecord;

/// A change that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The stack's name.
    pub stack: String,
    /// The state it is in now.
    pub status: String,
    /// What failed first.
    pub first: Option<StackEventRecord>,
    /// What failed by itself after that; what was only cancelled does not count.
    pub also: Vec<StackEventRecord>,
    /// Resources that could not be set back or deleted.
    pub remains: Vec<String>,
}

/// How CloudFormation ends, as far as it matters to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// As it was meant.
    Done,
    /// Set back to how it was.
    RolledBack,
    /// Neither.
    Stuck,
}

/// What a final state means; none while it is not final.
pub(crate) fn ending(status: &str) -> Option<Ending> {
    match status {
        "CREATE_COMPLETE" | "UPDATE_COMPLETE" | "DELETE_COMPLETE" | "IMPORT_COMPLETE" => {
            Some(Ending::Done)
        }
        // The new state stands and only old resources are still deleted: nobody needs to wait for that.
        "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" => Some(Ending::Done),
        "ROLLBACK_COMPLETE" | "UPDATE_ROLLBACK_COMPLETE" | "IMPORT_ROLLBACK_COMPLETE" => {
            Some(Ending::RolledBack)
        }
        // CREATE_FAILED and UPDATE_FAILED of a stack are final where rollback is off, and are not seen where it is on.
        "ROLLBACK_FAILED"
        | "UPDATE_ROLLBACK_FAILED"
        | "DELETE_FAILED"
        | "CREATE_FAILED"
        | "UPDATE_FAILED" => Some(Ending::Stuck),
        _ => None,
    }
}

/// An event as it is shown and kept.
pub(crate) fn record(event: &StackEvent) -> StackEventRecord {
    StackEventRecord {
        id: event.id.clone(),
        at: event.at,
        logical_id: event.logical_id.clone(),
        resource_type: event.kind.clone(),
        status: event.status.clone(),
        reason: event.reason.clone(),
    }
}

impl Failure {
    /// Reads the events of one change, oldest first.
    pub(crate) fn of(stack: &str, status: &str, events: &[StackEvent]) -> Self {
        let mut causes = events
            .iter()
            .filter(|event| event.status.ends_with("_FAILED"))
            .filter(|event| event.kind != STACK && !is_echo(event.reason.as_deref()))
            .map(record);
        let first = causes.next();
        let also = causes.collect();
        // A stack can fail by itself, before any resource is touched.
        let of_the_stack = || {
            events
                .iter()
                .find(|event| event.kind == STACK && event.reason.is_some())
                .map(record)
        };
        Self {
            stack: stack.to_owned(),
            status: status.to_owned(),
            first: first.or_else(of_the_stack),
            also,
            remains: remains(status, events),
        }
    }

    /// Whether the stack is as it was before.
    pub fn rolled_back(&self) -> bool {
        ending(&self.status) == Some(Ending::RolledBack)
    }

    /// Whether a resource failed by itself.
    pub(crate) fn has_cause(&self) -> bool {
        let first = self.first.as_ref();
        first.is_some_and(|first| first.resource_type != STACK)
    }

    /// What happened, in one sentence.
    pub fn title(&self) -> String {
        match &self.first {
            Some(first) => format!("{} failed", first.logical_id),
            None => format!("the change of the stack {} failed", self.stack),
        }
    }
}

const STACK: &str = "AWS::CloudFormation::Stack";

/// CloudFormation stops resources that are under way when another fails; that is no cause.
fn is_echo(reason: Option<&str>) -> bool {
    reason.is_some_and(|reason| reason.contains("cancelled"))
}

fn remains(status: &str, events: &[StackEvent]) -> Vec<String> {
    if ending(status) != Some(Ending::Stuck) {
        return Vec::new();
    }
    // The last word on each resource counts: what failed to be deleted may have been deleted at a second try.
    let mut last: Vec<(&str, &str)> = Vec::new();
    for event in events.iter().filter(|event| event.kind != STACK) {
        match last.iter_mut().find(|(id, _)| *id == event.logical_id) {
            Some(entry) => entry.1 = &event.status,
            None => last.push((&event.logical_id, &event.status)),
        }
    }
    last.into_iter()
        .filter(|(_, status)| status.ends_with("_FAILED"))
        .map(|(id, _)| id.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    fn event(logical_id: &str, kind: &str, status: &str, reason: Option<&str>) -> StackEvent {
        StackEvent {
            id: format!("{logical_id}-{status}"),
            at: SystemTime::UNIX_EPOCH,
            logical_id: logical_id.to_owned(),
            physical_id: None,
            kind: kind.to_owned(),
            status: status.to_owned(),
            reason: reason.map(str::to_owned),
            token: None,
        }
    }

    #[test]
    fn the_first_cause_is_told_and_not_what_it_cancelled() {
        let events = [
            event("shop", STACK, "UPDATE_IN_PROGRESS", Some("User Initiated")),
            event(
                "A",
                "AWS::SQS::Queue",
                "CREATE_FAILED",
                Some("Resource creation cancelled"),
            ),
            event(
                "Role",
                "AWS::IAM::Role",
                "CREATE_FAILED",
                Some("role exists"),
            ),
            event(
                "B",
                "AWS::SQS::Queue",
                "CREATE_FAILED",
                Some("Resource creation cancelled"),
            ),
            event("C", "AWS::SNS::Topic", "CREATE_FAILED", Some("no")),
        ];
        let failure = Failure::of("shop", "UPDATE_ROLLBACK_COMPLETE", &events);
        let first = failure.first.clone().unwrap();
        assert_eq!(
            (first.logical_id.as_str(), first.reason.as_deref()),
            ("Role", Some("role exists"))
        );
        assert_eq!(failure.also.len(), 1);
        assert!(failure.rolled_back());
        assert!(failure.remains.is_empty());
        assert_eq!(failure.title(), "Role failed");
    }

    #[test]
    fn what_could_not_be_deleted_remains_and_what_a_second_try_deleted_does_not() {
        let events = [
            event("A", "AWS::S3::Bucket", "DELETE_FAILED", Some("not empty")),
            event("B", "AWS::SQS::Queue", "DELETE_FAILED", Some("busy")),
            event("B", "AWS::SQS::Queue", "DELETE_COMPLETE", None),
        ];
        let failure = Failure::of("shop", "DELETE_FAILED", &events);
        assert_eq!(failure.remains, ["A"]);
        assert!(!failure.rolled_back());
    }

    #[test]
    fn a_stack_that_fails_by_itself_gives_its_own_reason() {
        let events = [event(
            "shop",
            STACK,
            "UPDATE_ROLLBACK_COMPLETE",
            Some("limit reached"),
        )];
        let failure = Failure::of("shop", "UPDATE_ROLLBACK_COMPLETE", &events);
        assert_eq!(
            failure.first.unwrap().reason.as_deref(),
            Some("limit reached")
        );
    }

    #[test]
    fn every_state_that_documents_call_final_is_final_and_no_other() {
        for status in [
            "CREATE_IN_PROGRESS",
            "UPDATE_ROLLBACK_IN_PROGRESS",
            "REVIEW_IN_PROGRESS",
            "DELETE_IN_PROGRESS",
            "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
        ] {
            assert_eq!(ending(status), None, "{status}");
        }
        assert_eq!(ending("UPDATE_COMPLETE"), Some(Ending::Done));
        assert_eq!(ending("ROLLBACK_COMPLETE"), Some(Ending::RolledBack));
        assert_eq!(ending("UPDATE_ROLLBACK_FAILED"), Some(Ending::Stuck));
    }
}
