//! Values out of files: `${file(...)}` and `.env`.

use std::borrow::Cow;
use std::sync::Arc;

use pilothouse_model::{Code, Diagnostic, ProjectPath, SourceId};

use super::dotenv;
use super::evaluate::{Had, Resolver, Stop, Value};
use super::sources::{Asked, Found, Missing};
use super::walk::{missing, step};
use crate::document::{self, Content, Node, Syntax};
use crate::lookup::Lookup;

/// Endings of files that are run to get a value.
const RUN: &[&str] = &["js", "cjs", "mjs", "ts"];

/// What JavaScript takes for nothing: the path of a variable that came out so is a mistake.
fn is_nothing(path: &str) -> bool {
    matches!(path, "" | "false" | "0")
}

impl Resolver<'_> {
    pub(super) fn ask_file(&mut self, asked: &Asked) -> Had<Found> {
        let path = self.path_of(asked)?;
        let is_code = path
            .file_name()
            .rsplit_once('.')
            .is_some_and(|(_, ending)| RUN.contains(&ending));
        if is_code {
            return self.ask_code(path, asked.address.as_deref().unwrap_or_default());
        }
        if !self.files.contains_key(&path) {
            let ending = path
                .file_name()
                .rsplit_once('.')
                .map_or("", |(_, ending)| ending);
            let lookup = Lookup::File(path.clone());
            let Some(text) = self.answer(lookup)? else {
                return Ok(Found::Missing(Missing {
                    reason: format!("the file `{path}` does not exist"),
                    hint: None,
                }));
            };
            let node = match ending {
                "yml" | "yaml" => self.read_file(&path, text, Syntax::Yaml),
                "json" | "tfstate" => self.read_file(&path, text, Syntax::Json),
                _ => Ok(Node::new(self.place_of_asking(), Content::Text(text))),
            };
            self.files.insert(path.clone(), node.map(Arc::new));
        }
        let node = self
            .files
            .get(&path)
            .cloned()
            .unwrap_or(Err(Stop::Failed))?;
        self.inside_file(&node, asked.address.as_deref().unwrap_or_default(), &path)
    }

    fn path_of(&mut self, asked: &Asked) -> Had<ProjectPath> {
        let written = asked.parameters.first().and_then(Node::to_text);
        let Some(written) = written.filter(|path| !is_nothing(path)) else {
            return Err(self.report(Diagnostic::error(
                Code::VariableSyntax,
                "`file` needs the path of a file, as in `${file(config.yml):key}`",
            )));
        };
        ProjectPath::parse(&written).map_err(|problem| {
            self.report(
                Diagnostic::error(
                    Code::PathOutside,
                    format!("`{written}` cannot be read: {problem}"),
                )
                .hint("Only files of the project are read; copy what you need into it"),
            )
        })
    }

    pub(super) fn read_file(
        &mut self,
        path: &ProjectPath,
        text: String,
        syntax: Syntax,
    ) -> Had<Node> {
        let source = SourceId::new(path.as_str());
        let read = document::read(&source, &text, syntax);
        self.sources.insert(source, text);
        read.map_err(|found| {
            self.found.extend(found.0);
            Stop::Failed
        })
    }

    /// Follows an address into a file; texts on the way may be variables.
    pub(super) fn inside_file(
        &mut self,
        node: &Node,
        address: &str,
        path: &ProjectPath,
    ) -> Had<Found> {
        let mut node = Cow::Borrowed(node);
        for name in address.split('.').filter(|name| !name.is_empty()) {
            if matches!(node.content, Content::Text(_)) {
                node = Cow::Owned(self.text_on_the_way(node.into_owned(), name)?);
            }
            let next = match &node {
                Cow::Borrowed(node) => step(node, name).map(Cow::Borrowed),
                Cow::Owned(node) => step(node, name).cloned().map(Cow::Owned),
            };
            match next {
                Some(next) => node = next,
                None => {
                    let names = node.as_mapping().into_iter().flat_map(|m| m.keys());
                    let missing = missing(path.as_str(), name, names.map(String::as_str));
                    return Ok(Found::Missing(missing));
                }
            }
        }
        if node.is_null() {
            return Ok(Found::Missing(Missing {
                reason: format!("`{path}` has nothing there"),
                hint: None,
            }));
        }
        self.spend(node.weight())?;
        Ok(Found::Value(Value::Raw(node.into_owned())))
    }

    pub(super) fn text_on_the_way(&mut self, node: Node, name: &str) -> Had<Node> {
        let mut bad = Vec::new();
        let parent = self.asking.last().map(|asking| asking.cell);
        let nesting = parent
            .and_then(|id| self.arena.get(id))
            .map_or(0, |cell| cell.nesting);
        let parent = parent.map(|id| (id, name.to_owned()));
        let id = self.arena.plant(node, parent, nesting + 1, &mut bad);
        match bad.first() {
            Some((_, problem)) => Err(self.report_syntax_here(problem)),
            None => self.deep(id),
        }
    }

    /// The value of a name in `.env.<stage>`, or in `.env` when there is no such file.
    pub(super) fn ask_dotenv(&mut self, name: &str) -> Had<Option<String>> {
        if self.written(&["useDotenv"], "false")? != "true" {
            return Ok(None);
        }
        let stage = self.stage()?;
        for file in [format!(".env.{stage}"), ".env".to_owned()] {
            let Ok(path) = ProjectPath::parse(&file) else {
                continue;
            };
            if let Some(text) = self.answer(Lookup::File(path))? {
                return Ok(dotenv::value_of(&text, name));
            }
        }
        Ok(None)
    }
}
