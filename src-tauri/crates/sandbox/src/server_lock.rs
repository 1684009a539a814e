//! The lock of the one server: who holds it is the server, whatever any record says.

use pilothouse_effects::{Held, ProcessIdentity};

use crate::world::BLINK;
use crate::{SandboxProblem, World, layout};

/// Takes the lock of the one server; a look at who holds it can hold it for a moment.
pub(crate) async fn take_over(world: &World) -> Result<Box<dyn Held>, SandboxProblem> {
    let own = world.processes.own().identity;
    let words = format!("{} {}", own.pid, own.mark);
    for _ in 0..20 {
        if let Some(held) = world.data.take(layout::SERVE_LOCK, &words)? {
            return Ok(held);
        }
        world.clock.sleep(BLINK).await;
    }
    Err(SandboxProblem::AlreadyServing)
}

/// The server that lives now, by the words of its lock. In the moment after it took the lock the words are
/// still those of the one before it, which does not live: then there is no answer yet.
pub(crate) fn server_now(world: &World) -> Result<Seen, SandboxProblem> {
    let Some(words) = world.data.holder(layout::SERVE_LOCK)? else {
        return Ok(Seen::None);
    };
    let written = words.split_once(' ').and_then(|(pid, mark)| {
        Some(ProcessIdentity {
            pid: pid.parse().ok()?,
            mark: mark.to_owned(),
        })
    });
    Ok(
        match written.filter(|server| world.processes.is_alive(server)) {
            Some(server) => Seen::Server(server),
            None => Seen::Changing,
        },
    )
}

/// What a look at the lock of the server shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Nobody has it.
    None,
    /// Somebody is just taking or leaving it, or looking at it.
    Changing,
    /// A server that lives.
    Server(ProcessIdentity),
}

/// As [`server_now`], after the moment of a change.
pub(crate) async fn living_server(
    world: &World,
) -> Result<Option<ProcessIdentity>, SandboxProblem> {
    loop {
        match server_now(world)? {
            Seen::None => return Ok(None),
            Seen::Server(server) => return Ok(Some(server)),
            Seen::Changing => world.clock.sleep(BLINK).await,
        }
    }
}
