//! Putting a release into the bucket.

use std::pin::pin;

use futures_util::StreamExt as _;
use futures_util::future::{Either, select};
use pilothouse_effects::{CloudProblem, ObjectBody, ObjectUpload};
use pilothouse_model::{Digest, Progress, Stage, Template};

use crate::desired::{Desired, DesiredArchive};
use crate::{DeployProblem, Session, Stopped};

/// The template's name in a release's folder.
pub(crate) const TEMPLATE_NAME: &str = "compiled-cloudformation-template.json";
/// CloudFormation's limit on a template that lies in a bucket, in bytes.
const MOST_IN_A_BUCKET: usize = 1_000_000;
/// How many files are sent at once.
const AT_ONCE: usize = 8;

/// Puts archives and template into the release's folder. An archive that the newest earlier release holds
/// already is copied inside the bucket. Asked to stop, it leaves a transfer that is under way.
pub(crate) async fn upload(
    session: &Session,
    desired: &Desired,
    bucket: &str,
    has_releases: bool,
) -> Result<(), DeployProblem> {
    session.began(Stage::Uploading {
        files: desired.archives.len() + desired.nested().len() + 1,
    });
    let account = session.account();
    let earlier = if has_releases {
        let prefix = format!("{}/", desired.releases);
        session
            .cloud()
            .objects
            .list(bucket, account, &prefix)
            .await?
    } else {
        Vec::new()
    };
    let step = session.intend("s3:PutObject", &subject(bucket, &desired.release))?;
    session.uploads(bucket, &desired.release);
    let putting = pin!(put_all(session, desired, bucket, &earlier));
    match select(putting, pin!(session.cancel().requested())).await {
        Either::Left((answer, _)) => session.came(&step, answer, |()| "done".to_owned()),
        Either::Right(_) => {
            session.came(&step, Ok(()), |()| "stopped".to_owned())?;
            Err(DeployProblem::Cancelled(Stopped::Untouched))
        }
    }
}

async fn put_all(
    session: &Session,
    desired: &Desired,
    bucket: &str,
    earlier: &[String],
) -> Result<(), CloudProblem> {
    let answers: Vec<Result<(), CloudProblem>> = futures_util::stream::iter(&desired.archives)
        .map(|archive| put_archive(session, desired, bucket, archive, earlier))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    answers.into_iter().collect::<Result<(), CloudProblem>>()?;
    // The template comes last: a folder that has it is a whole release.
    put_template(session, desired, bucket).await
}

/// Puts the template alone, for a change set that needs it.
pub(crate) async fn upload_template(
    session: &Session,
    desired: &Desired,
    bucket: &str,
) -> Result<(), DeployProblem> {
    let step = session.intend("s3:PutObject", &subject(bucket, &desired.release))?;
    let answer = put_template(session, desired, bucket).await;
    session.came(&step, answer, |()| "done".to_owned())
}

/// How the journal names a folder of a bucket.
pub(crate) fn subject(bucket: &str, folder: &str) -> String {
    format!("{bucket}/{folder}")
}

async fn put_archive(
    session: &Session,
    desired: &Desired,
    bucket: &str,
    archive: &DesiredArchive,
    earlier: &[String],
) -> Result<(), CloudProblem> {
    let objects = &session.cloud().objects;
    let account = session.account();
    let key = format!("{}/{}", desired.release, archive.name);
    if let Some(from) = newest(earlier, &archive.name, &desired.release)
        && objects.digest(bucket, account, from).await? == Some(archive.digest)
    {
        objects
            .copy(bucket, account, from, &key, &desired.sealing)
            .await?;
        session.tell(Progress::Uploaded { key, copied: true });
        return Ok(());
    }
    let upload = ObjectUpload {
        key,
        body: ObjectBody::File(archive.path.clone()),
        digest: archive.digest,
        content_type: "application/zip",
        sealing: desired.sealing.clone(),
    };
    objects.put(bucket, account, &upload).await?;
    session.tell(Progress::Uploaded {
        key: upload.key,
        copied: false,
    });
    Ok(())
}

async fn put_template(
    session: &Session,
    desired: &Desired,
    bucket: &str,
) -> Result<(), CloudProblem> {
    for part in desired.nested() {
        put_one(session, desired, bucket, &part.file_name, &part.template).await?;
    }
    put_one(session, desired, bucket, TEMPLATE_NAME, desired.sent()).await
}

async fn put_one(
    session: &Session,
    desired: &Desired,
    bucket: &str,
    name: &str,
    template: &Template,
) -> Result<(), CloudProblem> {
    let mut text = template.to_json();
    if text.len() > MOST_IN_A_BUCKET {
        // Half of it is spaces.
        text = serde_json::to_string(&template.0).unwrap_or(text);
    }
    let upload = ObjectUpload {
        key: format!("{}/{name}", desired.release),
        digest: Digest::of(text.as_bytes()),
        body: ObjectBody::Bytes(text.into_bytes()),
        content_type: "application/json",
        sealing: desired.sealing.clone(),
    };
    let objects = &session.cloud().objects;
    objects.put(bucket, session.account(), &upload).await?;
    session.tell(Progress::Uploaded {
        key: upload.key,
        copied: false,
    });
    Ok(())
}

/// The newest object of that file name outside a folder. Folders begin with a moment, so they sort by age.
pub(crate) fn newest<'a>(keys: &'a [String], name: &str, but_not: &str) -> Option<&'a str> {
    keys.iter()
        .filter(|key| {
            key.rsplit_once('/')
                .is_some_and(|(folder, file)| file == name && folder != but_not)
        })
        .max()
        .map(String::as_str)
}
