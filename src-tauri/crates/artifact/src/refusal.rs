//! What is never packed, whatever patterns say: it could hold a secret, is state, or lies outside the project.
//!
//! A list of names, not a search for secrets: it knows where secrets usually lie. What it leaves out is
//! returned with the reason, and where a person may decide otherwise, the way to allow that one file.

use std::fmt;

use pilothouse_effects::{EntryKind, TreeEntry};
use pilothouse_model::ProjectPath;

/// A file that was asked for and is not packed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// The file, or a whole folder.
    pub path: ProjectPath,
    /// Why.
    pub why: Why,
}

impl Refused {
    /// What to write into `package.patterns` to have it packed after all, where that is possible.
    pub fn pattern_that_allows(&self) -> Option<&str> {
        self.why.can_be_allowed().then(|| self.path.as_str())
    }
}

/// Why a file is not packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Why {
    /// `.env` and its kin.
    EnvironmentFile,
    /// A private key, or something named like one.
    Key,
    /// Where tools keep passwords and tokens.
    Credentials,
    /// The history of a repository.
    History,
    /// What tools remember of deployments.
    State,
    /// A link that leads out of the project, nowhere, or in a circle.
    LinkAway,
    /// A pipe, a socket, a device, or a name that is not text.
    NotAFile,
}

impl Why {
    /// Whether naming the file in `package.patterns` packs it.
    pub fn can_be_allowed(self) -> bool {
        match self {
            Self::EnvironmentFile | Self::Key | Self::Credentials => true,
            Self::History | Self::State | Self::LinkAway | Self::NotAFile => false,
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::EnvironmentFile => "environment files usually hold secrets",
            Self::Key => "it is named like a private key",
            Self::Credentials => "tools keep passwords and tokens in it",
            Self::History => "it is part of a repository's history",
            Self::State => "it is the state of a deployment tool",
            Self::LinkAway => "the link leads out of the project, nowhere, or in a circle",
            Self::NotAFile => "it is not a regular file, or its name is not text",
        })
    }
}

/// Folders whose whole content is refused, by their names.
const FOLDERS: &[(&str, Why)] = &[
    (".git", Why::History),
    (".hg", Why::History),
    (".svn", Why::History),
    (".serverless", Why::State),
    (".pilothouse", Why::State),
    (".terraform", Why::State),
    (".aws", Why::Credentials),
    (".azure", Why::Credentials),
    (".gnupg", Why::Credentials),
    (".kube", Why::Credentials),
    (".ssh", Why::Credentials),
];

const FILES: &[(&str, Why)] = &[
    (".dockercfg", Why::Credentials),
    (".git-credentials", Why::Credentials),
    (".htpasswd", Why::Credentials),
    (".my.cnf", Why::Credentials),
    (".netrc", Why::Credentials),
    ("_netrc", Why::Credentials),
    (".npmrc", Why::Credentials),
    (".pgpass", Why::Credentials),
    (".pypirc", Why::Credentials),
];

const STARTS: &[(&str, Why)] = &[
    (".env", Why::EnvironmentFile),
    ("id_dsa", Why::Key),
    ("id_ecdsa", Why::Key),
    ("id_ed25519", Why::Key),
    ("id_rsa", Why::Key),
];

const ENDS: &[(&str, Why)] = &[
    (".jks", Why::Key),
    (".key", Why::Key),
    (".keystore", Why::Key),
    (".p12", Why::Key),
    (".pem", Why::Key),
    (".pfx", Why::Key),
    (".ppk", Why::Key),
    (".tfstate", Why::State),
];

/// The public certificate lists that the field's libraries carry: without them no HTTPS call works.
const PUBLIC: &[&str] = &[
    "botocore/cacert.pem",
    "certifi/cacert.pem",
    "grpc/_cython/_credentials/roots.pem",
    "grpc/etc/roots.pem",
];

/// Why a file is never put where others can read it, if it is not; no setting allows it.
pub fn never_served(entry: &TreeEntry) -> Option<Why> {
    match entry.kind {
        EntryKind::LinkAway => return Some(Why::LinkAway),
        EntryKind::Special => return Some(Why::NotAFile),
        _ => {}
    }
    // A harmless name may be a link to `.env`: where it leads counts as well.
    let paths = [Some(&entry.path), entry.target.as_ref()];
    paths
        .into_iter()
        .flatten()
        .find_map(|path| why(path.as_str()))
}

/// Why a path is on the list, if it is. Case does not matter, as it does not on half of the disks.
pub(crate) fn why(path: &str) -> Option<Why> {
    let path = path.to_ascii_lowercase();
    let folder = path
        .split('/')
        .find_map(|part| find(FOLDERS, |name| part == name));
    folder.or_else(|| {
        let name = path.rsplit('/').next().unwrap_or(&path);
        let public = PUBLIC
            .iter()
            .any(|known| path == *known || path.ends_with(&format!("/{known}")));
        find(FILES, |known| name == known)
            .or_else(|| find(STARTS, |start| name.starts_with(start)))
            .or_else(|| name.contains(".tfstate.").then_some(Why::State))
            .or_else(|| find(ENDS, |end| name.ends_with(end)).filter(|_| !public))
    })
}

/// Whether a folder is of a kind that no pattern can allow anything of.
pub(crate) fn never_entered(folder: &str) -> bool {
    let name = folder.rsplit('/').next().unwrap_or(folder);
    find(FOLDERS, |known| name.eq_ignore_ascii_case(known)).is_some_and(|why| !why.can_be_allowed())
}

fn find(list: &[(&str, Why)], fits: impl Fn(&str) -> bool) -> Option<Why> {
    list.iter()
        .find(|(known, _)| fits(known))
        .map(|(_, why)| *why)
}

#[cfg(test)]
#[path = "refusal_tests.rs"]
mod tests;
