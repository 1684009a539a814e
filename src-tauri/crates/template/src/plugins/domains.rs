//! Domains that APIs are reached by.
//!
//! serverless-domain-manager makes them beside the stack, by calls after the deploy. Here they are resources of it, so
//! that a plan shows them and a failed deploy takes them back; a domain that exists already is only referred to.

use pilothouse_model::Code;
use pilothouse_service::types::{Domain, DomainApi, MadeDomain};
use serde_json::{Value, json};

use crate::draft::{Draft, Resource, tag_list};
use crate::intrinsics::{attribute, reference};
use crate::naming::{self, HTTP_API_STAGE};
use crate::{http, http_api, websocket};

pub(super) fn add(draft: &mut Draft<'_>) {
    let service = draft.service;
    for (at, domain) in service.plugins.domains.iter().enumerate() {
        let Some(api) = api(draft, domain) else {
            continue;
        };
        let id = domain_id(&domain.name);
        let first = !service
            .plugins
            .domains
            .iter()
            .take(at)
            .any(|one| one.name == domain.name);
        if let Some(made) = domain.made.as_ref().filter(|_| first) {
            add_domain(draft, domain, made, &id);
        }
        add_mapping(draft, domain, &id, api);
    }
}

/// The API that a domain leads to: its id, and the resource that brings its stage.
struct Api {
    id: Value,
    stage: String,
    waits_for: Option<String>,
}

fn api(draft: &mut Draft<'_>, domain: &Domain) -> Option<Api> {
    let service = draft.service;
    let stage = || {
        domain
            .stage
            .clone()
            .unwrap_or_else(|| service.stage.clone())
    };
    let (kind, own, id, stage, brings_stage) = match domain.api {
        DomainApi::Rest => (
            "REST",
            naming::REST_API,
            http::api::id(service),
            stage(),
            http::deployment::PLACE,
        ),
        DomainApi::Http => (
            "HTTP",
            naming::HTTP_API,
            http_api::api_id(service),
            // The stage of an HTTP API has one name, unless the API is another stack's.
            match (&domain.base_path, &domain.stage) {
                (Some(_), Some(stage)) => stage.clone(),
                _ => "$default".to_owned(),
            },
            HTTP_API_STAGE,
        ),
        DomainApi::Websocket => (
            "WebSocket",
            naming::WEBSOCKET_API,
            websocket::api_id(draft),
            stage(),
            naming::WEBSOCKET_STAGE,
        ),
    };
    let made_here = id == reference(own);
    let resources = draft.template.section("Resources");
    if made_here && !resources.is_some_and(|resources| resources.contains_key(own)) {
        draft.refuse(
            Code::ConfigConflict,
            &domain.path,
            format!(
                "`{}` leads to the {kind} API, and the service has none",
                domain.name
            ),
            "Give a function an event of that API, or change `apiType`",
        );
        return None;
    }
    Some(Api {
        id,
        stage,
        waits_for: made_here.then(|| brings_stage.to_owned()),
    })
}

/// `api.example.com` -> `ApiExampleComDomain`.
fn domain_id(name: &str) -> String {
    format!("{}Domain", words(name))
}

fn words(text: &str) -> String {
    let parts = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    parts.map(naming::first_upper).collect()
}

fn add_domain(draft: &mut Draft<'_>, domain: &Domain, made: &MadeDomain, id: &str) {
    let policy = made.security_policy.as_deref().unwrap_or("TLS_1_2");
    let trust = made.trust.as_ref().map(|(uri, version)| {
        let mut trust = json!({ "TruststoreUri": uri });
        if let (Some(version), Some(trust)) = (version, trust.as_object_mut()) {
            trust.insert("TruststoreVersion".into(), json!(version));
        }
        trust
    });
    let tags = &made.tags;
    let resource = if domain.at_edge {
        Resource::new("AWS::ApiGateway::DomainName")
            .with("DomainName", domain.name.as_str())
            .with("CertificateArn", made.certificate.clone())
            .with("EndpointConfiguration", json!({ "Types": ["EDGE"] }))
            .with("SecurityPolicy", policy)
            .with_some("Tags", (!tags.is_empty()).then(|| tag_list(tags)))
    } else {
        // Domains of this kind serve REST APIs too.
        let configuration = json!([{
            "CertificateArn": made.certificate,
            "EndpointType": "REGIONAL",
            "SecurityPolicy": policy
        }]);
        Resource::new("AWS::ApiGatewayV2::DomainName")
            .with("DomainName", domain.name.as_str())
            .with("DomainNameConfigurations", configuration)
            .with_some("MutualTlsAuthentication", trust)
            .with_some("Tags", (!tags.is_empty()).then(|| json!(tags)))
    };
    draft.add(id.to_owned(), resource, &domain.path);
    if let Some(zone) = &made.zone {
        for kind in ["A", "AAAA"].iter().take(if made.ipv6 { 2 } else { 1 }) {
            let record = record(domain, made, id, zone, kind);
            draft.add(format!("{id}Record{kind}"), record, &domain.path);
        }
    }
}

fn record(domain: &Domain, made: &MadeDomain, id: &str, zone: &str, kind: &str) -> Resource {
    let side = if domain.at_edge {
        "Distribution"
    } else {
        "Regional"
    };
    let address = attribute(id, &format!("{side}DomainName"));
    let routing = &made.routing;
    let shared = routing.policy.is_some();
    let identifier = routing
        .identifier
        .clone()
        .map_or_else(|| address.clone(), Value::from);
    let weight = routing.weight.unwrap_or(200);
    Resource::new("AWS::Route53::RecordSet")
        .with("HostedZoneId", zone)
        .with("Name", domain.name.as_str())
        .with("Type", kind)
        .with(
            "AliasTarget",
            json!({
                "DNSName": address,
                "HostedZoneId": attribute(id, &format!("{side}HostedZoneId")),
                "EvaluateTargetHealth": false
            }),
        )
        .with_some("SetIdentifier", shared.then_some(identifier))
        .with_some(
            "Region",
            (routing.policy.as_deref() == Some("latency")).then(|| reference("AWS::Region")),
        )
        .with_some(
            "Weight",
            (routing.policy.as_deref() == Some("weighted")).then_some(weight),
        )
        .with_some(
            "HealthCheckId",
            routing.health_check.as_deref().filter(|_| shared),
        )
}

fn add_mapping(draft: &mut Draft<'_>, domain: &Domain, id: &str, api: Api) {
    let name = match &domain.made {
        Some(_) => reference(id),
        None => json!(domain.name),
    };
    let deep = domain
        .base_path
        .as_ref()
        .is_some_and(|path| path.contains('/'));
    if deep && domain.at_edge {
        draft.refuse(
            Code::ConfigConflict,
            &domain.path,
            format!(
                "the base path of `{}` has a slash, which a domain at the edge cannot have",
                domain.name
            ),
            "Add `endpointType: regional`, or write a path of one part",
        );
    }
    let old = domain.api == DomainApi::Rest && domain.at_edge && !deep;
    let path = domain.base_path.as_deref();
    let resource = if old {
        Resource::new("AWS::ApiGateway::BasePathMapping")
            .with("DomainName", name)
            .with("RestApiId", api.id)
            .with("Stage", api.stage)
            .with_some("BasePath", path)
    } else {
        Resource::new("AWS::ApiGatewayV2::ApiMapping")
            .with("DomainName", name)
            .with("ApiId", api.id)
            .with("Stage", api.stage)
            .with_some("ApiMappingKey", path)
    };
    let mapping = format!("{id}{}Mapping", words(path.unwrap_or_default()));
    draft.add(mapping, resource.depends_on(api.waits_for), &domain.path);
}
