//! Folders of the project that go to buckets: which files, under which keys, and what they are served with.

use std::io::Read as _;
use std::sync::Arc;

use md5::Md5;
use pilothouse_artifact::{Pattern, Why, never_served};
use pilothouse_deploy::{DesiredBucket, DesiredFile, DesiredFolder};
use pilothouse_effects::{EntryKind, ProjectFiles, ProjectProblem, Served, TreeEntry};
use pilothouse_model::{Code, Digest, ProjectPath};
use pilothouse_service::Service;
use pilothouse_service::types::{SyncedBucket, SyncedFolder, SyncedRule};
use sha2::{Digest as _, Sha256};

use crate::results::LeftOut;
use crate::{ApiError, Host, Kind, media};

/// How much of a file is read at once.
const CHUNK: usize = 1 << 16;
/// The type of what nothing is known of.
const UNKNOWN_TYPE: &str = "application/octet-stream";

/// The folders of a service, and what of them is never uploaded.
#[derive(Debug, Default)]
pub(crate) struct Synced {
    pub(crate) folders: Vec<DesiredFolder>,
    pub(crate) left_out: Vec<LeftOut>,
}

/// Reads the folders of a service, whose project lies in `folder`.
///
/// # Errors
/// When one is not in the project, is empty, or cannot be read.
pub(crate) fn read(host: &Host, folder: &str, service: &Service) -> Result<Synced, ApiError> {
    let mut synced = Synced::default();
    if service.plugins.synced.is_empty() {
        return Ok(synced);
    }
    let files = host.workplace.project(folder)?;
    for asked in &service.plugins.synced {
        let reading = Reading {
            files: &files,
            root: folder,
            stage: &service.stage,
            asked,
        };
        let read = reading.folder(&mut synced.left_out)?;
        synced.folders.push(read);
    }
    Ok(synced)
}

struct Reading<'a> {
    files: &'a Arc<dyn ProjectFiles>,
    root: &'a str,
    stage: &'a str,
    asked: &'a SyncedFolder,
}

impl Reading<'_> {
    fn folder(&self, left_out: &mut Vec<LeftOut>) -> Result<DesiredFolder, ApiError> {
        let asked = self.asked;
        let rules = rules(asked)?;
        let start = self.start()?;
        let is_near =
            |path: &str| path.starts_with(&start) || start.starts_with(&format!("{path}/"));
        let tree = self.files.walk(&|path| !is_near(path.as_str()))?;
        let mut files = Vec::new();
        for entry in &tree {
            let Some(name) = entry.path.as_str().strip_prefix(&start) else {
                continue;
            };
            if let Some(why) = never_served(entry) {
                left_out.push(of_refused(entry, why));
                continue;
            }
            let is_linked = entry.target.is_some() && !asked.follows_links;
            if let (EntryKind::File { size, .. }, false) = (entry.kind, is_linked) {
                files.push(self.file(entry, name, size, &rules)?);
            }
        }
        if files.is_empty() {
            return Err(empty(asked));
        }
        Ok(DesiredFolder {
            folder: asked.folder.clone(),
            bucket: match &asked.bucket {
                SyncedBucket::Name(name) => DesiredBucket::Name(name.clone()),
                SyncedBucket::Output(output) => DesiredBucket::Output(output.clone()),
            },
            prefix: asked.prefix.clone(),
            deletes: asked.deletes,
            files,
            tags: asked.tags.clone().into_iter().collect(),
        })
    }

    /// What the paths of its files begin with.
    fn start(&self) -> Result<String, ApiError> {
        let asked = self.asked;
        if matches!(asked.folder.as_str(), "" | ".") {
            return Ok(String::new());
        }
        let path = ProjectPath::parse(&asked.folder).map_err(|problem| {
            ApiError::new(
                Code::PathOutside,
                Kind::Config,
                format!(
                    "the folder `{}` of {} is not in the project",
                    asked.folder, asked.path
                ),
            )
            .detail(problem.to_string())
            .hint("Name it relative to the project's folder")
        })?;
        Ok(format!("{path}/"))
    }

    fn file(
        &self,
        entry: &TreeEntry,
        name: &str,
        size: u64,
        rules: &[(Pattern, &SyncedRule)],
    ) -> Result<DesiredFile, ApiError> {
        let matching = rules
            .iter()
            .filter(|(glob, rule)| matches(glob, rule, name));
        let rules: Vec<&SyncedRule> = matching.map(|(_, rule)| *rule).collect();
        let only_for = rules.iter().rev().find_map(|rule| rule.only_for.as_ref());
        let is_for_another = only_for.is_some_and(|stage| stage != self.stage);
        let (digest, md5) = digests(self.files.as_ref(), &entry.path)?;
        Ok(DesiredFile {
            key: format!("{}{name}", self.asked.prefix),
            path: (!is_for_another).then(|| format!("{}/{}", self.root, entry.path)),
            bytes: size,
            digest,
            md5,
            served: served(self.asked, name, rules.last().copied()),
        })
    }
}

/// As with the plugin, names that begin with a dot are matched only where the glob says so.
fn matches(glob: &Pattern, rule: &SyncedRule, name: &str) -> bool {
    let has_dots = |text: &str| text.starts_with('.') || text.contains("/.");
    (!has_dots(name) || has_dots(&rule.glob)) && glob.matches(name)
}

/// The last rule that matches says it all, beside the folder's own words.
fn served(asked: &SyncedFolder, name: &str, rule: Option<&SyncedRule>) -> Served {
    let kind = media::of_path(name).map(str::to_owned);
    let kind = kind.or_else(|| asked.default_type.clone());
    let mut served = Served::new();
    let kind = kind.unwrap_or_else(|| UNKNOWN_TYPE.to_owned());
    served.insert("ContentType".to_owned(), kind);
    served.insert("ACL".to_owned(), asked.acl.clone());
    let said = rule.into_iter().flat_map(|rule| rule.headers.clone());
    served.extend(said);
    served
}

fn rules(asked: &SyncedFolder) -> Result<Vec<(Pattern, &SyncedRule)>, ApiError> {
    let compile = |rule| -> Result<(Pattern, &SyncedRule), ApiError> {
        let rule: &SyncedRule = rule;
        let glob = rule.glob.trim_start_matches('/');
        let pattern = Pattern::compile(glob).map_err(|problem| {
            ApiError::new(
                Code::ConfigBadValue,
                Kind::Config,
                format!("{}.params: {problem}", asked.path),
            )
        })?;
        Ok((pattern, rule))
    };
    asked.rules.iter().map(compile).collect()
}

fn of_refused(entry: &TreeEntry, why: Why) -> LeftOut {
    LeftOut {
        path: entry.path.to_string(),
        why: why.to_string(),
        allowed_by: None,
    }
}

/// Nothing is uploaded from, and above all nothing deleted for, a folder that nobody has filled.
fn empty(asked: &SyncedFolder) -> ApiError {
    ApiError::new(
        Code::PackageMissing,
        Kind::Config,
        format!(
            "the folder `{}` of {} is not there or holds no file",
            asked.folder, asked.path
        ),
    )
    .detail("everything in the bucket would be deleted")
    .hint("Build what it should hold first, or set `enabled: false`")
}

/// SHA-256 and MD5 of a file, read once.
fn digests(
    files: &dyn ProjectFiles,
    path: &ProjectPath,
) -> Result<(Digest, String), ProjectProblem> {
    let mut content = files.open(path)?;
    let (mut sha, mut md5) = (Sha256::new(), Md5::new());
    let mut chunk = vec![0_u8; CHUNK];
    loop {
        let read = content.read(&mut chunk);
        let read = read.map_err(|source| ProjectProblem::Unreadable {
            path: path.clone(),
            source,
        })?;
        let Some(bytes) = chunk.get(..read).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        sha.update(bytes);
        md5.update(bytes);
    }
    let md5: String = md5
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok((Digest::from_bytes(sha.finalize().into()), md5))
}

/// What a removal asks for: the buckets, and what keys in them begin with.
pub(crate) fn places(service: &Service) -> Vec<(DesiredBucket, String)> {
    let place = |asked: &SyncedFolder| {
        let bucket = match &asked.bucket {
            SyncedBucket::Name(name) => DesiredBucket::Name(name.clone()),
            SyncedBucket::Output(output) => DesiredBucket::Output(output.clone()),
        };
        (bucket, asked.prefix.clone())
    };
    service.plugins.synced.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(glob: &str, headers: &[(&str, &str)]) -> SyncedRule {
        let header = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        SyncedRule {
            glob: glob.to_owned(),
            headers: headers.iter().map(header).collect(),
            only_for: None,
        }
    }

    #[test]
    fn the_last_rule_that_matches_says_what_a_file_is_served_with() {
        let asked = SyncedFolder {
            folder: "dist".into(),
            bucket: SyncedBucket::Name("site".into()),
            prefix: String::new(),
            deletes: true,
            acl: "public-read".into(),
            follows_links: false,
            default_type: Some("text/html".into()),
            rules: vec![
                rule("**/*", &[("CacheControl", "no-cache")]),
                rule("*.js", &[("CacheControl", "max-age=1")]),
            ],
            tags: indexmap::IndexMap::new(),
            path: "custom.s3Sync.0".into(),
        };
        let rules = rules(&asked).expect("globs");
        let of = |name: &str| {
            let found = rules
                .iter()
                .filter(|(glob, rule)| matches(glob, rule, name));
            let served = served(&asked, name, found.map(|(_, rule)| *rule).next_back());
            let of = |key: &str| served.get(key).cloned().unwrap_or_default();
            (of("ContentType"), of("CacheControl"), of("ACL"))
        };
        let all =
            |kind: &str, cache: &str| (kind.to_owned(), cache.to_owned(), "public-read".to_owned());
        assert_eq!(of("app.js"), all("application/javascript", "max-age=1"));
        assert_eq!(of("a/app.js"), all("application/javascript", "no-cache"));
        assert_eq!(of("about"), all("text/html", "no-cache"));
        assert_eq!(of(".well-known/x"), all("text/html", ""));
    }
}
