//! `provider.apiGateway` and `provider.httpApi`.

use super::reader::{At, Reader};
use crate::document::Content;
use crate::types::{ApiGateway, HttpApi, HttpApiCors};

pub(super) fn gateway(reader: &mut Reader, at: Option<At<'_>>) -> ApiGateway {
    let Some(at) = at else {
        return ApiGateway::default();
    };
    ApiGateway {
        description: reader.text(at.get("description")),
        binary_media_types: reader.texts(at.get("binaryMediaTypes")),
        minimum_compression_size: reader.whole(at.get("minimumCompressionSize")),
        should_start_name_with_service: reader
            .truth(at.get("shouldStartNameWithService"))
            .unwrap_or_default(),
        disable_default_endpoint: reader.truth(at.get("disableDefaultEndpoint")),
        metrics: reader.truth(at.get("metrics")),
        stage: reader.text(at.get("stage")),
        api_key_source_type: reader
            .text(at.get("apiKeySourceType"))
            .map(|text| text.to_uppercase()),
    }
}

pub(super) fn http_api(reader: &mut Reader, at: Option<At<'_>>) -> HttpApi {
    let Some(at) = at else {
        return HttpApi::default();
    };
    HttpApi {
        name: reader.text(at.get("name")),
        payload: reader.text(at.get("payload")),
        cors: cors(reader, at.get("cors")),
        metrics: reader.truth(at.get("metrics")),
        disable_default_endpoint: reader.truth(at.get("disableDefaultEndpoint")),
        use_provider_tags: reader.truth(at.get("useProviderTags")).unwrap_or_default(),
    }
}

fn cors(reader: &mut Reader, at: Option<At<'_>>) -> Option<HttpApiCors> {
    let at = at?;
    match &at.node.content {
        Content::Bool(allowed) => allowed.then_some(HttpApiCors::Defaults),
        Content::Mapping(_) => Some(HttpApiCors::Rules {
            allowed_origins: reader.texts_if(at.get("allowedOrigins")),
            allowed_headers: reader.texts_if(at.get("allowedHeaders")),
            allowed_methods: reader.texts_if(at.get("allowedMethods")),
            allow_credentials: reader.truth(at.get("allowCredentials")),
            exposed_response_headers: reader.texts_if(at.get("exposedResponseHeaders")),
            max_age: reader.whole(at.get("maxAge")),
        }),
        _ => {
            reader.refuse(&at, "true, false or a mapping");
            None
        }
    }
}
