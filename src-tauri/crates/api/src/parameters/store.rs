//! The Parameter Store of one place: reached, with who acts there.

use std::sync::Arc;

use pilothouse_effects::Principal;
use pilothouse_model::{Code, PlannedTarget, Verb};
use pilothouse_secrets::{DigestKey, Means, Purpose, Session};

use crate::target::{Happening, Reached, Watch, reach};
use crate::{ApiError, Cancel, Host, Kind, cloud_error, profiles};

/// The Region where neither request, environment nor profile name one.
const USUAL_REGION: &str = "us-east-1";
/// Where the key of the digests lies in the data folder.
const KEY_FILE: &str = "secrets/digest.key";

/// Which Parameter Store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreRequest {
    /// The sandbox, or an account.
    pub target: PlannedTarget,
    /// The Region; that of the profile when absent.
    pub region: Option<String>,
}

/// A Parameter Store that was reached.
pub struct Store {
    pub(super) means: Means,
    pub(super) principal: Principal,
    pub(super) request: StoreRequest,
    pub(super) region: String,
    _reached: Reached,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Store")
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}

/// Reaches a Parameter Store and asks who acts there. The sandbox is brought up when it is not.
///
/// # Errors
/// When it cannot be reached.
pub async fn open(
    host: &Host,
    request: &StoreRequest,
    watch: &Watch,
    cancel: &Cancel,
) -> Result<Store, ApiError> {
    let region = region(host, request);
    let reached = reach(host, &request.target, &region, "secrets", watch).await?;
    let principal = reached.cloud.identity.whoami().await?;
    let (watch, cancel) = (Arc::clone(watch), cancel.clone());
    let means = Means {
        parameters: Arc::clone(&reached.cloud.parameters),
        changes: Arc::clone(&reached.cloud.parameter_changes),
        clock: Arc::clone(&host.clock),
        entropy: Arc::clone(&host.entropy),
        journal: Arc::clone(&host.journal),
        tell: Arc::new(move |progress| watch(Happening::Secrets(progress))),
        stop: Arc::new(move || cancel.is_requested()),
        region: region.clone(),
    };
    Ok(Store {
        means,
        principal,
        request: request.clone(),
        region,
        _reached: reached,
    })
}

/// The Region that is meant.
fn region(host: &Host, request: &StoreRequest) -> String {
    if let Some(region) = &request.region {
        return region.clone();
    }
    let PlannedTarget::Account { profile } = &request.target else {
        return USUAL_REGION.to_owned();
    };
    let of_environment = ["AWS_REGION", "AWS_DEFAULT_REGION"]
        .iter()
        .find_map(|name| {
            host.environment
                .variable(name)
                .filter(|value| !value.is_empty())
        });
    let of_profile = || profiles::region(host, profile.as_deref().unwrap_or("default"));
    // A profile that is named says where, whatever the environment has.
    let region = match profile {
        Some(_) => of_profile().or(of_environment),
        None => of_environment.or_else(of_profile),
    };
    region.unwrap_or_else(|| USUAL_REGION.to_owned())
}

impl Store {
    /// The account's digits; `sandbox` for the local AWS.
    pub fn account(&self) -> &str {
        match self.request.target {
            PlannedTarget::Sandbox => "sandbox",
            PlannedTarget::Account { .. } => &self.principal.account,
        }
    }

    /// The Region.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Who acts, as an ARN.
    pub fn principal(&self) -> &str {
        &self.principal.arn
    }

    /// An operation on `subject`, whose command is `secrets VERB WORDS`.
    pub(super) fn session(
        &self,
        verb: Verb,
        subject: String,
        words: &[&str],
    ) -> Result<Session, ApiError> {
        let purpose = Purpose {
            verb,
            subject,
            command: self.command(words),
            sandbox: self.request.target == PlannedTarget::Sandbox,
        };
        Session::new(self.means.clone(), purpose, &self.principal)
            .map_err(|problem| self.told(problem, None))
    }

    /// The command that does the same, without any value.
    pub(super) fn command(&self, words: &[&str]) -> Vec<String> {
        let mut command = vec!["pilothouse".to_owned(), "secrets".to_owned()];
        command.extend(words.iter().map(|word| (*word).to_owned()));
        command.extend(["--region".to_owned(), self.region.clone()]);
        match &self.request.target {
            PlannedTarget::Sandbox => command.push("--sandbox".to_owned()),
            PlannedTarget::Account {
                profile: Some(profile),
            } => {
                command.extend(["--profile".to_owned(), profile.clone()]);
            }
            PlannedTarget::Account { profile: None } => {}
        }
        command
    }

    /// The ARN of a parameter.
    pub(super) fn arn(&self, name: &str) -> String {
        let (partition, _) = partition(&self.region);
        let slash = if name.starts_with('/') { "" } else { "/" };
        let account = &self.principal.account;
        format!(
            "arn:{partition}:ssm:{}:{account}:parameter{slash}{name}",
            self.region
        )
    }
}

/// The partition of a Region and the ending of its services' names.
pub(super) fn partition(region: &str) -> (&'static str, &'static str) {
    if region.starts_with("cn-") {
        ("aws-cn", "amazonaws.com.cn")
    } else if region.starts_with("us-gov-") {
        ("aws-us-gov", "amazonaws.com")
    } else {
        ("aws", "amazonaws.com")
    }
}

/// The key that digests of values are made with: of this computer alone, made when it is first needed.
pub(super) fn digest_key(host: &Host) -> Result<DigestKey, ApiError> {
    let read = host.data.read(KEY_FILE, 0);
    let read = read.map_err(|problem| cloud_error::of_folder(&problem))?;
    if let Some(key) = read.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()) {
        return Ok(DigestKey::new(key));
    }
    let token = || {
        host.entropy.token().map_err(|problem| {
            let title = "this computer gives no random numbers";
            ApiError::new(Code::Internal, Kind::Internal, title).detail(problem.to_string())
        })
    };
    let digits = format!("{}{}", token()?, token()?);
    let mut key = [0; 32];
    for (byte, pair) in key.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).unwrap_or_default();
        *byte = u8::from_str_radix(pair, 16).unwrap_or_default();
    }
    let folder = host.data.folder("secrets");
    folder.map_err(|problem| cloud_error::of_folder(&problem))?;
    let written = host.data.write(KEY_FILE, &key);
    written.map_err(|problem| cloud_error::of_folder(&problem))?;
    Ok(DigestKey::new(key))
}
