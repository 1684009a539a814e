//! `show`, `doctor` and `example`: what needs no cloud.

use clap::Args;
use pilothouse_api::doctor::{self, Fix, PrerequisiteState};
use pilothouse_api::live::{self, Live, LiveState};
use pilothouse_api::project::ProjectRequest;
use pilothouse_api::show::{self, FunctionView, Shown};
use pilothouse_api::{ApiError, Host, examples};
use pilothouse_model::StackSize;
use serde_json::{Value, json};

use crate::arguments::ProjectArguments;
use crate::output;
use crate::progress::{moment, watch};

#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,

    /// Ask the account, or the sandbox, what of it stands and what differs from the files
    #[arg(long)]
    pub(crate) live: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DoctorArguments {
    /// Print one JSON value instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExampleArguments {
    /// Which; all are listed when absent
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,

    /// The folder to copy it into; `pilothouse-examples/NAME` in your home when absent
    #[arg(long, value_name = "DIR", requires = "name")]
    pub(crate) dir: Option<String>,

    /// Print one JSON value instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

/// Shows a service as its files say it.
pub(crate) async fn show(host: &Host, verb: &ShowArguments) -> Result<(), ApiError> {
    let (read, live) = if verb.live {
        let request = verb.project.deploy_request();
        let looked = live::live(host, &request, &watch(verb.project.json)).await?;
        (looked.read, Some(looked.live))
    } else {
        let work = |project: &ProjectRequest| show::show(host, project);
        (verb.project.read(host, work).await?, None)
    };
    let asked = moment(host.clock.now());
    if verb.project.json {
        let mut value = value(&read.shown);
        if let Value::Object(map) = &mut value {
            if let Some(live) = &live {
                map.insert("live".to_owned(), self::value(live));
                map.insert("askedAt".to_owned(), Value::String(asked));
            }
            map.insert(
                "findings".to_owned(),
                output::findings_value(&read.findings),
            );
        }
        output::json(&value);
        return Ok(());
    }
    output::findings(&read.findings);
    print(&read.shown);
    if let Some(live) = &live {
        print_live(live, &asked);
    }
    Ok(())
}

/// How it stands: a sign and a word for each resource, and what differs.
fn print_live(live: &Live, asked: &str) {
    let whom = match live.account.as_str() {
        "sandbox" => "the sandbox".to_owned(),
        account => format!("account {account}"),
    };
    let stands = live.status.as_deref().unwrap_or("no stack");
    output::line(format_args!(
        "How it stands in {whom}, {}, asked {asked}: {stands}",
        live.region
    ));
    for one in &live.resources {
        let sign = match one.state {
            LiveState::NotYet => '+',
            LiveState::Stands => '=',
            LiveState::Changed => '~',
            LiveState::NoLonger => '-',
        };
        let known = one.physical_id.iter().chain(&one.status);
        let known: String = known.map(|fact| format!(", {fact}")).collect();
        output::line(format_args!(
            "  {sign} {} ({}): {}{known}",
            one.logical_id,
            one.type_words,
            one.state.words()
        ));
        for change in &one.changes {
            output::line(format_args!("      {change}"));
        }
    }
    for words in &live.unknown {
        output::line(format_args!("  ? {words}"));
    }
}

fn value<T: serde::Serialize>(of: &T) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

fn print(shown: &Shown) {
    output::line(format_args!(
        "{} for stage {} in {}, stack {}",
        shown.service, shown.stage, shown.region, shown.stack
    ));
    for function in &shown.functions {
        output::line(format_args!(
            "  {}: {}, {} MB, {} s",
            function.key,
            runs(function),
            function.memory,
            function.timeout
        ));
        for event in &function.events {
            let notes = if event.notes.is_empty() {
                String::new()
            } else {
                format!(" ({})", event.notes.join(", "))
            };
            output::line(format_args!(
                "    {} {}{notes}",
                event.kind_words, event.words
            ));
        }
        for permission in &function.permissions {
            output::line(format_args!(
                "    may {} on {}",
                permission.name, permission.value
            ));
        }
    }
    output::line(format_args!(
        "{} resources; a stack takes {}",
        shown.resources.len(),
        StackSize::MOST
    ));
    for resource in &shown.resources {
        let place = resource.origin.as_ref();
        let place = place.map(|origin| format!("  {}:{}", origin.file, origin.line));
        output::line(format_args!(
            "  {} ({}){}",
            resource.logical_id,
            resource.type_words,
            place.unwrap_or_default()
        ));
    }
}

/// Shows what this computer has and lacks.
pub(crate) async fn doctor(host: &Host, verb: &DoctorArguments) -> Result<(), ApiError> {
    let found = doctor::doctor(host).await?;
    if verb.json {
        output::json(&value(&found));
        return Ok(());
    }
    for one in &found {
        let (sign, word) = match one.state {
            PrerequisiteState::Ready => ("+", "ready"),
            PrerequisiteState::ComesBySelf => ("~", "comes with the sandbox's first start"),
            PrerequisiteState::MissingForSome => ("?", "missing"),
            PrerequisiteState::Missing => ("!", "missing"),
        };
        output::line(format_args!("{sign} {}: {word}", one.name));
        output::line(format_args!("    {}", one.text));
        match &one.fix {
            Some(Fix::Command { command }) => {
                output::line(format_args!("    On Debian and Ubuntu: {command}"));
            }
            Some(Fix::StartSandbox { megabytes }) => {
                output::line(format_args!(
                    "    pilothouse sandbox up (fetches about {megabytes} MB)"
                ));
            }
            None => {}
        }
    }
    Ok(())
}

/// Lists the examples, or copies one.
pub(crate) fn example(host: &Host, verb: &ExampleArguments) -> Result<(), ApiError> {
    let Some(name) = &verb.name else {
        let all = examples::list();
        if verb.json {
            output::json(&value(&all));
            return Ok(());
        }
        for one in all {
            output::line(format_args!(
                "{}: {} Makes {}.",
                one.id, one.text, one.makes
            ));
            if let Some(needs) = one.needs {
                output::line(format_args!("    Needs: {needs}"));
            }
        }
        return Ok(());
    };
    let folder = examples::copy(host, name, verb.dir.as_deref())?;
    if verb.json {
        output::json(&json!({ "example": name, "folder": folder }));
        return Ok(());
    }
    output::line(format_args!("{name} is in {folder}"));
    output::note(format_args!(
        "To try it: cd {folder} && pilothouse deploy --sandbox"
    ));
    Ok(())
}

/// `handler.hello, python3.13`, or the image.
fn runs(function: &FunctionView) -> String {
    match &function.image {
        None => format!("{}, {}", function.handler, function.runtime),
        Some(image) if function.handler.is_empty() => format!("image {image}"),
        Some(image) => format!("{}, image {image}", function.handler),
    }
}
