//! The binary `pilothouse-desktop`: a window over the desk, and nothing else.
#![cfg_attr(windows, windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    pilothouse_desktop::run()
}
