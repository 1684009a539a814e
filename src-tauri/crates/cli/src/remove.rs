//! `remove`.

use clap::Args;
use pilothouse_api::remove::{self, PreparedRemoval, Removal};
use pilothouse_api::words::holds_data;
use pilothouse_api::{ApiError, Host};
use serde_json::{Value, json};

use crate::arguments::ProjectArguments;
use crate::confirm::{Question, go_on};
use crate::progress::watch;
use crate::stop::by_signals;
use crate::{output, several};

/// What Ctrl-C means while a stack is taken away.
const MEANING: &str = "Stopping before the next step. What is deleted stays deleted; press Ctrl-C again to wait no longer";

#[derive(Debug, Args)]
pub(crate) struct RemoveArguments {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,

    /// All services of the folder, what leans on others first
    #[arg(long)]
    pub(crate) all: bool,

    /// Leave the files that deploys put into buckets (custom.s3Sync); a bucket of the stack that holds files stays too
    #[arg(long)]
    pub(crate) keep_files: bool,

    /// Do it without asking
    #[arg(long, short = 'y')]
    pub(crate) yes: bool,
}

/// Shows what would be deleted, asks, deletes.
pub(crate) async fn remove(host: &Host, verb: &RemoveArguments) -> Result<(), ApiError> {
    let as_json = verb.project.json;
    let request = verb.project.deploy_request();
    if several::is_meant(host, verb.all, &request.project) {
        let manner = several::Manner {
            yes: verb.yes,
            keep_files: verb.keep_files,
            as_json,
        };
        return several::remove_all(host, &request, manner).await;
    }
    let mut prepared = remove::prepare(host, &request, &watch(as_json)).await?;
    if verb.keep_files {
        prepared.keep_files();
    }
    if prepared.plan.is_some() && !as_json {
        show(&prepared);
    }
    let stack = prepared.stack.clone();
    let is_sandbox = prepared.whom().0.sandbox;
    let question = format!("Delete all of {stack}?");
    let question = Question::of_stage(question, &prepared.stage, is_sandbox);
    if prepared.plan.is_some() && !go_on(verb.yes, &question)? {
        output::note("Nothing was changed.");
        return Ok(());
    }
    let cancel = by_signals(MEANING, as_json)?;
    let removed = prepared.apply(&cancel).await?;
    if as_json {
        output::json(&removal_value(&stack, removed.as_ref()));
        return Ok(());
    }
    let Some(removal) = removed else {
        output::line(format_args!("There is no stack {stack}; nothing to remove"));
        return Ok(());
    };
    output::line(format_args!("Removed {stack}"));
    for kept in removal.kept {
        output::line(format_args!("  {kept} was kept, as the template asks"));
    }
    Ok(())
}

/// What a removal did, as a value.
pub(crate) fn removal_value(stack: &str, removed: Option<&Removal>) -> Value {
    json!({
        "stack": stack,
        "removed": removed.is_some(),
        "objects": removed.map(|removal| removal.objects),
        "kept": removed.map(|removal| &removal.kept),
    })
}

/// What would be deleted, with a word at what holds data.
pub(crate) fn show(prepared: &PreparedRemoval) {
    let Some(plan) = &prepared.plan else {
        return;
    };
    output::line(format_args!("{} ({})", plan.stack.name, plan.stack.status));
    for resource in &plan.resources {
        let name = resource.physical_id.as_deref().unwrap_or_default();
        let data = if holds_data(&resource.kind) {
            ", with the data that it holds"
        } else {
            ""
        };
        output::line(format_args!(
            "  - {} ({}) {name}{data}",
            resource.logical_id, resource.kind
        ));
    }
    for files in &plan.synced {
        let noun = if files.keys.len() == 1 {
            "file"
        } else {
            "files"
        };
        output::line(format_args!(
            "  and {} {noun} in {}/{}",
            files.keys.len(),
            files.bucket,
            files.prefix
        ));
    }
    if let Some(bucket) = &plan.bucket {
        output::line(format_args!("  and everything in the bucket {bucket}"));
    }
    if let Some((bucket, folder)) = &plan.releases {
        output::line(format_args!("  and the releases in {bucket}/{folder}"));
    }
}
