//! Work on several services at the same time.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

/// Work on one service.
pub(super) type Work<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// What several works come to, in the order in which they end; each goes on while the others wait.
pub(super) async fn together<T>(mut works: Vec<Work<'_, T>>) -> Vec<T> {
    let mut done = Vec::new();
    poll_fn(|context| {
        works.retain_mut(|work| match work.as_mut().poll(context) {
            Poll::Ready(value) => {
                done.push(value);
                false
            }
            Poll::Pending => true,
        });
        if works.is_empty() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    done
}
