//! Taking a stack away: what that deletes is shown first, and the stack's name is typed.

use std::sync::Arc;

use pilothouse_api::{ApiError, Kind, remove, words};
use pilothouse_model::Code;

use crate::Desk;
use crate::synced;
use crate::tasks::Beginning;
use crate::wire::{
    Identity, Place, Problem, RemovalView, StackResource, TaskKind, TaskResult, TaskView, count,
};
use crate::work::{plan_gone, watch};

/// A removal that is shown and can be executed once.
#[derive(Debug)]
pub(crate) struct HeldRemoval {
    view: RemovalView,
    place: Place,
    stack_id: Option<String>,
}

impl Desk {
    /// Works out what a removal would delete.
    ///
    /// # Errors
    /// When the project is not open.
    pub fn plan_removal(self: &Arc<Self>, place: Place) -> Result<TaskView, Problem> {
        let known = self.shelf.find(&place.project)?;
        let mut request = self.request_of(&place)?;
        let beginning = Beginning {
            id: self.id()?,
            kind: TaskKind::PlanRemoval,
            title: format!("Look what removing {} deletes", known.name),
            now: "Looking how things stand".to_owned(),
            place: Some(place.clone()),
            plan: None,
            several: None,
            cancel: None,
        };
        self.spawn(beginning, move |desk, task| async move {
            desk.keep_sandbox(&place).await;
            desk.read_now(&place, &mut request, &watch(&task)).await?;
            let prepared = remove::prepare(&desk.host, &request, &watch(&task)).await?;
            let view = removal_view(&prepared, task.id(), desk.token()?, &place.project);
            let held = HeldRemoval {
                view: view.clone(),
                place,
                stack_id: prepared.plan.as_ref().map(|plan| plan.stack.id.clone()),
            };
            desk.removals().insert(view.id.clone(), held);
            Ok(TaskResult::Removal {
                removal: Box::new(view),
            })
        })
    }

    /// Takes a stack away that was shown. `typed` must be its name, byte for byte. `keep_files` leaves the files
    /// that deploys put into buckets where they are.
    ///
    /// # Errors
    /// When it is gone, the token is not its own, or another name was typed.
    pub fn remove(
        self: &Arc<Self>,
        removal: &str,
        token: &str,
        typed: &str,
        keep_files: bool,
    ) -> Result<TaskView, Problem> {
        let id = self.id()?;
        let held = {
            let mut removals = self.removals();
            match removals.get(removal) {
                Some(held) if held.view.token == token && held.view.stack == typed => {}
                Some(held) if held.view.token == token => {
                    return Err(not_confirmed(&held.view.stack).into());
                }
                _ => return Err(plan_gone().into()),
            }
            removals.remove(removal).ok_or_else(plan_gone)?
        };
        let request = self.request_of(&held.place)?;
        let stack = held.view.stack.clone();
        let beginning = Beginning {
            id,
            kind: TaskKind::Remove,
            title: format!("Remove {stack}"),
            now: "Looking whether it is as it was shown".to_owned(),
            place: Some(held.place.clone()),
            plan: None,
            several: None,
            cancel: Some(
                "What is deleted stays deleted. The rest stays, and can be removed later."
                    .to_owned(),
            ),
        };
        self.spawn(beginning, move |desk, task| async move {
            let mut prepared = remove::prepare(&desk.host, &request, &watch(&task)).await?;
            if keep_files {
                prepared.keep_files();
            }
            let now = prepared.plan.as_ref().map(|plan| plan.stack.id.clone());
            if now.is_some() && now != held.stack_id {
                return Err(moved_on(&stack).into());
            }
            let removed = prepared.apply(task.cancel()).await?;
            Ok(TaskResult::Removed {
                stack,
                objects: removed.as_ref().map_or(0, |removal| count(removal.objects)),
                kept: removed.map(|removal| removal.kept).unwrap_or_default(),
            })
        })
    }

    /// Forgets a removal that was shown.
    pub fn discard_removal(&self, removal: &str) {
        self.removals().remove(removal);
    }
}

/// What a removal would delete, as the window shows it.
pub(crate) fn removal_view(
    prepared: &remove::PreparedRemoval,
    id: String,
    token: String,
    project: &str,
) -> RemovalView {
    let plan = prepared.plan.as_ref();
    let resources = plan.iter().flat_map(|plan| &plan.resources);
    let files = plan.iter().flat_map(|plan| &plan.synced);
    RemovalView {
        id,
        token,
        project: project.to_owned(),
        stack: prepared.stack.clone(),
        production: words::is_production(&prepared.stage),
        stage: prepared.stage.clone(),
        exists: plan.is_some(),
        identity: Some(identity(prepared)),
        resources: resources.map(StackResource::of).collect(),
        bucket: plan.and_then(|plan| plan.bucket.clone()),
        files: files.map(synced::of_removed).collect(),
    }
}

pub(crate) fn identity(prepared: &remove::PreparedRemoval) -> Identity {
    let (place, principal) = prepared.whom();
    Identity::new(&place.account, &place.region, principal, place.sandbox)
}

fn not_confirmed(stack: &str) -> ApiError {
    ApiError::new(
        Code::NameMistyped,
        Kind::User,
        "the name that was typed is not the stack's",
    )
    .hint(format!("Type {stack}"))
}

fn moved_on(stack: &str) -> ApiError {
    ApiError::new(
        Code::PlanStale,
        Kind::Precondition,
        format!("{stack} is not the stack that was shown"),
    )
    .detail("it was deleted and made again since")
    .hint("Nothing was removed. Look again what removing it deletes")
}
