//! `plan`, `deploy` and `apply`.

use clap::Args;
use indexmap::IndexMap;
use pilothouse_api::deploy::{self, Prepared, Release};
use pilothouse_api::endpoints::{Endpoint, addresses};
use pilothouse_api::project::CodeConsent;
use pilothouse_api::{ApiError, Host, plan};
use pilothouse_model::{PlannedTarget, Verb};

use crate::arguments::ProjectArguments;
use crate::confirm::{Question, go_on};
use crate::progress::watch;
use crate::stop::by_signals;
use crate::{output, package, plan_text, several};

/// What Ctrl-C means while a stack is changed.
const MEANING: &str =
    "Stopping. What is under way is put back; press Ctrl-C again to wait no longer";

#[derive(Debug, Args)]
pub(crate) struct PlanArguments {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,

    /// All services of the folder, in the order in which they read from each other
    #[arg(long, conflicts_with = "out")]
    pub(crate) all: bool,

    /// Deploy what was packaged into this folder, as it is
    #[arg(long, value_name = "DIR", conflicts_with = "all")]
    pub(crate) package: Option<String>,

    /// Leave the files of synced folders as they are in their buckets, this once
    #[arg(long, alias = "nos3sync")]
    pub(crate) no_sync: bool,

    /// Save the plan, for `apply`
    #[arg(long, short = 'o', value_name = "FILE")]
    pub(crate) out: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct DeployArguments {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,

    /// All services of the folder, in the order in which they read from each other
    #[arg(long)]
    pub(crate) all: bool,

    /// Deploy what was packaged into this folder, as it is
    #[arg(long, value_name = "DIR", conflicts_with = "all")]
    pub(crate) package: Option<String>,

    /// Leave the files of synced folders as they are in their buckets, this once
    #[arg(long, alias = "nos3sync")]
    pub(crate) no_sync: bool,

    /// Do it without asking
    #[arg(long, short = 'y')]
    pub(crate) yes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ApplyArguments {
    /// The saved plan; it says which project, stage and account
    #[arg(value_name = "FILE")]
    pub(crate) plan: String,

    /// Do it without asking
    #[arg(long, short = 'y')]
    pub(crate) yes: bool,

    /// Print one JSON value instead of text
    #[arg(long)]
    pub(crate) json: bool,

    /// Allow the project's own code with this content hash to run, or `all` of it
    #[arg(long, value_name = "HASH|all")]
    pub(crate) allow_code: Vec<String>,
}

/// Shows what a deploy would do.
pub(crate) async fn plan(host: &Host, verb: &PlanArguments) -> Result<(), ApiError> {
    let as_json = verb.project.json;
    let mut request = verb.project.deploy_request();
    request.package.clone_from(&verb.package);
    request.without_files = verb.no_sync;
    if verb.out.is_none()
        && verb.package.is_none()
        && several::is_meant(host, verb.all, &request.project)
    {
        return several::plan_all(host, &request, as_json).await;
    }
    let prepared = deploy::prepare(host, &request, Verb::Plan, &watch(as_json)).await?;
    show(&prepared, as_json);
    let Some(out) = &verb.out else {
        prepared.discard().await?;
        return Ok(());
    };
    plan::save(host, out, &prepared.plan)?;
    prepared.keep()?;
    if !as_json {
        output::note(format_args!("Saved. To execute it: pilothouse apply {out}"));
    }
    Ok(())
}

/// Plans, asks, executes.
pub(crate) async fn deploy(host: &Host, verb: &DeployArguments) -> Result<(), ApiError> {
    let as_json = verb.project.json;
    let mut request = verb.project.deploy_request();
    request.package.clone_from(&verb.package);
    request.without_files = verb.no_sync;
    if verb.package.is_none() && several::is_meant(host, verb.all, &request.project) {
        return several::deploy_all(host, &request, verb.yes, as_json).await;
    }
    let prepared = deploy::prepare(host, &request, Verb::Deploy, &watch(as_json)).await?;
    finish(prepared, verb.yes, as_json, AfterNo::Discard).await
}

/// Executes a saved plan.
pub(crate) async fn apply(host: &Host, verb: &ApplyArguments) -> Result<(), ApiError> {
    let plan = plan::open(host, &verb.plan)?;
    let consent = CodeConsent::from_words(&verb.allow_code);
    let prepared = deploy::prepare_saved(host, plan, consent, &watch(verb.json)).await?;
    finish(prepared, verb.yes, verb.json, AfterNo::Keep).await
}

/// What becomes of a plan that a person says no to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AfterNo {
    /// It was made for this command alone.
    Discard,
    /// It can be executed later.
    Keep,
}

async fn finish(
    prepared: Prepared,
    yes: bool,
    as_json: bool,
    after_no: AfterNo,
) -> Result<(), ApiError> {
    if !as_json {
        package::left_out(&prepared.packaged);
    }
    if prepared.plan.is_empty() {
        if let Some(words) = plan::unsynced(&prepared.plan).filter(|_| !as_json) {
            output::line(words);
        }
        let release = execute(prepared, as_json).await?;
        tell(&release, as_json);
        return Ok(());
    }
    if !as_json {
        show(&prepared, false);
    }
    let question = match &prepared.plan.target {
        PlannedTarget::Sandbox => "Deploy to the sandbox?".to_owned(),
        PlannedTarget::Account { .. } => {
            format!("Deploy to account {}?", prepared.plan.fingerprint.account)
        }
    };
    let is_sandbox = prepared.plan.target == PlannedTarget::Sandbox;
    let question = Question::of_stage(question, &prepared.plan.stage, is_sandbox);
    let answer = go_on(yes, &question);
    if matches!(answer, Ok(true)) {
        let release = execute(prepared, as_json).await?;
        tell(&release, as_json);
        return Ok(());
    }
    match after_no {
        AfterNo::Discard => prepared.discard().await?,
        AfterNo::Keep => prepared.keep()?,
    };
    answer?;
    output::note("Nothing was changed.");
    Ok(())
}

async fn execute(prepared: Prepared, as_json: bool) -> Result<Release, ApiError> {
    let cancel = by_signals(MEANING, as_json)?;
    prepared.apply(&cancel).await
}

fn show(prepared: &Prepared, as_json: bool) {
    if as_json {
        output::json(&plan::to_value(&prepared.plan));
    } else {
        output::findings(&prepared.packaged.findings);
        plan_text::show(&prepared.plan);
        if let Some(usual) = prepared.usual.whole.filter(|_| !prepared.plan.is_empty()) {
            output::note(format_args!("Usually takes {:.1} s", usual.as_secs_f64()));
        }
    }
}

fn tell(release: &Release, as_json: bool) {
    if as_json {
        output::json(&release.to_value());
        return;
    }
    if release.changed {
        output::line(format_args!(
            "Deployed {} in {}",
            release.stack, release.region
        ));
    } else {
        output::line("No changes");
    }
    endpoints(&release.endpoints, &release.outputs, &release.functions);
}

/// Writes where a service answers and which functions it has.
pub(crate) fn endpoints(
    endpoints: &[Endpoint],
    outputs: &IndexMap<String, String>,
    functions: &IndexMap<String, String>,
) {
    for endpoint in endpoints {
        let signed = if endpoint.signed {
            "  (signed requests only)"
        } else {
            ""
        };
        output::line(format_args!(
            "  {:<6} {}{signed}",
            endpoint.method, endpoint.url
        ));
    }
    for (kind, address) in addresses(outputs) {
        output::line(format_args!("  {kind}  {address}"));
    }
    for (key, name) in functions {
        output::line(format_args!("  {key}: {name}"));
    }
}
