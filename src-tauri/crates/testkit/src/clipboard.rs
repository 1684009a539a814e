//! A clipboard in memory.

use std::sync::{Arc, Mutex, PoisonError};

use pilothouse_effects::{Clipboard, ClipboardProblem};
use pilothouse_model::Secret;

/// Holds one text. Clones are the same clipboard.
#[derive(Debug, Clone, Default)]
pub struct MemoryClipboard(Arc<Mutex<String>>);

impl MemoryClipboard {
    /// What it holds.
    pub fn text(&self) -> String {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Somebody copies something else.
    pub fn copy(&self, text: &str) {
        text.clone_into(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Clipboard for MemoryClipboard {
    fn put(&self, secret: &Secret) -> Result<(), ClipboardProblem> {
        self.copy(secret.expose());
        Ok(())
    }

    fn take_back(&self, secret: &Secret) -> Result<bool, ClipboardProblem> {
        let is_there = self.text() == secret.expose();
        if is_there {
            self.copy("");
        }
        Ok(is_there)
    }
}
