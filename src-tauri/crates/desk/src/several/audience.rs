//! A page that is told what happens to which of several services, and asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use pilothouse_api::deploy::Prepared;
use pilothouse_api::several::{Answer, Audience, Moved};
use pilothouse_api::target::Watch;
use pilothouse_api::{ApiError, Kind, show, words};
use pilothouse_model::{Code, PlannedTarget};
use tokio::sync::oneshot;

use super::Asking;
use crate::plan_view::{self, Around};
use crate::tasks::Task;
use crate::wire::{MemberState, PlanView, Problem, Step, moment};
use crate::{Desk, lock, steps, work};

/// The page of a task.
pub(super) struct Told {
    desk: Arc<Desk>,
    task: Arc<Task>,
    project: String,
    /// By service: its plan as it is shown.
    plans: Mutex<HashMap<String, PlanView>>,
}

impl Told {
    pub(super) fn new(desk: &Arc<Desk>, task: &Arc<Task>, project: &str) -> Self {
        Self {
            desk: Arc::clone(desk),
            task: Arc::clone(task),
            project: project.to_owned(),
            plans: Mutex::default(),
        }
    }

    /// The plan of a service as it is shown, once.
    pub(super) fn plan_of(&self, service: &str) -> Option<PlanView> {
        lock(&self.plans).remove(service)
    }

    fn view(&self, service: &str, prepared: &Prepared) -> PlanView {
        let read = show::show(&self.desk.host, &prepared.project);
        let origins = read.map(|read| read.origins).unwrap_or_default();
        let around = Around {
            id: format!("{}-{service}", self.task.id()),
            // It is executed with the others, by their token.
            token: String::new(),
            project: self.project.clone(),
            packaged: &prepared.packaged,
            origins: &origins,
            planned_at: moment(self.desk.host.clock.now()),
            usual: &prepared.usual,
            command: String::new(),
        };
        plan_view::view(&prepared.plan, around)
    }

    async fn ask(&self, service: &str, prepared: &Prepared) -> Result<bool, ApiError> {
        let plan = &prepared.plan;
        let is_sandbox = plan.target == PlannedTarget::Sandbox;
        let must_type = words::is_production(&plan.stage) && !is_sandbox;
        let typed = must_type.then(|| plan.stage.clone());
        let question = self.desk.id()?;
        let (tell, told) = oneshot::channel();
        let asking = Asking {
            typed: typed.clone(),
            tell,
        };
        lock(&self.desk.questions).insert(question.clone(), asking);
        self.task.push(Step::Question {
            question: question.clone(),
            service: service.to_owned(),
            plan: Box::new(self.view(service, prepared)),
            typed,
        });
        // Whoever asks to stop does not want this one either.
        let goes_on = tokio::select! {
            answer = told => answer.unwrap_or(false),
            () = self.task.cancel().requested() => false,
        };
        lock(&self.desk.questions).remove(&question);
        self.task.push(Step::Answered { question, goes_on });
        Ok(goes_on)
    }
}

impl Audience for Told {
    fn watch(&self, service: &str) -> Watch {
        let (task, service) = (Arc::clone(&self.task), service.to_owned());
        Arc::new(move |happening| {
            if let Some(step) = steps::of(&happening) {
                let (service, step) = (service.clone(), Box::new(step));
                task.push(Step::Of { service, step });
            }
        })
    }

    fn moved(&self, service: &str, moved: Moved<'_>) {
        self.task.push(step(service, moved));
    }

    fn planned(&self, service: &str, prepared: &Prepared) {
        let view = self.view(service, prepared);
        lock(&self.plans).insert(service.to_owned(), view);
    }

    fn go_on<'a>(&'a self, service: &'a str, prepared: &'a Prepared) -> Answer<'a> {
        Box::pin(self.ask(service, prepared))
    }
}

fn step(service: &str, moved: Moved<'_>) -> Step {
    let (mut because, mut problem, mut release, mut kept) = (None, None, None, None);
    let state = match moved {
        Moved::Planning => MemberState::Planning,
        Moved::Deploying => MemberState::Deploying,
        Moved::Removing => MemberState::Removing,
        Moved::Stands(done) => {
            release = Some(Box::new(work::of_release(done)));
            MemberState::Done
        }
        Moved::Gone(removal) => {
            kept = removal.map(|removal| removal.kept.clone());
            MemberState::Done
        }
        Moved::Failed(error) => {
            problem = Some(Box::new(Problem::of(error, None)));
            MemberState::Failed
        }
        Moved::Held(other) => {
            because = Some(other.to_owned());
            MemberState::Held
        }
    };
    Step::Service {
        service: service.to_owned(),
        state,
        because,
        problem,
        release,
        kept,
    }
}

impl Desk {
    /// Answers a question of a task. `typed` is the stage, where it must be typed to go on.
    ///
    /// # Errors
    /// When it waits for no answer any more, or another name was typed.
    pub fn answer(&self, question: &str, goes_on: bool, typed: &str) -> Result<(), Problem> {
        let mut questions = lock(&self.questions);
        let Some(asking) = questions.get(question) else {
            return Err(ApiError::new(
                Code::PlanGone,
                Kind::Precondition,
                "this question waits for no answer any more",
            )
            .hint("The page of the task shows what became of it")
            .into());
        };
        if let Some(stage) = asking.typed.as_ref().filter(|_| goes_on)
            && stage != typed
        {
            return Err(not_typed("the name that was typed is not the stage's", stage).into());
        }
        if let Some(asking) = questions.remove(question) {
            // The task may have been stopped in this moment, which is an answer too.
            let _ = asking.tell.send(goes_on);
        }
        Ok(())
    }
}

pub(super) fn not_typed(title: &str, name: &str) -> ApiError {
    ApiError::new(Code::NameMistyped, Kind::User, title).hint(format!("Type {name}"))
}
