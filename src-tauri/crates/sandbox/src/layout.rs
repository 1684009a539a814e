//! Where things lie in the app's data folder.

/// State of the running sandbox, for all who ask.
pub(crate) const STATE: &str = "sandbox/run/state.json";
/// Held by the server as long as it lives.
pub(crate) const SERVE_LOCK: &str = "sandbox/run/serve.lock";
/// Held while someone decides to start or stop the server.
pub(crate) const TURN_LOCK: &str = "sandbox/run/turn.lock";
/// There while the sandbox was brought up by hand and runs until it is taken down.
pub(crate) const UNTIL_DOWN: &str = "sandbox/run/until-down";
/// There when what is in the sandbox is kept between its runs.
pub(crate) const KEEP_STATE: &str = "sandbox/run/keep-state";
/// The ports of the last run, so that addresses stay the same when they can.
pub(crate) const PORTS: &str = "sandbox/run/ports.json";
/// The password of the database.
pub(crate) const PASSWORD: &str = "sandbox/run/postgres-password";
/// The program that guards the local AWS.
pub(crate) const GUARD: &str = "sandbox/run/guard.py";
/// One file for each who uses the sandbox.
pub(crate) const LEASES: &str = "sandbox/leases";
/// What is in the sandbox.
pub(crate) const CONTENT: &str = "sandbox/state";
/// What the local AWS knows.
pub(crate) const CONTENT_AWS: &str = "sandbox/state/aws";
/// The objects of its buckets.
pub(crate) const CONTENT_S3: &str = "sandbox/state/s3";
/// The database.
pub(crate) const CONTENT_POSTGRES: &str = "sandbox/state/postgres";
/// What the programs write.
pub(crate) const LOGS: &str = "sandbox/logs";
/// The home folder of the local AWS and of the code it runs: not the user's.
pub(crate) const HOME: &str = "sandbox/home";
/// Its temporary files.
pub(crate) const TEMPORARY: &str = "sandbox/temporary";

/// The log file of a program of the sandbox.
pub(crate) fn log_file(name: &str) -> String {
    format!("{LOGS}/{name}.log")
}
