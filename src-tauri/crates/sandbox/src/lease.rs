//! Who uses the sandbox: a locked file for each, which the system gives free however its holder ends.

use pilothouse_effects::{Held, PrivateFolder};
use serde::{Deserialize, Serialize};

use crate::{SandboxProblem, World, layout};

/// A use of the sandbox; it ends when this is dropped.
#[derive(Debug)]
pub struct Lease {
    name: String,
    _held: Box<dyn Held>,
}

/// What a lease says to those who ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Holder {
    pub(crate) holder: String,
    pub(crate) pid: u32,
}

impl Lease {
    /// The file's name, which tells leases of one process apart.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn begin(world: &World, holder: &str) -> Result<Self, SandboxProblem> {
        let token = world
            .entropy
            .token()
            .map_err(|source| SandboxProblem::System {
                what: "randomness",
                source,
            })?;
        let words = Holder {
            holder: holder.to_owned(),
            pid: world.processes.own().identity.pid,
        };
        let words = serde_json::to_string(&words).unwrap_or_default();
        let name = format!("{}/{token}", layout::LEASES);
        loop {
            // Nobody else knows the name, but a look at whether it is held can hold it for a moment.
            if let Some(held) = world.data.take(&name, &words)? {
                return Ok(Self { name, _held: held });
            }
        }
    }
}

/// The living; files that the dead left are removed.
pub(crate) fn living(data: &dyn PrivateFolder) -> Result<Vec<Holder>, SandboxProblem> {
    let mut living = Vec::new();
    for name in data.names(layout::LEASES)? {
        let path = format!("{}/{name}", layout::LEASES);
        match data.holder(&path)? {
            Some(words) => living.push(serde_json::from_str(&words).unwrap_or(Holder {
                holder: "someone".to_owned(),
                pid: 0,
            })),
            None => data.remove(&path)?,
        }
    }
    Ok(living)
}
