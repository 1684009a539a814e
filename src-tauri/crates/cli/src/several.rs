//! `plan --all`, `deploy --all` and `remove --all`: the services of a folder in their order.

mod remove;
mod terminal;
mod text;

pub(crate) use remove::{Manner, remove_all};

use pilothouse_api::deploy::DeployRequest;
use pilothouse_api::project::ProjectRequest;
use pilothouse_api::several::{self, Agreed, Seen};
use pilothouse_api::words::is_production;
use pilothouse_api::{ApiError, Host};
use pilothouse_model::{Plan, PlannedTarget, Verb};
use serde_json::{Value, json};

use crate::confirm::{Question, go_on};
use crate::output;
use crate::stop::by_signals;
use terminal::Terminal;
use text::{fates, fates_value, seen_value, show};

/// What Ctrl-C means while several stacks are changed.
const MEANING: &str = "Stopping. What is under way is put back, and no other service is begun; press Ctrl-C again to wait no longer";

/// Whether a command that does not say `--all` means several services: the folder has a compose file and no service.
pub(crate) fn is_meant(host: &Host, all: bool, project: &ProjectRequest) -> bool {
    all || several::is_compose(host, project)
}

/// Shows what a deploy of all would do.
pub(crate) async fn plan_all(
    host: &Host,
    request: &DeployRequest,
    as_json: bool,
) -> Result<(), ApiError> {
    let several = several::find(host, request)?;
    let terminal = Terminal::new(as_json, request);
    let seen = several::look(host, request, &several, Verb::Plan, &terminal).await;
    if as_json {
        output::json(&seen_value(&several, &seen));
    } else {
        show(&several, &seen);
    }
    several::all_planned(&seen)
}

/// Plans all, asks once, and deploys one level after the other.
pub(crate) async fn deploy_all(
    host: &Host,
    request: &DeployRequest,
    yes: bool,
    as_json: bool,
) -> Result<(), ApiError> {
    let several = several::find(host, request)?;
    let terminal = Terminal::new(as_json, request);
    let seen = several::look(host, request, &several, Verb::Deploy, &terminal).await;
    if !as_json {
        show(&several, &seen);
    }
    several::all_planned(&seen)?;
    let shown: Vec<Option<&Plan>> = seen.iter().map(Seen::plan).collect();
    let is_idle = |one: &Option<&Plan>| one.is_some_and(Plan::is_empty);
    let question = format!(
        "Deploy {} services to {}?",
        several.members.len(),
        whereto(request, &shown)
    );
    let question = of_stage(question, request, &stages(&shown));
    if !shown.iter().all(is_idle) && !go_on(yes, &question)? {
        output::note("Nothing was changed.");
        return Ok(());
    }
    let agreed = Agreed {
        request,
        several: &several,
        shown: &shown,
        unasked: yes,
    };
    let cancel = by_signals(MEANING, as_json)?;
    let done = several::deploy(host, &agreed, &cancel, &terminal).await;
    if as_json {
        let releases = done.releases.iter().map(|(name, release)| {
            let mut value = release.to_value();
            if let Some(keys) = value.as_object_mut() {
                keys.insert("service".to_owned(), json!(name));
            }
            value
        });
        output::json(&json!({
            "releases": releases.collect::<Value>(),
            "fates": fates_value(&done.round),
        }));
    } else {
        fates(&done.round, "stands");
        for (name, release) in &done.releases {
            output::line(format_args!(
                "{name}, stack {} in {}",
                release.stack, release.region
            ));
            crate::deploy::endpoints(&release.endpoints, &release.outputs, &release.functions);
        }
    }
    several::whole(&done.round, "deployed", "deploy")
}

fn whereto(request: &DeployRequest, shown: &[Option<&Plan>]) -> String {
    if request.target == PlannedTarget::Sandbox {
        return "the sandbox".to_owned();
    }
    let mut plans = shown.iter().flatten();
    let account = plans.next().map(|plan| plan.fingerprint.account.as_str());
    format!("account {}", account.unwrap_or_default())
}

fn stages<'a>(shown: &'a [Option<&Plan>]) -> Vec<&'a str> {
    shown
        .iter()
        .flatten()
        .map(|plan| plan.stage.as_str())
        .collect()
}

/// A question about the stage that was asked for, or about those that the services have by themselves: one of
/// production among them makes it a question about production.
fn of_stage(question: String, request: &DeployRequest, own: &[&str]) -> Question {
    let is_sandbox = request.target == PlannedTarget::Sandbox;
    let asked = request.project.stage.as_deref();
    let production = own.iter().copied().find(|stage| is_production(stage));
    let stage = asked.or(production).or(own.first().copied());
    Question::of_stage(question, stage.unwrap_or_default(), is_sandbox)
}
