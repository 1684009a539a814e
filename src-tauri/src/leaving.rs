//! What is written and not saved: the page says that it has some, and is asked before its window goes.

use std::sync::{Mutex, PoisonError};

use pilothouse_desk::wire::Leaving;
use tauri::ipc::Channel;

use crate::streams::Listening;

/// The page's word that it holds something back. A page that is loaded anew, or says nothing, holds nothing.
#[derive(Default)]
pub(crate) struct HeldBack(Mutex<Option<Held>>);

struct Held {
    listening: Listening,
    tell: Channel<Leaving>,
    wanted: Option<Leaving>,
}

impl HeldBack {
    /// The page has something that would be lost, and wants to be asked.
    pub(crate) fn hold(&self, listening: Listening, tell: Channel<Leaving>) {
        *self.lock() = Some(Held {
            listening,
            tell,
            wanted: None,
        });
    }

    /// Has the page ask the user; answers whether it does. Until then the window stays.
    pub(crate) fn asks(&self, why: Leaving) -> bool {
        let mut slot = self.lock();
        let Some(held) = slot.as_mut() else {
            return false;
        };
        held.wanted = Some(why);
        let is_heard = held.listening.tell(&held.tell, why);
        if !is_heard {
            *slot = None;
        }
        is_heard
    }

    /// The page holds nothing back any more; answers what waited for that.
    pub(crate) fn let_go(&self) -> Option<Leaving> {
        self.lock().take().and_then(|held| held.wanted)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Held>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
