//! `remove`: emptying and deleting what deploys made.

use pilothouse_deploy::{self as room, Purpose, RemovalPlan, Session};
pub use pilothouse_deploy::{Removal, RemovedFiles};
use pilothouse_effects::{Held, Place};
use pilothouse_model::{Outcome, Verb};
use pilothouse_template::{naming, release_folder};

use crate::asking::{Road, with_answers};
use crate::deploy::{Cancel, DeployRequest, begin, closing};
use crate::project::ProjectRequest;
use crate::target::{Reached, Watch, of_service, reach};
use crate::{ApiError, Host, command, project, synced};

/// A removal that is ready to be shown and executed.
#[derive(Debug)]
pub struct PreparedRemoval {
    /// The stack's name.
    pub stack: String,
    /// The stage.
    pub stage: String,
    /// What will be deleted; none when there is no such stack.
    pub plan: Option<RemovalPlan>,
    session: Session,
    _reached: Reached,
    _lock: Box<dyn Held>,
}

/// Locks the stack and looks what there is to be deleted.
///
/// # Errors
/// When the project is wrong or the cloud is not reached.
pub async fn prepare(
    host: &Host,
    request: &DeployRequest,
    watch: &Watch,
) -> Result<PreparedRemoval, ApiError> {
    let open = |asked: &ProjectRequest| project::open(host, asked);
    let (project, road) = (&request.project, Road::Acting("remove"));
    let (opened, _) = with_answers(host, project, &request.target, road, watch, open).await?;
    let service = &opened.loaded.service;
    let stack = naming::stack_name(service);
    let holder = format!("remove {stack}");
    let target = of_service(&request.target, service);
    let reached = reach(host, &target, &service.region, &holder, watch).await?;
    let folder = host.workplace.absolute(&request.project.folder)?;
    let purpose = Purpose {
        verb: Verb::Remove,
        stack: stack.clone(),
        command: command::words("remove", &request.project, &folder, &target),
        folder,
    };
    let (session, lock) = begin(host, &reached, purpose, watch).await?;
    let release = release_folder(service, 0);
    let releases = release.rsplit_once('/').map_or("", |(above, _)| above);
    let bucket = service.provider.deployment_bucket.name.as_deref();
    let planned = room::plan_removal(&session, bucket, releases).await;
    let mut plan = closing(&session, planned)?;
    if let Some(plan) = &mut plan {
        let places = synced::places(service);
        let files = room::files_of(&session, &plan.stack, &places).await;
        plan.synced = closing(&session, files)?;
    }
    Ok(PreparedRemoval {
        stack,
        stage: service.stage.clone(),
        plan,
        session,
        _reached: reached,
        _lock: lock,
    })
}

impl PreparedRemoval {
    /// Where and as whom.
    pub fn whom(&self) -> (&Place, &str) {
        (self.session.place(), &self.session.principal().arn)
    }

    /// Leaves the files that deploys put into buckets where they are.
    pub fn keep_files(&mut self) {
        if let Some(plan) = &mut self.plan {
            plan.synced.clear();
        }
    }

    /// Deletes; none when there was nothing to be deleted. A request to stop is heeded between two steps; a
    /// stack that is being deleted cannot be kept.
    ///
    /// # Errors
    /// When something could not be deleted, or it was asked to stop.
    pub async fn apply(mut self, cancel: &Cancel) -> Result<Option<Removal>, ApiError> {
        self.session.heed(cancel);
        let Some(plan) = &self.plan else {
            return Ok(None);
        };
        let removed = room::remove(&self.session, plan).await;
        let removed = closing(&self.session, removed)?;
        self.session.close(Outcome::Done, "DELETE_COMPLETE")?;
        Ok(Some(removed))
    }
}
