//! What requests must be: the validator of the API, and the models of bodies.

use pilothouse_model::Code;
use pilothouse_service::types::{BodySchema, Model};
use serde_json::{Map, Value};

use super::Endpoint;
use super::api::Api;
use crate::draft::{Draft, Resource};
use crate::intrinsics::reference;
use crate::naming;

/// What a method says of the requests it takes.
#[derive(Debug, Default)]
pub(super) struct Validation {
    pub(super) validator: Option<Value>,
    /// Models by content type.
    pub(super) models: Option<Map<String, Value>>,
}

/// Adds what an endpoint's requests are held against.
pub(super) fn add(draft: &mut Draft<'_>, api: &Api<'_>, endpoint: &Endpoint<'_>) -> Validation {
    let request = &endpoint.event.request;
    let required = request.parameters.values().any(|rule| rule.required);
    if !required && request.schemas.is_empty() {
        return Validation::default();
    }
    let models: Map<String, Value> = request
        .schemas
        .iter()
        .map(|(content_type, schema)| {
            let id = model(draft, api, endpoint, content_type, schema);
            (content_type.clone(), reference(&id))
        })
        .collect();
    Validation {
        validator: Some(reference(&add_validator(draft, api))),
        models: (!models.is_empty()).then_some(models),
    }
}

/// The model of a body; its id.
fn model(
    draft: &mut Draft<'_>,
    api: &Api<'_>,
    endpoint: &Endpoint<'_>,
    content_type: &str,
    schema: &BodySchema,
) -> String {
    let (path, method) = (&endpoint.event.path, &endpoint.event.method);
    let own = naming::method_model_id(path, method, content_type);
    match schema {
        BodySchema::Inline(model) => {
            draft.put(own.clone(), resource(api, model, content_type));
            own
        }
        BodySchema::Text(text) => {
            let shared = &draft.service.provider.api_gateway.schemas;
            if let Some(model) = shared.get(text) {
                let id = naming::model_id(text);
                // Without an empty name or description, which a model of a method keeps.
                let said = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
                let model = Model {
                    name: said(&model.name),
                    description: said(&model.description),
                    ..model.clone()
                };
                // One model for all content types that name it.
                draft.put(id.clone(), resource(api, &model, "application/json"));
                return id;
            }
            if serde_json::from_str::<Map<String, Value>>(text).is_err() {
                draft.warn(
                    Code::ConfigConflict,
                    &format!("{}.request.schemas.{content_type}", endpoint.at),
                    format!("`{text}` is neither one of `provider.apiGateway.request.schemas` nor a JSON schema"),
                    "Add it there, or write the schema here",
                );
            }
            let model = Model {
                schema: text.clone().into(),
                ..Model::default()
            };
            draft.put(own.clone(), resource(api, &model, content_type));
            own
        }
    }
}

fn resource(api: &Api<'_>, model: &Model, content_type: &str) -> Resource {
    Resource::new("AWS::ApiGateway::Model")
        .with("RestApiId", api.id.clone())
        .with("ContentType", content_type)
        .with("Schema", model.schema.clone())
        .with_some("Name", model.name.as_deref())
        .with_some("Description", model.description.as_deref())
}

fn add_validator(draft: &mut Draft<'_>, api: &Api<'_>) -> String {
    let id = naming::validator_id(draft.service);
    let prefix = naming::canonical_prefix(draft.service);
    let validator = Resource::new("AWS::ApiGateway::RequestValidator")
        .with("RestApiId", api.id.clone())
        .with("ValidateRequestBody", true)
        .with("ValidateRequestParameters", true)
        .with(
            "Name",
            format!("{prefix} | Validate request body and querystring parameters"),
        );
    draft.put(id.clone(), validator);
    id
}
