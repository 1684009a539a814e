//! How long the same took before, by the journal.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use pilothouse_effects::{Operation, Place};
use pilothouse_model::{Change, Outcome, Plan, PlanRow, PlannedTarget, StackEventRecord, Verb};

use crate::{ApiError, Host};

/// How many operations of a stack are looked at.
const NEWEST: usize = 200;
/// Of how many of them the middle is taken.
const FEW: usize = 5;

/// What is done to a resource, as CloudFormation's states begin.
type Doing = &'static str;

/// How long things usually take: middle values of the newest deploys of a stack that were done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usual {
    /// A whole deploy; none when there was none.
    pub whole: Option<Duration>,
    resources: HashMap<(String, Doing), Vec<Duration>>,
    kinds: HashMap<(String, Doing), Vec<Duration>>,
}

impl Usual {
    /// How long the change of a row usually takes: that of the resource itself, else of others of its kind.
    pub fn of_row(&self, row: &PlanRow) -> Option<Duration> {
        let doing = match row.change {
            Change::Add | Change::Replace => "CREATE",
            Change::Modify | Change::MayReplace => "UPDATE",
            Change::Remove => "DELETE",
            Change::Import | Change::LetGo => return None,
        };
        let own = self.resources.get(&(row.logical_id.clone(), doing));
        let others = self.kinds.get(&(row.resource_type.clone(), doing));
        own.or(others).and_then(|known| middle(known))
    }

    fn learn(&mut self, events: &[StackEventRecord]) {
        let mut begun: HashMap<(&str, Doing), SystemTime> = HashMap::new();
        for event in events {
            let Some((doing, how)) = read(&event.status) else {
                continue;
            };
            let key = (event.logical_id.as_str(), doing);
            if how == "IN_PROGRESS" {
                begun.entry(key).or_insert(event.at);
            } else if let Some(took) = begun
                .remove(&key)
                .and_then(|begin| event.at.duration_since(begin).ok())
            {
                let of_resource = (event.logical_id.clone(), doing);
                self.resources.entry(of_resource).or_default().push(took);
                let of_kind = (event.resource_type.clone(), doing);
                self.kinds.entry(of_kind).or_default().push(took);
            }
        }
    }
}

/// `UPDATE_IN_PROGRESS` is `UPDATE` and `IN_PROGRESS`; what failed says nothing about how long it takes.
fn read(status: &str) -> Option<(Doing, &str)> {
    ["CREATE", "UPDATE", "DELETE"].iter().find_map(|doing| {
        let how = status.strip_prefix(doing)?.strip_prefix('_')?;
        matches!(how, "IN_PROGRESS" | "COMPLETE").then_some((*doing, how))
    })
}

/// The middle one of the first few, which are the newest.
fn middle(known: &[Duration]) -> Option<Duration> {
    let mut few: Vec<Duration> = known.iter().take(FEW).copied().collect();
    few.sort_unstable();
    few.get(few.len() / 2).copied()
}

/// What the journal knows of the plan's stack.
///
/// # Errors
/// When the journal cannot be read.
pub(crate) fn usual(host: &Host, plan: &Plan) -> Result<Usual, ApiError> {
    let place = Place {
        account: plan.fingerprint.account.clone(),
        region: plan.fingerprint.region.clone(),
        stack: plan.stack.clone(),
        sandbox: plan.target == PlannedTarget::Sandbox,
    };
    let took = |operation: &Operation| match &operation.end {
        Some((Outcome::Done, _, at)) if operation.start.verb == Verb::Deploy => {
            at.duration_since(operation.start.at).ok()
        }
        _ => None,
    };
    let operations = host.journal.operations(Some(&place), NEWEST)?;
    let done: Vec<(Duration, &Operation)> = operations
        .iter()
        .filter_map(|operation| Some((took(operation)?, operation)))
        .take(FEW)
        .collect();
    let whole: Vec<Duration> = done.iter().map(|(took, _)| *took).collect();
    let mut usual = Usual {
        whole: middle(&whole),
        ..Usual::default()
    };
    for (_, operation) in done {
        usual.learn(&host.journal.told(&operation.start.id)?);
    }
    Ok(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str, kind: &str, status: &str, seconds: u64) -> StackEventRecord {
        StackEventRecord {
            id: format!("{id}-{status}-{seconds}"),
            at: SystemTime::UNIX_EPOCH + Duration::from_secs(seconds),
            logical_id: id.to_owned(),
            resource_type: kind.to_owned(),
            status: status.to_owned(),
            reason: None,
        }
    }

    fn row(id: &str, kind: &str, change: Change) -> PlanRow {
        PlanRow {
            logical_id: id.to_owned(),
            resource_type: kind.to_owned(),
            stack: None,
            physical_id: None,
            change,
            conditional: false,
            properties: Vec::new(),
        }
    }

    #[test]
    fn a_resource_is_known_by_itself_and_another_by_its_kind() {
        const QUEUE: &str = "AWS::SQS::Queue";
        const TABLE: &str = "AWS::DynamoDB::Table";
        let mut usual = Usual::default();
        usual.learn(&[
            event("Orders", QUEUE, "CREATE_IN_PROGRESS", 1),
            event("Users", TABLE, "CREATE_IN_PROGRESS", 2),
            // Some kinds tell twice that they have begun.
            event("Orders", QUEUE, "CREATE_IN_PROGRESS", 3),
            event("Orders", QUEUE, "CREATE_COMPLETE", 6),
            event("Users", TABLE, "CREATE_FAILED", 9),
            event(
                "shop",
                "AWS::CloudFormation::Stack",
                "UPDATE_ROLLBACK_COMPLETE",
                9,
            ),
        ]);
        usual.learn(&[
            event("Orders", QUEUE, "UPDATE_IN_PROGRESS", 20),
            event("Orders", QUEUE, "UPDATE_COMPLETE", 21),
        ]);
        let of = |id, kind, change| {
            usual
                .of_row(&row(id, kind, change))
                .map(|took| took.as_secs())
        };
        assert_eq!(of("Orders", QUEUE, Change::Add), Some(5));
        assert_eq!(of("Orders", QUEUE, Change::Modify), Some(1));
        assert_eq!(of("Others", QUEUE, Change::Add), Some(5));
        assert_eq!(of("Orders", QUEUE, Change::Remove), None);
        assert_eq!(of("Users", TABLE, Change::Add), None);
    }

    #[test]
    fn the_middle_of_the_newest_counts() {
        let seconds = |known: &[u64]| {
            let known: Vec<Duration> = known.iter().copied().map(Duration::from_secs).collect();
            middle(&known).map(|took| took.as_secs())
        };
        assert_eq!(seconds(&[]), None);
        assert_eq!(seconds(&[7]), Some(7));
        assert_eq!(seconds(&[100, 3, 2, 1, 4, 900, 900, 900]), Some(3));
    }
}
