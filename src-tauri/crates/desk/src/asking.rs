//! What AWS was asked for the configurations that are open. The window asks nothing by itself: somebody says so.

use std::collections::HashMap;
use std::sync::Arc;

use pilothouse_api::asking::{self, Asked, Known, Outcome, Road, with_answers};
use pilothouse_api::deploy::DeployRequest;
use pilothouse_api::project::ProjectRequest;
use pilothouse_api::show::{self, Read};
use pilothouse_api::target::{Happening, Watch};

use crate::wire::{AskedOutcome, AskedValue, Place, Problem};
use crate::{Desk, lock};

/// What is remembered until the window is closed: no value that AWS calls a secret is among it.
#[derive(Debug, Default)]
pub(crate) struct Memory(HashMap<String, (Known, Vec<Asked>)>);

/// A place as the memory names it: another account has other answers.
fn key(place: &Place) -> String {
    format!("{} {:?}", place.project, place.target)
}

impl Desk {
    /// Asks AWS for what the project's configuration takes from there and is not known yet; for all of it anew when
    /// all is known. Answers may lead to further questions, which wait for the next call.
    ///
    /// # Errors
    /// When the project cannot be read for another reason, or the sandbox should be asked and does not run.
    pub async fn ask_cloud(&self, place: &Place) -> Result<Vec<AskedValue>, Problem> {
        let mut request = self.request_of(place)?;
        let mut wants = self.wanted(&request.project)?;
        if wants.is_none() {
            lock(&self.memory).0.remove(&key(place));
            request.project.known = Known::default();
            wants = self.wanted(&request.project)?;
        }
        let wants = wants.unwrap_or_default();
        let silent: Watch = Arc::new(|_| {});
        let road = Road::Looking;
        let (known, asked) =
            asking::ask(&self.host, &request.target, &road, &silent, &wants).await?;
        self.remember(place, known, asked);
        Ok(self.asked(place))
    }

    fn wanted(
        &self,
        project: &ProjectRequest,
    ) -> Result<Option<Vec<pilothouse_api::asking::CloudLookup>>, Problem> {
        match show::show(&self.host, project) {
            Ok(_) => Ok(None),
            Err(mut error) => match error.wants.take() {
                Some(wants) => Ok(Some(*wants)),
                // What is wrong for another reason is told when the project is read.
                None if !project.known.is_empty() => Ok(None),
                None => Err(error.into()),
            },
        }
    }

    fn remember(&self, place: &Place, known: Known, asked: Vec<Asked>) {
        let mut memory = lock(&self.memory);
        let (all, list) = memory.0.entry(key(place)).or_default();
        all.extend(known);
        list.retain(|old| {
            let same = |new: &Asked| new.what == old.what && new.region == old.region;
            !asked.iter().any(same)
        });
        list.extend(asked);
    }

    /// What is known for a place.
    pub(crate) fn known(&self, place: &Place) -> Known {
        let memory = lock(&self.memory);
        memory
            .0
            .get(&key(place))
            .map(|(known, _)| known.clone())
            .unwrap_or_default()
    }

    /// What was asked for a place.
    pub(crate) fn asked(&self, place: &Place) -> Vec<AskedValue> {
        let memory = lock(&self.memory);
        let asked = memory.0.get(&key(place)).map(|(_, asked)| asked);
        asked.into_iter().flatten().map(view).collect()
    }

    /// Reads a project for a task, with answers of this moment: what is planned must not rest on old ones. What was
    /// answered goes into the request, so that it is not asked again.
    pub(crate) async fn read_now(
        &self,
        place: &Place,
        request: &mut DeployRequest,
        watch: &Watch,
    ) -> Result<Read, pilothouse_api::ApiError> {
        request.project.known = Known::default();
        let told: Arc<std::sync::Mutex<Vec<Asked>>> = Arc::default();
        let list = Arc::clone(&told);
        let outer = Arc::clone(watch);
        let watch: Watch = Arc::new(move |happening| {
            if let Happening::Asked(asked) = &happening {
                lock(&list).extend(asked.iter().cloned());
            }
            outer(happening);
        });
        let road = Road::Acting("plan");
        let work = |project: &ProjectRequest| show::show(&self.host, project);
        let (project, target) = (&request.project, &request.target);
        let (read, known) = with_answers(&self.host, project, target, road, &watch, work).await?;
        request.project.known = known.clone();
        let asked = std::mem::take(&mut *lock(&told));
        self.remember(place, known, asked);
        Ok(read)
    }
}

fn view(asked: &Asked) -> AskedValue {
    AskedValue {
        what: asked.what.clone(),
        region: asked.region.clone(),
        profile: asked.profile.clone(),
        account: asked.account.clone(),
        outcome: match asked.outcome {
            Some(Outcome::Found) => AskedOutcome::Found,
            Some(Outcome::Secret) => AskedOutcome::Secret,
            Some(Outcome::Missing) => AskedOutcome::Missing,
            Some(Outcome::Failed) => AskedOutcome::Failed,
            None => AskedOutcome::Waiting,
        },
    }
}
