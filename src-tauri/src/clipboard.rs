//! The system's clipboard.

use std::sync::{Mutex, PoisonError};

use arboard::Clipboard as System;
use pilothouse_effects::{Clipboard, ClipboardProblem};
use pilothouse_model::Secret;

/// The clipboard, opened when it is first needed and kept: on Linux what was copied goes with the one who copied it.
#[derive(Default)]
pub(crate) struct SystemClipboard(Mutex<Option<System>>);

impl std::fmt::Debug for SystemClipboard {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SystemClipboard(..)")
    }
}

impl SystemClipboard {
    fn with<T>(
        &self,
        act: impl FnOnce(&mut System) -> Result<T, arboard::Error>,
    ) -> Result<T, ClipboardProblem> {
        let problem = |problem: arboard::Error| ClipboardProblem {
            reason: problem.to_string(),
        };
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let system = match held.as_mut() {
            Some(system) => system,
            None => held.insert(System::new().map_err(problem)?),
        };
        act(system).map_err(problem)
    }
}

impl Clipboard for SystemClipboard {
    fn put(&self, secret: &Secret) -> Result<(), ClipboardProblem> {
        self.with(|system| {
            let set = system.set();
            #[cfg(any(target_os = "linux", target_os = "freebsd"))]
            let set = arboard::SetExtLinux::exclude_from_history(set);
            #[cfg(target_os = "windows")]
            let set = {
                let set = arboard::SetExtWindows::exclude_from_history(set);
                arboard::SetExtWindows::exclude_from_cloud(set)
            };
            #[cfg(target_os = "macos")]
            let set = arboard::SetExtApple::exclude_from_history(set);
            set.text(secret.expose())
        })
    }

    fn take_back(&self, secret: &Secret) -> Result<bool, ClipboardProblem> {
        self.with(|system| match system.get_text() {
            Ok(text) if text == secret.expose() => system.clear().map(|()| true),
            Ok(_) | Err(arboard::Error::ContentNotAvailable) => Ok(false),
            Err(problem) => Err(problem),
        })
    }
}
