//! Asking AWS often without being turned away: a pace that gives way when AWS asks for it, and says so.

use std::sync::Arc;
use std::time::Duration;

use pilothouse_effects::{
    Clock, CloudProblem, Effect, Entropy, Journal, ParameterChanges, Parameters,
};

/// How often one call is repeated when AWS asks to slow down.
const MOST_TRIES: u32 = 8;
/// How often a question without an answer is asked again. What changes something is never sent twice.
const MOST_SILENT: u32 = 2;
/// The first wait; each further one is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(400);
/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_secs(20);
/// The longest pause that is kept between calls after AWS asked to slow down.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// A pause that is shorter is none.
const SHORTEST_PAUSE: Duration = Duration::from_millis(20);

/// Something that happened while parameters were read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// So many were read.
    Read {
        /// How many so far.
        done: usize,
        /// Of how many, when that is known.
        of: Option<usize>,
    },
    /// AWS asked to slow down; it goes on after a while.
    Waiting {
        /// The call.
        call: &'static str,
        /// How long.
        wait: Duration,
        /// How many are done so far.
        done: usize,
        /// Of how many, when that is known.
        of: Option<usize>,
    },
    /// One was written.
    Wrote {
        /// Its name.
        name: String,
        /// Its new version.
        version: u32,
        /// How many so far.
        done: usize,
        /// Of how many.
        of: usize,
    },
    /// Some were deleted.
    Deleted {
        /// How many so far.
        done: usize,
        /// Of how many.
        of: usize,
    },
}

/// Takes what happens.
pub type Tell = Arc<dyn Fn(Progress) + Send + Sync>;

/// What parameters are read and changed with.
#[derive(Clone)]
pub struct Means {
    /// Reads.
    pub parameters: Arc<dyn Parameters>,
    /// Changes.
    pub changes: Arc<dyn ParameterChanges>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
    /// The journal.
    pub journal: Arc<dyn Journal>,
    /// Where progress goes.
    pub tell: Tell,
    /// Whether somebody asked to stop; looked at between two steps.
    pub stop: Arc<dyn Fn() -> bool + Send + Sync>,
    /// The Region, which counts in the length of names.
    pub region: String,
}

impl std::fmt::Debug for Means {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Means").finish_non_exhaustive()
    }
}

/// Asks one thing after the other, at the pace that AWS lets it.
#[derive(Debug)]
pub(crate) struct Patient<'a> {
    means: &'a Means,
    pause: Duration,
    pub(crate) done: usize,
    pub(crate) of: Option<usize>,
}

impl<'a> Patient<'a> {
    pub(crate) const fn new(means: &'a Means, of: Option<usize>) -> Self {
        Self {
            means,
            pause: Duration::ZERO,
            done: 0,
            of,
        }
    }

    /// So many more were read.
    pub(crate) fn read(&mut self, more: usize) {
        self.done += more;
        (self.means.tell)(Progress::Read {
            done: self.done,
            of: self.of,
        });
    }

    /// Asks a question, again when no answer came.
    pub(crate) async fn ask<'b, T>(
        &mut self,
        call: impl Fn() -> Effect<'b, Result<T, CloudProblem>> + Send + Sync,
    ) -> Result<T, CloudProblem> {
        let mut silent = 0;
        loop {
            match self.send(&call).await {
                Err(CloudProblem::NoAnswer { .. }) if silent < MOST_SILENT => {
                    silent += 1;
                    self.means.clock.sleep(FIRST_WAIT).await;
                }
                answer => return answer,
            }
        }
    }

    /// Sends a call, again when AWS asks to slow down: then it was not done.
    pub(crate) async fn send<'b, T>(
        &mut self,
        call: &(impl Fn() -> Effect<'b, Result<T, CloudProblem>> + Send + Sync),
    ) -> Result<T, CloudProblem> {
        let mut tries = 0;
        loop {
            if self.pause >= SHORTEST_PAUSE {
                self.means.clock.sleep(self.pause).await;
            }
            let problem = match call().await {
                Ok(value) => {
                    self.pause = self.pause * 3 / 4;
                    return Ok(value);
                }
                Err(problem) => problem,
            };
            let Some(name) = asks_to_slow_down(&problem) else {
                return Err(problem);
            };
            tries += 1;
            if tries >= MOST_TRIES {
                return Err(CloudProblem::Throttled { call: name });
            }
            let wait = self.wait(tries);
            (self.means.tell)(Progress::Waiting {
                call: name,
                wait,
                done: self.done,
                of: self.of,
            });
            self.means.clock.sleep(wait).await;
            self.pause = (self.pause * 2).clamp(Duration::from_millis(100), LONGEST_PAUSE);
        }
    }

    /// Between half of the wait and all of it: who was turned away together must not come back together.
    fn wait(&self, tries: u32) -> Duration {
        let doubled = FIRST_WAIT.saturating_mul(1 << tries.saturating_sub(1).min(16));
        let whole = doubled.min(LONGEST_WAIT);
        let token = self.means.entropy.token().unwrap_or_default();
        let chance = token
            .get(..4)
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        whole / 2 + whole / 2 * chance.unwrap_or_default() / 0xffff
    }
}

fn asks_to_slow_down(problem: &CloudProblem) -> Option<&'static str> {
    match problem {
        CloudProblem::Throttled { call } => Some(call),
        CloudProblem::Refused { call, name, .. } if name == "TooManyUpdates" => Some(call),
        _ => None,
    }
}
