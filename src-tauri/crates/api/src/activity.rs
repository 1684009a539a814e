//! `activity`: what was done, from the journal.

use std::time::SystemTime;

use pilothouse_effects::Operation;
use serde_json::{Value, json};

use crate::deploy::DeployRequest;
use crate::{ApiError, Host, command};

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Unique.
    pub id: String,
    /// The project's folder.
    pub folder: String,
    /// As whom.
    pub principal: String,
    /// What.
    pub verb: String,
    /// To which stack.
    pub stack: String,
    /// Where: `sandbox` or the account's digits.
    pub account: String,
    /// The Region.
    pub region: String,
    /// When it began.
    pub began: SystemTime,
    /// How it ended, in words; `cut off` when its process died and nobody looked it up yet, or runs still.
    pub outcome: String,
    /// More about the end.
    pub words: String,
    /// How long it took in milliseconds, when it ended by itself.
    pub millis: Option<u64>,
    /// The command that repeats it.
    pub command: Vec<String>,
}

impl Activity {
    fn of(operation: &Operation) -> Self {
        let start = &operation.start;
        let (outcome, words, millis) = match &operation.end {
            None => ("running or cut off".to_owned(), String::new(), None),
            Some((outcome, words, at)) => {
                let took = at.duration_since(start.at).unwrap_or_default();
                (
                    outcome.to_string(),
                    words.clone(),
                    u64::try_from(took.as_millis()).ok(),
                )
            }
        };
        let account = if start.place.sandbox {
            "sandbox"
        } else {
            &start.place.account
        };
        Self {
            id: start.id.clone(),
            folder: start.folder.clone(),
            principal: start.principal.clone(),
            verb: start.verb.to_string(),
            stack: start.place.stack.clone(),
            account: account.to_owned(),
            region: start.place.region.clone(),
            began: start.at,
            outcome,
            words,
            millis,
            command: start.command.clone(),
        }
    }

    /// The command as it is typed into a shell.
    pub fn command_line(&self) -> String {
        typed(&self.command)
    }

    /// The value that `--json` prints.
    pub fn to_value(&self) -> Value {
        let began = self
            .began
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        json!({
            "verb": self.verb, "stack": self.stack, "account": self.account, "region": self.region,
            "beganMillis": u64::try_from(began.as_millis()).unwrap_or(u64::MAX),
            "outcome": self.outcome, "words": self.words, "millis": self.millis,
            "command": self.command,
        })
    }
}

/// A command as it is typed into a shell.
pub(crate) fn typed(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    words.join(" ")
}

/// The command that does in a terminal what was asked for in a window.
pub fn command_line(verb: &str, request: &DeployRequest) -> String {
    let project = &request.project;
    let mut words = command::words(verb, project, &project.folder, &request.target);
    words.extend(command::of_this_once(request));
    typed(&words)
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// The newest activities, newest first.
///
/// # Errors
/// When the journal cannot be read.
pub fn activity(host: &Host, most: usize) -> Result<Vec<Activity>, ApiError> {
    let operations = host.journal.operations(None, most)?;
    Ok(operations.iter().map(Activity::of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_blanks_and_quotes_are_quoted_for_the_shell() {
        assert_eq!(quoted("--stage"), "--stage");
        assert_eq!(quoted("/a b"), "'/a b'");
        assert_eq!(quoted("it's"), "'it'\\''s'");
    }
}
