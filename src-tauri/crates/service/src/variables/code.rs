//! Values out of the project's own code: `${file(x.js)}`, run by the edge with the user's consent.
//!
//! A function in it may ask for variables and properties. It does not wait for them: it is called again with what
//! it asked for, until it asks for nothing new.

use std::sync::Arc;

use pilothouse_model::{Code, Diagnostic, ProjectPath};

use super::evaluate::{Had, Resolver};
use super::sources::{Found, Missing};
use crate::document::{Content, Node, Syntax};
use crate::lookup::{CodeCall, CodeWant, Lookup};

/// The most times that a file is called again with what it asked for.
const MOST_TURNS: usize = 50;

impl Resolver<'_> {
    pub(super) fn ask_code(&mut self, path: ProjectPath, address: &str) -> Had<Found> {
        if let Some(known) = self.files.get(&path).cloned() {
            return self.inside_file(known?.as_ref(), address, &path);
        }
        let Some(said) = self.run_code(CodeCall::of(path.clone()))? else {
            return Ok(Found::Missing(Missing {
                reason: format!("the file `{path}` does not exist"),
                hint: None,
            }));
        };
        if said.get("deferred").is_none() {
            let node = Arc::new(value_of(&said));
            self.files.insert(path.clone(), Ok(Arc::clone(&node)));
            return self.inside_file(&node, address, &path);
        }
        if address.is_empty() {
            let names = said.get("deferred").and_then(Node::to_text);
            return Err(self.report(
                Diagnostic::error(
                    Code::ConfigBadValue,
                    format!("`{path}` exports a function where a value is wanted"),
                )
                .reason(format!("`{}` is a function", names.unwrap_or_default()))
                .hint(format!("Name what you want: `${{file({path}):name}}`")),
            ));
        }
        let mut call = CodeCall::of(path.clone());
        call.address = Some(address.to_owned());
        let said = self.run_code(call)?;
        let said = said.unwrap_or_else(|| Node::new(self.place_of_asking(), Content::Null));
        let rest = said.get("rest").and_then(Node::to_text);
        self.inside_file(&value_of(&said), &rest.unwrap_or_default(), &path)
    }

    fn run_code(&mut self, mut call: CodeCall) -> Had<Option<Node>> {
        for _ in 0..MOST_TURNS {
            let Some(text) = self.answer(Lookup::Code(call.clone()))? else {
                return Ok(None);
            };
            let node = self.read_file(&call.path, text, Syntax::Json)?;
            let wants: Vec<CodeWant> = node
                .get("wants")
                .and_then(Node::as_sequence)
                .into_iter()
                .flatten()
                .filter_map(want_of)
                .filter(|want| call.given.iter().all(|(known, _)| known != want))
                .collect();
            if node.get("wants").is_none() {
                return Ok(Some(node));
            }
            if wants.is_empty() {
                break;
            }
            for want in wants {
                let value = self.value_for_code(&want)?;
                call.given.push((want, value.to_json().to_string()));
            }
        }
        let message = format!("`{}` asks for more and more and comes to no end", call.path);
        Err(self.report(
            Diagnostic::error(Code::CodeFailed, message)
                .reason("a value that code gives")
                .hint("Ask for each variable before anything that differs from run to run"),
        ))
    }

    /// What code is given for a variable or a property that it asks for.
    fn value_for_code(&mut self, want: &CodeWant) -> Had<Node> {
        let text = match want {
            CodeWant::Variable(variable) => format!("${{{variable}}}"),
            CodeWant::Property(path) => format!("${{self:{}, null}}", path.join(".")),
        };
        let node = Node::new(self.place_of_asking(), Content::Text(text));
        self.text_on_the_way(node, "code")
    }
}

/// What it gave; nothing stands for null.
fn value_of(said: &Node) -> Node {
    let value = said.get("value").cloned();
    value.unwrap_or_else(|| Node::new(said.span.clone(), Content::Null))
}

fn want_of(node: &Node) -> Option<CodeWant> {
    if let Some(variable) = node.get("variable") {
        return Some(CodeWant::Variable(variable.to_text()?));
    }
    let path = node.get("property")?.as_sequence()?;
    Some(CodeWant::Property(
        path.iter().filter_map(Node::to_text).collect(),
    ))
}
