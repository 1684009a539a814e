//! `cloudFront` events and `provider.cloudFront`.

use serde_json::{Map, Value};

use super::reader::{At, Reader};
use crate::types::{CachePolicy, CloudFront, CloudFrontEvent, CloudFrontOrigin, Event, Function};

/// What a function at the edge has when it does not say: the most that is allowed for every kind of event.
const MEMORY_SIZE: u32 = 128;
const TIMEOUT: u32 = 5;

/// Reads those of an item of `events`.
pub(super) fn read(reader: &mut Reader, item: &At<'_>, events: &mut Vec<Event>) {
    if let Some(at) = item.get("cloudFront") {
        let event = event(reader, &at);
        events.extend(event.map(|event| Event::CloudFront(Box::new(event))));
    }
}

/// Functions at the edge are called by version, and the provider's memory and time would be more than they may have.
pub(super) fn settle(function: &mut Function) {
    let at_the_edge = |event: &Event| matches!(event, Event::CloudFront(_));
    if function.events.iter().any(at_the_edge) {
        function.version_function = Some(true);
        function.memory_size.get_or_insert(MEMORY_SIZE);
        function.timeout.get_or_insert(TIMEOUT);
    }
}

fn event(reader: &mut Reader, at: &At<'_>) -> Option<CloudFrontEvent> {
    if at.node.as_mapping().is_none() {
        reader.refuse(at, "a mapping with `eventType` and `origin`");
        return None;
    }
    let Some(origin) = at.get("origin") else {
        super::messages::missing(reader, at, "origin");
        return None;
    };
    Some(CloudFrontEvent {
        event_type: reader.text(at.get("eventType")),
        origin: self::origin(reader, &origin)?,
        is_default_origin: reader.truth(at.get("isDefaultOrigin")).unwrap_or_default(),
        include_body: reader.truth(at.get("includeBody")),
        path_pattern: reader.text(at.get("pathPattern")),
        behavior: mapping(reader, at.get("behavior")),
        cache_policy: at
            .get("cachePolicy")
            .and_then(|at| cache_policy(reader, &at)),
    })
}

fn mapping(reader: &mut Reader, at: Option<At<'_>>) -> Map<String, Value> {
    let Some(at) = at else { return Map::new() };
    match at.node.to_json() {
        Value::Object(map) => map,
        _ => {
            reader.refuse(&at, "a mapping");
            Map::new()
        }
    }
}

fn origin(reader: &mut Reader, at: &At<'_>) -> Option<CloudFrontOrigin> {
    if let Some(address) = at.node.to_text() {
        if address.contains("://") {
            return Some(CloudFrontOrigin::Address(address));
        }
        reader.refuse(
            at,
            "an address such as `https://app.acme.com`, or a mapping with `DomainName`",
        );
        return None;
    }
    let settings = mapping(reader, Some(at.clone()));
    if !settings.contains_key("DomainName") {
        super::messages::missing(reader, at, "DomainName");
        return None;
    }
    let kinds = ["CustomOriginConfig", "S3OriginConfig"];
    if kinds
        .iter()
        .filter(|kind| settings.contains_key(**kind))
        .count()
        != 1
    {
        reader.warn(
            at,
            format!(
                "`{}` must have one of `CustomOriginConfig` and `S3OriginConfig`",
                at.path
            ),
            "Write `CustomOriginConfig: {OriginProtocolPolicy: https-only}` for a web server, or `S3OriginConfig: {}` for a bucket",
        );
    }
    Some(CloudFrontOrigin::Settings(settings))
}

fn cache_policy(reader: &mut Reader, at: &At<'_>) -> Option<CachePolicy> {
    let name = reader.words(at.get("name"));
    match (reader.text_or_function(at.get("id")), name) {
        (Some(_), Some(_)) => {
            reader.conflict(
                at,
                format!("`{}` has `id` and `name` at once", at.path),
                "Keep `id` for a policy that exists, or `name` for one of `provider.cloudFront.cachePolicies`",
            );
            None
        }
        (Some(id), None) => Some(CachePolicy::Id(id)),
        (None, Some(name)) => Some(CachePolicy::Name(name)),
        (None, None) => {
            reader.refuse(at, "a mapping with `id` or `name`");
            None
        }
    }
}

/// `provider.cloudFront`.
pub(super) fn provider(reader: &mut Reader, at: Option<At<'_>>) -> CloudFront {
    let policies = at.and_then(|at| at.get("cachePolicies"));
    let entries = reader.entries(policies);
    CloudFront {
        cache_policies: entries
            .into_iter()
            .filter(|(_, at)| !at.node.is_null())
            .map(|(name, at)| (name, Value::Object(mapping(reader, Some(at)))))
            .collect(),
    }
}
