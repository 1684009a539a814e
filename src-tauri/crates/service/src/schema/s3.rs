//! Keys of `s3` events and of the buckets of `provider.s3`.

use super::{Key, Shape, rule, s3_bucket};
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

pub(super) static NAME: Key = Key::new("name", Shape::TextBy(&rule::BUCKET), "The bucket's name");
pub(super) static BUCKET_NAME: Key = Key::new(
    "bucketName",
    Shape::TextBy(&rule::BUCKET),
    "The bucket's name over `name`",
);

/// `provider.s3`.
pub(super) static BUCKETS: Key = Key::new(
    "s3",
    Shape::Named(&Shape::Keys(s3_bucket::PROPERTIES, &[])),
    "Buckets of events, with their properties",
);
