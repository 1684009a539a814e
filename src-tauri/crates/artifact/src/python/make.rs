//! One fetching, from the choice of a program to a tidied folder.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use pilothouse_effects::ProjectFiles;

use super::build::Builds;
use super::failure::{consent_hash, why};
use super::fetch::{Order, PythonEvent, PythonTell, PythonWorld};
use super::problem::PythonProblem;
use super::record::Record;
use super::requirement::Requirement;
use super::strip::strip;
use super::tidy::Tidying;
use super::tool::{Choice, Runner, Tool, package_of};

/// How often what a target needs and this computer does not is added.
const MOST_ROUNDS: usize = 5;
/// Options that a list of requirements may hold itself, where no other user of this computer reads them: an
/// address may have a password in it.
const IN_THE_LIST: &[&str] = &[
    "--index-url",
    "--extra-index-url",
    "--find-links",
    "--no-index",
];

/// One fetching.
pub(crate) struct Making<'a> {
    pub(crate) world: &'a PythonWorld,
    pub(crate) order: &'a Order<'a>,
    /// The folder in the store that is not in place yet.
    pub(crate) staging: &'a str,
    /// Whether code with a hash may run.
    pub(crate) allows: &'a (dyn Fn(&str) -> bool + Sync),
    pub(crate) tell: PythonTell<'a>,
}

/// Fetches into a folder that is not in place yet.
pub(crate) async fn make(making: &Making<'_>) -> Result<Record, PythonProblem> {
    let (world, order) = (making.world, making.order);
    let began = world.clock.now();
    let root = world.store.folder(making.staging)?;
    let runner = Runner {
        processes: Arc::clone(&world.processes),
        environment: Arc::clone(&world.environment),
    };
    let chosen = order.settings.python.as_deref();
    let tool = runner.find(&order.target, chosen, &root).await?;
    (making.tell)(PythonEvent::Choosing {
        source: order.listed.source.clone(),
        target: order.target.to_string(),
        tool: tool.words(),
    });
    let fetching = Fetching {
        making,
        runner: &runner,
        tool: &tool,
        root: &root,
        files: format!("{}/files", making.staging),
    };
    let built = fetching.all().await?;
    let (changed, notes) = strip(&runner, order, &root, &*fetching.tree()?).await?;
    let wanted = order.listed.requirements.wanted.iter();
    let asked: HashSet<String> = wanted
        .map(|one| one.name.clone())
        .chain(built.iter().cloned())
        .collect();
    let tree = fetching.tree()?;
    let (packages, files) = fetching.tidying(&*tree).tidy(&asked, &built, &changed)?;
    let now = world.clock.now();
    (making.tell)(PythonEvent::Fetched {
        packages: packages.len(),
        bytes: files.iter().map(|file| file.size).sum(),
        millis: millis(now.duration_since(began).unwrap_or_default()),
    });
    Ok(Record {
        tool: tool.words(),
        packages,
        files,
        notes,
        millis: millis(now.duration_since(UNIX_EPOCH).unwrap_or_default()),
    })
}

fn millis(time: std::time::Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

struct Fetching<'a> {
    making: &'a Making<'a>,
    runner: &'a Runner,
    tool: &'a Tool,
    /// The whole path of the staging folder.
    root: &'a str,
    /// The name of the packages' folder in the store.
    files: String,
}

impl Fetching<'_> {
    /// Fetches until nothing is missing; the names of packages that were built.
    async fn all(&self) -> Result<HashSet<String>, PythonProblem> {
        let listed = &self.making.order.listed.requirements;
        let mut wanted = listed.wanted.clone();
        let mut builds = Builds::new(self.making, self.runner, self.root);
        builds.sources(&mut wanted).await?;
        let mut rounds = 0;
        loop {
            match self.run(&wanted, !builds.names.is_empty()).await {
                Ok(()) => {}
                Err(PythonProblem::NoWheel { package, .. }) => {
                    self.build(&package, &mut wanted, &mut builds).await?;
                    continue;
                }
                Err(problem) => return Err(problem),
            }
            rounds += 1;
            // uv asks markers of the target itself, and a lock leaves nothing to find.
            if matches!(self.tool, Tool::Uv { .. }) || listed.is_complete || rounds >= MOST_ROUNDS {
                break;
            }
            let missing = self.tidying(&*self.tree()?).missing()?;
            if missing.is_empty() {
                break;
            }
            wanted.extend(missing);
        }
        Ok(builds.names)
    }

    /// Builds a package that has no wheel, when that is allowed.
    async fn build(
        &self,
        package: &str,
        wanted: &mut Vec<Requirement>,
        builds: &mut Builds<'_>,
    ) -> Result<(), PythonProblem> {
        let hash = consent_hash(&[package.to_owned()]);
        let name = Requirement::parse(package)
            .map(|read| read.name)
            .unwrap_or_default();
        // One that was built and still is not found would be built for ever.
        if !(self.making.allows)(&hash) || builds.names.contains(&name) {
            return Err(PythonProblem::NoWheel {
                package: package.to_owned(),
                target: self.making.order.target.to_string(),
                hash,
            });
        }
        builds.named(package, wanted).await
    }

    async fn run(&self, wanted: &[Requirement], has_built: bool) -> Result<(), PythonProblem> {
        let (making, order) = (self.making, self.making.order);
        let store = making.world.store.as_ref();
        store.remove(&self.files)?;
        store.folder(&self.files)?;
        let listed = &order.listed.requirements;
        let options = listed.options.iter().chain(&order.settings.extra);
        let (in_list, as_words): (Vec<_>, Vec<_>) = options
            .cloned()
            .partition(|(option, _)| IN_THE_LIST.contains(&option.as_str()));
        let text = self.list(wanted, in_list, has_built);
        store.write(
            &format!("{}/requirements.txt", making.staging),
            text.as_bytes(),
        )?;
        let constraints = lines(&listed.constraints, order.root);
        store.write(
            &format!("{}/constraints.txt", making.staging),
            constraints.as_bytes(),
        )?;
        let choice = Choice {
            is_complete: listed.is_complete,
            has_constraints: !listed.constraints.is_empty(),
            options: as_words,
        };
        let (program, words) = self.tool.fetch(&order.target, &choice);
        let done = AtomicUsize::new(0);
        let known = Mutex::new(HashSet::new());
        let tell = |line: &str| {
            let Some(package) = package_of(line) else {
                return;
            };
            let is_new = known
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(package.clone());
            if is_new {
                let done = done.fetch_add(1, Ordering::Relaxed);
                (making.tell)(PythonEvent::Fetching { package, done });
            }
        };
        match self
            .runner
            .run(&program, &words, self.root, None, &tell)
            .await?
        {
            (Some(0), _) => Ok(()),
            (_, told) => Err(why(&told, &order.target)),
        }
    }

    /// The list that the program reads.
    fn list(
        &self,
        wanted: &[Requirement],
        options: Vec<(String, Option<String>)>,
        has_built: bool,
    ) -> String {
        let root = self.making.order.root;
        let mut text = String::new();
        for (option, value) in options {
            let value = value.as_deref().unwrap_or_default();
            // A folder of wheels of the project, as seen from here.
            let value = match value.strip_prefix("./") {
                Some(path) => format!("{root}/{path}"),
                None => value.to_owned(),
            };
            text.push_str(format!("{option} {value}").trim_end());
            text.push('\n');
        }
        if has_built {
            text.push_str(&format!("--find-links {}/built\n", self.root));
        }
        text.push_str(&lines(wanted, root));
        text
    }

    fn tree(&self) -> Result<Arc<dyn ProjectFiles>, PythonProblem> {
        Ok(self
            .making
            .world
            .workplace
            .project(&format!("{}/files", self.root))?)
    }

    fn tidying<'b>(&'b self, files: &'b dyn ProjectFiles) -> Tidying<'b> {
        Tidying {
            store: self.making.world.store.as_ref(),
            folder: &self.files,
            files,
            target: &self.making.order.target,
        }
    }
}

fn lines(list: &[Requirement], root: &str) -> String {
    let mut text = String::new();
    for one in list {
        text.push_str(&one.line(root));
        text.push('\n');
    }
    text
}
