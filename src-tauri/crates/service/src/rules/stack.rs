//! Parameters of the stack, beside those of the template.

use pilothouse_model::{Code, Diagnostic};

use super::place;
use crate::document::Node;
use crate::types::Service;

/// A value for a parameter that the template does not have: AWS refuses it.
pub(super) fn check(service: &Service, document: &Node, found: &mut Vec<Diagnostic>) {
    let path = "provider.stackParameters";
    let known = service.resources.sections.get("Parameters");
    for name in service.provider.stack.parameters.keys() {
        if known.is_none_or(|known| known.get(name).is_none()) {
            found.push(
                Diagnostic::warning(
                    Code::ConfigConflict,
                    format!("the template has no parameter `{name}`, and AWS takes no value for it"),
                )
                .at(place(document, path))
                .path(path)
                .hint(format!(
                    "Declare it: `resources.Parameters.{name}: {{Type: String}}`, or remove the value"
                )),
            );
        }
    }
}
