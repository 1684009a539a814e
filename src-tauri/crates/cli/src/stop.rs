//! Ctrl-C while something is changed: once ends it in good order, twice waits for nothing.

use pilothouse_api::{ApiError, Cancel, Kind};
use pilothouse_local::on_stop_signals;
use pilothouse_model::Code;

use crate::output;

/// A request that signals make from now on. `meaning` is told at the first one, unless nobody reads it.
///
/// # Errors
/// When the system does not let signals be listened to: nothing is begun that could not be stopped.
pub(crate) fn by_signals(meaning: &'static str, quiet: bool) -> Result<Cancel, ApiError> {
    let cancel = Cancel::default();
    let asked = cancel.clone();
    let each = move || {
        if !quiet && !asked.is_repeated() {
            output::note(match asked.is_requested() {
                false => meaning,
                true => "Waiting no longer. What was begun goes on: pilothouse activity tells",
            });
        }
        asked.request();
    };
    match on_stop_signals(each) {
        Ok(()) => Ok(cancel),
        Err(problem) => Err(ApiError::new(
            Code::Internal,
            Kind::Internal,
            "signals cannot be listened to",
        )
        .detail(problem.to_string())),
    }
}
