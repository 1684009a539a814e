//! Builds the tree from the parser's events, without recursion, so that no nesting can exhaust the stack.

use std::collections::{HashMap, HashSet};

use pilothouse_model::{Code, Diagnostic, Diagnostics, SourceId, Span};
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::node::{Content, Entry, Mapping, Node};
use super::places::Places;
use super::{MOST_DEPTH, MOST_NODES, advice, scalar, tag};

/// Reads a text; an empty one is null.
pub(super) fn build(source: &SourceId, text: &str) -> Result<Node, Diagnostics> {
    let mut builder = Builder::new(source, text);
    for event in Parser::new_from_str(text) {
        let stop = match event {
            Ok((event, span)) => builder.take(&event, span),
            Err(problem) => Err(Box::new(syntax_problem(&builder.places, text, &problem))),
        };
        if let Err(problem) = stop {
            builder.found.push(*problem);
            return Err(builder.found);
        }
    }
    if builder.found.has_errors() {
        return Err(builder.found);
    }
    let nothing = Node::new(builder.places.span(0, 0), Content::Null);
    Ok(builder.root.unwrap_or(nothing))
}

/// A collection whose end has not come yet.
#[derive(Debug)]
struct Open {
    start: usize,
    anchor: usize,
    function: Option<(String, Span)>,
    inside: Inside,
}

#[derive(Debug)]
enum Inside {
    Sequence(Vec<Node>),
    Mapping {
        entries: Mapping,
        /// Names that came by a merge, which a name written here replaces without being a duplicate.
        merged: HashSet<String>,
        key: Option<(String, Span, bool)>,
    },
}

#[derive(Debug)]
struct Builder<'a> {
    places: Places<'a>,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
    documents: usize,
    root: Option<Node>,
    found: Diagnostics,
}

type Step = Result<(), Box<Diagnostic>>;

impl<'a> Builder<'a> {
    fn new(source: &'a SourceId, text: &str) -> Self {
        Self {
            places: Places::new(source, text),
            open: Vec::new(),
            anchors: HashMap::new(),
            nodes: 0,
            documents: 0,
            root: None,
            found: Diagnostics::default(),
        }
    }

    fn take(&mut self, event: &Event<'_>, span: saphyr_parser::Span) -> Step {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) => self.document(span),
            Event::Alias(anchor) => self.alias(*anchor, self.places.of(span)),
            Event::Scalar(text, style, anchor, tag) => {
                let span = self.places.of(span);
                let node = self.scalar(text, *style, tag.as_deref(), &span);
                let plain_merge = text == "<<" && *style == ScalarStyle::Plain;
                self.scalar_done(*anchor, node, plain_merge)
            }
            Event::SequenceStart(anchor, tag) => {
                self.start(span, *anchor, tag.as_deref(), Inside::Sequence(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                let inside = Inside::Mapping {
                    entries: Mapping::new(),
                    merged: HashSet::new(),
                    key: None,
                };
                self.start(span, *anchor, tag.as_deref(), inside)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
        }
    }

    fn document(&mut self, span: saphyr_parser::Span) -> Step {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        Err(Box::new(
            Diagnostic::error(
                Code::ConfigSyntax,
                "the file holds more than one YAML document",
            )
            .at(self.places.of(span))
            .hint("Keep one document in a file: remove the `---` line"),
        ))
    }

    fn start(
        &mut self,
        span: saphyr_parser::Span,
        anchor: usize,
        tag: Option<&Tag>,
        inside: Inside,
    ) -> Step {
        let place = self.places.of(span);
        if self.open.len() >= MOST_DEPTH {
            let what = format!("more than {MOST_DEPTH} levels deep");
            return Err(Box::new(too_large(what, place)));
        }
        let function = tag.and_then(|tag| self.function(tag, &place));
        self.open.push(Open {
            start: place.start,
            anchor,
            function,
            inside,
        });
        Ok(())
    }

    fn end(&mut self, span: saphyr_parser::Span) -> Step {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let end = self.places.of(span).end;
        let span = Span::new(self.source(), open.start, end);
        let content = match open.inside {
            Inside::Sequence(nodes) => Content::Sequence(nodes),
            Inside::Mapping { entries, .. } => Content::Mapping(entries),
        };
        let node = Node::new(span, content);
        let node = match open.function {
            Some((name, place)) => tag::wrap(name, place, node),
            None => node,
        };
        self.done(open.anchor, node)
    }

    fn alias(&mut self, anchor: usize, place: Span) -> Step {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(Box::new(
                Diagnostic::error(
                    Code::ConfigSyntax,
                    "an alias refers to a value that is not complete yet",
                )
                .at(place)
                .reason("a value cannot contain itself"),
            ));
        };
        // What it stands for was counted where it was written; each use counts again, before it is copied.
        let (weight, node) = (node.weight(), node.clone());
        self.count(weight, &place)?;
        self.put(node)
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, span: &Span) -> Node {
        let literal = || Content::Text(text.to_owned());
        let Some(tag) = tag else {
            let content = if style == ScalarStyle::Plain {
                scalar::plain(text)
            } else {
                literal()
            };
            return Node::new(span.clone(), content);
        };
        if tag.is_yaml_core_schema() {
            let content = match tag.suffix.as_str() {
                "str" => literal(),
                "int" | "float" => scalar::number(text).map_or_else(literal, Content::Number),
                _ => scalar::plain(text),
            };
            return Node::new(span.clone(), content);
        }
        let node = Node::new(span.clone(), literal());
        match self.function(tag, span) {
            Some((name, place)) => tag::wrap(name, place, node),
            None => node,
        }
    }

    /// The function a tag stands for. YAML's own tags on collections change nothing.
    fn function(&mut self, tag: &Tag, place: &Span) -> Option<(String, Span)> {
        if tag.is_yaml_core_schema() || (tag.handle.is_empty() && tag.suffix == "!") {
            return None;
        }
        if tag.handle == "!"
            && let Some(name) = tag::long_name(&tag.suffix)
        {
            return Some((name, place.clone()));
        }
        self.found.push(
            Diagnostic::error(Code::ConfigSyntax, format!("unknown tag `{tag}`"))
                .at(place.clone())
                .hint("CloudFormation's functions can be tags: `!Ref`, `!GetAtt`, `!Sub`, `!Join`, ..."),
        );
        None
    }

    fn scalar_done(&mut self, anchor: usize, node: Node, plain_merge: bool) -> Step {
        self.count(1, &node.span)?;
        if let Some(Open {
            inside: Inside::Mapping {
                key: key @ None, ..
            },
            ..
        }) = self.open.last_mut()
        {
            let name = node.to_text().unwrap_or_else(|| "null".to_owned());
            *key = Some((name, node.span.clone(), plain_merge));
            if anchor > 0 {
                self.anchors.insert(anchor, node);
            }
            return Ok(());
        }
        self.remember(anchor, &node);
        self.put(node)
    }

    fn done(&mut self, anchor: usize, node: Node) -> Step {
        self.count(1, &node.span)?;
        self.remember(anchor, &node);
        self.put(node)
    }

    fn remember(&mut self, anchor: usize, node: &Node) {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
    }

    fn count(&mut self, more: usize, place: &Span) -> Step {
        self.nodes = self.nodes.saturating_add(more);
        if self.nodes > MOST_NODES {
            let what = format!("more than {MOST_NODES} values once its aliases are expanded");
            return Err(Box::new(too_large(what, place.clone())));
        }
        Ok(())
    }

    fn source(&self) -> SourceId {
        self.places.span(0, 0).source
    }

    /// Puts a finished value where it belongs.
    fn put(&mut self, node: Node) -> Step {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        let (entries, merged, key) = match &mut open.inside {
            Inside::Sequence(nodes) => {
                nodes.push(node);
                return Ok(());
            }
            Inside::Mapping {
                entries,
                merged,
                key,
            } => (entries, merged, key),
        };
        let Some((name, place, is_merge)) = key.take() else {
            *key = Some(alias_as_name(node)?);
            return Ok(());
        };
        if is_merge {
            return merge(entries, merged, node);
        }
        // A name that came by a merge may be written here again, once.
        if !merged.remove(&name)
            && let Some(first) = entries.get(&name)
        {
            let problem = twice(&name, place, first.key.clone());
            self.found.push(problem);
            return Ok(());
        }
        entries.insert(name, Entry { key: place, node });
        Ok(())
    }
}

/// An alias of a scalar can be a name.
fn alias_as_name(node: Node) -> Result<(String, Span, bool), Box<Diagnostic>> {
    match node.to_text() {
        Some(name) => Ok((name, node.span, false)),
        None => Err(Box::new(
            Diagnostic::error(
                Code::ConfigSyntax,
                format!("a name in a mapping must be a text, not {}", node.kind()),
            )
            .at(node.span),
        )),
    }
}

/// `<<`: the names of other mappings, where they are not written already.
fn merge(entries: &mut Mapping, merged: &mut HashSet<String>, node: Node) -> Step {
    let sources = match node.content {
        Content::Mapping(mapping) => vec![mapping],
        Content::Sequence(nodes) => nodes
            .into_iter()
            .map(|node| match node.content {
                Content::Mapping(mapping) => Ok(mapping),
                _ => Err(not_mergeable(node.span)),
            })
            .collect::<Result<_, _>>()?,
        _ => return Err(not_mergeable(node.span)),
    };
    for (name, entry) in sources.into_iter().flatten() {
        if !entries.contains_key(&name) {
            merged.insert(name.clone());
            entries.insert(name, entry);
        }
    }
    Ok(())
}

fn not_mergeable(span: Span) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(
            Code::ConfigSyntax,
            "`<<` takes a mapping, or a list of mappings",
        )
        .at(span),
    )
}

pub(super) fn twice(name: &str, second: Span, first: Span) -> Diagnostic {
    Diagnostic::error(
        Code::ConfigDuplicateKey,
        format!("the key `{name}` stands twice in one mapping"),
    )
    .at(second)
    .reason("the second one")
    .related(first, "the first one")
    .hint("Keep one of the two")
}

pub(super) fn too_large(what: String, place: Span) -> Diagnostic {
    Diagnostic::error(Code::ConfigTooLarge, format!("the file is {what}"))
        .at(place)
        .hint("Split it into files and read them with `${file(...)}`")
}

fn syntax_problem(
    places: &Places<'_>,
    text: &str,
    problem: &saphyr_parser::ScanError,
) -> Diagnostic {
    let start = places.byte(problem.marker().index());
    let line_start = text
        .get(..start)
        .and_then(|t| t.rfind('\n'))
        .map_or(0, |at| at + 1);
    let line = text
        .get(line_start..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    let (what, advice) = advice::of(problem.info());
    let found = Diagnostic::error(
        Code::ConfigSyntax,
        format!("the file is not valid YAML: {}", problem.info()),
    )
    .at(Span::new(
        places.span(0, 0).source,
        start,
        (start + 1).min(text.len()),
    ))
    .reason(what);
    if line.get(..indent).is_some_and(|space| space.contains('\t')) {
        found.hint("Indent with spaces: YAML allows no tabs there")
    } else {
        found.hint(advice)
    }
}
