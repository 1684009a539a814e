//! What happens while parameters are read and written, as the page is told.

use std::sync::Arc;

use pilothouse_api::parameters;
use pilothouse_api::target::{Happening, Watch};

use crate::wire::{SecretsTold, count};

/// Where it goes; answers whether anybody still listens.
pub type TellSecrets = Arc<dyn Fn(SecretsTold) -> bool + Send + Sync>;

pub(super) fn silent() -> Watch {
    Arc::new(|_| {})
}

pub(super) fn watching(tell: &TellSecrets) -> Watch {
    let tell = Arc::clone(tell);
    Arc::new(move |happening| {
        if let Happening::Secrets(progress) = happening
            && let Some(told) = of(&progress)
        {
            tell(told);
        }
    })
}

fn of(progress: &parameters::Progress) -> Option<SecretsTold> {
    match progress {
        parameters::Progress::Waiting { wait, .. } => Some(SecretsTold::Waiting {
            words: parameters::words_of(progress)?,
            seconds: u32::try_from(wait.as_secs())
                .unwrap_or(u32::MAX)
                .saturating_add(1),
        }),
        parameters::Progress::Wrote { done, of, .. }
        | parameters::Progress::Deleted { done, of } => Some(SecretsTold::Done {
            done: count(*done),
            of: count(*of),
        }),
        _ => None,
    }
}
