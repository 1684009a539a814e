//! The peer, npm's `osls`, as the tests run it: pinned, in the cache folder, against a test's own sandbox.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// The peer reaches buckets as `<bucket>.localhost`, which the system's resolver does not know.
const RESOLVE: &str = "const dns = require('dns');
const lookup = dns.lookup;
dns.lookup = (name, ...rest) => lookup(name.endsWith('.localhost') ? '127.0.0.1' : name, ...rest);
";

/// The peer's command, installed when it is missing.
pub fn installed() -> &'static Path {
    static COMMAND: OnceLock<PathBuf> = OnceLock::new();
    COMMAND.get_or_init(install)
}

fn install() -> PathBuf {
    let folder = cache().join("peer/4.3.1");
    let command = folder.join("node_modules/osls/bin/serverless.js");
    if command.is_file() {
        return command;
    }
    fs::create_dir_all(&folder).expect("a folder");
    let pinned = pilothouse_tests::tests_folder().join("deploy/peer");
    for name in ["package.json", "package-lock.json"] {
        fs::copy(pinned.join(name), folder.join(name)).expect("a copy");
    }
    let output = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .args(["--loglevel", "error"])
        .current_dir(&folder)
        .output()
        .expect("npm starts");
    assert!(
        output.status.success() && command.is_file(),
        "npm could not install the peer:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    command
}

fn cache() -> PathBuf {
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from);
    set("PILOTHOUSE_CACHE")
        .or_else(|| Some(set("XDG_CACHE_HOME")?.join("pilothouse")))
        .or_else(|| Some(set("HOME")?.join(".cache/pilothouse")))
        .expect("a cache folder")
}

/// Begins `osls deploy` of a project on the local AWS at an address. Nothing of the caller's AWS is in its
/// environment, and its home is a folder of the test.
pub fn begin_deploy(project: &Path, home: &Path, aws: &str) -> Child {
    let preload = home.join("resolve.js");
    fs::write(&preload, RESOLVE).expect("a file");
    Command::new("node")
        .arg(installed())
        .arg("deploy")
        .current_dir(project)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("NODE_OPTIONS", format!("--require {}", preload.display()))
        .env("AWS_ENDPOINT_URL", aws.replace("127.0.0.1", "localhost"))
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("AWS_REGION", "us-east-1")
        .env("SLS_NOTIFICATIONS_MODE", "off")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node starts")
}
