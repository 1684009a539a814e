//! `s3` events and `provider.s3`.

use indexmap::IndexMap;
use serde_json::{Map, Value};

/// `s3`.
#[derive(Debug, Clone, Default)]
pub struct S3Event {
    /// `bucket`: a name, or a key of `provider.s3`; an intrinsic when the bucket exists already.
    pub bucket: Value,
    /// `event`.
    pub event: Option<String>,
    /// `rules`: `prefix` or `suffix`, with the text that is wanted or an intrinsic.
    pub rules: Vec<(String, Value)>,
    /// Whether `rules` is written, be it without a rule.
    pub has_rules: bool,
    /// `existing`.
    pub existing: bool,
    /// `forceDeploy`.
    pub force_deploy: bool,
}

/// `provider.s3`: buckets by the name that events call them, each with properties of its resource.
pub type Buckets = IndexMap<String, Map<String, Value>>;
