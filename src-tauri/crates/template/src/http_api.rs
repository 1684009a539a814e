//! `httpApi` events: the HTTP API with its routes.

use indexmap::{IndexMap, IndexSet};
use pilothouse_model::Code;
use pilothouse_service::types::{Event, HttpApiCors, HttpApiEvent};
use serde_json::{Map, Value, json};

use crate::draft::{Draft, Resource};
use crate::http::DEFAULT_CORS_HEADERS;
use crate::intrinsics::{attribute, execute_api_arn, execute_api_url, join, reference};
use crate::naming::{self, HTTP_API, HTTP_API_ID_OUTPUT, HTTP_API_STAGE, HTTP_API_URL_OUTPUT};

/// The verbs that a route for any of them stands for, in the order in which CORS lists them.
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "OPTIONS", "HEAD", "DELETE"];
/// The longest that an HTTP API waits for a function.
const TIMEOUT_MILLIS: u32 = 30_000;

/// A route: who answers it, and whether IAM lets callers in.
#[derive(Debug)]
struct Route<'a> {
    function: &'a str,
    aws_iam: bool,
    at: String,
}

/// Adds the HTTP API, when there is an `httpApi` event.
pub(crate) fn add(draft: &mut Draft<'_>) {
    let routes = routes(draft);
    if routes.is_empty() {
        return;
    }
    let tags = &draft.service.provider.tags;
    let tags = (!tags.is_empty()).then(|| json!(tags));
    draft.put(HTTP_API.into(), api(draft, &routes, tags.clone()));
    draft.put(HTTP_API_STAGE.into(), stage(draft, tags));
    let description = Some("Id of the HTTP API");
    draft.output(HTTP_API_ID_OUTPUT, description, reference(HTTP_API));
    let description = Some("URL of the HTTP API");
    draft.output(
        HTTP_API_URL_OUTPUT,
        description,
        execute_api_url(HTTP_API, None),
    );
    for (key, route) in &routes {
        add_function(draft, route.function);
        add_route(draft, key, route);
    }
}

/// The routes by key: `GET /users`, or `*` for all that no other route takes.
fn routes<'a>(draft: &mut Draft<'a>) -> IndexMap<String, Route<'a>> {
    let mut routes: IndexMap<String, Route<'a>> = IndexMap::new();
    for (function, definition) in &draft.service.functions {
        for (at, event) in definition.events.iter().enumerate() {
            let Event::HttpApi(event) = event else {
                continue;
            };
            let route = Route {
                function,
                aws_iam: event.aws_iam,
                at: format!("functions.{function}.events.{at}.httpApi"),
            };
            let key = route_key(event);
            if let Some(first) = routes.get(&key) {
                refuse_duplicate(draft, &key, first, &route);
            }
            routes.insert(key, route);
        }
    }
    routes
}

fn refuse_duplicate(draft: &mut Draft<'_>, key: &str, first: &Route<'_>, second: &Route<'_>) {
    draft.refuse(
        Code::ConfigConflict,
        &second.at,
        format!(
            "duplicate route `{key}`: functions `{}` and `{}` both answer it",
            first.function, second.function
        ),
        "Remove one of the two; a route has one function",
    );
}

fn route_key(event: &HttpApiEvent) -> String {
    if event.path == "*" {
        return "*".to_owned();
    }
    format!("{} {}", verb(event), event.path)
}

fn verb(event: &HttpApiEvent) -> &str {
    match event.method.as_str() {
        "*" => "ANY",
        method => method,
    }
}

fn api(draft: &Draft<'_>, routes: &IndexMap<String, Route<'_>>, tags: Option<Value>) -> Resource {
    let options = &draft.service.provider.http_api;
    Resource::new("AWS::ApiGatewayV2::Api")
        .with("Name", naming::http_api_name(draft.service))
        .with("ProtocolType", "HTTP")
        .with_some(
            "DisableExecuteApiEndpoint",
            options.disable_default_endpoint,
        )
        .with_some("Tags", tags)
        .with_some(
            "CorsConfiguration",
            options.cors.as_ref().map(|cors| cors_rules(cors, routes)),
        )
}

fn stage(draft: &Draft<'_>, tags: Option<Value>) -> Resource {
    let metrics = draft.service.provider.http_api.metrics.unwrap_or(false);
    Resource::new("AWS::ApiGatewayV2::Stage")
        .with("ApiId", reference(HTTP_API))
        .with("StageName", "$default")
        .with("AutoDeploy", true)
        .with(
            "DefaultRouteSettings",
            json!({ "DetailedMetricsEnabled": metrics }),
        )
        .with_some("Tags", tags)
}

fn cors_rules(cors: &HttpApiCors, routes: &IndexMap<String, Route<'_>>) -> Value {
    let mut rules = Map::new();
    let mut set = |name: &str, value: Value| rules.insert(name.to_owned(), value);
    let default_headers = || DEFAULT_CORS_HEADERS.map(str::to_owned).to_vec();
    let default_origins = || vec!["*".to_owned()];
    match cors {
        HttpApiCors::Defaults => {
            set("AllowHeaders", default_headers().into());
            set("AllowMethods", methods_of(routes));
            set("AllowOrigins", default_origins().into());
        }
        HttpApiCors::Rules {
            allowed_origins,
            allowed_headers,
            allowed_methods,
            allow_credentials,
            exposed_response_headers,
            max_age,
        } => {
            if *allow_credentials == Some(true) {
                set("AllowCredentials", true.into());
            }
            let headers = allowed_headers.clone().unwrap_or_else(default_headers);
            set("AllowHeaders", distinct(headers));
            let methods = allowed_methods.clone().map(distinct);
            set(
                "AllowMethods",
                methods.unwrap_or_else(|| methods_of(routes)),
            );
            let origins = allowed_origins.clone().unwrap_or_else(default_origins);
            set("AllowOrigins", distinct(origins));
            if let Some(headers) = exposed_response_headers {
                set("ExposeHeaders", distinct(headers.clone()));
            }
            if let Some(age) = max_age {
                set("MaxAge", (*age).into());
            }
        }
    }
    rules.into()
}

fn distinct(items: Vec<String>) -> Value {
    let items: IndexSet<String> = items.into_iter().collect();
    items.into_iter().collect::<Vec<_>>().into()
}

/// `OPTIONS`, and the verbs of the routes.
fn methods_of(routes: &IndexMap<String, Route<'_>>) -> Value {
    let mut methods = IndexSet::from(["OPTIONS"]);
    for key in routes.keys() {
        match key.split_once(' ') {
            Some((verb, _)) if verb != "ANY" => {
                methods.insert(verb);
            }
            _ => methods.extend(METHODS),
        }
    }
    json!(methods.into_iter().collect::<Vec<_>>())
}

/// Adds how the API calls a function, and its permission to.
fn add_function(draft: &mut Draft<'_>, function: &str) {
    let own = draft.service.functions.get(function);
    let payload = own
        .and_then(|function| function.http_api_payload.as_deref())
        .or(draft.service.provider.http_api.payload.as_deref());
    let arn = attribute(&naming::function_id(function), "Arn");
    let permission = Resource::new("AWS::Lambda::Permission")
        .with("FunctionName", arn.clone())
        .with("Action", "lambda:InvokeFunction")
        .with("Principal", "apigateway.amazonaws.com")
        .with("SourceArn", execute_api_arn(HTTP_API, "/*"));
    draft.put(naming::http_api_permission_id(function), permission);
    let integration = Resource::new("AWS::ApiGatewayV2::Integration")
        .with("ApiId", reference(HTTP_API))
        .with("IntegrationType", "AWS_PROXY")
        .with("IntegrationUri", arn)
        .with("PayloadFormatVersion", payload.unwrap_or("2.0"))
        .with("TimeoutInMillis", TIMEOUT_MILLIS);
    draft.put(naming::http_api_integration_id(function), integration);
}

fn add_route(draft: &mut Draft<'_>, key: &str, route: &Route<'_>) {
    let integration = naming::http_api_integration_id(route.function);
    let target = join("/", vec!["integrations".into(), reference(&integration)]);
    let resource = Resource::new("AWS::ApiGatewayV2::Route")
        .with("ApiId", reference(HTTP_API))
        .with("RouteKey", if key == "*" { "$default" } else { key })
        .with("Target", target)
        .with_some("AuthorizationType", route.aws_iam.then_some("AWS_IAM"))
        .depends_on([integration]);
    draft.add(naming::http_api_route_id(key), resource, key);
}
