//! `sns` events.

use serde_json::Value;

/// `sns`.
#[derive(Debug, Clone, Default)]
pub struct SnsEvent {
    /// The topic's ARN, when it exists already: a text or an intrinsic.
    pub arn: Option<Value>,
    /// `topicName`; also the name that was written instead of a mapping.
    pub topic_name: Option<String>,
    /// The mapping was written; its `arn` may be of another Region.
    pub is_mapping: bool,
    /// `displayName`.
    pub display_name: Option<String>,
    /// `filterPolicy`.
    pub filter_policy: Option<Value>,
    /// `filterPolicyScope`.
    pub filter_policy_scope: Option<String>,
    /// `redrivePolicy`.
    pub redrive: Option<Redrive>,
}

impl SnsEvent {
    /// The topic's name: as written, else the last part of the ARN; empty when neither says it.
    pub fn topic(&self) -> String {
        let of_arn = self.arn.as_ref().and_then(Value::as_str);
        let last = of_arn.and_then(|arn| arn.rsplit(':').next());
        self.topic_name
            .as_deref()
            .or(last)
            .unwrap_or_default()
            .to_owned()
    }
}

/// The queue of `sns.redrivePolicy`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redrive {
    /// `deadLetterTargetArn`.
    Arn(String),
    /// `deadLetterTargetRef`: a logical id.
    Ref(String),
    /// `deadLetterTargetImport`: the names of two exports.
    Import {
        /// The export with the ARN.
        arn: String,
        /// The export with the URL.
        url: String,
    },
}
