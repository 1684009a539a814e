//! Asking before something is changed.

use std::io::{self, BufRead, IsTerminal, Write};

use pilothouse_api::{ApiError, Kind, Retry};
use pilothouse_model::Code;

/// Whether to go on. Without `--yes` a person is asked; where nobody can be asked, nothing is done.
pub(crate) fn go_on(yes: bool, question: &str) -> Result<bool, ApiError> {
    if yes {
        return Ok(true);
    }
    if !io::stdin().is_terminal() {
        return Err(ApiError::new(
            Code::NotConfirmed,
            Kind::User,
            "nobody is there to be asked, so nothing was done",
        )
        .hint("Run it in a terminal, or say --yes")
        .retry(Retry::After));
    }
    let mut errors = io::stderr().lock();
    let _ = write!(errors, "{question} [y/N] ");
    let _ = errors.flush();
    let mut answer = String::new();
    if io::stdin().lock().read_line(&mut answer).is_err() {
        return Ok(false);
    }
    Ok(matches!(
        answer.trim().to_ascii_lowercase().as_str(),
        "y" | "yes"
    ))
}
