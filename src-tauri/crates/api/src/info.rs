//! `info`: what stands, and where it answers.

use indexmap::IndexMap;
use pilothouse_effects::{Cloud, Stack};
pub use pilothouse_effects::{Principal, StackResource};
use pilothouse_model::{Code, PlannedTarget};
use pilothouse_service::Service;
use pilothouse_template::naming;
use serde_json::{Value, json};

use crate::asking::{Road, with_answers};
use crate::deploy::DeployRequest;
use crate::endpoints::{Endpoint, addresses, endpoints};
use crate::project::ProjectRequest;
use crate::target::{Reached, Watch, of_service, reach};
use crate::{ApiError, Host, Kind, project};

/// A service as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// The service's name.
    pub service: String,
    /// The stage.
    pub stage: String,
    /// The Region.
    pub region: String,
    /// The stack's name.
    pub stack: String,
    /// Its state, in CloudFormation's word.
    pub status: String,
    /// Why it is in that state, when CloudFormation says so.
    pub reason: Option<String>,
    /// Its resources.
    pub resources: Vec<StackResource>,
    /// As whom it was asked.
    pub principal: Principal,
    /// Where it answers.
    pub endpoints: Vec<Endpoint>,
    /// Its functions: key and name at AWS.
    pub functions: IndexMap<String, String>,
    /// The stack's outputs.
    pub outputs: IndexMap<String, String>,
}

impl Info {
    /// The value that `--json` prints.
    pub fn to_value(&self) -> Value {
        json!({
            "service": self.service, "stage": self.stage, "region": self.region,
            "stack": self.stack, "status": self.status, "resources": self.resources.len(),
            "endpoints": self.endpoints.iter().map(Endpoint::to_value).collect::<Value>(),
            "addresses": addresses(&self.outputs),
            "functions": self.functions, "outputs": self.outputs,
        })
    }
}

/// A service of a project, and the cloud it stands in.
pub(crate) struct Found {
    pub(crate) service: Service,
    pub(crate) reached: Reached,
}

impl Found {
    pub(crate) fn cloud(&self) -> &Cloud {
        &self.reached.cloud
    }

    /// The name at AWS of a function, by its key in the service.
    pub(crate) fn function(&self, key: &str) -> Result<String, ApiError> {
        if self.service.functions.contains_key(key) {
            return Ok(naming::function_name(&self.service, key));
        }
        let known: Vec<&str> = self.service.functions.keys().map(String::as_str).collect();
        Err(ApiError::new(
            Code::FunctionMissing,
            Kind::User,
            format!("the service has no function `{key}`"),
        )
        .hint(format!("It has: {}", known.join(", "))))
    }
}

/// Opens a project and reaches its cloud.
pub(crate) async fn find(
    host: &Host,
    request: &DeployRequest,
    verb: &str,
    watch: &Watch,
) -> Result<Found, ApiError> {
    let open = |asked: &ProjectRequest| project::open(host, asked);
    let (project, road) = (&request.project, Road::Acting(verb));
    let (opened, _) = with_answers(host, project, &request.target, road, watch, open).await?;
    let service = opened.loaded.service;
    let holder = format!("{verb} {}", naming::stack_name(&service));
    let target = of_service(&request.target, &service);
    let reached = reach(host, &target, &service.region, &holder, watch).await?;
    Ok(Found { service, reached })
}

/// What stands.
///
/// # Errors
/// When the project is wrong, the cloud is not reached, or there is no stack.
pub async fn info(host: &Host, request: &DeployRequest, watch: &Watch) -> Result<Info, ApiError> {
    let found = find(host, request, "info", watch).await?;
    let service = &found.service;
    let stack = stack_of(&found).await?;
    let resources = found.cloud().stacks.resources(&stack.id).await?;
    let functions = service.functions.keys();
    Ok(Info {
        service: service.name.clone(),
        stage: service.stage.clone(),
        region: service.region.clone(),
        endpoints: endpoints(service, &stack.outputs, &found.cloud().target),
        functions: functions
            .map(|key| (key.clone(), naming::function_name(service, key)))
            .collect(),
        stack: stack.name,
        status: stack.status,
        resources,
        reason: stack.reason,
        principal: found.cloud().identity.whoami().await?,
        outputs: stack.outputs,
    })
}

/// Who we are in a cloud.
///
/// # Errors
/// When it is not reached, or the credentials are not accepted.
pub async fn whoami(
    host: &Host,
    target: &PlannedTarget,
    region: &str,
    watch: &Watch,
) -> Result<Principal, ApiError> {
    let reached = reach(host, target, region, "whoami", watch).await?;
    Ok(reached.cloud.identity.whoami().await?)
}

pub(crate) async fn stack_of(found: &Found) -> Result<Stack, ApiError> {
    let name = naming::stack_name(&found.service);
    let stack = found.cloud().stacks.describe(&name).await?;
    stack.ok_or_else(|| {
        ApiError::new(
            Code::StackMissing,
            Kind::Precondition,
            format!(
                "the stack {name} does not exist in {}",
                found.service.region
            ),
        )
        .hint("Deploy it first: pilothouse deploy")
    })
}
