//! The window's desk: what is open on it (projects, plans, tasks), and what the window may ask.
//!
//! The one room with state between calls. The use cases themselves are in `api`; here they are given ids, kept
//! running when a page goes away, and told in numbered events, so that a page that comes back misses nothing.
//! It knows no Tauri: its tests run without a window.
//!
//! The one invariant: nothing that the page sends names anything but what this desk has given it an id for.
#![deny(missing_docs)]

mod asking;
mod calls;
mod consent;
mod create;
mod forms;
mod live;
mod looks;
mod plan_view;
mod problem;
mod removal;
mod sandbox_tasks;
mod secrets;
mod several;
mod shelf;
mod sizes;
mod steps;
mod synced;
mod tasks;
mod texts;
mod work;

pub mod wire;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pilothouse_api::{ApiError, Host, Kind, sandbox};
use pilothouse_model::Code;
use tokio::sync::broadcast::error::RecvError;

pub use calls::TellLog;
pub use secrets::{ImportAsked, TellSecrets};
pub use work::PlanHow;

use crate::removal::HeldRemoval;
use crate::several::{HeldSeveral, HeldSeveralRemoval};
use crate::shelf::Shelf;
use crate::tasks::{Task, Tasks};
use crate::wire::{Place, Problem, Target, TaskBatch, TaskView};
use crate::work::HeldPlan;

/// Everything that is open.
#[derive(Debug)]
pub struct Desk {
    host: Host,
    shelf: Shelf,
    tasks: Tasks,
    plans: Mutex<HashMap<String, HeldPlan>>,
    removals: Mutex<HashMap<String, HeldRemoval>>,
    several_plans: Mutex<HashMap<String, HeldSeveral>>,
    several_removals: Mutex<HashMap<String, HeldSeveralRemoval>>,
    questions: several::Questions,
    /// Keeps the sandbox up while the window is open and uses it.
    lease: Mutex<Option<sandbox::Endpoint>>,
    memory: Mutex<asking::Memory>,
    opened: Mutex<Option<Result<String, Problem>>>,
    /// By project: the number of the newest check of a text.
    checks: Mutex<HashMap<String, u32>>,
    allowed: Mutex<consent::Allowed>,
    secrets: secrets::Held,
}

impl Desk {
    /// An empty desk.
    pub fn new(host: Host) -> Arc<Self> {
        Arc::new(Self {
            shelf: Shelf::new(host.clone()),
            tasks: Tasks::new(Arc::clone(&host.clock)),
            plans: Mutex::default(),
            removals: Mutex::default(),
            several_plans: Mutex::default(),
            several_removals: Mutex::default(),
            questions: Mutex::default(),
            lease: Mutex::default(),
            memory: Mutex::default(),
            opened: Mutex::default(),
            checks: Mutex::default(),
            allowed: Mutex::default(),
            secrets: secrets::Held::default(),
            host,
        })
    }

    /// Opens the folder that was asked for on the command line; the first page shows it, or why it cannot.
    pub fn ask_for(&self, folder: &str) {
        let opened = self.open_folder(folder);
        *lock(&self.opened) = Some(opened);
    }

    fn asked_for(&self) -> (Option<String>, Option<Problem>) {
        match lock(&self.opened).clone() {
            None => (None, None),
            Some(Ok(id)) => (Some(id), None),
            Some(Err(problem)) => (None, Some(problem)),
        }
    }

    /// Every task of this process, oldest first.
    pub fn tasks(&self) -> Vec<TaskView> {
        self.tasks.views()
    }

    /// Whether any task runs.
    pub fn is_busy(&self) -> bool {
        self.tasks.is_anything_running()
    }

    /// One task.
    ///
    /// # Errors
    /// When it is not one of this process.
    pub fn task(&self, task: &str) -> Result<TaskView, Problem> {
        Ok(self.find_task(task)?.view())
    }

    fn find_task(&self, task: &str) -> Result<Arc<Task>, ApiError> {
        self.tasks.find(task).ok_or_else(|| {
            ApiError::new(
                Code::TaskUnknown,
                Kind::Precondition,
                "this task is not known any more: Pilothouse was started again since",
            )
            .hint("What it did is in Activity")
        })
    }

    /// Tells every event of a task after number `from`, then new ones as they come, until it has ended or
    /// `tell` answers that nobody listens any more.
    ///
    /// # Errors
    /// When it is not one of this process.
    pub async fn watch_task(
        &self,
        task: &str,
        from: u32,
        tell: impl Fn(TaskBatch) -> bool,
    ) -> Result<(), Problem> {
        let task = self.find_task(task)?;
        task.follow(from, tell).await;
        Ok(())
    }

    /// Tells a task whenever one begins, changes its sentence or ends, until `tell` answers that nobody listens
    /// any more. A listener that is too slow is told all of them again.
    pub async fn watch_tasks(&self, tell: impl Fn(TaskView) -> bool) {
        let mut news = self.tasks.news();
        loop {
            match news.recv().await {
                Ok(view) => {
                    if !tell(view) {
                        return;
                    }
                }
                Err(RecvError::Lagged(_)) => {
                    if !self.tasks.views().into_iter().all(&tell) {
                        return;
                    }
                }
                Err(RecvError::Closed) => return,
            }
        }
    }

    /// The sandbox stays up while the window is open, once it was used: what was deployed there is not to be
    /// gone after lunch. It is not started here.
    pub(crate) async fn keep_sandbox(&self, place: &Place) {
        if place.target != Target::Sandbox || lock(&self.lease).is_some() {
            return;
        }
        let runs = sandbox::status(&self.host).is_ok_and(|status| status.running.is_some());
        if runs && let Ok(endpoint) = sandbox::ensure(&self.host, "window", &|_| {}).await {
            *lock(&self.lease) = Some(endpoint);
        }
    }

    /// Asks a task to stop, if it can be; asked again, to wait no longer for what goes on.
    ///
    /// # Errors
    /// When it is not one of this process.
    pub fn cancel_task(&self, task: &str) -> Result<(), Problem> {
        self.find_task(task)?.request_cancel();
        Ok(())
    }

    fn plans(&self) -> MutexGuard<'_, HashMap<String, HeldPlan>> {
        lock(&self.plans)
    }

    fn removals(&self) -> MutexGuard<'_, HashMap<String, HeldRemoval>> {
        lock(&self.removals)
    }

    /// A new name for something on the desk.
    fn id(&self) -> Result<String, ApiError> {
        let token = self.token()?;
        Ok(token.get(..16).unwrap_or(&token).to_owned())
    }

    /// What nobody can guess.
    fn token(&self) -> Result<String, ApiError> {
        self.host.entropy.token().map_err(|problem| {
            ApiError::new(
                Code::Internal,
                Kind::Internal,
                "this computer gives no random numbers",
            )
            .detail(problem.to_string())
        })
    }

    /// The command that does the same in a terminal.
    fn command(&self, verb: &str, request: &pilothouse_api::deploy::DeployRequest) -> String {
        pilothouse_api::activity::command_line(verb, request)
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
