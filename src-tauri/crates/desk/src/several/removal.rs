//! Taking the stacks of all services of a folder away, as one task.

use std::sync::Arc;

use pilothouse_api::several::{self as room, Doomed, Several};
use pilothouse_api::{ApiError, Kind, words};
use pilothouse_model::Code;

use super::audience::{Told, not_typed};
use super::deploy::{other_services, whole};
use super::plan::services;
use super::{Found, needs};
use crate::Desk;
use crate::removal::{identity, removal_view};
use crate::tasks::Beginning;
use crate::wire::{
    MemberRemoval, Need, Place, Problem, SeveralRemoval, SeveralTask, TaskKind, TaskMember,
    TaskResult, TaskView, count,
};
use crate::work::plan_gone;

/// A removal of several that is shown and can be executed once.
#[derive(Debug)]
pub(crate) struct HeldSeveralRemoval {
    view: SeveralRemoval,
    place: Place,
    several: Several,
    /// In the order of removal: the ids of the stacks that were shown.
    stacks: Vec<Option<String>>,
}

impl Desk {
    /// Works out what a removal of all services of a folder deletes.
    ///
    /// # Errors
    /// As [`Desk::plan_several`].
    pub fn plan_removal_of_several(self: &Arc<Self>, place: Place) -> Result<TaskView, Problem> {
        let found = self.find_several(&place)?;
        let name = found.name();
        let beginning = Beginning {
            id: self.id()?,
            kind: TaskKind::PlanRemovalOfSeveral,
            title: format!("Look what removing all of {name} deletes"),
            now: "Looking how things stand".to_owned(),
            place: Some(place.clone()),
            plan: None,
            several: Some(SeveralTask {
                shown: None,
                name,
                stage: place.stage.clone(),
                production: place.stage.as_deref().is_some_and(words::is_production),
                services: backwards(&found.several),
                command: self.command_for_all("remove", &found.request),
            }),
            cancel: None,
        };
        self.spawn(beginning, move |desk, task| async move {
            desk.keep_sandbox(&place).await;
            let told = Told::new(&desk, &task, &place.project);
            let (host, request) = (&desk.host, &found.request);
            let doomed = room::look_at_removal(host, request, &found.several, false, &told).await;
            let view = desk.view_of_removal(&found, &place, &doomed, task.id())?;
            let stacks = doomed.iter().map(stack_id).collect();
            drop(doomed);
            let held = HeldSeveralRemoval {
                view: view.clone(),
                place,
                several: found.several,
                stacks,
            };
            crate::lock(&desk.several_removals).insert(view.id.clone(), held);
            Ok(TaskResult::SeveralRemoval {
                removal: Box::new(view),
            })
        })
    }

    fn view_of_removal(
        &self,
        found: &Found,
        place: &Place,
        doomed: &[Doomed<'_>],
        id: String,
    ) -> Result<SeveralRemoval, Problem> {
        let prepared = doomed.iter().filter_map(|one| one.prepared.as_ref().ok());
        let stages: Vec<&str> = prepared.clone().map(|one| one.stage.as_str()).collect();
        let production = stages.iter().find(|stage| words::is_production(stage));
        let own = production
            .or(stages.first())
            .map(|stage| (*stage).to_owned());
        let stage = place.stage.clone().or(own);
        let stage = stage.unwrap_or_else(|| "dev".to_owned());
        Ok(SeveralRemoval {
            id,
            token: self.token()?,
            project: place.project.clone(),
            name: found.name(),
            production: words::is_production(&stage),
            stage,
            target: place.target.clone(),
            identity: prepared.clone().next().map(identity),
            services: doomed
                .iter()
                .map(|one| member_removal(one, &place.project))
                .collect(),
            command: self.command_for_all("remove", &found.request),
        })
    }

    /// Takes all away that was shown. `typed` must be the stage's name, byte for byte. `keep_files` leaves the files
    /// that deploys put into buckets where they are.
    ///
    /// # Errors
    /// When it is gone, the token is not its own, or another name was typed.
    pub fn remove_several(
        self: &Arc<Self>,
        removal: &str,
        token: &str,
        typed: &str,
        keep_files: bool,
    ) -> Result<TaskView, Problem> {
        let id = self.id()?;
        let held = self.take_removal(removal, token, typed)?;
        let view = &held.view;
        let beginning = Beginning {
            id,
            kind: TaskKind::RemoveSeveral,
            title: format!(
                "Remove {} of {} from {}",
                services(view.services.len()),
                view.name,
                view.stage
            ),
            now: "Looking whether all is as it was shown".to_owned(),
            place: Some(held.place.clone()),
            plan: None,
            several: Some(SeveralTask {
                shown: Some(view.id.clone()),
                name: view.name.clone(),
                stage: Some(view.stage.clone()),
                production: view.production,
                services: backwards(&held.several),
                command: view.command.clone(),
            }),
            cancel: Some(
                "What is deleted stays deleted. The rest stays, and can be removed later."
                    .to_owned(),
            ),
        };
        self.spawn(beginning, move |desk, task| async move {
            let found = desk.find_several(&held.place)?;
            if found.several != held.several {
                return Err(other_services().into());
            }
            let told = Told::new(&desk, &task, &held.place.project);
            let (host, request) = (&desk.host, &found.request);
            let several = &held.several;
            let doomed = room::look_at_removal(host, request, several, keep_files, &told).await;
            for (one, shown) in doomed.iter().zip(&held.stacks) {
                let now = stack_id(one);
                if now.is_some() && now != *shown {
                    return Err(moved_on(&one.member.name).into());
                }
            }
            let done = room::remove(several, doomed, task.cancel(), &told).await;
            whole(room::whole(&done.round, "removed", "remove"), task.cancel())?;
            Ok(TaskResult::Services)
        })
    }

    fn take_removal(
        &self,
        removal: &str,
        token: &str,
        typed: &str,
    ) -> Result<HeldSeveralRemoval, ApiError> {
        let mut removals = crate::lock(&self.several_removals);
        let held = removals
            .get(removal)
            .filter(|held| held.view.token == token);
        let stage = &held.ok_or_else(plan_gone)?.view.stage;
        if stage != typed {
            return Err(not_typed(
                "the name that was typed is not the stage's",
                stage,
            ));
        }
        removals.remove(removal).ok_or_else(plan_gone)
    }

    /// Forgets a removal of several that was shown.
    pub fn discard_removal_of_several(&self, removal: &str) {
        crate::lock(&self.several_removals).remove(removal);
    }
}

/// Each in its turn, waiting for those that lean on it.
fn backwards(several: &Several) -> Vec<TaskMember> {
    let last = several.members.last().map_or(0, |one| one.level);
    let one = |member: &room::Member| {
        let leaning = several.members.iter().filter_map(|other| {
            let why = other.needs.get(&member.name)?;
            Some(Need {
                service: other.name.clone(),
                why: why.clone(),
            })
        });
        TaskMember {
            name: member.name.clone(),
            path: member.path.clone(),
            level: count(last - member.level),
            needs: leaning.collect(),
            changes: None,
            usual_millis: None,
        }
    };
    several.members.iter().rev().map(one).collect()
}

fn stack_id(doomed: &Doomed<'_>) -> Option<String> {
    let plan = doomed.prepared.as_ref().ok()?.plan.as_ref()?;
    Some(plan.stack.id.clone())
}

fn member_removal(doomed: &Doomed<'_>, project: &str) -> MemberRemoval {
    let member = doomed.member;
    let prepared = doomed.prepared.as_ref().ok();
    let plan = prepared.and_then(|one| one.plan.as_ref());
    let holding = plan.iter().flat_map(|plan| &plan.resources);
    MemberRemoval {
        name: member.name.clone(),
        path: member.path.clone(),
        level: count(member.level),
        needs: needs(member),
        // It is executed with the others, by their token.
        removal: prepared.map(|one| removal_view(one, String::new(), String::new(), project)),
        holds_data: holding
            .filter(|one| words::holds_data(&one.kind))
            .map(|one| one.logical_id.clone())
            .collect(),
        releases: plan
            .and_then(|plan| plan.releases.as_ref())
            .map(|(bucket, folder)| format!("{bucket}/{folder}")),
        problem: doomed
            .prepared
            .as_ref()
            .err()
            .map(|error| Problem::of(error, None)),
    }
}

fn moved_on(service: &str) -> ApiError {
    ApiError::new(
        Code::PlanStale,
        Kind::Precondition,
        format!("the stack of {service} is not the one that was shown"),
    )
    .detail("it was deployed, or deleted and made again, since")
    .hint("Nothing was removed. Look again what removing all deletes")
}
