//! How functions are run: network, tracing, keys, layers, what is kept warm, and where asynchronous results go.

use serde_json::Value;

/// What a function, or the provider for all functions, says about how it is run.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// `vpc`.
    pub vpc: Option<Vpc>,
    /// `tracing`; of the provider `tracing.lambda`.
    pub tracing: Option<Tracing>,
    /// `kmsKeyArn`: an ARN or an intrinsic.
    pub kms_key: Option<Value>,
    /// `layers`: ARNs and intrinsics.
    pub layers: Option<Vec<Value>>,
}

/// `vpc`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Vpc {
    /// Written as nothing: the provider's network is not used.
    Off,
    /// A network; what is absent is the provider's.
    In {
        /// `securityGroupIds`: a list, or an intrinsic that gives one.
        security_groups: Option<Value>,
        /// `subnetIds`: a list, or an intrinsic that gives one.
        subnets: Option<Value>,
    },
}

/// `tracing`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tracing {
    /// Not traced; the provider decides.
    Off,
    /// `true` or `Active`.
    Active,
    /// `PassThrough`.
    PassThrough,
}

/// `fileSystemConfig`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSystem {
    /// `arn`: of an access point.
    pub arn: Value,
    /// `localMountPath`.
    pub mount_path: String,
}

/// What becomes of asynchronous calls.
#[derive(Debug, Clone, Default)]
pub struct Asynchronous {
    /// `destinations.onSuccess`.
    pub on_success: Option<Destination>,
    /// `destinations.onFailure`.
    pub on_failure: Option<Destination>,
    /// `maximumEventAge`, seconds.
    pub maximum_event_age: Option<u32>,
    /// `maximumRetryAttempts`.
    pub maximum_retry_attempts: Option<u32>,
}

/// Where results go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A function of the service, by its key.
    Function(String),
    /// Something by its ARN, or by an intrinsic, with the action that its kind needs.
    Arn {
        /// The ARN.
        arn: Value,
        /// Such as `sqs:SendMessage`.
        action: &'static str,
    },
}

/// `url`.
#[derive(Debug, Clone, Default)]
pub struct FunctionUrl {
    /// `authorizer: aws_iam`.
    pub aws_iam: bool,
    /// `cors`.
    pub cors: Option<UrlCors>,
    /// `invokeMode: RESPONSE_STREAM`.
    pub streams: bool,
}

/// `url.cors`; lists are none where nothing is to be said of them.
#[derive(Debug, Clone, Default)]
pub struct UrlCors {
    /// `allowedOrigins`.
    pub allowed_origins: Option<Vec<String>>,
    /// `allowedHeaders`.
    pub allowed_headers: Option<Vec<String>>,
    /// `allowedMethods`.
    pub allowed_methods: Option<Vec<String>>,
    /// `allowCredentials`.
    pub allow_credentials: bool,
    /// `exposedResponseHeaders`.
    pub exposed_headers: Option<Vec<String>>,
    /// `maxAge`, seconds.
    pub max_age: Option<u32>,
}
