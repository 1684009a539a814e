//! `plan --all`, `deploy --all` and `remove --all`: the services of a folder in their order.

mod remove;
mod tell;
mod text;

pub(crate) use remove::{Manner, remove_all};

use pilothouse_api::deploy::{self, DeployRequest, Prepared, Release};
use pilothouse_api::project::ProjectRequest;
use pilothouse_api::several::{self, Fate, Member, Outputs, Round, Several};
use pilothouse_api::{ApiError, Cancel, Host, Kind, info};
use pilothouse_model::{Change, Code, Course, Plan, PlannedTarget, Severity, Verb};
use serde_json::{Value, json};

use crate::confirm::{Question, go_on};
use crate::progress::watch;
use crate::stop::by_signals;
use crate::{output, plan_text};
use tell::{Task, Teller, together};
use text::{fates, fates_value, seen_value, show};

/// What Ctrl-C means while several stacks are changed.
const MEANING: &str = "Stopping. What is under way is put back, and no other service is begun; press Ctrl-C again to wait no longer";
/// How many stacks are changed at once.
const AT_ONCE: usize = 4;

/// What a plan of one service came to.
#[derive(Debug)]
enum Seen {
    /// It was made, and thrown away after it was looked at.
    Plan(Box<Plan>),
    /// It cannot be made before others stand.
    Later(String),
}

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
    let teller = Teller::new(as_json);
    let seen = look(host, request, &several, Verb::Plan, &teller).await?;
    if as_json {
        output::json(&seen_value(&several, &seen));
    } else {
        show(&several, &seen);
    }
    Ok(())
}

/// Plans all, asks once, and deploys one level after the other.
pub(crate) async fn deploy_all(
    host: &Host,
    request: &DeployRequest,
    yes: bool,
    as_json: bool,
) -> Result<(), ApiError> {
    let several = several::find(host, request)?;
    let teller = Teller::new(as_json);
    let seen = look(host, request, &several, Verb::Deploy, &teller).await?;
    if !as_json {
        show(&several, &seen);
    }
    let is_idle = |one: &Seen| matches!(one, Seen::Plan(plan) if plan.is_empty());
    let question = format!(
        "Deploy {} services to {}?",
        several.members.len(),
        whereto(request, &seen)
    );
    let question = of_stage(question, request, &seen);
    if !seen.iter().all(is_idle) && !go_on(yes, &question)? {
        output::note("Nothing was changed.");
        return Ok(());
    }
    let mut deploying = Deploying {
        host,
        request,
        several: &several,
        seen: &seen,
        yes,
        as_json,
        cancel: by_signals(MEANING, as_json)?,
        teller,
        known: Outputs::new(),
        round: Round::default(),
        releases: Vec::new(),
    };
    deploying.run().await;
    let (round, releases) = (deploying.round, deploying.releases);
    if as_json {
        let releases = releases.iter().map(|(name, release)| {
            let mut value = release.to_value();
            if let Some(keys) = value.as_object_mut() {
                keys.insert("service".to_owned(), json!(name));
            }
            value
        });
        output::json(&json!({
            "releases": releases.collect::<Value>(),
            "fates": fates_value(&round),
        }));
    } else {
        fates(&round, "stands");
        for (name, release) in &releases {
            output::line(format_args!(
                "{name}, stack {} in {}",
                release.stack, release.region
            ));
            crate::deploy::endpoints(&release.endpoints, &release.outputs, &release.functions);
        }
    }
    whole(&round, "deployed", "deploy")
}

/// Makes the plan of each and throws it away again.
async fn look(
    host: &Host,
    request: &DeployRequest,
    several: &Several,
    verb: Verb,
    teller: &Teller,
) -> Result<Vec<Seen>, ApiError> {
    let mut known = Outputs::new();
    let mut seen: Vec<Seen> = Vec::new();
    for member in &several.members {
        let waits = several.members.iter().zip(&seen).find_map(|(other, one)| {
            let is_new = match one {
                Seen::Plan(plan) => is_first(plan),
                Seen::Later(_) => true,
            };
            (is_new && member.needs.contains_key(&other.name)).then(|| other.name.clone())
        });
        let own = match member.request(request, &known) {
            Ok(own) => own,
            Err(outputs) => match waits {
                Some(other) => {
                    seen.push(Seen::Later(other));
                    continue;
                }
                None => return Err(missing(outputs)),
            },
        };
        match deploy::prepare(host, &own, verb, &teller.of(&member.name)).await {
            Ok(prepared) => {
                let plan = prepared.discard().await?;
                let stands = !is_first(&plan);
                seen.push(Seen::Plan(Box::new(plan)));
                if stands {
                    learn(host, request, several, member, &mut known).await;
                }
            }
            Err(error) => match waits {
                Some(other) => seen.push(Seen::Later(other)),
                None => return Err(error),
            },
        }
    }
    Ok(seen)
}

/// Reads the outputs of a service that others are given. One that does not stand has none.
async fn learn(
    host: &Host,
    request: &DeployRequest,
    several: &Several,
    member: &Member,
    known: &mut Outputs,
) {
    if !several.is_read(&member.name) {
        return;
    }
    let Ok(own) = member.request(request, known) else {
        return;
    };
    if let Ok(found) = info::info(host, &own, &watch(true)).await {
        known.insert(member.name.clone(), found.outputs);
    }
}

/// A deploy of several on its way.
struct Deploying<'a> {
    host: &'a Host,
    request: &'a DeployRequest,
    several: &'a Several,
    seen: &'a [Seen],
    yes: bool,
    as_json: bool,
    cancel: Cancel,
    teller: Teller,
    known: Outputs,
    round: Round,
    releases: Vec<(String, Release)>,
}

impl Deploying<'_> {
    async fn run(&mut self) {
        let last = self.several.members.last().map_or(0, |member| member.level);
        for level in 0..=last {
            let of_level: Vec<(&Member, &Seen)> = self
                .several
                .members
                .iter()
                .zip(self.seen)
                .filter(|(member, _)| member.level == level)
                .collect();
            for some in of_level.chunks(AT_ONCE) {
                self.some(some).await;
            }
        }
    }

    /// Deploys services that do not need each other, at once.
    async fn some(&mut self, members: &[(&Member, &Seen)]) {
        let mut tasks: Vec<Task<(String, Result<Release, ApiError>)>> = Vec::new();
        for (member, seen) in members {
            if let Some(other) = self.round.held(member) {
                let other = other.to_owned();
                self.round.tell(&member.name, Fate::Held(other));
                continue;
            }
            match self.prepare(member, seen).await {
                Ok(prepared) => {
                    let (name, cancel) = (member.name.clone(), self.cancel.clone());
                    tasks.push(Box::pin(
                        async move { (name, prepared.apply(&cancel).await) },
                    ));
                }
                Err(error) => {
                    let fate = failed(&error, self.as_json);
                    self.round.tell(&member.name, fate);
                }
            }
        }
        for (name, applied) in together(tasks).await {
            match applied {
                Ok(release) => {
                    self.known.insert(name.clone(), release.outputs.clone());
                    self.round.tell(&name, Fate::Done);
                    self.releases.push((name, release));
                }
                Err(error) => {
                    let fate = failed(&error, self.as_json);
                    self.round.tell(&name, fate);
                }
            }
        }
    }

    /// The plan is made again, now that others stand. One that would hurt more than the one that was shown is asked
    /// about by itself.
    async fn prepare(&self, member: &Member, seen: &Seen) -> Result<Prepared, ApiError> {
        if self.cancel.is_requested() {
            return Err(stopped());
        }
        let own = member.request(self.request, &self.known).map_err(missing)?;
        let watch = self.teller.of(&member.name);
        let prepared = deploy::prepare(self.host, &own, Verb::Deploy, &watch).await?;
        let shown = match seen {
            Seen::Plan(plan) => Some(plan.as_ref()),
            Seen::Later(_) => None,
        };
        if self.yes || !hurts_more(&prepared.plan, shown) {
            return Ok(prepared);
        }
        plan_text::show(&prepared.plan);
        let question = format!(
            "This is more than was shown before. Deploy {}?",
            member.name
        );
        let answer = go_on(false, &of_stage(question, self.request, self.seen));
        if matches!(answer, Ok(true)) {
            return Ok(prepared);
        }
        prepared.discard().await?;
        answer?;
        Err(stopped())
    }
}

/// Whether a plan removes or replaces what the one before did not.
fn hurts_more(plan: &Plan, shown: Option<&Plan>) -> bool {
    let hurts = |change: Change| {
        matches!(
            change,
            Change::Remove | Change::Replace | Change::MayReplace
        )
    };
    let was_shown = |id: &str, change: Change| {
        let mut rows = shown.iter().flat_map(|plan| &plan.rows);
        rows.any(|row| row.logical_id == id && row.change == change)
    };
    let mut rows = plan.rows.iter();
    rows.any(|row| hurts(row.change) && !was_shown(&row.logical_id, row.change))
}

const fn is_first(plan: &Plan) -> bool {
    matches!(
        plan.course,
        Course::Create { .. } | Course::Anew { .. } | Course::Whole { creates: true, .. }
    )
}

fn stopped() -> ApiError {
    ApiError::new(
        Code::Cancelled,
        Kind::User,
        "it was not begun, as you asked",
    )
}

fn missing(outputs: Vec<String>) -> ApiError {
    ApiError::new(
        Code::StackMissing,
        Kind::Precondition,
        format!("there is no {}", outputs.join(", ")),
    )
    .hint("Give the service that it names an output of that name, or deploy it first")
}

fn failed(error: &ApiError, as_json: bool) -> Fate {
    if !as_json {
        output::failure(error, false);
    }
    let found = error.findings.as_deref();
    let mut problems = found.into_iter().flat_map(|found| &found.diagnostics.0);
    let first = problems.find(|one| one.severity == Severity::Error);
    Fate::Failed(first.map_or_else(|| error.title.clone(), |one| one.message.clone()))
}

fn whereto(request: &DeployRequest, seen: &[Seen]) -> String {
    if request.target == PlannedTarget::Sandbox {
        return "the sandbox".to_owned();
    }
    let account = seen.iter().find_map(|one| match one {
        Seen::Plan(plan) => Some(plan.fingerprint.account.as_str()),
        Seen::Later(_) => None,
    });
    format!("account {}", account.unwrap_or_default())
}

fn of_stage(question: String, request: &DeployRequest, seen: &[Seen]) -> Question {
    let planned = seen.iter().find_map(|one| match one {
        Seen::Plan(plan) => Some(plan.stage.clone()),
        Seen::Later(_) => None,
    });
    let stage = request
        .project
        .stage
        .clone()
        .or(planned)
        .unwrap_or_default();
    Question::of_stage(question, &stage, request.target == PlannedTarget::Sandbox)
}

/// The whole is a failure when part of it is.
fn whole(round: &Round, word: &str, verb: &str) -> Result<(), ApiError> {
    let missing = round.missing();
    if missing == 0 {
        return Ok(());
    }
    let title = format!(
        "{missing} of {} services were not {word}",
        round.fates.len()
    );
    Err(
        ApiError::new(Code::ServicesMissing, Kind::Precondition, title).hint(format!(
            "Put right what failed, then go on with: pilothouse {verb} --all"
        )),
    )
}
