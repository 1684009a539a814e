//! Code of Node functions that esbuild bundles: which functions, from which files, and what is packed beside them.

mod contents;
mod extras;
mod said;

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;
use pilothouse_artifact::esbuild::{
    BundleProblem, Bundled, Bundling, EsbuildWorld, Externals, Own, Tool, bundle,
};
use pilothouse_effects::ProjectFiles;
use pilothouse_model::{Code, Diagnostic, ProjectPath};
use pilothouse_service::Service;
use pilothouse_service::types::{Esbuild, Function};
use serde_json::{Map, Value, json};

pub(crate) use contents::{Making, make};

use crate::archives::{ArchivePlan, Source};
use crate::consent::{self, Program};
use crate::project::ProjectRequest;
use crate::results::size_in_words;
use crate::target::{Happening, Watch};
use crate::{ApiError, Host, Kind};

/// The endings of handlers' files, in the order in which they are tried: the plugin's, then those that it does not try.
const ENDINGS: &[&str] = &[".ts", ".js", ".jsx", ".tsx", ".mts", ".cts", ".mjs", ".cjs"];
/// What code is written for where no runtime says it.
const USUAL_TARGET: &str = "node18";

/// What happens while code is bundled.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// npm fetches esbuild.
    Fetching {
        /// The version.
        version: String,
    },
    /// esbuild begins.
    Bundling {
        /// How many files are bundled.
        files: usize,
        /// The version.
        version: String,
    },
}

/// What happens, in words.
pub fn words(event: &Event) -> String {
    match event {
        Event::Fetching { version } => format!("Fetching esbuild {version} with npm"),
        Event::Bundling { files: 1, version } => format!("Bundling 1 file with esbuild {version}"),
        Event::Bundling { files, version } => {
            format!("Bundling {files} files with esbuild {version}")
        }
    }
}

/// A function whose code was bundled, as it is told.
#[derive(Debug, Clone)]
pub struct BundledFunction {
    /// Its key.
    pub function: String,
    /// The archive.
    pub archive: String,
    /// The file that was bundled.
    pub entry: String,
    /// The esbuild that did it.
    pub esbuild: String,
    /// How many files are in the bundle.
    pub files: u64,
    /// Bytes of the bundle and what belongs to it.
    pub bytes: u64,
    /// Packages that are packed beside it.
    pub external: Vec<String>,
}

impl BundledFunction {
    /// In one line: `src/a.ts bundled by esbuild 0.25.12: 12 files, 34 KB`.
    pub fn summary(&self) -> String {
        let files = match self.files {
            1 => "1 file".to_owned(),
            count => format!("{count} files"),
        };
        let size = size_in_words(self.bytes);
        let beside = match self.external.as_slice() {
            [] => String::new(),
            names => format!(", with {} beside it", names.join(", ")),
        };
        format!(
            "{} bundled by esbuild {}: {files}, {size}{beside}",
            self.entry, self.esbuild
        )
    }

    /// The value that `--json` prints.
    pub fn to_value(&self) -> Value {
        json!({
            "function": self.function, "archive": self.archive, "entry": self.entry, "esbuild": self.esbuild,
            "files": self.files, "bytes": self.bytes, "external": self.external,
        })
    }
}

/// What is to be bundled.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) settings: Esbuild,
    /// By function: the file that is bundled for it.
    pub(crate) entries: IndexMap<String, String>,
    /// The archives that hold bundles, and nothing of the project but what patterns take in.
    pub(crate) archives: BTreeSet<String>,
    /// What the user should know.
    pub(crate) notes: Vec<Diagnostic>,
}

/// What a service has bundled; none when it asks for none.
///
/// # Errors
/// When the file of a handler is not there.
pub(crate) fn wanted(
    files: &dyn ProjectFiles,
    service: &Service,
    plan: &ArchivePlan,
) -> Result<Option<Wanted>, ApiError> {
    let Some(settings) = &service.plugins.esbuild else {
        return Ok(None);
    };
    let mut wanted = Wanted {
        settings: settings.clone(),
        entries: IndexMap::new(),
        archives: BTreeSet::new(),
        notes: Vec::new(),
    };
    let mut others = Vec::new();
    for (key, archive) in &plan.of_function {
        let is_made = matches!(plan.archives.get(archive), Some(Source::Patterns(_)));
        let Some(function) = service.functions.get(key).filter(|_| is_made) else {
            continue;
        };
        if !is_bundled(service, key, function) {
            others.push((key, archive));
            continue;
        }
        let handler = settings.entries.get(key).unwrap_or(&function.handler);
        let entry =
            entry(files, settings, handler).ok_or_else(|| no_entry(settings, key, handler))?;
        wanted.entries.insert(key.clone(), entry);
        wanted.archives.insert(archive.clone());
    }
    let without = others
        .iter()
        .filter(|(_, archive)| wanted.archives.contains(*archive));
    wanted.notes = without
        .map(|(key, archive)| without_code(key, archive))
        .collect();
    Ok((!wanted.entries.is_empty()).then_some(wanted))
}

/// Whether the code of a function is bundled.
pub(crate) fn is_bundled(service: &Service, key: &str, function: &Function) -> bool {
    let Some(settings) = &service.plugins.esbuild else {
        return false;
    };
    let runtime = function
        .runtime
        .as_ref()
        .or(service.provider.runtime.as_ref());
    function.image.is_none()
        && function.package.artifact.is_none()
        && service.package.artifact.is_none()
        && !function.handler.is_empty()
        && !settings.skipped.contains(key)
        && runtime.is_some_and(|runtime| runtime.starts_with("nodejs"))
}

/// All functions share one archive, and this one has no bundle in it.
fn without_code(key: &str, archive: &str) -> Diagnostic {
    Diagnostic::warning(
        Code::BundleSetting,
        format!(
            "the function `{key}` is not bundled, and its archive `{archive}` holds bundles alone"
        ),
    )
    .path(format!("functions.{key}"))
    .hint("Name its files in `package.patterns`, or set `package.individually: true`")
}

/// The file that a handler names: `src/a.main` is `src/a.ts`, or `src/a/index.ts`.
fn entry(files: &dyn ProjectFiles, settings: &Esbuild, handler: &str) -> Option<String> {
    let (folder, name) = handler.rsplit_once('/').unwrap_or(("", handler));
    let (stem, _) = name.rsplit_once('.')?;
    let module = format!("{folder}/{stem}");
    let module = module.trim_start_matches("./").trim_start_matches('/');
    let written = settings.resolve_endings();
    let usual = || ENDINGS.iter().map(|&ending| ending.to_owned()).collect();
    let endings: Vec<String> = written.unwrap_or_else(usual);
    let is_there =
        |name: &String| ProjectPath::parse(name).is_ok_and(|path| files.open(&path).is_ok());
    endings.iter().find_map(|ending| {
        let names = [
            format!("{module}{ending}"),
            format!("{module}/index{ending}"),
        ];
        names.into_iter().find(is_there)
    })
}

fn no_entry(settings: &Esbuild, key: &str, handler: &str) -> ApiError {
    let endings = settings
        .resolve_endings()
        .unwrap_or_else(|| ENDINGS.iter().map(|&ending| ending.to_owned()).collect());
    ApiError::new(
        Code::BundleSetting,
        Kind::Config,
        format!("the function `{key}` is to be bundled, and the file of `{handler}` is not there"),
    )
    .detail(format!("its name ends in one of {}", endings.join(", ")))
    .hint("Correct `handler`, or write `skipEsbuild: true` at the function, with `package.individually: true`")
}

/// What esbuild is told: the plugin's own settings where the file is silent.
fn options(service: &Service, settings: &Esbuild) -> Map<String, Value> {
    let mut options = Map::new();
    options.insert("bundle".to_owned(), json!(true));
    options.insert("platform".to_owned(), json!("node"));
    options.insert("target".to_owned(), json!(target(service)));
    options.extend(settings.options.clone());
    let excluded = settings.exclude.iter().filter(|name| *name != "*");
    let has_all = settings.exclude.iter().any(|name| name == "*");
    let excluded = excluded.filter(|_| !has_all);
    let external: Vec<&String> = settings.external.iter().chain(excluded).collect();
    options.insert("external".to_owned(), json!(external));
    if let Some(ending) = &settings.ending {
        options.insert("outExtension".to_owned(), json!({ ".js": ending }));
    }
    options
}

/// `nodejs22.x` is `node22`: the provider's, else the oldest of the functions'.
fn target(service: &Service) -> String {
    let number = |runtime: &String| {
        let number = runtime.strip_prefix("nodejs")?.strip_suffix(".x")?;
        number.parse::<u32>().ok()
    };
    let of_functions = || {
        let functions = service.functions.values();
        functions
            .filter_map(|one| number(one.runtime.as_ref()?))
            .min()
    };
    let usual = service.provider.runtime.as_ref().and_then(number);
    let number = usual.or_else(of_functions);
    number.map_or_else(|| USUAL_TARGET.to_owned(), |number| format!("node{number}"))
}

fn world(host: &Host) -> EsbuildWorld {
    EsbuildWorld {
        store: Arc::clone(&host.data),
        workplace: Arc::clone(&host.workplace),
        processes: Arc::clone(&host.processes),
        environment: Arc::clone(&host.environment),
        entropy: Arc::clone(&host.entropy),
    }
}

/// Runs esbuild.
async fn run(
    host: &Host,
    request: &ProjectRequest,
    root: &str,
    service: &Service,
    wanted: &Wanted,
    watch: &Watch,
) -> Result<(Tool, Bundled), BundleProblem> {
    let world = world(host);
    // A consent that cannot be read is none.
    let allows = |own: &Own| consent::is_given(host, request, &own.hash).unwrap_or_default();
    let fetching = |version: &str| {
        let version = version.to_owned();
        watch(Happening::Bundling(Event::Fetching { version }));
    };
    let tool = Tool::have(&world, root, &allows, &fetching).await?;
    let settings = &wanted.settings;
    let bundling = Bundling {
        root,
        entries: wanted.entries.values().cloned().collect(),
        options: options(service, settings),
        reports: settings.options.get("metafile") == Some(&Value::Bool(true)),
    };
    watch(Happening::Bundling(Event::Bundling {
        files: bundling.entries.len(),
        version: tool.version.clone(),
    }));
    let bundled = bundle(&world, &tool, &bundling).await?;
    Ok((tool, bundled))
}

/// The packages that are packed beside bundles.
fn externals<'f>(
    files: &'f dyn ProjectFiles,
    settings: &Esbuild,
) -> Result<Externals<'f>, BundleProblem> {
    let manifest = settings.manifest.as_deref().unwrap_or("package.json");
    let path = ProjectPath::parse(manifest).map_err(|problem| BundleProblem::Setting {
        message: format!("`packagePath: {manifest}` is not a file of the project: {problem}"),
        hint: "Name it relative to the project's folder".to_owned(),
    })?;
    let folder = path.parent();
    let folder = folder.as_ref().map_or("", ProjectPath::as_str);
    Externals::find(files, folder, &settings.packed())
}

/// The copy of esbuild in the project, as somebody is asked for consent to it.
fn program(own: &Own) -> Program {
    Program {
        name: format!("esbuild {} of the project", own.version),
        hash: own.hash.clone(),
        files: own.files.clone(),
        may: vec![
            "runs as you, when this service is packaged".to_owned(),
            "reads and writes files and starts programs".to_owned(),
            "can reach the network".to_owned(),
            "gets no credentials and none of your environment variables".to_owned(),
        ],
    }
}

impl From<BundleProblem> for ApiError {
    fn from(problem: BundleProblem) -> Self {
        let kind = match &problem {
            BundleProblem::NoNode(_) => Kind::Precondition,
            BundleProblem::NotFetched { .. } => Kind::Remote,
            _ => Kind::Config,
        };
        let mut error = Self::new(problem.code(), kind, problem.to_string());
        error.detail = problem
            .told()
            .map(str::to_owned)
            .or_else(|| std::error::Error::source(&problem).map(ToString::to_string));
        error.hints = problem.hints();
        if let BundleProblem::NotFetched { own: Some(own), .. } = &problem {
            error.consent = Some(Box::new(vec![program(own)]));
        }
        error
    }
}

#[cfg(test)]
#[path = "bundles/tests.rs"]
mod tests;
