//! `http.request`: what requests must have, and how they are handed on.

use indexmap::IndexMap;

use super::super::api_gateway::model;
use super::super::reader::{At, Reader};
use crate::document::Content;
use crate::types::{BodySchema, HttpRequest, Integration, RequestParameter};

/// The keys that proxy integrations know.
const OF_PROXIES: [&str; 3] = ["parameters", "schemas", "uri"];

pub(super) fn read(reader: &mut Reader, event: &At<'_>, integration: Integration) -> HttpRequest {
    let at = event.get("request");
    let uri = at.as_ref().and_then(|at| at.get("uri"));
    if integration.is_http() && uri.is_none() {
        reader.conflict(
            &event.get("integration").unwrap_or_else(|| event.clone()),
            format!(
                "`{}` sends requests to an address, but `request.uri` is missing",
                event.join("integration")
            ),
            "Write it: `request: {uri: 'https://example.com/{proxy}'}`",
        );
    }
    let Some(at) = at else {
        return HttpRequest::default();
    };
    warn_of_unused(reader, &at, integration);
    let of_mapped = |name: &str| integration.is_mapped().then(|| at.get(name)).flatten();
    HttpRequest {
        template: templates(reader, of_mapped("template")),
        pass_through: reader.text(of_mapped("passThrough")),
        content_handling: reader.text(of_mapped("contentHandling")),
        parameters: parameters(reader, at.get("parameters")),
        schemas: schemas(reader, at.get("schemas")),
        uri: if integration.is_http() {
            reader.text_or_function(uri)
        } else {
            None
        },
        method: if integration == Integration::Http {
            reader.text(at.get("method"))
        } else {
            None
        },
    }
}

/// Serverless leaves out what a proxy integration does not know.
fn warn_of_unused(reader: &mut Reader, at: &At<'_>, integration: Integration) {
    if integration.is_mapped() {
        return;
    }
    let names = at.node.as_mapping().into_iter().flatten();
    let unused: Vec<&String> = names
        .filter(|(name, entry)| {
            let known = OF_PROXIES.contains(&name.as_str())
                && (name.as_str() != "uri" || integration == Integration::HttpProxy);
            !known && !entry.node.is_null()
        })
        .map(|(name, _)| name)
        .collect();
    for name in unused {
        if let Some(value) = at.get(name) {
            let message = format!(
                "`{}` has no effect: a proxy integration hands requests on as they are",
                value.path
            );
            reader.warn(&value, message, "Remove it, or write `integration: lambda`");
        }
    }
}

/// Templates by content type; null takes a default one away.
fn templates(reader: &mut Reader, at: Option<At<'_>>) -> IndexMap<String, Option<String>> {
    let entries = reader.entries(at);
    entries
        .into_iter()
        .filter_map(|(content_type, at)| {
            if at.node.is_null() {
                return Some((content_type, None));
            }
            let text = reader.text(Some(at))?;
            Some((content_type, Some(text)))
        })
        .collect()
}

fn parameters(reader: &mut Reader, at: Option<At<'_>>) -> IndexMap<String, RequestParameter> {
    let mut read = IndexMap::new();
    let Some(at) = at else { return read };
    for (group, place) in [
        ("querystrings", "querystring"),
        ("paths", "path"),
        ("headers", "header"),
    ] {
        for (name, at) in reader.entries(at.get(group)) {
            let parameter = match &at.node.content {
                Content::Bool(required) => RequestParameter {
                    required: *required,
                    mapped_value: None,
                },
                Content::Mapping(_) => RequestParameter {
                    // One that is described is wanted, unless it says otherwise.
                    required: reader.truth(at.get("required")).unwrap_or(true),
                    mapped_value: reader.text_or_function(at.get("mappedValue")),
                },
                Content::Null => continue,
                _ => {
                    reader.refuse(&at, "true, false or a mapping");
                    continue;
                }
            };
            read.insert(format!("method.request.{place}.{name}"), parameter);
        }
    }
    read
}

fn schemas(reader: &mut Reader, at: Option<At<'_>>) -> IndexMap<String, BodySchema> {
    let entries = reader.entries(at);
    entries
        .into_iter()
        .filter(|(_, at)| !at.node.is_null())
        .filter_map(|(content_type, at)| {
            let schema = if at.node.as_mapping().is_some() {
                BodySchema::Inline(model(reader, &at))
            } else {
                BodySchema::Text(reader.text(Some(at))?)
            };
            Some((content_type, schema))
        })
        .collect()
}
