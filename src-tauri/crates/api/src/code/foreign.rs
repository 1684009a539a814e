//! Plugins that are not built in, run by consent: the project's own Serverless packages, and what it made is planned and
//! deployed here.
//!
//! It runs without credentials and with a home of its own, but as the user otherwise: plugins read and write where they
//! like and start programs. So consent is asked for every file of the project and of its plugins.

use std::sync::Arc;
use std::time::Duration;

use pilothouse_effects::{EntryKind, Launch, Limits, ProjectFiles, Ran};
use pilothouse_model::{Code, Digest, ProjectPath};
use serde_json::Value;

use super::reach::{self, Reach};
use crate::consent::{self, Program};
use crate::package::{DEFAULT_FOLDER, OnPaper, Packaged, UPDATE_TEMPLATE, results_folder};
use crate::project::{OpenProject, ProjectRequest};
use crate::{ApiError, Findings, Host, Kind, packaged};

/// Packaging may bundle, and bundling takes its time.
const LIMITS: Limits = Limits {
    time: Duration::from_secs(600),
    bytes: 16 << 20,
};
/// Where Serverless leaves its results, and what it never packs.
const RESULTS: &str = ".serverless";
/// The packages that can run plugins, in the order of preference.
const SERVERLESS: &[&str] = &["osls", "serverless"];
/// Their program.
const PROGRAM: &str = "bin/serverless.js";
/// The most bytes of a file of a plugin.
const MOST_BYTES: u64 = 64 << 20;

/// A package that is installed for the project.
struct Package {
    name: &'static str,
    folder: String,
    version: String,
}

/// Packages, for the templates alone.
pub(crate) fn on_paper(
    host: &Host,
    request: &ProjectRequest,
    opened: OpenProject,
) -> Result<OnPaper, ApiError> {
    let resolved = opened.loaded.resolved.clone();
    let made = package(host, request, opened, None)?;
    Ok(OnPaper {
        service: made.service,
        resolved,
        templates: made.templates,
        findings: made.findings,
    })
}

/// Packages: runs the project's Serverless, and reads what it made.
pub(crate) fn package(
    host: &Host,
    request: &ProjectRequest,
    opened: OpenProject,
    out: Option<&str>,
) -> Result<Packaged, ApiError> {
    let root = host.workplace.absolute(&request.folder)?;
    let names = &opened.loaded.service.plugins.foreign;
    let serverless = installed(host, &opened, &root, names)?;
    let program = program(host, &opened, &root, names, &serverless)?;
    if !consent::is_given(host, request, &program.hash)? {
        return Err(program.refused());
    }
    results_of_ours(opened.files.as_ref())?;
    let out = out.or(opened.loaded.service.package.path.as_deref());
    let from = out.unwrap_or(RESULTS).to_owned();
    let folder = results_folder(&request.folder, Some(&from));
    let home = host.data.folder("code/home").map_err(|problem| {
        failed("has nowhere to work").detail(format!("{problem}: {}", problem.source))
    })?;
    let arguments = arguments(request, &serverless, out.map(|_| folder.as_str()));
    let launch = Launch {
        program: "node".to_owned(),
        arguments,
        environment: environment(host, &home),
        folder: root,
    };
    let ran = host.processes.ask(&launch, LIMITS).map_err(|problem| {
        failed("could not be started")
            .detail(problem.to_string())
            .hint("Install Node.js, so that `node` is on your PATH")
    })?;
    ended_well(&ran)?;
    packaged::read(host, opened, folder, &from)
}

/// Serverless would pack what lies in our own folder for results.
fn results_of_ours(files: &dyn ProjectFiles) -> Result<(), ApiError> {
    let path = ProjectPath::parse(&format!("{DEFAULT_FOLDER}/{UPDATE_TEMPLATE}"));
    match path.ok().filter(|path| files.open(path).is_ok()) {
        None => Ok(()),
        Some(_) => Err(ApiError::new(
            Code::ConfigConflict,
            Kind::Precondition,
            format!("`{DEFAULT_FOLDER}` holds results of before, which Serverless would pack"),
        )
        .hint(format!(
            "Remove `{DEFAULT_FOLDER}`, or exclude it: patterns: ['!{DEFAULT_FOLDER}/**']"
        ))),
    }
}

fn failed(how: &str) -> ApiError {
    ApiError::new(
        Code::CodeFailed,
        Kind::Config,
        format!("the project's Serverless {how}"),
    )
}

fn ended_well(ran: &Ran) -> Result<(), ApiError> {
    if ran.passed.is_some() {
        let hint = format!(
            "It may take {} minutes and write {} MB",
            LIMITS.time.as_secs() / 60,
            LIMITS.bytes >> 20
        );
        return Err(failed("did not come to an end").hint(hint));
    }
    if ran.code == Some(0) {
        return Ok(());
    }
    let told = format!(
        "{}\n{}",
        String::from_utf8_lossy(&ran.errors),
        String::from_utf8_lossy(&ran.output)
    );
    let lines: Vec<&str> = told
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.trim().is_empty())
        .take(12)
        .collect();
    Err(failed("could not package this service")
        .detail(lines.join("\n"))
        .hint("It ran without credentials: what a plugin asks of AWS while it packages is not answered"))
}

fn arguments(request: &ProjectRequest, serverless: &Package, out: Option<&str>) -> Vec<String> {
    let mut arguments = vec![
        format!("{}/{PROGRAM}", serverless.folder),
        "package".to_owned(),
    ];
    for (name, value) in [
        ("--package", out),
        ("--stage", request.stage.as_deref()),
        ("--region", request.region.as_deref()),
        ("--config", request.config.as_deref()),
    ] {
        arguments.extend(
            value
                .into_iter()
                .flat_map(|value| [name.to_owned(), value.to_owned()]),
        );
    }
    for param in &request.params {
        arguments.extend(["--param".to_owned(), param.clone()]);
    }
    arguments
}

fn environment(host: &Host, home: &str) -> Vec<(String, String)> {
    let path = host.environment.variable("PATH").unwrap_or_default();
    [
        ("PATH", path.as_str()),
        ("HOME", home),
        ("TMPDIR", home),
        ("NO_COLOR", "1"),
        ("SLS_TELEMETRY_DISABLED", "1"),
        ("SLS_INTERACTIVE_SETUP_ENABLE", "0"),
        ("SLS_NOTIFICATIONS_MODE", "off"),
        // Names of no key: without any it looks for the machine's own.
        ("AWS_ACCESS_KEY_ID", "none"),
        ("AWS_SECRET_ACCESS_KEY", "none"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect()
}

/// The project's Serverless. Every plugin must be there too, or what was found of the file is said.
fn installed(
    host: &Host,
    opened: &OpenProject,
    root: &str,
    names: &[String],
) -> Result<Package, ApiError> {
    let is_there = |name: &String| is_local(name) || package_of(host, root, name).is_some();
    if let Some(found) = opened
        .foreign
        .as_ref()
        .filter(|_| !names.iter().all(is_there))
    {
        let Findings {
            diagnostics,
            sources,
        } = found.clone();
        return Err(ApiError::from_findings(diagnostics, sources));
    }
    let found = SERVERLESS.iter().find_map(|name| {
        let (folder, files) = package_of(host, root, name)?;
        let version = version(files.as_ref());
        // Its fourth version asks for an account of its own.
        let is_fourth = *name == "serverless" && version.starts_with('4');
        (!is_fourth).then_some(Package {
            name,
            folder,
            version,
        })
    });
    found.ok_or_else(|| {
        let names = names.join("`, `");
        ApiError::new(
            Code::PluginUnknown,
            Kind::Config,
            format!(
                "`{names}` is not built in, and the project has no Serverless that could run it"
            ),
        )
        .hint("Install one: npm install --save-dev osls")
    })
}

/// Whether a plugin is a file of the project.
fn is_local(name: &str) -> bool {
    name.starts_with('.')
}

/// A package's folder and its files: in the project, or above it.
fn package_of(host: &Host, root: &str, name: &str) -> Option<(String, Arc<dyn ProjectFiles>)> {
    let above = std::iter::successors(Some(root), |folder| {
        folder.rsplit_once(['/', '\\']).map(|(above, _)| above)
    });
    above.into_iter().find_map(|folder| {
        let folder = format!("{folder}/node_modules/{name}");
        let files = host.workplace.project(&folder).ok()?;
        Some((folder, files))
    })
}

fn version(files: &dyn ProjectFiles) -> String {
    let manifest = ProjectPath::parse("package.json")
        .ok()
        .and_then(|path| files.read(&path, MOST_BYTES).ok())
        .and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    manifest
        .and_then(|manifest| Some(manifest.get("version")?.as_str()?.to_owned()))
        .unwrap_or_default()
}

/// What consent is asked for: the project's files and those of its plugins.
fn program(
    host: &Host,
    opened: &OpenProject,
    root: &str,
    names: &[String],
    serverless: &Package,
) -> Result<Program, ApiError> {
    let mut reach = reach::whole(opened.files.as_ref())?;
    let mut told = Vec::new();
    for name in names {
        match package_of(host, root, name).filter(|_| !is_local(name)) {
            Some((_, files)) => {
                told.push(format!("{name} {}", version(files.as_ref())));
                add_package(&mut reach, name, files.as_ref())?;
            }
            None => told.push(name.clone()),
        }
    }
    let by = format!("{} {}", serverless.name, serverless.version);
    let hash = Digest::of(format!("plugins by {by}\n{}", reach.hash()).as_bytes());
    Ok(Program {
        name: told.join(", "),
        hash: hash.to_string(),
        files: reach.files.keys().map(ToString::to_string).collect(),
        may: vec![
            format!("runs in {by}, as you, when this service is packaged"),
            "reads and writes files and starts programs".to_owned(),
            "can reach the network".to_owned(),
            "gets no credentials and none of your environment variables".to_owned(),
        ],
    })
}

/// A plugin's own files; what it needs beside them is told by the record of what is installed.
fn add_package(reach: &mut Reach, name: &str, files: &dyn ProjectFiles) -> Result<(), ApiError> {
    for entry in files.walk(&|path| path.file_name() == "node_modules")? {
        if !matches!(entry.kind, EntryKind::File { .. }) {
            continue;
        }
        let digest = Digest::of(&files.read(&entry.path, MOST_BYTES)?);
        if let Ok(path) = ProjectPath::parse(&format!("node_modules/{name}/{}", entry.path)) {
            reach.files.insert(path, digest);
        }
    }
    Ok(())
}
