//! The document while it is being resolved: cells that know whether they are done.

use indexmap::IndexMap;
use pilothouse_model::Span;

use super::syntax::{self, Piece, SyntaxProblem};
use crate::document::{Content, Node};

/// Names a cell.
pub(super) type CellId = usize;

/// A value of the document.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) span: Span,
    /// The cell it lies in, and its name there.
    pub(super) parent: Option<(CellId, String)>,
    /// How many resolved values this one came out of.
    pub(super) nesting: usize,
    pub(super) state: State,
}

/// How far a cell is.
#[derive(Debug)]
pub(super) enum State {
    /// A text with variables, not touched yet.
    Pending(Vec<Piece>),
    /// A list with variables somewhere in it.
    Sequence(Vec<CellId>),
    /// A mapping with variables somewhere in it.
    Mapping(IndexMap<String, (Span, CellId)>),
    /// Nothing left to replace in it.
    Done(Node),
    /// Being evaluated now: meeting it again is a circle.
    Busy,
    /// Waits for an answer of the outside.
    Waiting,
    /// Could not be had; the reason was reported.
    Failed,
}

/// All cells.
#[derive(Debug, Default)]
pub(super) struct Arena {
    cells: Vec<Cell>,
}

impl Arena {
    pub(super) fn get(&self, id: CellId) -> Option<&Cell> {
        self.cells.get(id)
    }

    pub(super) fn set(&mut self, id: CellId, state: State) {
        if let Some(cell) = self.cells.get_mut(id) {
            cell.state = state;
        }
    }

    /// Takes a pending cell's text and marks the cell busy.
    pub(super) fn take_pending(&mut self, id: CellId) -> Option<Vec<Piece>> {
        let cell = self.cells.get_mut(id)?;
        if !matches!(cell.state, State::Pending(_)) {
            return None;
        }
        match std::mem::replace(&mut cell.state, State::Busy) {
            State::Pending(pieces) => Some(pieces),
            _ => None,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The configuration path of a cell: `functions.hello.events.0.http`.
    pub(super) fn path(&self, id: CellId) -> String {
        let mut names = Vec::new();
        let mut at = Some(id);
        while let Some((parent, name)) = at
            .and_then(|id| self.get(id))
            .and_then(|cell| cell.parent.clone())
        {
            names.push(name);
            at = Some(parent);
        }
        names.reverse();
        names.join(".")
    }

    /// Adds a value and all in it; the texts that cannot be read are given back with their places.
    pub(super) fn plant(
        &mut self,
        node: Node,
        parent: Option<(CellId, String)>,
        nesting: usize,
        bad: &mut Vec<(CellId, SyntaxProblem)>,
    ) -> CellId {
        let id = self.cells.len();
        self.cells.push(Cell {
            span: node.span.clone(),
            parent,
            nesting,
            state: State::Busy,
        });
        self.fill(id, node, nesting, bad);
        id
    }

    /// Gives a cell a value that may hold variables.
    pub(super) fn fill(
        &mut self,
        id: CellId,
        node: Node,
        nesting: usize,
        bad: &mut Vec<(CellId, SyntaxProblem)>,
    ) {
        let state = if may_hold_variables(&node) {
            match node.content {
                Content::Sequence(nodes) => State::Sequence(
                    nodes
                        .into_iter()
                        .enumerate()
                        .map(|(at, node)| {
                            self.plant(node, Some((id, at.to_string())), nesting, bad)
                        })
                        .collect(),
                ),
                Content::Mapping(entries) => State::Mapping(
                    entries
                        .into_iter()
                        .map(|(name, entry)| {
                            let child =
                                self.plant(entry.node, Some((id, name.clone())), nesting, bad);
                            (name, (entry.key, child))
                        })
                        .collect(),
                ),
                Content::Text(text) => self.text(id, text, node.span, bad),
                content => State::Done(Node::new(node.span, content)),
            }
        } else {
            State::Done(node)
        };
        self.set(id, state);
    }

    fn text(
        &mut self,
        id: CellId,
        text: String,
        span: Span,
        bad: &mut Vec<(CellId, SyntaxProblem)>,
    ) -> State {
        match syntax::parse(&text) {
            Ok(None) => State::Done(Node::new(span, Content::Text(text))),
            Ok(Some(pieces)) => State::Pending(pieces),
            Err(problem) => {
                bad.push((id, problem));
                State::Failed
            }
        }
    }
}

fn may_hold_variables(node: &Node) -> bool {
    match &node.content {
        Content::Text(text) => text.contains("${"),
        Content::Sequence(nodes) => nodes.iter().any(may_hold_variables),
        Content::Mapping(entries) => entries.values().any(|e| may_hold_variables(&e.node)),
        Content::Null | Content::Bool(_) | Content::Number(_) => false,
    }
}
