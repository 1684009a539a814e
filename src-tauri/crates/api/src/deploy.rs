//! `plan`, `deploy` and `apply`: from a project to a stack that stands.
//!
//! A deploy is prepared (packaged, planned, the stack locked), shown, and then executed or discarded. What is
//! executed is what was shown.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use indexmap::IndexMap;
pub use pilothouse_deploy::Cancel;
use pilothouse_deploy::{self as room, DeployProblem, Desired, Means, Purpose, Session};
use pilothouse_effects::{Clock, Effect, Environment, Held};
use pilothouse_model::{Code, Outcome, Plan, PlannedTarget, Verb};
use serde_json::{Value, json};

use crate::asking::{Known, Road, with_answers};
use crate::endpoints::{Endpoint, addresses, endpoints};
use crate::package::{self, Packaged};
use crate::project::{self, CodeConsent, ProjectRequest};
use crate::target::{Happening, Reached, Watch, of_service, reach};
use crate::usual::Usual;
use crate::{ApiError, Host, Kind, cloud_error, command, desired, nested, packaged, synced, usual};

/// What a deploy is asked with.
#[derive(Debug, Clone)]
pub struct DeployRequest {
    /// The project.
    pub project: ProjectRequest,
    /// Where to.
    pub target: PlannedTarget,
    /// The folder of what was packaged before and is deployed as it is; what the service says when absent.
    pub package: Option<String>,
    /// Whether files of synced folders are left as they are in their buckets, this once.
    pub without_files: bool,
}

/// A deploy that is ready to be shown, and to be executed or discarded.
#[derive(Debug)]
pub struct Prepared {
    /// What was packaged.
    pub packaged: Packaged,
    /// What will be done.
    pub plan: Plan,
    /// How long the same usually took.
    pub usual: Usual,
    /// The project as it was packaged, with what AWS answered for it.
    pub project: ProjectRequest,
    desired: Desired,
    session: Session,
    reached: Reached,
    _lock: Box<dyn Held>,
}

/// A service that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The stack's name.
    pub stack: String,
    /// Its ARN.
    pub stack_id: String,
    /// The Region.
    pub region: String,
    /// Whether anything was done.
    pub changed: bool,
    /// Where it answers.
    pub endpoints: Vec<Endpoint>,
    /// Its functions: key and name at AWS.
    pub functions: IndexMap<String, String>,
    /// The stack's outputs.
    pub outputs: IndexMap<String, String>,
}

impl Release {
    /// The value that `--json` prints.
    pub fn to_value(&self) -> Value {
        json!({
            "stack": self.stack, "stackId": self.stack_id, "region": self.region,
            "changed": self.changed,
            "endpoints": self.endpoints.iter().map(Endpoint::to_value).collect::<Value>(),
            "addresses": addresses(&self.outputs),
            "functions": self.functions, "outputs": self.outputs,
        })
    }
}

/// Packages, locks the stack, settles what a dead operation left, and plans.
///
/// # Errors
/// When the project is wrong, the cloud is not reached, or nothing can be planned.
pub async fn prepare(
    host: &Host,
    request: &DeployRequest,
    verb: Verb,
    watch: &Watch,
) -> Result<Prepared, ApiError> {
    let now = host.clock.now();
    let draft = draft(host, request, now, verb, watch).await?;
    let ready = ready(host, draft, request, verb, watch).await?;
    let planned = room::plan(&ready.session, &ready.desired).await;
    let plan = closing(&ready.session, planned)?;
    ready.with(host, plan)
}

/// As [`prepare`], of a plan that was made and saved before. Whether it still fits is asked when it is executed.
///
/// # Errors
/// As [`prepare`].
pub async fn prepare_saved(
    host: &Host,
    plan: Plan,
    consent: CodeConsent,
    watch: &Watch,
) -> Result<Prepared, ApiError> {
    let project = &plan.project;
    let request = DeployRequest {
        project: ProjectRequest {
            folder: project.folder.clone(),
            config: project.config.clone(),
            stage: project.stage.clone(),
            region: project.region.clone(),
            params: project.params.clone(),
            profile: profile_of(&plan.target),
            consent,
            known: Known::default(),
        },
        target: plan.target.clone(),
        package: project.package.clone(),
        without_files: project.unsynced.is_some(),
    };
    // The release's name is part of the template, so it is made again with the plan's own.
    let then = SystemTime::UNIX_EPOCH + Duration::from_millis(plan.instance_millis);
    let draft = draft(host, &request, then, Verb::Deploy, watch).await?;
    let ready = ready(host, draft, &request, Verb::Deploy, watch).await?;
    ready.with(host, plan)
}

fn profile_of(target: &PlannedTarget) -> Option<String> {
    match target {
        PlannedTarget::Sandbox => None,
        PlannedTarget::Account { profile } => profile.clone(),
    }
}

/// A project packaged for a target, before the cloud was asked anything.
#[derive(Debug)]
struct Draft {
    folder: String,
    project: ProjectRequest,
    packaged: Packaged,
    desired: Desired,
}

async fn draft(
    host: &Host,
    request: &DeployRequest,
    moment: SystemTime,
    verb: Verb,
    watch: &Watch,
) -> Result<Draft, ApiError> {
    let folder = host.workplace.absolute(&request.project.folder)?;
    let then = at(host, moment);
    let holder = format!("{verb} of {folder}");
    let open = |project: &ProjectRequest| project::open(&then, project);
    let (project, target) = (&request.project, &request.target);
    let road = Road::Acting(&holder);
    // What AWS is asked for comes first: fetching packages once is enough.
    let (opened, known) = with_answers(host, project, target, road, watch, open).await?;
    let mut project = project.clone();
    project.known = known;
    let written = opened.loaded.service.package.path;
    let mut packaged = match request.package.clone().or(written) {
        Some(from) => packaged::packaged(&then, &project, &from)?,
        None => package::package(&then, &project, None, watch).await?,
    };
    packaged.findings = package::judge(&packaged.service, &packaged.templates, packaged.findings)?;
    let target = of_service(&request.target, &packaged.service);
    let mut desired = desired::desired(&packaged, &request.project, &folder, &target);
    if request.without_files {
        let folders = packaged.service.plugins.synced.iter();
        desired.project.unsynced = Some(folders.map(|one| one.folder.clone()).collect());
    } else {
        let synced = synced::read(host, &folder, &packaged.service)?;
        desired.synced = synced.folders;
        packaged.left_out.extend(synced.left_out);
    }
    Ok(Draft {
        folder,
        project,
        packaged,
        desired,
    })
}

#[derive(Debug)]
struct Ready {
    project: ProjectRequest,
    packaged: Packaged,
    desired: Desired,
    session: Session,
    reached: Reached,
    lock: Box<dyn Held>,
}

impl Ready {
    fn with(self, host: &Host, plan: Plan) -> Result<Prepared, ApiError> {
        Ok(Prepared {
            packaged: self.packaged,
            usual: usual::usual(host, &plan)?,
            plan,
            project: self.project,
            desired: self.desired,
            session: self.session,
            reached: self.reached,
            _lock: self.lock,
        })
    }
}

async fn ready(
    host: &Host,
    mut draft: Draft,
    request: &DeployRequest,
    verb: Verb,
    watch: &Watch,
) -> Result<Ready, ApiError> {
    let holder = format!("{verb} {}", draft.desired.stack);
    let region = &draft.packaged.service.region;
    let reached = reach(host, &draft.desired.target, region, &holder, watch).await?;
    let (project, place) = (&request.project, &draft.folder);
    let mut command = command::words(&verb.to_string(), project, place, &draft.desired.target);
    command.extend(command::of_this_once(request));
    let purpose = Purpose {
        verb,
        stack: draft.desired.stack.clone(),
        command,
        folder: draft.folder,
    };
    let (session, lock) = begin(host, &reached, purpose, watch).await?;
    let mut desired = draft.desired;
    let kept = room::keep_layers(&session, &mut desired).await;
    closing(&session, kept)?;
    nested::arrange(&session, &mut draft.packaged, &mut desired).await?;
    Ok(Ready {
        project: draft.project,
        packaged: draft.packaged,
        desired,
        session,
        reached,
        lock,
    })
}

/// Opens a session, takes the stack's lock, and settles what a dead operation left.
pub(crate) async fn begin(
    host: &Host,
    reached: &Reached,
    purpose: Purpose,
    watch: &Watch,
) -> Result<(Session, Box<dyn Held>), ApiError> {
    let watch = Arc::clone(watch);
    let verb = purpose.verb;
    let means = Means {
        cloud: reached.cloud.clone(),
        clock: Arc::clone(&host.clock),
        journal: Arc::clone(&host.journal),
        entropy: Arc::clone(&host.entropy),
        tell: Arc::new(move |progress| watch(Happening::Stack(progress))),
    };
    let session = Session::open(means, purpose).await?;
    let lock = lock(host, &session, verb)?;
    room::recover(&session).await?;
    Ok((session, lock))
}

/// One process at a time changes a stack. Another computer is kept off by CloudFormation itself.
fn lock(host: &Host, session: &Session, verb: Verb) -> Result<Box<dyn Held>, ApiError> {
    let place = session.place();
    let cloud = if place.sandbox { "sandbox" } else { "aws" };
    let name = format!(
        "locks/{cloud}-{}-{}-{}",
        place.account, place.region, place.stack
    );
    let words = format!("pilothouse {verb}");
    let of_folder = |problem| cloud_error::of_folder(&problem);
    if let Some(held) = host.data.take(&name, &words).map_err(of_folder)? {
        return Ok(held);
    }
    let holder = host.data.holder(&name).map_err(of_folder)?;
    Err(ApiError::new(
        Code::StackBusy,
        Kind::Precondition,
        format!("another Pilothouse is working on the stack {}", place.stack),
    )
    .detail(
        holder
            .filter(|words| !words.is_empty())
            .unwrap_or_else(|| "it does not say what it does".to_owned()),
    )
    .hint("Wait until it is done, then repeat the command"))
}

impl Prepared {
    /// Executes the plan. A request to stop ends it where it can end well: before anything is sent nothing is
    /// changed and the plan is thrown away, an update that is under way is put back. A second one waits for
    /// nothing. Preparing changes nothing, so it takes no request: one that was made meanwhile is heeded here.
    ///
    /// # Errors
    /// When it does not fit any more, the change fails, or it was asked to stop ([`Code::Cancelled`]).
    pub async fn apply(mut self, cancel: &Cancel) -> Result<Release, ApiError> {
        self.session.heed(cancel);
        let applied = room::apply(&self.session, &self.desired, &self.plan).await;
        let applied = closing(&self.session, applied)?;
        let outcome = if self.plan.is_empty() {
            Outcome::Nothing
        } else {
            Outcome::Done
        };
        self.session.close(outcome, &applied.stack.status)?;
        let service = &self.packaged.service;
        let functions = self.desired.functions.iter();
        Ok(Release {
            endpoints: endpoints(service, &applied.stack.outputs, &self.reached.cloud.target),
            stack: applied.stack.name,
            stack_id: applied.stack.id,
            region: service.region.clone(),
            changed: !self.plan.is_empty(),
            functions: functions
                .map(|one| (one.key.clone(), one.name.clone()))
                .collect(),
            outputs: applied.stack.outputs,
        })
    }

    /// Throws away what the plan left in the cloud.
    ///
    /// # Errors
    /// When the cloud does not answer.
    pub async fn discard(self) -> Result<Plan, ApiError> {
        let discarded = room::discard(&self.session, &self.desired, &self.plan).await;
        closing(&self.session, discarded)?;
        self.session
            .close(Outcome::Done, "looked at, and not executed")?;
        Ok(self.plan)
    }

    /// Leaves the change set in the cloud, for a plan that is saved and executed later.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub fn keep(self) -> Result<Plan, ApiError> {
        self.session.close(Outcome::Done, "saved for later")?;
        Ok(self.plan)
    }
}

/// What failed is told to the journal too.
pub(crate) fn closing<T>(
    session: &Session,
    answer: Result<T, DeployProblem>,
) -> Result<T, ApiError> {
    match answer {
        Ok(value) => Ok(value),
        Err(problem) => {
            session.close_failed(&problem)?;
            Err(problem.into())
        }
    }
}

/// The same host at a moment that stands still, for packaging: the moment names the release. The convention
/// of reproducible builds would give two releases the same name, so it does not hold here.
fn at(host: &Host, moment: SystemTime) -> Host {
    Host {
        clock: Arc::new(StandingClock {
            moment,
            clock: Arc::clone(&host.clock),
        }),
        environment: Arc::new(WithoutEpoch(Arc::clone(&host.environment))),
        ..host.clone()
    }
}

#[derive(Debug)]
struct StandingClock {
    moment: SystemTime,
    clock: Arc<dyn Clock>,
}

impl Clock for StandingClock {
    fn now(&self) -> SystemTime {
        self.moment
    }

    fn sleep(&self, duration: Duration) -> Effect<'_, ()> {
        self.clock.sleep(duration)
    }
}

#[derive(Debug)]
struct WithoutEpoch(Arc<dyn Environment>);

impl Environment for WithoutEpoch {
    fn variable(&self, name: &str) -> Option<String> {
        if name == "SOURCE_DATE_EPOCH" {
            return None;
        }
        self.0.variable(name)
    }
}
