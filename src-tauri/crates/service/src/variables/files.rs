//! Values out of files: `${file(...)}` and `.env`.

use pilothouse_model::{Code, Diagnostic, ProjectPath, SourceId};

use super::dotenv;
use super::evaluate::{Had, Resolver, Stop, Value};
use super::sources::{Asked, Found, Missing, missing, step};
use crate::document::{self, Content, Node, Syntax};
use crate::lookup::Lookup;

/// Endings of files that are run to get a value.
const RUN: &[&str] = &["js", "cjs", "mjs", "ts"];

impl Resolver<'_> {
    pub(super) fn ask_file(&mut self, asked: &Asked) -> Had<Found> {
        let Some(written) = asked.parameters.first().and_then(Node::to_text) else {
            return Err(self.report(Diagnostic::error(
                Code::VariableSyntax,
                "`file` needs the path of a file, as in `${file(config.yml):key}`",
            )));
        };
        let path = match ProjectPath::parse(&written) {
            Ok(path) => path,
            Err(problem) => {
                return Err(self.report(
                    Diagnostic::error(
                        Code::PathOutside,
                        format!("`{written}` cannot be read: {problem}"),
                    )
                    .hint("Only files of the project are read; copy what you need into it"),
                ));
            }
        };
        let ending = path
            .file_name()
            .rsplit_once('.')
            .map_or("", |(_, ending)| ending);
        let is_code = RUN.contains(&ending);
        let lookup = if is_code {
            Lookup::Code(path.clone())
        } else {
            Lookup::File(path.clone())
        };
        let Some(text) = self.answer(lookup)? else {
            return Ok(Found::Missing(Missing {
                reason: format!("the file `{path}` does not exist"),
                hint: None,
            }));
        };
        let node = match ending {
            "yml" | "yaml" => self.read_file(&path, text, Syntax::Yaml)?,
            "json" | "tfstate" => self.read_file(&path, text, Syntax::Json)?,
            _ if is_code => self.read_file(&path, text, Syntax::Json)?,
            _ => Node::new(self.place_of_asking(), Content::Text(text)),
        };
        self.inside_file(node, asked.address.as_deref().unwrap_or_default(), &path)
    }

    fn read_file(&mut self, path: &ProjectPath, text: String, syntax: Syntax) -> Had<Node> {
        if let Some(known) = self.files.get(path) {
            return known.clone();
        }
        let source = SourceId::new(path.as_str());
        let read = document::read(&source, &text, syntax);
        self.sources.insert(source, text);
        let node = read.map_err(|found| {
            self.found.extend(found.0);
            Stop::Failed
        });
        self.files.insert(path.clone(), node.clone());
        node
    }

    fn inside_file(&mut self, node: Node, address: &str, path: &ProjectPath) -> Had<Found> {
        let mut node = node;
        let names = address.split('.').filter(|name| !name.is_empty());
        for name in names {
            if matches!(node.content, Content::Text(_)) {
                let mut bad = Vec::new();
                let parent = self
                    .asking
                    .last()
                    .map(|asking| (asking.cell, name.to_owned()));
                let nesting = self
                    .arena
                    .get(parent.as_ref().map_or(0, |p| p.0))
                    .map_or(0, |c| c.nesting);
                let id = self.arena.plant(node, parent, nesting + 1, &mut bad);
                if let Some((_, problem)) = bad.first() {
                    return Err(self.report_syntax_here(problem));
                }
                node = self.deep(id)?;
            }
            let place = format!("{path}");
            match step(&node, name) {
                Some(next) => node = next.clone(),
                None => {
                    let names = node.as_mapping().into_iter().flat_map(|m| m.keys());
                    return Ok(Found::Missing(missing(
                        &place,
                        name,
                        names.map(String::as_str),
                    )));
                }
            }
        }
        Ok(if node.is_null() {
            Found::Missing(Missing {
                reason: format!("`{path}` has nothing there"),
                hint: None,
            })
        } else {
            Found::Value(Value::Raw(node))
        })
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
