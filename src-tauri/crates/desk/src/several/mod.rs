//! Folders that hold several services: what is in them, how it stands, and the way to each of its services.

mod audience;
mod deploy;
mod plan;
mod removal;

use std::collections::HashMap;
use std::sync::Mutex;

use pilothouse_api::deploy::DeployRequest;
use pilothouse_api::several::{self as room, Member, Outputs};
use pilothouse_api::{ApiError, Kind, activity, show, words};
use pilothouse_model::Code;
use tokio::sync::oneshot;

use crate::Desk;
use crate::shelf::{Known, Shelf, Within};
use crate::wire::{
    Member as MemberView, MemberAbout, MemberStanding, Need, Place, Problem, SeveralView, count,
};

pub(crate) use deploy::HeldSeveral;
pub(crate) use removal::HeldSeveralRemoval;

/// Questions of tasks that wait for an answer, by their ids.
pub(crate) type Questions = Mutex<HashMap<String, Asking>>;

/// A question that waits for an answer.
#[derive(Debug)]
pub(crate) struct Asking {
    /// The stage, when it must be typed to go on.
    typed: Option<String>,
    tell: oneshot::Sender<bool>,
}

/// The services of a folder, and how they are asked for.
#[derive(Debug)]
pub(crate) struct Found {
    known: Known,
    request: DeployRequest,
    several: room::Several,
}

impl Desk {
    /// A folder of several services, from its files alone.
    ///
    /// # Errors
    /// When the folder is not open, or what says which services there are is wrong. A single service that is wrong
    /// says so itself.
    pub fn several(&self, place: &Place) -> Result<SeveralView, Problem> {
        let found = self.find_several(place)?;
        let mut stages: Vec<String> = place.stage.iter().cloned().collect();
        let mut region = None;
        let mut services = Vec::new();
        for member in &found.several.members {
            let read = self.read_member(&found, member);
            let (about, problem) = match read {
                Ok(read) => {
                    let shown = read.shown;
                    region = region.or(Some(shown.region));
                    stages.extend(shown.stages);
                    let about = MemberAbout {
                        service: shown.service,
                        stack: shown.stack,
                        functions: count(shown.functions.len()),
                        resources: count(shown.resources.len()),
                    };
                    (Some(about), None)
                }
                Err(error) => (None, Some(error.into())),
            };
            services.push(MemberView {
                name: member.name.clone(),
                path: member.path.clone(),
                level: count(member.level),
                needs: needs(member),
                about,
                problem,
            });
        }
        let stage = place.stage.clone().or(stages.first().cloned());
        let stage = stage.unwrap_or_else(|| "dev".to_owned());
        let mut seen = std::collections::HashSet::new();
        stages.retain(|one| seen.insert(one.clone()));
        let config = room::compose_file(&self.host, &found.known.folder).map(str::to_owned);
        let name = found.name();
        let read_from = config.clone().unwrap_or_else(|| "folders".to_owned());
        self.shelf.read(
            &found.known.id,
            &name,
            &read_from,
            place.stage.clone(),
            &place.target,
        )?;
        Ok(SeveralView {
            folder: self.for_people(&found.known.folder),
            command: self.command_for_all("plan", &found.request),
            production: words::is_production(&stage),
            target: place.target.clone(),
            id: found.known.id,
            name,
            config,
            stage,
            stages,
            region,
            services,
        })
    }

    /// How each of several services stands. A sandbox that does not run is not started for this, and nothing is asked
    /// for a configuration that takes values from AWS.
    ///
    /// # Errors
    /// As [`Desk::several`].
    pub async fn several_standing(&self, place: &Place) -> Result<Vec<MemberStanding>, Problem> {
        let found = self.find_several(place)?;
        let done = activity::activity(&self.host, crate::looks::RECENT)?;
        let mut all = Vec::new();
        for member in &found.several.members {
            let standing = self.member_standing(&found, member, place, &done).await;
            let (deployed, problem) = match standing {
                Ok(deployed) => (Some(deployed), None),
                Err(error) => (None, Some(error.into())),
            };
            all.push(MemberStanding {
                service: member.name.clone(),
                deployed,
                problem,
            });
        }
        Ok(all)
    }

    async fn member_standing(
        &self,
        found: &Found,
        member: &Member,
        place: &Place,
        done: &[activity::Activity],
    ) -> Result<crate::wire::Deployed, ApiError> {
        let read = self.read_member(found, member)?;
        let request = found.pretended(member);
        let folder = self.host.workplace.absolute(&request.project.folder)?;
        let asked = crate::looks::Asked {
            place,
            request: &request,
            folder: &folder,
            shown: &read.shown,
        };
        self.deployed_of(&asked, done).await
    }

    /// Opens one of several services and answers its project's id.
    ///
    /// # Errors
    /// When there is no such service any more.
    pub fn open_service(&self, place: &Place, service: &str) -> Result<String, Problem> {
        let found = self.find_several(place)?;
        let mut members = found.several.members.iter();
        let member = members.find(|one| one.name == service).ok_or_else(|| {
            ApiError::new(
                Code::ProjectUnknown,
                Kind::User,
                format!("there is no service `{service}` in the folder any more"),
            )
            .hint("Look at the folder again")
        })?;
        let folder = found.pretended(member).project.folder;
        let folder = self.host.workplace.absolute(&folder);
        let folder = folder.map_err(ApiError::from)?;
        let within = Within {
            folder: found.known.folder,
            service: service.to_owned(),
        };
        Ok(self.shelf.open(&folder, Some(within))?)
    }

    /// What a service among several is asked with: what others give it is pretended. For what is only read, or taken
    /// away.
    pub(crate) fn request_within(
        &self,
        place: &Place,
        within: &Within,
    ) -> Result<Option<DeployRequest>, Problem> {
        let all = self.plain_request(place, &within.folder)?;
        let member = room::member(&self.host, &all, &within.service);
        Ok(member.map(|member| pretended(&member, &all)))
    }

    /// Gives a service that is planned by itself the outputs of those that it reads from.
    ///
    /// # Errors
    /// When one of them does not stand.
    pub(crate) async fn give_outputs(
        &self,
        place: &Place,
        request: &mut DeployRequest,
    ) -> Result<(), Problem> {
        let known = self.shelf.find(&place.project)?;
        let Some(within) = known.within else {
            return Ok(());
        };
        let all = self.plain_request(place, &within.folder)?;
        if let Some(own) = room::one(&self.host, &all, &within.service).await? {
            request.project.params = own.project.params;
        }
        Ok(())
    }

    pub(crate) fn find_several(&self, place: &Place) -> Result<Found, Problem> {
        let known = self.shelf.find(&place.project)?;
        let request = self.plain_request(place, &known.folder)?;
        let several = room::find(&self.host, &request)?;
        Ok(Found {
            known,
            request,
            several,
        })
    }

    fn read_member(&self, found: &Found, member: &Member) -> Result<show::Read, ApiError> {
        show::show(&self.host, &found.pretended(member).project)
    }

    fn command_for_all(&self, verb: &str, request: &DeployRequest) -> String {
        format!("{} --all", self.command(verb, request))
    }
}

impl Found {
    /// The folder's own name.
    fn name(&self) -> String {
        Shelf::name_of(&self.known.folder).to_owned()
    }

    fn pretended(&self, member: &Member) -> DeployRequest {
        pretended(member, &self.request)
    }
}

/// What stands in for outputs is there for each that is missing, so the first way never fails.
fn pretended(member: &Member, all: &DeployRequest) -> DeployRequest {
    let outputs = member.pretended(&Outputs::new());
    member
        .request(all, &outputs)
        .unwrap_or_else(|_| all.clone())
}

fn needs(member: &Member) -> Vec<Need> {
    let one = |(service, why): (&String, &String)| Need {
        service: service.clone(),
        why: why.clone(),
    };
    member.needs.iter().map(one).collect()
}
