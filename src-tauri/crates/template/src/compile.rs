//! The road from a service to its templates, and the ids that need the finished template.
//!
//! `ApiGatewayDeployment<hash>` is made last, because what the user lays over the generated resources belongs to
//! the API too. The hash is over:
//!
//! - every resource of the REST API's kind (methods, resources, models, authorizers, responses, ...), generated or
//!   the user's;
//! - whatever these refer to, however far: when such a resource changes, its physical id can change with it;
//! - of functions only their name, for their address depends on nothing else, and a new release of their code must
//!   not touch the API;
//! - the template's conditions, mappings and parameters.

use pilothouse_model::{Diagnostics, Template};
use pilothouse_service::Service;

use crate::draft::Draft;
use crate::{
    CompileInputs, alb, alexa, bucket, cloud_front, cloudwatch_event, cloudwatch_log, cognito,
    event_bridge, event_sources, functions, http, http_api, iot, layers, plugins, resources, s3,
    schedule, sns, websocket,
};

/// The templates of a service.
#[derive(Debug, Clone, PartialEq)]
pub struct Templates {
    /// What a new stack is created with: the deployment bucket alone, for the releases must lie somewhere first.
    /// None when the user names a bucket that exists: then [`Templates::update`] creates the stack.
    pub create: Option<Template>,
    /// The whole stack.
    pub update: Template,
    /// Whether the stack has custom resources: then [`CUSTOM_RESOURCES_ARCHIVE`] belongs to the release.
    ///
    /// [`CUSTOM_RESOURCES_ARCHIVE`]: crate::naming::CUSTOM_RESOURCES_ARCHIVE
    pub has_custom_resources: bool,
    /// What the user should know although the templates could be made.
    pub warnings: Diagnostics,
}

/// Makes the templates of a service.
///
/// # Errors
/// All problems at once, when the service cannot be said in CloudFormation.
pub fn compile(service: &Service, inputs: &CompileInputs) -> Result<Templates, Diagnostics> {
    let mut draft = Draft::new(service, inputs);
    bucket::add(&mut draft);
    let has_bucket = service.provider.deployment_bucket.name.is_some();
    let create = (!has_bucket).then(|| draft.template.clone());

    layers::add(&mut draft);
    functions::add(&mut draft);
    let methods = http::add(&mut draft);
    let routes = websocket::add(&mut draft);
    http_api::add(&mut draft);
    schedule::add(&mut draft);
    s3::add(&mut draft);
    sns::add(&mut draft);
    event_sources::add(&mut draft);
    cognito::add(&mut draft);
    event_bridge::add(&mut draft);
    cloudwatch_event::add(&mut draft);
    cloudwatch_log::add(&mut draft);
    iot::add(&mut draft);
    alexa::add(&mut draft);
    alb::add(&mut draft);
    cloud_front::add(&mut draft);
    plugins::add(&mut draft);
    resources::export_outputs(&mut draft);
    resources::lay_over(&mut draft);
    if !methods.is_empty() {
        http::deployment::add(&mut draft, methods);
    }
    if !routes.is_empty() {
        websocket::deploy(&mut draft, routes);
    }
    resources::strip_null_properties(&mut draft);

    if draft.found.has_errors() {
        return Err(draft.found);
    }
    Ok(Templates {
        create,
        update: draft.template,
        has_custom_resources: draft.has_custom_resources,
        warnings: draft.found,
    })
}
