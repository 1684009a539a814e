//! Evaluates cells on demand.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use pilothouse_model::{Code, Diagnostic, Diagnostics, ProjectPath, Sources, Span};

use super::arena::{Arena, CellId, State};
use super::report::Asking;
use super::sources::{Asked, Found};
use super::syntax::{self, Argument, Call, Piece, Source, SyntaxProblem, Variable};
use super::{Context, Resolved};
use crate::document::{Content, MOST_NODES, Mapping, Node};
use crate::lookup::Lookup;

/// Values that come out of values that come out of values: more is a circle through files.
const MOST_NESTING: usize = 10;
/// References that wait for references.
const MOST_CHAIN: usize = 100;
/// Values there may be in all, those that were copied counted again (see [`Node::weight`]).
const MOST_VALUES: usize = 2 * MOST_NODES;
/// Text made by joining, in bytes.
const MOST_TEXT: usize = 16 << 20;

/// Why a value cannot be had now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The outside must be asked first.
    Waiting,
    /// It is wrong, and that was reported.
    Failed,
}

/// A value, and whether it may hold variables still.
#[derive(Debug)]
pub(super) enum Value {
    /// Nothing left to replace.
    Done(Node),
    /// As read from outside.
    Raw(Node),
}

pub(super) type Had<T> = Result<T, Stop>;

/// All that is known while resolving.
#[derive(Debug)]
pub(super) struct Resolver<'a> {
    pub(super) arena: Arena,
    pub(super) root: CellId,
    pub(super) context: Context<'a>,
    pub(super) wanted: Vec<Lookup>,
    pub(super) found: Diagnostics,
    pub(super) sources: Sources,
    /// Files read in this turn.
    pub(super) files: HashMap<ProjectPath, Had<Arc<Node>>>,
    /// Cells being evaluated, each for the one before it.
    pub(super) asking: Vec<Asking>,
    values: usize,
    text: usize,
    /// A limit was passed: nothing more is evaluated.
    pub(super) exhausted: bool,
    /// References that stand for secrets in what was evaluated.
    pub(super) secrets: BTreeSet<String>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(document: Node, context: Context<'a>, sources: Sources) -> Self {
        let mut resolver = Self {
            arena: Arena::default(),
            root: 0,
            context,
            wanted: Vec::new(),
            found: Diagnostics::default(),
            sources,
            files: HashMap::new(),
            asking: Vec::new(),
            values: 0,
            text: 0,
            exhausted: false,
            secrets: BTreeSet::new(),
        };
        let mut bad = Vec::new();
        resolver.root = resolver.arena.plant(document, None, 0, &mut bad);
        resolver.report_syntax(bad);
        resolver
    }

    pub(super) fn run(mut self) -> Resolved {
        let mut failed = Vec::new();
        let document = self.harvest(self.root, &mut failed);
        Resolved {
            document,
            failed,
            wanted: self.wanted,
            found: self.found,
            sources: self.sources,
            secrets: self.secrets,
        }
    }

    /// The whole value of a cell, with null for what cannot be had.
    fn harvest(&mut self, id: CellId, failed: &mut Vec<String>) -> Node {
        let settled = self.settle(id);
        let span = self.span(id);
        if settled.is_err() {
            failed.push(self.arena.path(id));
            return Node::new(span, Content::Null);
        }
        match self.arena.get(id).map(|cell| &cell.state) {
            Some(State::Done(node)) => node.clone(),
            Some(State::Sequence(ids)) => {
                let nodes = ids
                    .clone()
                    .into_iter()
                    .map(|id| self.harvest(id, failed))
                    .collect();
                Node::new(span, Content::Sequence(nodes))
            }
            Some(State::Mapping(entries)) => {
                let mut mapping = Mapping::new();
                for (name, (key, id)) in entries.clone() {
                    let node = self.harvest(id, failed);
                    mapping.insert(name, crate::document::Entry { key, node });
                }
                Node::new(span, Content::Mapping(mapping))
            }
            _ => Node::new(span, Content::Null),
        }
    }

    /// The whole value of a cell, or why it cannot be had.
    pub(super) fn deep(&mut self, id: CellId) -> Had<Node> {
        self.settle(id)?;
        if let Some(State::Done(node)) = self.arena.get(id).map(|cell| &cell.state) {
            let node = node.clone();
            self.spend(node.weight())?;
            return Ok(node);
        }
        let before = self.found.0.len();
        let wanted = self.wanted.len();
        let mut failed = Vec::new();
        let node = self.harvest(id, &mut failed);
        if failed.is_empty() {
            self.spend(node.weight())?;
            self.arena.set(id, State::Done(node.clone()));
            return Ok(node);
        }
        // Parts that waited or failed earlier add nothing new; either way this value is not complete.
        let waits =
            self.wanted.len() > wanted || (self.found.0.len() == before && !self.wanted.is_empty());
        Err(if waits { Stop::Waiting } else { Stop::Failed })
    }

    /// Evaluates the text of a cell, if it is one, so that the cell is a value, a list or a mapping.
    pub(super) fn settle(&mut self, id: CellId) -> Had<()> {
        match self.arena.get(id).map(|cell| &cell.state) {
            Some(State::Done(_) | State::Sequence(_) | State::Mapping(_)) => return Ok(()),
            Some(State::Waiting) => return Err(Stop::Waiting),
            Some(State::Failed) | None => return Err(Stop::Failed),
            Some(State::Busy) => return Err(self.report_circle(id)),
            Some(State::Pending(_)) if self.exhausted => return Err(Stop::Failed),
            Some(State::Pending(_)) => {}
        }
        if self.asking.len() >= MOST_CHAIN {
            self.exhausted = true;
            return Err(self.report(Diagnostic::error(
                Code::VariableCycle,
                format!("more than {MOST_CHAIN} variables refer to each other in a row"),
            )));
        }
        let Some(pieces) = self.arena.take_pending(id) else {
            return Err(Stop::Failed);
        };
        let nesting = self.arena.get(id).map_or(0, |cell| cell.nesting);
        self.asking.push(Asking::new(id));
        let result = self
            .pieces(&pieces, nesting)
            .and_then(|value| self.place(id, value, nesting));
        self.asking.pop();
        if let Err(stop) = result {
            let state = match stop {
                Stop::Waiting => State::Waiting,
                Stop::Failed => State::Failed,
            };
            self.arena.set(id, state);
        }
        result
    }

    fn place(&mut self, id: CellId, value: Value, nesting: usize) -> Had<()> {
        let span = self.span(id);
        match value {
            Value::Done(node) => {
                self.spend(node.weight())?;
                let node = Node::new(span, node.content);
                self.arena.set(id, State::Done(node));
            }
            Value::Raw(node) => {
                self.check_nesting(nesting + 1)?;
                self.spend(node.weight())?;
                let mut bad = Vec::new();
                let node = Node::new(span, node.content);
                self.arena.fill(id, node, nesting + 1, &mut bad);
                self.report_syntax(bad);
            }
        }
        Ok(())
    }

    /// The value of a text with variables: the value itself when it is one variable, else a text.
    fn pieces(&mut self, pieces: &[Piece], nesting: usize) -> Had<Value> {
        if let [Piece::Variable(variable)] = pieces {
            let value = self.variable(variable, nesting)?;
            return self.again(value, nesting);
        }
        let mut joined = String::new();
        let mut stop = None;
        for piece in pieces {
            match piece {
                Piece::Literal(text) => joined.push_str(text),
                Piece::Variable(variable) => match self.text_of(variable, nesting) {
                    Ok(text) => joined.push_str(&text),
                    // The others are evaluated all the same: what they want or lack belongs in this pass.
                    Err(found) => {
                        stop = Some(if stop == Some(Stop::Failed) {
                            Stop::Failed
                        } else {
                            found
                        })
                    }
                },
            }
            if joined.len() > MOST_TEXT {
                return Err(self.report_too_large());
            }
        }
        self.text = self.text.saturating_add(joined.len());
        if self.text > MOST_TEXT {
            return Err(self.report_too_large());
        }
        match stop {
            Some(stop) => Err(stop),
            None => Ok(Value::Done(Node::new(
                self.place_of_asking(),
                Content::Text(joined),
            ))),
        }
    }

    /// A text that came from outside may hold variables in its turn.
    fn again(&mut self, value: Value, nesting: usize) -> Had<Value> {
        let Value::Raw(node) = value else {
            return Ok(value);
        };
        let Content::Text(text) = &node.content else {
            return Ok(Value::Raw(node));
        };
        self.check_nesting(nesting + 1)?;
        match syntax::parse(text) {
            Ok(None) => Ok(Value::Done(node)),
            Ok(Some(pieces)) => self.pieces(&pieces, nesting + 1),
            Err(problem) => Err(self.report_syntax_here(&problem)),
        }
    }

    fn text_of(&mut self, variable: &Variable, nesting: usize) -> Had<String> {
        let value = self.variable(variable, nesting)?;
        let (Value::Done(node) | Value::Raw(node)) = self.again(value, nesting)?;
        match js_text(&node) {
            Some(text) => Ok(text),
            None => Err(self.report(
                Diagnostic::error(
                    Code::VariableSyntax,
                    format!(
                        "`{}` is {}, which cannot be part of a text",
                        variable.written,
                        node.kind()
                    ),
                )
                .hint("Use it alone as a value, or refer to a text or number inside it"),
            )),
        }
    }

    /// The first of a variable's sources that has a value.
    fn variable(&mut self, variable: &Variable, nesting: usize) -> Had<Value> {
        if let Some(asking) = self.asking.last_mut() {
            asking.variable.clone_from(&variable.written);
        }
        let mut missing = Vec::new();
        for source in &variable.sources {
            match source {
                Source::Literal(content) => {
                    return Ok(Value::Raw(Node::new(
                        self.place_of_asking(),
                        content.clone(),
                    )));
                }
                Source::Call(call) => {
                    let asked = self.arguments(call, nesting)?;
                    if let Some(asking) = self.asking.last_mut() {
                        asking.variable.clone_from(&variable.written);
                    }
                    match self.ask(&asked)? {
                        Found::Value(value) => return Ok(value),
                        Found::Missing(why) => missing.push(why),
                    }
                }
            }
        }
        Err(self.report_missing(variable, missing))
    }

    fn arguments(&mut self, call: &Call, nesting: usize) -> Had<Asked> {
        let mut asked = Asked {
            kind: call.kind.clone(),
            parameters: Vec::new(),
            address: None,
        };
        for parameter in &call.parameters {
            let node = self.argument(parameter, nesting)?;
            asked.parameters.push(node);
        }
        if let Some(address) = &call.address {
            let node = self.argument(address, nesting)?;
            asked.address = node.to_text();
            if asked.address.is_none() && !node.is_null() {
                return Err(self.report(Diagnostic::error(
                    Code::VariableSyntax,
                    format!(
                        "the address of `{}` is {}, not a text",
                        call.kind,
                        node.kind()
                    ),
                )));
            }
        }
        Ok(asked)
    }

    fn argument(&mut self, argument: &Argument, nesting: usize) -> Had<Node> {
        match argument {
            Argument::Fixed(content) => Ok(Node::new(self.place_of_asking(), content.clone())),
            Argument::Pieces(pieces) => {
                self.check_nesting(nesting + 1)?;
                let (Value::Done(node) | Value::Raw(node)) = self.pieces(pieces, nesting + 1)?;
                self.refuse_secret_inside(&node)?;
                Ok(node)
            }
        }
    }

    fn check_nesting(&mut self, nesting: usize) -> Had<()> {
        if nesting <= MOST_NESTING {
            return Ok(());
        }
        self.exhausted = true;
        Err(self.report(
            Diagnostic::error(
                Code::VariableCycle,
                format!("more than {MOST_NESTING} values stand in each other"),
            )
            .hint("A file or text that reads itself has no end: break the circle"),
        ))
    }

    pub(super) fn spend(&mut self, values: usize) -> Had<()> {
        self.values = self.values.saturating_add(values);
        if self.values.saturating_add(self.arena.len()) > MOST_VALUES {
            return Err(self.report_too_large());
        }
        Ok(())
    }

    pub(super) fn span(&self, id: CellId) -> Span {
        self.arena
            .get(id)
            .or_else(|| self.arena.get(self.root))
            .map_or_else(
                || Span::new(pilothouse_model::SourceId::new(""), 0, 0),
                |cell| cell.span.clone(),
            )
    }

    pub(super) fn place_of_asking(&self) -> Span {
        self.span(self.asking.last().map_or(self.root, |asking| asking.cell))
    }

    fn report_syntax(&mut self, bad: Vec<(CellId, SyntaxProblem)>) {
        for (id, problem) in bad {
            self.asking.push(Asking::new(id));
            self.report_syntax_here(&problem);
            self.asking.pop();
        }
    }
}

/// A value as JavaScript would join it to a text.
fn js_text(node: &Node) -> Option<String> {
    match &node.content {
        Content::Sequence(nodes) => {
            let parts: Option<Vec<String>> = nodes
                .iter()
                .map(|node| {
                    if node.is_null() {
                        Some(String::new())
                    } else {
                        js_text(node)
                    }
                })
                .collect();
            parts.map(|parts| parts.join(","))
        }
        _ => node.to_text(),
    }
}
