//! What the window reads: its first page, projects, what stands, what was done.

use std::sync::Arc;

use pilothouse_api::deploy::DeployRequest;
use pilothouse_api::info::{self, Info};
use pilothouse_api::target::Watch;
use pilothouse_api::{
    ApiError, Kind, activity, doctor, endpoints, examples, profiles, sandbox, several, show, words,
};
use pilothouse_model::{Code, PlannedTarget};

use crate::Desk;
use crate::plan_view::pairs;
use crate::problem::findings;
use crate::shelf::Shelf;
use crate::wire::{
    Activity, Around, Deployed, EndpointView, Identity, LastChange, Limit, Place, Preferences,
    Prerequisite, Problem, ProjectView, RecentProject, SandboxRunning, SandboxStanding,
    SandboxView, StackResource, Standing, Start, Versions, moment,
};

/// How many operations of the journal are looked through for what was done last.
pub(crate) const RECENT: usize = 200;

/// A service whose standing is asked for.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) place: &'a Place,
    pub(crate) request: &'a DeployRequest,
    pub(crate) folder: &'a str,
    pub(crate) shown: &'a show::Shown,
}

impl Desk {
    /// Everything for the first paint.
    ///
    /// # Errors
    /// When the data folder cannot be used.
    pub fn start(&self) -> Result<Start, Problem> {
        let (opened, not_opened) = self.asked_for();
        Ok(Start {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            preferences: self.shelf.preferences()?,
            recent: self.recent()?,
            opened,
            not_opened,
            profiles: profiles::names(&self.host),
            sandbox: self.sandbox_view()?,
            tasks: self.tasks.views(),
            examples: examples::list(),
        })
    }

    /// Remembers how the user likes the window.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn set_preferences(&self, preferences: Preferences) -> Result<(), Problem> {
        Ok(self.shelf.set_preferences(preferences)?)
    }

    /// What this computer must have.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub async fn prerequisites(&self) -> Result<Vec<Prerequisite>, Problem> {
        Ok(doctor::doctor(&self.host).await?)
    }

    /// Opens a folder and answers the project's id. Nothing of it is run, and it need not be right yet.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn open_folder(&self, folder: &str) -> Result<String, Problem> {
        let folder = self
            .host
            .workplace
            .absolute(folder)
            .map_err(ApiError::from)?;
        Ok(self.shelf.open(&folder, None)?)
    }

    /// Copies an example into the user's folder and opens it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn open_example(&self, example: &str) -> Result<String, Problem> {
        let folder = examples::copy(&self.host, example, None)?;
        Ok(self.shelf.open(&folder, None)?)
    }

    /// Takes a project off the list. Its files stay.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn forget_project(&self, project: &str) -> Result<(), Problem> {
        Ok(self.shelf.forget(project)?)
    }

    fn recent(&self) -> Result<Vec<RecentProject>, ApiError> {
        let done = activity::activity(&self.host, RECENT)?;
        let one = |known: crate::shelf::Known| RecentProject {
            missing: self.host.workplace.absolute(&known.folder).is_err(),
            last: last_change(&done, |one| one.folder == known.folder),
            folder: self.for_people(&known.folder),
            id: known.id,
            name: known.name,
            config: known.config,
            opened_at: known.opened_at,
            stage: known.stage,
            target: known.target,
        };
        Ok(self.shelf.projects()?.into_iter().map(one).collect())
    }

    /// A path as people write it: their home is `~`.
    pub(crate) fn for_people(&self, folder: &str) -> String {
        let home = self.host.environment.variable("HOME").unwrap_or_default();
        match folder.strip_prefix(home.as_str()) {
            Some(rest) if home.len() > 1 && rest.starts_with('/') => format!("~{rest}"),
            _ => folder.to_owned(),
        }
    }

    /// The service for a stage, from its files alone.
    ///
    /// # Errors
    /// With every diagnostic of the files.
    pub fn project(&self, place: &Place) -> Result<ProjectView, Problem> {
        let known = self.shelf.find(&place.project)?;
        let request = self.request_of(place)?;
        let read = show::show(&self.host, &request.project);
        let read = read.map_err(|error| self.or_several(error, &request))?;
        let shown = read.shown;
        self.shelf.read(
            &known.id,
            &shown.service,
            &shown.config,
            place.stage.clone(),
            &place.target,
        )?;
        Ok(ProjectView {
            id: known.id,
            folder: self.for_people(&known.folder),
            production: words::is_production(&shown.stage),
            target: place.target.clone(),
            service: shown.service,
            config: shown.config,
            stage: shown.stage,
            stages: shown.stages,
            region: shown.region,
            stack: shown.stack,
            functions: shown.functions,
            resources: shown.resources,
            outputs: shown.outputs,
            drawing: shown.drawing,
            asked: self.asked(place),
            findings: findings(&read.findings),
            within: known.within.as_ref().map(|within| Around {
                project: Shelf::id(&within.folder),
                name: Shelf::name_of(&within.folder).to_owned(),
            }),
        })
    }

    /// A folder without a service of its own may hold several, which is no fault.
    fn or_several(&self, error: ApiError, request: &DeployRequest) -> ApiError {
        if error.code != Code::ConfigMissing || !several::holds(&self.host, &request.project) {
            return error;
        }
        ApiError::new(
            Code::SeveralServices,
            Kind::User,
            format!("`{}` holds several services", request.project.folder),
        )
        .hint("Open one of them, or work on all of them at once: --all")
    }

    /// What stands in the cloud. A sandbox that does not run is not started for this.
    ///
    /// # Errors
    /// When the project is wrong or the cloud does not answer.
    pub async fn deployed(&self, place: &Place) -> Result<Deployed, Problem> {
        let known = self.shelf.find(&place.project)?;
        let request = self.request_of(place)?;
        let read = show::show(&self.host, &request.project)?;
        let done = activity::activity(&self.host, RECENT)?;
        let asked = Asked {
            place,
            request: &request,
            folder: &known.folder,
            shown: &read.shown,
        };
        Ok(self.deployed_of(&asked, &done).await?)
    }

    /// What stands of a service that was read.
    pub(crate) async fn deployed_of(
        &self,
        asked: &Asked<'_>,
        done: &[activity::Activity],
    ) -> Result<Deployed, ApiError> {
        let is_sandbox = asked.request.target == PlannedTarget::Sandbox;
        let mut deployed = Deployed {
            standing: Standing::Absent,
            status: None,
            status_reason: None,
            target: asked.place.target.clone(),
            identity: None,
            endpoints: Vec::new(),
            outputs: Vec::new(),
            resources: Vec::new(),
            last: last_change(done, |one| {
                one.stack == asked.shown.stack
                    && one.folder == asked.folder
                    && (one.account == "sandbox") == is_sandbox
            }),
            seen_at: moment(self.host.clock.now()),
        };
        if is_sandbox {
            let status = sandbox::status(&self.host)?;
            if status.running.is_none() {
                if status.keeps_state {
                    deployed.standing = Standing::Unknown;
                }
                return Ok(deployed);
            }
        }
        self.keep_sandbox(asked.place).await;
        let found = info::info(&self.host, asked.request, &silent()).await;
        match found {
            Ok(info) => fill(&mut deployed, info, is_sandbox),
            Err(error) if error.code == Code::StackMissing => {
                let region = &asked.shown.region;
                deployed.identity = self.identity(asked.request, region).await;
            }
            Err(error) => return Err(error),
        }
        Ok(deployed)
    }

    async fn identity(&self, request: &DeployRequest, region: &str) -> Option<Identity> {
        let is_sandbox = request.target == PlannedTarget::Sandbox;
        let whom = info::whoami(&self.host, &request.target, region, &silent())
            .await
            .ok()?;
        Some(Identity::new(&whom.account, region, &whom.arn, is_sandbox))
    }

    /// The address of an endpoint that stands.
    ///
    /// # Errors
    /// When nothing stands there, or the cloud does not answer.
    pub async fn endpoint_url(&self, place: &Place, endpoint: &str) -> Result<String, Problem> {
        let deployed = self.deployed(place).await?;
        let found = deployed
            .endpoints
            .into_iter()
            .find(|one| one.id == endpoint);
        let missing = || {
            ApiError::new(
                Code::StackMissing,
                Kind::Precondition,
                "this endpoint does not stand any more",
            )
            .hint("Look at the service again: it may have been deployed or removed since")
        };
        Ok(found.ok_or_else(missing)?.url)
    }

    /// What is told when the system's browser does not open an address.
    pub fn not_opened(url: &str, why: &str) -> Problem {
        ApiError::new(
            Code::NotOpened,
            Kind::Precondition,
            "the browser could not be asked to open it",
        )
        .detail(why)
        .hint(format!("Copy the address and open it yourself: {url}"))
        .into()
    }

    /// How the sandbox stands.
    ///
    /// # Errors
    /// When the data folder cannot be read.
    pub fn sandbox(&self) -> Result<SandboxView, Problem> {
        Ok(self.sandbox_view()?)
    }

    pub(crate) fn sandbox_view(&self) -> Result<SandboxView, ApiError> {
        Ok(SandboxView::of(sandbox::status(&self.host)?))
    }

    /// What was done, newest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn activity(&self, most: u32) -> Result<Vec<Activity>, Problem> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let known = self.shelf.projects()?;
        let one = |one: activity::Activity| Activity {
            project: known
                .iter()
                .find(|known| known.folder == one.folder)
                .map(|known| known.id.clone()),
            command: one.command_line(),
            id: one.id,
            verb: one.verb,
            stack: one.stack,
            account: one.account,
            region: one.region,
            principal: one.principal,
            at: moment(one.began),
            outcome: one.outcome,
            words: one.words,
            millis: one.millis.and_then(|millis| u32::try_from(millis).ok()),
        };
        let done = activity::activity(&self.host, most)?;
        Ok(done.into_iter().map(one).collect())
    }
}

pub(crate) fn silent() -> Watch {
    Arc::new(|_| {})
}

/// The newest operation that changed something.
fn last_change(
    done: &[activity::Activity],
    fits: impl Fn(&activity::Activity) -> bool,
) -> Option<LastChange> {
    let last = done.iter().find(|one| one.verb != "plan" && fits(one))?;
    Some(LastChange {
        verb: last.verb.clone(),
        outcome: last.outcome.clone(),
        at: moment(last.began),
        target_words: if last.account == "sandbox" {
            "the sandbox".to_owned()
        } else {
            format!("account {}", last.account)
        },
        stack: last.stack.clone(),
    })
}

fn fill(deployed: &mut Deployed, info: Info, is_sandbox: bool) {
    deployed.standing = standing(&info.status);
    deployed.status = Some(info.status);
    deployed.status_reason = info.reason;
    deployed.identity = Some(Identity::new(
        &info.principal.account,
        &info.region,
        &info.principal.arn,
        is_sandbox,
    ));
    let views = info.endpoints.iter().enumerate();
    deployed.endpoints = views
        .map(|(number, one)| EndpointView::of(number, one))
        .collect();
    deployed.outputs = pairs(&info.outputs);
    deployed.resources = info.resources.iter().map(StackResource::of).collect();
}

fn standing(status: &str) -> Standing {
    match status {
        "CREATE_COMPLETE" | "UPDATE_COMPLETE" | "IMPORT_COMPLETE" => Standing::Live,
        "UPDATE_ROLLBACK_COMPLETE" | "IMPORT_ROLLBACK_COMPLETE" => Standing::RolledBack,
        "REVIEW_IN_PROGRESS" => Standing::Absent,
        _ if status.ends_with("_IN_PROGRESS") => Standing::Busy,
        _ => Standing::Stuck,
    }
}

impl EndpointView {
    pub(crate) fn of(number: usize, endpoint: &endpoints::Endpoint) -> Self {
        Self {
            id: number.to_string(),
            function: endpoint.function.clone(),
            method: endpoint.method.clone(),
            url: endpoint.url.clone(),
            path: endpoint.path.clone(),
            signed: endpoint.signed,
        }
    }
}

impl StackResource {
    pub(crate) fn of(resource: &info::StackResource) -> Self {
        Self {
            logical_id: resource.logical_id.clone(),
            physical_id: resource.physical_id.clone(),
            resource_type: resource.kind.clone(),
            type_words: words::of_type(&resource.kind),
            status: resource.status.clone(),
        }
    }
}

impl SandboxView {
    fn of(status: sandbox::StatusView) -> Self {
        Self {
            standing: match status.standing {
                "starting" => SandboxStanding::Starting,
                "running" => SandboxStanding::Running,
                "stopping" => SandboxStanding::Stopping,
                "failed" => SandboxStanding::Failed,
                _ => SandboxStanding::Stopped,
            },
            reason: status.reason,
            installed: status.installed,
            running: status.running.map(|running| SandboxRunning {
                url: running.url,
                region: running.region,
                postgres_port: u32::from(running.postgres_port),
                since: of_millis(&running.since_millis),
                memory_kilobytes: running.memory_kilobytes,
                listens_on: running.listens_on,
                restarts: running.restarts,
                python: running.python,
            }),
            used_by: status.used_by,
            until_down: status.until_down,
            keeps_state: status.keeps_state,
            versions: Versions {
                ministack: status.versions.ministack.to_owned(),
                boto3: status.versions.boto3.to_owned(),
                postgres: status.versions.postgres.to_owned(),
            },
            limits: status
                .limits
                .into_iter()
                .map(|limit| Limit {
                    id: limit.id.to_owned(),
                    text: limit.text.to_owned(),
                })
                .collect(),
        }
    }
}

fn of_millis(text: &str) -> String {
    let millis = text.parse().unwrap_or(0);
    moment(std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_millis(millis))
}
