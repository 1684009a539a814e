//! Whether a plan still fits, and what moved on when it does not.

use std::collections::BTreeMap;
use std::fmt;

use pilothouse_model::{ArchiveMark, Fingerprint};

/// Something a plan is bound to that is not so any more.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Moved {
    /// Another account.
    Account {
        /// The planned one.
        planned: String,
        /// The one now.
        now: String,
    },
    /// Another Region.
    Region {
        /// The planned one.
        planned: String,
        /// The one now.
        now: String,
    },
    /// Someone else acts.
    Principal {
        /// The planned one.
        planned: String,
        /// The one now.
        now: String,
    },
    /// The configuration gives another template.
    Template,
    /// The configuration gives the stack other settings.
    Settings,
    /// A file that is packed has changed, is new, or is gone.
    File {
        /// The archive.
        archive: String,
        /// The file in it.
        file: String,
        /// In one word.
        how: &'static str,
    },
    /// An archive is another one, and which file in it cannot be told.
    Archive {
        /// Its name.
        archive: String,
    },
    /// The files of a folder that goes to a bucket are others.
    Files {
        /// The folder.
        folder: String,
    },
    /// The stack was changed, made or deleted in between.
    Stack {
        /// Its name.
        stack: String,
    },
    /// The change set is gone or was used.
    ChangeSet {
        /// In the service's words.
        state: String,
    },
    /// A function runs other code than when the plan was made.
    Function {
        /// Its name.
        function: String,
    },
}

impl fmt::Display for Moved {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account { planned, now } => {
                write!(
                    out,
                    "the account is {now}, and the plan was made for {planned}"
                )
            }
            Self::Region { planned, now } => {
                write!(
                    out,
                    "the Region is {now}, and the plan was made for {planned}"
                )
            }
            Self::Principal { planned, now } => {
                write!(out, "you act as {now}, and the plan was made as {planned}")
            }
            Self::Template => out.write_str("the configuration gives another template now"),
            Self::Settings => out.write_str("the configuration gives the stack other settings now"),
            Self::File { archive, file, how } => write!(out, "{file} in {archive} {how}"),
            Self::Archive { archive } => write!(out, "{archive} holds something else now"),
            Self::Files { folder } => write!(out, "the files in {folder} are others now"),
            Self::Stack { stack } => write!(out, "the stack {stack} has changed since"),
            Self::ChangeSet { state } => write!(out, "the change set cannot be used: {state}"),
            Self::Function { function } => write!(out, "the function {function} runs other code"),
        }
    }
}

/// Everything that moved on between two fingerprints.
pub fn moved(stack: &str, planned: &Fingerprint, now: &Fingerprint) -> Vec<Moved> {
    let mut found = Vec::new();
    if planned.account != now.account {
        found.push(Moved::Account {
            planned: planned.account.clone(),
            now: now.account.clone(),
        });
    }
    if planned.region != now.region {
        found.push(Moved::Region {
            planned: planned.region.clone(),
            now: now.region.clone(),
        });
    }
    // In another account it is always someone else, and that says nothing more.
    if planned.account == now.account && role_of(&planned.principal) != role_of(&now.principal) {
        found.push(Moved::Principal {
            planned: planned.principal.clone(),
            now: now.principal.clone(),
        });
    }
    if planned.template != now.template {
        found.push(Moved::Template);
    }
    // A plan of an older version is not bound to them.
    if !planned.settings.is_empty() && planned.settings != now.settings {
        found.push(Moved::Settings);
    }
    found.extend(moved_archives(&planned.archives, &now.archives));
    if planned.stack != now.stack {
        found.push(Moved::Stack {
            stack: stack.to_owned(),
        });
    }
    found
}

/// The principal without the name of its session, which differs from login to login.
pub fn role_of(arn: &str) -> &str {
    match arn.split_once(":assumed-role/") {
        Some((_, rest)) if rest.contains('/') => arn.rsplit_once('/').map_or(arn, |(role, _)| role),
        _ => arn,
    }
}

fn moved_archives(
    planned: &BTreeMap<String, ArchiveMark>,
    now: &BTreeMap<String, ArchiveMark>,
) -> Vec<Moved> {
    let mut found = Vec::new();
    for name in planned
        .keys()
        .chain(now.keys().filter(|name| !planned.contains_key(*name)))
    {
        match (planned.get(name), now.get(name)) {
            (Some(before), Some(after)) if before.sha256 == after.sha256 => {}
            (Some(before), Some(after)) => {
                let files = moved_files(name, before, after);
                if files.is_empty() {
                    found.push(Moved::Archive {
                        archive: name.clone(),
                    });
                }
                found.extend(files);
            }
            _ => found.push(Moved::Archive {
                archive: name.clone(),
            }),
        }
    }
    found
}

fn moved_files(archive: &str, planned: &ArchiveMark, now: &ArchiveMark) -> Vec<Moved> {
    let file = |name: &String, how| Moved::File {
        archive: archive.to_owned(),
        file: name.clone(),
        how,
    };
    let before = planned
        .files
        .iter()
        .filter_map(|(name, crc)| match now.files.get(name) {
            None => Some(file(name, "is gone")),
            Some(other) if other != crc => Some(file(name, "has changed")),
            Some(_) => None,
        });
    let added = now
        .files
        .keys()
        .filter(|name| !planned.files.contains_key(*name))
        .map(|name| file(name, "is new"));
    before.chain(added).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint() -> Fingerprint {
        Fingerprint {
            settings: String::new(),
            account: "111111111111".into(),
            region: "eu-west-1".into(),
            principal: "arn:aws:sts::111111111111:assumed-role/Deployer/me-1".into(),
            template: "t".into(),
            archives: [(
                "shop.zip".to_owned(),
                ArchiveMark {
                    sha256: "a".into(),
                    files: [("a.py".to_owned(), 1), ("b.py".to_owned(), 2)].into(),
                },
            )]
            .into(),
            stack: None,
        }
    }

    #[test]
    fn another_session_of_the_same_role_is_the_same_principal() {
        let mut now = fingerprint();
        now.principal = "arn:aws:sts::111111111111:assumed-role/Deployer/me-2".into();
        assert_eq!(moved("shop-dev", &fingerprint(), &now), []);
        now.principal = "arn:aws:iam::111111111111:user/me".into();
        assert_eq!(moved("shop-dev", &fingerprint(), &now).len(), 1);
    }

    #[test]
    fn files_that_moved_on_are_named_one_by_one() {
        let mut now = fingerprint();
        now.archives.insert(
            "shop.zip".into(),
            ArchiveMark {
                sha256: "b".into(),
                files: [("b.py".to_owned(), 3), ("c.py".to_owned(), 4)].into(),
            },
        );
        let said: Vec<String> = moved("shop-dev", &fingerprint(), &now)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            said,
            [
                "a.py in shop.zip is gone",
                "b.py in shop.zip has changed",
                "c.py in shop.zip is new"
            ]
        );
    }

    #[test]
    fn another_account_is_named_with_both_numbers() {
        let mut now = fingerprint();
        now.account = "222222222222".into();
        now.principal = "arn:aws:iam::222222222222:user/me".into();
        let said: Vec<String> = moved("shop-dev", &fingerprint(), &now)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            said,
            ["the account is 222222222222, and the plan was made for 111111111111"]
        );
    }
}
