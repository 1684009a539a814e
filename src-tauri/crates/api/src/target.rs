//! Which cloud a use case acts on, and the way there.

use std::sync::Arc;

use pilothouse_effects::{Cloud, Target};
use pilothouse_model::{PlannedTarget, Progress};
use pilothouse_service::Service;

use crate::asking::Asked;
use crate::sandbox::{self, Endpoint};
use crate::{ApiError, Host};

/// Something that happens while a use case runs.
#[derive(Debug, Clone)]
pub enum Happening {
    /// To the sandbox.
    Sandbox(sandbox::Event),
    /// To the packages of Python.
    Python(crate::python::Event),
    /// To the code that is bundled.
    Bundling(crate::bundles::Event),
    /// To the stack and what belongs to it.
    Stack(Progress),
    /// To parameters.
    Secrets(pilothouse_secrets::Progress),
    /// AWS was asked for values of the configuration.
    Asked(Arc<Vec<Asked>>),
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

/// The target that is meant: an account without a chosen profile is that of the service's `provider.profile`,
/// as the peer has it. Acting with the default credentials instead could reach another account.
pub fn of_service(target: &PlannedTarget, service: &Service) -> PlannedTarget {
    match target {
        PlannedTarget::Account { profile: None } => PlannedTarget::Account {
            profile: service.provider.profile.clone(),
        },
        chosen => chosen.clone(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn account(profile: Option<&str>) -> PlannedTarget {
        PlannedTarget::Account {
            profile: profile.map(str::to_owned),
        }
    }

    #[test]
    fn the_services_profile_stands_in_only_where_none_was_chosen() {
        let mut service = Service::default();
        service.provider.profile = Some("production".into());
        assert_eq!(
            of_service(&account(None), &service),
            account(Some("production"))
        );
        assert_eq!(
            of_service(&account(Some("me")), &service),
            account(Some("me"))
        );
        assert_eq!(
            of_service(&PlannedTarget::Sandbox, &service),
            PlannedTarget::Sandbox
        );
        service.provider.profile = None;
        assert_eq!(of_service(&account(None), &service), account(None));
    }
}
