//! Properties of the buckets of `provider.s3`, as CloudFormation's `AWS::S3::Bucket` names them.

mod replication;

use replication::REPLICATION_CONFIGURATION;

use super::{Key, Rule, Shape, provider, rule, s3};

/// A property of CloudFormation's, which documents it.
const fn aws(name: &'static str, shape: Shape) -> Key {
    Key::new(name, shape, "As in CloudFormation's `AWS::S3::Bucket`")
}

static ACCOUNT: Rule = Rule {
    wants: "the twelve digits of an account",
    holds: |text| text.len() == 12 && text.bytes().all(|letter| letter.is_ascii_digit()),
};
static EVENT_NAME: Rule = Rule {
    wants: "an event such as `s3:ObjectCreated:*`",
    holds: |text| text.starts_with("s3:"),
};
static KEY_ID: Rule = Rule {
    wants: "the id of a key",
    holds: |text| {
        !text.is_empty()
            && text
                .chars()
                .all(|letter| matches!(letter, 'a'..='f' | '0'..='9' | '-'))
    },
};
static RULE_ID: Rule = Rule {
    wants: "at most 255 characters",
    holds: |text| text.chars().count() <= 255,
};
static DATE: Rule = Rule {
    wants: "a date and time such as `2030-01-31T00:00:00Z`",
    holds: |text| text.len() >= 20 && text.as_bytes().get(4) == Some(&b'-') && text.contains(':'),
};

static ACCELERATE_CONFIGURATION: &[Key] = &[aws(
    "AccelerationStatus",
    Shape::Word(&["Enabled", "Suspended"]),
)];

static DESTINATION: &[Key] = &[
    aws("BucketAccountId", Shape::TextBy(&ACCOUNT)),
    aws("BucketArn", provider::ARN),
    aws("Format", Shape::Word(&["CSV", "ORC", "Parquet"])),
    aws("Prefix", Shape::Text),
];

static DATA_EXPORT: &[Key] = &[
    aws(
        "Destination",
        Shape::Keys(DESTINATION, &["BucketArn", "Format"]),
    ),
    aws("OutputSchemaVersion", Shape::Word(&["V_1"])),
];

static STORAGE_CLASS_ANALYSIS: &[Key] = &[aws(
    "DataExport",
    Shape::Keys(DATA_EXPORT, &["Destination", "OutputSchemaVersion"]),
)];

static TAG_FILTERS: &[Key] = &[aws("Key", Shape::Text), aws("Value", Shape::Text)];

static ANALYTICS_CONFIGURATIONS: &[Key] = &[
    aws("Id", Shape::Text),
    aws("Prefix", Shape::Text),
    aws(
        "StorageClassAnalysis",
        Shape::Keys(STORAGE_CLASS_ANALYSIS, &[]),
    ),
    aws(
        "TagFilters",
        Shape::List(&Shape::Keys(TAG_FILTERS, &["Key", "Value"])),
    ),
];

static SERVER_SIDE_ENCRYPTION_BY_DEFAULT: &[Key] = &[
    aws(
        "KMSMasterKeyID",
        Shape::Either(&[provider::ARN, Shape::TextBy(&KEY_ID)]),
    ),
    aws("SSEAlgorithm", Shape::Word(&["AES256", "aws:kms"])),
];

static SERVER_SIDE_ENCRYPTION_CONFIGURATION: &[Key] = &[
    aws(
        "ServerSideEncryptionByDefault",
        Shape::Keys(SERVER_SIDE_ENCRYPTION_BY_DEFAULT, &["SSEAlgorithm"]),
    ),
    aws("BucketKeyEnabled", Shape::Truth),
];

static BUCKET_ENCRYPTION: &[Key] = &[aws(
    "ServerSideEncryptionConfiguration",
    Shape::List(&Shape::Keys(SERVER_SIDE_ENCRYPTION_CONFIGURATION, &[])),
)];

static CORS_RULES: &[Key] = &[
    aws("AllowedHeaders", Shape::List(&Shape::Text)),
    aws(
        "AllowedMethods",
        Shape::List(&Shape::Word(&["GET", "PUT", "HEAD", "POST", "DELETE"])),
    ),
    aws("AllowedOrigins", Shape::List(&Shape::Text)),
    aws("ExposedHeaders", Shape::List(&Shape::Text)),
    aws("Id", Shape::TextBy(&RULE_ID)),
    aws("MaxAge", Shape::Whole(0, 1_000_000)),
];

static CORS_CONFIGURATION: &[Key] = &[aws(
    "CorsRules",
    Shape::List(&Shape::Keys(
        CORS_RULES,
        &["AllowedMethods", "AllowedOrigins"],
    )),
)];

static INVENTORY_CONFIGURATIONS: &[Key] = &[
    aws(
        "Destination",
        Shape::Keys(DESTINATION, &["BucketArn", "Format"]),
    ),
    aws("Enabled", Shape::Truth),
    aws("Id", Shape::Text),
    aws("IncludedObjectVersions", Shape::Word(&["All", "Current"])),
    aws("OptionalFields", Shape::List(&Shape::Text)),
    aws("Prefix", Shape::Text),
    aws("ScheduleFrequency", Shape::Word(&["Daily", "Weekly"])),
];

static ABORT_INCOMPLETE_MULTIPART_UPLOAD: &[Key] =
    &[aws("DaysAfterInitiation", Shape::Whole(0, 1_000_000))];

static NONCURRENT_VERSION_TRANSITION: &[Key] = &[
    aws(
        "StorageClass",
        Shape::Word(&[
            "DEEP_ARCHIVE",
            "GLACIER",
            "INTELLIGENT_TIERING",
            "ONEZONE_IA",
            "STANDARD_IA",
        ]),
    ),
    aws("TransitionInDays", Shape::Whole(0, 1_000_000)),
];

static TRANSITIONS: &[Key] = &[
    aws(
        "StorageClass",
        Shape::Word(&[
            "DEEP_ARCHIVE",
            "GLACIER",
            "INTELLIGENT_TIERING",
            "ONEZONE_IA",
            "STANDARD_IA",
        ]),
    ),
    aws("TransitionDate", Shape::TextBy(&DATE)),
    aws("TransitionInDays", Shape::Whole(0, 1_000_000)),
];

static RULES: &[Key] = &[
    aws(
        "AbortIncompleteMultipartUpload",
        Shape::Keys(ABORT_INCOMPLETE_MULTIPART_UPLOAD, &["DaysAfterInitiation"]),
    ),
    aws("ExpirationDate", Shape::TextBy(&DATE)),
    aws(
        "ExpirationInDays",
        Shape::Either(&[Shape::Whole(0, 1_000_000), Shape::Function]),
    ),
    aws("Id", Shape::TextBy(&RULE_ID)),
    aws(
        "NoncurrentVersionExpirationInDays",
        Shape::Whole(0, 1_000_000),
    ),
    aws(
        "NoncurrentVersionTransition",
        Shape::Keys(
            NONCURRENT_VERSION_TRANSITION,
            &["StorageClass", "TransitionInDays"],
        ),
    ),
    aws(
        "NoncurrentVersionTransitions",
        Shape::List(&Shape::Keys(
            NONCURRENT_VERSION_TRANSITION,
            &["StorageClass", "TransitionInDays"],
        )),
    ),
    aws("Prefix", Shape::Text),
    aws("Status", Shape::Word(&["Disabled", "Enabled"])),
    aws(
        "TagFilters",
        Shape::List(&Shape::Keys(TAG_FILTERS, &["Key", "Value"])),
    ),
    aws(
        "Transitions",
        Shape::List(&Shape::Keys(TRANSITIONS, &["StorageClass"])),
    ),
];

static LIFECYCLE_CONFIGURATION: &[Key] = &[aws(
    "Rules",
    Shape::List(&Shape::Keys(
        RULES,
        &[
            "Status",
            "AbortIncompleteMultipartUpload|ExpirationDate|ExpirationInDays|NoncurrentVersionExpirationInDays|NoncurrentVersionTransition|NoncurrentVersionTransitions|Transitions",
        ],
    )),
)];

static LOGGING_CONFIGURATION: &[Key] = &[
    aws(
        "DestinationBucketName",
        Shape::Either(&[Shape::TextBy(&rule::BUCKET), Shape::Function]),
    ),
    aws("LogFilePrefix", Shape::Text),
];

static METRICS_CONFIGURATIONS: &[Key] = &[
    aws("Id", Shape::Text),
    aws("Prefix", Shape::Text),
    aws(
        "TagFilters",
        Shape::List(&Shape::Keys(TAG_FILTERS, &["Key", "Value"])),
    ),
];

static S3_KEY_RULES: &[Key] = &[
    aws("Name", Shape::Word(&["prefix", "suffix"])),
    aws("Value", Shape::Text),
];

static S3_KEY: &[Key] = &[aws(
    "Rules",
    Shape::List(&Shape::Keys(S3_KEY_RULES, &["Name", "Value"])),
)];

static FILTER: &[Key] = &[aws("S3Key", Shape::Keys(S3_KEY, &["Rules"]))];

static LAMBDA_CONFIGURATIONS: &[Key] = &[
    aws("Event", Shape::TextBy(&EVENT_NAME)),
    aws("Filter", Shape::Keys(FILTER, &["S3Key"])),
    aws("Function", provider::ARN),
];

static QUEUE_CONFIGURATIONS: &[Key] = &[
    aws("Event", Shape::TextBy(&EVENT_NAME)),
    aws("Filter", Shape::Keys(FILTER, &["S3Key"])),
    aws("Queue", provider::ARN),
];

static TOPIC_CONFIGURATIONS: &[Key] = &[
    aws("Event", Shape::TextBy(&EVENT_NAME)),
    aws("Filter", Shape::Keys(FILTER, &["S3Key"])),
    aws("Topic", provider::ARN),
];

static NOTIFICATION_CONFIGURATION: &[Key] = &[
    aws(
        "LambdaConfigurations",
        Shape::List(&Shape::Keys(LAMBDA_CONFIGURATIONS, &["Event", "Function"])),
    ),
    aws(
        "QueueConfigurations",
        Shape::List(&Shape::Keys(QUEUE_CONFIGURATIONS, &["Event", "Queue"])),
    ),
    aws(
        "TopicConfigurations",
        Shape::List(&Shape::Keys(TOPIC_CONFIGURATIONS, &["Event", "Topic"])),
    ),
];

static DEFAULT_RETENTION: &[Key] = &[
    aws("Days", Shape::Whole(0, 1_000_000)),
    aws("Mode", Shape::Word(&["COMPLIANCE", "GOVERNANCE"])),
    aws("Years", Shape::Whole(0, 1_000_000)),
];

static RULE: &[Key] = &[aws("DefaultRetention", Shape::Keys(DEFAULT_RETENTION, &[]))];

static OBJECT_LOCK_CONFIGURATION: &[Key] = &[
    aws("ObjectLockEnabled", Shape::Word(&["Enabled"])),
    aws("Rule", Shape::Keys(RULE, &[])),
];

static PUBLIC_ACCESS_BLOCK_CONFIGURATION: &[Key] = &[
    aws("BlockPublicAcls", Shape::Truth),
    aws("BlockPublicPolicy", Shape::Truth),
    aws("IgnorePublicAcls", Shape::Truth),
    aws("RestrictPublicBuckets", Shape::Truth),
];

static VERSIONING_CONFIGURATION: &[Key] = &[aws("Status", Shape::Word(&["Enabled", "Suspended"]))];

static REDIRECT_ALL_REQUESTS_TO: &[Key] = &[
    aws("HostName", Shape::Text),
    aws("Protocol", Shape::Word(&["http", "https"])),
];

static REDIRECT_RULE: &[Key] = &[
    aws("HostName", Shape::Text),
    aws("HttpRedirectCode", Shape::Text),
    aws("Protocol", Shape::Word(&["http", "https"])),
    aws("ReplaceKeyPrefixWith", Shape::Text),
    aws("ReplaceKeyWith", Shape::Text),
];

static ROUTING_RULE_CONDITION: &[Key] = &[
    aws("HttpErrorCodeReturnedEquals", Shape::Text),
    aws("KeyPrefixEquals", Shape::Text),
];

static ROUTING_RULES: &[Key] = &[
    aws("RedirectRule", Shape::Keys(REDIRECT_RULE, &[])),
    aws(
        "RoutingRuleCondition",
        Shape::Keys(ROUTING_RULE_CONDITION, &[]),
    ),
];

static WEBSITE_CONFIGURATION: &[Key] = &[
    aws("ErrorDocument", Shape::Text),
    aws("IndexDocument", Shape::Text),
    aws(
        "RedirectAllRequestsTo",
        Shape::Keys(REDIRECT_ALL_REQUESTS_TO, &["HostName"]),
    ),
    aws(
        "RoutingRules",
        Shape::List(&Shape::Keys(ROUTING_RULES, &["RedirectRule"])),
    ),
];

/// A bucket of `provider.s3`.
pub(super) static PROPERTIES: &[Key] = &[
    s3::NAME,
    s3::BUCKET_NAME,
    aws(
        "accelerateConfiguration",
        Shape::Keys(ACCELERATE_CONFIGURATION, &["AccelerationStatus"]),
    ),
    aws("accessControl", Shape::Text),
    aws(
        "analyticsConfigurations",
        Shape::List(&Shape::Keys(
            ANALYTICS_CONFIGURATIONS,
            &["Id", "StorageClassAnalysis"],
        )),
    ),
    aws(
        "bucketEncryption",
        Shape::Keys(BUCKET_ENCRYPTION, &["ServerSideEncryptionConfiguration"]),
    ),
    aws(
        "corsConfiguration",
        Shape::Keys(CORS_CONFIGURATION, &["CorsRules"]),
    ),
    aws(
        "inventoryConfigurations",
        Shape::List(&Shape::Keys(
            INVENTORY_CONFIGURATIONS,
            &[
                "Destination",
                "Enabled",
                "Id",
                "IncludedObjectVersions",
                "ScheduleFrequency",
            ],
        )),
    ),
    aws(
        "lifecycleConfiguration",
        Shape::Keys(LIFECYCLE_CONFIGURATION, &["Rules"]),
    ),
    aws(
        "loggingConfiguration",
        Shape::Keys(LOGGING_CONFIGURATION, &[]),
    ),
    aws(
        "metricsConfigurations",
        Shape::List(&Shape::Keys(METRICS_CONFIGURATIONS, &["Id"])),
    ),
    Key::new(
        "notificationConfiguration",
        Shape::Keys(NOTIFICATION_CONFIGURATION, &[]),
        "NotificationConfiguration of the bucket, over what its events make",
    ),
    aws(
        "objectLockConfiguration",
        Shape::Keys(OBJECT_LOCK_CONFIGURATION, &[]),
    ),
    aws("objectLockEnabled", Shape::Truth),
    aws(
        "publicAccessBlockConfiguration",
        Shape::Keys(PUBLIC_ACCESS_BLOCK_CONFIGURATION, &[]),
    ),
    aws(
        "replicationConfiguration",
        Shape::Keys(REPLICATION_CONFIGURATION, &["Role", "Rules"]),
    ),
    aws(
        "tags",
        Shape::List(&Shape::Keys(TAG_FILTERS, &["Key", "Value"])),
    ),
    aws(
        "versioningConfiguration",
        Shape::Keys(VERSIONING_CONFIGURATION, &["Status"]),
    ),
    aws(
        "websiteConfiguration",
        Shape::Keys(WEBSITE_CONFIGURATION, &[]),
    ),
];
