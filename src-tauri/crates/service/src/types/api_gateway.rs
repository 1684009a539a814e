//! `provider.apiGateway`, and what else of `provider` speaks of the REST API.

use indexmap::IndexMap;
use serde_json::Value;

/// `provider.apiGateway`, with `provider.vpcEndpointIds`, `provider.tracing.apiGateway` and `provider.logs.restApi`.
#[derive(Debug, Clone, Default)]
pub struct ApiGateway {
    /// `description`.
    pub description: Option<String>,
    /// `binaryMediaTypes`.
    pub binary_media_types: Option<Vec<String>>,
    /// `minimumCompressionSize`, bytes.
    pub minimum_compression_size: Option<u32>,
    /// `shouldStartNameWithService`.
    pub should_start_name_with_service: bool,
    /// `disableDefaultEndpoint`.
    pub disable_default_endpoint: Option<bool>,
    /// `metrics`.
    pub metrics: Option<bool>,
    /// `stage`, when the API's stage is not the service's.
    pub stage: Option<String>,
    /// `apiKeySourceType`, upper case.
    pub api_key_source_type: Option<String>,
    /// `apiKeys`; none when absent, for an empty list asks for a usage plan too.
    pub api_keys: Option<Vec<ApiKeys>>,
    /// `usagePlan`.
    pub usage_plan: Option<UsagePlans>,
    /// `resourcePolicy`: statements as written.
    pub resource_policy: Vec<Value>,
    /// `restApiId`: a REST API that exists.
    pub rest_api_id: Option<Value>,
    /// `restApiRootResourceId`: the root of that API.
    pub rest_api_root_resource_id: Option<Value>,
    /// `restApiResources`: ids of paths that exist, by the path without slashes at its ends.
    pub rest_api_resources: IndexMap<String, Value>,
    /// `request.schemas`: models by the name that events use.
    pub schemas: IndexMap<String, Model>,
    /// `provider.vpcEndpointIds`: a list, or a CloudFormation function.
    pub vpc_endpoint_ids: Option<Value>,
    /// `provider.tracing.apiGateway`.
    pub tracing: Option<bool>,
    /// `provider.logs.restApi`; there when it is written, even as `false`.
    pub logs: Option<RestApiLogs>,
}

/// One of `provider.apiGateway.apiKeys`.
#[derive(Debug, Clone)]
pub enum ApiKeys {
    /// A key of the only usage plan.
    One(ApiKey),
    /// The keys of one of several usage plans.
    OfPlan {
        /// The plan's name.
        plan: String,
        /// Its keys.
        keys: Vec<ApiKey>,
    },
}

/// An API key.
#[derive(Debug, Clone, Default)]
pub struct ApiKey {
    /// `name`; a key written as a text is its name.
    pub name: Option<String>,
    /// `value`; AWS chooses one when absent.
    pub value: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `customerId`.
    pub customer_id: Option<String>,
    /// `enabled`; true when absent.
    pub enabled: Option<bool>,
}

/// `provider.apiGateway.usagePlan`.
#[derive(Debug, Clone)]
pub enum UsagePlans {
    /// One for all keys.
    One(Box<UsagePlan>),
    /// Several by name, in the order written.
    Named(Vec<(String, UsagePlan)>),
}

/// A usage plan.
#[derive(Debug, Clone, Default)]
pub struct UsagePlan {
    /// `quota`.
    pub quota: Option<Quota>,
    /// `throttle`.
    pub throttle: Option<Throttle>,
}

/// How many requests a key has in a while. Values as written.
#[derive(Debug, Clone, Default)]
pub struct Quota {
    /// `limit`.
    pub limit: Option<Value>,
    /// `offset`: how many are taken off the first period.
    pub offset: Option<Value>,
    /// `period`: `DAY`, `WEEK` or `MONTH`.
    pub period: Option<Value>,
}

/// How fast requests may come. Values as written.
#[derive(Debug, Clone, Default)]
pub struct Throttle {
    /// `burstLimit`.
    pub burst_limit: Option<Value>,
    /// `rateLimit`.
    pub rate_limit: Option<Value>,
}

/// What bodies look like.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// A JSON schema: a mapping, or a text that holds one.
    pub schema: Value,
    /// `name`.
    pub name: Option<String>,
    /// `description`.
    pub description: Option<String>,
}

/// `provider.logs.restApi`.
#[derive(Debug, Clone, Default)]
pub struct RestApiLogs {
    /// False when written as `false`.
    pub enabled: bool,
    /// `accessLogging`; true when absent.
    pub access_logging: Option<bool>,
    /// `executionLogging`; true when absent.
    pub execution_logging: Option<bool>,
    /// `format` of a line.
    pub format: Option<String>,
    /// `fullExecutionData`; true when absent.
    pub full_execution_data: Option<bool>,
    /// `level`: `INFO`, the default, or `ERROR`.
    pub level: Option<String>,
    /// `role`: an ARN or a CloudFormation function; the stack makes one when absent.
    pub role: Option<Value>,
    /// `roleManagedExternally`: the account's role is set elsewhere.
    pub role_managed_externally: bool,
}

impl RestApiLogs {
    /// Whether a log group is made for requests.
    pub fn access(&self) -> bool {
        self.enabled && self.access_logging != Some(false)
    }
}
