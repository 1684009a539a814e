//! Versions of functions and layers, by Lambda.

use aws_sdk_lambda::Client;
use pilothouse_effects::{CloudProblem, Effect, Published, Versioned, Versions};

use crate::problem;

/// Versions by Lambda.
#[derive(Debug)]
pub(crate) struct SdkVersions(Client);

impl SdkVersions {
    pub(crate) const fn new(client: Client) -> Self {
        Self(client)
    }

    async fn of_function(&self, function: &str) -> Result<Published, CloudProblem> {
        let mut published = Published::default();
        let mut pages = self
            .0
            .list_versions_by_function()
            .function_name(function)
            .into_paginator()
            .items()
            .send();
        while let Some(version) = pages.next().await {
            let version =
                version.map_err(|error| problem::of("lambda:ListVersionsByFunction", error))?;
            // `$LATEST` is no number.
            published
                .numbers
                .extend(version.version().and_then(|text| text.parse::<u64>().ok()));
        }
        let mut pages = self
            .0
            .list_aliases()
            .function_name(function)
            .into_paginator()
            .items()
            .send();
        while let Some(alias) = pages.next().await {
            let alias = alias.map_err(|error| problem::of("lambda:ListAliases", error))?;
            let more = alias
                .routing_config()
                .and_then(|c| c.additional_version_weights());
            let more = more
                .into_iter()
                .flat_map(|weights| weights.keys().map(String::as_str));
            let numbers = alias.function_version().into_iter().chain(more);
            published
                .aliased
                .extend(numbers.filter_map(|text| text.parse::<u64>().ok()));
        }
        Ok(published)
    }

    async fn of_layer(&self, layer: &str) -> Result<Published, CloudProblem> {
        let mut published = Published::default();
        let mut pages = self
            .0
            .list_layer_versions()
            .layer_name(layer)
            .into_paginator()
            .items()
            .send();
        while let Some(version) = pages.next().await {
            let version =
                version.map_err(|error| problem::of("lambda:ListLayerVersions", error))?;
            published
                .numbers
                .extend(u64::try_from(version.version()).ok());
        }
        Ok(published)
    }
}

impl Versions for SdkVersions {
    fn published<'a>(&'a self, of: Versioned<'a>) -> Effect<'a, Result<Published, CloudProblem>> {
        Box::pin(async move {
            let answer = match of {
                Versioned::Function(name) => self.of_function(name).await,
                Versioned::Layer(name) => self.of_layer(name).await,
            };
            match answer {
                Err(CloudProblem::NotFound { .. }) => Ok(Published::default()),
                answer => answer,
            }
        })
    }

    fn delete<'a>(
        &'a self,
        of: Versioned<'a>,
        number: u64,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            let answer = match of {
                Versioned::Function(name) => self
                    .0
                    .delete_function()
                    .function_name(name)
                    .qualifier(number.to_string())
                    .send()
                    .await
                    .map(drop)
                    .map_err(|error| problem::of("lambda:DeleteFunction", error)),
                Versioned::Layer(name) => self
                    .0
                    .delete_layer_version()
                    .layer_name(name)
                    .version_number(i64::try_from(number).unwrap_or(i64::MAX))
                    .send()
                    .await
                    .map(drop)
                    .map_err(|error| problem::of("lambda:DeleteLayerVersion", error)),
            };
            match answer {
                Err(CloudProblem::NotFound { .. }) => Ok(()),
                answer => answer,
            }
        })
    }
}
