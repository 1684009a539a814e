//! Lambda.

use aws_sdk_lambda::Client;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::{LastUpdateStatus, LogType, State};
use aws_smithy_types::base64;
use pilothouse_effects::{CloudProblem, Effect, FunctionCode, Functions, Invocation};

use crate::objects::digest_of;
use crate::problem;

/// Functions by Lambda.
#[derive(Debug)]
pub(crate) struct SdkFunctions(Client);

impl SdkFunctions {
    pub(crate) const fn new(client: Client) -> Self {
        Self(client)
    }
}

impl Functions for SdkFunctions {
    fn invoke<'a>(
        &'a self,
        function: &'a str,
        payload: Vec<u8>,
    ) -> Effect<'a, Result<Invocation, CloudProblem>> {
        Box::pin(async move {
            let answer = self
                .0
                .invoke()
                .function_name(function)
                .log_type(LogType::Tail)
                .payload(Blob::new(payload))
                .send()
                .await
                .map_err(|error| problem::of("lambda:Invoke", error))?;
            let tail = answer.log_result.and_then(|text| base64::decode(text).ok());
            Ok(Invocation {
                answer: answer.payload.map(Blob::into_inner).unwrap_or_default(),
                error: answer.function_error,
                log_tail: tail.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
            })
        })
    }

    fn code<'a>(
        &'a self,
        function: &'a str,
    ) -> Effect<'a, Result<Option<FunctionCode>, CloudProblem>> {
        Box::pin(async move {
            let asked = self
                .0
                .get_function_configuration()
                .function_name(function)
                .send()
                .await;
            let answer = match asked
                .map_err(|error| problem::of("lambda:GetFunctionConfiguration", error))
            {
                Ok(answer) => answer,
                Err(CloudProblem::NotFound { .. }) => return Ok(None),
                Err(problem) => return Err(problem),
            };
            let failed = answer.last_update_status == Some(LastUpdateStatus::Failed);
            Ok(Some(FunctionCode {
                digest: answer.code_sha256().and_then(digest_of),
                changing: answer.last_update_status == Some(LastUpdateStatus::InProgress)
                    || answer.state == Some(State::Pending),
                failure: failed.then(|| answer.last_update_status_reason.unwrap_or_default()),
            }))
        })
    }

    fn update_code<'a>(
        &'a self,
        function: &'a str,
        bucket: &'a str,
        key: &'a str,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            self.0
                .update_function_code()
                .function_name(function)
                .s3_bucket(bucket)
                .s3_key(key)
                .send()
                .await
                .map_err(|error| problem::of("lambda:UpdateFunctionCode", error))?;
            Ok(())
        })
    }
}
