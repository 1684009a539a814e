//! Which esbuild bundles: the version that the project has installed, else a pinned one.

use std::sync::{Arc, Mutex, PoisonError};

use pilothouse_effects::{
    Entropy, EntryKind, Environment, Launch, PrivateFolder, ProcessProblem, Processes, Workplace,
};
use pilothouse_model::{Digest, ProjectPath};
use serde_json::{Value, json};

use super::problem::BundleProblem;

/// The version for projects that have none.
pub const PINNED: &str = "0.25.12";
/// Where versions are kept.
const FOLDER: &str = "esbuild";
/// Written last: a version whose folder has it is whole.
const DONE: &str = "installed";
/// The first version that tells what a bundle leaves to be loaded.
const OLDEST: (u32, u32) = (0, 17);
/// More than any file of esbuild has.
const MOST_BYTES: u64 = 64 << 20;
/// The most lines that are kept to explain a failure.
const MOST_LINES: usize = 12;
/// Variables that npm may see: where the registry is, how the network is reached, where its cache lies. No credentials
/// of AWS are among them.
const SEES: &[&str] = &[
    "PATH",
    "HOME",
    "LANG",
    "TMPDIR",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "NODE_EXTRA_CA_CERTS",
    "SSL_CERT_FILE",
    "NPM_CONFIG_REGISTRY",
    "NPM_CONFIG_USERCONFIG",
    "NPM_CONFIG_CACHE",
    "NPM_CONFIG_CAFILE",
    "NPM_CONFIG_PROXY",
    "NPM_CONFIG_HTTPS_PROXY",
    "npm_config_registry",
    "npm_config_userconfig",
    "npm_config_cache",
    "npm_config_cafile",
    "npm_config_proxy",
    "npm_config_https_proxy",
];

/// What bundling asks of the outside world.
#[derive(Debug, Clone)]
pub struct EsbuildWorld {
    /// Where versions of esbuild are kept, and bundles while they are made.
    pub store: Arc<dyn PrivateFolder>,
    /// Folders of this computer.
    pub workplace: Arc<dyn Workplace>,
    /// Programs of this computer.
    pub processes: Arc<dyn Processes>,
    /// Variables of this process.
    pub environment: Arc<dyn Environment>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
}

/// An esbuild that can be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// Its version.
    pub version: String,
    /// The whole path of its package.
    pub(crate) package: String,
}

/// The copy that lies in the project: code of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The `node_modules` that it lies in.
    pub folder: String,
    /// Its version.
    pub version: String,
    /// Its files, each with its digest; what consent is given to is over them.
    pub files: Vec<String>,
    /// What consent is given to.
    pub hash: String,
}

impl Tool {
    /// The esbuild for the project whose folder is `root`, fetched unless it was before. `allows` answers whether code
    /// with a hash may run; `fetching` is told the version when npm fetches it.
    ///
    /// # Errors
    /// When there is none and none can be fetched.
    pub async fn have(
        world: &EsbuildWorld,
        root: &str,
        allows: &(dyn Fn(&Own) -> bool + Sync),
        fetching: &(dyn Fn(&str) + Sync),
    ) -> Result<Self, BundleProblem> {
        let own = own(world, root);
        let version = own.as_ref().map_or(PINNED, |(_, version)| version);
        if version_of(version).is_some_and(|version| version < OLDEST) {
            return Err(BundleProblem::TooOld(version.to_owned()));
        }
        // A word that is no version would have npm fetch something else.
        let version = version_of(version).map_or(PINNED, |_| version).to_owned();
        if let Some(kept) = kept(world, &version)? {
            return Ok(kept);
        }
        let own = own.and_then(|(folder, version)| own_copy(world, folder, version));
        if let Some(own) = own.as_ref().filter(|own| allows(own)) {
            return Ok(Self {
                version: own.version.clone(),
                package: format!("{}/esbuild", own.folder),
            });
        }
        fetching(&version);
        match fetch(world, &version).await {
            Ok(()) => kept(world, &version)?.ok_or_else(|| BundleProblem::Broken {
                told: "npm left no package".to_owned(),
            }),
            Err(BundleProblem::NotFetched { version, told, .. }) => {
                let own = own.map(Box::new);
                Err(BundleProblem::NotFetched { version, told, own })
            }
            Err(problem) => Err(problem),
        }
    }
}

/// Major and minor number of a released version.
fn version_of(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.split('.').map(|part| part.parse::<u32>().ok());
    let (major, minor, patch) = (parts.next()??, parts.next()??, parts.next()?);
    (patch.is_some() && parts.next().is_none()).then_some((major, minor))
}

/// The `node_modules` of the project, or of a folder above it, that has an esbuild, and its version.
fn own(world: &EsbuildWorld, root: &str) -> Option<(String, String)> {
    let above = std::iter::successors(Some(root), |folder| {
        folder.rsplit_once(['/', '\\']).map(|(above, _)| above)
    });
    above.into_iter().find_map(|folder| {
        let folder = format!("{folder}/node_modules");
        let files = world.workplace.project(&folder).ok()?;
        let path = ProjectPath::parse("esbuild/package.json").ok()?;
        let manifest = match files.read(&path, MOST_BYTES) {
            Ok(bytes) => bytes,
            // A link that leads out of this folder, as from a workspace's into the root's.
            Err(_) => {
                let package = world.workplace.project(&format!("{folder}/esbuild")).ok()?;
                let path = ProjectPath::parse("package.json").ok()?;
                package.read(&path, MOST_BYTES).ok()?
            }
        };
        let manifest: Value = serde_json::from_slice(&manifest).ok()?;
        let version = manifest.get("version")?.as_str()?.to_owned();
        Some((folder, version))
    })
}

/// The project's own copy with the hash that consent is given to: over its files and those of its programs.
fn own_copy(world: &EsbuildWorld, folder: String, version: String) -> Option<Own> {
    // pnpm keeps the package and its program side by side in a store, and a link where it is looked for.
    let package = world
        .workplace
        .absolute(&format!("{folder}/esbuild"))
        .ok()?;
    let beside = package.rsplit_once(['/', '\\']).map(|(above, _)| above)?;
    let files = world.workplace.project(beside).ok()?;
    let is_of_it = |path: &str| {
        let first = path.split('/').next();
        matches!(first, Some("esbuild" | "@esbuild"))
    };
    let tree = files.walk(&|path| !is_of_it(path.as_str())).ok()?;
    let mut lines = Vec::new();
    let mut names = Vec::new();
    for entry in tree {
        if matches!(entry.kind, EntryKind::File { .. }) && is_of_it(entry.path.as_str()) {
            let digest = Digest::of(&files.read(&entry.path, MOST_BYTES).ok()?);
            lines.push(format!("{} {digest}\n", entry.path));
            names.push(format!("node_modules/{}", entry.path));
        }
    }
    let hash = Digest::of(format!("esbuild of the project\n{}", lines.concat()).as_bytes());
    Some(Own {
        folder,
        version,
        files: names,
        hash: hash.to_string(),
    })
}

/// A version that was fetched before.
fn kept(world: &EsbuildWorld, version: &str) -> Result<Option<Tool>, BundleProblem> {
    let name = format!("{FOLDER}/{version}");
    if world.store.read(&format!("{name}/{DONE}"), 0)?.is_none() {
        return Ok(None);
    }
    let folder = world.store.folder(&name)?;
    Ok(Some(Tool {
        version: version.to_owned(),
        package: format!("{folder}/node_modules/esbuild"),
    }))
}

/// Fetches a version with npm into a folder that is put in place whole. No script of the package runs.
async fn fetch(world: &EsbuildWorld, version: &str) -> Result<(), BundleProblem> {
    let staging = staging(world)?;
    let done = install(world, version, &staging).await.and_then(|()| {
        world
            .store
            .write(&format!("{staging}/{DONE}"), version.as_bytes())?;
        let place = format!("{FOLDER}/{version}");
        if let Err(problem) = world.store.rename(&staging, &place) {
            // Another process was faster: what it put there is the same.
            if kept(world, version)?.is_none() {
                return Err(problem.into());
            }
        }
        Ok(())
    });
    // What is in place is not there any more.
    let _ = world.store.remove(&staging);
    done
}

/// The name of a folder that is nobody else's.
pub(crate) fn staging(world: &EsbuildWorld) -> Result<String, BundleProblem> {
    let token = world
        .entropy
        .token()
        .map_err(|problem| BundleProblem::Broken {
            told: problem.to_string(),
        })?;
    Ok(format!("{FOLDER}/staging-{token}"))
}

async fn install(world: &EsbuildWorld, version: &str, staging: &str) -> Result<(), BundleProblem> {
    let manifest = json!({ "private": true, "dependencies": { "esbuild": version } });
    let manifest = manifest.to_string();
    world
        .store
        .write(&format!("{staging}/package.json"), manifest.as_bytes())?;
    let words = [
        "install",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--loglevel",
        "error",
    ];
    let launch = Launch {
        program: "npm".to_owned(),
        arguments: words.iter().map(|&word| word.to_owned()).collect(),
        environment: variables(world, SEES),
        folder: world.store.folder(staging)?,
    };
    match run(world, &launch).await? {
        (Some(0), _) => Ok(()),
        (_, told) => Err(BundleProblem::NotFetched {
            version: version.to_owned(),
            told,
            own: None,
        }),
    }
}

pub(crate) fn variables(world: &EsbuildWorld, names: &[&str]) -> Vec<(String, String)> {
    let known = names.iter().filter_map(|name| {
        let value = world.environment.variable(name)?;
        Some(((*name).to_owned(), value))
    });
    known.collect()
}

/// Runs a program to its end: its exit code and its last words.
pub(crate) async fn run(
    world: &EsbuildWorld,
    launch: &Launch,
) -> Result<(Option<i32>, String), BundleProblem> {
    let lines = Mutex::new(Vec::new());
    let tell = |line: &str| {
        if !line.trim().is_empty() {
            let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
            lines.push(line.to_owned());
        }
    };
    let code = match world.processes.run(launch, &tell).await {
        Err(ProcessProblem::Missing(program)) => return Err(BundleProblem::NoNode(program)),
        other => other?,
    };
    let lines = lines.into_inner().unwrap_or_else(PoisonError::into_inner);
    let from = lines.len().saturating_sub(MOST_LINES);
    Ok((code, lines.get(from..).unwrap_or_default().join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_released_versions_are_versions() {
        assert_eq!(version_of("0.25.12"), Some((0, 25)));
        assert_eq!(version_of("1.0.0"), Some((1, 0)));
        for text in ["0.25", "file:../x", "0.25.1-rc", "0.25.1.2", "latest", ""] {
            assert_eq!(version_of(text), None, "{text}");
        }
    }
}
