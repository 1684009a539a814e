//! Work on several services at once, and telling to which of them something happens.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

use pilothouse_api::target::Watch;

use crate::output;
use crate::progress::watch;

/// Work on one service.
pub(super) type Task<T> = Pin<Box<dyn Future<Output = T>>>;

/// What several tasks come to, in the order in which they end; each goes on while the others wait.
pub(super) async fn together<T>(mut tasks: Vec<Task<T>>) -> Vec<T> {
    let mut done = Vec::new();
    poll_fn(|context| {
        tasks.retain_mut(|task| match task.as_mut().poll(context) {
            Poll::Ready(value) => {
                done.push(value);
                false
            }
            Poll::Pending => true,
        });
        if tasks.is_empty() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    done
}

/// Tells what happens, and to which service when that changes.
pub(super) struct Teller {
    quiet: bool,
    last: Arc<Mutex<String>>,
}

impl Teller {
    pub(super) fn new(quiet: bool) -> Self {
        Self {
            quiet,
            last: Arc::default(),
        }
    }

    pub(super) fn of(&self, name: &str) -> Watch {
        let tell = watch(self.quiet);
        if self.quiet {
            return tell;
        }
        let (last, name) = (Arc::clone(&self.last), name.to_owned());
        Arc::new(move |happening| {
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            if *last != name {
                output::note(format_args!("{name}:"));
                last.clone_from(&name);
            }
            tell(happening);
        })
    }
}
