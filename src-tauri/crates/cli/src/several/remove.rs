//! `remove --all`: what would go of each service, one question, and the way back through their order.

use pilothouse_api::deploy::DeployRequest;
use pilothouse_api::remove::{self as removal, PreparedRemoval};
use pilothouse_api::several::{self, Fate, Member, Outputs, Round, Several};
use pilothouse_api::{ApiError, Host};
use serde_json::{Value, json};

use super::tell::Teller;
use super::text::{fates, fates_value};
use super::{MEANING, failed, learn, missing, of_stage, whole};
use crate::confirm::go_on;
use crate::output;
use crate::remove::{removal_value, show};
use crate::stop::by_signals;

/// How all are to be removed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manner {
    /// Without a question.
    pub(crate) yes: bool,
    /// Files that deploys put into buckets stay.
    pub(crate) keep_files: bool,
    /// Told as JSON.
    pub(crate) as_json: bool,
}

/// A service with what its removal would delete, or why that is not known.
type Looked<'a> = (&'a Member, Result<PreparedRemoval, ApiError>);

/// Shows what would be deleted of each, asks once, and takes all away, what leans on others first.
pub(crate) async fn remove_all(
    host: &Host,
    request: &DeployRequest,
    manner: Manner,
) -> Result<(), ApiError> {
    let as_json = manner.as_json;
    let several = several::find(host, request)?;
    let looked = look(host, request, &several, manner).await;
    if !as_json {
        output::line("These stacks are deleted with all they hold, in this order:");
        for (member, prepared) in &looked {
            tell(member, prepared);
        }
    }
    let is_there = |(_, one): &Looked<'_>| one.as_ref().is_ok_and(|one| one.plan.is_some());
    let count = looked.iter().filter(|one| is_there(one)).count();
    let noun = if count == 1 { "service" } else { "services" };
    let question = of_stage(format!("Delete all of {count} {noun}?"), request, &[]);
    if count > 0 && !go_on(manner.yes, &question)? {
        output::note("Nothing was changed.");
        return Ok(());
    }
    let cancel = by_signals(MEANING, as_json)?;
    let mut round = Round::default();
    let mut removed: Vec<Value> = Vec::new();
    for (member, prepared) in looked {
        if let Some(other) = round.leaned_on(&member.name, &several.members) {
            let other = other.to_owned();
            round.tell(&member.name, Fate::Held(other));
            continue;
        }
        let done = match prepared {
            Ok(prepared) => {
                let stack = prepared.stack.clone();
                let done = prepared.apply(&cancel).await;
                done.map(|done| removal_value(&stack, done.as_ref()))
            }
            Err(error) => Err(error),
        };
        let fate = match done {
            Ok(mut value) => {
                if let Some(keys) = value.as_object_mut() {
                    keys.insert("service".to_owned(), json!(member.name));
                }
                removed.push(value);
                Fate::Done
            }
            Err(error) => failed(&error, as_json),
        };
        round.tell(&member.name, fate);
    }
    if as_json {
        output::json(&json!({ "removed": removed, "fates": fates_value(&round) }));
    } else {
        fates(&round, "removed");
    }
    whole(&round, "removed", "remove")
}

/// Looks what there is of each, the last one first.
async fn look<'a>(
    host: &Host,
    request: &DeployRequest,
    several: &'a Several,
    manner: Manner,
) -> Vec<Looked<'a>> {
    let teller = Teller::new(manner.as_json);
    let mut known = Outputs::new();
    for member in &several.members {
        learn(host, request, several, member, &mut known).await;
    }
    let mut looked = Vec::new();
    for member in several.members.iter().rev() {
        // A stack that is deleted needs no value of a parameter, only that there is one.
        let own = member
            .request(request, &member.pretended(&known))
            .map_err(missing);
        let prepared = match own {
            Ok(own) => removal::prepare(host, &own, &teller.of(&member.name)).await,
            Err(error) => Err(error),
        };
        let prepared = prepared.map(|mut prepared| {
            if manner.keep_files {
                prepared.keep_files();
            }
            prepared
        });
        looked.push((member, prepared));
    }
    looked
}

fn tell(member: &Member, prepared: &Result<PreparedRemoval, ApiError>) {
    output::line(format_args!("{} ({})", member.name, member.path));
    match prepared {
        Ok(prepared) if prepared.plan.is_some() => show(prepared),
        Ok(prepared) => output::line(format_args!("  There is no stack {}", prepared.stack)),
        Err(error) => output::line(format_args!("  It cannot be removed: {}", error.title)),
    }
}
