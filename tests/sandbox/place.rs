//! A home of its own for each test, with a sandbox that is taken down however the test ends.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// The longest that anything here may take on a slow computer.
const PATIENCE: Duration = Duration::from_secs(90);

/// A variable of the user's that no program of the sandbox may see.
pub const CANARY: &str = "planted-canary-value";

pub struct Place {
    folder: tempfile::TempDir,
    variables: Vec<(&'static str, String)>,
}

impl Place {
    /// A home that shares its installation with other tests.
    pub fn new() -> Self {
        let shared = std::env::var("PILOTHOUSE_SANDBOX_INSTALL")
            .unwrap_or_else(|_| format!("{}/sandbox-install", env!("CARGO_TARGET_TMPDIR")));
        Self::alone().with("PILOTHOUSE_SANDBOX_INSTALL", shared)
    }

    /// A home with nothing installed.
    pub fn alone() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self {
            folder,
            variables: vec![("PLANTED_CANARY", CANARY.to_owned())],
        }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    /// A path in the app's data folder.
    pub fn data(&self, name: &str) -> PathBuf {
        self.folder.path().join("pilothouse").join(name)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = pilothouse_tests::pilothouse(self.folder.path());
        command.args(words).stdin(Stdio::null());
        command.envs(self.variables.iter().cloned());
        command
    }

    pub fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().expect("the command starts")
    }

    /// What it writes to standard error, when it must succeed.
    pub fn succeeds(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{words:?} failed:\n{told}");
        told
    }

    /// What it writes to standard error, when it must fail.
    pub fn fails(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{words:?}:\n{told}");
        told
    }

    pub fn status(&self) -> Value {
        let output = self.run(&["sandbox", "status", "--json"]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "status failed:\n{told}");
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// Asks for the status again and again until it is as wished.
    pub fn status_until(&self, wish: &str, mut holds: impl FnMut(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let status = self.status();
            if holds(&status) {
                return status;
            }
            assert!(Instant::now() < deadline, "not {wish}: {status:#}");
        }
    }

    /// The processes of the server and its parts, as it writes them down.
    pub fn processes(&self) -> Processes {
        let text = std::fs::read(self.data("sandbox/run/state.json")).expect("a record");
        let record: Value = serde_json::from_slice(&text).expect("JSON");
        let pid = |value: &Value| {
            let pid = value["pid"].as_u64().expect("a process");
            u32::try_from(pid).expect("a small number")
        };
        Processes {
            server: pid(&record["server"]),
            aws: record["parts"].get("aws").map(pid),
            postgres: record["parts"].get("postgres").map(pid),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.data("sandbox").exists() {
            self.run(&["sandbox", "down"]);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Processes {
    pub server: u32,
    pub aws: Option<u32>,
    pub postgres: Option<u32>,
}

pub fn is_running(status: &Value) -> bool {
    status["standing"] == "running"
}

pub fn url(status: &Value) -> String {
    status["running"]["url"]
        .as_str()
        .expect("an address")
        .to_owned()
}

/// The ports of the local AWS and of the database.
pub fn ports(status: &Value) -> [u16; 2] {
    let url = url(status);
    let aws = url.rsplit(':').next().and_then(|port| port.parse().ok());
    let postgres = status["running"]["postgresPort"].as_u64();
    [
        aws.expect("a port"),
        postgres
            .and_then(|port| port.try_into().ok())
            .expect("a port"),
    ]
}

/// Ends a process at once; one that has just ended needs no ending.
pub fn kill(pid: u32) {
    let killing = Command::new("kill").args(["-9", &pid.to_string()]).output();
    killing.expect("kill starts");
}

/// Waits until something holds, looking again and again.
pub fn until(wish: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < deadline, "it never came that {wish}");
        std::thread::yield_now();
    }
}

/// Calls the local AWS's parameter store, by its protocol.
pub fn parameters(url: &str, action: &str, body: &Value) -> Result<Value, String> {
    let program = "
import json, sys, urllib.request as u
q = u.Request(sys.argv[1], data=sys.argv[3].encode(), headers={
    'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'AmazonSSM.' + sys.argv[2],
    'Authorization': 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ssm/aws4_request, SignedHeaders=host, Signature=0'})
print(u.urlopen(q, timeout=20).read().decode())
";
    let output = Command::new("python3")
        .args(["-c", program, url, action, &body.to_string()])
        .output()
        .expect("python3 starts");
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(serde_json::from_slice(&output.stdout).expect("JSON"))
}
