//! A journal in memory.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use pilothouse_effects::{Intent, Journal, JournalProblem, Operation, OperationStart, Place, Step};
use pilothouse_model::{Outcome, StackEventRecord};

use crate::Trace;

/// Keeps operations as long as a clone of it lives, and writes each intent into a trace.
#[derive(Debug, Clone, Default)]
pub struct MemoryJournal {
    operations: Arc<Mutex<Vec<Operation>>>,
    events: Arc<Mutex<Vec<(String, StackEventRecord)>>>,
    trace: Trace,
}

impl MemoryJournal {
    /// An empty one.
    pub fn new(trace: Trace) -> Self {
        Self {
            trace,
            ..Self::default()
        }
    }

    /// Every operation, oldest first.
    pub fn all(&self) -> Vec<Operation> {
        self.held().clone()
    }

    /// Every event that was kept, in order.
    pub fn kept_events(&self) -> Vec<StackEventRecord> {
        let kept = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().map(|(_, event)| event.clone()).collect()
    }

    fn held(&self) -> MutexGuard<'_, Vec<Operation>> {
        self.operations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn change(
        &self,
        operation: &str,
        change: impl FnOnce(&mut Operation),
    ) -> Result<(), JournalProblem> {
        let mut held = self.held();
        let found = held.iter_mut().find(|one| one.start.id == operation);
        let found = found.ok_or_else(|| JournalProblem {
            source: format!("no operation {operation}").into(),
        })?;
        change(found);
        Ok(())
    }
}

impl Journal for MemoryJournal {
    fn begin(&self, start: &OperationStart) -> Result<(), JournalProblem> {
        self.held().push(Operation {
            start: start.clone(),
            end: None,
            steps: Vec::new(),
        });
        Ok(())
    }

    fn intend(&self, intent: &Intent) -> Result<(), JournalProblem> {
        self.trace.write(format!("intend {}", intent.call));
        self.change(&intent.operation, |operation| {
            operation.steps.push(Step {
                intent: intent.clone(),
                result: None,
            });
        })
    }

    fn result(&self, operation: &str, number: u32, words: &str) -> Result<(), JournalProblem> {
        self.change(operation, |operation| {
            let step = operation
                .steps
                .iter_mut()
                .find(|step| step.intent.number == number);
            if let Some(step) = step {
                step.result = Some(words.to_owned());
            }
        })
    }

    fn told(&self, operation: &str) -> Result<Vec<StackEventRecord>, JournalProblem> {
        let kept = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        let own = kept.iter().filter(|(of, _)| of == operation);
        Ok(own.map(|(_, event)| event.clone()).collect())
    }

    fn events(&self, operation: &str, events: &[StackEventRecord]) -> Result<(), JournalProblem> {
        let mut kept = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend(
            events
                .iter()
                .map(|event| (operation.to_owned(), event.clone())),
        );
        Ok(())
    }

    fn end(
        &self,
        operation: &str,
        outcome: Outcome,
        words: &str,
        at: SystemTime,
    ) -> Result<(), JournalProblem> {
        self.change(operation, |operation| {
            operation.end = Some((outcome, words.to_owned(), at));
        })
    }

    fn operations(
        &self,
        place: Option<&Place>,
        most: usize,
    ) -> Result<Vec<Operation>, JournalProblem> {
        let held = self.held();
        let asked = |one: &&Operation| place.is_none_or(|place| one.start.place == *place);
        Ok(held
            .iter()
            .rev()
            .filter(asked)
            .take(most)
            .cloned()
            .collect())
    }
}
