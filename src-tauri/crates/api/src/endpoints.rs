//! Where a deployed service answers.

use indexmap::IndexMap;
use pilothouse_effects::Target;
use pilothouse_service::Service;
use pilothouse_service::types::{Event, HttpAuthorizer};
use pilothouse_template::naming::{
    DISTRIBUTION_DOMAIN_OUTPUT, HTTP_API_URL_OUTPUT, REST_API_OUTPUT, WEBSOCKET_OUTPUT,
};
use serde_json::{Value, json};

/// One way to call a function over HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The function's key in the service.
    pub function: String,
    /// Upper case; `ANY` for all.
    pub method: String,
    /// The whole address. Parts in braces are to be filled in.
    pub url: String,
    /// The path alone, after the stage.
    pub path: String,
    /// Whether requests must be signed with AWS credentials.
    pub signed: bool,
}

impl Endpoint {
    /// The value that `--json` prints.
    pub fn to_value(&self) -> Value {
        json!({
            "function": self.function, "method": self.method, "url": self.url, "signed": self.signed,
        })
    }
}

/// Every endpoint of a service, by the outputs of its stack.
pub fn endpoints(
    service: &Service,
    outputs: &IndexMap<String, String>,
    target: &Target,
) -> Vec<Endpoint> {
    let rest = outputs.get(REST_API_OUTPUT).map(|url| base(url, target));
    let http = outputs
        .get(HTTP_API_URL_OUTPUT)
        .map(|url| base(url, target));
    let mut found = Vec::new();
    for (key, function) in &service.functions {
        for event in &function.events {
            let (base, method, path, signed) = match event {
                Event::Http(event) => (
                    &rest,
                    &event.method,
                    event.path.as_str(),
                    matches!(event.authorizer, Some(HttpAuthorizer::AwsIam)),
                ),
                Event::HttpApi(event) => (
                    &http,
                    &event.method,
                    event.path.trim_start_matches('/'),
                    event.is_signed(),
                ),
                _ => continue,
            };
            if let Some(base) = base {
                found.push(Endpoint {
                    function: key.clone(),
                    method: match method.as_str() {
                        "*" => "ANY".to_owned(),
                        other => other.to_uppercase(),
                    },
                    url: join(base, path),
                    path: format!("/{path}"),
                    signed,
                });
            }
        }
    }
    found
}

/// The addresses of a service that are no single endpoint, each with its kind: of its WebSocket API, and of its
/// distribution.
pub fn addresses(outputs: &IndexMap<String, String>) -> IndexMap<&'static str, String> {
    let websocket = outputs.get(WEBSOCKET_OUTPUT).cloned();
    let distribution = outputs.get(DISTRIBUTION_DOMAIN_OUTPUT);
    let distribution = distribution.map(|domain| format!("https://{domain}"));
    [("WebSocket", websocket), ("CloudFront", distribution)]
        .into_iter()
        .filter_map(|(kind, address)| Some((kind, address?)))
        .collect()
}

fn join(base: &str, path: &str) -> String {
    let path = if path == "*" { "" } else { path };
    format!("{}/{path}", base.trim_end_matches('/'))
}

/// The address below which an API answers. Names below `localhost` need a resolver that few computers have,
/// so on the sandbox the API is named in the path.
fn base(output: &str, target: &Target) -> String {
    let Target::Sandbox { endpoint, .. } = target else {
        return output.to_owned();
    };
    let Some((id, rest)) = output
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once(".execute-api."))
    else {
        return output.to_owned();
    };
    let stage = rest
        .split_once('/')
        .map_or("", |(_, stage)| stage.trim_matches('/'));
    let stage = if stage.is_empty() { "$default" } else { stage };
    format!("{endpoint}/restapis/{id}/{stage}/_user_request_")
}

#[cfg(test)]
mod tests {
    use pilothouse_service::types::{Function, HttpApiEvent, HttpEvent, RouteAuthorizer};

    use super::*;

    fn service() -> Service {
        let http = |method: &str, path: &str| {
            Event::Http(Box::new(HttpEvent {
                method: method.into(),
                path: path.into(),
                ..HttpEvent::default()
            }))
        };
        let route = Event::HttpApi(HttpApiEvent {
            method: "*".into(),
            path: "/orders/{id}".into(),
            authorizer: Some(RouteAuthorizer::AwsIam),
        });
        let function = Function {
            events: vec![http("get", "hello"), http("any", ""), route],
            ..Function::default()
        };
        Service {
            functions: [("hello".to_owned(), function)].into_iter().collect(),
            ..Service::default()
        }
    }

    fn outputs() -> IndexMap<String, String> {
        let rest = "https://a1b2.execute-api.eu-west-1.amazonaws.com/dev";
        let http = "https://c3d4.execute-api.eu-west-1.amazonaws.com";
        [(REST_API_OUTPUT, rest), (HTTP_API_URL_OUTPUT, http)]
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect()
    }

    fn urls(target: &Target) -> Vec<String> {
        let found = endpoints(&service(), &outputs(), target);
        found
            .into_iter()
            .map(|one| format!("{} {}", one.method, one.url))
            .collect()
    }

    #[test]
    fn on_aws_the_outputs_say_where() {
        let target = Target::Account {
            profile: None,
            region: "eu-west-1".into(),
        };
        assert_eq!(
            urls(&target),
            [
                "GET https://a1b2.execute-api.eu-west-1.amazonaws.com/dev/hello",
                "ANY https://a1b2.execute-api.eu-west-1.amazonaws.com/dev/",
                "ANY https://c3d4.execute-api.eu-west-1.amazonaws.com/orders/{id}",
            ]
        );
    }

    #[test]
    fn a_websocket_and_a_distribution_have_one_address_each() {
        let outputs = [
            (
                "ServiceEndpointWebsocket",
                "wss://a1.execute-api.eu-west-1.amazonaws.com/dev",
            ),
            ("CloudFrontDistributionDomainName", "d1.cloudfront.net"),
            ("CloudFrontDistribution", "D1"),
        ];
        let outputs = outputs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let found: Vec<_> = addresses(&outputs.into_iter().collect())
            .into_iter()
            .collect();
        assert_eq!(
            found,
            [
                (
                    "WebSocket",
                    "wss://a1.execute-api.eu-west-1.amazonaws.com/dev".to_owned()
                ),
                ("CloudFront", "https://d1.cloudfront.net".to_owned()),
            ]
        );
    }

    #[test]
    fn on_the_sandbox_the_path_says_which_api() {
        let target = Target::Sandbox {
            endpoint: "http://127.0.0.1:4566".into(),
            region: "eu-west-1".into(),
        };
        assert_eq!(
            urls(&target),
            [
                "GET http://127.0.0.1:4566/restapis/a1b2/dev/_user_request_/hello",
                "ANY http://127.0.0.1:4566/restapis/a1b2/dev/_user_request_/",
                "ANY http://127.0.0.1:4566/restapis/c3d4/$default/_user_request_/orders/{id}",
            ]
        );
    }
}
