//! Deploying all services of a folder, as one task.

use std::sync::Arc;

use pilothouse_api::several::{self as room, Agreed, Several};
use pilothouse_api::{ApiError, Cancel, Kind};
use pilothouse_model::{Code, Plan};

use super::audience::Told;
use super::plan::{member, services};
use crate::Desk;
use crate::tasks::Beginning;
use crate::wire::{Place, Problem, SeveralPlan, SeveralTask, TaskKind, TaskResult, TaskView};
use crate::work::plan_gone;

/// A plan of several that is shown and can be executed once.
#[derive(Debug)]
pub(crate) struct HeldSeveral {
    pub(crate) view: SeveralPlan,
    pub(crate) place: Place,
    pub(crate) several: Several,
    /// By service: the plan that is shown, when there is one.
    pub(crate) shown: Vec<Option<Plan>>,
}

impl Desk {
    /// Deploys the services of a plan that is shown. The token is good for one time.
    ///
    /// # Errors
    /// When the plan is gone, the token is not its own, or one of the services cannot be planned.
    pub fn deploy_several(self: &Arc<Self>, plan: &str, token: &str) -> Result<TaskView, Problem> {
        let id = self.id()?;
        let held = self.take_several(plan, token)?;
        let view = &held.view;
        let several = SeveralTask {
            shown: Some(view.id.clone()),
            name: view.name.clone(),
            stage: Some(view.stage.clone()),
            production: view.production,
            services: held
                .several
                .members
                .iter()
                .zip(&view.services)
                .map(|(one, plan)| member(one, Some(plan)))
                .collect(),
            command: view.command.clone(),
        };
        let beginning = Beginning {
            id,
            kind: TaskKind::DeploySeveral,
            title: format!(
                "Deploy {} of {} to {}",
                services(view.services.len()),
                view.name,
                view.stage
            ),
            now: "Looking whether the folder is as it was shown".to_owned(),
            place: Some(held.place.clone()),
            plan: None,
            several: Some(several),
            cancel: Some(
                "What is under way is put back, and no other service is begun. What stands already stays."
                    .to_owned(),
            ),
        };
        self.spawn(beginning, move |desk, task| async move {
            let found = desk.find_several(&held.place)?;
            if found.several != held.several {
                return Err(other_services().into());
            }
            let shown: Vec<Option<&Plan>> = held.shown.iter().map(Option::as_ref).collect();
            let agreed = Agreed {
                request: &found.request,
                several: &held.several,
                shown: &shown,
                unasked: false,
            };
            let told = Told::new(&desk, &task, &held.place.project);
            let done = room::deploy(&desk.host, &agreed, task.cancel(), &told).await;
            desk.keep_sandbox(&held.place).await;
            whole(
                room::whole(&done.round, "deployed", "deploy"),
                task.cancel(),
            )?;
            Ok(TaskResult::Services)
        })
    }

    fn take_several(&self, plan: &str, token: &str) -> Result<HeldSeveral, ApiError> {
        let mut plans = crate::lock(&self.several_plans);
        let held = plans.get(plan).filter(|held| held.view.token == token);
        let held = held.ok_or_else(plan_gone)?;
        let services = &held.view.services;
        let broken = services.iter().filter(|one| one.problem.is_some()).count();
        if broken > 0 {
            return Err(room::not_planned(broken, services.len()));
        }
        plans.remove(plan).ok_or_else(plan_gone)
    }
}

/// What was stopped by somebody is not called failed.
pub(super) fn whole(done: Result<(), ApiError>, cancel: &Cancel) -> Result<(), ApiError> {
    done.map_err(|mut error| {
        if cancel.is_requested() {
            error.code = Code::Cancelled;
            error.title = format!("stopped as you asked: {}", error.title);
        }
        error
    })
}

pub(super) fn other_services() -> ApiError {
    ApiError::new(
        Code::PlanStale,
        Kind::Precondition,
        "the folder holds other services than were shown, or they wait for others",
    )
    .hint("Nothing was changed. Plan all again")
}
