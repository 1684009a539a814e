//! The way to the place of an edit: through lists of parts, other files, aliases and merges.

use pilothouse_model::{Code, Diagnostic, Span};
use serde_json::Value;

use super::layout::{Entry, Kind, Layout};
use super::{Edit, Page, Sharing, Stop, path};

/// Where an edit is made.
#[derive(Debug)]
pub(super) enum Found {
    /// At this path.
    Here(Vec<String>),
    /// At this path, where the anchor is.
    AtAnchor(Vec<String>),
    /// At this path is an alias, or nothing but what a merge brings, that must become a copy first.
    Detach(Vec<String>),
}

/// Follows an edit's path.
pub(super) fn place(page: &Page, edit: &Edit, sharing: Sharing) -> Result<Found, Stop> {
    let path = in_parts(page, edit.path());
    let inside = match edit {
        Edit::Set { value, .. } => value.is_object() || value.is_array(),
        Edit::Insert { .. } | Edit::Move { .. } => true,
        Edit::Remove { .. } | Edit::Rename { .. } => false,
    };
    let reach = path.len() + usize::from(inside);
    if let Some(stop) = in_a_file(page, &path, reach) {
        return Err(stop);
    }
    let mut node = &page.root;
    for (depth, name) in path.iter().enumerate() {
        let (before, rest) = path.split_at(depth);
        if let Some(found) = gate(page, node, (before, rest), sharing)? {
            return Ok(found);
        }
        let Some(next) = node.step(name) else {
            let merged = by_merge(page, node, name);
            return match merged {
                Some(entry) => through_merge(page, edit, entry, (&path, depth), sharing),
                None => Ok(Found::Here(path)),
            };
        };
        node = next;
    }
    let removes = matches!(edit, Edit::Remove { .. });
    if removes && node.anchor > 0 && !page.root.uses(node.anchor).is_empty() {
        return Err(shared(page, node, Sharing::Detach));
    }
    let is_alias = matches!(node.kind, Kind::Alias { .. });
    let set = matches!(edit, Edit::Set { .. });
    // A single value in the place of an alias changes this place alone.
    if inside || (set && (!is_alias || sharing == Sharing::All)) {
        let (before, rest) = path.split_at(path.len());
        if let Some(found) = gate(page, node, (before, rest), sharing)? {
            return Ok(found);
        }
    }
    Ok(Found::Here(path))
}

/// Whether a value is shared with other places, and what that means.
fn gate(
    page: &Page,
    node: &Layout,
    (before, rest): (&[String], &[String]),
    sharing: Sharing,
) -> Result<Option<Found>, Stop> {
    if let Kind::Alias { anchor, .. } = node.kind {
        return match sharing {
            Sharing::Refuse => Err(shared(page, node, sharing)),
            Sharing::Detach => Ok(Some(Found::Detach(before.to_vec()))),
            Sharing::All => {
                let at = page.root.path_of(anchor);
                let mut at = at.ok_or_else(|| page.missing(before))?;
                at.extend_from_slice(rest);
                Ok(Some(Found::AtAnchor(at)))
            }
        };
    }
    if node.anchor > 0 && sharing != Sharing::All && !page.root.uses(node.anchor).is_empty() {
        return Err(shared(page, node, sharing));
    }
    Ok(None)
}

/// The refusal to change a value that other places share.
pub(super) fn shared(page: &Page, node: &Layout, sharing: Sharing) -> Stop {
    let anchor = match node.kind {
        Kind::Alias { anchor, .. } => anchor,
        _ => node.anchor,
    };
    let uses = page.root.uses(anchor);
    let home = page.root.anchored(anchor).unwrap_or(node);
    let span = |start: usize, end: usize| Span::new(page.source.clone(), start, end);
    let places = match uses.len() {
        1 => "another place".to_owned(),
        count => format!("{count} other places"),
    };
    let why = format!("the value has an anchor that {places} of the file share");
    let mut found = Diagnostic::error(Code::EditRefused, format!("nothing was changed: {why}"))
        .at(span(node.start, node.end.max(node.start)))
        .reason(why);
    if matches!(node.kind, Kind::Alias { .. }) {
        found = found
            .related(span(home.start, home.end), "the value itself")
            .hint("Change it everywhere (`--shared all`), or give this place a copy of its own (`--shared detach`)");
    } else {
        for (start, end) in uses.into_iter().take(5) {
            found = found.related(span(start, end), "used here");
        }
        found = if sharing == Sharing::Detach {
            found.hint("It is written here: give the other places copies of their own first, or remove them")
        } else {
            found.hint("Change it everywhere: `--shared all`")
        };
    }
    Stop::Refused(Box::new(found))
}

/// The merge that brings a name.
fn by_merge<'p>(page: &'p Page, node: &'p Layout, name: &str) -> Option<&'p Entry> {
    let mut merges = node.entries().iter().filter(|entry| entry.merge);
    merges.find(|entry| {
        source_of(page, &entry.node, name).is_some()
            || matches!(&entry.node.kind, Kind::Entries { entries, .. } if entries.iter().any(|one| one.key == name))
    })
}

/// The anchored mapping among the sources of a merge that has a name.
fn source_of<'p>(page: &'p Page, node: &'p Layout, name: &str) -> Option<&'p Layout> {
    let one = |node: &'p Layout| {
        let Kind::Alias { anchor, .. } = node.kind else {
            return None;
        };
        let home = page.root.anchored(anchor)?;
        home.merged(&page.root).contains_key(name).then_some(home)
    };
    one(node).or_else(|| node.items().iter().find_map(|item| one(&item.node)))
}

fn through_merge(
    page: &Page,
    edit: &Edit,
    entry: &Entry,
    (path, depth): (&[String], usize),
    sharing: Sharing,
) -> Result<Found, Stop> {
    let whole = depth + 1 == path.len();
    let name = path.get(depth).map(String::as_str).unwrap_or_default();
    if whole && matches!(edit, Edit::Set { .. }) && sharing != Sharing::All {
        // Written here, it replaces what the merge brings, here alone.
        return Ok(Found::Here(path.to_vec()));
    }
    let home = source_of(page, &entry.node, name).and_then(|home| page.root.path_of(home.anchor));
    match (sharing, home) {
        (Sharing::All, Some(mut home)) => {
            home.extend_from_slice(path.get(depth..).unwrap_or_default());
            Ok(Found::AtAnchor(home))
        }
        (Sharing::Detach, _) if !(whole && matches!(edit, Edit::Remove { .. })) => {
            Ok(Found::Detach(path.get(..=depth).unwrap_or_default().to_vec()))
        }
        _ => Err(Stop::Refused(Box::new(
            Diagnostic::error(
                Code::EditRefused,
                format!("nothing was changed: `{name}` comes here by the merge `<<`"),
            )
            .at(Span::new(page.source.clone(), entry.key_start, entry.node.end))
            .reason("this brings it")
            .hint("Change it where it is written (`--shared all`), or give this place a copy of its own (`--shared detach`)"),
        ))),
    }
}

/// The path with the numbers of parts in it, where `functions` or `resources` are lists of mappings.
fn in_parts(page: &Page, written: &[String]) -> Vec<String> {
    let mut path = Vec::new();
    let mut node = Some(&page.root);
    for name in written {
        if let Some(list) = node
            && path.len() == 1
            && name.parse::<usize>().is_err()
            && let Kind::Items { items, .. } = &list.kind
        {
            let has = items.iter().position(|item| item.node.step(name).is_some());
            let texts = items.iter().enumerate();
            let files: Vec<usize> = texts
                .filter(|(_, item)| file_of(&item.node).is_some())
                .map(|(at, _)| at)
                .collect();
            let part = match (has, files.as_slice()) {
                (Some(at), _) => Some(at),
                (None, [only]) => Some(*only),
                (None, []) => items.len().checked_sub(1),
                _ => None,
            };
            if let Some(at) = part {
                path.push(at.to_string());
                node = list.step(&at.to_string());
            }
        }
        node = node.and_then(|node| node.step(name));
        path.push(name.clone());
    }
    path
}

/// Whether the value at a path is another file's.
pub(super) fn elsewhere(page: &Page, path: &[String]) -> Option<Stop> {
    in_a_file(page, path, path.len() + 1)
}

fn in_a_file(page: &Page, path: &[String], reach: usize) -> Option<Stop> {
    let mut node = &page.root;
    for depth in 0..reach {
        let rest = path.get(depth..).unwrap_or_default();
        let place = Span::new(page.source.clone(), node.start, node.end);
        if let Some((file, mut inner)) = file_of(node) {
            inner.extend_from_slice(rest);
            return Some(Stop::Elsewhere {
                file,
                path: inner,
                place,
            });
        }
        let name = rest.first()?;
        if let Kind::Scalar(Value::String(text), _) = &node.kind
            && text.starts_with("${")
        {
            return Some(variable(text, rest, place));
        }
        node = node.step(name)?;
    }
    None
}

fn variable(text: &str, rest: &[String], place: Span) -> Stop {
    let found = Diagnostic::error(
        Code::EditRefused,
        format!("nothing was changed: the value is the variable `{text}`"),
    )
    .at(place)
    .reason("what is inside it is written elsewhere");
    let own = text
        .strip_prefix("${self:")
        .and_then(|text| text.strip_suffix('}'))
        .filter(|own| !own.contains(['$', ',', '{']));
    Stop::Refused(Box::new(match own {
        Some(own) => found.hint(format!(
            "Change it where it is written: `{own}.{}`",
            path::said(rest)
        )),
        None => found.hint("Change it where it is written"),
    }))
}

/// The file and the path in it, when a value is all of `${file(...)}`.
fn file_of(node: &Layout) -> Option<(String, Vec<String>)> {
    let Kind::Scalar(Value::String(text), _) = &node.kind else {
        return None;
    };
    let inner = text.trim().strip_prefix("${file(")?.strip_suffix('}')?;
    let (file, after) = inner.split_once(')')?;
    let odd = |text: &str| text.contains(['$', '{', '}', ',', '~']);
    if odd(file) || odd(after) || file.is_empty() {
        return None;
    }
    let inner = match after.strip_prefix(':') {
        Some(inner) if !inner.is_empty() => inner.split('.').map(str::to_owned).collect(),
        None if after.is_empty() => Vec::new(),
        _ => return None,
    };
    Some((file.trim().to_owned(), inner))
}
