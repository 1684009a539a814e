//! Planning and deploying, and how a task is run to its end.

use std::future::Future;
use std::sync::Arc;

use pilothouse_api::deploy::{self, DeployRequest};
use pilothouse_api::project::ProjectRequest;
use pilothouse_api::show::Origins;
use pilothouse_api::target::Watch;
use pilothouse_api::{ApiError, Cancel, Kind};
use pilothouse_model::{Code, Plan, Verb};
use tokio::runtime::Handle;

use crate::plan_view::{self, pairs, planned};
use crate::tasks::{Beginning, Task};
use crate::wire::{
    Ended, Place, PlanView, Problem, Release, Stage, Step, TaskKind, TaskResult, TaskView, moment,
};
use crate::{Desk, steps};

/// A plan that is shown and can be executed once.
#[derive(Debug)]
pub(crate) struct HeldPlan {
    pub(crate) plan: Plan,
    pub(crate) view: PlanView,
    pub(crate) origins: Origins,
    pub(crate) place: Place,
}

/// What is asked of one plan alone.
#[derive(Debug, Clone, Default)]
pub struct PlanHow {
    /// The folder of what was packaged before.
    pub package: Option<String>,
    /// Whether files of synced folders are left as they are in their buckets.
    pub without_files: bool,
}

impl Desk {
    /// Works out a plan.
    ///
    /// # Errors
    /// When the project is not open. What goes wrong later ends the task.
    pub fn plan(self: &Arc<Self>, place: Place, how: PlanHow) -> Result<TaskView, Problem> {
        let known = self.shelf.find(&place.project)?;
        let mut request = self.request_of(&place)?;
        request.package = how.package;
        request.without_files = how.without_files;
        let beginning = Beginning {
            id: self.id()?,
            kind: TaskKind::Plan,
            title: format!("Plan {} for {}", known.name, stage_words(&place)),
            now: "Reading and packing the project".to_owned(),
            place: Some(place.clone()),
            plan: None,
            several: None,
            cancel: None,
        };
        self.spawn(beginning, move |desk, task| async move {
            task.push(Step::Stage {
                stage: Stage::Packaging,
                words: "Reading and packing the project".to_owned(),
            });
            desk.keep_sandbox(&place).await;
            desk.give_outputs(&place, &mut request).await?;
            let read = desk.read_now(&place, &mut request, &watch(&task)).await?;
            let prepared = deploy::prepare(&desk.host, &request, Verb::Plan, &watch(&task)).await?;
            let around = plan_view::Around {
                id: task.id(),
                token: desk.token()?,
                project: place.project.clone(),
                packaged: &prepared.packaged,
                origins: &read.origins,
                planned_at: moment(desk.host.clock.now()),
                usual: &prepared.usual,
                command: desk.command("deploy", &request),
            };
            let view = plan_view::view(&prepared.plan, around);
            // The stack is not locked while somebody reads: executing the plan asks again whether it fits.
            let plan = prepared.keep()?;
            let held = HeldPlan {
                plan,
                view: view.clone(),
                origins: read.origins,
                place,
            };
            desk.plans().insert(view.id.clone(), held);
            Ok(TaskResult::Plan {
                plan: Box::new(view),
            })
        })
    }

    /// Executes a plan that is shown. The token is good for one time.
    ///
    /// # Errors
    /// When the plan is gone, or the token is not its own.
    pub fn deploy(self: &Arc<Self>, plan: &str, token: &str) -> Result<TaskView, Problem> {
        let id = self.id()?;
        let held = {
            let mut plans = self.plans();
            if plans.get(plan).is_none_or(|held| held.view.token != token) {
                return Err(plan_gone().into());
            }
            plans.remove(plan).ok_or_else(plan_gone)?
        };
        let counts = held.view.counts;
        let changes = match counts.total {
            1 => "1 change".to_owned(),
            total => format!("{total} changes"),
        };
        let beginning = Beginning {
            id,
            kind: TaskKind::Deploy,
            title: format!(
                "Deploy {changes} to {} in {}",
                held.view.service, held.view.stage
            ),
            now: "Checking that the plan still fits".to_owned(),
            place: Some(held.place.clone()),
            plan: Some(held.view.clone()),
            several: None,
            cancel: Some(
                "AWS stops the change and puts back what stood before. Nothing half-made stays."
                    .to_owned(),
            ),
        };
        self.spawn(beginning, move |desk, task| async move {
            let watch = watch(&task);
            let done = execute(&desk, held.plan, &held.place.project, &watch, task.cancel()).await;
            let release = done.map_err(|error| Fail::Resources(Box::new((error, held.origins))))?;
            Ok(TaskResult::Release {
                release: Box::new(Release {
                    project: held.place.project,
                    stage: held.view.stage,
                    ..of_release(&release)
                }),
            })
        })
    }

    /// Throws a plan away, with what it left in the cloud. A plan that is gone already is no fault.
    ///
    /// # Errors
    /// When the cloud does not answer; then the plan is gone from the window, and the change set is not.
    pub async fn discard_plan(&self, plan: &str) -> Result<(), Problem> {
        let held = self.plans().remove(plan);
        let Some(held) = held else { return Ok(()) };
        let silent: Watch = Arc::new(|_| {});
        let consent = self.consent_of(&held.place.project);
        let prepared = deploy::prepare_saved(&self.host, held.plan, consent, &silent).await?;
        prepared.discard().await?;
        Ok(())
    }

    /// A plan that is shown, to be saved in a file.
    ///
    /// # Errors
    /// When it is gone.
    pub fn save_plan(&self, plan: &str, file: &str) -> Result<(), Problem> {
        let plans = self.plans();
        let held = plans.get(plan).ok_or_else(plan_gone)?;
        Ok(pilothouse_api::plan::save(&self.host, file, &held.plan)?)
    }

    /// Runs a task to its end on a thread of its own: packing a project is work, which the threads that answer
    /// the window must not wait for.
    pub(crate) fn spawn<W, F>(
        self: &Arc<Self>,
        beginning: Beginning,
        work: W,
    ) -> Result<TaskView, Problem>
    where
        W: FnOnce(Arc<Self>, Arc<Task>) -> F + Send + 'static,
        F: Future<Output = Result<TaskResult, Fail>>,
    {
        let task = self.tasks.begin(beginning);
        let view = task.view();
        let desk = Arc::clone(self);
        let working = Arc::clone(&task);
        let runtime = Handle::current();
        let running = tokio::task::spawn_blocking(move || runtime.block_on(work(desk, working)));
        tokio::spawn(async move {
            let ended = match running.await {
                Ok(Ok(result)) => Ended::Done { result },
                Ok(Err(fail)) => fail.ended(),
                // A task that panics must not seem to run for ever.
                Err(_) => Ended::Failed {
                    problem: fault().into(),
                },
            };
            task.end(ended);
        });
        Ok(view)
    }

    pub(crate) fn request_of(&self, place: &Place) -> Result<DeployRequest, Problem> {
        let known = self.shelf.find(&place.project)?;
        let within = known.within.as_ref();
        let own = within.map(|within| self.request_within(place, within));
        match own.transpose()?.flatten() {
            Some(request) => Ok(request),
            None => self.plain_request(place, &known.folder),
        }
    }

    /// The request for a folder, whatever holds it.
    pub(crate) fn plain_request(
        &self,
        place: &Place,
        folder: &str,
    ) -> Result<DeployRequest, Problem> {
        let target = planned(&place.target);
        let profile = match &target {
            pilothouse_model::PlannedTarget::Account { profile } => profile.clone(),
            pilothouse_model::PlannedTarget::Sandbox => None,
        };
        Ok(DeployRequest {
            package: None,
            without_files: false,
            project: ProjectRequest {
                folder: folder.to_owned(),
                stage: place.stage.clone(),
                profile,
                known: self.known(place),
                consent: self.consent_within(folder)?,
                ..ProjectRequest::default()
            },
            target,
        })
    }
}

async fn execute(
    desk: &Desk,
    plan: Plan,
    project: &str,
    watch: &Watch,
    cancel: &Cancel,
) -> Result<deploy::Release, ApiError> {
    let consent = desk.consent_of(project);
    let prepared = deploy::prepare_saved(&desk.host, plan, consent, watch).await?;
    prepared.apply(cancel).await
}

/// How a task fails: with an envelope, or with resources whose lines are known.
#[derive(Debug)]
pub(crate) enum Fail {
    Plain(Problem),
    Error(Box<ApiError>),
    Resources(Box<(ApiError, Origins)>),
}

impl From<ApiError> for Fail {
    fn from(error: ApiError) -> Self {
        Self::Error(Box::new(error))
    }
}

impl From<Problem> for Fail {
    fn from(problem: Problem) -> Self {
        Self::Plain(problem)
    }
}

impl Fail {
    fn ended(self) -> Ended {
        let (was_cancelled, problem) = match self {
            Self::Plain(problem) => (false, problem),
            Self::Error(error) => (error.code == Code::Cancelled, (*error).into()),
            Self::Resources(told) => {
                let (error, origins) = *told;
                let problem = Problem::of(&error, Some(&origins));
                (error.code == Code::Cancelled, problem)
            }
        };
        if was_cancelled {
            Ended::Cancelled { problem }
        } else {
            Ended::Failed { problem }
        }
    }
}

pub(crate) fn watch(task: &Arc<Task>) -> Watch {
    let task = Arc::clone(task);
    Arc::new(move |happening| {
        if let Some(step) = steps::of(&happening) {
            task.push(step);
        }
    })
}

fn stage_words(place: &Place) -> String {
    place
        .stage
        .clone()
        .unwrap_or_else(|| "its own stage".to_owned())
}

pub(crate) fn of_release(release: &deploy::Release) -> Release {
    Release {
        project: String::new(),
        stack: release.stack.clone(),
        stage: String::new(),
        region: release.region.clone(),
        changed: release.changed,
        endpoints: release
            .endpoints
            .iter()
            .enumerate()
            .map(|(number, endpoint)| crate::wire::EndpointView::of(number, endpoint))
            .collect(),
        functions: pairs(&release.functions),
        outputs: pairs(&release.outputs),
    }
}

fn fault() -> ApiError {
    ApiError::new(
        Code::Internal,
        Kind::Internal,
        "a fault of Pilothouse ended this task",
    )
    .hint("What was done is in the journal: look at Activity, then plan again")
}

pub(crate) fn plan_gone() -> ApiError {
    ApiError::new(
        Code::PlanGone,
        Kind::Precondition,
        "this plan was executed or discarded, or Pilothouse was started again since",
    )
    .hint("Plan again: it shows what there is to do now")
}
