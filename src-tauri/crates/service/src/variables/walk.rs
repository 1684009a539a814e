//! Values of the configuration itself: `${self:...}`, and what other sources take from it.

use super::arena::{CellId, State};
use super::evaluate::{Had, Resolver, Value};
use super::sources::{Found, Missing};
use crate::document::{Content, Node};
use crate::nearest;

impl Resolver<'_> {
    pub(super) fn ask_self(&mut self, address: &str) -> Had<Found> {
        let names: Vec<&str> = if address.is_empty() {
            Vec::new()
        } else {
            address.split('.').collect()
        };
        self.walk(self.root, &names)
    }

    /// Follows names from a cell, evaluating no more than lies on the way and at its end.
    pub(super) fn walk(&mut self, from: CellId, names: &[&str]) -> Had<Found> {
        let mut id = from;
        for (at, name) in names.iter().enumerate() {
            self.settle(id)?;
            let so_far = names.get(..at).unwrap_or_default().join(".");
            let next = match self.arena.get(id).map(|cell| &cell.state) {
                Some(State::Done(node)) => {
                    let rest = names.get(at..).unwrap_or_default();
                    if let Some(secret) = self.secret_on_the_way(node, rest) {
                        return Err(self.report_part_of_secret(&secret, &names.join(".")));
                    }
                    return Ok(follow(node, rest, &so_far));
                }
                Some(State::Sequence(ids)) => name
                    .parse()
                    .ok()
                    .and_then(|at: usize| ids.get(at).copied())
                    .ok_or_else(|| missing(&so_far, name, std::iter::empty())),
                Some(State::Mapping(entries)) => entries
                    .get(*name)
                    .map(|(_, id)| *id)
                    .ok_or_else(|| missing(&so_far, name, entries.keys().map(String::as_str))),
                _ => Err(missing(&so_far, name, std::iter::empty())),
            };
            match next {
                Ok(next) => id = next,
                Err(missing) => return Ok(Found::Missing(missing)),
            }
        }
        let node = self.deep(id)?;
        Ok(if node.is_null() {
            Found::Missing(Missing {
                reason: format!("`{}` is empty", names.join(".")),
                hint: None,
            })
        } else {
            Found::Value(Value::Done(node))
        })
    }

    pub(super) fn stage(&mut self) -> Had<String> {
        if let Some(stage) = &self.context.options.stage {
            return Ok(stage.clone());
        }
        self.written(&["provider", "stage"], "dev")
    }

    /// The Region acted in.
    pub(super) fn region(&mut self) -> Had<String> {
        match &self.context.options.region {
            Some(region) => Ok(region.clone()),
            None => self.written(&["provider", "region"], "us-east-1"),
        }
    }

    /// A text of the configuration, or its default.
    pub(super) fn written(&mut self, names: &[&str], default: &str) -> Had<String> {
        Ok(match self.walk(self.root, names)? {
            Found::Value(Value::Done(node) | Value::Raw(node)) => node.to_text(),
            Found::Missing(_) => None,
        }
        .unwrap_or_else(|| default.to_owned()))
    }
}

pub(super) fn step<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    match &node.content {
        Content::Sequence(nodes) => nodes.get(name.parse::<usize>().ok()?),
        _ => node.get(name),
    }
}

/// Follows names through a value that is resolved.
fn follow(node: &Node, names: &[&str], before: &str) -> Found {
    let mut node = node;
    let mut so_far = before.to_owned();
    for name in names {
        match step(node, name) {
            Some(next) => node = next,
            None => {
                let names = node.as_mapping().into_iter().flat_map(|m| m.keys());
                return Found::Missing(missing(&so_far, name, names.map(String::as_str)));
            }
        }
        if !so_far.is_empty() {
            so_far.push('.');
        }
        so_far.push_str(name);
    }
    if node.is_null() {
        return Found::Missing(Missing {
            reason: format!("`{so_far}` is empty"),
            hint: None,
        });
    }
    Found::Value(Value::Done(node.clone()))
}

pub(super) fn missing<'n>(
    place: &str,
    name: &str,
    names: impl Iterator<Item = &'n str>,
) -> Missing {
    let near = nearest::of(name, names);
    Missing {
        reason: if place.is_empty() {
            format!("there is no key `{name}`")
        } else {
            format!("`{place}` has no key `{name}`")
        },
        hint: near.map(|near| format!("Did you mean `{near}`?")),
    }
}
