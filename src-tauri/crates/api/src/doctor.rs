//! `doctor`: what this computer must have, what it has, and the way out.

use std::sync::Mutex;

use pilothouse_effects::{Launch, ProcessProblem};
use pilothouse_sandbox::{LEAST_PYTHON, SandboxProblem};
use serde::Serialize;
use specta::Type;

use crate::sandbox::world;
use crate::{ApiError, Host};

/// The oldest Node whose functions and tools are known to work.
const LEAST_NODE: u32 = 18;
/// What the first start of the sandbox fetches, in megabytes, rounded up.
const MEGABYTES: u32 = 40;

/// Something that must be on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Prerequisite {
    /// `python`, `node`, `localAws`, `postgres`.
    pub id: String,
    /// Its name with its version when it is there: `Python 3.12`.
    pub name: String,
    /// How it stands.
    pub state: PrerequisiteState,
    /// What it is for, or what is wrong with it.
    pub text: String,
    /// More, such as what a program answered.
    pub detail: Option<String>,
    /// The way out.
    pub fix: Option<Fix>,
}

/// How a prerequisite stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PrerequisiteState {
    /// It is there and fits.
    Ready,
    /// It comes by itself when the sandbox is first started.
    ComesBySelf,
    /// It is not there; only some projects need it.
    MissingForSome,
    /// It is not there, and nothing works without it.
    Missing,
}

/// What puts a prerequisite right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Fix {
    /// A command to be typed into a terminal: it needs the administrator.
    Command {
        /// The command.
        command: String,
    },
    /// Start the sandbox: it fetches what is missing.
    StartSandbox {
        /// How much is fetched, in megabytes.
        megabytes: u32,
    },
}

/// Looks at this computer. Nothing is installed or changed.
///
/// # Errors
/// When the data folder cannot be read or programs cannot be run at all.
pub async fn doctor(host: &Host) -> Result<Vec<Prerequisite>, ApiError> {
    let status = pilothouse_sandbox::status(&world(host))?;
    Ok(vec![
        python(host).await?,
        local(
            "localAws",
            &format!("Local AWS {}", pilothouse_sandbox::ENGINE_VERSION),
            "The sandbox: a small AWS that runs on this computer",
            status.installed,
        ),
        local(
            "postgres",
            &format!("PostgreSQL {}", pilothouse_sandbox::POSTGRES_VERSION),
            "The sandbox's databases",
            status.installed,
        ),
        node(host).await,
    ])
}

async fn python(host: &Host) -> Result<Prerequisite, ApiError> {
    let answer = |name: String, state, text: &str, command: Option<&str>| Prerequisite {
        id: "python".to_owned(),
        name,
        state,
        text: text.to_owned(),
        detail: None,
        fix: command.map(|command| Fix::Command {
            command: command.to_owned(),
        }),
    };
    let least = format!("Python {LEAST_PYTHON} or later");
    match pilothouse_sandbox::usable_python(&world(host)).await {
        Ok((version, path)) => Ok(Prerequisite {
            detail: Some(path),
            ..answer(
                format!("Python {version}"),
                PrerequisiteState::Ready,
                "Carries the sandbox, and runs Python functions in it",
                None,
            )
        }),
        Err(problem @ SandboxProblem::NoVenv { .. }) => Ok(answer(
            least,
            PrerequisiteState::Missing,
            &problem.to_string(),
            Some("sudo apt install python3-venv"),
        )),
        Err(problem @ (SandboxProblem::NoPython { .. } | SandboxProblem::PythonTooOld { .. })) => {
            Ok(answer(
                least,
                PrerequisiteState::Missing,
                &problem.to_string(),
                Some("sudo apt install python3 python3-venv"),
            ))
        }
        Err(problem) => Err(problem.into()),
    }
}

fn local(id: &str, name: &str, text: &str, is_installed: bool) -> Prerequisite {
    Prerequisite {
        id: id.to_owned(),
        name: name.to_owned(),
        state: if is_installed {
            PrerequisiteState::Ready
        } else {
            PrerequisiteState::ComesBySelf
        },
        text: text.to_owned(),
        detail: None,
        fix: (!is_installed).then_some(Fix::StartSandbox {
            megabytes: MEGABYTES,
        }),
    }
}

/// Node is only needed by projects whose functions run on it.
async fn node(host: &Host) -> Prerequisite {
    let launch = Launch {
        program: "node".to_owned(),
        arguments: vec!["--version".to_owned()],
        environment: ["PATH", "HOME"]
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), host.environment.variable(name)?)))
            .collect(),
        folder: "/".to_owned(),
    };
    let lines = Mutex::new(Vec::new());
    let keep = |line: &str| {
        if let Ok(mut lines) = lines.lock() {
            lines.push(line.to_owned());
        }
    };
    let ran = host.processes.run(&launch, &keep).await;
    let told = lines.into_inner().unwrap_or_default().join("\n");
    let version = told.trim().strip_prefix('v').map(str::to_owned);
    let major = version
        .as_deref()
        .and_then(|version| version.split('.').next()?.parse::<u32>().ok());
    let (state, text) = match (&ran, major) {
        (Ok(Some(0)), Some(major)) if major >= LEAST_NODE => (
            PrerequisiteState::Ready,
            "Runs Node functions in the sandbox".to_owned(),
        ),
        (Ok(Some(0)), Some(_)) => (
            PrerequisiteState::MissingForSome,
            format!("Node functions need Node {LEAST_NODE} or later in the sandbox"),
        ),
        (Err(ProcessProblem::Missing(_)), _) => (
            PrerequisiteState::MissingForSome,
            "Node is not installed. Only projects with Node functions need it".to_owned(),
        ),
        _ => (
            PrerequisiteState::MissingForSome,
            "Node does not answer. Only projects with Node functions need it".to_owned(),
        ),
    };
    let is_ready = state == PrerequisiteState::Ready;
    Prerequisite {
        id: "node".to_owned(),
        name: version
            .filter(|_| major.is_some())
            .map_or_else(|| "Node".to_owned(), |version| format!("Node {version}")),
        state,
        text,
        detail: (!is_ready && !told.is_empty()).then_some(told),
        fix: (!is_ready).then(|| Fix::Command {
            command: "sudo apt install nodejs".to_owned(),
        }),
    }
}
