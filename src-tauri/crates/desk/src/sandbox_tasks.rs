//! The sandbox's ups and downs, as tasks.

use std::sync::Arc;

use pilothouse_api::sandbox;
use pilothouse_api::target::Happening;

use crate::Desk;
use crate::tasks::{Beginning, Task};
use crate::wire::{Problem, TaskKind, TaskResult, TaskView};
use crate::work::watch;

impl Desk {
    /// Brings the sandbox up until it is stopped.
    ///
    /// # Errors
    /// When this computer gives no random numbers.
    pub fn sandbox_up(self: &Arc<Self>, keep_state: Option<bool>) -> Result<TaskView, Problem> {
        let beginning = self.of_sandbox(TaskKind::SandboxUp, "Start the sandbox", "Starting")?;
        self.spawn(beginning, move |desk, task| async move {
            let request = sandbox::UpRequest { keep_state };
            let tell = tell(&task);
            sandbox::up(&desk.host, request, &tell).await?;
            Ok(TaskResult::Sandbox {
                sandbox: Box::new(desk.sandbox_view()?),
            })
        })
    }

    /// Takes the sandbox down.
    ///
    /// # Errors
    /// As [`Desk::sandbox_up`].
    pub fn sandbox_down(self: &Arc<Self>) -> Result<TaskView, Problem> {
        let beginning = self.of_sandbox(TaskKind::SandboxDown, "Stop the sandbox", "Stopping")?;
        self.spawn(beginning, move |desk, task| async move {
            let tell = tell(&task);
            sandbox::down(&desk.host, &tell).await?;
            Ok(TaskResult::Sandbox {
                sandbox: Box::new(desk.sandbox_view()?),
            })
        })
    }

    /// Empties the sandbox.
    ///
    /// # Errors
    /// As [`Desk::sandbox_up`].
    pub fn sandbox_reset(self: &Arc<Self>) -> Result<TaskView, Problem> {
        let beginning = self.of_sandbox(TaskKind::SandboxReset, "Empty the sandbox", "Stopping")?;
        self.spawn(beginning, move |desk, task| async move {
            let tell = tell(&task);
            sandbox::reset(&desk.host, &tell).await?;
            Ok(TaskResult::Sandbox {
                sandbox: Box::new(desk.sandbox_view()?),
            })
        })
    }

    fn of_sandbox(&self, kind: TaskKind, title: &str, now: &str) -> Result<Beginning, Problem> {
        Ok(Beginning {
            id: self.id()?,
            kind,
            title: title.to_owned(),
            now: now.to_owned(),
            place: None,
            plan: None,
            several: None,
            cancel: None,
        })
    }
}

fn tell(task: &Arc<Task>) -> impl Fn(sandbox::Event) + Send + Sync + 'static {
    let watch = watch(task);
    move |event| watch(Happening::Sandbox(event))
}
