//! Removing several services: the way back through their order.

use super::audience::{Audience, Moved};
use super::look::learn;
use super::{Member, Outputs, Round, Several, missing};
use crate::deploy::{Cancel, DeployRequest};
use crate::remove::{self as removal, PreparedRemoval, Removal};
use crate::{ApiError, Host};

/// A service with what its removal would delete, or why that is not known.
#[derive(Debug)]
pub struct Doomed<'a> {
    /// The service.
    pub member: &'a Member,
    /// What would be deleted. Its stack is locked while this is held.
    pub prepared: Result<PreparedRemoval, ApiError>,
}

/// What a removal of several came to.
#[derive(Debug, Default)]
pub struct Removed {
    /// What became of each service.
    pub round: Round,
    /// By service: its stack, and what was deleted; none when there was no such stack.
    pub removed: Vec<(String, String, Option<Removal>)>,
}

/// Looks what there is of each, what leans on others first. With `keep_files` the files that deploys put into buckets
/// are none of it.
pub async fn look_at_removal<'a>(
    host: &Host,
    request: &DeployRequest,
    several: &'a Several,
    keep_files: bool,
    audience: &dyn Audience,
) -> Vec<Doomed<'a>> {
    let mut known = Outputs::new();
    for member in &several.members {
        learn(host, request, several, member, &mut known).await;
    }
    let mut doomed = Vec::new();
    for member in several.members.iter().rev() {
        audience.moved(&member.name, Moved::Planning);
        // A stack that is deleted needs no value of a parameter, only that there is one.
        let own = member.request(request, &member.pretended(&known));
        let prepared = match own.map_err(missing) {
            Ok(own) => removal::prepare(host, &own, &audience.watch(&member.name)).await,
            Err(error) => Err(error),
        };
        let prepared = prepared.map(|mut prepared| {
            if keep_files {
                prepared.keep_files();
            }
            prepared
        });
        doomed.push(Doomed { member, prepared });
    }
    doomed
}

/// Takes all away. What could not be removed keeps what it leans on.
pub async fn remove(
    several: &Several,
    doomed: Vec<Doomed<'_>>,
    cancel: &Cancel,
    audience: &dyn Audience,
) -> Removed {
    let mut done = Removed::default();
    for Doomed { member, prepared } in doomed {
        let name = &member.name;
        let tell = |round: &mut Round, moved: Moved<'_>| {
            audience.moved(name, moved);
            if let Some(fate) = moved.fate() {
                round.tell(name, fate);
            }
        };
        let leaning = done.round.leaned_on(name, &several.members);
        if let Some(other) = leaning.map(str::to_owned) {
            tell(&mut done.round, Moved::Held(&other));
            continue;
        }
        tell(&mut done.round, Moved::Removing);
        let applied = match prepared {
            Ok(prepared) => {
                let stack = prepared.stack.clone();
                prepared.apply(cancel).await.map(|gone| (stack, gone))
            }
            Err(error) => Err(error),
        };
        match applied {
            Ok((stack, gone)) => {
                tell(&mut done.round, Moved::Gone(gone.as_ref()));
                done.removed.push((name.clone(), stack, gone));
            }
            Err(error) => tell(&mut done.round, Moved::Failed(&error)),
        }
    }
    done
}
