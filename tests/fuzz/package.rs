//! Packages services, with the peer and with the command, and compares what came of it.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// A service on the disk.
pub(crate) struct Service {
    pub(crate) folder: PathBuf,
    pub(crate) configuration: Value,
}

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Made,
    Refused(String),
}

impl Service {
    pub(crate) fn write(place: &Path, number: usize, configuration: &Value) -> Self {
        let folder = place.join(format!("s{number}"));
        std::fs::create_dir_all(folder.join("src")).expect("a folder");
        let text = serde_json::to_string_pretty(configuration).expect("JSON");
        // JSON is YAML too.
        std::fs::write(folder.join("serverless.yml"), text).expect("a file");
        for file in ["index.js", "src/app.py"] {
            std::fs::write(folder.join(file), "# code\n").expect("a file");
        }
        Self {
            folder,
            configuration: configuration.clone(),
        }
    }

    /// The peer's template of a kind.
    pub(crate) fn of_peer(&self, kind: &str) -> PathBuf {
        self.template(".serverless", kind)
    }

    fn template(&self, folder: &str, kind: &str) -> PathBuf {
        let file = format!("cloudformation-template-{kind}-stack.json");
        self.folder.join(folder).join(file)
    }
}

pub(crate) fn peer_root() -> PathBuf {
    pilothouse_tests::installed_by_npm("fuzz/peer", "peer/3.40.0", "node_modules/serverless")
}

/// Node with nothing of the caller's AWS in its environment.
pub(crate) fn node(home: &Path) -> Command {
    let mut command = Command::new("node");
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("AWS_ACCESS_KEY_ID", "none")
        .env("AWS_SECRET_ACCESS_KEY", "none")
        .env("SLS_TELEMETRY_DISABLED", "1")
        .env("SLS_INTERACTIVE_SETUP_ENABLE", "0")
        .env("SLS_NOTIFICATIONS_MODE", "off")
        .stderr(Stdio::null());
    command
}

pub(crate) fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// Packages services with the peer, in one process.
pub(crate) fn by_peer(services: &[Service]) -> Vec<Answer> {
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut child = node(home.path())
        .arg(pilothouse_tests::tests_folder().join("fuzz/package-many.js"))
        .arg(peer_root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut answers = Vec::new();
    for service in services {
        writeln!(input, "{}", service.folder.display()).expect("the peer reads");
        let line = lines.next().expect("an answer").expect("a line");
        let answer: Value = serde_json::from_str(&line).expect("JSON");
        answers.push(match answer["error"].as_str() {
            None => Answer::Made,
            Some(why) => Answer::Refused(why.to_owned()),
        });
    }
    drop(input);
    child.wait().expect("the peer ends");
    answers
}

/// Whether an answer of the peer is an error of its own code rather than a refusal.
pub(crate) fn is_fault(why: &str) -> bool {
    ["TypeError", "ReferenceError", "SyntaxError", "RangeError"]
        .iter()
        .any(|fault| why.starts_with(fault))
}

/// Packages a service with the peer as a person does.
pub(crate) fn by_peers_command(service: &Service) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let status = node(home.path())
        .arg(peer_root().join("bin/serverless.js"))
        .arg("package")
        .current_dir(&service.folder)
        .stdout(Stdio::null())
        .status()
        .expect("node starts");
    assert!(status.success());
}

/// Packages services with the command.
pub(crate) fn by_us(services: &[Service]) -> Vec<Answer> {
    let home = tempfile::tempdir().expect("a temporary folder");
    let run = |service: &Service| {
        let output = pilothouse_tests::pilothouse(home.path())
            .args(["package", "--json", "--dir"])
            .arg(&service.folder)
            .arg("--out")
            .arg(service.folder.join("ours"))
            .output()
            .expect("the command starts");
        if output.status.success() {
            Answer::Made
        } else {
            Answer::Refused(errors(&String::from_utf8_lossy(&output.stderr)))
        }
    };
    services.iter().map(run).collect()
}

/// The messages of what is wrong, of the answer that `--json` writes.
fn errors(answer: &str) -> String {
    let answer_value: Value = serde_json::from_str(answer).unwrap_or_default();
    let told: Vec<&str> = answer_value["error"]["diagnostics"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|one| one["severity"] == "error")
        .filter_map(|one| one["message"].as_str())
        .collect();
    if told.is_empty() {
        answer.to_owned()
    } else {
        told.join("; ")
    }
}

/// What differs between the templates of services that both made; empty for the others.
pub(crate) fn compare(services: &[Service], peer: &[Answer], ours: &[Answer]) -> Vec<Vec<String>> {
    let mut pairs = Vec::new();
    for (at, service) in services.iter().enumerate() {
        if peer[at] != Answer::Made || ours[at] != Answer::Made {
            continue;
        }
        for kind in ["create", "update"] {
            // With a bucket of the user's there is nothing to create a stack with.
            if service.of_peer(kind).is_file() && service.template("ours", kind).is_file() {
                pairs.push((
                    at.to_string(),
                    service.of_peer(kind),
                    service.template("ours", kind),
                ));
            }
        }
    }
    let mut differences = vec![Vec::new(); services.len()];
    for ((at, ..), found) in pairs.iter().zip(judge(&pairs)) {
        differences[at.parse::<usize>().expect("a number")].extend(found);
    }
    differences
}

/// What the corpus's judge says of pairs of templates: a name, the expected and the actual.
pub(crate) fn judge(pairs: &[(String, PathBuf, PathBuf)]) -> Vec<Vec<String>> {
    let asked: Vec<Value> = pairs
        .iter()
        .enumerate()
        .map(|(at, (_, expected, actual))| json!([at.to_string(), expected, actual]))
        .collect();
    let mut judge = Command::new("python3")
        .arg("judge.py")
        .current_dir(pilothouse_tests::tests_folder().join("corpus"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    let mut input = judge.stdin.take().expect("a pipe");
    input
        .write_all(Value::from(asked).to_string().as_bytes())
        .expect("the judge reads");
    drop(input);
    let output = judge.wait_with_output().expect("the judge ends");
    assert!(output.status.success(), "the judge failed");
    let answers: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    (0..pairs.len())
        .map(|at| serde_json::from_value(answers[at.to_string()].clone()).unwrap_or_default())
        .collect()
}
