//! Programs that are waited for: their output in memory, their time and their bytes limited.

use std::io::{self, Read};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use pilothouse_effects::{Limits, Passed, Ran};
use rustix::process::{Pid, Signal, kill_process_group};

/// How often it is looked whether the program has ended.
const TICK: Duration = Duration::from_millis(3);

/// Runs a program to its end, or to a limit. It leads a group of its own, which is ended with it: nothing that it
/// started stays.
pub(crate) fn ask(command: &mut Command, limits: Limits) -> io::Result<Ran> {
    let began = Instant::now();
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()?;
    let full = Arc::new(AtomicBool::new(false));
    let output = child.stdout.take().map(|pipe| keep(pipe, limits, &full));
    let errors = child.stderr.take().map(|pipe| keep(pipe, limits, &full));
    let mut passed = None;
    let code = loop {
        if let Some(status) = child.try_wait()? {
            break status.code();
        }
        if full.load(Ordering::Relaxed) {
            passed = Some(Passed::Bytes);
        } else if began.elapsed() > limits.time {
            passed = Some(Passed::Time);
        }
        if passed.is_some() {
            end(child.id());
            child.wait()?;
            break None;
        }
        thread::sleep(TICK);
    };
    // What it left running would hold the pipes open.
    end(child.id());
    let of = |kept: Option<thread::JoinHandle<Vec<u8>>>| {
        kept.and_then(|reader| reader.join().ok())
            .unwrap_or_default()
    };
    Ok(Ran {
        code,
        output: of(output),
        errors: of(errors),
        passed: passed.or_else(|| full.load(Ordering::Relaxed).then_some(Passed::Bytes)),
    })
}

/// Ends the group; one that has ended needs no ending.
fn end(pid: u32) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(pid, Signal::KILL);
    }
}

fn keep(
    mut pipe: impl Read + Send + 'static,
    limits: Limits,
    full: &Arc<AtomicBool>,
) -> thread::JoinHandle<Vec<u8>> {
    let full = Arc::clone(full);
    thread::spawn(move || {
        let mut kept = Vec::new();
        let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
        let _ = pipe.by_ref().take(most).read_to_end(&mut kept);
        if kept.len() >= limits.bytes {
            full.store(true, Ordering::Relaxed);
        }
        kept
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        time: Duration::from_millis(500),
        bytes: 1000,
    };

    fn shell(script: &str) -> Ran {
        let mut command = Command::new("/bin/sh");
        ask(command.args(["-c", script]), LIMITS).expect("a shell")
    }

    #[test]
    fn what_it_wrote_is_kept_and_limits_end_it() {
        let ran = shell("echo a; echo b >&2; exit 3");
        assert_eq!((ran.code, ran.passed), (Some(3), None));
        assert_eq!((ran.output, ran.errors), (b"a\n".to_vec(), b"b\n".to_vec()));
        assert_eq!(shell("sleep 20").passed, Some(Passed::Time));
        let endless = shell("while true; do echo aaaaaaaaaaaaaaaaaaaaaaaa; done");
        assert_eq!(endless.passed, Some(Passed::Bytes));
        let began = Instant::now();
        assert_eq!(shell("sleep 20 & echo left").output, b"left\n");
        assert!(
            began.elapsed() < Duration::from_secs(10),
            "what it started is ended"
        );
    }
}
