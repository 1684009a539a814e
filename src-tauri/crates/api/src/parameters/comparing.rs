//! Two paths beside each other, in one Parameter Store or two, and copying what differs.

use std::collections::HashSet;

use pilothouse_effects::{ParameterFacts, ParameterFilter, ParameterKind, ParameterValue};
use pilothouse_model::Verb;
use pilothouse_secrets::{self as room, Side, Wanted};
use serde::Serialize;
use specta::Type;

use super::files::PreparedImport;
use super::store::digest_key;
use super::view::count;
use super::{ParameterType, Store};
use crate::{ApiError, Host};

/// What one place has under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CompareSide {
    /// How it is kept.
    pub kind: ParameterType,
    /// Its version.
    pub version: u32,
    /// How many bytes its value has.
    pub bytes: u32,
    /// Its value's keyed digest.
    pub digest: String,
}

/// One name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CompareRow {
    /// The name below both paths.
    pub name: String,
    /// What the first place has.
    pub left: Option<CompareSide>,
    /// What the second place has.
    pub right: Option<CompareSide>,
    /// `same`, `differs`, `left` or `right`: what only one has.
    pub state: String,
}

/// Two places beside each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Comparison {
    /// Every name of either, sorted.
    pub rows: Vec<CompareRow>,
    /// How many are the same.
    pub same: u32,
    /// How many differ.
    pub differs: u32,
    /// How many the first place alone has.
    pub left: u32,
    /// How many the second place alone has.
    pub right: u32,
}

/// Compares what lies below two paths. Each place is a Parameter Store and a path.
///
/// # Errors
/// When one of them cannot be read.
pub async fn compare(
    host: &Host,
    left: (&Store, &str),
    right: (&Store, &str),
) -> Result<Comparison, ApiError> {
    let rows = room::compare(sides(host, left).await?, sides(host, right).await?);
    let rows: Vec<CompareRow> = rows.into_iter().map(row).collect();
    let of = |state: &str| count(rows.iter().filter(|row| row.state == state).count());
    Ok(Comparison {
        same: of("same"),
        differs: of("differs"),
        left: of("left"),
        right: of("right"),
        rows,
    })
}

fn row(row: room::Row) -> CompareRow {
    let state = match (&row.left, &row.right) {
        (Some(_), Some(_)) if row.is_same() => "same",
        (Some(_), Some(_)) => "differs",
        (Some(_), None) => "left",
        (None, _) => "right",
    };
    let side = |side: Side| CompareSide {
        kind: side.kind.into(),
        version: side.version,
        bytes: count(side.bytes),
        digest: side.digest.to_string(),
    };
    CompareRow {
        name: row.name,
        left: row.left.map(side),
        right: row.right.map(side),
        state: state.to_owned(),
    }
}

/// The whole names of what lies below a path.
pub(super) async fn names_below(store: &Store, path: &str) -> Result<Vec<String>, ApiError> {
    let path = path.trim_end_matches('/');
    let filter = (!path.is_empty()).then(|| ParameterFilter::Under(path.to_owned()));
    let mut names = Vec::new();
    let mut take = |page: Vec<ParameterFacts>| {
        names.extend(page.into_iter().map(|one| one.name));
        true
    };
    let read = room::list(&store.means, filter.as_ref(), None, &mut take).await;
    read.map_err(|problem| store.told(problem, Some(path)))?;
    Ok(names)
}

async fn sides(
    host: &Host,
    (store, path): (&Store, &str),
) -> Result<Vec<(String, Side)>, ApiError> {
    let key = digest_key(host)?;
    let names = names_below(store, path).await?;
    let values = room::values(&store.means, &names).await;
    let values = values.map_err(|problem| store.told(problem, Some(&format!("{path}/*"))))?;
    let side = |one: ParameterValue| {
        let name = room::relative(&one.name, path)?.to_owned();
        let side = Side {
            kind: one.kind,
            version: one.version,
            bytes: one.value.size(),
            digest: key.of(&one.value),
        };
        Some((name, side))
    };
    Ok(values.into_iter().filter_map(side).collect())
}

/// Looks what copying a path to another would change. `only` are names below the path; all of it when empty. What only
/// the second place has is left alone.
///
/// # Errors
/// When one of them cannot be read.
pub async fn prepare_copy(
    host: &Host,
    from: (&Store, &str),
    to: (&Store, &str),
    only: &[String],
    key: Option<&str>,
) -> Result<PreparedImport, ApiError> {
    let (from_store, from_path) = from;
    let (to_store, to_path) = (to.0, to.1.trim_end_matches('/'));
    let only: HashSet<&str> = only.iter().map(String::as_str).collect();
    let mut names = names_below(from_store, from_path).await?;
    names.retain(|name| {
        let below = room::relative(name, from_path);
        only.is_empty() || below.is_some_and(|below| only.contains(below))
    });
    let values = room::values(&from_store.means, &names).await;
    let values =
        values.map_err(|problem| from_store.told(problem, Some(&format!("{from_path}/*"))))?;
    let wanted = values.into_iter().filter_map(|one| {
        let name = format!("{to_path}/{}", room::relative(&one.name, from_path)?);
        let key = key.filter(|_| one.kind == ParameterKind::Secure);
        Some(Wanted {
            name,
            value: one.value,
            kind: one.kind,
            key: key.map(str::to_owned),
            line: None,
        })
    });
    let plan = room::plan(&to_store.means, &digest_key(host)?, wanted.collect()).await;
    let plan = plan.map_err(|problem| to_store.told(problem, Some(&format!("{to_path}/*"))))?;
    let words = ["copy", from_path, to_path].map(str::to_owned);
    Ok(PreparedImport {
        plan,
        verb: Verb::CopySecrets,
        words: words.to_vec(),
        path: to_path.to_owned(),
    })
}
