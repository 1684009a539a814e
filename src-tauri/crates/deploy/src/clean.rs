//! Old releases are deleted; what the stack may need again is not.

use pilothouse_model::Progress;

use crate::desired::Desired;
use crate::upload::subject;
use crate::{DeployProblem, Session};

/// Which folders go: all but the newest, and never one that is protected. `keys` are all objects of all releases.
fn too_old(keys: &[String], releases: &str, keep: usize, protected: &[String]) -> Vec<String> {
    let prefix = format!("{releases}/");
    let mut folders: Vec<&str> = keys
        .iter()
        .filter_map(|key| key.strip_prefix(&prefix)?.split_once('/'))
        .map(|(folder, _)| folder)
        .filter(|folder| is_release(folder))
        .collect();
    folders.sort_unstable();
    folders.dedup();
    let old = folders.len().saturating_sub(keep);
    folders
        .into_iter()
        .take(old)
        .map(|folder| format!("{prefix}{folder}"))
        .filter(|folder| !protected.contains(folder))
        .collect()
}

/// `<milliseconds>-<ISO 8601>`. Anything else in the folder was not put there by a deploy.
fn is_release(folder: &str) -> bool {
    folder.split_once('-').is_some_and(|(millis, moment)| {
        millis.len() >= 13
            && millis.bytes().all(|byte| byte.is_ascii_digit())
            && moment.contains('T')
    })
}

/// Deletes old releases after a deploy that worked.
pub(crate) async fn clean(
    session: &Session,
    desired: &Desired,
    bucket: &str,
    protected: &[String],
) -> Result<(), DeployProblem> {
    let objects = &session.cloud().objects;
    let prefix = format!("{}/", desired.releases);
    let keys = objects.list(bucket, session.account(), &prefix).await?;
    let old = too_old(&keys, &desired.releases, desired.keep_releases, protected);
    if old.is_empty() {
        return Ok(());
    }
    let inside = |key: &&String| {
        key.rsplit_once('/')
            .is_some_and(|(folder, _)| old.iter().any(|one| one == folder))
    };
    let keys: Vec<String> = keys.iter().filter(inside).cloned().collect();
    let step = session.intend("s3:DeleteObjects", &subject(bucket, &desired.releases))?;
    let answer = objects.delete(bucket, session.account(), &keys).await;
    session.came(&step, answer, |()| "done".to_owned())?;
    session.tell(Progress::Cleaned {
        releases: old.len(),
    });
    Ok(())
}

/// Deletes what a release put into the bucket that never came to stand.
pub(crate) async fn take_back(
    session: &Session,
    bucket: &str,
    release: &str,
) -> Result<(), DeployProblem> {
    let objects = &session.cloud().objects;
    let keys = objects
        .list(bucket, session.account(), &format!("{release}/"))
        .await?;
    if keys.is_empty() {
        return Ok(());
    }
    let step = session.intend("s3:DeleteObjects", &subject(bucket, release))?;
    let answer = objects.delete(bucket, session.account(), &keys).await;
    session.came(&step, answer, |()| "done".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_stay_and_so_does_what_the_stack_names() {
        let folder = |n: u32| format!("s/shop/dev/160000000000{n}-2020-09-13T12:26:40.000Z");
        let mut keys: Vec<String> = (0..5).map(|n| format!("{}/shop.zip", folder(n))).collect();
        keys.push("s/shop/dev/notes/mine.txt".to_owned());
        assert_eq!(
            too_old(&keys, "s/shop/dev", 2, &[]),
            [folder(0), folder(1), folder(2)]
        );
        assert_eq!(
            too_old(&keys, "s/shop/dev", 2, &[folder(1)]),
            [folder(0), folder(2)]
        );
        assert!(too_old(&keys, "s/shop/dev", 5, &[]).is_empty());
        assert!(too_old(&keys, "s/shop/prod", 0, &[]).is_empty());
    }
}
