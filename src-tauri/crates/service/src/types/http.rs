//! `http` events.

use indexmap::IndexMap;
use serde_json::Value;

use super::Model;

/// `http`.
#[derive(Debug, Clone, Default)]
pub struct HttpEvent {
    /// Without slashes at its ends; empty for the root.
    pub path: String,
    /// Lower case; `any` for all.
    pub method: String,
    /// `cors`.
    pub cors: Option<Cors>,
    /// `private`: an API key is asked for.
    pub private: bool,
    /// `async`.
    pub asynchronous: bool,
    /// `integration`.
    pub integration: Integration,
    /// `authorizer`.
    pub authorizer: Option<HttpAuthorizer>,
    /// `authorizer.claims`: what the `lambda` integration tells the function of a user pool's token.
    pub claims: Vec<String>,
    /// `request`.
    pub request: HttpRequest,
    /// `connectionType` of the `http` integrations, as AWS spells it: `VPC_LINK`.
    pub connection_type: Option<String>,
    /// `connectionId`: the VPC link.
    pub connection_id: Option<Value>,
    /// `response`; not of the proxy integrations.
    pub response: Option<HttpResponse>,
    /// `operationId`.
    pub operation_id: Option<String>,
}

/// `http.integration`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Integration {
    /// `lambda-proxy`, the default.
    #[default]
    LambdaProxy,
    /// `lambda`: requests and answers go through templates.
    Lambda,
    /// `http-proxy`: requests and answers are handed on to an address.
    HttpProxy,
    /// `http`: the same, through templates.
    Http,
    /// `mock`: API Gateway answers itself.
    Mock,
}

impl Integration {
    /// Whether requests and answers go through templates.
    pub const fn is_mapped(self) -> bool {
        matches!(self, Self::Lambda | Self::Http | Self::Mock)
    }

    /// Whether requests go on to an address rather than to the function.
    pub const fn is_http(self) -> bool {
        matches!(self, Self::Http | Self::HttpProxy)
    }
}

/// `http.authorizer`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum HttpAuthorizer {
    /// `aws_iam`.
    AwsIam,
    /// One that exists: `type` and `authorizerId`.
    Existing {
        /// `type`, as written.
        kind: String,
        /// `authorizerId`.
        id: Value,
        /// `scopes`.
        scopes: Vec<Value>,
    },
    /// One that the stack makes.
    Made(Box<MadeAuthorizer>),
}

/// An authorizer that the stack makes.
#[derive(Debug, Clone)]
pub struct MadeAuthorizer {
    /// Its name: the user's, the function's, or the end of the ARN.
    pub name: String,
    /// Who is asked.
    pub judge: Judge,
    /// `type`, as written.
    pub kind: Option<String>,
    /// `identitySource`.
    pub identity_source: Option<String>,
    /// `identityValidationExpression`.
    pub identity_validation_expression: Option<String>,
    /// `resultTtlInSeconds`; 300 where a mapping does not say.
    pub result_ttl_in_seconds: Option<u32>,
    /// `scopes`, of user pools.
    pub scopes: Vec<Value>,
    /// `managedExternally`: the permission to call the function is given elsewhere.
    pub managed_externally: bool,
}

impl MadeAuthorizer {
    /// Whether tokens of a user pool are checked, rather than a function asked.
    pub fn is_user_pool(&self) -> bool {
        let kind = self.kind.as_deref().unwrap_or_default();
        kind.eq_ignore_ascii_case("cognito_user_pools") || self.judge.is_user_pool()
    }
}

/// Whom an authorizer asks.
#[derive(Debug, Clone)]
pub enum Judge {
    /// A function of the service, by its key.
    Function(String),
    /// The ARN of a function or user pool, or a CloudFormation function that gives one.
    Arn(Value),
}

impl Judge {
    /// Whether it is an ARN in words, and a user pool's.
    pub fn is_user_pool(&self) -> bool {
        let Self::Arn(Value::String(arn)) = self else {
            return false;
        };
        let rest = arn
            .strip_prefix("arn:")
            .and_then(|rest| rest.split_once(':'));
        rest.is_some_and(|(partition, service)| {
            partition
                .chars()
                .all(|letter| letter.is_ascii_alphabetic() || letter == '-')
                && service.starts_with("cognito-idp")
        })
    }
}

/// `http.cors`: `true` is [`Cors::default`].
#[derive(Debug, Clone, Default)]
pub struct Cors {
    /// `origin`; `*` when neither it nor `origins` is there.
    pub origin: Option<String>,
    /// `origins`.
    pub origins: Vec<String>,
    /// `headers`.
    pub headers: Option<Vec<String>>,
    /// `methods`.
    pub methods: Option<Vec<String>>,
    /// `allowCredentials`.
    pub allow_credentials: bool,
    /// `maxAge`, seconds.
    pub max_age: Option<u32>,
    /// `cacheControl`.
    pub cache_control: Option<String>,
}

/// `http.request`.
#[derive(Debug, Clone, Default)]
pub struct HttpRequest {
    /// `template`: a template per content type; none takes a default one away.
    pub template: IndexMap<String, Option<String>>,
    /// `passThrough`.
    pub pass_through: Option<String>,
    /// `contentHandling`.
    pub content_handling: Option<String>,
    /// `parameters`: `method.request.<where>.<name>` to its rule, in the order querystrings, paths, headers as written.
    pub parameters: IndexMap<String, RequestParameter>,
    /// `schemas`: what bodies look like, by content type.
    pub schemas: IndexMap<String, BodySchema>,
    /// `uri`: the address of the `http` integrations.
    pub uri: Option<Value>,
    /// `method`: how the `http` integration asks there; as it was asked when absent.
    pub method: Option<String>,
}

/// One of `http.request.schemas`.
#[derive(Debug, Clone)]
pub enum BodySchema {
    /// A name among `provider.apiGateway.request.schemas`, or a text that holds a JSON schema.
    Text(String),
    /// The schema itself.
    Inline(Model),
}

/// One of `http.request.parameters`.
#[derive(Debug, Clone, Default)]
pub struct RequestParameter {
    /// Whether a request without it is refused.
    pub required: bool,
    /// `mappedValue`: a text or a CloudFormation function.
    pub mapped_value: Option<Value>,
}

/// `http.response`.
#[derive(Debug, Clone, Default)]
pub struct HttpResponse {
    /// `headers`.
    pub headers: IndexMap<String, String>,
    /// `template`: one for all content types, or per type.
    pub template: Option<ResponseTemplate>,
    /// `contentHandling`.
    pub content_handling: Option<String>,
    /// `statusCodes`, in the order written.
    pub status_codes: IndexMap<String, StatusCode>,
}

/// A response template.
#[derive(Debug, Clone)]
pub enum ResponseTemplate {
    /// The same for every content type.
    One(String),
    /// By content type.
    ByType(IndexMap<String, String>),
}

/// One of `http.response.statusCodes`.
#[derive(Debug, Clone, Default)]
pub struct StatusCode {
    /// `pattern`, a regular expression on the error; empty for the default answer.
    pub pattern: Option<String>,
    /// `template`.
    pub template: Option<ResponseTemplate>,
    /// `headers`.
    pub headers: IndexMap<String, String>,
}
