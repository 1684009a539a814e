//! Stages of REST APIs. Three calls, so they are made by hand and not by another client of the SDK.

use std::collections::BTreeMap;

use aws_config::SdkConfig;
use pilothouse_effects::{CloudProblem, Effect, StageSettings, Stages, WebAnswer, WebRequest};
use serde_json::{Map, Value, json};

use crate::problem;
use crate::requests::WebRequests;

const SERVICE: &str = "apigateway";
const TAG: &str = "tag:";
const LOG: &str = "/accessLogSettings";

/// Stages by the REST API of API Gateway itself.
#[derive(Debug)]
pub(crate) struct RestStages {
    web: WebRequests,
    endpoint: String,
    region: String,
}

impl RestStages {
    pub(crate) fn new(config: &SdkConfig) -> Self {
        let region = config.region().map(ToString::to_string).unwrap_or_default();
        let endpoint = match config.endpoint_url() {
            Some(endpoint) => endpoint.trim_end_matches('/').to_owned(),
            None => format!("https://{SERVICE}.{region}.{}", place_of(&region).1),
        };
        Self {
            web: WebRequests::new(config),
            endpoint,
            region,
        }
    }

    async fn ask(
        &self,
        call: &'static str,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Result<WebAnswer, CloudProblem> {
        let mut headers = vec![("accept".to_owned(), "application/json".to_owned())];
        if body.is_some() {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        let request = WebRequest {
            method: method.to_owned(),
            url: format!("{}{path}", self.endpoint),
            headers,
            body: body.map_or_else(Vec::new, |body| body.to_string().into_bytes()),
            sign: true,
        };
        let answer = self.web.send_to(SERVICE, call, request).await?;
        if (200..300).contains(&answer.status) {
            return Ok(answer);
        }
        Err(refusal(call, &answer))
    }

    async fn set_tags(
        &self,
        api: &str,
        stage: &str,
        changes: &[(&str, &Option<String>)],
    ) -> Result<(), CloudProblem> {
        let (partition, _) = place_of(&self.region);
        let arn = format!(
            "arn:{partition}:{SERVICE}:{}::/restapis/{api}/stages/{stage}",
            self.region
        );
        let path = format!("/tags/{}", encoded(&arn));
        let set: Map<String, Value> = changes
            .iter()
            .filter_map(|(name, value)| Some(((*name).to_owned(), (*value).clone()?.into())))
            .collect();
        if !set.is_empty() {
            let body = json!({ "tags": set });
            self.ask("apigateway:TagResource", "PUT", &path, Some(body))
                .await?;
        }
        let gone: Vec<String> = changes
            .iter()
            .filter(|(_, value)| value.is_none())
            .map(|(name, _)| format!("tagKeys={}", encoded(name)))
            .collect();
        if !gone.is_empty() {
            let path = format!("{path}?{}", gone.join("&"));
            self.ask("apigateway:UntagResource", "DELETE", &path, None)
                .await?;
        }
        Ok(())
    }
}

impl Stages for RestStages {
    fn settings<'a>(
        &'a self,
        api: &'a str,
        stage: &'a str,
    ) -> Effect<'a, Result<Option<StageSettings>, CloudProblem>> {
        Box::pin(async move {
            let path = format!("/restapis/{}/stages/{}", encoded(api), encoded(stage));
            let answer = match self.ask("apigateway:GetStage", "GET", &path, None).await {
                Ok(answer) => answer,
                Err(CloudProblem::NotFound { .. }) => return Ok(None),
                Err(problem) => return Err(problem),
            };
            Ok(Some(settings_of(
                &serde_json::from_slice(&answer.body).unwrap_or_default(),
            )))
        })
    }

    fn set<'a>(
        &'a self,
        api: &'a str,
        stage: &'a str,
        changes: &'a BTreeMap<String, Option<String>>,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            let patches = patches_of(changes);
            if !patches.is_empty() {
                let path = format!("/restapis/{}/stages/{}", encoded(api), encoded(stage));
                let body = json!({ "patchOperations": patches });
                self.ask("apigateway:UpdateStage", "PATCH", &path, Some(body))
                    .await?;
            }
            let tags: Vec<(&str, &Option<String>)> = changes
                .iter()
                .filter_map(|(name, value)| Some((name.strip_prefix(TAG)?, value)))
                .collect();
            self.set_tags(api, stage, &tags).await
        })
    }
}

/// Partition and domain of a Region.
pub(crate) fn place_of(region: &str) -> (&'static str, &'static str) {
    const PLACES: &[(&str, &str, &str)] = &[
        ("cn-", "aws-cn", "amazonaws.com.cn"),
        ("us-gov-", "aws-us-gov", "amazonaws.com"),
        ("us-isob-", "aws-iso-b", "sc2s.sgov.gov"),
        ("us-iso-", "aws-iso", "c2s.ic.gov"),
    ];
    let place = PLACES.iter().find(|(start, ..)| region.starts_with(start));
    place.map_or(("aws", "amazonaws.com"), |(_, partition, domain)| {
        (partition, domain)
    })
}

/// The settings in a description of a stage.
fn settings_of(stage: &Value) -> StageSettings {
    let all = "/methodSettings/*~1*";
    let places = [
        ("/tracingEnabled", "/tracingEnabled".to_owned()),
        ("/*/*/metrics/enabled", format!("{all}/metricsEnabled")),
        ("/*/*/logging/loglevel", format!("{all}/loggingLevel")),
        ("/*/*/logging/dataTrace", format!("{all}/dataTraceEnabled")),
        (
            "/accessLogSettings/destinationArn",
            "/accessLogSettings/destinationArn".to_owned(),
        ),
        (
            "/accessLogSettings/format",
            "/accessLogSettings/format".to_owned(),
        ),
    ];
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    };
    let mut settings: StageSettings = places
        .into_iter()
        .filter_map(|(name, place)| Some((name.to_owned(), text(stage.pointer(&place)?)?)))
        .collect();
    let tags = stage.get("tags").and_then(Value::as_object);
    settings.extend(
        tags.into_iter()
            .flatten()
            .filter_map(|(name, value)| Some((format!("{TAG}{name}"), text(value)?))),
    );
    settings
}

/// The patches that set what is no tag. A log goes as a whole.
fn patches_of(changes: &BTreeMap<String, Option<String>>) -> Vec<Value> {
    let mut patches: Vec<Value> = changes
        .iter()
        .filter(|(name, _)| !name.starts_with(TAG))
        .filter_map(|(name, value)| {
            let value = value.as_ref()?;
            Some(json!({ "op": "replace", "path": name, "value": value }))
        })
        .collect();
    if changes
        .iter()
        .any(|(name, value)| name.starts_with(LOG) && value.is_none())
    {
        patches.push(json!({ "op": "remove", "path": LOG }));
    }
    patches
}

fn refusal(call: &'static str, answer: &WebAnswer) -> CloudProblem {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let header = answer
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("x-amzn-errortype"));
    let named = header
        .map(|(_, value)| value.as_str())
        .or_else(|| body.get("__type").and_then(Value::as_str))
        .unwrap_or_default();
    // `NotFoundException:http://...` and `com.amazon#NotFoundException` are one name.
    let name = named.split(':').next().unwrap_or_default();
    let name = name.rsplit('#').next().unwrap_or_default();
    let name = match (name, answer.status) {
        ("", 404) => "NotFound",
        ("", 429) => "TooManyRequestsException",
        ("", _) => "an unnamed problem",
        (name, _) => name,
    };
    let reason = ["message", "Message"]
        .iter()
        .find_map(|key| body.get(key)?.as_str());
    problem::named(call, name, reason.unwrap_or(name))
}

/// A text as a part of a path: everything but letters, digits and `-_.~` by its bytes.
fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing into a text cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_of_a_stage_is_read_as_its_patches_would_set_it() {
        let stage = json!({
            "stageName": "dev",
            "tracingEnabled": true,
            "methodSettings": { "*/*": { "loggingLevel": "INFO", "dataTraceEnabled": false, "metricsEnabled": true } },
            "accessLogSettings": { "destinationArn": "arn:x", "format": "f" },
            "tags": { "a": "b" }
        });
        let read: Vec<String> = settings_of(&stage)
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(
            read,
            [
                "/*/*/logging/dataTrace=false",
                "/*/*/logging/loglevel=INFO",
                "/*/*/metrics/enabled=true",
                "/accessLogSettings/destinationArn=arn:x",
                "/accessLogSettings/format=f",
                "/tracingEnabled=true",
                "tag:a=b"
            ]
        );
    }

    #[test]
    fn a_log_that_is_taken_away_goes_as_a_whole() {
        let changes = [
            ("/accessLogSettings/destinationArn", None),
            ("/accessLogSettings/format", None),
            ("/tracingEnabled", Some("true")),
            ("tag:a", Some("b")),
        ];
        let changes = changes
            .map(|(name, value): (&str, Option<&str>)| (name.to_owned(), value.map(str::to_owned)));
        assert_eq!(
            patches_of(&changes.into()),
            [
                json!({ "op": "replace", "path": "/tracingEnabled", "value": "true" }),
                json!({ "op": "remove", "path": "/accessLogSettings" }),
            ]
        );
    }

    #[test]
    fn a_refusal_is_known_by_its_header_or_its_status() {
        let of = |status, header: Option<&str>| {
            let headers = header.map(|value| ("x-amzn-ErrorType".to_owned(), value.to_owned()));
            let answer = WebAnswer {
                status,
                headers: headers.into_iter().collect(),
                body: br#"{"message": "why"}"#.to_vec(),
            };
            refusal("apigateway:GetStage", &answer)
        };
        assert!(matches!(
            of(404, Some("NotFoundException")),
            CloudProblem::NotFound { reason, .. } if reason == "why"
        ));
        assert!(matches!(of(404, None), CloudProblem::NotFound { .. }));
        assert!(matches!(of(429, None), CloudProblem::Throttled { .. }));
        assert!(matches!(
            of(403, Some("AccessDeniedException:http://x/")),
            CloudProblem::Denied { .. }
        ));
    }

    #[test]
    fn names_in_paths_are_encoded() {
        assert_eq!(
            encoded("arn:aws:x::/a b_~"),
            "arn%3Aaws%3Ax%3A%3A%2Fa%20b_~"
        );
    }
}
