//! Looking: lists, the tree of paths, one parameter, its versions.

use pilothouse_effects::{ParameterFacts, ParameterFilter};
use pilothouse_model::Code;
use pilothouse_secrets::{self as room, DigestKey, Filter, SecretProblem};

use super::store::digest_key;
use super::view::{
    self, BranchView, DifferenceView, ParameterDetails, ParameterView, TagView, UnreadPart,
};
use super::{Store, VersionView};
use crate::{ApiError, Host, Kind};

/// What a list is of.
#[derive(Debug, Clone, Default)]
pub struct ListRequest {
    /// Names below this path alone.
    pub path: Option<String>,
    /// What of them is meant.
    pub filter: Filter,
    /// How many there were the last time, to tell how far it is.
    pub expected: Option<usize>,
}

/// Reads the list and tells it in parts as they come, until it ends or `told` answers that nobody listens any more.
/// Gives how many were read.
///
/// # Errors
/// When AWS does not answer, or does not allow it.
pub async fn list(
    store: &Store,
    request: &ListRequest,
    told: &mut (dyn FnMut(Vec<ParameterView>) -> bool + Send),
) -> Result<usize, ApiError> {
    let path = request
        .path
        .as_deref()
        .map(|path| path.trim_end_matches('/'));
    let path = path.filter(|path| !path.is_empty());
    let filter = path.map(|path| ParameterFilter::Under(path.to_owned()));
    let now = store.means.clock.now();
    let mut take = |page: Vec<ParameterFacts>| {
        let meant = page.iter().filter(|one| request.filter.takes(one, now));
        told(meant.map(ParameterView::from).collect())
    };
    let read = room::list(&store.means, filter.as_ref(), request.expected, &mut take).await;
    read.map_err(|problem| store.told(problem, path))
}

/// The paths of all names below one.
///
/// # Errors
/// When AWS does not answer, or does not allow it.
pub async fn tree(store: &Store, path: Option<&str>) -> Result<Vec<BranchView>, ApiError> {
    let request = ListRequest {
        path: path.map(str::to_owned),
        ..ListRequest::default()
    };
    let mut names = Vec::new();
    list(store, &request, &mut |page| {
        names.extend(page.into_iter().map(|one| one.name));
        true
    })
    .await?;
    let branches = room::tree(names.iter().map(String::as_str));
    Ok(branches.into_iter().map(BranchView::from).collect())
}

/// All that is told of one parameter. What cannot be read is told beside what can.
///
/// # Errors
/// When there is no such parameter, or AWS does not answer.
pub async fn show(host: &Host, store: &Store, name: &str) -> Result<ParameterDetails, ApiError> {
    let facts = facts(store, name).await?;
    let key = digest_key(host)?;
    let mut unread = Vec::new();
    let mut part = |part: &str, problem: SecretProblem| {
        let told = store.told(problem, Some(name));
        unread.push(UnreadPart {
            part: part.to_owned(),
            title: told.title,
            detail: told.detail,
            hints: told.hints,
        });
    };
    let versions = match versions(store, &key, name).await {
        Ok(versions) => versions,
        Err(problem) => {
            part("versions", problem);
            Vec::new()
        }
    };
    let tags = match room::tags(&store.means, name).await {
        Ok(tags) => tags,
        Err(problem) => {
            part("tags", problem);
            Vec::new()
        }
    };
    Ok(ParameterDetails {
        parameter: ParameterView::from(&facts),
        arn: store.arn(name),
        tags: tags
            .into_iter()
            .map(|(key, value)| TagView { key, value })
            .collect(),
        versions,
        unread,
    })
}

/// What is told of a parameter, when there is one.
///
/// # Errors
/// When AWS does not answer, or does not allow it.
pub async fn find(store: &Store, name: &str) -> Result<Option<ParameterView>, ApiError> {
    let found = room::one(&store.means, name).await;
    let found = found.map_err(|problem| store.told(problem, Some(name)))?;
    Ok(found.as_ref().map(ParameterView::from))
}

/// What is told of a parameter that must be there.
pub(super) async fn facts(store: &Store, name: &str) -> Result<ParameterFacts, ApiError> {
    let found = room::one(&store.means, name).await;
    let found = found.and_then(|found| {
        found.ok_or_else(|| SecretProblem::Missing {
            name: name.to_owned(),
        })
    });
    found.map_err(|problem| store.told(problem, Some(name)))
}

async fn versions(
    store: &Store,
    key: &DigestKey,
    name: &str,
) -> Result<Vec<VersionView>, SecretProblem> {
    let all = room::history(&store.means, name).await?;
    Ok(view::versions(key, &all))
}

/// What differs between two versions of a parameter.
///
/// # Errors
/// When one of them does not exist, or AWS does not answer.
pub async fn diff(
    host: &Host,
    store: &Store,
    name: &str,
    before: u32,
    after: u32,
) -> Result<Vec<DifferenceView>, ApiError> {
    let key = digest_key(host)?;
    let all = room::history(&store.means, name).await;
    let all = all.map_err(|problem| store.told(problem, Some(name)))?;
    let find = |number: u32| {
        let found = all.iter().find(|one| one.facts.version == number);
        found.ok_or_else(|| {
            let kept: Vec<String> = all
                .iter()
                .map(|one| one.facts.version.to_string())
                .collect();
            let title = format!("{name} has no version {number}");
            ApiError::new(Code::CloudMissing, Kind::User, title)
                .hint(format!("Versions that are kept: {}", kept.join(", ")))
        })
    };
    let differences = room::changes_between(&key, find(before)?, find(after)?);
    Ok(differences.into_iter().map(DifferenceView::from).collect())
}
