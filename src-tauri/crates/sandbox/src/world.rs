//! The effects that the sandbox needs, in one value.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use pilothouse_effects::{Clock, Entropy, Environment, Held, Loopback, PrivateFolder, Processes};

use crate::{Event, SandboxProblem};

/// How long between two looks at something that changes soon.
pub(crate) const BLINK: Duration = Duration::from_millis(50);

/// The outside world, as the sandbox sees it.
#[derive(Debug, Clone)]
pub struct World {
    /// Tells the time and waits.
    pub clock: Arc<dyn Clock>,
    /// The environment variables of this process.
    pub environment: Arc<dyn Environment>,
    /// Starts and watches programs.
    pub processes: Arc<dyn Processes>,
    /// Asks servers whether they answer.
    pub loopback: Arc<dyn Loopback>,
    /// Gives passwords.
    pub entropy: Arc<dyn Entropy>,
    /// The app's data folder.
    pub data: Arc<dyn PrivateFolder>,
    /// Where packages are installed.
    pub installs: Arc<dyn PrivateFolder>,
}

/// Where events go as they happen.
pub type Tell<'a> = &'a (dyn Fn(Event) + Send + Sync);

impl World {
    /// Milliseconds since 1970.
    pub(crate) fn millis(&self) -> u64 {
        let since = self.clock.now().duration_since(SystemTime::UNIX_EPOCH);
        since.map_or(0, |passed| {
            u64::try_from(passed.as_millis()).unwrap_or(u64::MAX)
        })
    }

    /// Whether a time has come.
    pub(crate) fn is_past(&self, deadline: SystemTime) -> bool {
        self.clock.now() >= deadline
    }

    /// Waits for a lock of that folder, telling once that someone else has it.
    pub(crate) async fn wait_for(
        &self,
        folder: &dyn PrivateFolder,
        name: &str,
        tell: Tell<'_>,
    ) -> Result<Box<dyn Held>, SandboxProblem> {
        let words = self.words();
        let mut told = false;
        loop {
            if let Some(held) = folder.take(name, &words)? {
                return Ok(held);
            }
            if !told && let Some(holder) = folder.holder(name)? {
                told = true;
                tell(Event::Waiting { holder });
            }
            self.clock.sleep(BLINK).await;
        }
    }

    /// What a lock of ours says to those who ask.
    pub(crate) fn words(&self) -> String {
        format!("process {}", self.processes.own().identity.pid)
    }
}
