//! The leash: a program that is told to stop when the one that started it ends, even by `kill -9`.
//!
//! The system offers this only to the process itself, before it becomes the program. So we start ourselves,
//! put the leash on, and become the program.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

use rustix::process::{Pid, Signal, getppid, set_parent_process_death_signal};

/// Becomes the program, on the leash of the process with that number; returns only when it could not.
pub fn leash(holder: u32, program: &str, arguments: &[String]) -> io::Error {
    match tie(holder) {
        Ok(()) => Command::new(program).args(arguments).exec(),
        Err(problem) => problem,
    }
}

#[cfg(target_os = "linux")]
fn tie(holder: u32) -> io::Result<()> {
    // An interrupt, for PostgreSQL waits for its clients when it is merely asked to terminate.
    set_parent_process_death_signal(Some(Signal::INT))?;
    let parent = getppid().map(Pid::as_raw_nonzero);
    if parent.map(|parent| parent.get().unsigned_abs()) == Some(holder) {
        return Ok(());
    }
    // It ended before the leash was on: nobody would tell us.
    Err(io::Error::from(io::ErrorKind::NotConnected))
}

#[cfg(not(target_os = "linux"))]
fn tie(_holder: u32) -> io::Result<()> {
    Ok(())
}
