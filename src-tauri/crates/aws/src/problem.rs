//! The SDK's errors in the domain's words.

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_cloudformation::error::{ProvideErrorMetadata, SdkError};
use pilothouse_effects::CloudProblem;

/// Names by which services say that credentials are missing, wrong or too old.
const CREDENTIALS: &[&str] = &[
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "InvalidAccessKeyId",
    "RequestExpired",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
];
const DENIED: &[&str] = &[
    "AccessDenied",
    "AccessDeniedException",
    "UnauthorizedOperation",
];
const THROTTLED: &[&str] = &[
    "RequestLimitExceeded",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
];
const NOT_FOUND: &[&str] = &[
    "ChangeSetNotFound",
    "ChangeSetNotFoundException",
    "ImageNotFoundException",
    "NoSuchBucket",
    "NoSuchKey",
    "NotFound",
    "NotFoundException",
    "ParameterNotFound",
    "ParameterVersionNotFound",
    "InvalidResourceId",
    "RepositoryNotFoundException",
    "ResourceNotFoundException",
    "StackNotFoundException",
];

/// What a failed call means. `call` names it as AWS's documents do, for the user to look up.
pub(crate) fn of<E, R>(call: &'static str, error: SdkError<E, R>) -> CloudProblem
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    match &error {
        SdkError::ServiceError(answer) => service_problem(call, answer.err()),
        SdkError::DispatchFailure(failure) if failure.is_user() || lacks_credentials(&error) => {
            CloudProblem::Credentials {
                reason: whole_story(&error),
            }
        }
        SdkError::ConstructionFailure(_) => CloudProblem::Credentials {
            reason: whole_story(&error),
        },
        _ => CloudProblem::NoAnswer {
            call,
            reason: whole_story(&error),
        },
    }
}

fn service_problem(call: &'static str, error: &impl ProvideErrorMetadata) -> CloudProblem {
    let name = error.code().unwrap_or("an unnamed problem");
    named(call, name, error.message().unwrap_or(name))
}

/// What a service means by the name of a problem.
pub(crate) fn named(call: &'static str, name: &str, reason: &str) -> CloudProblem {
    let reason = reason.to_owned();
    // CloudFormation has no error of its own for a stack that does not exist.
    let gone = name == "ValidationError" && reason.contains("does not exist");
    if CREDENTIALS.contains(&name) {
        CloudProblem::Credentials { reason }
    } else if DENIED.contains(&name) {
        CloudProblem::Denied { call, reason }
    } else if THROTTLED.contains(&name) {
        CloudProblem::Throttled { call }
    } else if gone || NOT_FOUND.contains(&name) {
        CloudProblem::NotFound { call, reason }
    } else {
        CloudProblem::Refused {
            call,
            name: name.to_owned(),
            reason,
        }
    }
}

/// Whether nothing was sent because there were no credentials to sign it with.
fn lacks_credentials(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |inner| inner.source())
        .any(|cause| cause.is::<CredentialsError>())
}

/// The error with everything that caused it, for the outermost one alone says little.
fn whole_story(error: &dyn std::error::Error) -> String {
    let mut story = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        story.push_str(": ");
        story.push_str(&inner.to_string());
        cause = inner.source();
    }
    story
}
