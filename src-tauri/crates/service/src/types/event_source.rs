//! Events that Lambda fetches itself: `sqs`, `stream`, `msk`, `kafka`, `activemq` and `rabbitmq`.
//!
//! Numbers and truths may be intrinsics too, and are as written.

use indexmap::IndexMap;
use serde_json::Value;

/// What all of them have.
#[derive(Debug, Clone, Default)]
pub struct Polling {
    /// `batchSize`.
    pub batch_size: Option<Value>,
    /// `maximumBatchingWindow`, or `batchWindow` of a stream; seconds.
    pub window: Option<Value>,
    /// `enabled`.
    pub enabled: Option<Value>,
    /// `filterPatterns`.
    pub filters: Option<Vec<Value>>,
}

/// Where reading begins.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// `startingPosition`; `TRIM_HORIZON` when absent.
    pub position: Option<Value>,
    /// `startingPositionTimestamp`.
    pub timestamp: Option<Value>,
}

impl Start {
    /// The position, or the default.
    pub fn position(&self) -> Value {
        let position = self.position.clone();
        position.unwrap_or_else(|| "TRIM_HORIZON".into())
    }

    /// Whether reading begins at a moment.
    pub fn is_moment(&self) -> bool {
        let position = self.position.as_ref().and_then(Value::as_str);
        position == Some("AT_TIMESTAMP")
    }

    /// Whether a moment is to be read from, and none is named.
    pub fn lacks_timestamp(&self) -> bool {
        self.is_moment() && self.timestamp.is_none()
    }
}

/// `sqs`.
#[derive(Debug, Clone, Default)]
pub struct SqsEvent {
    /// `arn`: a text or an intrinsic.
    pub arn: Value,
    /// What all of them have.
    pub polling: Polling,
    /// `functionResponseType`.
    pub response_type: Option<Value>,
    /// `maximumConcurrency`.
    pub maximum_concurrency: Option<Value>,
}

/// `stream`.
#[derive(Debug, Clone, Default)]
pub struct StreamEvent {
    /// `arn`: a text or an intrinsic.
    pub arn: Value,
    /// `dynamodb` or `kinesis`: as written, else as the ARN says.
    pub kind: String,
    /// What all of them have.
    pub polling: Polling,
    /// Where reading begins.
    pub start: Start,
    /// `consumer`.
    pub consumer: Option<Consumer>,
    /// `parallelizationFactor`.
    pub parallelization_factor: Option<Value>,
    /// `maximumRetryAttempts`.
    pub maximum_retry_attempts: Option<Value>,
    /// `bisectBatchOnFunctionError`.
    pub bisect: Option<Value>,
    /// `maximumRecordAgeInSeconds`.
    pub maximum_record_age: Option<Value>,
    /// `functionResponseType`.
    pub response_type: Option<Value>,
    /// `tumblingWindowInSeconds`.
    pub tumbling_window: Option<Value>,
    /// `destinations.onFailure`.
    pub on_failure: Option<OnFailure>,
}

/// `stream.consumer`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consumer {
    /// `true`: one is made.
    Made,
    /// One that exists, by its ARN or an intrinsic.
    Known(Value),
}

/// `stream.destinations.onFailure`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnFailure {
    /// A text or an intrinsic.
    pub arn: Value,
    /// Whether it is a topic; a queue otherwise.
    pub is_topic: bool,
}

/// `msk`.
#[derive(Debug, Clone, Default)]
pub struct MskEvent {
    /// `arn`: a text or an intrinsic.
    pub arn: Value,
    /// `topic`.
    pub topic: String,
    /// What all of them have.
    pub polling: Polling,
    /// Where reading begins.
    pub start: Start,
    /// `saslScram512`: a secret.
    pub sasl_scram_512: Option<Value>,
    /// `consumerGroupId`.
    pub consumer_group_id: Option<String>,
}

/// `kafka`.
#[derive(Debug, Clone, Default)]
pub struct KafkaEvent {
    /// `topic`.
    pub topic: String,
    /// `bootstrapServers`.
    pub servers: Vec<Value>,
    /// `accessConfigurations`, in the order written.
    pub access: IndexMap<String, Vec<Value>>,
    /// What all of them have.
    pub polling: Polling,
    /// Where reading begins.
    pub start: Start,
    /// `consumerGroupId`.
    pub consumer_group_id: Option<String>,
}

/// `activemq` and `rabbitmq`.
#[derive(Debug, Clone, Default)]
pub struct BrokerEvent {
    /// `arn`: a text or an intrinsic.
    pub arn: Value,
    /// `basicAuthArn`: a secret, as a text or an intrinsic.
    pub secret: Value,
    /// `queue`.
    pub queue: String,
    /// `virtualHost`, of RabbitMQ.
    pub virtual_host: Option<String>,
    /// What all of them have.
    pub polling: Polling,
}
