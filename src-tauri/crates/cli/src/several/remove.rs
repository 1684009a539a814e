//! `remove --all`: what would go of each service, one question, and the way back through their order.

use pilothouse_api::deploy::DeployRequest;
use pilothouse_api::several::{self, Doomed};
use pilothouse_api::{ApiError, Host};
use serde_json::{Value, json};

use super::terminal::Terminal;
use super::text::{fates, fates_value};
use super::{MEANING, of_stage};
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

/// Shows what would be deleted of each, asks once, and takes all away, what leans on others first.
pub(crate) async fn remove_all(
    host: &Host,
    request: &DeployRequest,
    manner: Manner,
) -> Result<(), ApiError> {
    let as_json = manner.as_json;
    let several = several::find(host, request)?;
    let terminal = Terminal::new(as_json, request);
    let keep_files = manner.keep_files;
    let doomed = several::look_at_removal(host, request, &several, keep_files, &terminal).await;
    if !as_json {
        output::line("These stacks are deleted with all they hold, in this order:");
        doomed.iter().for_each(tell);
    }
    let is_there = |one: &&Doomed<'_>| one.prepared.as_ref().is_ok_and(|one| one.plan.is_some());
    let count = doomed.iter().filter(is_there).count();
    let noun = if count == 1 { "service" } else { "services" };
    let found = doomed.iter().filter_map(|one| one.prepared.as_ref().ok());
    let stages: Vec<&str> = found.map(|one| one.stage.as_str()).collect();
    let question = of_stage(format!("Delete all of {count} {noun}?"), request, &stages);
    if count > 0 && !go_on(manner.yes, &question)? {
        output::note("Nothing was changed.");
        return Ok(());
    }
    let cancel = by_signals(MEANING, as_json)?;
    let done = several::remove(&several, doomed, &cancel, &terminal).await;
    if as_json {
        let removed = done.removed.iter().map(|(name, stack, removal)| {
            let mut value = removal_value(stack, removal.as_ref());
            if let Some(keys) = value.as_object_mut() {
                keys.insert("service".to_owned(), json!(name));
            }
            value
        });
        let removed: Value = removed.collect();
        output::json(&json!({ "removed": removed, "fates": fates_value(&done.round) }));
    } else {
        fates(&done.round, "removed");
    }
    several::whole(&done.round, "removed", "remove")
}

fn tell(doomed: &Doomed<'_>) {
    let member = doomed.member;
    output::line(format_args!("{} ({})", member.name, member.path));
    match &doomed.prepared {
        Ok(prepared) if prepared.plan.is_some() => show(prepared),
        Ok(prepared) => output::line(format_args!("  There is no stack {}", prepared.stack)),
        Err(error) => output::line(format_args!("  It cannot be removed: {}", error.title)),
    }
}
