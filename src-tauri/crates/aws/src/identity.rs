//! STS.

use aws_sdk_sts::Client;
use pilothouse_effects::{CloudProblem, Effect, Identity, Principal};

use crate::problem;

/// Identity by STS.
#[derive(Debug)]
pub(crate) struct SdkIdentity(Client);

impl SdkIdentity {
    pub(crate) const fn new(client: Client) -> Self {
        Self(client)
    }
}

impl Identity for SdkIdentity {
    fn whoami(&self) -> Effect<'_, Result<Principal, CloudProblem>> {
        Box::pin(async move {
            const CALL: &str = "sts:GetCallerIdentity";
            let answer = self
                .0
                .get_caller_identity()
                .send()
                .await
                .map_err(|error| problem::of(CALL, error))?;
            Ok(Principal {
                account: answer.account.unwrap_or_default(),
                arn: answer.arn.unwrap_or_default(),
            })
        })
    }
}
