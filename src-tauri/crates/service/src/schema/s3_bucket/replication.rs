//! How a bucket's objects are copied to another.

use super::super::{Key, Shape, provider};
use super::{ACCOUNT, RULE_ID, TAG_FILTERS, aws};

static DELETE_MARKER_REPLICATION: &[Key] = &[aws("Status", Shape::Word(&["Disabled", "Enabled"]))];

static ACCESS_CONTROL_TRANSLATION: &[Key] = &[aws("Owner", Shape::Word(&["Destination"]))];

static ENCRYPTION_CONFIGURATION: &[Key] = &[aws("ReplicaKmsKeyID", Shape::Text)];

static EVENT_THRESHOLD: &[Key] = &[aws("Minutes", Shape::Whole(0, 1_000_000))];

static METRICS: &[Key] = &[
    aws("EventThreshold", Shape::Keys(EVENT_THRESHOLD, &["Minutes"])),
    aws("Status", Shape::Word(&["Disabled", "Enabled"])),
];

static REPLICATION_TIME: &[Key] = &[
    aws("Status", Shape::Word(&["Disabled", "Enabled"])),
    aws("Time", Shape::Keys(EVENT_THRESHOLD, &["Minutes"])),
];

static RULES_DESTINATION: &[Key] = &[
    aws(
        "AccessControlTranslation",
        Shape::Keys(ACCESS_CONTROL_TRANSLATION, &["Owner"]),
    ),
    aws("Account", Shape::TextBy(&ACCOUNT)),
    aws("Bucket", provider::ARN),
    aws(
        "EncryptionConfiguration",
        Shape::Keys(ENCRYPTION_CONFIGURATION, &["ReplicaKmsKeyID"]),
    ),
    aws(
        "Metrics",
        Shape::Keys(METRICS, &["EventThreshold", "Status"]),
    ),
    aws(
        "ReplicationTime",
        Shape::Keys(REPLICATION_TIME, &["Status", "Time"]),
    ),
    aws(
        "StorageClass",
        Shape::Word(&[
            "DEEP_ARCHIVE",
            "GLACIER",
            "INTELLIGENT_TIERING",
            "ONEZONE_IA",
            "OUTPOSTS",
            "REDUCED_REDUNDANCY",
            "STANDARD",
            "STANDARD_IA",
        ]),
    ),
];

static AND: &[Key] = &[
    aws("Prefix", Shape::Text),
    aws(
        "TagFilters",
        Shape::List(&Shape::Keys(TAG_FILTERS, &["Key", "Value"])),
    ),
];

static RULES_FILTER: &[Key] = &[
    aws("And", Shape::Keys(AND, &[])),
    aws("Prefix", Shape::Text),
    aws("TagFilter", Shape::Keys(TAG_FILTERS, &["Key", "Value"])),
];

static SOURCE_SELECTION_CRITERIA: &[Key] = &[aws(
    "SseKmsEncryptedObjects",
    Shape::Keys(DELETE_MARKER_REPLICATION, &["Status"]),
)];

static REPLICATION_CONFIGURATION_RULES: &[Key] = &[
    aws(
        "DeleteMarkerReplication",
        Shape::Keys(DELETE_MARKER_REPLICATION, &[]),
    ),
    aws(
        "Destination",
        Shape::Keys(
            RULES_DESTINATION,
            &["Bucket", "AccessControlTranslation>Account"],
        ),
    ),
    aws("Filter", Shape::Keys(RULES_FILTER, &[])),
    aws("Id", Shape::TextBy(&RULE_ID)),
    aws("Prefix", Shape::Text),
    aws("Priority", Shape::Whole(-1_000_000, 1_000_000)),
    aws(
        "SourceSelectionCriteria",
        Shape::Keys(SOURCE_SELECTION_CRITERIA, &["SseKmsEncryptedObjects"]),
    ),
    aws("Status", Shape::Word(&["Disabled", "Enabled"])),
];

/// `replicationConfiguration`.
pub(super) static REPLICATION_CONFIGURATION: &[Key] = &[
    aws("Role", provider::ARN),
    aws(
        "Rules",
        Shape::List(&Shape::Keys(
            REPLICATION_CONFIGURATION_RULES,
            &["Destination", "Status"],
        )),
    ),
];
