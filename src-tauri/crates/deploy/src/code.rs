//! Code that goes straight to functions, and code that is given back after a stack was rolled back.

use futures_util::StreamExt as _;
use pilothouse_effects::{CloudProblem, FunctionCode};
use pilothouse_model::{CodeChange, Digest, Progress, Stage};

use crate::desired::Desired;
use crate::follow::Pace;
use crate::look::{AT_ONCE, LiveCode, live_codes};
use crate::upload::newest;
use crate::{DeployProblem, Session, Stopped};

/// How long Lambda may take to put code in place.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5 * 60);

/// A function that is given code.
#[derive(Debug)]
struct Gift {
    function: String,
    key: String,
    digest: String,
}

/// What became of a gift.
#[derive(Debug)]
enum Handed {
    /// The function runs it.
    Given(String),
    /// It was not begun, for someone asked to stop.
    Kept(String),
}

/// Gives functions the archives of this release; asked to stop, it stops between two of them.
pub(crate) async fn give(
    session: &Session,
    desired: &Desired,
    bucket: &str,
    changes: &[CodeChange],
) -> Result<(), DeployProblem> {
    session.began(Stage::Coding);
    session.uses_uploads();
    let gifts = changes.iter().map(|change| Gift {
        function: change.name.clone(),
        key: format!("{}/{}", desired.release, change.archive),
        digest: change.to.clone(),
    });
    let answers: Vec<Result<Handed, DeployProblem>> = futures_util::stream::iter(gifts)
        .map(|gift| async move {
            if session.cancel().is_requested() {
                return Ok(Handed::Kept(gift.function));
            }
            hand_over(session, bucket, gift).await
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let (mut given, mut kept) = (Vec::new(), Vec::new());
    for answer in answers {
        match answer? {
            Handed::Given(function) => given.push(function),
            Handed::Kept(function) => kept.push(function),
        }
    }
    if kept.is_empty() {
        return Ok(());
    }
    Err(DeployProblem::Cancelled(Stopped::SomeCode { given, kept }))
}

async fn hand_over(session: &Session, bucket: &str, gift: Gift) -> Result<Handed, DeployProblem> {
    let step = session.intend("lambda:UpdateFunctionCode", &gift.function)?;
    let functions = &session.cloud().functions;
    let answer = functions
        .update_code(&gift.function, bucket, &gift.key)
        .await;
    let lost = matches!(answer, Err(CloudProblem::NoAnswer { .. }));
    if !lost {
        session.came(&step, answer, |()| "done".to_owned())?;
    }
    // Of a lost answer the function itself tells whether the call arrived.
    arrived(session, &gift).await?;
    session.tell(Progress::CodeUpdated {
        function: gift.function.clone(),
    });
    Ok(Handed::Given(gift.function))
}

async fn arrived(session: &Session, gift: &Gift) -> Result<(), DeployProblem> {
    let mut pace = Pace::new(session, PATIENCE);
    loop {
        let code = session.cloud().functions.code(&gift.function).await?;
        let refused = |reason: &str| DeployProblem::CodeRefused {
            function: gift.function.clone(),
            reason: reason.to_owned(),
        };
        match code {
            None => return Err(refused("the function does not exist any more")),
            Some(FunctionCode {
                failure: Some(reason),
                ..
            }) => return Err(refused(&reason)),
            Some(code) if !code.changing => {
                let runs = code.digest.map(|digest| digest.to_string());
                return if runs.as_deref() == Some(&gift.digest) {
                    Ok(())
                } else {
                    Err(refused("it runs other code than it was given"))
                };
            }
            Some(_) => {}
        }
        if !pace.rest(session).await {
            return Err(refused(
                "Lambda has been putting it in place for five minutes",
            ));
        }
        session.stay()?;
    }
}

/// The code that was live before a change of the stack, by function.
pub(crate) type Before = Vec<(String, String, Digest)>;

/// Remembers the code that is live now: function, archive name, digest.
pub(crate) async fn remember(
    session: &Session,
    desired: &Desired,
) -> Result<Before, DeployProblem> {
    let live = live_codes(session, &desired.functions).await?;
    let known = |live: LiveCode<'_>| {
        let digest = live.code?.digest?;
        Some((
            live.function.name.clone(),
            live.function.archive.clone(),
            digest,
        ))
    };
    Ok(live.into_iter().filter_map(known).collect())
}

/// After a rollback, which set functions to the archive that the stack's template names: gives back the code
/// that was live before, when it was newer than that.
pub(crate) async fn give_back(
    session: &Session,
    desired: &Desired,
    bucket: &str,
    before: &Before,
) -> Result<(), DeployProblem> {
    let prefix = format!("{}/", desired.releases);
    let mut keys = None;
    let mut gifts = Vec::new();
    for (function, archive, digest) in before {
        let now = session.cloud().functions.code(function).await?;
        let same = now.as_ref().is_none_or(|now| now.digest == Some(*digest));
        if same {
            continue;
        }
        let objects = &session.cloud().objects;
        let known = match &keys {
            Some(known) => known,
            None => keys.insert(objects.list(bucket, session.account(), &prefix).await?),
        };
        let Some(key) = newest(known, archive, &desired.release) else {
            continue;
        };
        if objects.digest(bucket, session.account(), key).await? == Some(*digest) {
            gifts.push(Gift {
                function: function.clone(),
                key: key.to_owned(),
                digest: digest.to_string(),
            });
        }
    }
    // A request to stop does not hinder it: this is how things are put back.
    let answers: Vec<Result<Handed, DeployProblem>> = futures_util::stream::iter(gifts)
        .map(|gift| hand_over(session, bucket, gift))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    answers.into_iter().try_for_each(|answer| answer.map(drop))
}
