//! Packages of Python beside a service's functions: which archives need which, and having them.

mod contents;

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use pilothouse_artifact::python::{
    Architecture, Fetched, FetchedPackage, Listed, Order, PoetryGroups, PythonEvent, PythonProblem,
    PythonSettings, PythonTarget, PythonWorld, fetch, find, list,
};
use pilothouse_effects::ProjectFiles;
use pilothouse_model::ProjectPath;
use pilothouse_service::Service;
use pilothouse_service::types::{LAYER_OF_PYTHON, PackagesLayer, PythonRequirements};
use serde_json::{Value, json};

pub(crate) use contents::Contents;
pub use pilothouse_artifact::python::PythonEvent as Event;

use crate::project::ProjectRequest;
use crate::target::{Happening, Watch};
use crate::{ApiError, Host, Kind};

/// What one archive, or the layer, needs of Python.
#[derive(Debug, Clone)]
pub(crate) struct Need {
    /// The folder that it is packed from, when that is not the project's own.
    pub(crate) module: Option<ProjectPath>,
    pub(crate) settings: PythonSettings,
    pub(crate) target: PythonTarget,
    /// The functions that run it on other Pythons than the target.
    others: Vec<String>,
    /// Whether the packages go into the layer instead.
    pub(crate) in_layer: bool,
}

/// What the archives of a service need: by file name.
#[derive(Debug, Default)]
pub(crate) struct Needs {
    pub(crate) of: IndexMap<String, Need>,
    pub(crate) layer: Option<Need>,
}

/// Packages of one archive as they are told.
#[derive(Debug, Clone)]
pub struct Dependencies {
    /// The archive.
    pub archive: String,
    /// The file that lists them.
    pub source: String,
    /// The runtime: `Python 3.12 on arm64`.
    pub target: String,
    /// The program that fetched them; none while they are not fetched.
    pub tool: Option<String>,
    /// What the list asks for.
    pub asked: Vec<String>,
    /// The packages, by name; empty while they are not fetched.
    pub packages: Vec<FetchedPackage>,
    /// Bytes of all their files.
    pub bytes: u64,
    /// What the user should know.
    pub notes: Vec<String>,
}

/// Whether a function runs Python, and which.
fn target_of(service: &Service, function: &str) -> Option<PythonTarget> {
    let function = service.functions.get(function)?;
    // An image has its packages in it.
    if function.image.is_some() {
        return None;
    }
    let runtime = function
        .runtime
        .as_ref()
        .or(service.provider.runtime.as_ref())?;
    let word = function
        .architecture
        .as_ref()
        .or(service.provider.architecture.as_ref());
    PythonTarget::of_runtime(runtime, Architecture::of_word(word.map(String::as_str)))
}

/// The folder that a function is packed from, when it names one and each function is packed by itself.
pub(crate) fn module_of(service: &Service, function: &str) -> Option<String> {
    let python = service.plugins.python.as_ref()?;
    // With the plugin's layer functions stay where they are in the project, as with the plugin.
    let stays = python.layer == Some(PackagesLayer::Referred);
    if service.package.individually != Some(true) || stays || target_of(service, function).is_none()
    {
        return None;
    }
    let module = python.modules.get(function)?;
    let module = module.trim_start_matches("./").trim_end_matches('/');
    (!module.is_empty()).then(|| module.to_owned())
}

fn settings(python: &PythonRequirements, function: Option<&str>) -> PythonSettings {
    let usual = PythonSettings::default();
    let vendor = function.and_then(|function| python.vendors.get(function));
    PythonSettings {
        file_name: python.file_name.clone().unwrap_or(usual.file_name),
        use_pipenv: python.use_pipenv.unwrap_or(usual.use_pipenv),
        use_poetry: python.use_poetry.unwrap_or(usual.use_poetry),
        use_uv: python.use_uv,
        no_deploy: python.no_deploy.clone(),
        slim: python.slim,
        slim_patterns: python.slim_patterns.clone(),
        slim_defaults: python.slim_defaults.unwrap_or(usual.slim_defaults),
        strip: python.slim && python.strip != Some(false),
        zip: python.zip,
        vendor: vendor.or(python.vendor.as_ref()).cloned(),
        extra: python.pip_options.clone(),
        python: python.python.clone(),
        refresh: python.refresh,
        groups: PoetryGroups {
            with: python.poetry_with.clone(),
            without: python.poetry_without.clone(),
            only: python.poetry_only.clone(),
        },
    }
}

/// What the archives need; `packed` are those that are made here, by function.
pub(crate) fn needs(
    service: &Service,
    packed: &IndexMap<String, String>,
) -> Result<Needs, ApiError> {
    let mut needs = Needs::default();
    let Some(python) = &service.plugins.python else {
        return Ok(needs);
    };
    let mut of_layer: Vec<(&String, PythonTarget)> = Vec::new();
    for (function, archive) in packed {
        let Some(target) = target_of(service, function) else {
            continue;
        };
        let module = module_of(service, function);
        let in_layer = python.layer.is_some() && module.is_none();
        if in_layer {
            of_layer.push((function, target));
        }
        if let Some(known) = needs.of.get_mut(archive) {
            if known.target != target {
                known.others.push(function.clone());
            }
            continue;
        }
        let module = module.as_deref().map(ProjectPath::parse).transpose();
        let module = module.map_err(|problem| {
            PythonProblem::Setting(format!("functions.{function}.module: {problem}"))
        })?;
        let need = Need {
            settings: settings(python, module.as_ref().map(|_| function.as_str())),
            module,
            target,
            others: Vec::new(),
            in_layer,
        };
        needs.of.insert(archive.clone(), need);
    }
    needs.layer = layer(service, python, &of_layer);
    Ok(needs)
}

/// The layer is one for all, of the service's own Python.
fn layer(
    service: &Service,
    python: &PythonRequirements,
    of: &[(&String, PythonTarget)],
) -> Option<Need> {
    let (_, first) = of.first()?;
    let target = service_target(service).unwrap_or(*first);
    let has_it = |function: &str| {
        let own = service.functions.get(function).map(|one| &one.run.layers);
        let layers = own.and_then(Option::as_ref);
        let layers = layers.or(service.provider.run.layers.as_ref());
        let mut ids = layers
            .into_iter()
            .flatten()
            .filter_map(|one| one.get("Ref"));
        ids.any(|id| id == LAYER_OF_PYTHON)
    };
    let others = of
        .iter()
        .filter(|(function, other)| *other != target && has_it(function));
    Some(Need {
        module: None,
        settings: settings(python, None),
        target,
        others: others.map(|(function, _)| (*function).clone()).collect(),
        in_layer: true,
    })
}

fn service_target(service: &Service) -> Option<PythonTarget> {
    let word = service.provider.architecture.as_deref();
    let runtime = service.provider.runtime.as_deref()?;
    PythonTarget::of_runtime(runtime, Architecture::of_word(word))
}

/// The project that packages are for.
pub(crate) struct Place<'a> {
    pub(crate) files: &'a Arc<dyn ProjectFiles>,
    pub(crate) root: &'a str,
}

impl<'a> Place<'a> {
    /// The project whose folder is `root`.
    pub(crate) const fn of(files: &'a Arc<dyn ProjectFiles>, root: &'a str) -> Self {
        Self { files, root }
    }
}

impl Place<'_> {
    fn list(&self, need: &Need) -> Result<Option<Listed>, PythonProblem> {
        list(
            self.files.as_ref(),
            need.module.as_ref(),
            &need.settings,
            &need.target,
        )
    }

    fn order<'b>(&'b self, need: &'b Need, listed: &'b Listed) -> Order<'b> {
        Order {
            listed,
            target: need.target,
            settings: &need.settings,
            project: self.files.as_ref(),
            root: self.root,
        }
    }
}

pub(crate) fn world(host: &Host) -> PythonWorld {
    PythonWorld {
        store: Arc::clone(&host.data),
        workplace: Arc::clone(&host.workplace),
        processes: Arc::clone(&host.processes),
        environment: Arc::clone(&host.environment),
        clock: Arc::clone(&host.clock),
        entropy: Arc::clone(&host.entropy),
    }
}

/// The packages that one need leads to; none when nothing is listed.
pub(crate) async fn have(
    host: &Host,
    request: &ProjectRequest,
    place: &Place<'_>,
    need: &Need,
    watch: &Watch,
) -> Result<Option<Fetched>, ApiError> {
    let Some(listed) = place.list(need)? else {
        return Ok(None);
    };
    let allows = |hash: &str| request.consent.allows(hash);
    let tell = |event: PythonEvent| watch(Happening::Python(event));
    let mut fetched = fetch(&world(host), &place.order(need, &listed), &allows, &tell).await?;
    fetched.notes.extend(listed.notes().iter().cloned());
    if !need.others.is_empty() && fetched.has_native_code() {
        return Err(PythonProblem::Setting(format!(
            "the packages of {} hold native code for {}, and {} would run them on another",
            fetched.source,
            need.target,
            need.others.join(", ")
        ))
        .into());
    }
    Ok(Some(fetched))
}

/// What is known of the packages of a service without fetching any.
///
/// # Errors
/// When the project is wrong, or a list of packages cannot be read.
pub fn look(host: &Host, request: &ProjectRequest) -> Result<Vec<Dependencies>, ApiError> {
    let opened = crate::project::open(host, request)?;
    let service = &opened.loaded.service;
    let root = host.workplace.absolute(&request.folder)?;
    let place = Place {
        files: &opened.files,
        root: &root,
    };
    let needs = needs(service, &crate::archives::packed_here(service))?;
    let mut found = Vec::new();
    let layer = needs.layer.iter().map(|need| ("layer".to_owned(), need));
    let archives = needs.of.iter().filter(|(_, need)| !need.in_layer);
    for (archive, need) in archives
        .map(|(name, need)| (name.clone(), need))
        .chain(layer)
    {
        let Some(listed) = place.list(need)? else {
            continue;
        };
        let known = find(&world(host), &place.order(need, &listed))?;
        found.push(Dependencies {
            archive,
            source: listed.source.clone(),
            target: need.target.to_string(),
            asked: listed.asked(),
            notes: listed.notes().to_vec(),
            bytes: known.as_ref().map_or(0, Fetched::bytes),
            tool: known.as_ref().map(|known| known.tool.clone()),
            packages: known.map(|known| known.packages).unwrap_or_default(),
        });
    }
    Ok(found)
}

/// What happens, in words.
pub fn words(event: &Event) -> String {
    match event {
        PythonEvent::Choosing {
            source,
            target,
            tool,
        } => format!("Fetching the packages of {source} for {target}, with {tool}"),
        PythonEvent::Fetching { package, done } => format!("Fetching {package} ({})", done + 1),
        PythonEvent::Building { package } => format!("Building {package}, as you allowed"),
        PythonEvent::Fetched {
            packages,
            bytes,
            millis,
        } => format!(
            "{} ({}) fetched in {}.{} s",
            count(*packages),
            crate::results::size_in_words(*bytes),
            millis / 1000,
            millis % 1000 / 100
        ),
        _ => "Fetching packages".to_owned(),
    }
}

fn count(packages: usize) -> String {
    match packages {
        1 => "1 package".to_owned(),
        count => format!("{count} packages"),
    }
}

impl Dependencies {
    /// In one line: `requirements.txt for Python 3.12 on x86_64: 8 packages, 34 MB`.
    pub fn summary(&self) -> String {
        format!(
            "{} for {}: {}, {}",
            self.source,
            self.target,
            count(self.packages.len()),
            crate::results::size_in_words(self.bytes)
        )
    }

    /// The value that `--json` prints.
    pub fn to_value(&self) -> Value {
        json!({
            "archive": self.archive, "source": self.source, "target": self.target, "tool": self.tool,
            "bytes": self.bytes,
            "packages": self.packages.iter().map(|one| json!({
                "name": one.name, "version": one.version, "bytes": one.bytes, "files": one.files,
                "asked": one.is_asked, "built": one.is_built,
            })).collect::<Value>(),
        })
    }
}

/// What was packed, as it is told.
pub(crate) fn told(fetched: &BTreeMap<String, Fetched>) -> Vec<Dependencies> {
    let one = |(archive, fetched): (&String, &Fetched)| Dependencies {
        archive: archive.clone(),
        source: fetched.source.clone(),
        target: fetched.target.to_string(),
        tool: Some(fetched.tool.clone()),
        asked: Vec::new(),
        packages: fetched.packages.clone(),
        bytes: fetched.bytes(),
        notes: fetched.notes.clone(),
    };
    fetched.iter().map(one).collect()
}

impl From<PythonProblem> for ApiError {
    fn from(problem: PythonProblem) -> Self {
        let kind = match &problem {
            PythonProblem::NoTool | PythonProblem::DiskFull => Kind::Precondition,
            PythonProblem::Consent { .. } => Kind::Permission,
            PythonProblem::Network { .. } => Kind::Remote,
            _ => Kind::Config,
        };
        let mut error = Self::new(problem.code(), kind, problem.to_string());
        error.detail = problem
            .told()
            .map(str::to_owned)
            .or_else(|| std::error::Error::source(&problem).map(ToString::to_string));
        error.hints = problem.hints();
        error
    }
}
