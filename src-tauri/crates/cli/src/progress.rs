//! What happens, on standard error while it happens.

use std::sync::Arc;
use std::time::SystemTime;

use pilothouse_api::asking::Asked;
use pilothouse_api::target::{Happening, Watch};
use pilothouse_api::{bundles, parameters, python};
use pilothouse_model::{Progress, StackEventRecord, Stage};

use crate::output;

/// Tells a person. A program that asked for JSON is told nothing but the result.
pub(crate) fn watch(quiet: bool) -> Watch {
    if quiet {
        return Arc::new(|_| {});
    }
    Arc::new(|happening| match happening {
        Happening::Sandbox(event) => crate::sandbox::tell(event),
        Happening::Python(event) => output::note(format_args!("  {}", python::words(&event))),
        Happening::Bundling(event) => output::note(format_args!("  {}", bundles::words(&event))),
        Happening::Stack(progress) => tell(&progress),
        Happening::Secrets(progress) => {
            if let Some(words) = parameters::words_of(&progress) {
                output::note(words);
            }
        }
        Happening::Asked(asked) => asked.iter().for_each(of_question),
    })
}

fn of_question(asked: &Asked) {
    let whom = match (asked.account.as_deref(), &asked.profile) {
        (Some("sandbox"), _) => "the sandbox".to_owned(),
        (Some(account), Some(profile)) => format!("account {account} (profile {profile})"),
        (Some(account), None) => format!("account {account}"),
        (None, Some(profile)) => format!("the profile {profile}"),
        (None, None) => "AWS".to_owned(),
    };
    output::note(format_args!("Asked {whom}: {}", asked.words()));
}

fn tell(progress: &Progress) {
    match progress {
        Progress::Began(stage) => began(stage),
        Progress::Stack(event) => stack(event),
        Progress::Waiting { status } => output::note(format_args!(
            "Waiting: the stack is in {status}, changed by someone else or by a command that was cut off"
        )),
        Progress::Recovered {
            verb,
            began,
            finding,
        } => output::note(format_args!(
            "A {verb} of {} had been cut off: {finding}",
            moment(*began)
        )),
        Progress::Uploaded { key, copied } => {
            let name = key.rsplit('/').next().unwrap_or(key);
            let how = if *copied {
                "unchanged, copied"
            } else {
                "uploaded"
            };
            output::note(format_args!("  {name} ({how})"));
        }
        Progress::CodeUpdated { function } => {
            output::note(format_args!("  {function} runs its new code"));
        }
        Progress::Cleaned { releases } => {
            let plural = if *releases == 1 {
                "release"
            } else {
                "releases"
            };
            output::note(format_args!("  {releases} old {plural} deleted"));
        }
        Progress::Note(words) => output::note(words),
        _ => {}
    }
}

fn began(stage: &Stage) {
    let words = match stage {
        // Both are over before anyone could read it.
        Stage::Looking => return,
        Stage::Planning => "Planning",
        Stage::Clearing => "Deleting what a failed first deploy left",
        Stage::Creating => "Creating the stack and its bucket",
        Stage::Uploading { .. } => "Uploading",
        Stage::Updating => "Changing the stack",
        Stage::Coding => "Giving functions their code",
        Stage::Emptying => "Emptying the bucket",
        Stage::Deleting => "Deleting the stack",
        _ => return,
    };
    output::note(words);
}

fn stack(event: &StackEventRecord) {
    let reason = match &event.reason {
        Some(reason) if event.status.contains("FAILED") => format!(": {reason}"),
        _ => String::new(),
    };
    output::note(format_args!(
        "  {:<28} {} ({}){reason}",
        event.status, event.logical_id, event.resource_type
    ));
}

/// A moment in this computer's time zone, to the second.
pub(crate) fn moment(at: SystemTime) -> String {
    match jiff::Zoned::try_from(at) {
        Ok(at) => at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        Err(_) => "an unknown time".to_owned(),
    }
}
