//! The templates that make the function's event out of a request, for `integration: lambda`.
//!
//! Their text is what handlers of existing services were written against, to the blank: it lies in `src/vtl`.

use pilothouse_service::types::HttpEvent;
use serde_json::{Map, Value};

const EVENT: &str = include_str!("../vtl/event.vtl");
const JSON_BODY: &str = include_str!("../vtl/body-json.vtl");
const FORM_BODY: &str = include_str!("../vtl/body-form.vtl");
/// Where the claims of a user pool would be named, each with a comma after it.
const CLAIMS: &str = "@claims@";

/// Templates by content type: two by default, with the user's over them.
pub(super) fn of(event: &HttpEvent) -> Map<String, Value> {
    let mut templates = Map::new();
    templates.insert("application/json".into(), with_body(JSON_BODY).into());
    templates.insert(
        "application/x-www-form-urlencoded".into(),
        with_body(FORM_BODY).into(),
    );
    for (content_type, template) in &event.request.template {
        templates.insert(content_type.clone(), template.clone().into());
    }
    templates
}

fn with_body(body: &str) -> String {
    let event = EVENT.replace(CLAIMS, "");
    format!("\n{body}\n    \n{event}\n  ")
}
