//! `cloudFront` events.

use serde_json::{Map, Value};

/// `cloudFront`.
#[derive(Debug, Clone, Default)]
pub struct CloudFrontEvent {
    /// `eventType`, such as `viewer-request`.
    pub event_type: Option<String>,
    /// `origin`: an address, or an origin as CloudFormation writes it.
    pub origin: CloudFrontOrigin,
    /// `isDefaultOrigin`.
    pub is_default_origin: bool,
    /// `includeBody`.
    pub include_body: Option<bool>,
    /// `pathPattern`.
    pub path_pattern: Option<String>,
    /// `behavior`, as written.
    pub behavior: Map<String, Value>,
    /// `cachePolicy`.
    pub cache_policy: Option<CachePolicy>,
}

/// `cloudFront.origin`.
#[derive(Debug, Clone, PartialEq)]
pub enum CloudFrontOrigin {
    /// An address, such as `https://app.acme.com/path` or `s3://bucket.s3.amazonaws.com`.
    Address(String),
    /// An origin as CloudFormation writes it.
    Settings(Map<String, Value>),
}

impl Default for CloudFrontOrigin {
    fn default() -> Self {
        Self::Settings(Map::new())
    }
}

/// `cloudFront.cachePolicy`.
#[derive(Debug, Clone, PartialEq)]
pub enum CachePolicy {
    /// `id` of a policy that exists: a text or an intrinsic.
    Id(Value),
    /// `name`: one of `provider.cloudFront.cachePolicies`.
    Name(String),
}

/// `provider.cloudFront`.
#[derive(Debug, Clone, Default)]
pub struct CloudFront {
    /// `cachePolicies` by name, as written.
    pub cache_policies: Map<String, Value>,
}

impl CloudFrontOrigin {
    /// The origin as CloudFormation writes it, without its id.
    pub fn settings(&self) -> Map<String, Value> {
        let address = match self {
            Self::Settings(settings) => return settings.clone(),
            Self::Address(address) => address,
        };
        let (scheme, rest) = address
            .split_once("://")
            .unwrap_or(("https", address.as_str()));
        let end = rest.find(['?', '#']).unwrap_or(rest.len());
        let rest = rest.get(..end).unwrap_or(rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
        let host = host.split_once(':').map_or(host, |(host, _)| host);
        let mut settings = Map::new();
        settings.insert("DomainName".into(), host.to_lowercase().into());
        if !path.is_empty() {
            settings.insert("OriginPath".into(), format!("/{path}").into());
        }
        if scheme.eq_ignore_ascii_case("s3") {
            settings.insert("S3OriginConfig".into(), Map::new().into());
        } else {
            let policy = Map::from_iter([("OriginProtocolPolicy".into(), "match-viewer".into())]);
            settings.insert("CustomOriginConfig".into(), policy.into());
        }
        settings
    }

    /// The origin's id, made of where it is.
    pub fn id(&self) -> String {
        let settings = self.settings();
        let kind = if settings.contains_key("S3OriginConfig") {
            "s3"
        } else {
            "custom"
        };
        let domain = match settings.get("DomainName") {
            Some(Value::String(name)) => name.clone(),
            Some(other) => letters_and_digits(&other.to_string()),
            None => String::new(),
        };
        let path = settings.get("OriginPath").and_then(Value::as_str);
        format!("{kind}/{domain}{}", path.unwrap_or_default())
    }
}

fn letters_and_digits(text: &str) -> String {
    let mut plain = text.chars().filter(char::is_ascii_alphanumeric);
    let first = plain.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(plain).collect()
}
