//! The templates that make what is called out of a request, for the integrations that are no proxies.
//!
//! The text of those for functions is what handlers of existing services were written against, to the blank: it lies
//! in `src/vtl`.

use pilothouse_service::types::{HttpEvent, Integration};
use serde_json::{Map, Value};

const EVENT: &str = include_str!("../vtl/event.vtl");
const JSON_BODY: &str = include_str!("../vtl/body-json.vtl");
const FORM_BODY: &str = include_str!("../vtl/body-form.vtl");
/// Where the claims of a user pool are named, each with a comma after it; in a template of the user's too.
const CLAIMS: &str = "extraCognitoPoolClaims";

/// Templates by content type: of functions two by default, with the user's over them.
pub(super) fn of(event: &HttpEvent) -> Option<Map<String, Value>> {
    let mut templates = Map::new();
    if event.integration == Integration::Lambda {
        templates.insert("application/json".into(), with_body(JSON_BODY).into());
        templates.insert(
            "application/x-www-form-urlencoded".into(),
            with_body(FORM_BODY).into(),
        );
    }
    for (content_type, template) in &event.request.template {
        match template {
            Some(template) => templates.insert(content_type.clone(), template.clone().into()),
            None => templates.shift_remove(content_type),
        };
    }
    let claims: String = event.claims.iter().map(|claim| named(claim)).collect();
    for template in templates.values_mut() {
        if let Value::String(text) = template {
            *text = text.replacen(CLAIMS, &claims, 1);
        }
    }
    (!templates.is_empty()).then_some(templates)
}

/// One claim as a member of a JSON object. Only the part behind the colon of `custom:role` names it.
fn named(claim: &str) -> String {
    match claim.split_once(':') {
        Some((_, name)) => format!("\"{name}\": \"$context.authorizer.claims['{claim}']\","),
        None => format!("\"{claim}\": \"$context.authorizer.claims.{claim}\","),
    }
}

fn with_body(body: &str) -> String {
    format!("\n{body}\n    \n{EVENT}\n  ")
}
