//! `custom.s3Sync`.

use indexmap::IndexMap;

use super::reader::{At, Reader};
use crate::types::{SyncedBucket, SyncedFolder, SyncedRule};

/// Who may read an object, in S3's words.
const ACLS: &[&str] = &[
    "private",
    "public-read",
    "public-read-write",
    "authenticated-read",
    "aws-exec-read",
    "bucket-owner-read",
    "bucket-owner-full-control",
];

/// The folders, unless nothing is to be uploaded.
pub(super) fn read(reader: &mut Reader, at: &At<'_>) -> Vec<SyncedFolder> {
    let is_list = at.node.as_sequence().is_some();
    if !is_list && reader.truth(at.get("noSync")) == Some(true) {
        return Vec::new();
    }
    let list = if is_list {
        Some(at.clone())
    } else {
        at.get("buckets")
    };
    let items = reader.items(list);
    let folders = items.iter().filter_map(|at| folder(reader, at));
    folders.collect()
}

fn folder(reader: &mut Reader, at: &At<'_>) -> Option<SyncedFolder> {
    if reader.truth(at.get("enabled")) == Some(false) {
        return None;
    }
    if let Some(command) = at.get("preCommand") {
        reader.conflict(
            &command,
            format!("`{}` runs a command, which is not done here", command.path),
            "Remove it, and run the command before the deploy",
        );
    }
    let text = |reader: &mut Reader, key| reader.words(at.get(key));
    let bucket = match (text(reader, "bucketName"), text(reader, "bucketNameKey")) {
        (Some(name), _) => SyncedBucket::Name(name),
        (None, Some(output)) => SyncedBucket::Output(output),
        (None, None) => {
            reader.conflict(
                at,
                format!("`{}` names no bucket", at.path),
                "Write `bucketName:`, or `bucketNameKey:` with the output of the stack that names it",
            );
            return None;
        }
    };
    let folder = text(reader, "localDir")?;
    let folder = folder.trim_start_matches("./").trim_end_matches('/');
    let prefix = text(reader, "bucketPrefix").unwrap_or_default();
    let prefix = prefix.trim_matches('/');
    let acl = acl(reader, at.get("acl")).unwrap_or_else(|| "private".to_owned());
    Some(SyncedFolder {
        folder: folder.to_owned(),
        bucket,
        prefix: match prefix {
            "" => String::new(),
            prefix => format!("{prefix}/"),
        },
        deletes: reader.truth(at.get("deleteRemoved")) != Some(false),
        acl,
        follows_links: reader.truth(at.get("followSymlinks")) == Some(true),
        default_type: text(reader, "defaultContentType"),
        rules: rules(reader, at.get("params")),
        tags: reader.texts_by_name(at.get("bucketTags")),
        path: at.path.clone(),
    })
}

fn acl(reader: &mut Reader, at: Option<At<'_>>) -> Option<String> {
    let at = at?;
    let word = reader.text(Some(at.clone()))?;
    if !ACLS.contains(&word.as_str()) {
        reader.refuse(&at, &format!("one of {}", ACLS.join(", ")));
    }
    Some(word)
}

fn rules(reader: &mut Reader, at: Option<At<'_>>) -> Vec<SyncedRule> {
    let mut rules = Vec::new();
    for item in reader.items(at) {
        for (glob, said) in reader.entries(Some(item)) {
            let mut headers = IndexMap::new();
            let mut only_for = None;
            for (name, value) in reader.entries(Some(said)) {
                match name.as_str() {
                    "OnlyForEnv" => {
                        reader.warn(
                            &value,
                            format!("`{}` is compared with the stage", value.path),
                            "There is no option `--env` here; name the stage",
                        );
                        only_for = reader.text(Some(value));
                    }
                    "Metadata" => {
                        let own = reader.texts_by_name(Some(value)).into_iter();
                        let named = |(name, text): (String, String)| {
                            (format!("Metadata:{}", name.to_lowercase()), text)
                        };
                        headers.extend(own.map(named));
                    }
                    "ACL" => {
                        headers.extend(acl(reader, Some(value)).map(|word| (name, word)));
                    }
                    _ => headers.extend(reader.text(Some(value)).map(|text| (name, text))),
                }
            }
            rules.push(SyncedRule {
                glob,
                headers,
                only_for,
            });
        }
    }
    rules
}
