//! `check`: everything that is wrong with a project, each with its place.

use pilothouse_model::Diagnostic;
use pilothouse_service::Node;

use crate::package::{judge, on_paper};
use crate::project::ProjectRequest;
use crate::{ApiError, Findings, Host};

/// Everything that is wrong with a project, or what is only worth a warning.
///
/// # Errors
/// With every diagnostic, when one of them stops the work.
pub fn check(host: &Host, request: &ProjectRequest) -> Result<Findings, ApiError> {
    let paper = on_paper(host, request)?;
    let mut judged = judge(&paper.service, &paper.templates, paper.findings);
    let found = match &mut judged {
        Ok(found) => Some(found),
        Err(error) => error.findings.as_deref_mut(),
    };
    for problem in found.into_iter().flat_map(|found| &mut found.diagnostics.0) {
        locate(problem, &paper.resolved);
    }
    judged
}

/// What was found in the template is wrong where the file asks for it, when the file writes the resource itself.
fn locate(problem: &mut Diagnostic, resolved: &Node) {
    let (None, Some(path)) = (&problem.span, &problem.path) else {
        return;
    };
    let mut node = resolved.get("resources");
    let mut place = None;
    for (depth, name) in path.split('.').enumerate() {
        let Some(entry) = node
            .and_then(Node::as_mapping)
            .and_then(|mapping| mapping.get(name))
        else {
            break;
        };
        node = Some(&entry.node);
        if depth > 0 {
            place = Some(entry.key.clone());
        }
    }
    if place.is_some() {
        problem.path = Some(format!("resources.{path}"));
    }
    problem.span = place;
}
