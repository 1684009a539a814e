//! The binary `pilothouse`: arguments in, a use case called, its value printed.
//!
//! It links neither Tauri nor WebKit and decides nothing: whatever it can do, the window can do by the same
//! use case. Exit 0: done. Exit 1: refused or failed, the reason on standard error. Exit 2: wrong usage.

mod arguments;
mod calls;
mod confirm;
mod consent;
mod deploy;
mod edit;
mod explain;
mod host;
mod looks;
mod new;
mod output;
mod package;
mod plan_text;
mod progress;
mod remove;
mod request;
mod sandbox;
mod secrets;
mod several;
mod size;
mod stop;
mod yaml;

use std::process::ExitCode;

use clap::Parser;
use pilothouse_api::{ApiError, Host};

use arguments::{Arguments, Verb};

fn main() -> ExitCode {
    let mut arguments = Arguments::parse();
    if let Verb::Sandbox(verb) = &arguments.verb
        && let Err(problem) = sandbox::before_anything_else(verb)
    {
        return output::cannot_start(&problem);
    }
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(problem) => return output::cannot_start(&problem),
    };
    match runtime.block_on(begin(&mut arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => output::failure(&error, arguments.verb.wants_json()),
    }
}

/// Runs the verb, and runs it anew when a person allowed the code that it needs.
async fn begin(arguments: &mut Arguments) -> Result<(), ApiError> {
    let host = host::real();
    loop {
        let Err(error) = run(&host, arguments).await else {
            return Ok(());
        };
        let Some(project) = arguments.verb.project_mut() else {
            return Err(error);
        };
        if !consent::ask(&host, &error, project)? {
            return Err(error);
        }
    }
}

async fn run(host: &Host, arguments: &Arguments) -> Result<(), ApiError> {
    match &arguments.verb {
        Verb::Package(verb) => package::package(host, verb).await,
        Verb::Size(verb) => size::size(host, verb).await,
        Verb::Print(verb) => package::print(host, verb).await,
        Verb::Check(verb) => package::check(host, verb).await,
        Verb::Explain(verb) => explain::show(verb),
        Verb::Set(verb) => edit::set(host, verb),
        Verb::Unset(verb) => edit::unset(host, verb),
        Verb::Rename(verb) => edit::rename(host, verb),
        Verb::Move(verb) => edit::reorder(host, verb),
        Verb::Add(verb) => edit::add(host, verb),
        Verb::Form(verb) => edit::form(host, verb),
        Verb::Show(verb) => looks::show(host, verb).await,
        Verb::Doctor(verb) => looks::doctor(host, verb).await,
        Verb::New(verb) => new::new(host, verb),
        Verb::Example(verb) => looks::example(host, verb),
        Verb::Plan(verb) => deploy::plan(host, verb).await,
        Verb::Deploy(verb) => deploy::deploy(host, verb).await,
        Verb::Apply(verb) => deploy::apply(host, verb).await,
        Verb::Remove(verb) => remove::remove(host, verb).await,
        Verb::Invoke(verb) => calls::invoke(host, verb).await,
        Verb::Request(verb) => request::request(host, verb).await,
        Verb::Logs(verb) => calls::logs(host, verb).await,
        Verb::Info(verb) => calls::info(host, verb).await,
        Verb::Activity(verb) => calls::activity(host, verb),
        Verb::Consent(verb) => consent::run(host, verb),
        Verb::Secrets(verb) => secrets::run(host, verb).await,
        Verb::Sandbox(verb) => sandbox::run(host, verb).await,
    }
}
