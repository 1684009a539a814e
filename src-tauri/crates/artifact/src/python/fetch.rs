//! Fetching: into a folder of its own that is put in place whole, and found again by what was asked for.

use std::sync::Arc;

use pilothouse_effects::{
    Clock, Entropy, Environment, PrivateFolder, Processes, ProjectFiles, Workplace,
};
use pilothouse_model::{Digest, ProjectPath};

use super::failure::consent_hash;
use super::make::{Making, make};
use super::problem::PythonProblem;
use super::record::{FetchedFile, FetchedPackage, Record};
use super::requirement::{Place, Requirement};
use super::settings::PythonSettings;
use super::source::Listed;
use super::target::PythonTarget;

/// Where everything lies that was fetched.
const FOLDER: &str = "python";
const RECORD: &str = "record.json";
/// Changes when what is made of the same list changes.
const FORM: &str = "1";
/// How many lists are kept; the oldest go.
const MOST_KEPT: usize = 30;
const MOST_WHEEL: u64 = 1 << 30;

/// What fetching asks of the outside world.
#[derive(Debug, Clone)]
pub struct PythonWorld {
    /// Where what was fetched is kept.
    pub store: Arc<dyn PrivateFolder>,
    /// Folders of this computer.
    pub workplace: Arc<dyn Workplace>,
    /// Programs of this computer.
    pub processes: Arc<dyn Processes>,
    /// Variables of this process.
    pub environment: Arc<dyn Environment>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
}

/// What happens while packages are fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PythonEvent {
    /// It begins.
    Choosing {
        /// The file that lists them.
        source: String,
        /// The runtime.
        target: String,
        /// The program.
        tool: String,
    },
    /// A package is fetched.
    Fetching {
        /// Its name.
        package: String,
        /// How many were before it.
        done: usize,
    },
    /// A package is built, with consent.
    Building {
        /// As it is written.
        package: String,
    },
    /// All are there.
    Fetched {
        /// How many.
        packages: usize,
        /// Their bytes.
        bytes: u64,
        /// How long it took.
        millis: u64,
    },
}

/// Takes what happens.
pub type PythonTell<'a> = &'a (dyn Fn(PythonEvent) + Send + Sync);

/// What is to be fetched.
#[derive(Debug)]
pub struct Order<'a> {
    /// The list.
    pub listed: &'a Listed,
    /// The runtime.
    pub target: PythonTarget,
    /// What the service says.
    pub settings: &'a PythonSettings,
    /// The project.
    pub project: &'a dyn ProjectFiles,
    /// Its folder's whole path.
    pub root: &'a str,
}

/// Packages that are there.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The file that lists them.
    pub source: String,
    /// The runtime that they are for.
    pub target: PythonTarget,
    /// The program that fetched them.
    pub tool: String,
    /// The packages, by name.
    pub packages: Vec<FetchedPackage>,
    /// What the user should know.
    pub notes: Vec<String>,
    /// The digest of what was asked for, by which they are found again.
    pub key: String,
    pub(crate) files: Vec<FetchedFile>,
    pub(crate) tree: Arc<dyn ProjectFiles>,
    pub(crate) text: String,
}

impl Fetched {
    /// Whether any of them runs on its own platform alone.
    pub fn has_native_code(&self) -> bool {
        self.files
            .iter()
            .any(|file| file.path.ends_with(".so") || file.path.contains(".so."))
    }

    /// Bytes of all files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }
}

/// Packages that were fetched before; none when they were not, or the service wants them anew.
///
/// # Errors
/// When the folder of what was fetched cannot be read.
pub fn find(world: &PythonWorld, order: &Order<'_>) -> Result<Option<Fetched>, PythonProblem> {
    let key = key(order)?;
    let Some(bytes) = world.store.read(&format!("{FOLDER}/{key}/{RECORD}"), 0)? else {
        return Ok(None);
    };
    Record::parse(&bytes)
        .map(|record| fetched(world, order, key, record))
        .transpose()
}

/// Packages, fetched unless they were before. `allows` answers whether code with a hash may run.
///
/// # Errors
/// When one cannot be had; what was fetched so far is thrown away.
pub async fn fetch(
    world: &PythonWorld,
    order: &Order<'_>,
    allows: &(dyn Fn(&str) -> bool + Sync),
    tell: PythonTell<'_>,
) -> Result<Fetched, PythonProblem> {
    if !order.settings.refresh
        && let Some(found) = find(world, order)?
    {
        return Ok(found);
    }
    let sources = order.listed.sources();
    let hash = consent_hash(&sources);
    if !sources.is_empty() && !allows(&hash) {
        return Err(PythonProblem::Consent {
            packages: sources,
            hash,
        });
    }
    let token = world
        .entropy
        .token()
        .map_err(|problem| PythonProblem::Fetch {
            told: problem.to_string(),
        })?;
    let staging = format!("{FOLDER}/staging-{token}");
    let made = make(&Making {
        world,
        order,
        staging: &staging,
        allows,
        tell,
    })
    .await;
    let done = made.and_then(|record| put_in_place(world, order, &staging, record));
    if done.is_err() {
        // What was fetched before the disk was full would keep it full.
        let _ = world.store.remove(&staging);
    }
    done
}

fn put_in_place(
    world: &PythonWorld,
    order: &Order<'_>,
    staging: &str,
    record: Record,
) -> Result<Fetched, PythonProblem> {
    let key = key(order)?;
    world
        .store
        .write(&format!("{staging}/{RECORD}"), &record.to_bytes())?;
    let place = format!("{FOLDER}/{key}");
    if order.settings.refresh {
        world.store.remove(&place)?;
    }
    if let Err(problem) = world.store.rename(staging, &place) {
        // Another process was faster: what it put there is the same.
        let there = world.store.read(&format!("{place}/{RECORD}"), 0)?;
        world.store.remove(staging)?;
        if there.is_none() {
            return Err(problem.into());
        }
    }
    forget_oldest(world, &key)?;
    fetched(world, order, key, record)
}

fn fetched(
    world: &PythonWorld,
    order: &Order<'_>,
    key: String,
    record: Record,
) -> Result<Fetched, PythonProblem> {
    let folder = world.store.folder(&format!("{FOLDER}/{key}/files"))?;
    Ok(Fetched {
        source: order.listed.source.clone(),
        target: order.target,
        tool: record.tool,
        packages: record.packages,
        notes: record.notes,
        key,
        files: record.files,
        tree: world.workplace.project(&folder)?,
        text: order.listed.text(),
    })
}

/// What was asked for, as a digest: the list, the runtime, and what else decides over the bytes.
fn key(order: &Order<'_>) -> Result<String, PythonProblem> {
    let requirements = &order.listed.requirements;
    let mut text = format!(
        "{FORM}\n{}\nstrip {}\ncomplete {}\n",
        order.target, order.settings.strip, requirements.is_complete
    );
    let mut add = |name: &str, line: &str| {
        text.push_str(name);
        text.push(' ');
        text.push_str(line);
        text.push('\n');
    };
    for one in sorted(&requirements.wanted) {
        add("wanted", &one.line(""));
        match &one.place {
            Some(Place::OwnWheel(path)) => add("wheel", &digest(order.project, path)?.to_string()),
            Some(Place::Own(path)) => add("own", &super::build::digest_of(order.project, path)?),
            _ => {}
        }
    }
    for one in sorted(&requirements.constraints) {
        add("constraint", &one.line(""));
    }
    for (option, value) in requirements.options.iter().chain(&order.settings.extra) {
        add(option, value.as_deref().unwrap_or_default());
    }
    Ok(Digest::of(text.as_bytes()).to_string())
}

fn sorted(list: &[Requirement]) -> Vec<&Requirement> {
    let mut sorted: Vec<&Requirement> = list.iter().collect();
    sorted.sort_by_key(|one| one.line(""));
    sorted
}

/// The digest of a wheel of the project.
fn digest(project: &dyn ProjectFiles, path: &str) -> Result<Digest, PythonProblem> {
    let path = ProjectPath::parse(path)
        .map_err(|problem| PythonProblem::Setting(format!("`{path}`: {problem}")))?;
    Ok(Digest::of(&project.read(&path, MOST_WHEEL)?))
}

/// Removes what was fetched longest ago, when it is more than anybody needs.
fn forget_oldest(world: &PythonWorld, newest: &str) -> Result<(), PythonProblem> {
    let names = world.store.names(FOLDER)?;
    let kept: Vec<String> = names
        .into_iter()
        .filter(|name| name.len() == 64 && name != newest)
        .collect();
    if kept.len() < MOST_KEPT {
        return Ok(());
    }
    let mut by_age = Vec::with_capacity(kept.len());
    for name in kept {
        let bytes = world.store.read(&format!("{FOLDER}/{name}/{RECORD}"), 0)?;
        let millis = bytes
            .as_deref()
            .and_then(Record::parse)
            .map_or(0, |record| record.millis);
        by_age.push((millis, name));
    }
    by_age.sort_unstable_by(|one, other| other.cmp(one));
    for (_, name) in by_age.into_iter().skip(MOST_KEPT - 1) {
        world.store.remove(&format!("{FOLDER}/{name}"))?;
    }
    Ok(())
}
