//! An edit as small changes, each of one place.

use serde_json::{Map, Value};

use super::find::shared;
use super::layout::{Kind, Layout};
use super::lines::{Cut, cut};
use super::scalar::{self, Spot};
use super::{Edit, Page, Sharing, Stop, block, flow, opens, remove};

/// A change of one place.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// The value at a path is another.
    Replace(Vec<String>, Value),
    /// The mapping at a path has one more name.
    Add(Vec<String>, String, Value),
    /// What is at a path goes.
    Remove(Vec<String>),
    /// What is at a path has another name.
    Rename(Vec<String>, String),
    /// The list at a path has one more item.
    Insert(Vec<String>, usize, Value),
    /// An item of the list at a path has another number.
    Move(Vec<String>, usize, usize),
}

impl Step {
    /// The text with the change made.
    pub(super) fn make(&self, page: &Page) -> Result<String, Stop> {
        let cuts = match self {
            Self::Replace(path, value) => block::replace(page, path, value)?,
            Self::Add(path, key, value) => {
                let node = page.node(path)?;
                if node.is_empty() {
                    let one = Value::Object(Map::from_iter([(key.clone(), value.clone())]));
                    block::replace(page, path, &one)?
                } else if node.is_flow() {
                    flow::add(page, node, Some(key), node.entries().len(), value)
                } else {
                    block::add(page, node, key, value)
                }
            }
            Self::Insert(path, at, value) => {
                let node = page.node(path)?;
                if node.is_empty() {
                    block::replace(page, path, &Value::Array(vec![value.clone()]))?
                } else if node.is_flow() {
                    flow::add(page, node, None, *at, value)
                } else {
                    block::insert(page, node, *at, value)
                }
            }
            Self::Remove(path) => remove::remove(page, path)?,
            Self::Rename(path, to) => rename(page, path, to)?,
            Self::Move(path, from, to) => remove::reorder(page, page.node(path)?, *from, *to)?,
        };
        Ok(cut(&page.text, cuts))
    }
}

fn rename(page: &Page, path: &[String], to: &str) -> Result<Vec<Cut>, Stop> {
    let (name, parent) = path.split_last().ok_or_else(|| page.missing(path))?;
    let parent = page.node(parent)?;
    let found = parent
        .entries()
        .iter()
        .find(|entry| entry.key == *name && !entry.merge);
    let entry = found.ok_or_else(|| page.missing(path))?;
    if let Some(other) = parent.step(to) {
        let why = format!("there is already a `{to}`");
        return Err(page.refuse(other.start, other.end, &why));
    }
    let written = page.text.get(entry.key_start..entry.key_end);
    let text = match written.and_then(|written| written.chars().next()) {
        Some('"') => scalar::quoted_as(to, false),
        Some('\'') => scalar::quoted_as(to, true),
        _ => scalar::text(to, Spot::Key, &page.style),
    };
    Ok(vec![Cut::new(entry.key_start, entry.key_end, text)])
}

/// The steps of an edit at a path that is its own.
pub(super) fn of(page: &Page, edit: &Edit, sharing: Sharing) -> Result<Vec<Step>, Stop> {
    match edit {
        Edit::Set { path, value } => match page.root.at(path) {
            Some(node) => reconcile(page, node, value, path, sharing),
            None => add(page, path, value),
        },
        Edit::Remove { path } => {
            page.node(path)?;
            Ok(vec![Step::Remove(path.clone())])
        }
        Edit::Rename { path, to } => {
            page.node(path)?;
            let same = path.last() == Some(to);
            let step = Step::Rename(path.clone(), to.clone());
            Ok(if same { Vec::new() } else { vec![step] })
        }
        Edit::Insert { path, at, value } => insert(page, path, *at, value),
        Edit::Move { path, from, to } => {
            let node = page.node(path)?;
            let count = node.items().len();
            if *from >= count || *to >= count {
                return Err(page.missing(&at_number(path, (*from).max(*to))));
            }
            let step = Step::Move(path.clone(), *from, *to);
            Ok(if from == to { Vec::new() } else { vec![step] })
        }
    }
}

fn at_number(path: &[String], number: usize) -> Vec<String> {
    at_name(path, &number.to_string())
}

fn at_name(path: &[String], name: &str) -> Vec<String> {
    let mut path = path.to_vec();
    path.push(name.to_owned());
    path
}

/// What is missing is made with everything on the way to it.
fn add(page: &Page, path: &[String], value: &Value) -> Result<Vec<Step>, Stop> {
    let mut depth = path.len();
    let node = loop {
        if let Some(node) = path.get(..depth).and_then(|path| page.root.at(path)) {
            break node;
        }
        depth = depth.checked_sub(1).ok_or_else(|| page.missing(path))?;
    };
    let (parent, rest) = path.split_at(depth);
    let Some((name, inner)) = rest.split_first() else {
        return Err(page.missing(path));
    };
    let value = inner.iter().rev().fold(value.clone(), |value, name| {
        if name == "0" {
            Value::Array(vec![value])
        } else {
            Value::Object(Map::from_iter([(name.clone(), value)]))
        }
    });
    let is_list = matches!(node.kind, Kind::Items { .. });
    let begins_list = node.is_null() && name == "0";
    if is_list || begins_list {
        return match name.parse::<usize>() {
            Ok(at) if at == node.items().len() => {
                Ok(vec![Step::Insert(parent.to_vec(), at, value)])
            }
            _ => Err(page.missing(path)),
        };
    }
    if !opens(node) && !node.is_null() {
        let why = format!("`{}` is no mapping", super::path::said(parent));
        return Err(page.refuse(node.start, node.end, &why));
    }
    Ok(vec![Step::Add(parent.to_vec(), name.clone(), value)])
}

fn insert(
    page: &Page,
    path: &[String],
    at: Option<usize>,
    value: &Value,
) -> Result<Vec<Step>, Stop> {
    let Some(node) = page.root.at(path) else {
        let list = Value::Array(vec![value.clone()]);
        return add(page, path, &list);
    };
    if !matches!(node.kind, Kind::Items { .. }) && !node.is_empty() {
        // One value stands for a list of one.
        if let Kind::Scalar(old, _) = &node.kind {
            let list = Value::Array(vec![old.clone(), value.clone()]);
            return Ok(vec![Step::Replace(path.to_vec(), list)]);
        }
        let why = format!("`{}` is no list", super::path::said(path));
        return Err(page.refuse(node.start, node.end, &why));
    }
    let count = node.items().len();
    let at = at.unwrap_or(count).min(count);
    Ok(vec![Step::Insert(path.to_vec(), at, value.clone())])
}

/// A value behind an alias or a merge becomes a copy at this path.
pub(super) fn detach(page: &Page, path: Vec<String>) -> Result<Step, Stop> {
    if let Some(node) = page.root.at(&path) {
        return Ok(Step::Replace(path, node.value(&page.root)));
    }
    let (name, parent) = path.split_last().ok_or_else(|| page.missing(&path))?;
    let merged = page.node(parent)?.merged(&page.root);
    let value = merged.get(name).cloned();
    let value = value.ok_or_else(|| page.missing(&path))?;
    Ok(Step::Add(parent.to_vec(), name.clone(), value))
}

/// The least that turns what is written into a value.
fn reconcile(
    page: &Page,
    node: &Layout,
    value: &Value,
    path: &[String],
    sharing: Sharing,
) -> Result<Vec<Step>, Stop> {
    let nothing = path.is_empty() && node.is_null() && *value == Value::Object(Map::new());
    if nothing || node.value(&page.root) == *value {
        return Ok(Vec::new());
    }
    let is_alias = matches!(node.kind, Kind::Alias { .. });
    let used = node.anchor > 0 && !page.root.uses(node.anchor).is_empty();
    let refused =
        (is_alias && sharing != Sharing::Detach && (value.is_object() || value.is_array()))
            || (used && sharing != Sharing::All);
    if refused {
        return Err(shared(page, node, sharing));
    }
    match (&node.kind, value) {
        (Kind::Entries { .. }, Value::Object(wanted))
            if node.tag.is_none() && !wanted.is_empty() && !node.is_empty() =>
        {
            entries(page, node, wanted, path, sharing)
        }
        (Kind::Items { .. }, Value::Array(wanted))
            if node.tag.is_none() && !wanted.is_empty() && !node.is_empty() =>
        {
            items(page, node, wanted, path, sharing)
        }
        _ => Ok(vec![Step::Replace(path.to_vec(), value.clone())]),
    }
}

fn entries(
    page: &Page,
    node: &Layout,
    wanted: &Map<String, Value>,
    path: &[String],
    sharing: Sharing,
) -> Result<Vec<Step>, Stop> {
    let merged = node.merged(&page.root);
    let mut steps = Vec::new();
    for (name, value) in wanted {
        match node.step(name) {
            Some(inner) => {
                let path = at_name(path, name);
                steps.extend(reconcile(page, inner, value, &path, sharing)?);
            }
            None if merged.get(name) == Some(value) => {}
            None => steps.push(Step::Add(path.to_vec(), name.clone(), value.clone())),
        }
    }
    for name in merged.keys().filter(|name| !wanted.contains_key(*name)) {
        if node.step(name).is_none() {
            let why = format!("`{name}` comes here by the merge `<<`");
            return Err(page.refuse(node.start, node.end, &why));
        }
        steps.push(Step::Remove(at_name(path, name)));
    }
    Ok(steps)
}

fn items(
    page: &Page,
    node: &Layout,
    wanted: &[Value],
    path: &[String],
    sharing: Sharing,
) -> Result<Vec<Step>, Stop> {
    let old: Vec<Value> = node
        .items()
        .iter()
        .map(|one| one.node.value(&page.root))
        .collect();
    let alike = |pairs: &mut dyn Iterator<Item = (&Value, &Value)>| {
        pairs.take_while(|(one, other)| one == other).count()
    };
    let front = alike(&mut old.iter().zip(wanted));
    let most = old.len().min(wanted.len()) - front;
    let back = alike(&mut old.iter().rev().zip(wanted.iter().rev())).min(most);
    let (old_end, new_end) = (old.len() - back, wanted.len() - back);
    let pairs = old_end.min(new_end);
    let mut steps = Vec::new();
    for number in front..pairs {
        if let (Some(item), Some(value)) = (node.items().get(number), wanted.get(number)) {
            let path = at_number(path, number);
            steps.extend(reconcile(page, &item.node, value, &path, sharing)?);
        }
    }
    for number in (pairs..old_end).rev() {
        steps.push(Step::Remove(at_number(path, number)));
    }
    for number in pairs..new_end {
        if let Some(value) = wanted.get(number) {
            steps.push(Step::Insert(path.to_vec(), number, value.clone()));
        }
    }
    Ok(steps)
}
