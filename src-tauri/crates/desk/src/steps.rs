//! What happens while a use case runs, as steps that the window shows.

use pilothouse_api::asking::Asked;
use pilothouse_api::sandbox::{Event, Part};
use pilothouse_api::target::Happening;
use pilothouse_api::words;
use pilothouse_api::{bundles, parameters, python};
use pilothouse_model::{Progress, StackEventRecord, Stage as RoomStage};

use crate::wire::{ResourceState, Stage, Step, count, moment};

/// A step; none for what nobody needs to see.
pub(crate) fn of(happening: &Happening) -> Option<Step> {
    match happening {
        Happening::Sandbox(event) => of_sandbox(event),
        Happening::Python(event) => Some(Step::Note {
            words: python::words(event),
        }),
        Happening::Bundling(event) => Some(Step::Note {
            words: bundles::words(event),
        }),
        Happening::Stack(progress) => of_stack(progress),
        Happening::Secrets(progress) => {
            parameters::words_of(progress).map(|words| Step::Note { words })
        }
        Happening::Asked(asked) => Some(of_questions(asked)),
    }
}

fn of_questions(asked: &[Asked]) -> Step {
    let account = asked.iter().find_map(|one| one.account.as_deref());
    let whom = match account {
        Some("sandbox") => "the sandbox".to_owned(),
        Some(account) => format!("the account {account}"),
        None => "AWS".to_owned(),
    };
    let words: Vec<String> = asked.iter().map(Asked::words).collect();
    Step::Note {
        words: format!("Asked {whom} for the configuration: {}", words.join("; ")),
    }
}

fn of_sandbox(event: &Event) -> Option<Step> {
    let plain = |words: String| Step::Sandbox {
        words,
        done: None,
        of: None,
    };
    Some(match event {
        Event::Waiting { holder } => plain(format!("Waiting for {holder}, which is at it already")),
        Event::Installing { python, packages } => Step::Sandbox {
            words: format!("Installing {packages} packages with {python}"),
            done: Some(0),
            of: Some(count(*packages)),
        },
        Event::Healing => plain("Removing what a cut-off installation left".to_owned()),
        Event::Fetching { package, done } => Step::Sandbox {
            words: format!("Fetching {package}"),
            done: Some(count(*done)),
            of: None,
        },
        Event::Unpacking => plain("Putting the packages in place".to_owned()),
        Event::Installed { millis } => plain(format!("Installed in {}", seconds(*millis))),
        Event::Starting => plain("Starting the local AWS and PostgreSQL".to_owned()),
        Event::Clearing { part } => plain(format!(
            "Ending the {} that a killed sandbox left behind",
            match part {
                Part::Aws => "local AWS",
                Part::Postgres => "PostgreSQL",
            }
        )),
        Event::Ready {
            millis: Some(millis),
            ..
        } => plain(format!("The sandbox answers, after {}", seconds(*millis))),
        // It ran already: nobody waited for it.
        Event::Ready { millis: None, .. } => return None,
        Event::Stopping => plain("Stopping".to_owned()),
        Event::Emptying => plain("Removing what is in it".to_owned()),
        _ => return None,
    })
}

fn seconds(millis: u64) -> String {
    match millis {
        0..1000 => format!("{millis} ms"),
        _ => format!("{}.{} s", millis / 1000, millis % 1000 / 100),
    }
}

fn of_stack(progress: &Progress) -> Option<Step> {
    Some(match progress {
        Progress::Recovered {
            verb,
            began,
            finding,
        } => Step::Note {
            words: format!(
                "A {verb} begun at {} had been cut off: {finding}",
                moment(*began)
            ),
        },
        Progress::Waiting { status } => Step::Note {
            words: format!(
                "Waiting: the stack is in {status}, changed by someone else or by a command that was cut off"
            ),
        },
        Progress::Began(stage) => {
            let (stage, words) = of_stage(stage)?;
            Step::Stage { stage, words }
        }
        Progress::Stack(event) => of_event(event),
        Progress::Uploaded { key, copied } => Step::Uploaded {
            name: key.rsplit('/').next().unwrap_or(key).to_owned(),
            copied: *copied,
        },
        Progress::CodeUpdated { function } => Step::CodeUpdated {
            function: function.clone(),
        },
        Progress::Cleaned { releases } => Step::Note {
            words: match releases {
                1 => "1 old release deleted".to_owned(),
                releases => format!("{releases} old releases deleted"),
            },
        },
        Progress::Note(words) => Step::Note {
            words: words.clone(),
        },
        _ => return None,
    })
}

fn of_stage(stage: &RoomStage) -> Option<(Stage, String)> {
    Some(match stage {
        RoomStage::Looking => (Stage::Looking, "Looking how things stand".to_owned()),
        RoomStage::Planning => (
            Stage::Planning,
            "CloudFormation works out what changes".to_owned(),
        ),
        RoomStage::Clearing => (
            Stage::Clearing,
            "Deleting what a failed first deploy left".to_owned(),
        ),
        RoomStage::Creating => (
            Stage::Creating,
            "Creating the stack and its bucket".to_owned(),
        ),
        RoomStage::Uploading { files: 1 } => (Stage::Uploading, "Uploading 1 file".to_owned()),
        RoomStage::Uploading { files } => (Stage::Uploading, format!("Uploading {files} files")),
        RoomStage::Updating => (Stage::Updating, "Changing the stack".to_owned()),
        RoomStage::Coding => (Stage::Coding, "Giving functions their code".to_owned()),
        RoomStage::Emptying => (Stage::Emptying, "Emptying the bucket".to_owned()),
        RoomStage::Deleting => (Stage::Deleting, "Deleting the stack".to_owned()),
        _ => return None,
    })
}

const STACK: &str = "AWS::CloudFormation::Stack";

fn of_event(event: &StackEventRecord) -> Step {
    Step::Resource {
        logical_id: event.logical_id.clone(),
        resource_type: event.resource_type.clone(),
        type_words: words::of_type(&event.resource_type),
        is_stack: event.resource_type == STACK,
        state: state(&event.status, event.reason.as_deref()),
        status: event.status.clone(),
        reason: event.reason.clone(),
    }
}

fn state(status: &str, reason: Option<&str>) -> ResourceState {
    // CloudFormation stops what is under way when another fails, and calls that failed too.
    let is_echo = reason.is_some_and(|reason| reason.contains("cancelled"));
    let is_rollback = status.contains("ROLLBACK");
    match status {
        "DELETE_SKIPPED" => ResourceState::Kept,
        "DELETE_COMPLETE" => ResourceState::Deleted,
        _ if status.ends_with("_FAILED") && is_echo => ResourceState::Cancelled,
        _ if status.ends_with("_FAILED") => ResourceState::Failed,
        _ if is_rollback && status.ends_with("_COMPLETE") => ResourceState::RolledBack,
        _ if is_rollback => ResourceState::RollingBack,
        _ if status.ends_with("_COMPLETE") => ResourceState::Done,
        _ => ResourceState::Working,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_failure_stopped_is_not_called_failed() {
        let cancelled = Some("Resource creation cancelled");
        assert_eq!(state("CREATE_FAILED", cancelled), ResourceState::Cancelled);
        assert_eq!(state("CREATE_FAILED", Some("no")), ResourceState::Failed);
        assert_eq!(
            state("UPDATE_ROLLBACK_COMPLETE", None),
            ResourceState::RolledBack
        );
        assert_eq!(
            state("UPDATE_ROLLBACK_IN_PROGRESS", None),
            ResourceState::RollingBack
        );
        assert_eq!(state("CREATE_IN_PROGRESS", None), ResourceState::Working);
        assert_eq!(state("UPDATE_COMPLETE", None), ResourceState::Done);
    }
}
