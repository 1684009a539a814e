//! Which cloud a use case acts on, and the way there.

use std::sync::Arc;

use pilothouse_effects::{Cloud, Target};
use pilothouse_model::{PlannedTarget, Progress};

use crate::sandbox::{self, Endpoint};
use crate::{ApiError, Host};

/// Something that happens while a use case runs.
#[derive(Debug, Clone)]
pub enum Happening {
    /// To the sandbox.
    Sandbox(sandbox::Event),
    /// To the stack and what belongs to it.
    Stack(Progress),
}

/// Takes what happens.
pub type Watch = Arc<dyn Fn(Happening) + Send + Sync>;

/// A cloud that was reached.
#[derive(Debug)]
pub struct Reached {
    /// Its services.
    pub cloud: Cloud,
    /// Keeps the sandbox up while it is held.
    _sandbox: Option<Endpoint>,
}

/// Reaches a cloud; the sandbox is brought up when it is not. `holder` is what others see who uses it.
///
/// # Errors
/// When the sandbox cannot be brought up.
pub async fn reach(
    host: &Host,
    target: &PlannedTarget,
    region: &str,
    holder: &str,
    watch: &Watch,
) -> Result<Reached, ApiError> {
    let (target, endpoint) = match target {
        PlannedTarget::Account { profile } => {
            let target = Target::Account {
                profile: profile.clone(),
                region: region.to_owned(),
            };
            (target, None)
        }
        PlannedTarget::Sandbox => {
            let tell = |event| watch(Happening::Sandbox(event));
            let endpoint = sandbox::ensure(host, holder, &tell).await?;
            let target = Target::Sandbox {
                endpoint: endpoint.url.clone(),
                region: region.to_owned(),
            };
            (target, Some(endpoint))
        }
    };
    Ok(Reached {
        cloud: host.clouds.connect(&target).await,
        _sandbox: endpoint,
    })
}
