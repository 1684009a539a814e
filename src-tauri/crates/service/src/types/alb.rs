//! `alb` events and `provider.alb`.

use indexmap::IndexMap;
use serde_json::Value;

/// `provider.alb`.
#[derive(Debug, Clone, Default)]
pub struct Alb {
    /// `targetGroupPrefix`.
    pub target_group_prefix: Option<String>,
    /// `authorizers`, by the name that events use.
    pub authorizers: IndexMap<String, AlbAuthorizer>,
}

/// One of `provider.alb.authorizers`.
#[derive(Debug, Clone, Default)]
pub struct AlbAuthorizer {
    /// `type` is `cognito` rather than `oidc`.
    pub cognito: bool,
    /// Everything else, as written.
    pub settings: IndexMap<String, Value>,
}

/// `alb`.
#[derive(Debug, Clone, Default)]
pub struct AlbEvent {
    /// `listenerArn`: an ARN, or a `Ref`.
    pub listener: Value,
    /// `priority`.
    pub priority: u32,
    /// `conditions`.
    pub conditions: AlbConditions,
    /// `healthCheck`, when it is not false.
    pub health_check: Option<AlbHealthCheck>,
    /// `multiValueHeaders`.
    pub multi_value_headers: bool,
    /// `targetGroupName`.
    pub target_group_name: Option<String>,
    /// `authorizer`: keys of `provider.alb.authorizers`.
    pub authorizers: Vec<String>,
}

impl AlbEvent {
    /// The load balancer and the listener, as names are made of them: of a `Ref`, both are the resource's logical id.
    /// None when the listener is neither a `Ref` nor the ARN of a listener.
    pub fn balancer_and_listener(&self) -> Option<(&str, &str)> {
        if let Some(id) = self.listener.get("Ref") {
            let id = id.as_str()?;
            return Some((id, id));
        }
        let arn = self.listener.as_str()?.strip_prefix("arn:aws")?;
        let (before, name) = arn.split_once(":listener/app/")?;
        let (_, region) = before.split_once(":elasticloadbalancing:")?;
        let mut parts = name.split('/');
        let (_, balancer, listener) = (parts.next()?, parts.next()?, parts.next()?);
        let plain = |part: &str| {
            let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            !part.is_empty() && part.chars().all(fits)
        };
        let whole = parts.next().is_none() && !region.is_empty();
        (whole && name.split('/').all(plain)).then_some((balancer, listener))
    }
}

/// `alb.conditions`: all of those that are written must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlbConditions {
    /// `path`.
    pub path: Option<Vec<String>>,
    /// `host`.
    pub host: Option<Vec<String>>,
    /// `method`.
    pub method: Option<Vec<String>>,
    /// `header`: names and values.
    pub header: Option<Vec<(String, Vec<String>)>>,
    /// `query`.
    pub query: Option<IndexMap<String, String>>,
    /// `ip`.
    pub ip: Option<Vec<String>>,
}

/// `alb.healthCheck`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlbHealthCheck {
    /// `path`; `/` when absent.
    pub path: Option<String>,
    /// `intervalSeconds`; 35 when absent.
    pub interval: Option<u32>,
    /// `timeoutSeconds`; 30 when absent.
    pub timeout: Option<u32>,
    /// `healthyThresholdCount`; 5 when absent.
    pub healthy: Option<u32>,
    /// `unhealthyThresholdCount`; 5 when absent.
    pub unhealthy: Option<u32>,
    /// `matcher.httpCode`; `200` when absent.
    pub codes: Option<String>,
}
