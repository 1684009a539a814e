//! `provider.httpApi.cors`: which web pages may call.

use indexmap::{IndexMap, IndexSet};
use pilothouse_service::types::HttpApiCors;
use serde_json::{Map, Value, json};

use super::Route;
use crate::http::DEFAULT_CORS_HEADERS;

/// The verbs that a route for any of them stands for, in the order in which CORS lists them.
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "OPTIONS", "HEAD", "DELETE"];

/// What the API is told.
pub(super) fn rules(cors: &HttpApiCors, routes: &IndexMap<String, Route<'_>>) -> Value {
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
