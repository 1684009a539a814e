//! The Parameter Store.

use std::time::{Duration, SystemTime};

use aws_sdk_ssm::Client;
use aws_sdk_ssm::types::{
    Parameter, ParameterHistory, ParameterMetadata, ParameterStringFilter, ParameterType,
    ResourceTypeForTagging, Tag,
};
use aws_smithy_types::DateTime;
use pilothouse_effects::{
    CloudProblem, Effect, ParameterChanges, ParameterFacts, ParameterFilter, ParameterKind,
    ParameterPage, ParameterPut, ParameterTier, ParameterValue, ParameterVersion, Parameters,
};
use pilothouse_model::Secret;

use crate::problem;

/// The most that one answer of a list holds.
const PAGE: i32 = 50;

/// Parameters by SSM.
#[derive(Debug, Clone)]
pub(crate) struct SdkParameters(Client);

impl SdkParameters {
    pub(crate) const fn new(client: Client) -> Self {
        Self(client)
    }

    async fn page(
        &self,
        filter: Option<&ParameterFilter>,
        next: Option<&str>,
    ) -> Result<ParameterPage, CloudProblem> {
        let mut call = self.0.describe_parameters().max_results(PAGE);
        if let Some(filter) = filter {
            call = call.parameter_filters(filter_of(filter)?);
        }
        let answer = call.set_next_token(next.map(str::to_owned)).send().await;
        let answer = answer.map_err(|error| problem::of("ssm:DescribeParameters", error))?;
        let found = answer.parameters.unwrap_or_default();
        Ok(ParameterPage {
            found: found.into_iter().map(facts_of).collect(),
            next: answer.next_token.filter(|token| !token.is_empty()),
        })
    }

    async fn versions(&self, name: &str) -> Result<Vec<ParameterVersion>, CloudProblem> {
        let call = self.0.get_parameter_history().name(name);
        let mut pages = call.with_decryption(true).into_paginator().send();
        let mut versions = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| problem::of("ssm:GetParameterHistory", error))?;
            versions.extend(page.parameters.unwrap_or_default());
        }
        let mut versions: Vec<_> = versions.into_iter().map(version_of).collect();
        versions.sort_by_key(|version| version.facts.version);
        Ok(versions)
    }

    async fn write(&self, put: &ParameterPut<'_>) -> Result<u32, CloudProblem> {
        let mut call = self
            .0
            .put_parameter()
            .name(put.name)
            .value(put.value.expose())
            .r#type(put.kind.as_str().into())
            .tier(put.tier.as_str().into())
            .overwrite(put.overwrite)
            .set_description(put.description.map(str::to_owned))
            .set_allowed_pattern(put.pattern.map(str::to_owned))
            .set_policies(put.policies.map(str::to_owned))
            .set_key_id(put.key.map(str::to_owned));
        for (key, value) in put.tags {
            call = call.tags(tag_of(key, value)?);
        }
        let answer = call.send().await;
        let answer = answer.map_err(|error| problem::of("ssm:PutParameter", error))?;
        Ok(version_number(answer.version))
    }
}

impl Parameters for SdkParameters {
    fn list<'a>(
        &'a self,
        filter: Option<&'a ParameterFilter>,
        next: Option<&'a str>,
    ) -> Effect<'a, Result<ParameterPage, CloudProblem>> {
        Box::pin(self.page(filter, next))
    }

    fn values<'a>(
        &'a self,
        names: &'a [String],
    ) -> Effect<'a, Result<Vec<ParameterValue>, CloudProblem>> {
        Box::pin(async move {
            let call = self.0.get_parameters().set_names(Some(names.to_vec()));
            let answer = call.with_decryption(true).send().await;
            let answer = answer.map_err(|error| problem::of("ssm:GetParameters", error))?;
            let found = answer.parameters.unwrap_or_default();
            Ok(found.into_iter().map(value_of).collect())
        })
    }

    fn value<'a>(
        &'a self,
        name: &'a str,
    ) -> Effect<'a, Result<Option<ParameterValue>, CloudProblem>> {
        Box::pin(async move {
            let call = self.0.get_parameter().name(name).with_decryption(true);
            let answer = call.send().await;
            match answer.map_err(|error| problem::of("ssm:GetParameter", error)) {
                Ok(answer) => Ok(answer.parameter.map(value_of)),
                Err(CloudProblem::NotFound { .. }) => Ok(None),
                Err(problem) => Err(problem),
            }
        })
    }

    fn history<'a>(
        &'a self,
        name: &'a str,
    ) -> Effect<'a, Result<Vec<ParameterVersion>, CloudProblem>> {
        Box::pin(self.versions(name))
    }

    fn tags<'a>(
        &'a self,
        name: &'a str,
    ) -> Effect<'a, Result<Vec<(String, String)>, CloudProblem>> {
        Box::pin(async move {
            let call = self.0.list_tags_for_resource();
            let call = call.resource_type(ResourceTypeForTagging::Parameter);
            let answer = call.resource_id(name).send().await;
            let answer = answer.map_err(|error| problem::of("ssm:ListTagsForResource", error))?;
            let tags = answer.tag_list.unwrap_or_default();
            Ok(tags.into_iter().map(|tag| (tag.key, tag.value)).collect())
        })
    }
}

impl ParameterChanges for SdkParameters {
    fn put<'a>(&'a self, put: &'a ParameterPut<'a>) -> Effect<'a, Result<u32, CloudProblem>> {
        Box::pin(self.write(put))
    }

    fn label<'a>(
        &'a self,
        name: &'a str,
        version: u32,
        labels: &'a [String],
    ) -> Effect<'a, Result<Vec<String>, CloudProblem>> {
        Box::pin(async move {
            let call = self.0.label_parameter_version().name(name);
            let call = call.parameter_version(i64::from(version));
            let answer = call.set_labels(Some(labels.to_vec())).send().await;
            let answer = answer.map_err(|error| problem::of("ssm:LabelParameterVersion", error))?;
            Ok(answer.invalid_labels.unwrap_or_default())
        })
    }

    fn unlabel<'a>(
        &'a self,
        name: &'a str,
        version: u32,
        labels: &'a [String],
    ) -> Effect<'a, Result<Vec<String>, CloudProblem>> {
        Box::pin(async move {
            let call = self.0.unlabel_parameter_version().name(name);
            let call = call.parameter_version(i64::from(version));
            let answer = call.set_labels(Some(labels.to_vec())).send().await;
            let answer =
                answer.map_err(|error| problem::of("ssm:UnlabelParameterVersion", error))?;
            Ok(answer.invalid_labels.unwrap_or_default())
        })
    }

    fn delete<'a>(&'a self, names: &'a [String]) -> Effect<'a, Result<Vec<String>, CloudProblem>> {
        Box::pin(async move {
            let call = self.0.delete_parameters().set_names(Some(names.to_vec()));
            let answer = call.send().await;
            let answer = answer.map_err(|error| problem::of("ssm:DeleteParameters", error))?;
            Ok(answer.deleted_parameters.unwrap_or_default())
        })
    }

    fn tag<'a>(
        &'a self,
        name: &'a str,
        tags: &'a [(String, String)],
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            let mut call = self
                .0
                .add_tags_to_resource()
                .resource_type(ResourceTypeForTagging::Parameter)
                .resource_id(name);
            for (key, value) in tags {
                call = call.tags(tag_of(key, value)?);
            }
            let answer = call.send().await;
            answer.map_err(|error| problem::of("ssm:AddTagsToResource", error))?;
            Ok(())
        })
    }

    fn untag<'a>(
        &'a self,
        name: &'a str,
        keys: &'a [String],
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            let call = self
                .0
                .remove_tags_from_resource()
                .resource_type(ResourceTypeForTagging::Parameter)
                .resource_id(name);
            let answer = call.set_tag_keys(Some(keys.to_vec())).send().await;
            answer.map_err(|error| problem::of("ssm:RemoveTagsFromResource", error))?;
            Ok(())
        })
    }
}

fn filter_of(filter: &ParameterFilter) -> Result<ParameterStringFilter, CloudProblem> {
    let builder = ParameterStringFilter::builder();
    let builder = match filter {
        ParameterFilter::Under(path) => builder.key("Path").option("Recursive").values(path),
        ParameterFilter::Named(name) => builder.key("Name").option("Equals").values(name),
    };
    builder
        .build()
        .map_err(|problem| malformed("ssm:DescribeParameters", &problem))
}

fn tag_of(key: &str, value: &str) -> Result<Tag, CloudProblem> {
    let tag = Tag::builder().key(key).value(value).build();
    tag.map_err(|problem| malformed("ssm:AddTagsToResource", &problem))
}

fn malformed(call: &'static str, problem: &dyn std::fmt::Display) -> CloudProblem {
    CloudProblem::Refused {
        call,
        name: "InvalidRequest".to_owned(),
        reason: problem.to_string(),
    }
}

fn kind_of(kind: Option<&ParameterType>) -> ParameterKind {
    kind.and_then(|kind| ParameterKind::of_name(kind.as_str()))
        .unwrap_or(ParameterKind::Text)
}

fn tier_of(tier: Option<&str>) -> ParameterTier {
    tier.and_then(ParameterTier::of_name)
        .unwrap_or(ParameterTier::Standard)
}

fn version_number(version: i64) -> u32 {
    u32::try_from(version).unwrap_or_default()
}

fn moment(at: Option<DateTime>) -> SystemTime {
    let millis = at.and_then(|at| at.to_millis().ok()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(millis).unwrap_or_default())
}

fn facts_of(found: ParameterMetadata) -> ParameterFacts {
    let policies = found.policies.unwrap_or_default();
    ParameterFacts {
        kind: kind_of(found.r#type.as_ref()),
        key: found.key_id.filter(|key| !key.is_empty()),
        version: version_number(found.version),
        changed: moment(found.last_modified_date),
        by: found.last_modified_user.filter(|by| !by.is_empty()),
        tier: tier_of(found.tier.as_ref().map(|tier| tier.as_str())),
        description: found.description.filter(|words| !words.is_empty()),
        pattern: found.allowed_pattern.filter(|pattern| !pattern.is_empty()),
        policies: policies
            .into_iter()
            .filter_map(|policy| policy.policy_text)
            .collect(),
        name: found.name.unwrap_or_default(),
    }
}

fn value_of(found: Parameter) -> ParameterValue {
    ParameterValue {
        kind: kind_of(found.r#type.as_ref()),
        version: version_number(found.version),
        value: Secret::new(found.value.unwrap_or_default()),
        changed: moment(found.last_modified_date),
        name: found.name.unwrap_or_default(),
    }
}

fn version_of(found: ParameterHistory) -> ParameterVersion {
    let policies = found.policies.unwrap_or_default();
    ParameterVersion {
        labels: found.labels.unwrap_or_default(),
        value: Secret::new(found.value.unwrap_or_default()),
        facts: ParameterFacts {
            kind: kind_of(found.r#type.as_ref()),
            key: found.key_id.filter(|key| !key.is_empty()),
            version: version_number(found.version),
            changed: moment(found.last_modified_date),
            by: found.last_modified_user.filter(|by| !by.is_empty()),
            tier: tier_of(found.tier.as_ref().map(|tier| tier.as_str())),
            description: found.description.filter(|words| !words.is_empty()),
            pattern: found.allowed_pattern.filter(|pattern| !pattern.is_empty()),
            policies: policies
                .into_iter()
                .filter_map(|policy| policy.policy_text)
                .collect(),
            name: found.name.unwrap_or_default(),
        },
    }
}
