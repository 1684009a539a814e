//! Keys of `s3` events and of the buckets of `provider.s3`.

use super::{Key, Shape, rule};
use crate::schema::Rule;

static NOTIFICATION: Rule = Rule {
    wants: "an event of S3, such as `s3:ObjectCreated:*`",
    holds: |text| text.len() > 3 && text.starts_with("s3:"),
};

const TEXT: Shape = Shape::Either(&[Shape::Text, Shape::Function]);

static RULE: &[Key] = &[
    Key::new("prefix", TEXT, "What the object's key begins with"),
    Key::new("suffix", TEXT, "What the object's key ends with"),
];

static EVENT: &[Key] = &[
    Key::new("bucket", TEXT, "The bucket"),
    Key::new(
        "event",
        Shape::TextBy(&NOTIFICATION),
        "What happens to objects; `s3:ObjectCreated:*` when absent",
    ),
    Key::new(
        "rules",
        Shape::List(&Shape::Keys(RULE, &[])),
        "Which objects are meant, by their keys",
    ),
    Key::new(
        "existing",
        Shape::Truth,
        "Whether the bucket exists already",
    ),
    Key::new(
        "forceDeploy",
        Shape::Truth,
        "Whether every deploy connects an existing bucket anew",
    ),
];

/// `s3`.
pub(super) static S3: Key = Key::new(
    "s3",
    Shape::Either(&[Shape::Text, Shape::Keys(EVENT, &["bucket"])]),
    "Changes of a bucket",
);

const PROPERTY: Shape = Shape::AnyMapping;
const PROPERTIES: Shape = Shape::List(&Shape::AnyMapping);

static BUCKET: &[Key] = &[
    Key::new("name", Shape::TextBy(&rule::BUCKET), "The bucket's name"),
    Key::new(
        "bucketName",
        Shape::TextBy(&rule::BUCKET),
        "The bucket's name over `name`",
    ),
    Key::new(
        "accelerateConfiguration",
        PROPERTY,
        "AccelerateConfiguration of the bucket",
    ),
    Key::new("accessControl", Shape::Text, "AccessControl of the bucket"),
    Key::new(
        "analyticsConfigurations",
        PROPERTIES,
        "AnalyticsConfigurations of the bucket",
    ),
    Key::new(
        "bucketEncryption",
        PROPERTY,
        "BucketEncryption of the bucket",
    ),
    Key::new(
        "corsConfiguration",
        PROPERTY,
        "CorsConfiguration of the bucket",
    ),
    Key::new(
        "inventoryConfigurations",
        PROPERTIES,
        "InventoryConfigurations of the bucket",
    ),
    Key::new(
        "lifecycleConfiguration",
        PROPERTY,
        "LifecycleConfiguration of the bucket",
    ),
    Key::new(
        "loggingConfiguration",
        PROPERTY,
        "LoggingConfiguration of the bucket",
    ),
    Key::new(
        "metricsConfigurations",
        PROPERTIES,
        "MetricsConfigurations of the bucket",
    ),
    Key::new(
        "notificationConfiguration",
        PROPERTY,
        "NotificationConfiguration of the bucket, over what its events make",
    ),
    Key::new(
        "objectLockConfiguration",
        PROPERTY,
        "ObjectLockConfiguration of the bucket",
    ),
    Key::new(
        "objectLockEnabled",
        Shape::Truth,
        "ObjectLockEnabled of the bucket",
    ),
    Key::new(
        "publicAccessBlockConfiguration",
        PROPERTY,
        "PublicAccessBlockConfiguration of the bucket",
    ),
    Key::new(
        "replicationConfiguration",
        PROPERTY,
        "ReplicationConfiguration of the bucket",
    ),
    Key::new("tags", PROPERTIES, "Tags of the bucket"),
    Key::new(
        "versioningConfiguration",
        PROPERTY,
        "VersioningConfiguration of the bucket",
    ),
    Key::new(
        "websiteConfiguration",
        PROPERTY,
        "WebsiteConfiguration of the bucket",
    ),
];

/// `provider.s3`.
pub(super) static BUCKETS: Key = Key::new(
    "s3",
    Shape::Named(&Shape::Keys(BUCKET, &[])),
    "Buckets of events, with their properties",
);
