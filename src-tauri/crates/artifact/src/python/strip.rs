//! Taking symbols out of native libraries, by a `strip` of this computer that knows the target's processor.

use std::collections::HashSet;
use std::env::consts::ARCH;

use pilothouse_effects::{EntryKind, ProcessProblem, ProjectFiles};

use super::fetch::Order;
use super::problem::PythonProblem;
use super::tool::Runner;

/// Files in one call: a command line is of limited length.
const TOGETHER: usize = 100;

/// Strips; which files changed, and what the user should know.
pub(crate) async fn strip(
    runner: &Runner,
    order: &Order<'_>,
    root: &str,
    files: &dyn ProjectFiles,
) -> Result<(HashSet<String>, Vec<String>), PythonProblem> {
    if !order.settings.strip {
        return Ok(Default::default());
    }
    let tree = files.walk(&|_| false)?;
    let libraries: Vec<String> = tree
        .iter()
        .filter(|entry| {
            matches!(entry.kind, EntryKind::File { .. }) && entry.path.file_name().ends_with(".so")
        })
        .map(|entry| entry.path.to_string())
        .collect();
    if libraries.is_empty() {
        return Ok(Default::default());
    }
    let machine = order.target.architecture.machine();
    let cross = format!("{machine}-linux-gnu-strip");
    let programs: Vec<&str> = if ARCH == machine {
        vec!["strip", "llvm-strip", &cross]
    } else {
        vec!["llvm-strip", &cross]
    };
    for program in programs {
        match with(runner, program, &libraries, root).await {
            Ok(true) => return Ok((libraries.into_iter().collect(), Vec::new())),
            Ok(false) | Err(PythonProblem::Process(ProcessProblem::Missing(_))) => {}
            Err(problem) => return Err(problem),
        }
    }
    let note = format!(
        "native libraries keep their symbols: no program of this computer strips those of {}; install llvm-strip, or set `strip: false`",
        order.target.architecture
    );
    Ok((HashSet::new(), vec![note]))
}

async fn with(
    runner: &Runner,
    program: &str,
    libraries: &[String],
    root: &str,
) -> Result<bool, PythonProblem> {
    for some in libraries.chunks(TOGETHER) {
        let mut words = vec!["-p".to_owned()];
        words.extend(some.iter().map(|path| format!("files/{path}")));
        let (code, _) = runner.run(program, &words, root, None, &|_| {}).await?;
        if code != Some(0) {
            return Ok(false);
        }
    }
    Ok(true)
}
