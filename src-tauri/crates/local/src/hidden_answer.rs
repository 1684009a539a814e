//! A question in a terminal whose answer is not shown while it is typed.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// Puts the terminal back as it was, however the question ends.
struct Shown(Termios);

impl Drop for Shown {
    fn drop(&mut self) {
        // The terminal may have gone away; then nobody looks at it any more.
        let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &self.0);
    }
}

/// Asks on standard error and reads one line without showing it. None when nobody can be asked.
///
/// # Errors
/// When the terminal cannot be read.
pub fn hidden_answer(question: &str) -> io::Result<Option<String>> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(None);
    }
    let before = tcgetattr(io::stdin())?;
    let mut hidden = before.clone();
    hidden.local_modes.remove(LocalModes::ECHO);
    let shown = Shown(before);
    tcsetattr(io::stdin(), OptionalActions::Flush, &hidden)?;
    let mut errors = io::stderr().lock();
    write!(errors, "{question}")?;
    errors.flush()?;
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    drop(shown);
    // The end of the line was not shown either.
    writeln!(errors)?;
    read?;
    Ok(Some(answer.trim_end_matches(['\n', '\r']).to_owned()))
}
