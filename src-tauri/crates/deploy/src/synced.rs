//! Folders of the project whose files go to buckets, as serverless-s3-sync brings them: when the stack stands, what is
//! new or other is uploaded, and what is gone is deleted. A plan names each key, and only what it names is done.

mod put;

use std::collections::{BTreeMap, BTreeSet};

use futures_util::StreamExt as _;
use pilothouse_effects::{CloudProblem, FoundFile, Served, Stack};
use pilothouse_model::{Digest, Plan, SyncedFile, SyncedFolder};
use serde_json::Value;

use crate::desired::{Desired, DesiredBucket, DesiredFile, DesiredFolder};
use crate::look::{AT_ONCE, Standing};
use crate::{DeployProblem, Moved, Session};

pub use put::files_of;
pub(crate) use put::{delete, put};

/// How the journal names the uploads: another name than a release's, which is deleted when nobody uses it.
pub(crate) const PUT: &str = "PutObject (s3Sync)";
pub(crate) const DELETE: &str = "DeleteObjects (s3Sync)";
/// Where it is kept who may read a file, for S3 does not say it with the file.
const ACL: &str = "ACL";
const KEPT_ACL: &str = "Metadata:acl";
/// Who may read what nothing is said of.
const USUAL_ACL: &str = "private";
/// What S3 says in its own way and is only sent.
const ONLY_SENT: &[&str] = &[ACL, "ServerSideEncryption", "SSEKMSKeyId"];

/// What would be uploaded and deleted.
pub(crate) async fn find(
    session: &Session,
    desired: &Desired,
    standing: &Standing,
) -> Result<Vec<SyncedFolder>, DeployProblem> {
    let stack = match standing {
        Standing::Up(existing) => Some(&existing.stack),
        _ => None,
    };
    let mut found = Vec::new();
    for folder in &desired.synced {
        let bucket = bucket_of(folder, stack);
        let others = others(desired, folder);
        found.push(compare(session, desired, folder, bucket, &others).await?);
    }
    Ok(found)
}

fn bucket_of(folder: &DesiredFolder, stack: Option<&Stack>) -> Option<String> {
    match &folder.bucket {
        DesiredBucket::Name(name) => Some(name.clone()),
        DesiredBucket::Output(output) => stack?.outputs.get(output).cloned(),
    }
}

/// What keys of other folders in the same bucket begin with: one folder must not delete another's files.
fn others<'d>(desired: &'d Desired, folder: &DesiredFolder) -> Vec<&'d str> {
    let same = desired.synced.iter().filter(|other| {
        other.bucket == folder.bucket
            && other.prefix != folder.prefix
            && other.prefix.starts_with(&folder.prefix)
    });
    same.map(|other| other.prefix.as_str()).collect()
}

async fn compare(
    session: &Session,
    desired: &Desired,
    folder: &DesiredFolder,
    bucket: Option<String>,
    others: &[&str],
) -> Result<SyncedFolder, DeployProblem> {
    let mut plan = SyncedFolder {
        folder: folder.folder.clone(),
        prefix: folder.prefix.clone(),
        digest: digest(folder),
        added: Vec::new(),
        changed: Vec::new(),
        deleted: Vec::new(),
        foreign: Vec::new(),
        same: 0,
        tags: BTreeMap::new(),
        bucket,
    };
    let there = match &plan.bucket {
        Some(bucket) => keys(session, desired, bucket, &folder.prefix).await?,
        None => None,
    };
    let Some((bucket, there)) = plan.bucket.clone().zip(there) else {
        plan.added = folder
            .files
            .iter()
            .filter_map(|file| told(file, false))
            .collect();
        plan.tags = folder.tags.clone();
        return Ok(plan);
    };
    let known: BTreeSet<&str> = folder.files.iter().map(|file| file.key.as_str()).collect();
    if folder.deletes {
        let gone = there.iter().filter(|key| {
            !known.contains(key.as_str()) && !others.iter().any(|other| key.starts_with(other))
        });
        plan.deleted = gone.cloned().collect();
        plan.foreign = foreign(session, &bucket, &plan.deleted).await?;
    }
    let wanted = folder.files.iter();
    let wanted = wanted.map(|file| there.get(&file.key).cloned());
    let found = look_all(session, &bucket, wanted.collect()).await?;
    for (file, found) in folder.files.iter().zip(found) {
        match found {
            None => plan.added.extend(told(file, false)),
            Some(found) if !same_content(file, &found) => plan.changed.extend(told(file, false)),
            Some(found) if !same_served(&file.served, &found.served) => {
                plan.changed.extend(told(file, true));
            }
            Some(_) => plan.same += 1,
        }
    }
    plan.tags = new_tags(session, &bucket, folder).await?;
    Ok(plan)
}

/// The tags that a bucket has not yet.
async fn new_tags(
    session: &Session,
    bucket: &str,
    folder: &DesiredFolder,
) -> Result<BTreeMap<String, String>, DeployProblem> {
    if folder.tags.is_empty() {
        return Ok(BTreeMap::new());
    }
    let live = session
        .cloud()
        .files
        .tags(bucket, session.account())
        .await?;
    let wanted = folder.tags.iter();
    let wanted = wanted.filter(|(key, value)| live.get(*key) != Some(*value));
    Ok(wanted
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect())
}

fn told(file: &DesiredFile, served_anew: bool) -> Option<SyncedFile> {
    file.path.as_ref()?;
    Some(SyncedFile {
        key: file.key.clone(),
        bytes: file.bytes,
        served_anew,
    })
}

/// The keys below a prefix; none when the bucket is one that the stack has yet to make.
async fn keys(
    session: &Session,
    desired: &Desired,
    bucket: &str,
    prefix: &str,
) -> Result<Option<BTreeSet<String>>, DeployProblem> {
    let objects = &session.cloud().objects;
    match objects.list(bucket, session.account(), prefix).await {
        Ok(keys) => Ok(Some(keys.into_iter().collect())),
        Err(CloudProblem::NotFound { .. }) if makes(desired, bucket) => Ok(None),
        Err(problem) => Err(problem.into()),
    }
}

/// Whether the template has a bucket that can be the one of this name.
fn makes(desired: &Desired, name: &str) -> bool {
    let resources = desired.update.section("Resources").into_iter().flatten();
    let mut buckets = resources.filter_map(|(_, resource)| {
        let is_bucket = resource.get("Type")?.as_str()? == "AWS::S3::Bucket";
        let given = resource.pointer("/Properties/BucketName")?;
        is_bucket.then_some(given)
    });
    buckets.any(|given| match given {
        Value::String(text) => text == name,
        _ => true,
    })
}

/// Files as they lie in the bucket, in their order.
async fn look_all(
    session: &Session,
    bucket: &str,
    keys: Vec<Option<String>>,
) -> Result<Vec<Option<FoundFile>>, DeployProblem> {
    let files = &session.cloud().files;
    let ask = |key: Option<String>| async move {
        match key {
            Some(key) => files.look(bucket, session.account(), &key).await,
            None => Ok(None),
        }
    };
    let answers: Vec<Result<Option<FoundFile>, CloudProblem>> = futures_util::stream::iter(keys)
        .map(ask)
        .buffered(AT_ONCE)
        .collect()
        .await;
    let answers = answers
        .into_iter()
        .collect::<Result<Vec<_>, CloudProblem>>();
    Ok(answers?)
}

/// Those of some keys that no deploy put there: what a deploy puts has the digest of its content with it.
async fn foreign(
    session: &Session,
    bucket: &str,
    keys: &[String],
) -> Result<Vec<String>, DeployProblem> {
    let asked = keys.iter().cloned().map(Some).collect();
    let found = look_all(session, bucket, asked).await?;
    let is_foreign = |found: &Option<FoundFile>| {
        let own = found.as_ref().map(|found| found.digest.is_some());
        own == Some(false)
    };
    let pairs = keys.iter().zip(&found);
    let foreign = pairs.filter(|(_, found)| is_foreign(found));
    Ok(foreign.map(|(key, _)| key.clone()).collect())
}

/// A file that somebody else put there is known by its MD5.
fn same_content(file: &DesiredFile, found: &FoundFile) -> bool {
    if file.path.is_none() {
        return true;
    }
    match found.digest {
        Some(digest) => digest == file.digest,
        None => found.md5.as_ref() == Some(&file.md5),
    }
}

fn same_served(wanted: &Served, found: &Served) -> bool {
    let acl = |served: &Served, name: &str| {
        let word = served.get(name).map_or(USUAL_ACL, String::as_str);
        word.to_owned()
    };
    let said = |served: &Served| -> Served {
        let counts = |name: &str| !ONLY_SENT.contains(&name) && name != KEPT_ACL;
        let said = served.iter().filter(|(name, _)| counts(name));
        said.map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    };
    acl(wanted, ACL) == acl(found, KEPT_ACL) && said(wanted) == said(found)
}

/// The digest of what a folder holds: a plan is bound to it.
fn digest(folder: &DesiredFolder) -> String {
    let mut text = String::new();
    for file in &folder.files {
        text.push_str(&format!(
            "{:?} {} {:?}\n",
            file.key, file.digest, file.served
        ));
    }
    Digest::of(text.as_bytes()).to_string()
}

/// Folders whose files are others than when the plan was made.
pub(crate) fn moved(desired: &Desired, plan: &Plan) -> Vec<Moved> {
    if plan.synced.len() != desired.synced.len() {
        return vec![Moved::Template];
    }
    let pairs = plan.synced.iter().zip(&desired.synced);
    let moved = pairs.filter(|(planned, now)| planned.digest != digest(now));
    moved
        .map(|(planned, _)| Moved::Files {
            folder: planned.folder.clone(),
        })
        .collect()
}
