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
    pilothouse_tests::installed_by_npm(
        "deploy/peer",
        "peer/4.3.1-split-stacks-1.15.0",
        "node_modules/osls/bin/serverless.js",
    )
}

/// What is installed with it, its plugins among it.
pub fn packages() -> &'static Path {
    let mut above = installed().ancestors();
    above
        .find(|folder| folder.ends_with("node_modules"))
        .expect("it lies among packages")
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
