//! `httpApi` events and `provider.httpApi`.

use indexmap::IndexMap;
use serde_json::Value;

use super::Judge;

/// `provider.httpApi`, and `provider.logs.httpApi`.
#[derive(Debug, Clone, Default)]
pub struct HttpApi {
    /// `id`: an HTTP API that exists, a text or an intrinsic; the stack makes one when absent.
    pub id: Option<Value>,
    /// `name`.
    pub name: Option<String>,
    /// `shouldStartNameWithService`.
    pub should_start_name_with_service: bool,
    /// `payload`: `1.0` or `2.0`.
    pub payload: Option<String>,
    /// `cors`.
    pub cors: Option<HttpApiCors>,
    /// `metrics`.
    pub metrics: Option<bool>,
    /// `disableDefaultEndpoint`.
    pub disable_default_endpoint: Option<bool>,
    /// `useProviderTags`.
    pub use_provider_tags: bool,
    /// `authorizers`, by the name that events use.
    pub authorizers: IndexMap<String, HttpApiAuthorizer>,
    /// `provider.logs.httpApi`.
    pub logs: Option<HttpApiLogs>,
}

/// `provider.httpApi.cors`.
#[derive(Debug, Clone)]
pub enum HttpApiCors {
    /// `true`: the defaults, with the methods of the routes.
    Defaults,
    /// An object.
    Rules {
        /// `allowedOrigins`.
        allowed_origins: Option<Vec<String>>,
        /// `allowedHeaders`.
        allowed_headers: Option<Vec<String>>,
        /// `allowedMethods`.
        allowed_methods: Option<Vec<String>>,
        /// `allowCredentials`.
        allow_credentials: Option<bool>,
        /// `exposedResponseHeaders`.
        exposed_response_headers: Option<Vec<String>>,
        /// `maxAge`, seconds.
        max_age: Option<u32>,
    },
}

/// `provider.logs.httpApi`, when it is not false.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HttpApiLogs {
    /// `format` of a line.
    pub format: Option<String>,
}

/// One of `provider.httpApi.authorizers`.
#[derive(Debug, Clone)]
pub struct HttpApiAuthorizer {
    /// `name`, or the key it stands under.
    pub name: String,
    /// `identitySource`: texts or intrinsics.
    pub identity_source: Vec<Value>,
    /// Who decides.
    pub kind: HttpApiAuthorizerKind,
}

/// Who decides whether a caller of an HTTP API is let in.
#[derive(Debug, Clone)]
pub enum HttpApiAuthorizerKind {
    /// `jwt`: a signed token.
    Jwt {
        /// `issuerUrl`: a text or an intrinsic.
        issuer: Value,
        /// `audience`: texts or intrinsics.
        audience: Vec<Value>,
    },
    /// `request`: a function.
    Request {
        /// `functionName` or `functionArn`.
        judge: Judge,
        /// `managedExternally`: the permission to call it is made elsewhere.
        managed_externally: bool,
        /// `resultTtlInSeconds`.
        result_ttl_in_seconds: Option<u32>,
        /// `enableSimpleResponses`.
        enable_simple_responses: Option<bool>,
        /// `payloadVersion`; `2.0` when absent.
        payload_version: Option<String>,
    },
}

/// `httpApi`.
#[derive(Debug, Clone, Default)]
pub struct HttpApiEvent {
    /// Upper case; `*` when any.
    pub method: String,
    /// With its leading slash; `*` for everything.
    pub path: String,
    /// `authorizer`.
    pub authorizer: Option<RouteAuthorizer>,
}

impl HttpApiEvent {
    /// Whether callers sign with credentials of AWS.
    pub fn is_signed(&self) -> bool {
        matches!(self.authorizer, Some(RouteAuthorizer::AwsIam))
    }
}

/// `httpApi.authorizer`.
#[derive(Debug, Clone, PartialEq)]
pub enum RouteAuthorizer {
    /// `type: aws_iam`.
    AwsIam,
    /// `name`: one of `provider.httpApi.authorizers`.
    Named {
        /// Its key there.
        name: String,
        /// `scopes`.
        scopes: Option<Vec<String>>,
    },
    /// `id`: an authorizer of an HTTP API that exists.
    Existing {
        /// A text or an intrinsic.
        id: Value,
        /// `type` is `request`.
        request: bool,
        /// `scopes`.
        scopes: Option<Vec<String>>,
    },
}
