//! Credentials of a profile that was named, and of nothing else.
//!
//! The SDK's own order asks the environment for keys first, which can be those of another account.

use aws_config::Region;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use thiserror::Error;

/// Asks one profile.
#[derive(Debug)]
pub(crate) struct NamedProfile {
    name: String,
    profile: ProfileFileCredentialsProvider,
}

/// The SDK does not say which profile it was that had none.
#[derive(Debug, Error)]
#[error("the profile `{name}` gives no credentials; is it in your AWS configuration?")]
struct NoCredentials {
    name: String,
    #[source]
    source: CredentialsError,
}

impl NamedProfile {
    /// Of that name; whoever it leads to (STS, SSO) is asked in that Region and by that client.
    pub(crate) fn new(name: &str, region: Region, client: SharedHttpClient) -> Self {
        let means = ProviderConfig::default()
            .with_region(Some(region))
            .with_http_client(client);
        Self {
            name: name.to_owned(),
            profile: ProfileFileCredentialsProvider::builder()
                .configure(&means)
                .profile_name(name)
                .build(),
        }
    }
}

impl ProvideCredentials for NamedProfile {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            let given = self.profile.provide_credentials().await;
            given.map_err(|source| {
                CredentialsError::provider_error(NoCredentials {
                    name: self.name.clone(),
                    source,
                })
            })
        })
    }
}
