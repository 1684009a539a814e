//! What the console lets administrators and users of a key do.

/// What a key is for, which decides what its users may do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum KeyUse {
    /// One secret encrypts and decrypts.
    #[default]
    Symmetric,
    /// A public key encrypts, a private one decrypts.
    Encrypt,
    /// A private key signs.
    Sign,
    /// One secret makes and checks codes.
    Mac,
    /// Two keys agree on a secret.
    Agree,
}

impl KeyUse {
    /// Every use.
    pub const ALL: [Self; 5] = [
        Self::Symmetric,
        Self::Encrypt,
        Self::Sign,
        Self::Mac,
        Self::Agree,
    ];

    /// What users of such a key may do.
    pub const fn actions(self) -> &'static [&'static str] {
        match self {
            Self::Symmetric => &[
                "kms:Encrypt",
                "kms:Decrypt",
                "kms:ReEncrypt*",
                "kms:GenerateDataKey*",
                "kms:DescribeKey",
            ],
            Self::Encrypt => &[
                "kms:Encrypt",
                "kms:Decrypt",
                "kms:ReEncrypt*",
                "kms:DescribeKey",
                "kms:GetPublicKey",
            ],
            Self::Sign => &[
                "kms:DescribeKey",
                "kms:GetPublicKey",
                "kms:Sign",
                "kms:Verify",
            ],
            Self::Mac => &["kms:DescribeKey", "kms:GenerateMac", "kms:VerifyMac"],
            Self::Agree => &[
                "kms:DescribeKey",
                "kms:GetPublicKey",
                "kms:DeriveSharedSecret",
            ],
        }
    }
}

/// What administrators may always do.
pub(crate) const ADMINISTER: &[&str] = &[
    "kms:Create*",
    "kms:Describe*",
    "kms:Enable*",
    "kms:List*",
    "kms:Put*",
    "kms:Update*",
    "kms:Revoke*",
    "kms:Disable*",
    "kms:Get*",
    "kms:Delete*",
    "kms:TagResource",
    "kms:UntagResource",
];

/// What administrators of keys in several regions may do besides.
pub(crate) const REPLICATE: &str = "kms:ReplicateKey";

/// What administrators of keys with material of one's own may do besides.
pub(crate) const IMPORT: &str = "kms:ImportKeyMaterial";

/// What administrators of symmetric keys may do besides.
pub(crate) const ROTATE: &str = "kms:RotateKeyOnDemand";

/// Deleting the key, and changing one's mind.
pub(crate) const DELETE: &[&str] = &["kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion"];

/// Letting resources of AWS use the key for somebody.
pub(crate) const GRANT: &[&str] = &["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"];

/// Whether an action or pattern of a policy only administers, as far as its name tells.
pub(crate) fn administers(action: &str) -> bool {
    let rare = [REPLICATE, IMPORT, ROTATE, "kms:SynchronizeMultiRegionKey"];
    ADMINISTER.contains(&action)
        || DELETE.contains(&action)
        || rare.contains(&action)
        || [
            "kms:Put",
            "kms:Create",
            "kms:Enable",
            "kms:Disable",
            "kms:Update",
            "kms:Revoke",
            "kms:Delete",
            "kms:Describe",
            "kms:List",
            "kms:GetKey",
            "kms:GetParametersForImport",
        ]
        .iter()
        .any(|prefix| action.starts_with(prefix) && !action.ends_with("Grant"))
}

/// Whether an action or pattern of a policy only uses the key.
pub(crate) fn uses(action: &str) -> bool {
    let rare = [
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:GenerateDataKeyPair",
        "kms:GenerateDataKeyPairWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
    ];
    KeyUse::ALL
        .iter()
        .any(|kind| kind.actions().contains(&action))
        || rare.contains(&action)
}
