//! The sandbox for real: installed from the package index, started, asked, stopped.
//!
//! `PILOTHOUSE_SANDBOX_INSTALL` names a folder in which the packages are kept between runs of the tests.

mod installing;
mod life;
mod pages;
mod place;

use std::path::Path;
use std::process::Output;

use serde_json::Value;

fn run(home: &Path, words: &[&str]) -> Output {
    let mut command = pilothouse_tests::pilothouse(home);
    // A variable of the user's that no program of the sandbox may see.
    command
        .env("PLANTED_CANARY", "planted-canary-value")
        .args(words);
    if let Some(folder) = std::env::var_os("PILOTHOUSE_SANDBOX_INSTALL") {
        command.env("PILOTHOUSE_SANDBOX_INSTALL", folder);
    }
    command.output().expect("the command starts")
}

fn status(home: &Path) -> (Value, String) {
    let output = run(home, &["sandbox", "status", "--json"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    (serde_json::from_str(&text).expect("JSON"), text)
}

/// Takes the sandbox down however the test ends.
struct Up<'a>(&'a Path);

impl Drop for Up<'_> {
    fn drop(&mut self) {
        run(self.0, &["sandbox", "down"]);
    }
}

/// The answer of the local AWS to who asks, by the protocol itself.
fn who_am_i(endpoint: &str) -> String {
    let ask = "import sys,urllib.request as u
q=u.Request(sys.argv[1],data=b'Action=GetCallerIdentity&Version=2011-06-15',headers={'Content-Type':'application/x-www-form-urlencoded','Authorization':'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0'})
print(u.urlopen(q,timeout=20).read().decode())";
    let output = std::process::Command::new("python3")
        .args(["-c", ask, endpoint])
        .output()
        .expect("python3 starts");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn it_comes_up_answers_on_the_loopback_alone_and_goes_down() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let home = place.path();
    assert_eq!(status(home).0["standing"], "stopped", "{}", status(home).1);
    let _up = Up(home);
    let output = run(home, &["sandbox", "up"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );

    let (value, text) = status(home);
    assert_eq!(value["standing"], "running", "{text}");
    let endpoint = value["running"]["url"].as_str().expect("an endpoint");
    assert!(endpoint.starts_with("http://127.0.0.1:"), "{text}");
    let answer = who_am_i(endpoint);
    assert!(
        answer.contains("<Account>000000000000</Account>"),
        "{answer}"
    );

    let pid = value["running"]["pid"].as_u64().expect("a process");
    for process in descendants(pid) {
        let environment = std::fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
        if process != pid {
            let text = String::from_utf8_lossy(&environment).into_owned();
            assert!(
                !text.contains("planted-canary-value"),
                "process {process} sees the user's variables"
            );
        }
    }
    assert!(
        descendants(pid).len() > 2,
        "the local AWS and the database run below {pid}"
    );

    assert!(run(home, &["sandbox", "down"]).status.success());
    assert_eq!(status(home).0["standing"], "stopped");
    assert_eq!(who_am_i(endpoint), "", "nothing answers any more");
}

/// The process and all that it started, by the system's own table.
fn descendants(of: u64) -> Vec<u64> {
    let mut found = vec![of];
    let mut at = 0;
    while let Some(pid) = found.get(at).copied() {
        let children =
            std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
        found.extend(
            children
                .split_whitespace()
                .filter_map(|pid| pid.parse::<u64>().ok()),
        );
        at += 1;
    }
    found
}
