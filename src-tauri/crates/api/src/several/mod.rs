//! Several services in one folder: which they are, and in which order they stand up.
//!
//! A folder with a `serverless-compose.yml` says itself which services it has. Without one, every folder below it
//! that holds a configuration is one. A service comes after those it reads from: compose's `dependsOn` and
//! `${service.output}`, outputs read by `${cf:...}`, and exports read by `Fn::ImportValue`.

mod audience;
mod compose;
mod deploy;
mod links;
mod look;
mod order;
mod remove;
mod together;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use pilothouse_effects::{EntryKind, ProjectFiles};
use pilothouse_model::{Code, ProjectPath};

use crate::deploy::DeployRequest;
use crate::project::ProjectRequest;
use crate::{ApiError, Host, Kind, project};

pub use audience::{Answer, Audience, Moved, first_words};
pub use deploy::{Agreed, Deployed, deploy};
pub use look::{Seen, look};
pub use order::{Fate, Round};
pub use remove::{Doomed, Removed, look_at_removal, remove};

/// How deep below the folder services are looked for.
const DEEPEST: usize = 4;
/// Folders that hold code of others.
const FOREIGN: [&str; 4] = ["node_modules", "venv", "vendor", "target"];

/// The services of a folder, each after those it depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Several {
    /// The services in the order in which they are deployed.
    pub members: Vec<Member>,
}

/// One service of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// What it is called among the others: compose's name, or its folder.
    pub name: String,
    /// Its folder below the one that was opened.
    pub path: String,
    /// Its configuration, when it has no usual name.
    pub config: Option<String>,
    /// Parameters that it is given.
    pub params: IndexMap<String, Vec<Part>>,
    /// The services it comes after, and why.
    pub needs: BTreeMap<String, String>,
    /// How many steps lead to it: those of one level do not need each other.
    pub level: usize,
}

/// A piece of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// As it is written.
    Text(String),
    /// An output of another service.
    Output {
        /// The service.
        service: String,
        /// The output.
        output: String,
    },
}

/// The outputs of services that stand, by service.
pub type Outputs = BTreeMap<String, IndexMap<String, String>>;

/// Finds the services of a folder and their order. No cloud is asked.
///
/// # Errors
/// When there is none, the compose file is wrong, or services wait for each other in a circle.
pub fn find(host: &Host, request: &DeployRequest) -> Result<Several, ApiError> {
    let files = host.workplace.project(&request.project.folder)?;
    let mut members = match compose::find(host, files.as_ref(), &request.project)? {
        Some(members) => members,
        None => below(files.as_ref(), &request.project.folder)?,
    };
    links::add(host, request, &mut members);
    let members = order::sorted(members).map_err(|circle| {
        ApiError::new(
            Code::ServiceCycle,
            Kind::Config,
            format!(
                "services wait for each other in a circle: {}",
                circle.join(" -> ")
            ),
        )
        .hint("Let one of them do without what it reads from the other")
    })?;
    Ok(Several { members })
}

/// Every folder below that holds a configuration.
fn below(files: &dyn ProjectFiles, folder: &str) -> Result<Vec<Member>, ApiError> {
    let skip = |path: &ProjectPath| {
        let name = path.file_name();
        name.starts_with('.') || FOREIGN.contains(&name) || path.parts().count() > DEEPEST
    };
    let entries = files.walk(&skip)?;
    let mut found: Vec<Member> = Vec::new();
    for entry in entries {
        let is_file = matches!(entry.kind, EntryKind::File { .. });
        let Some(parent) = entry.path.parent() else {
            continue;
        };
        let path = parent.as_str().to_owned();
        let known = found.iter().any(|member| member.path == path);
        if is_file && !known && project::is_configuration(entry.path.file_name()) {
            found.push(Member::new(&path, &path));
        }
    }
    if found.is_empty() {
        let title = format!("there are no services below `{folder}`");
        return Err(ApiError::new(Code::ConfigMissing, Kind::User, title)
            .hint("Name the folder that holds them with --dir")
            .hint("For the service of one folder leave --all out"));
    }
    Ok(found)
}

/// Whether a folder has a compose file and no service of its own.
pub fn is_compose(host: &Host, request: &ProjectRequest) -> bool {
    let Ok(files) = host.workplace.project(&request.folder) else {
        return false;
    };
    request.config.is_none()
        && compose::is_there(files.as_ref())
        && project::configuration(files.as_ref(), request)
            .is_err_and(|error| error.code == Code::ConfigMissing)
}

/// Whether a folder has no service of its own and holds several.
pub fn holds(host: &Host, request: &ProjectRequest) -> bool {
    let Ok(files) = host.workplace.project(&request.folder) else {
        return false;
    };
    let is_service = request.config.is_some()
        || !project::configuration(files.as_ref(), request)
            .is_err_and(|error| error.code == Code::ConfigMissing);
    !is_service
        && (compose::is_there(files.as_ref()) || below(files.as_ref(), &request.folder).is_ok())
}

/// The file that says which services a folder has, by its name.
pub fn compose_file(host: &Host, folder: &str) -> Option<&'static str> {
    let files = host.workplace.project(folder).ok()?;
    compose::file(files.as_ref())
}

fn missing(outputs: Vec<String>) -> ApiError {
    ApiError::new(
        Code::StackMissing,
        Kind::Precondition,
        format!("there is no {}", outputs.join(", ")),
    )
    .hint("Give the service that it names an output of that name, or deploy it first")
}

/// The whole is a failure when part of it is. `verb` is the command that goes on from there.
///
/// # Errors
/// When a service does not stand, or is not gone, as wanted.
pub fn whole(round: &Round, word: &str, verb: &str) -> Result<(), ApiError> {
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

/// Services of which some cannot be planned are not deployed.
///
/// # Errors
/// When one of them cannot be planned.
pub fn all_planned(seen: &[Seen]) -> Result<(), ApiError> {
    let failed = seen.iter().filter(|one| matches!(one, Seen::Failed(_)));
    match failed.count() {
        0 => Ok(()),
        count => Err(not_planned(count, seen.len())),
    }
}

/// Some of several services cannot be planned.
pub fn not_planned(count: usize, of: usize) -> ApiError {
    let title = format!("{count} of {of} services cannot be planned");
    ApiError::new(Code::ServicesMissing, Kind::Precondition, title)
        .hint("Nothing was changed. Put right what is wrong with them, then plan again")
}

/// One service of a folder by its name, without its place among the others. None when the folder has no file that
/// says which services there are: then nothing is given to any of them.
pub fn member(host: &Host, request: &DeployRequest, name: &str) -> Option<Member> {
    let files = host.workplace.project(&request.project.folder).ok()?;
    let members = compose::find(host, files.as_ref(), &request.project).ok()??;
    members.into_iter().find(|member| member.name == name)
}

/// The request of one service of a folder, with the outputs of those that stand.
///
/// # Errors
/// With the outputs that it is given and nobody knows.
pub async fn one(
    host: &Host,
    request: &DeployRequest,
    name: &str,
) -> Result<Option<DeployRequest>, ApiError> {
    let several = find(host, request)?;
    let mut known = Outputs::new();
    for member in &several.members {
        if member.name == name {
            return Ok(Some(member.request(request, &known).map_err(missing)?));
        }
        look::learn(host, request, &several, member, &mut known).await;
    }
    Ok(None)
}

impl Several {
    /// Whether outputs of a service are given to others as parameters.
    pub fn is_read(&self, name: &str) -> bool {
        let mut parts = self
            .members
            .iter()
            .flat_map(|one| one.params.values().flatten());
        parts.any(|part| matches!(part, Part::Output { service, .. } if service == name))
    }
}

impl Member {
    /// What is known, with a text in the place of each output that this service is given and nobody knows: for what
    /// is only read.
    #[must_use]
    pub fn pretended(&self, known: &Outputs) -> Outputs {
        let mut outputs = known.clone();
        for part in self.params.values().flatten() {
            if let Part::Output { service, output } = part {
                let of_service = outputs.entry(service.clone()).or_default();
                of_service
                    .entry(output.clone())
                    .or_insert_with(|| "unknown".to_owned());
            }
        }
        outputs
    }

    fn new(name: &str, path: &str) -> Self {
        Self {
            name: name.to_owned(),
            path: path.to_owned(),
            config: None,
            params: IndexMap::new(),
            needs: BTreeMap::new(),
            level: 0,
        }
    }

    /// The request that deploys this service.
    ///
    /// # Errors
    /// With the outputs that it is given and nobody knows yet, as `service.output`.
    pub fn request(
        &self,
        all: &DeployRequest,
        known: &Outputs,
    ) -> Result<DeployRequest, Vec<String>> {
        let mut missing = Vec::new();
        let mut request = all.clone();
        request.project.folder = join(&all.project.folder, &self.path);
        request.project.config.clone_from(&self.config);
        let mut params = Vec::new();
        for (name, parts) in &self.params {
            let mut text = String::new();
            for part in parts {
                match part {
                    Part::Text(words) => text.push_str(words),
                    Part::Output { service, output } => {
                        match known.get(service).and_then(|all| all.get(output)) {
                            Some(value) => text.push_str(value),
                            None => missing.push(format!("{service}.{output}")),
                        }
                    }
                }
            }
            params.push(format!("{name}={text}"));
        }
        // What the command says comes last and counts.
        params.append(&mut request.project.params);
        request.project.params = params;
        if missing.is_empty() {
            Ok(request)
        } else {
            Err(missing)
        }
    }
}

/// A folder below another.
fn join(folder: &str, path: &str) -> String {
    if path.is_empty() || path == "." {
        return folder.to_owned();
    }
    format!("{}/{path}", folder.trim_end_matches(['/', '\\']))
}

#[cfg(test)]
mod tests;
