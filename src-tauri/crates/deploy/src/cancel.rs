//! Being asked to stop: once means to end in good order, twice means to wait for nothing any more.

use tokio::sync::watch::Sender;

/// A request to stop, shared between whoever asks and whoever works. Clones are the same request.
///
/// The first request ends the operation where it can end well: nothing new is begun, and an update of a stack
/// that is under way is taken back. The second stops waiting; what goes on is looked up by the next command.
#[derive(Debug, Clone, Default)]
pub struct Cancel {
    times: Sender<u32>,
}

impl Cancel {
    /// Asks to stop; asked again, to wait no longer.
    pub fn request(&self) {
        self.times
            .send_modify(|times| *times = times.saturating_add(1));
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
    pub async fn requested(&self) {
        self.asked(1).await;
    }

    pub(crate) fn times(&self) -> u32 {
        *self.times.borrow()
    }

    /// Waits until it was asked so many times.
    pub(crate) async fn asked(&self, times: u32) {
        let mut asked = self.times.subscribe();
        // It cannot end without: the sender is this value's own.
        drop(asked.wait_for(|already| *already >= times).await);
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
    /// The stack stands, and some files of a folder lie in their bucket.
    SomeFiles {
        /// The stack's name.
        stack: String,
        /// The bucket, and what keys begin with.
        place: String,
        /// How many files were put.
        sent: usize,
        /// How many were to be put.
        all: usize,
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
            Self::SomeFiles {
                stack,
                place,
                sent,
                all,
            } => write!(
                out,
                "cancelled; the stack {stack} stands, and {sent} of {all} files lie in {place}"
            ),
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

    #[tokio::test]
    async fn who_waits_is_woken_by_the_request() {
        let cancel = Cancel::default();
        let asker = cancel.clone();
        tokio::join!(cancel.requested(), async { asker.request() });
        assert!(cancel.is_requested());
    }
}
