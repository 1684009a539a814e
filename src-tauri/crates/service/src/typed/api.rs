//! `provider.httpApi`.

use super::reader::{At, Reader};
use crate::document::Content;
use crate::types::{HttpApi, HttpApiCors};

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
