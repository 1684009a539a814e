//! Streams that the page listens to, by numbers of its own, so that it can stop.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use tauri::ipc::{Channel, IpcResponse};

/// The streams that are listened to.
#[derive(Debug, Default)]
pub(crate) struct Streams(Arc<Mutex<HashSet<u32>>>);

/// One stream.
#[derive(Debug)]
pub(crate) struct Listening {
    open: Arc<Mutex<HashSet<u32>>>,
    stream: u32,
}

impl Streams {
    pub(crate) fn open(&self, stream: u32) -> Listening {
        lock(&self.0).insert(stream);
        Listening {
            open: Arc::clone(&self.0),
            stream,
        }
    }

    pub(crate) fn close(&self, stream: u32) {
        lock(&self.0).remove(&stream);
    }

    /// A page that is loaded anew listens to nothing of what it listened to before.
    pub(crate) fn close_all(&self) {
        lock(&self.0).clear();
    }
}

impl Listening {
    /// Tells the page, and answers whether it listens still.
    pub(crate) fn tell<T: IpcResponse>(&self, channel: &Channel<T>, said: T) -> bool {
        lock(&self.open).contains(&self.stream) && channel.send(said).is_ok()
    }
}

fn lock(of: &Mutex<HashSet<u32>>) -> std::sync::MutexGuard<'_, HashSet<u32>> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
