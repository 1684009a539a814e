//! `invoke`: calling a deployed function.

use std::time::Duration;

use pilothouse_effects::CloudProblem;
use pilothouse_model::Code;
use serde_json::{Value, json};

use crate::activity;
use crate::command;
use crate::deploy::DeployRequest;
use crate::info::find;
use crate::target::Watch;
use crate::{ApiError, Host, Kind};

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoked {
    /// The function's name at AWS.
    pub function: String,
    /// What it answered: JSON where it is JSON, else text.
    pub answer: Value,
    /// How it failed, when it did.
    pub error: Option<String>,
    /// How long the call took, seen from here.
    pub duration: Duration,
    /// The end of its log.
    pub log_tail: Option<String>,
}

impl Invoked {
    /// The value that `--json` prints.
    pub fn to_value(&self) -> Value {
        json!({
            "function": self.function, "answer": self.answer, "error": self.error,
            "durationMillis": u64::try_from(self.duration.as_millis()).unwrap_or(u64::MAX),
            "logTail": self.log_tail,
        })
    }
}

/// Calls a function with a JSON text (`{}` when absent) and waits for its answer. A function that fails has
/// answered too: see [`Invoked::error`].
///
/// # Errors
/// When the text is not JSON, the service has no such function, or it is not deployed.
pub async fn invoke(
    host: &Host,
    request: &DeployRequest,
    function: &str,
    data: Option<&str>,
    watch: &Watch,
) -> Result<Invoked, ApiError> {
    let payload = data.unwrap_or("{}");
    if let Err(problem) = serde_json::from_str::<Value>(payload) {
        return Err(ApiError::new(
            Code::Usage,
            Kind::User,
            "the data for the function is not JSON",
        )
        .detail(problem.to_string())
        .hint("Quote it for your shell: --data '{\"name\": \"value\"}'"));
    }
    let found = find(host, request, "invoke", watch).await?;
    let name = found.function(function)?;
    let before = host.clock.now();
    let called = found
        .cloud()
        .functions
        .invoke(&name, payload.as_bytes().to_vec())
        .await;
    let called = called.map_err(|problem| not_deployed(problem, function))?;
    let duration = host.clock.now().duration_since(before).unwrap_or_default();
    let text = String::from_utf8_lossy(&called.answer).into_owned();
    Ok(Invoked {
        function: name,
        answer: serde_json::from_str(&text).unwrap_or(Value::String(text)),
        error: called.error,
        duration,
        log_tail: called.log_tail,
    })
}

/// The command that calls the same. What is no JSON yet is written as it is, and `{}` goes without saying.
pub fn command_line(place: &DeployRequest, function: &str, data: &str) -> String {
    let mut words = command::words(
        "invoke",
        &place.project,
        &place.project.folder,
        &place.target,
    );
    words.insert(2, function.to_owned());
    let data = match serde_json::from_str::<Value>(data) {
        Ok(value) => value.to_string(),
        Err(_) => data.trim().to_owned(),
    };
    if !data.is_empty() && data != "{}" {
        words.extend(["--data".to_owned(), data]);
    }
    activity::typed(&words)
}

fn not_deployed(problem: CloudProblem, function: &str) -> ApiError {
    if matches!(problem, CloudProblem::NotFound { .. }) {
        return ApiError::new(
            Code::FunctionMissing,
            Kind::Precondition,
            format!("the function `{function}` is not deployed"),
        )
        .hint("Deploy it first: pilothouse deploy");
    }
    problem.into()
}

#[cfg(test)]
mod tests {
    use pilothouse_model::PlannedTarget;

    use super::*;
    use crate::project::ProjectRequest;

    fn place() -> DeployRequest {
        DeployRequest {
            package: None,
            without_files: false,
            project: ProjectRequest {
                folder: "/my work/hello".into(),
                stage: Some("dev".into()),
                ..ProjectRequest::default()
            },
            target: PlannedTarget::Sandbox,
        }
    }

    #[test]
    fn the_command_of_a_call_is_as_a_shell_takes_it() {
        assert_eq!(
            command_line(&place(), "hello", "{ \"a\": \"it's\" }"),
            r#"pilothouse invoke hello --dir '/my work/hello' --stage dev --sandbox --data '{"a":"it'\''s"}'"#
        );
    }

    #[test]
    fn no_data_go_without_saying_and_what_is_no_json_yet_is_told_as_it_is() {
        let plain = "pilothouse invoke hello --dir '/my work/hello' --stage dev --sandbox";
        assert_eq!(command_line(&place(), "hello", " "), plain);
        assert_eq!(command_line(&place(), "hello", "{ }"), plain);
        assert_eq!(
            command_line(&place(), "hello", "{ a"),
            format!("{plain} --data '{{ a'")
        );
    }
}
