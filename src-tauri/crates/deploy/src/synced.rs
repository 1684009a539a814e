//! Folders of the project whose files go to buckets, as serverless-s3-sync brings them: when the stack stands, what is
//! new or other is uploaded, and what is gone is deleted. A plan names each key, and only what it names is done.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::StreamExt as _;
use pilothouse_effects::{CloudProblem, FileUpload, FoundFile, Served, Stack};
use pilothouse_model::{Digest, Plan, Progress, SyncedFile, SyncedFolder};
use serde_json::Value;

use crate::desired::{Desired, DesiredBucket, DesiredFile, DesiredFolder};
use crate::look::{AT_ONCE, Standing};
use crate::{DeployProblem, Moved, RemovedFiles, Session, Stopped};

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
    }
    let found = look_all(session, &bucket, folder, &there).await?;
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
    if !folder.tags.is_empty() {
        let live = session
            .cloud()
            .files
            .tags(&bucket, session.account())
            .await?;
        let wanted = folder
            .tags
            .iter()
            .filter(|(key, value)| live.get(*key) != Some(*value));
        plan.tags = wanted
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
    }
    Ok(plan)
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

/// Each file of a folder as it lies in the bucket, in their order.
async fn look_all(
    session: &Session,
    bucket: &str,
    folder: &DesiredFolder,
    there: &BTreeSet<String>,
) -> Result<Vec<Option<FoundFile>>, DeployProblem> {
    let files = &session.cloud().files;
    let ask = |file: &DesiredFile| {
        let key = there.get(&file.key).cloned();
        async move {
            match key {
                Some(key) => files.look(bucket, session.account(), &key).await,
                None => Ok(None),
            }
        }
    };
    let asked: Vec<_> = folder.files.iter().map(ask).collect();
    let answers: Vec<Result<Option<FoundFile>, CloudProblem>> = futures_util::stream::iter(asked)
        .buffered(AT_ONCE)
        .collect()
        .await;
    let answers = answers
        .into_iter()
        .collect::<Result<Vec<_>, CloudProblem>>();
    Ok(answers?)
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

/// Uploads and deletes what the plan names, once the stack stands.
pub(crate) async fn put(
    session: &Session,
    desired: &Desired,
    plan: &Plan,
) -> Result<(), DeployProblem> {
    let pairs = plan.synced.iter().zip(&desired.synced);
    let pairs: Vec<_> = pairs.filter(|(planned, _)| !planned.is_empty()).collect();
    if pairs.is_empty() {
        return Ok(());
    }
    let stack = session.cloud().stacks.describe(&desired.stack).await?;
    for (planned, folder) in pairs {
        session.stay()?;
        let Some(bucket) = bucket_of(folder, stack.as_ref()) else {
            return Err(no_bucket(folder, &desired.stack).into());
        };
        put_folder(session, planned, folder, &bucket).await?;
    }
    Ok(())
}

fn no_bucket(folder: &DesiredFolder, stack: &str) -> CloudProblem {
    let output = match &folder.bucket {
        DesiredBucket::Name(name) | DesiredBucket::Output(name) => name,
    };
    CloudProblem::NotFound {
        call: "cloudformation:DescribeStacks",
        reason: format!(
            "the stack {stack} has no output `{output}`, which names the bucket for {}",
            folder.folder
        ),
    }
}

async fn put_folder(
    session: &Session,
    planned: &SyncedFolder,
    folder: &DesiredFolder,
    bucket: &str,
) -> Result<(), DeployProblem> {
    // Of a bucket that took another's place nothing is known: all files go there, and nothing is deleted.
    let is_other = planned
        .bucket
        .as_deref()
        .is_some_and(|known| known != bucket);
    let named: BTreeSet<&str> = planned
        .added
        .iter()
        .chain(&planned.changed)
        .map(|file| file.key.as_str())
        .collect();
    let files = folder
        .files
        .iter()
        .filter(|file| is_other || named.contains(file.key.as_str()));
    let uploads: Vec<FileUpload> = files.filter_map(upload).collect();
    let place = format!("{bucket}/{}", folder.prefix);
    if !uploads.is_empty() {
        let step = session.intend(&format!("s3:{PUT}"), &place)?;
        let answer = send_all(session, bucket, &uploads).await;
        let sent = session.came(&step, answer, |sent| format!("{sent} files"))?;
        session.go_on(|| Stopped::SomeFiles {
            stack: session.stack().to_owned(),
            place: place.clone(),
            sent,
            all: uploads.len(),
        })?;
        let note = format!(
            "{} of {} put into {place}",
            count(uploads.len()),
            folder.folder
        );
        session.tell(Progress::Note(note));
    }
    if !planned.deleted.is_empty() && !is_other {
        let step = session.intend(&format!("s3:{DELETE}"), &place)?;
        let objects = &session.cloud().objects;
        let answer = objects
            .delete(bucket, session.account(), &planned.deleted)
            .await;
        session.came(&step, answer, |()| {
            format!("{} files", planned.deleted.len())
        })?;
        let note = format!("{} deleted from {place}", count(planned.deleted.len()));
        session.tell(Progress::Note(note));
    }
    if !planned.tags.is_empty() {
        let files = &session.cloud().files;
        let mut tags = files.tags(bucket, session.account()).await?;
        tags.extend(planned.tags.clone());
        let step = session.intend("s3:PutBucketTagging", bucket)?;
        let answer = files.set_tags(bucket, session.account(), &tags).await;
        session.came(&step, answer, |()| "done".to_owned())?;
    }
    Ok(())
}

fn count(files: usize) -> String {
    match files {
        1 => "1 file".to_owned(),
        files => format!("{files} files"),
    }
}

fn upload(file: &DesiredFile) -> Option<FileUpload> {
    let mut served = file.served.clone();
    if let Some(word) = served.get(ACL).filter(|word| *word != USUAL_ACL).cloned() {
        served.insert(KEPT_ACL.to_owned(), word);
    } else {
        served.remove(ACL);
    }
    Some(FileUpload {
        key: file.key.clone(),
        path: file.path.clone()?,
        digest: file.digest,
        served,
    })
}

async fn send_all(
    session: &Session,
    bucket: &str,
    uploads: &[FileUpload],
) -> Result<usize, CloudProblem> {
    let files = &session.cloud().files;
    let send = |upload| async move {
        // Asked to stop, it ends between two files; the next deploy brings the rest.
        if session.cancel().is_requested() {
            return Ok(0);
        }
        files.send(bucket, session.account(), upload).await?;
        Ok(1)
    };
    let answers: Vec<Result<usize, CloudProblem>> = futures_util::stream::iter(uploads)
        .map(send)
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    answers.into_iter().sum()
}

/// The files that deploys put into buckets, as far as they are there.
///
/// # Errors
/// When the cloud does not answer.
pub async fn files_of(
    session: &Session,
    stack: &Stack,
    places: &[(DesiredBucket, String)],
) -> Result<Vec<RemovedFiles>, DeployProblem> {
    let mut found = Vec::new();
    for (bucket, prefix) in places {
        let name = match bucket {
            DesiredBucket::Name(name) => Some(name),
            DesiredBucket::Output(output) => stack.outputs.get(output),
        };
        let Some(name) = name else { continue };
        let objects = &session.cloud().objects;
        let keys = match objects.list(name, session.account(), prefix).await {
            Err(CloudProblem::NotFound { .. }) => continue,
            other => other?,
        };
        if !keys.is_empty() {
            found.push(RemovedFiles {
                bucket: name.clone(),
                prefix: prefix.clone(),
                keys,
            });
        }
    }
    Ok(found)
}

/// Deletes files before their stack; how many.
pub(crate) async fn delete(
    session: &Session,
    files: &RemovedFiles,
) -> Result<usize, DeployProblem> {
    let place = format!("{}/{}", files.bucket, files.prefix);
    let step = session.intend(&format!("s3:{DELETE}"), &place)?;
    let objects = &session.cloud().objects;
    let answer = objects
        .delete(&files.bucket, session.account(), &files.keys)
        .await;
    session.came(&step, answer, |()| format!("{} files", files.keys.len()))?;
    Ok(files.keys.len())
}
