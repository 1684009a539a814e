//! Tasks: numbered histories that outlive the page, and the window, that began them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use pilothouse_api::Cancel;
use pilothouse_effects::Clock;
use tokio::sync::{broadcast, watch};

use crate::wire::{
    Ended, Problem, SeveralTask, Step, TaskBatch, TaskEvent, TaskKind, TaskState, TaskView, moment,
};

/// How many tasks that ended are remembered. Their history is in the journal beyond that.
const MOST_ENDED: usize = 50;
/// How long events are gathered before they are told: a page cannot show more than a frame shows.
const FRAME: Duration = Duration::from_millis(16);
/// How many changes of tasks may wait for a page that is slow to read them.
const MOST_WAITING: usize = 256;

/// All tasks of this process.
#[derive(Debug)]
pub(crate) struct Tasks {
    all: Mutex<VecDeque<Arc<Task>>>,
    news: broadcast::Sender<TaskView>,
    clock: Arc<dyn Clock>,
}

/// One task.
#[derive(Debug)]
pub(crate) struct Task {
    inner: Mutex<Inner>,
    newest: watch::Sender<u32>,
    news: broadcast::Sender<TaskView>,
    clock: Arc<dyn Clock>,
    cancel: Cancel,
}

#[derive(Debug)]
struct Inner {
    view: TaskView,
    events: Vec<TaskEvent>,
}

/// What a task begins with.
#[derive(Debug)]
pub(crate) struct Beginning {
    pub(crate) id: String,
    pub(crate) kind: TaskKind,
    pub(crate) title: String,
    pub(crate) now: String,
    pub(crate) place: Option<crate::wire::Place>,
    pub(crate) plan: Option<crate::wire::PlanView>,
    pub(crate) several: Option<SeveralTask>,
    pub(crate) cancel: Option<String>,
}

impl Tasks {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            all: Mutex::default(),
            news: broadcast::channel(MOST_WAITING).0,
            clock,
        }
    }

    /// A new task, running.
    pub(crate) fn begin(&self, beginning: Beginning) -> Arc<Task> {
        let (project, target) = match beginning.place {
            Some(place) => (Some(place.project), Some(place.target)),
            None => (None, None),
        };
        let view = TaskView {
            id: beginning.id,
            kind: beginning.kind,
            title: beginning.title,
            project,
            plan: beginning.plan,
            several: beginning.several.map(Box::new),
            target,
            began: moment(self.clock.now()),
            state: TaskState::Running,
            ended: None,
            now: beginning.now,
            last: 0,
            cancel: beginning.cancel,
        };
        let task = Arc::new(Task {
            inner: Mutex::new(Inner {
                view: view.clone(),
                events: Vec::new(),
            }),
            newest: watch::channel(0).0,
            news: self.news.clone(),
            clock: Arc::clone(&self.clock),
            cancel: Cancel::default(),
        });
        let mut all = lock(&self.all);
        forget_oldest(&mut all);
        all.push_back(Arc::clone(&task));
        drop(all);
        tell(&self.news, view);
        task
    }

    pub(crate) fn find(&self, id: &str) -> Option<Arc<Task>> {
        let all = lock(&self.all);
        all.iter().find(|task| task.lock().view.id == id).cloned()
    }

    /// Oldest first.
    pub(crate) fn views(&self) -> Vec<TaskView> {
        lock(&self.all).iter().map(|task| task.view()).collect()
    }

    pub(crate) fn is_anything_running(&self) -> bool {
        lock(&self.all).iter().any(|task| task.is_running())
    }

    pub(crate) fn news(&self) -> broadcast::Receiver<TaskView> {
        self.news.subscribe()
    }
}

/// Running tasks are never forgotten.
fn forget_oldest(all: &mut VecDeque<Arc<Task>>) {
    let ended = all.iter().filter(|task| !task.is_running()).count();
    if ended > MOST_ENDED
        && let Some(oldest) = all.iter().position(|task| !task.is_running())
    {
        all.remove(oldest);
    }
}

impl Task {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        lock(&self.inner)
    }

    pub(crate) fn id(&self) -> String {
        self.lock().view.id.clone()
    }

    pub(crate) fn view(&self) -> TaskView {
        self.lock().view.clone()
    }

    pub(crate) fn is_running(&self) -> bool {
        matches!(
            self.lock().view.state,
            TaskState::Running | TaskState::Cancelling
        )
    }

    /// What the work of this task is asked to stop by.
    pub(crate) const fn cancel(&self) -> &Cancel {
        &self.cancel
    }

    /// Asks the work to stop. What cannot be stopped is left alone.
    pub(crate) fn request_cancel(&self) {
        let view = self.view();
        let Some(meaning) = view.cancel.filter(|_| view.ended.is_none()) else {
            return;
        };
        let words = if self.cancel.is_requested() {
            "Waiting no longer. What was begun goes on, and Activity tells what became of it."
                .to_owned()
        } else {
            meaning
        };
        self.push(Step::CancelRequested { words });
        self.cancel.request();
    }

    /// Adds a step to the history. After the end nothing is added: the history is closed.
    pub(crate) fn push(&self, step: Step) {
        self.push_at(step, self.clock.now());
    }

    fn push_at(&self, step: Step, at: SystemTime) {
        let mut inner = self.lock();
        if inner.view.ended.is_some() {
            return;
        }
        let before = (inner.view.now.clone(), inner.view.state);
        let at = moment(at);
        match &step {
            Step::Stage { words, .. } | Step::Sandbox { words, .. } => {
                inner.view.now.clone_from(words);
            }
            Step::Of { service, step } => {
                if let Step::Stage { words, .. } | Step::Sandbox { words, .. } = step.as_ref() {
                    inner.view.now = format!("{service}: {words}");
                }
            }
            Step::Question { service, .. } => {
                inner.view.now = format!("{service} waits for your answer");
            }
            Step::CancelRequested { words } => {
                inner.view.state = TaskState::Cancelling;
                inner.view.now.clone_from(words);
            }
            Step::Ended { ended } => {
                (inner.view.state, inner.view.now) = ending(ended);
                inner.view.ended = Some(at.clone());
                inner.view.cancel = None;
            }
            _ => {}
        }
        inner.view.last += 1;
        let seq = inner.view.last;
        inner.events.push(TaskEvent { seq, at, step });
        let changed = before != (inner.view.now.clone(), inner.view.state);
        let view = changed.then(|| inner.view.clone());
        drop(inner);
        self.newest.send_replace(seq);
        if let Some(view) = view {
            tell(&self.news, view);
        }
    }

    /// Closes the history.
    pub(crate) fn end(&self, ended: Ended) {
        self.push(Step::Ended {
            ended: Box::new(ended),
        });
    }

    /// Tells every event after number `from`, then new ones as they come, until the task has ended or `tell`
    /// answers that nobody listens any more.
    pub(crate) async fn follow(&self, from: u32, tell: impl Fn(TaskBatch) -> bool) {
        let mut newest = self.newest.subscribe();
        let mut from = from;
        loop {
            newest.borrow_and_update();
            let (batch, is_over) = self.after(from);
            if let Some(last) = batch.events.last() {
                from = last.seq;
                if !tell(batch) {
                    return;
                }
            }
            if is_over || newest.changed().await.is_err() {
                return;
            }
            self.clock.sleep(FRAME).await;
        }
    }

    /// The events after a number, and whether nothing can follow them.
    fn after(&self, from: u32) -> (TaskBatch, bool) {
        let inner = self.lock();
        let first = usize::try_from(from).unwrap_or(usize::MAX);
        let batch = TaskBatch {
            task: inner.view.id.clone(),
            events: inner.events.iter().skip(first).cloned().collect(),
        };
        (batch, inner.view.ended.is_some())
    }
}

fn ending(ended: &Ended) -> (TaskState, String) {
    let title = |problem: &Problem| problem.title.clone();
    match ended {
        Ended::Done { .. } => (TaskState::Done, String::new()),
        Ended::Failed { problem } => (TaskState::Failed, title(problem)),
        Ended::Cancelled { problem } => (TaskState::Cancelled, title(problem)),
    }
}

/// Nobody may be listening, which is no fault.
fn tell(news: &broadcast::Sender<TaskView>, view: TaskView) {
    drop(news.send(view));
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use pilothouse_testkit::FakeClock;

    use super::*;
    use crate::wire::{Stage, TaskResult};

    fn tasks() -> Tasks {
        Tasks::new(Arc::new(FakeClock::at_millis(1_000)))
    }

    fn begin(tasks: &Tasks, id: &str) -> Arc<Task> {
        tasks.begin(Beginning {
            id: id.to_owned(),
            kind: TaskKind::Deploy,
            title: "Deploy 1 change to dev".to_owned(),
            now: "Packing".to_owned(),
            place: None,
            plan: None,
            several: None,
            cancel: None,
        })
    }

    fn note(number: u32) -> Step {
        Step::Note {
            words: number.to_string(),
        }
    }

    fn done() -> Ended {
        Ended::Done {
            result: TaskResult::Removed {
                stack: "a".to_owned(),
                objects: 0,
                kept: Vec::new(),
            },
        }
    }

    fn heard(task: &Task, from: u32) -> Vec<u32> {
        task.after(from)
            .0
            .events
            .iter()
            .map(|event| event.seq)
            .collect()
    }

    #[test]
    fn a_page_that_comes_back_hears_what_it_missed_and_nothing_twice() {
        let tasks = tasks();
        let task = begin(&tasks, "t");
        (1..=5).for_each(|number| task.push(note(number)));
        assert_eq!(heard(&task, 0), [1, 2, 3, 4, 5]);
        assert_eq!(heard(&task, 3), [4, 5]);
        assert_eq!(heard(&task, 9), [0; 0]);
    }

    #[test]
    fn nothing_follows_the_end() {
        let tasks = tasks();
        let task = begin(&tasks, "t");
        task.end(done());
        task.push(note(1));
        assert_eq!(heard(&task, 0), [1]);
        assert_eq!(task.view().state, TaskState::Done);
        assert!(!tasks.is_anything_running());
    }

    #[test]
    fn a_task_says_what_it_is_doing_and_tells_it_once() {
        let tasks = tasks();
        let mut news = tasks.news();
        let task = begin(&tasks, "t");
        let stage = || Step::Stage {
            stage: Stage::Uploading,
            words: "Uploading 2 files".to_owned(),
        };
        task.push(stage());
        task.push(stage());
        task.push(note(1));
        assert_eq!(task.view().now, "Uploading 2 files");
        let told: Vec<String> =
            std::iter::from_fn(|| news.try_recv().ok().map(|view| view.now)).collect();
        assert_eq!(told, ["Packing", "Uploading 2 files"]);
    }

    #[test]
    fn running_tasks_are_never_forgotten() {
        let tasks = tasks();
        let running = begin(&tasks, "first");
        for number in 0..MOST_ENDED + 5 {
            begin(&tasks, &number.to_string()).end(done());
        }
        assert!(
            tasks
                .find("first")
                .is_some_and(|task| task.id() == running.id())
        );
        assert!(tasks.find("0").is_none());
        assert_eq!(tasks.views().len(), MOST_ENDED + 2);
    }

    #[tokio::test]
    async fn following_ends_with_the_task() {
        let tasks = tasks();
        let task = begin(&tasks, "t");
        task.push(note(1));
        let heard = Mutex::new(Vec::new());
        let follow = task.follow(0, |batch| {
            lock(&heard).extend(batch.events.iter().map(|event| event.seq));
            true
        });
        let work = async {
            task.push(note(2));
            task.end(done());
        };
        tokio::join!(follow, work);
        assert_eq!(lock(&heard).as_slice(), [1, 2, 3]);
    }
}
