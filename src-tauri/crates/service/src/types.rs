//! A service as everything after this room sees it: resolved for one stage, checked, with defaults still
//! absent (`None`) where the template's rules choose them.
//!
//! A field typed [`serde_json::Value`] may hold a CloudFormation intrinsic (`{"Ref": ...}`).

mod alb;
mod api_gateway;
mod caller;
mod cloud_front;
mod cognito;
mod domains;
mod esbuild;
mod event_rule;
mod event_source;
mod http;
mod http_api;
mod image;
mod layers;
mod nested_stacks;
mod plugins;
mod python;
mod run;
mod s3;
mod sns;
mod stack;
mod synced;
mod websocket;

use indexmap::IndexMap;
use serde_json::{Map, Value};

pub use alb::*;
pub use api_gateway::*;
pub use caller::*;
pub use cloud_front::*;
pub use cognito::*;
pub use domains::*;
pub use esbuild::*;
pub use event_rule::*;
pub use event_source::*;
pub use http::*;
pub use http_api::*;
pub use image::*;
pub use layers::*;
pub use nested_stacks::*;
pub use plugins::*;
pub use python::*;
pub use run::*;
pub use s3::*;
pub use sns::*;
pub use stack::*;
pub use synced::*;
pub use websocket::*;

/// Everything a project says, for one stage.
#[derive(Debug, Clone, Default)]
pub struct Service {
    /// `service`.
    pub name: String,
    /// The stage it is resolved for.
    pub stage: String,
    /// The Region it is resolved for.
    pub region: String,
    /// `provider`.
    pub provider: Provider,
    /// `functions`, in the order written.
    pub functions: IndexMap<String, Function>,
    /// `layers`.
    pub layers: IndexMap<String, Layer>,
    /// `resources`, its parts joined.
    pub resources: Resources,
    /// `package`.
    pub package: Package,
    /// What built-in plugins read.
    pub plugins: Plugins,
    /// Whether it may be more than one stack.
    pub nested_stacks: NestedStacks,
    /// `useDotenv`.
    pub use_dotenv: bool,
    /// The configuration file's name, for messages and for leaving it out of archives.
    pub config_file: String,
}

/// `provider`.
#[derive(Debug, Clone, Default)]
pub struct Provider {
    /// How functions are run, where they do not say it themselves.
    pub run: Run,
    /// `profile`: the AWS profile to act with unless another is chosen.
    pub profile: Option<String>,
    /// `stackName`.
    pub stack_name: Option<String>,
    /// `runtime`.
    pub runtime: Option<String>,
    /// `architecture`.
    pub architecture: Option<String>,
    /// `memorySize`, MB.
    pub memory_size: Option<u32>,
    /// `timeout`, seconds.
    pub timeout: Option<u32>,
    /// Whether `environment` is written, perhaps with nothing in it.
    pub has_environment: bool,
    /// `environment`; values are strings, numbers, booleans, null (unset) or intrinsics.
    pub environment: IndexMap<String, Value>,
    /// `tags`, of functions and APIs.
    pub tags: IndexMap<String, String>,
    /// `stackTags`, of the stack.
    pub stack_tags: IndexMap<String, String>,
    /// `iam.role.statements`, else the older `iamRoleStatements`, as written.
    pub iam_statements: Vec<Value>,
    /// `iam.role.managedPolicies`, else the older `iamManagedPolicies`.
    pub iam_managed_policies: Vec<Value>,
    /// `iam.role.name`.
    pub iam_role_name: Option<String>,
    /// `iam.role.path`.
    pub iam_role_path: Option<String>,
    /// `iam.role.permissionsBoundary` and its older spellings.
    pub iam_permissions_boundary: Option<Value>,
    /// `iam.role.tags`.
    pub iam_role_tags: IndexMap<String, String>,
    /// `iam.role` given as a whole (an ARN, a logical id or an intrinsic) or the older `role`.
    pub iam_role: Option<Value>,
    /// `logRetentionInDays`.
    pub log_retention_in_days: Option<u32>,
    /// `logDataProtectionPolicy`, as written.
    pub log_data_protection: Option<Value>,
    /// `runtimeManagement`.
    pub runtime_management: RuntimeManagement,
    /// What a change of the stack is asked with.
    pub stack: StackSettings,
    /// `versionFunctions`; published unless false.
    pub version_functions: Option<bool>,
    /// `deploymentPrefix`; `serverless` when absent.
    pub deployment_prefix: Option<String>,
    /// `deploymentBucket`.
    pub deployment_bucket: DeploymentBucket,
    /// `apiName`.
    pub api_name: Option<String>,
    /// `endpointType`, upper case.
    pub endpoint_type: Option<String>,
    /// `apiGateway`.
    pub api_gateway: ApiGateway,
    /// `httpApi`.
    pub http_api: HttpApi,
    /// What is said of the WebSocket API, in several keys.
    pub websocket_api: WebsocketApi,
    /// `alb`.
    pub alb: Alb,
    /// `cloudFront`.
    pub cloud_front: CloudFront,
    /// `logs.frameworkLambda`: the functions behind custom resources write logs.
    pub framework_lambda_logs: bool,
    /// `s3`.
    pub s3: Buckets,
    /// `eventBridge.useCloudFormation` is not true under an `eventBridge` that is written: a function of the stack
    /// makes the rules.
    pub event_bridge_by_function: bool,
    /// `kinesis.consumerNamingMode` is `serviceSpecific`.
    pub names_consumers_by_service: bool,
}

/// `provider.deploymentBucket`.
#[derive(Debug, Clone, Default)]
pub struct DeploymentBucket {
    /// The name of a bucket that exists already; the stack makes one when absent.
    pub name: Option<String>,
    /// `skipPolicySetup`.
    pub skip_policy_setup: bool,
    /// `blockPublicAccess`.
    pub block_public_access: bool,
    /// `versioning`.
    pub versioning: bool,
    /// `serverSideEncryption`.
    pub server_side_encryption: Option<String>,
    /// `sseKMSKeyId`.
    pub sse_kms_key_id: Option<String>,
    /// `maxPreviousDeploymentArtifacts`.
    pub max_previous_artifacts: Option<u32>,
    /// `tags`.
    pub tags: IndexMap<String, String>,
}

/// One of `functions`.
#[derive(Debug, Clone, Default)]
pub struct Function {
    /// `handler`; empty where there is an `image`.
    pub handler: String,
    /// `image`.
    pub image: Option<Image>,
    /// `name`, when the user chose it.
    pub name: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `runtime`.
    pub runtime: Option<String>,
    /// `architecture`.
    pub architecture: Option<String>,
    /// `memorySize`, MB.
    pub memory_size: Option<u32>,
    /// `timeout`, seconds.
    pub timeout: Option<u32>,
    /// Whether `environment` is written, perhaps with nothing in it.
    pub has_environment: bool,
    /// `environment`.
    pub environment: IndexMap<String, Value>,
    /// `tags`.
    pub tags: IndexMap<String, String>,
    /// `role`: an ARN, a logical id or an intrinsic.
    pub role: Option<Value>,
    /// `condition`.
    pub condition: Option<String>,
    /// `dependsOn`.
    pub depends_on: Vec<String>,
    /// `disableLogs`.
    pub disable_logs: bool,
    /// `logRetentionInDays`.
    pub log_retention_in_days: Option<u32>,
    /// `logDataProtectionPolicy`, as written.
    pub log_data_protection: Option<Value>,
    /// `runtimeManagement`.
    pub runtime_management: RuntimeManagement,
    /// `versionFunction`.
    pub version_function: Option<bool>,
    /// `reservedConcurrency`: a number, or an intrinsic.
    pub reserved_concurrency: Option<Value>,
    /// `ephemeralStorageSize`, MB.
    pub ephemeral_storage_size: Option<u32>,
    /// `httpApi.payload`: `1.0` or `2.0`, over the provider's.
    pub http_api_payload: Option<String>,
    /// How it is run.
    pub run: Run,
    /// `onError`: a topic's ARN, or an intrinsic.
    pub on_error: Option<Value>,
    /// `fileSystemConfig`.
    pub file_system: Option<FileSystem>,
    /// `snapStart`.
    pub snap_start: bool,
    /// `provisionedConcurrency`, a number or an intrinsic, unless it is zero.
    pub provisioned_concurrency: Option<Value>,
    /// `destinations`, `maximumEventAge` and `maximumRetryAttempts`.
    pub asynchronous: Option<Asynchronous>,
    /// `url`.
    pub url: Option<FunctionUrl>,
    /// `events`, in the order written.
    pub events: Vec<Event>,
    /// `package` of this function.
    pub package: Package,
}

/// What triggers a function.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event {
    /// `http`: a method of a REST API.
    Http(Box<HttpEvent>),
    /// `httpApi`: a route of an HTTP API.
    HttpApi(HttpApiEvent),
    /// `schedule`.
    Schedule(Box<ScheduleEvent>),
    /// `s3`.
    S3(Box<S3Event>),
    /// `sns`.
    Sns(Box<SnsEvent>),
    /// `sqs`.
    Sqs(Box<SqsEvent>),
    /// `stream`.
    Stream(Box<StreamEvent>),
    /// `msk`.
    Msk(Box<MskEvent>),
    /// `kafka`.
    Kafka(Box<KafkaEvent>),
    /// `activemq`.
    ActiveMq(Box<BrokerEvent>),
    /// `rabbitmq`.
    RabbitMq(Box<BrokerEvent>),
    /// `cognitoUserPool`.
    CognitoUserPool(Box<CognitoEvent>),
    /// `eventBridge`.
    EventBridge(Box<EventBridgeEvent>),
    /// `cloudwatchEvent`.
    CloudWatch(Box<CloudWatchEvent>),
    /// `cloudwatchLog`.
    CloudWatchLog(CloudWatchLogEvent),
    /// `iot`.
    Iot(Box<IotEvent>),
    /// `iotFleetProvisioning`.
    IotFleet(Box<IotFleetEvent>),
    /// `alexaSkill`.
    AlexaSkill(AlexaEvent),
    /// `alexaSmartHome`.
    AlexaSmartHome(AlexaEvent),
    /// `websocket`.
    Websocket(Box<WebsocketEvent>),
    /// `alb`.
    Alb(Box<AlbEvent>),
    /// `cloudFront`.
    CloudFront(Box<CloudFrontEvent>),
}

/// `schedule`.
#[derive(Debug, Clone, Default)]
pub struct ScheduleEvent {
    /// `rate`: expressions such as `rate(1 hour)`, or intrinsics.
    pub rates: Vec<Value>,
    /// `enabled`.
    pub enabled: Option<bool>,
    /// `name`.
    pub name: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `input`, as written.
    pub input: Option<Value>,
    /// `inputPath`.
    pub input_path: Option<String>,
    /// `inputTransformer`.
    pub input_transformer: Option<Value>,
    /// `method` is `scheduler` rather than `eventBus`.
    pub scheduler: bool,
    /// `timezone`, of the scheduler.
    pub timezone: Option<String>,
}

/// `resources`.
#[derive(Debug, Clone, Default)]
pub struct Resources {
    /// Everything but `extensions`: `Resources`, `Outputs`, `Conditions`, `Description`, ..., merged over the template.
    pub sections: Map<String, Value>,
    /// `extensions`: by logical id, what is merged into a generated resource.
    pub extensions: Map<String, Value>,
}

/// `package`.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// `patterns` in the order written, after `exclude` (each with `!`) and `include` as the peer orders them.
    pub patterns: Vec<String>,
    /// `individually`.
    pub individually: Option<bool>,
    /// `artifact`: a ready archive.
    pub artifact: Option<String>,
    /// `excludeDevDependencies`; true unless written false.
    pub exclude_dev_dependencies: Option<bool>,
    /// `path`, of the service: the folder that results go to and are deployed from.
    pub path: Option<String>,
}
