//! One plan for several services.

use std::sync::Arc;

use pilothouse_api::several::{self as room, Member, Seen};
use pilothouse_api::words;
use pilothouse_model::{Plan, Verb};

use super::audience::Told;
use super::{Found, HeldSeveral, needs};
use crate::Desk;
use crate::tasks::Beginning;
use crate::wire::{
    MemberPlan, Place, Problem, SeveralPlan, SeveralTask, TaskKind, TaskMember, TaskResult,
    TaskView, count, moment,
};

impl Desk {
    /// Works out what a deploy of all services of a folder does.
    ///
    /// # Errors
    /// When the folder is not open, or its services cannot be found. What goes wrong with one of them is told of it.
    pub fn plan_several(self: &Arc<Self>, place: Place) -> Result<TaskView, Problem> {
        let found = self.find_several(&place)?;
        let beginning = Beginning {
            id: self.id()?,
            kind: TaskKind::PlanSeveral,
            title: format!(
                "Plan {} of {}",
                services(found.several.members.len()),
                found.name()
            ),
            now: "Reading and packing the services".to_owned(),
            place: Some(place.clone()),
            plan: None,
            several: Some(SeveralTask {
                shown: None,
                name: found.name(),
                production: place.stage.as_deref().is_some_and(words::is_production),
                stage: place.stage.clone(),
                services: found
                    .several
                    .members
                    .iter()
                    .map(|one| member(one, None))
                    .collect(),
                command: self.command_for_all("plan", &found.request),
            }),
            cancel: None,
        };
        self.spawn(beginning, move |desk, task| async move {
            desk.keep_sandbox(&place).await;
            let told = Told::new(&desk, &task, &place.project);
            let (host, several) = (&desk.host, &found.several);
            let seen = room::look(host, &found.request, several, Verb::Plan, &told).await;
            desk.keep_sandbox(&place).await;
            let view = desk.view_of_all(&found, &place, &seen, &told, task.id())?;
            let held = HeldSeveral {
                view: view.clone(),
                place,
                several: found.several,
                shown: seen.into_iter().map(plan_of).collect(),
            };
            crate::lock(&desk.several_plans).insert(view.id.clone(), held);
            Ok(TaskResult::SeveralPlan {
                plan: Box::new(view),
            })
        })
    }

    fn view_of_all(
        &self,
        found: &Found,
        place: &Place,
        seen: &[Seen],
        told: &Told,
        id: String,
    ) -> Result<SeveralPlan, Problem> {
        let pairs = found.several.members.iter().zip(seen);
        let services: Vec<MemberPlan> = pairs
            .map(|(member, one)| MemberPlan {
                name: member.name.clone(),
                path: member.path.clone(),
                level: count(member.level),
                needs: needs(member),
                plan: one.plan().and_then(|_| told.plan_of(&member.name)),
                known_when: match one {
                    Seen::Later(other) => Some(other.clone()),
                    Seen::Plan(_) | Seen::Failed(_) => None,
                },
                problem: match one {
                    Seen::Failed(error) => Some(Problem::of(error, None)),
                    Seen::Plan(_) | Seen::Later(_) => None,
                },
            })
            .collect();
        let plans = services.iter().filter_map(|one| one.plan.as_ref());
        let first = plans.clone().find(|plan| plan.production);
        let first = first.or(plans.clone().next());
        let stage = first.map(|plan| plan.stage.clone());
        let stage = place.stage.clone().or(stage);
        let stage = stage.unwrap_or_else(|| "dev".to_owned());
        Ok(SeveralPlan {
            id,
            token: self.token()?,
            project: place.project.clone(),
            name: found.name(),
            production: words::is_production(&stage),
            stage,
            target: place.target.clone(),
            identity: first.map(|plan| plan.identity.clone()),
            planned_at: moment(self.host.clock.now()),
            command: self.command_for_all("deploy", &found.request),
            services,
        })
    }

    /// Forgets a plan of several that was shown: it left nothing in the cloud.
    pub fn discard_several(&self, plan: &str) {
        crate::lock(&self.several_plans).remove(plan);
    }
}

pub(super) fn services(count: usize) -> String {
    match count {
        1 => "1 service".to_owned(),
        count => format!("{count} services"),
    }
}

/// A service as a task works on it.
pub(super) fn member(member: &Member, plan: Option<&MemberPlan>) -> TaskMember {
    let plan = plan.and_then(|one| one.plan.as_ref());
    TaskMember {
        name: member.name.clone(),
        path: member.path.clone(),
        level: count(member.level),
        needs: needs(member),
        changes: plan.map(|plan| plan.counts.total),
        usual_millis: plan.and_then(|plan| plan.usual_millis),
    }
}

fn plan_of(seen: Seen) -> Option<Plan> {
    match seen {
        Seen::Plan(plan) => Some(*plan),
        Seen::Later(_) | Seen::Failed(_) => None,
    }
}
