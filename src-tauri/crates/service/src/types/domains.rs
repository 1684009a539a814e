//! Domains that APIs are reached by, as serverless-domain-manager reads them.

use indexmap::IndexMap;
use serde_json::Value;

/// A domain, and what part of it an API gets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Domain {
    /// `domainName`.
    pub name: String,
    /// `apiType`.
    pub api: DomainApi,
    /// `basePath`; the whole domain when absent.
    pub base_path: Option<String>,
    /// `stage`; the service's when absent.
    pub stage: Option<String>,
    /// `endpointType` is not `REGIONAL`: CloudFront serves the domain.
    pub at_edge: bool,
    /// `autoDomain`: the stack makes the domain; else it exists.
    pub made: Option<MadeDomain>,
    /// Where it is written, a configuration path.
    pub path: String,
}

/// Which API of the service a domain leads to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DomainApi {
    /// `rest`.
    #[default]
    Rest,
    /// `http`.
    Http,
    /// `websocket`.
    Websocket,
}

/// What a domain is made with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MadeDomain {
    /// `certificateArn`: a text or an intrinsic.
    pub certificate: Value,
    /// `securityPolicy`; `TLS_1_2` when absent.
    pub security_policy: Option<String>,
    /// `tlsTruststoreUri` and `tlsTruststoreVersion`.
    pub trust: Option<(String, Option<String>)>,
    /// `hostedZoneId`: where its records are written; none when none are.
    pub zone: Option<String>,
    /// `createRoute53IPv6Record`.
    pub ipv6: bool,
    /// `route53Params`.
    pub routing: Routing,
    /// `provider.tags` and `provider.stackTags`.
    pub tags: IndexMap<String, String>,
}

/// How records of one name share its requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Routing {
    /// `latency` or `weighted`; simple when absent.
    pub policy: Option<String>,
    /// `setIdentifier`; the domain's own address when absent.
    pub identifier: Option<String>,
    /// `weight`; 200 when absent.
    pub weight: Option<u32>,
    /// `healthCheckId`.
    pub health_check: Option<String>,
}
