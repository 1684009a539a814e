//! Clients for a target.

use std::sync::Arc;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_s3::config::{Credentials, SharedCredentialsProvider};
use pilothouse_effects::{Cloud, Clouds, Effect, Target};

use crate::change_sets::SdkChangeSets;
use crate::functions::SdkFunctions;
use crate::identity::SdkIdentity;
use crate::logs::SdkLogs;
use crate::named_profile::NamedProfile;
use crate::objects::SdkObjects;
use crate::only_aws;
use crate::parameters::SdkParameters;
use crate::requests::WebRequests;
use crate::stacks::SdkStacks;
use crate::stages::RestStages;
use crate::synced::SdkSyncedFiles;
use crate::values::AwsValues;
use crate::versions::SdkVersions;

/// The account that the local AWS plays; its access key stands for it.
const SANDBOX_KEY: &str = "test";

/// Connects to AWS by the SDK.
#[derive(Debug, Clone, Copy, Default)]
pub struct AwsClouds;

impl Clouds for AwsClouds {
    fn connect(&self, target: &Target) -> Effect<'_, Cloud> {
        let target = target.clone();
        Box::pin(async move {
            let config = configuration(&target).await;
            let stacks = aws_sdk_cloudformation::Client::new(&config);
            let functions = aws_sdk_lambda::Client::new(&config);
            let bucket_style = aws_sdk_s3::config::Builder::from(&config)
                // Names of buckets below `localhost` need a resolver that few computers have.
                .force_path_style(matches!(target, Target::Sandbox { .. }))
                .build();
            let parameters = SdkParameters::new(aws_sdk_ssm::Client::new(&config));
            let objects = aws_sdk_s3::Client::from_conf(bucket_style);
            Cloud {
                identity: Arc::new(SdkIdentity::new(aws_sdk_sts::Client::new(&config))),
                stacks: Arc::new(SdkStacks::new(stacks.clone())),
                change_sets: Arc::new(SdkChangeSets::new(stacks, target.clone())),
                objects: Arc::new(SdkObjects::new(objects.clone())),
                files: Arc::new(SdkSyncedFiles::new(objects.clone())),
                functions: Arc::new(SdkFunctions::new(functions.clone())),
                versions: Arc::new(SdkVersions::new(functions)),
                logs: Arc::new(SdkLogs::new(aws_sdk_cloudwatchlogs::Client::new(&config))),
                stages: Arc::new(RestStages::new(&config)),
                values: Arc::new(AwsValues::new(&config, objects)),
                parameters: Arc::new(parameters.clone()),
                parameter_changes: Arc::new(parameters),
                requests: Arc::new(WebRequests::new(&config)),
                target,
            }
        })
    }
}

async fn configuration(target: &Target) -> SdkConfig {
    let region = Region::new(target.region().to_owned());
    let loader = aws_config::defaults(BehaviorVersion::latest())
        .region(region.clone())
        .retry_config(RetryConfig::standard().with_max_attempts(tries(target)))
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(std::time::Duration::from_secs(10))
                .build(),
        );
    match target {
        // Neither the user's credentials nor files are looked at for the sandbox.
        Target::Sandbox { endpoint, .. } => {
            let credentials = Credentials::new(SANDBOX_KEY, SANDBOX_KEY, None, None, "sandbox");
            loader
                .empty_test_environment()
                .credentials_provider(SharedCredentialsProvider::new(credentials))
                .endpoint_url(endpoint)
                .load()
                .await
        }
        Target::Account { profile, .. } => {
            let client = only_aws::client();
            let loader = loader.http_client(client.clone());
            let loader = match profile {
                Some(name) => loader
                    .profile_name(name)
                    .credentials_provider(NamedProfile::new(name, region, client)),
                None => loader,
            };
            without_endpoints(loader.load().await)
        }
    }
}

/// How often a call is sent. What does not answer on this computer has ended, and is not waited for.
const fn tries(target: &Target) -> u32 {
    match target {
        Target::Sandbox { .. } => 2,
        Target::Account { .. } => 5,
    }
}

/// Takes every configured endpoint out: the environment and the profile must not be able to send requests, and
/// with them what is deployed, anywhere but to AWS.
fn without_endpoints(config: SdkConfig) -> SdkConfig {
    let mut builder = config.into_builder();
    builder.set_endpoint_url(None);
    // Endpoints of single services come from the environment and the profile by another way.
    builder.set_service_config(None::<NoServiceSettings>);
    builder.build()
}

/// Stands where the SDK would look up settings of single services.
#[derive(Debug)]
struct NoServiceSettings;

impl aws_types::service_config::LoadServiceConfig for NoServiceSettings {
    fn load_config(&self, _: aws_types::service_config::ServiceConfigKey<'_>) -> Option<String> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Elsewhere;

    impl aws_types::service_config::LoadServiceConfig for Elsewhere {
        fn load_config(
            &self,
            _: aws_types::service_config::ServiceConfigKey<'_>,
        ) -> Option<String> {
            Some("http://elsewhere.example".to_owned())
        }
    }

    #[test]
    fn endpoints_from_outside_are_taken_out_however_they_came_in() {
        let config = SdkConfig::builder()
            .endpoint_url("http://elsewhere.example")
            .service_config(Elsewhere)
            .build();
        assert!(config.endpoint_url().is_some());
        assert!(config.service_config().is_some());
        let config = without_endpoints(config);
        assert_eq!(config.endpoint_url(), None);
        assert!(config.service_config().is_none());
    }
}
