//! `package`: templates and archives, without credentials and without a network.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;
use pilothouse_artifact::{
    Archive, ArtifactProblem, Package, Scope, SelectedFile, Selection, custom_resources, laid_out,
    pack, place,
};
use pilothouse_effects::{ArchiveStore, OutputProblem, ProjectFiles};
use pilothouse_model::{Code, Diagnostics, Digest, ProjectPath, Template};
use pilothouse_service::types::{PACKAGES_OF_NODE, PACKAGES_OF_PYTHON};
use pilothouse_service::{Node, Service};
use pilothouse_template::naming::CUSTOM_RESOURCES_ARCHIVE;
use pilothouse_template::{Archives, CompileInputs, Division, Live, Templates};
use pilothouse_template::{compile, release_folder};

use crate::archives::{ArchivePlan, Source, packed_here, plan_archives};
use crate::bundles::{self, BundledFunction, Making, Wanted};
use crate::code::foreign;
use crate::project::{self, OpenProject, ProjectRequest};
use crate::python::{self, Contents, Dependencies, Needs};
pub use crate::results::{Holds, LeftOut, WrittenFile, size_in_words};
use crate::selected::{scope, select_all};
use crate::sizes::together;
use crate::target::Watch;
use crate::{ApiError, Findings, Host, Kind, layers, nested, node_layer};

/// Where results go unless told otherwise.
pub const DEFAULT_FOLDER: &str = ".pilothouse";
/// The file of the template that creates the stack.
pub const CREATE_TEMPLATE: &str = "cloudformation-template-create-stack.json";
/// The archive of Python packages that are a layer, as the plugin names it.
pub(crate) const PYTHON_LAYER: &str = "pythonRequirements.zip";
/// The file of the whole template.
pub const UPDATE_TEMPLATE: &str = "cloudformation-template-update-stack.json";

/// A service ready to be deployed.
#[derive(Debug)]
pub struct Packaged {
    /// The service.
    pub service: Service,
    /// Its templates.
    pub templates: Templates,
    /// Its archives, in the results' folder.
    pub archives: Vec<Archive>,
    /// By function: the file name of the archive that it runs.
    pub archive_of: IndexMap<String, String>,
    /// The folder that results were written to.
    pub folder: String,
    /// The folder that it was found in as the request named it, when it was packaged before.
    pub from: Option<String>,
    /// Everything that was written there.
    pub files: Vec<WrittenFile>,
    /// Files that the patterns ask for and that are never packed.
    pub left_out: Vec<LeftOut>,
    /// The packages of Python in them.
    pub dependencies: Vec<Dependencies>,
    /// The functions whose code was bundled.
    pub bundles: Vec<BundledFunction>,
    /// What the user should know although it worked.
    pub findings: Findings,
    /// Milliseconds since 1970 that name this run.
    pub instance_millis: u64,
}

/// A service and its templates, without any archive being made.
#[derive(Debug)]
pub(crate) struct OnPaper {
    pub(crate) service: Service,
    pub(crate) resolved: Node,
    pub(crate) templates: Templates,
    pub(crate) findings: Findings,
}

/// Loads and compiles. The template has rules of its own; archives it would name stand for themselves.
pub(crate) fn on_paper(host: &Host, request: &ProjectRequest) -> Result<OnPaper, ApiError> {
    let opened = project::open(host, request)?;
    if opened.foreign.is_some() {
        return foreign::on_paper(host, request, opened);
    }
    let mut loaded = opened.loaded;
    node_layer::settle(opened.files.as_ref(), &mut loaded.service);
    let inputs = CompileInputs {
        instance_millis: opened.instance_millis,
        archives: stand_ins(&loaded.service),
    };
    let mut diagnostics = loaded.warnings;
    let templates = match compile(&loaded.service, &inputs) {
        Ok(templates) => templates,
        Err(found) => {
            diagnostics.extend(found.0);
            return Err(ApiError::from_findings(diagnostics, loaded.sources));
        }
    };
    diagnostics.extend(templates.warnings.0.clone());
    Ok(OnPaper {
        service: loaded.service,
        resolved: loaded.resolved,
        templates,
        findings: Findings {
            diagnostics,
            sources: loaded.sources,
        },
    })
}

/// Adds what CloudFormation would find wrong in a template, before it is asked.
///
/// # Errors
/// With everything that was found, when some of it stops the work.
pub(crate) fn judge(
    service: &Service,
    templates: &Templates,
    mut known: Findings,
) -> Result<Findings, ApiError> {
    let found = nested::check(service, &templates.update);
    known.diagnostics.extend(found.0);
    if known.diagnostics.has_errors() {
        return Err(ApiError::from_findings(known.diagnostics, known.sources));
    }
    Ok(known)
}

pub(crate) fn stand_ins(service: &Service) -> Archives {
    Archives {
        service: Some(pilothouse_template::Archive {
            file_name: format!("{}.zip", service.name),
            digest: Digest::of(b""),
        }),
        functions: IndexMap::new(),
        layers: layers::stand_ins(service),
    }
}

/// Loads, selects, packs, compiles and writes.
///
/// `out` is relative to the project's folder unless absolute; [`DEFAULT_FOLDER`] when absent.
///
/// # Errors
/// When the project is wrong, or something cannot be read or written. Files of an earlier run that could not
/// be replaced are as they were.
pub async fn package(
    host: &Host,
    request: &ProjectRequest,
    out: Option<&str>,
    watch: &Watch,
) -> Result<Packaged, ApiError> {
    let opened = project::open(host, request)?;
    let mut packaged = match opened.foreign {
        Some(_) => foreign::package(host, request, opened, out)?,
        None => package_here(host, request, opened, out, watch).await?,
    };
    let together = together::warnings(&packaged.service, &packaged.archive_of, &packaged.archives);
    packaged.findings.diagnostics.extend(together);
    Ok(packaged)
}

/// Packages a service whose plugins are all built in.
async fn package_here(
    host: &Host,
    request: &ProjectRequest,
    opened: OpenProject,
    out: Option<&str>,
    watch: &Watch,
) -> Result<Packaged, ApiError> {
    let files = laid_out(opened.files)?;
    let mut service = opened.loaded.service;
    let mut findings = Findings {
        diagnostics: opened.loaded.warnings,
        sources: opened.loaded.sources,
    };
    let out = out.map(str::to_owned).or(service.package.path.clone());
    let out = out.as_deref();
    let folder = results_folder(&request.folder, out);
    let plan = plan_archives(&service);
    let chosen = Chosen::of(&files, &mut service, &plan, out)?;
    let root = host.workplace.absolute(&request.folder)?;
    let place = python::Place::of(&files, &root);
    let needs = python::needs(&service, &packed_here(&service))?;
    let contents = Contents::have(host, request, &place, &needs, watch).await?;
    // Opened only now: a service that is refused before leaves no folder behind.
    let store = host.workplace.output(&folder)?;
    let making = Making {
        host,
        request,
        files: &files,
        root: &root,
        service: &service,
        plan: &plan,
        store: store.as_ref(),
        watch,
    };
    let packed = packed(&making, chosen, (&needs, &contents), &mut findings).await?;
    let mut archives = packed.archives;
    let inputs = CompileInputs {
        instance_millis: opened.instance_millis,
        archives: Archives {
            layers: packed.layers,
            ..as_inputs(&plan, &archives)
        },
    };
    let (templates, division) = templates(&service, &inputs, &mut findings)?;
    if templates.has_custom_resources {
        archives.extend(custom_resources(store.as_ref(), CUSTOM_RESOURCES_ARCHIVE)?);
    }
    let mut files: Vec<WrittenFile> = archives.iter().map(WrittenFile::of_archive).collect();
    files.extend(write_templates(&*store, &templates, &division)?);
    Ok(Packaged {
        service,
        templates,
        archives,
        archive_of: plan.of_function,
        folder,
        from: None,
        files,
        left_out: left_out(&packed.selected),
        dependencies: packed.dependencies,
        bundles: packed.bundles,
        findings,
        instance_millis: opened.instance_millis,
    })
}

/// What archives are made of, as far as the project's files tell.
struct Chosen {
    scope: Scope,
    bundling: Option<Wanted>,
    selected: BTreeMap<String, Selection>,
    /// Packages of Node that go into a layer.
    modules: BTreeSet<SelectedFile>,
}

impl Chosen {
    /// A service whose project has no packages of Node loses the layer of them.
    fn of(
        files: &Arc<dyn ProjectFiles>,
        service: &mut Service,
        plan: &ArchivePlan,
        out: Option<&str>,
    ) -> Result<Self, ApiError> {
        let scope = scope(files.as_ref(), service, out)?;
        let bundling = bundles::wanted(files.as_ref(), service, plan)?;
        let of_bundles = bundling.as_ref().map(|wanted| &wanted.archives);
        let mut selected = select_all(files.as_ref(), service, &scope, plan, of_bundles)?;
        let modules = node_layer::take(files, service, plan, &mut selected)?;
        Ok(Self {
            scope,
            bundling,
            selected,
            modules,
        })
    }
}

/// The archives of a service, and what is told of them.
struct Packed {
    archives: Vec<Archive>,
    /// Those of layers, as templates name them.
    layers: IndexMap<String, pilothouse_template::Archive>,
    selected: BTreeMap<String, Selection>,
    dependencies: Vec<Dependencies>,
    bundles: Vec<BundledFunction>,
}

/// Makes all archives, those of layers too.
async fn packed(
    making: &Making<'_>,
    chosen: Chosen,
    (needs, contents): (&Needs, &Contents),
    findings: &mut Findings,
) -> Result<Packed, ApiError> {
    let Making { host, service, .. } = *making;
    let (files, store) = (making.files, making.store);
    let mut selected = chosen.selected;
    let place = python::Place::of(files, making.root);
    let mut archives = contents.write(host, &place, store, needs, &selected)?;
    let bundled = bundles::make(making, chosen.bundling.as_ref(), findings).await?;
    archives.extend(bundled.archives);
    selected.extend(bundled.selected);
    let is_made = |name: &String| archives.iter().any(|made| made.file_name == *name);
    let rest = selected.iter().filter(|(name, _)| !is_made(name));
    archives.extend(make(files.as_ref(), store, making.plan, rest)?);
    findings.diagnostics.extend(contents.notes());
    let mut layers = layers::pack_all(files, service, &chosen.scope, store)?;
    layers.add(PACKAGES_OF_PYTHON, contents.layer(&place, store, needs)?);
    let of_node = node_layer::archive(&place, store, &chosen.modules)?;
    layers.add(PACKAGES_OF_NODE, of_node);
    archives.extend(layers.archives);
    selected.extend(layers.selected);
    let warnings = archives.iter().flat_map(Archive::warnings);
    findings.diagnostics.extend(warnings);
    Ok(Packed {
        archives,
        layers: layers.of,
        selected,
        dependencies: python::told(&contents.fetched),
        bundles: bundled.functions,
    })
}

/// Compiles, and divides what is to be divided as if no stack stood yet.
fn templates(
    service: &Service,
    inputs: &CompileInputs,
    known: &mut Findings,
) -> Result<(Templates, Option<Division>), ApiError> {
    let refused = |known: &mut Findings, found: Diagnostics| {
        known.diagnostics.extend(found.0);
        ApiError::from_findings(
            std::mem::take(&mut known.diagnostics),
            std::mem::take(&mut known.sources),
        )
    };
    let templates = compile(service, inputs).map_err(|found| refused(known, found))?;
    known.diagnostics.extend(templates.warnings.0.clone());
    let release = release_folder(service, inputs.instance_millis);
    let division = nested::division(service, &templates.update, &Live::default(), &release);
    let division = division.map_err(|found| refused(known, found))?;
    Ok((templates, division))
}

pub(crate) fn results_folder(project: &str, out: Option<&str>) -> String {
    let out = out.unwrap_or(DEFAULT_FOLDER);
    if out.starts_with(['/', '\\']) || out.get(1..2) == Some(":") {
        out.to_owned()
    } else {
        format!("{project}/{out}")
    }
}

fn make<'a>(
    files: &dyn ProjectFiles,
    store: &dyn ArchiveStore,
    plan: &ArchivePlan,
    selected: impl Iterator<Item = (&'a String, &'a Selection)>,
) -> Result<Vec<Archive>, ApiError> {
    let packages: Vec<Package> = selected
        .map(|(name, selection)| Package {
            file_name: name.clone(),
            files: selection.files.clone(),
        })
        .collect();
    let mut archives = pack(files, store, &packages)?;
    for (name, source) in &plan.archives {
        if let Source::ReadyMade(path) = source {
            let path = ProjectPath::parse(path).map_err(|problem| {
                ApiError::new(
                    Code::PathOutside,
                    Kind::Config,
                    format!("the archive `{path}` is not a file of the project"),
                )
                .detail(problem.to_string())
            })?;
            archives.push(place(files, store, &path, name)?);
        }
    }
    Ok(archives)
}

fn as_inputs(plan: &ArchivePlan, archives: &[Archive]) -> Archives {
    let functions = plan.of_function.iter().filter_map(|(function, name)| {
        let archive = archives.iter().find(|a| a.file_name == *name)?;
        let input = pilothouse_template::Archive {
            file_name: name.clone(),
            digest: archive.digest,
        };
        Some((function.clone(), input))
    });
    Archives {
        service: None,
        functions: functions.collect(),
        layers: IndexMap::new(),
    }
}

fn write_templates(
    store: &dyn ArchiveStore,
    templates: &Templates,
    division: &Option<Division>,
) -> Result<Vec<WrittenFile>, ApiError> {
    let division = division.as_ref();
    let update = division.map_or(&templates.update, |division| &division.parent);
    // With a bucket of the user's own the peer creates the stack with the whole template at once.
    let create = templates.create.as_ref().unwrap_or(update);
    let mut written = Vec::new();
    for (name, template) in [(CREATE_TEMPLATE, create), (UPDATE_TEMPLATE, update)] {
        written.push(write_template(store, name, template)?);
    }
    for (name, template) in division.into_iter().flat_map(nested::files) {
        written.push(write_template(store, &name, template)?);
    }
    Ok(written)
}

fn write_template(
    store: &dyn ArchiveStore,
    name: &str,
    template: &Template,
) -> Result<WrittenFile, ApiError> {
    let text = template.to_json();
    let mut file = store.create(name)?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(|source| OutputProblem {
        name: name.to_owned(),
        source,
    })?;
    file.keep()?;
    Ok(WrittenFile {
        name: name.to_owned(),
        digest: Digest::of(text.as_bytes()),
        size: u64::try_from(text.len()).unwrap_or(u64::MAX),
        holds: Holds::Resources(
            template
                .section("Resources")
                .map_or(0, serde_json::Map::len),
        ),
    })
}

fn left_out(selected: &BTreeMap<String, Selection>) -> Vec<LeftOut> {
    let mut all: BTreeMap<&str, LeftOut> = BTreeMap::new();
    for refused in selected.values().flat_map(|selection| &selection.refused) {
        all.insert(
            refused.path.as_str(),
            LeftOut {
                path: refused.path.to_string(),
                why: refused.why.to_string(),
                allowed_by: refused.pattern_that_allows().map(str::to_owned),
            },
        );
    }
    all.into_values().collect()
}

impl From<ArtifactProblem> for ApiError {
    fn from(problem: ArtifactProblem) -> Self {
        let detail = std::error::Error::source(&problem).map(ToString::to_string);
        let mut error = Self::new(problem.code(), Kind::Config, problem.to_string());
        error.detail = detail;
        if let Some(hint) = problem.hint() {
            error = error.hint(hint);
        }
        error
    }
}
