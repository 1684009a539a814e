//! `pilothouse sandbox ...`, and how a start of the sandbox is told.

use std::io;

use clap::{Args, Subcommand};
use pilothouse_api::sandbox::{self, Event, LogLine, StatusView, UpRequest};
use pilothouse_api::{ApiError, Host, Kind};
use pilothouse_local::StopSignals;
use pilothouse_model::Code;
use serde_json::json;

use crate::output;

#[derive(Debug, Args)]
pub(crate) struct SandboxArguments {
    #[command(subcommand)]
    verb: SandboxVerb,
}

#[derive(Debug, Subcommand)]
enum SandboxVerb {
    /// Install what is missing, start it, and let it run until `down`
    Up(UpArguments),
    /// Show whether it runs, where, and what it cannot simulate
    Status(JsonArguments),
    /// Show what its programs wrote
    Logs(LogsArguments),
    /// Remove everything in it; it runs again afterwards when it ran
    Reset(JsonArguments),
    /// Stop it and wait until it has stopped
    Down(JsonArguments),
    /// Be the server (started by `up`)
    #[command(hide = true)]
    Serve,
    /// Become a program that ends with the one that started it
    #[command(hide = true)]
    Leash(LeashArguments),
}

#[derive(Debug, Args)]
struct JsonArguments {
    /// Print one JSON value instead of text
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct UpArguments {
    #[command(flatten)]
    form: JsonArguments,

    /// Keep what is in it between its runs, until `reset`
    #[arg(long, overrides_with = "no_keep_state")]
    keep_state: bool,

    /// Begin empty each time it starts, which is usual
    #[arg(long)]
    no_keep_state: bool,
}

#[derive(Debug, Args)]
struct LogsArguments {
    /// Go on with new lines until you press Ctrl-C
    #[arg(long, short = 'f')]
    follow: bool,
}

#[derive(Debug, Args)]
struct LeashArguments {
    holder: u32,
    program: String,
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

impl SandboxArguments {
    pub(crate) fn wants_json(&self) -> bool {
        match &self.verb {
            SandboxVerb::Up(verb) => verb.form.json,
            SandboxVerb::Status(verb) | SandboxVerb::Reset(verb) | SandboxVerb::Down(verb) => {
                verb.json
            }
            SandboxVerb::Logs(_) | SandboxVerb::Serve | SandboxVerb::Leash(_) => false,
        }
    }
}

/// What must be done before there is a second thread.
pub(crate) fn before_anything_else(arguments: &SandboxArguments) -> io::Result<()> {
    match &arguments.verb {
        SandboxVerb::Leash(leash) => Err(pilothouse_local::leash(
            leash.holder,
            &leash.program,
            &leash.arguments,
        )),
        SandboxVerb::Serve => {
            // One that was started by hand in a terminal leads its group already, and stays there.
            let _ = pilothouse_local::leave_the_session();
            Ok(())
        }
        _ => Ok(()),
    }
}

pub(crate) async fn run(host: &Host, arguments: &SandboxArguments) -> Result<(), ApiError> {
    match &arguments.verb {
        SandboxVerb::Up(verb) => up(host, verb).await,
        SandboxVerb::Status(verb) => {
            print_status(&sandbox::status(host)?, verb.json);
            Ok(())
        }
        SandboxVerb::Logs(verb) => sandbox::logs(host, verb.follow, &print_log).await,
        SandboxVerb::Reset(verb) => reset(host, verb.json).await,
        SandboxVerb::Down(verb) => down(host, verb.json).await,
        SandboxVerb::Serve => serve(host).await,
        // It has become another program before this.
        SandboxVerb::Leash(_) => Ok(()),
    }
}

async fn up(host: &Host, arguments: &UpArguments) -> Result<(), ApiError> {
    let request = UpRequest {
        keep_state: match (arguments.keep_state, arguments.no_keep_state) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        },
    };
    let status = sandbox::up(host, request, &tell).await?;
    print_status(&status, arguments.form.json);
    Ok(())
}

async fn reset(host: &Host, as_json: bool) -> Result<(), ApiError> {
    let ran = sandbox::reset(host, &tell).await?;
    if as_json {
        output::json(&json!({ "runs": ran }));
    } else if ran {
        output::line("The sandbox is empty and runs again.");
    } else {
        output::line("The sandbox is empty. It does not run.");
    }
    Ok(())
}

async fn down(host: &Host, as_json: bool) -> Result<(), ApiError> {
    let stopped = sandbox::down(host, &tell).await?;
    if as_json {
        output::json(&json!({ "ran": stopped.ran, "usedBy": stopped.used_by }));
        return Ok(());
    }
    output::line(match stopped.ran {
        true => "The sandbox has stopped.",
        false => "The sandbox was not running.",
    });
    if !stopped.used_by.is_empty() {
        let users = stopped.used_by.join(", ");
        output::line(format_args!("It was being used by: {users}"));
    }
    Ok(())
}

async fn serve(host: &Host) -> Result<(), ApiError> {
    let stop = StopSignals::listen().map_err(|problem| {
        ApiError::new(
            Code::SandboxStart,
            Kind::Internal,
            "signals cannot be listened to",
        )
        .detail(problem.to_string())
    })?;
    sandbox::serve(host, &stop).await
}

/// Tells on standard error what happens while the sandbox starts; for every verb that uses it.
pub(crate) fn tell(event: Event) {
    match event {
        Event::Waiting { holder } => {
            output::note(format_args!("Waiting for another Pilothouse ({holder})"));
        }
        Event::Healing => output::note("Removing what an installation left that was cut off"),
        Event::Installing { python, packages } => output::note(format_args!(
            "Installing the sandbox: {packages} packages, with {python}"
        )),
        Event::Fetching { package, .. } => output::note(format_args!("  fetching {package}")),
        Event::Unpacking => output::note("  unpacking"),
        Event::Installed { millis } => {
            output::note(format_args!("Installed in {}", seconds(millis)));
        }
        Event::Starting => output::note("Starting the sandbox"),
        Event::Clearing { part } => {
            output::note(format_args!("Ending the {part} that a killed server left"));
        }
        Event::Ready {
            url,
            millis: Some(millis),
        } => output::note(format_args!(
            "The sandbox answers at {url} ({})",
            seconds(millis)
        )),
        Event::Stopping => output::note("Stopping the sandbox"),
        Event::Emptying => output::note("Removing everything in the sandbox"),
        // It ran already: nothing happened. What later versions tell is not needed here.
        _ => {}
    }
}

fn print_log(line: LogLine) {
    output::line(format_args!("{:<8} {}", line.source, line.text));
}

fn print_status(status: &StatusView, as_json: bool) {
    if as_json {
        output::json(&serde_json::to_value(status).unwrap_or_default());
        return;
    }
    output::line(format_args!("Sandbox     {}", status.standing));
    if let Some(reason) = &status.reason {
        output::line(format_args!("Because     {reason}"));
    }
    if let Some(running) = &status.running {
        output::line(format_args!(
            "AWS         {} in {}",
            running.url, running.region
        ));
        output::line(format_args!(
            "PostgreSQL  127.0.0.1:{}",
            running.postgres_port
        ));
        output::line(format_args!(
            "Process     {} using {} MB; listens on {}",
            running.pid,
            running.memory_kilobytes / 1024,
            running.listens_on.join(", ")
        ));
        output::line(format_args!(
            "Python      {} (restarts of crashed parts: {})",
            running.python, running.restarts
        ));
    }
    print_rest(status);
}

fn print_rest(status: &StatusView) {
    let versions = status.versions;
    output::line(format_args!(
        "Versions    ministack {}, boto3 {}, PostgreSQL {} ({})",
        versions.ministack,
        versions.boto3,
        versions.postgres,
        if status.installed {
            "installed"
        } else {
            "not installed"
        }
    ));
    if status.running.is_some() {
        output::line(match status.until_down {
            true => "Runs        until `pilothouse sandbox down`",
            false => "Runs        until a while after its last use",
        });
    }
    if !status.used_by.is_empty() {
        output::line(format_args!("Used by     {}", status.used_by.join(", ")));
    }
    output::line(match status.keeps_state {
        true => "State       kept between runs",
        false => "State       empty at each start",
    });
    output::line(format_args!("Logs        {}", status.log_folder));
    output::line("Otherwise than on AWS:");
    for limit in &status.limits {
        output::line(format_args!("  - {}", limit.text));
    }
}

fn seconds(millis: u64) -> String {
    format!("{}.{} s", millis / 1000, millis % 1000 / 100)
}
