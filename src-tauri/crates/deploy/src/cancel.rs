//! Being asked to stop: once means to end in good order, twice means to wait for nothing any more.

use std::future::{Future, poll_fn};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

/// A request to stop, shared between whoever asks and whoever works. Clones are the same request.
///
/// The first request ends the operation where it can end well: nothing new is begun, and an update of a stack
/// that is under way is taken back. The second stops waiting; what goes on is looked up by the next command.
#[derive(Debug, Clone, Default)]
pub struct Cancel {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    times: u32,
    waiting: Vec<Waker>,
}

impl Cancel {
    /// Asks to stop; asked again, to wait no longer.
    pub fn request(&self) {
        let waiting = {
            let mut state = self.state();
            state.times = state.times.saturating_add(1);
            std::mem::take(&mut state.waiting)
        };
        for waker in waiting {
            waker.wake();
        }
    }

    /// Whether it was asked at all.
    pub fn is_requested(&self) -> bool {
        self.times() > 0
    }

    /// Whether it was asked more than once.
    pub fn is_repeated(&self) -> bool {
        self.times() > 1
    }

    /// Waits until it is asked.
    pub fn requested(&self) -> impl Future<Output = ()> + Send + '_ {
        self.asked(1)
    }

    pub(crate) fn times(&self) -> u32 {
        self.state().times
    }

    /// Waits until it was asked so many times.
    pub(crate) fn asked(&self, times: u32) -> impl Future<Output = ()> + Send + '_ {
        poll_fn(move |context| {
            let mut state = self.state();
            if state.times >= times {
                return Poll::Ready(());
            }
            let waker = context.waker();
            if !state.waiting.iter().any(|known| known.will_wake(waker)) {
                state.waiting.push(waker.clone());
            }
            Poll::Pending
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How things stand after an operation that was stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stopped {
    /// Nothing had been changed.
    Untouched,
    /// CloudFormation put the former version back.
    PutBack {
        /// The stack's name.
        stack: String,
    },
    /// A first deploy had made the stack with its bucket, and nothing else.
    OnlyBucket {
        /// The stack's name.
        stack: String,
        /// Its bucket.
        bucket: String,
    },
    /// What a failed first deploy had left is deleted, and nothing else was done.
    Cleared {
        /// The stack's name.
        stack: String,
    },
    /// Some functions run their new code.
    SomeCode {
        /// Those that do, by their names at AWS.
        given: Vec<String>,
        /// Those that run what they ran before.
        kept: Vec<String>,
    },
    /// A removal had deleted files, and the stack stands.
    Emptied {
        /// The stack's name.
        stack: String,
        /// How many files.
        objects: usize,
    },
}

impl std::fmt::Display for Stopped {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Untouched => out.write_str("cancelled; nothing was changed"),
            Self::PutBack { stack } => write!(out, "cancelled; {stack} is as it was"),
            Self::OnlyBucket { stack, .. } => write!(
                out,
                "cancelled; the stack {stack} stands with its bucket and nothing else"
            ),
            Self::Cleared { stack } => write!(
                out,
                "cancelled; what a failed first deploy of {stack} had left is deleted"
            ),
            Self::SomeCode { given, kept } => {
                let all = given.len() + kept.len();
                write!(
                    out,
                    "cancelled; {} of {all} functions run new code",
                    given.len()
                )
            }
            Self::Emptied { stack, objects } => write!(
                out,
                "cancelled; {objects} uploaded files are deleted and the stack {stack} stands"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[test]
    fn clones_are_one_request_and_each_time_counts() {
        let cancel = Cancel::default();
        let other = cancel.clone();
        assert!(!cancel.is_requested());
        assert_eq!(cancel.requested().now_or_never(), None);
        other.request();
        assert!(cancel.is_requested() && !cancel.is_repeated());
        assert_eq!(cancel.requested().now_or_never(), Some(()));
        other.request();
        assert!(cancel.is_repeated());
    }

    #[test]
    fn who_waits_is_woken_by_the_request() {
        let cancel = Cancel::default();
        let asker = cancel.clone();
        let both = async {
            let ask = async { asker.request() };
            futures_util::future::join(cancel.requested(), ask).await
        };
        let ((), ()) = run_when_woken(both);
    }

    /// Polls again only when woken, as an executor does.
    fn run_when_woken<T>(future: impl Future<Output = T>) -> T {
        use std::sync::atomic::{AtomicBool, Ordering};
        struct Flag(AtomicBool);
        impl std::task::Wake for Flag {
            fn wake(self: Arc<Self>) {
                self.0.store(true, Ordering::SeqCst);
            }
        }
        let flag = Arc::new(Flag(AtomicBool::new(true)));
        let waker = Waker::from(Arc::clone(&flag));
        let mut context = std::task::Context::from_waker(&waker);
        let mut future = std::pin::pin!(future);
        while flag.0.swap(false, Ordering::SeqCst) {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
        panic!("nobody woke it");
    }
}
