//! Domains, as serverless-domain-manager reads them.

use indexmap::IndexMap;

use super::reader::{At, Reader};
use crate::types::{Domain, DomainApi, MadeDomain, Routing};

/// The tags that a domain gets: the stack's, and over them those of functions and APIs.
pub(super) fn tags(reader: &mut Reader, root: &At<'_>) -> IndexMap<String, String> {
    let provider = root.get("provider");
    let mut tags = IndexMap::new();
    for key in ["stackTags", "tags"] {
        let of = provider.as_ref().and_then(|provider| provider.get(key));
        tags.extend(reader.texts_by_name(of));
    }
    tags
}

/// Reads domains; each is one, or one for each kind of API.
pub(super) fn read(
    reader: &mut Reader,
    all: &[At<'_>],
    tags: &IndexMap<String, String>,
) -> Vec<Domain> {
    let mut domains = Vec::new();
    for at in all {
        let mut by_api = false;
        for api in ["rest", "http", "websocket"] {
            if let Some(at) = at.get(api) {
                by_api = true;
                domains.extend(one(reader, &at, Some(api), tags));
            }
        }
        if !by_api {
            domains.extend(one(reader, at, None, tags));
        }
    }
    domains
}

fn one(
    reader: &mut Reader,
    at: &At<'_>,
    api: Option<&str>,
    tags: &IndexMap<String, String>,
) -> Option<Domain> {
    if reader.truth(at.get("enabled")) == Some(false) {
        return None;
    }
    let Some(name) = reader.text(at.get("domainName")) else {
        reader.refuse(at, "a mapping with a `domainName`");
        return None;
    };
    let written = reader.text(at.get("apiType"));
    let api = match api
        .map(str::to_owned)
        .or(written)
        .map(|api| api.to_lowercase())
        .as_deref()
    {
        Some("http") => DomainApi::Http,
        Some("websocket") => DomainApi::Websocket,
        _ => DomainApi::Rest,
    };
    let endpoint = reader
        .text(at.get("endpointType"))
        .map(|kind| kind.to_lowercase());
    let at_edge = endpoint.as_deref() != Some("regional");
    if let Some(at) = at
        .get("endpointType")
        .filter(|_| !matches!(endpoint.as_deref(), Some("regional" | "edge")))
    {
        reader.refuse(&at, "`edge` or `regional`");
    }
    if at_edge && api != DomainApi::Rest {
        reader.conflict(
            at,
            format!("the domain `{name}` is at the edge, where only REST APIs can be"),
            "Add `endpointType: regional`",
        );
    }
    let base_path = reader
        .text(at.get("basePath"))
        .map(|path| path.trim().to_owned());
    let makes = reader.truth(at.get("autoDomain")).unwrap_or_default();
    Some(Domain {
        api,
        base_path: base_path.filter(|path| !path.is_empty() && path != "(none)"),
        stage: reader.text(at.get("stage")),
        at_edge,
        made: makes.then(|| made(reader, at, &name, at_edge, tags)),
        name,
        path: at.path.clone(),
    })
}

fn made(
    reader: &mut Reader,
    at: &At<'_>,
    name: &str,
    at_edge: bool,
    tags: &IndexMap<String, String>,
) -> MadeDomain {
    let certificate = reader.text_or_function(at.get("certificateArn"));
    let missing = |key: &str| At {
        node: at.node,
        path: at.join(key),
    };
    if certificate.is_none() {
        reader.conflict(
            &missing("certificateArn"),
            format!("the domain `{name}` is to be made and has no certificate"),
            "Add `certificateArn`; one for the edge is of us-east-1",
        );
    }
    let records = reader.truth(at.get("createRoute53Record")) != Some(false);
    let zone = reader.text(at.get("hostedZoneId")).filter(|_| records);
    if records && zone.is_none() {
        reader.conflict(
            &missing("hostedZoneId"),
            format!("nothing says in which zone the records of `{name}` are written"),
            "Add `hostedZoneId`, or `createRoute53Record: false` and write them yourself",
        );
    }
    let trust = reader.text(at.get("tlsTruststoreUri"));
    if trust.is_some() && at_edge {
        reader.conflict(
            at,
            format!("the domain `{name}` is at the edge, where callers show no certificates"),
            "Add `endpointType: regional`, or remove `tlsTruststoreUri`",
        );
    }
    let version = reader.text(at.get("tlsTruststoreVersion"));
    let policy = reader.text(at.get("securityPolicy"));
    MadeDomain {
        certificate: certificate.unwrap_or_default(),
        security_policy: policy.map(|policy| policy.to_uppercase()),
        trust: trust.map(|uri| (uri, version)),
        zone,
        ipv6: reader.truth(at.get("createRoute53IPv6Record")) != Some(false),
        routing: routing(reader, at, at_edge),
        tags: tags.clone(),
    }
}

fn routing(reader: &mut Reader, at: &At<'_>, at_edge: bool) -> Routing {
    let Some(at) = at.get("route53Params") else {
        return Routing::default();
    };
    let policy = reader
        .text(at.get("routingPolicy"))
        .map(|policy| policy.to_lowercase());
    let policy = policy.filter(|policy| policy != "simple");
    if policy.is_some() && at_edge {
        reader.conflict(
            &at,
            "a domain at the edge has simple records only".to_owned(),
            "Add `endpointType: regional`, or remove `routingPolicy`",
        );
    }
    Routing {
        policy,
        identifier: reader.text(at.get("setIdentifier")),
        weight: reader.whole(at.get("weight")),
        health_check: reader.text(at.get("healthCheckId")),
    }
}
