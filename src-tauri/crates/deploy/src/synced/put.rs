//! Uploading and deleting what a plan names, and what a removal does.

use std::collections::BTreeSet;

use futures_util::StreamExt as _;
use pilothouse_effects::{CloudProblem, FileUpload, Stack};
use pilothouse_model::{Plan, Progress, SyncedFolder};

use super::{ACL, DELETE, KEPT_ACL, PUT, USUAL_ACL, bucket_of};
use crate::desired::{Desired, DesiredBucket, DesiredFile, DesiredFolder};
use crate::look::AT_ONCE;
use crate::{DeployProblem, RemovedFiles, Session, Stopped};

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
