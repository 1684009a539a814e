//! `cognitoUserPool` events.

use serde_json::Value;

/// `cognitoUserPool`.
#[derive(Debug, Clone, Default)]
pub struct CognitoEvent {
    /// `pool`: its name.
    pub pool: String,
    /// `trigger`, such as `PreSignUp`.
    pub trigger: String,
    /// `existing`.
    pub existing: bool,
    /// `forceDeploy`.
    pub force_deploy: bool,
    /// `kmsKeyId`: an ARN or an intrinsic.
    pub kms_key_id: Option<Value>,
}

impl CognitoEvent {
    /// Whether the trigger sends codes itself, encrypted with a key.
    pub fn is_sender(&self) -> bool {
        matches!(
            self.trigger.as_str(),
            "CustomSMSSender" | "CustomEmailSender"
        )
    }
}
