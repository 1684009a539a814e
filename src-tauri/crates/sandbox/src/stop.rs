//! Taking the sandbox down, and emptying it.

use std::time::Duration;

use pilothouse_effects::{Notice, ProcessIdentity};

use crate::bring_up::{clear, start};
use crate::server_lock::living_server;
use crate::world::{BLINK, Tell};
use crate::{Event, SandboxProblem, World, layout, lease};

/// How long the server has to stop its parts and itself.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long the system takes to end what was killed.
const AFTER_KILL: Duration = Duration::from_secs(5);

/// What was taken down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped {
    /// Whether it ran.
    pub ran: bool,
    /// Who was still using it.
    pub used_by: Vec<String>,
}

/// Takes the sandbox down and waits until it is.
///
/// # Errors
/// When it does not stop.
pub async fn take_down(world: &World, tell: Tell<'_>) -> Result<Stopped, SandboxProblem> {
    let _turn = world
        .wait_for(world.data.as_ref(), layout::TURN_LOCK, tell)
        .await?;
    stop(world, tell).await
}

/// Empties the sandbox; it runs again afterwards when it ran, for the same purpose.
///
/// # Errors
/// When it does not stop or does not start again.
pub async fn reset(world: &World, tell: Tell<'_>) -> Result<bool, SandboxProblem> {
    let data = world.data.as_ref();
    let _turn = world.wait_for(data, layout::TURN_LOCK, tell).await?;
    let by_hand = data.read(layout::UNTIL_DOWN, 0)?.is_some();
    let stopped = stop(world, tell).await?;
    tell(Event::Emptying);
    data.remove(layout::CONTENT)?;
    if stopped.ran {
        if by_hand {
            data.write(layout::UNTIL_DOWN, b"")?;
        }
        start(world, tell).await?;
    }
    Ok(stopped.ran)
}

/// Stops the server and what one before it left. The caller has the turn.
async fn stop(world: &World, tell: Tell<'_>) -> Result<Stopped, SandboxProblem> {
    let data = world.data.as_ref();
    let used_by = lease::living(data)?;
    data.remove(layout::UNTIL_DOWN)?;
    let server = living_server(world).await?;
    if let Some(server) = &server {
        tell(Event::Stopping);
        world.processes.tell(server, Notice::Finish)?;
        if !ends_within(world, server, PATIENCE).await? {
            world.processes.tell(server, Notice::Kill)?;
            if !ends_within(world, server, AFTER_KILL).await? {
                return Err(SandboxProblem::DoesNotStop);
            }
        }
    }
    clear(world, tell).await?;
    data.remove(layout::STATE)?;
    Ok(Stopped {
        ran: server.is_some(),
        used_by: used_by.into_iter().map(|lease| lease.holder).collect(),
    })
}

async fn ends_within(
    world: &World,
    server: &ProcessIdentity,
    patience: Duration,
) -> Result<bool, SandboxProblem> {
    let deadline = world.clock.now() + patience;
    // Asked by its lock too: it gives that back last of all.
    while world.processes.is_alive(server) || living_server(world).await?.as_ref() == Some(server) {
        if world.is_past(deadline) {
            return Ok(false);
        }
        world.clock.sleep(BLINK).await;
    }
    Ok(true)
}
