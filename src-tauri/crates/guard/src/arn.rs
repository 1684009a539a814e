//! The six parts of an ARN.

/// An ARN, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov`, ...
    pub partition: &'a str,
    /// The service.
    pub service: &'a str,
    /// The region, empty where a service has none.
    pub region: &'a str,
    /// The account's number, empty where a resource's name is the world's.
    pub account: &'a str,
    /// The rest.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Takes an ARN apart; nothing when it is none.
    pub fn of(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let begins = parts.next()? == "arn";
        let made = Self {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        };
        (begins && !made.resource.is_empty()).then_some(made)
    }

    /// The last part of a name with folders: `Ana` of `user/staff/Ana`.
    pub fn name(&self) -> &'a str {
        self.resource.rsplit('/').next().unwrap_or(self.resource)
    }
}

/// Whether this is the number of an account.
pub(crate) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The ending of a partition's service addresses.
pub fn domain(partition: &str) -> &'static str {
    match partition {
        "aws-cn" => "amazonaws.com.cn",
        "aws-iso" => "c2s.ic.gov",
        "aws-iso-b" => "sc2s.sgov.gov",
        "aws-iso-e" => "cloud.adc-e.uk",
        "aws-iso-f" => "csp.hci.ic.gov",
        "aws-eusc" => "amazonaws.eu",
        _ => "amazonaws.com",
    }
}
