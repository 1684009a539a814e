//! Runs the command on one case.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::judge::Case;

/// What came of packaging a service.
pub(crate) struct Outcome {
    /// The folder everything lies in; gone when this is dropped.
    _place: TempDir,
    pub(crate) out: PathBuf,
    pub(crate) succeeded: bool,
    pub(crate) text: String,
    /// `(severity, code, message, path)` of each diagnostic, and of the failure itself.
    pub(crate) problems: Vec<Problem>,
}

pub(crate) struct Problem {
    pub(crate) code: String,
    pub(crate) words: String,
    pub(crate) is_error: bool,
}

/// Variables by which the peer was steered to its mocks; they mean nothing to us.
const PEER_ONLY: &[&str] = &["NODE_OPTIONS", "PEER_MOCK"];

pub(crate) fn package(case: &Case) -> Outcome {
    let place = tempfile::tempdir().expect("a temporary folder");
    let project = place.path().join("project");
    pilothouse_tests::copy_folder(&case.input, &project).expect("the case can be copied");
    let out = place.path().join("out");
    let mut command = pilothouse_tests::pilothouse(place.path());
    command
        .args(["package", "--json", "--dir"])
        .arg(&project)
        .arg("--out")
        .arg(&out)
        .args(&case.arguments);
    if case.runs_code {
        command.args(["--allow-code", "all"]);
    }
    for (name, value) in case
        .environment
        .iter()
        .filter(|(name, _)| !PEER_ONLY.contains(&name.as_str()))
    {
        command.env(name, value);
    }
    let result = command.output().expect("the command starts");
    let errors = String::from_utf8_lossy(&result.stderr).into_owned();
    Outcome {
        _place: place,
        out,
        succeeded: result.status.success(),
        problems: problems(&errors),
        text: errors,
    }
}

fn problems(errors: &str) -> Vec<Problem> {
    let Ok(value) = serde_json::from_str::<Value>(errors) else {
        return Vec::new();
    };
    let error = &value["error"];
    let diagnostics = error["diagnostics"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut problems: Vec<Problem> = diagnostics
        .iter()
        .map(|d| Problem {
            code: text(&d["code"]),
            words: [&d["message"], &d["path"], &d["reason"], &d["hint"]]
                .map(text)
                .join(" | "),
            is_error: d["severity"] == "error",
        })
        .collect();
    if problems.is_empty() && error.is_object() {
        problems.push(Problem {
            code: text(&error["code"]),
            words: format!(
                "{} {} {}",
                text(&error["title"]),
                text(&error["detail"]),
                error["hints"]
            ),
            is_error: true,
        });
    }
    problems
}

/// `(path, size, crc, mode)` of each entry, sorted, by Python's own reader of archives.
pub(crate) fn entries(archive: &Path) -> Result<Vec<(String, u64, String, String)>, String> {
    const READ: &str = "import json,sys,zipfile
print(json.dumps([[i.filename,i.file_size,f'{i.CRC:08x}',oct((i.external_attr>>16)&0o777)] for i in zipfile.ZipFile(sys.argv[1]).infolist()]))";
    let result = std::process::Command::new("python3")
        .args(["-c", READ])
        .arg(archive)
        .output()
        .expect("python3 starts");
    let mut entries: Vec<(String, u64, String, String)> = serde_json::from_slice(&result.stdout)
        .map_err(|_| String::from_utf8_lossy(&result.stderr).into_owned())?;
    entries.sort();
    Ok(entries)
}
