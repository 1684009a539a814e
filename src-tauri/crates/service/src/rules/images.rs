//! What Lambda does not take beside a container image.

use pilothouse_model::{Code, Diagnostic};

use super::place;
use crate::document::Node;
use crate::types::Service;

/// Only warned of: the template is the one that is asked for, and Lambda refuses it.
pub(super) fn check(service: &Service, document: &Node, found: &mut Vec<Diagnostic>) {
    let of_all = service.provider.run.layers.as_ref();
    let images = service.functions.iter();
    for (name, function) in images.filter(|(_, function)| function.image.is_some()) {
        let path = format!("functions.{name}.image");
        let mut warn = |what: &str, hint: &str| {
            let message =
                format!("the function `{name}` is an image, and Lambda takes no {what} with one");
            found.push(
                Diagnostic::warning(Code::ConfigConflict, message)
                    .at(place(document, &path))
                    .path(path.clone())
                    .hint(hint),
            );
        };
        let layers = function.run.layers.as_ref().or(of_all);
        if layers.is_some_and(|layers| !layers.is_empty()) {
            warn(
                "layers",
                "Put what they hold into the image, and write `layers: []` where the provider has some",
            );
        }
        if function.snap_start {
            warn("`snapStart`", "Leave it out");
        }
    }
}
