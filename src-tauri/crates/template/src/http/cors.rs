//! The preflight of `cors`: an `OPTIONS` method that API Gateway answers itself.

use indexmap::{IndexMap, IndexSet};
use pilothouse_service::types::Cors;
use serde_json::{Map, Value, json};

use super::Endpoint;
use super::api::Api;
use crate::draft::{Draft, Resource};
use crate::naming;

/// The headers that a page may send when the user names none.
pub(crate) const DEFAULT_HEADERS: [&str; 7] = [
    "Content-Type",
    "X-Amz-Date",
    "Authorization",
    "X-Api-Key",
    "X-Amz-Security-Token",
    "X-Amz-User-Agent",
    "X-Amzn-Trace-Id",
];

/// What the endpoints of one path say together: the later before the earlier, the last origin, age and cache.
#[derive(Debug, Default)]
struct Preflight {
    origin: Option<String>,
    origins: IndexSet<String>,
    headers: IndexSet<String>,
    methods: IndexSet<String>,
    allow_credentials: bool,
    max_age: Option<u32>,
    cache_control: Option<String>,
}

/// Adds the preflight of each path with `cors`; the answer is their ids.
pub(super) fn add(draft: &mut Draft<'_>, api: &Api<'_>, endpoints: &[Endpoint<'_>]) -> Vec<String> {
    let mut preflights: IndexMap<&str, Preflight> = IndexMap::new();
    for endpoint in endpoints {
        if let Some(cors) = &endpoint.event.cors {
            let preflight = preflights.entry(&endpoint.event.path).or_default();
            preflight.join(cors, &endpoint.event.method.to_uppercase());
        }
    }
    preflights
        .iter()
        .map(|(path, preflight)| {
            let id = naming::method_id(path, "options");
            draft.lay(id.clone(), preflight.method(api, path));
            id
        })
        .collect()
}

impl Preflight {
    fn join(&mut self, cors: &Cors, method: &str) {
        let default_headers = || DEFAULT_HEADERS.map(str::to_owned).to_vec();
        let headers = cors.headers.clone().unwrap_or_else(default_headers);
        let mut methods = cors.methods.clone().unwrap_or_default();
        methods.extend(["OPTIONS".to_owned(), method.to_owned()]);
        self.headers = headers.into_iter().chain(self.headers.drain(..)).collect();
        self.methods = methods.into_iter().chain(self.methods.drain(..)).collect();
        let origins = cors.origins.iter().cloned();
        self.origins = origins.chain(self.origins.drain(..)).collect();
        let default = cors.origins.is_empty().then(|| "*".to_owned());
        self.origin = cors.origin.clone().or(default);
        self.allow_credentials |= cors.allow_credentials;
        self.max_age = cors.max_age.filter(|age| *age > 0).or(self.max_age);
        if cors.cache_control.is_some() {
            self.cache_control.clone_from(&cors.cache_control);
        }
    }

    fn method(&self, api: &Api<'_>, path: &str) -> Resource {
        let headers = self.response_headers();
        let named: Map<String, Value> = headers
            .iter()
            .map(|(name, _)| (format!("method.response.header.{name}"), true.into()))
            .collect();
        let set: Map<String, Value> = headers
            .iter()
            .map(|(name, value)| {
                let value = format!("'{value}'");
                (format!("method.response.header.{name}"), value.into())
            })
            .collect();
        Resource::new("AWS::ApiGateway::Method")
            .with("AuthorizationType", "NONE")
            .with("HttpMethod", "OPTIONS")
            .with(
                "MethodResponses",
                json!([{ "StatusCode": "200", "ResponseParameters": named, "ResponseModels": {} }]),
            )
            .with("RequestParameters", json!({}))
            .with(
                "Integration",
                json!({
                    "Type": "MOCK",
                    "RequestTemplates": { "application/json": "{statusCode:200}" },
                    "ContentHandling": "CONVERT_TO_TEXT",
                    "IntegrationResponses": [{
                        "StatusCode": "200",
                        "ResponseParameters": set,
                        "ResponseTemplates": { "application/json": self.response_template() }
                    }]
                }),
            )
            .with("ResourceId", api.resource(path))
            .with("RestApiId", api.id.clone())
    }

    /// The origins, when there can be several.
    fn origins(&self) -> Vec<&str> {
        match &self.origin {
            Some(origin) if origin.contains(',') => origin.split(',').map(str::trim).collect(),
            _ => self.origins.iter().map(String::as_str).collect(),
        }
    }

    fn response_headers(&self) -> Vec<(&'static str, String)> {
        let origins = self.origins();
        let origin = origins.first().copied().or(self.origin.as_deref());
        let join = |set: &IndexSet<String>| set.iter().cloned().collect::<Vec<_>>().join(",");
        let mut methods = join(&self.methods);
        if self.methods.contains("ANY") {
            methods = methods.replacen("ANY", "DELETE,GET,HEAD,PATCH,POST,PUT", 1);
        }
        let mut headers = vec![
            (
                "Access-Control-Allow-Origin",
                origin.unwrap_or("*").to_owned(),
            ),
            ("Access-Control-Allow-Headers", join(&self.headers)),
            ("Access-Control-Allow-Methods", methods),
        ];
        if self.allow_credentials {
            headers.push(("Access-Control-Allow-Credentials", "true".to_owned()));
        }
        if let Some(age) = self.max_age {
            headers.push(("Access-Control-Max-Age", age.to_string()));
        }
        if let Some(cache) = &self.cache_control {
            headers.push(("Cache-Control", cache.clone()));
        }
        headers
    }

    /// The header can name one origin only: where several are allowed, a template answers with the asking one.
    fn response_template(&self) -> String {
        let origins = self.origins();
        if origins.is_empty() {
            return String::new();
        }
        let tests: Vec<String> = origins
            .iter()
            .map(|origin| {
                // A pattern for Java: dots as they are, and the first star for anything.
                let pattern = origin.replace('.', "[.]").replacen('*', ".+", 1);
                format!("$origin.matches(\"{pattern}\")")
            })
            .collect();
        include_str!("../vtl/preflight.vtl")
            .trim_end()
            .replace("@tests@", &tests.join(" || "))
    }
}
