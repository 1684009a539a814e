//! Keys of the events that Lambda fetches itself: `sqs`, `stream`, `msk`, `kafka`, `activemq` and `rabbitmq`.

use super::{Key, Shape, provider, rule};
use crate::schema::Rule;

static SECRET: Rule = Rule {
    wants: "the ARN of a secret of Secrets Manager",
    holds: |text| {
        text.find("arn:").is_some_and(|start| {
            let parts: Vec<&str> = text
                .get(start..)
                .unwrap_or_default()
                .splitn(7, ':')
                .collect();
            parts.get(2) == Some(&"secretsmanager")
                && parts.get(5) == Some(&"secret")
                && parts.get(6).is_some_and(|name| !name.is_empty())
        })
    },
};

static BROKER: Rule = Rule {
    wants: "the ARN of a broker of Amazon MQ",
    holds: |text| {
        text.find("arn:").is_some_and(|start| {
            let parts: Vec<&str> = text
                .get(start..)
                .unwrap_or_default()
                .splitn(8, ':')
                .collect();
            parts.get(2) == Some(&"mq")
                && parts.get(5) == Some(&"broker")
                && parts.get(7).is_some_and(|id| id.starts_with("b-"))
        })
    },
};

static GROUP: Rule = Rule {
    wants: "at most 200 characters",
    holds: |text| text.chars().count() <= 200,
};

static SUBNET: Rule = Rule {
    wants: "a subnet such as `subnet-0a1b2c`",
    holds: |text| text.contains("subnet-"),
};

static SECURITY_GROUP: Rule = Rule {
    wants: "a security group such as `sg-0a1b2c`",
    holds: |text| text.contains("sg-"),
};

const ENABLED: Key = Key::new("enabled", Shape::Truth, "Whether the function is called");
const BATCH_SIZE: Key = Key::new(
    "batchSize",
    Shape::Whole(1, 10_000),
    "The most that one call gets",
);
const WINDOW: Key = Key::new(
    "maximumBatchingWindow",
    Shape::Whole(0, 300),
    "Seconds that are waited for a full batch",
);
const FILTERS: Key = Key::new(
    "filterPatterns",
    Shape::List(&Shape::AnyMapping),
    "Which of them are meant; one pattern must hold",
);
const RESPONSE_TYPE: Key = Key::new(
    "functionResponseType",
    Shape::Word(&["ReportBatchItemFailures"]),
    "Whether the function names those that failed",
);
const POSITION: Key = Key::new(
    "startingPosition",
    Shape::Word(&["LATEST", "TRIM_HORIZON", "AT_TIMESTAMP"]),
    "Where reading begins; `TRIM_HORIZON` when absent",
);
const TIMESTAMP: Key = Key::new(
    "startingPositionTimestamp",
    Shape::Whole(0, i64::MAX),
    "When reading begins, in seconds since 1970; of `AT_TIMESTAMP`",
);
const GROUP_ID: Key = Key::new(
    "consumerGroupId",
    Shape::TextBy(&GROUP),
    "The consumer group that the function joins",
);
const TOPIC: Key = Key::new("topic", Shape::Text, "The topic");

static SQS_EVENT: &[Key] = &[
    Key::new("arn", provider::ARN, "The queue"),
    BATCH_SIZE,
    ENABLED,
    WINDOW,
    RESPONSE_TYPE,
    FILTERS,
    Key::new(
        "maximumConcurrency",
        Shape::Whole(2, 1000),
        "How many calls may run at once",
    ),
];

/// `sqs`.
pub(super) static SQS: Key = Key::new(
    "sqs",
    Shape::Either(&[Shape::TextBy(&rule::ARN), Shape::Keys(SQS_EVENT, &["arn"])]),
    "Messages of a queue",
);

static ON_FAILURE: &[Key] = &[
    Key::new("arn", provider::ARN, "The topic or queue"),
    Key::new(
        "type",
        Shape::Word(&["sns", "sqs"]),
        "Which of the two it is, where the ARN does not say so",
    ),
];

static DESTINATIONS: &[Key] = &[Key::new(
    "onFailure",
    Shape::Either(&[Shape::TextBy(&rule::ARN), Shape::Keys(ON_FAILURE, &["arn"])]),
    "Where word of batches goes that failed",
)];

static STREAM_EVENT: &[Key] = &[
    Key::new("arn", provider::ARN, "The stream"),
    Key::new(
        "type",
        Shape::Word(&["dynamodb", "kinesis"]),
        "Which kind it is, where the ARN does not say so",
    ),
    BATCH_SIZE,
    Key::new(
        "parallelizationFactor",
        Shape::Whole(1, 10),
        "How many batches of a shard are worked on at once",
    ),
    POSITION,
    TIMESTAMP,
    ENABLED,
    Key::new(
        "consumer",
        Shape::Either(&[Shape::Truth, provider::ARN]),
        "A consumer with its own throughput: `true` makes one, an ARN names one",
    ),
    Key::new(
        "batchWindow",
        Shape::Whole(0, 300),
        "Seconds that are waited for a full batch",
    ),
    Key::new(
        "maximumRetryAttempts",
        Shape::Whole(-1, 10_000),
        "How often a batch is tried again; -1 is forever",
    ),
    Key::new(
        "bisectBatchOnFunctionError",
        Shape::Truth,
        "Whether a batch that failed is cut in two",
    ),
    Key::new(
        "maximumRecordAgeInSeconds",
        Shape::Either(&[Shape::WholeOf(&[-1]), Shape::Whole(60, 604_800)]),
        "How old a record may be; -1 is any age",
    ),
    RESPONSE_TYPE,
    Key::new(
        "destinations",
        Shape::Keys(DESTINATIONS, &["onFailure"]),
        "Where word of failures goes",
    ),
    Key::new(
        "tumblingWindowInSeconds",
        Shape::Whole(0, 900),
        "Seconds of a window over which results are gathered",
    ),
    FILTERS,
];

/// `stream`.
pub(super) static STREAM: Key = Key::new(
    "stream",
    Shape::Either(&[
        Shape::TextBy(&rule::ARN),
        Shape::Keys(STREAM_EVENT, &["arn"]),
    ]),
    "Records of DynamoDB or Kinesis",
);

static MSK_EVENT: &[Key] = &[
    Key::new("arn", provider::ARN, "The cluster"),
    TOPIC,
    BATCH_SIZE,
    WINDOW,
    ENABLED,
    POSITION,
    TIMESTAMP,
    Key::new(
        "saslScram512",
        Shape::TextBy(&rule::ARN),
        "The secret to sign in with",
    ),
    GROUP_ID,
    FILTERS,
];

/// `msk`.
pub(super) static MSK: Key = Key::new(
    "msk",
    Shape::Keys(MSK_EVENT, &["arn", "topic"]),
    "Messages of managed Kafka",
);

const SECRETS: Shape = Shape::List(&Shape::TextBy(&SECRET));

static ACCESS: &[Key] = &[
    Key::new(
        "vpcSubnet",
        Shape::List(&Shape::TextBy(&SUBNET)),
        "Subnets from which the cluster is reached",
    ),
    Key::new(
        "vpcSecurityGroup",
        Shape::List(&Shape::TextBy(&SECURITY_GROUP)),
        "Security groups with which the cluster is reached",
    ),
    Key::new("saslPlainAuth", SECRETS, "Secrets for SASL/PLAIN"),
    Key::new("saslScram256Auth", SECRETS, "Secrets for SASL/SCRAM-256"),
    Key::new("saslScram512Auth", SECRETS, "Secrets for SASL/SCRAM-512"),
    Key::new(
        "clientCertificateTlsAuth",
        SECRETS,
        "Secrets with a client's certificate",
    ),
    Key::new(
        "serverRootCaCertificate",
        SECRETS,
        "Secrets with the authority's certificate",
    ),
];

const ONE_OF_ACCESS: &[&str] = &[
    "vpcSubnet|vpcSecurityGroup|saslPlainAuth|saslScram256Auth|saslScram512Auth|clientCertificateTlsAuth|serverRootCaCertificate",
];

static KAFKA_EVENT: &[Key] = &[
    Key::new(
        "accessConfigurations",
        Shape::Keys(ACCESS, ONE_OF_ACCESS),
        "How the cluster is reached",
    ),
    Key::new(
        "bootstrapServers",
        Shape::List(&Shape::Text),
        "The servers to begin with, such as `broker.example.com:9092`",
    ),
    TOPIC,
    BATCH_SIZE,
    WINDOW,
    ENABLED,
    POSITION,
    TIMESTAMP,
    GROUP_ID,
    FILTERS,
];

/// `kafka`.
pub(super) static KAFKA: Key = Key::new(
    "kafka",
    Shape::Keys(
        KAFKA_EVENT,
        &["accessConfigurations", "bootstrapServers", "topic"],
    ),
    "Messages of Kafka",
);

static BROKER_ARN: Key = Key::new(
    "arn",
    Shape::Either(&[Shape::TextBy(&BROKER), Shape::Function]),
    "The broker",
);
static BROKER_SECRET: Key = Key::new(
    "basicAuthArn",
    Shape::Either(&[Shape::TextBy(&SECRET), Shape::Function]),
    "The secret with user and password",
);
const QUEUE: Key = Key::new("queue", Shape::Text, "The queue");

static ACTIVEMQ_EVENT: &[Key] = &[
    BROKER_ARN,
    BROKER_SECRET,
    QUEUE,
    BATCH_SIZE,
    WINDOW,
    ENABLED,
    FILTERS,
];

/// `activemq`.
pub(super) static ACTIVEMQ: Key = Key::new(
    "activemq",
    Shape::Keys(ACTIVEMQ_EVENT, &["basicAuthArn", "arn", "queue"]),
    "Messages of ActiveMQ",
);

static RABBITMQ_EVENT: &[Key] = &[
    BROKER_ARN,
    BROKER_SECRET,
    QUEUE,
    Key::new("virtualHost", Shape::Text, "The virtual host"),
    BATCH_SIZE,
    WINDOW,
    ENABLED,
    FILTERS,
];

/// `rabbitmq`.
pub(super) static RABBITMQ: Key = Key::new(
    "rabbitmq",
    Shape::Keys(RABBITMQ_EVENT, &["basicAuthArn", "arn", "queue"]),
    "Messages of RabbitMQ",
);

static CONSUMERS: &[Key] = &[Key::new(
    "consumerNamingMode",
    Shape::Word(&["serviceSpecific"]),
    "`serviceSpecific` puts service and stage into the names of consumers",
)];

/// `provider.kinesis`.
pub(super) static KINESIS: Key = Key::new(
    "kinesis",
    Shape::Keys(CONSUMERS, &[]),
    "How stream consumers are named",
);
