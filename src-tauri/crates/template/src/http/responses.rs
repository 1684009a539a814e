//! The answers of integrations that are no proxies: which error makes which status, with which headers and template.

use indexmap::IndexMap;
use pilothouse_model::Code;
use pilothouse_service::types::{
    Cors, HttpEvent, HttpResponse, Integration, ResponseTemplate, StatusCode,
};
use serde_json::{Map, Value, json};

use super::Endpoint;
use crate::draft::Draft;

/// The statuses when the user names none, with what the function's error must match.
const DEFAULT_PATTERNS: &[(&str, &str)] = &[
    ("200", ""),
    ("400", r"[\s\S]*\[400\][\s\S]*"),
    ("401", r"[\s\S]*\[401\][\s\S]*"),
    ("403", r"[\s\S]*\[403\][\s\S]*"),
    ("404", r"[\s\S]*\[404\][\s\S]*"),
    ("422", r"[\s\S]*\[422\][\s\S]*"),
    (
        "500",
        r"[\s\S]*(Process\s?exited\s?before\s?completing\s?request|\[500\])[\s\S]*",
    ),
    ("502", r"[\s\S]*\[502\][\s\S]*"),
    (
        "504",
        r"([\s\S]*\[504\][\s\S]*)|(.*Task timed out after \d+\.\d+ seconds$)",
    ),
];

/// The `MethodResponses` property: which statuses and headers a method may answer with.
pub(super) fn of_method(event: &HttpEvent) -> Value {
    if !event.integration.is_mapped() {
        return json!([]);
    }
    let common = common_headers(event);
    status_codes(event)
        .iter()
        .map(|(status, rule)| {
            let names = common.keys().chain(rule.headers.keys());
            let headers: Map<String, Value> =
                names.map(|name| (on_method(name), true.into())).collect();
            json!({ "ResponseParameters": headers, "ResponseModels": {}, "StatusCode": status })
        })
        .collect()
}

/// The `IntegrationResponses` property: when to answer with which status, and what.
pub(super) fn of_integration(event: &HttpEvent) -> Value {
    let common = common_headers(event);
    let response = event.response.as_ref();
    status_codes(event)
        .iter()
        .map(|(status, rule)| {
            let headers: Map<String, Value> = common
                .iter()
                .chain(&rule.headers)
                .map(|(name, value)| (on_method(name), value.clone().into()))
                .collect();
            let mut answer = json!({
                "StatusCode": status,
                "SelectionPattern": rule.pattern.as_deref().unwrap_or(""),
                "ResponseParameters": headers,
                "ResponseTemplates": templates(response, rule)
            });
            let handling = response.and_then(|r| r.content_handling.as_ref());
            if let (Some(handling), Some(answer), true) =
                (handling, answer.as_object_mut(), status.starts_with('2'))
            {
                answer.insert("ContentHandling".into(), handling.clone().into());
            }
            answer
        })
        .collect()
}

fn on_method(header: &str) -> String {
    format!("method.response.header.{header}")
}

/// Headers of every status: those of CORS, then the user's.
fn common_headers(event: &HttpEvent) -> IndexMap<String, String> {
    let mut headers = IndexMap::new();
    if let Some(cors) = &event.cors {
        headers.insert("Access-Control-Allow-Origin".into(), origin(cors));
        if cors.allow_credentials {
            headers.insert("Access-Control-Allow-Credentials".into(), "true".into());
        }
    }
    if let Some(response) = &event.response {
        headers.extend(response.headers.clone());
    }
    headers
}

fn origin(cors: &Cors) -> String {
    if cors.origins.is_empty() {
        format!("'{}'", cors.origin.as_deref().unwrap_or("*"))
    } else {
        format!("'{}'", cors.origins.join(","))
    }
}

fn templates(response: Option<&HttpResponse>, rule: &StatusCode) -> Map<String, Value> {
    let common = response.and_then(|response| response.template.as_ref());
    let mut templates = Map::new();
    for template in common.into_iter().chain(&rule.template) {
        match template {
            // An empty one says nothing.
            ResponseTemplate::One(text) if text.is_empty() => {}
            ResponseTemplate::One(text) => {
                templates.insert("application/json".into(), text.clone().into());
            }
            ResponseTemplate::ByType(by_type) => templates.extend(
                by_type
                    .iter()
                    .map(|(content_type, text)| (content_type.clone(), text.clone().into())),
            ),
        }
    }
    templates
}

/// The user's statuses, or the default ones, in the order that JavaScript walks them: numbers first, ascending.
///
/// One status must answer what went well, by an empty pattern; where the user's have none, 200 is made that one. A
/// mock has those alone that are written.
fn status_codes(event: &HttpEvent) -> Vec<(String, StatusCode)> {
    let mocked = event.integration == Integration::Mock;
    let mut codes = match &event.response {
        Some(response) if !response.status_codes.is_empty() => response.status_codes.clone(),
        None if mocked => IndexMap::new(),
        _ => DEFAULT_PATTERNS
            .iter()
            .map(|(status, pattern)| ((*status).to_owned(), matching(pattern)))
            .collect(),
    };
    if !mocked && !codes.values().any(is_for_success) {
        codes.insert("200".into(), matching(""));
    }
    let mut ordered: Vec<_> = codes.into_iter().collect();
    ordered.sort_by_key(|(status, _)| status.parse::<u32>().unwrap_or(u32::MAX));
    ordered
}

fn matching(pattern: &str) -> StatusCode {
    StatusCode {
        pattern: Some(pattern.to_owned()),
        ..StatusCode::default()
    }
}

fn is_for_success(rule: &StatusCode) -> bool {
    rule.pattern.as_deref() == Some("")
}

/// Serverless drops a 200 that has no pattern when no other status has the empty one; its template is then not
/// used. The same is done here, for the answers of an existing API must not change, but not without a word.
pub(super) fn warn_of_unused(draft: &mut Draft<'_>, endpoint: &Endpoint<'_>) {
    let codes = endpoint.event.response.as_ref().map(|r| &r.status_codes);
    let asks = [Integration::Lambda, Integration::Http].contains(&endpoint.event.integration);
    let (Some(codes), true) = (codes, asks) else {
        return;
    };
    let unused = codes
        .get("200")
        .is_some_and(|rule| rule.template.is_some() || !rule.headers.is_empty());
    if unused && !codes.values().any(is_for_success) {
        draft.warn(
            Code::ConfigConflict,
            &format!("{}.response.statusCodes.200", endpoint.at),
            "the template and headers of status 200 are not used, because it has no `pattern`"
                .to_owned(),
            "Write `pattern: ''` with it",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_template_is_none() {
        let response = HttpResponse {
            template: Some(ResponseTemplate::One(String::new())),
            ..HttpResponse::default()
        };
        assert!(templates(Some(&response), &StatusCode::default()).is_empty());
    }
}
