//! What goes into archives of bundles, and making them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pilothouse_artifact::esbuild::{Bundle, BundleProblem, Bundled, Closure, Externals};
use pilothouse_artifact::{
    Archive, ArtifactProblem, Joined, Origin, Package, Pattern, Refused, SelectedFile, Selection,
    pack,
};
use pilothouse_effects::{ArchiveStore, ProjectFiles};
use pilothouse_model::{Code, Diagnostic, ProjectPath, Severity};
use pilothouse_service::Service;
use pilothouse_service::types::Esbuild;

use super::{BundledFunction, Wanted, externals, extras, run, said};
use crate::archives::ArchivePlan;
use crate::project::ProjectRequest;
use crate::target::Watch;
use crate::{ApiError, Findings, Host};

/// The endings that a bundle's name keeps.
const USUAL_ENDINGS: &[&str] = &[".ts", ".js", ".jsx", ".tsx"];
/// What Node of older runtimes brings, and newer ones do not.
const OLD_SDK: &str = "aws-sdk";
/// The last version of Node whose runtime has it.
const LAST_WITH_SDK: u32 = 16;

/// Everything that making the archives needs.
pub(crate) struct Making<'a> {
    pub(crate) host: &'a Host,
    pub(crate) request: &'a ProjectRequest,
    pub(crate) files: &'a Arc<dyn ProjectFiles>,
    pub(crate) root: &'a str,
    pub(crate) service: &'a Service,
    pub(crate) plan: &'a ArchivePlan,
    pub(crate) store: &'a dyn ArchiveStore,
    pub(crate) watch: &'a Watch,
}

/// Archives of bundles.
#[derive(Debug, Default)]
pub(crate) struct Made {
    pub(crate) archives: Vec<Archive>,
    /// By archive: what was asked for and is never packed.
    pub(crate) selected: BTreeMap<String, Selection>,
    pub(crate) functions: Vec<BundledFunction>,
}

/// Bundles, and makes the archives that hold bundles. What is known so far goes on in `findings`.
///
/// # Errors
/// When the code is wrong, with everything that was found; or esbuild cannot be run.
pub(crate) async fn make(
    making: &Making<'_>,
    wanted: Option<&Wanted>,
    findings: &mut Findings,
) -> Result<Made, ApiError> {
    let Some(wanted) = wanted else {
        return Ok(Made::default());
    };
    findings.diagnostics.extend(wanted.notes.clone());
    let files = making.files.as_ref();
    let external = externals(files, &wanted.settings)?;
    let ran = run(
        making.host,
        making.request,
        making.root,
        making.service,
        wanted,
        making.watch,
    );
    let (tool, bundled) = match ran.await {
        Ok(ran) => ran,
        Err(BundleProblem::Code(errors)) => {
            for error in &errors {
                let found = said::finding(files, error, Severity::Error, &mut findings.sources);
                findings.diagnostics.push(found);
            }
            let Findings {
                diagnostics,
                sources,
            } = std::mem::take(findings);
            return Err(ApiError::from_findings(diagnostics, sources));
        }
        Err(problem) => return Err(problem.into()),
    };
    for warning in &bundled.warnings {
        let found = said::finding(files, warning, Severity::Warning, &mut findings.sources);
        findings.diagnostics.push(found);
    }
    let contents = Contents {
        making,
        wanted,
        bundled: &bundled,
        external: &external,
    };
    findings.diagnostics.extend(contents.without_sdk());
    contents.pack(&tool.version, findings)
}

struct Contents<'a> {
    making: &'a Making<'a>,
    wanted: &'a Wanted,
    bundled: &'a Bundled,
    external: &'a Externals<'a>,
}

/// What one archive holds.
struct Holding {
    joined: Joined,
    refused: Vec<Refused>,
    external: BTreeSet<String>,
}

impl Contents<'_> {
    fn settings(&self) -> &Esbuild {
        &self.wanted.settings
    }

    fn pack(&self, version: &str, findings: &mut Findings) -> Result<Made, ApiError> {
        let mut made = Made::default();
        for name in &self.wanted.archives {
            let functions = self.functions(name);
            let holding = self.holding(&functions, findings)?;
            let package = Package {
                file_name: name.clone(),
                files: holding.joined.files(),
            };
            made.archives
                .extend(pack(&holding.joined, self.making.store, &[package])?);
            let selection = Selection {
                files: Vec::new(),
                refused: holding.refused,
            };
            made.selected.insert(name.clone(), selection);
            for function in functions {
                let told = self.told(function, name, version, &holding.external);
                made.functions.extend(told);
            }
        }
        Ok(made)
    }

    /// The functions that run an archive and are bundled.
    fn functions(&self, archive: &str) -> Vec<&String> {
        let entries = self.wanted.entries.keys();
        let of = &self.making.plan.of_function;
        entries
            .filter(|function| of.get(*function).is_some_and(|name| name == archive))
            .collect()
    }

    fn bundle(&self, function: &str) -> Option<&Bundle> {
        self.bundled.of.get(self.wanted.entries.get(function)?)
    }

    fn holding(&self, functions: &[&String], findings: &mut Findings) -> Result<Holding, ApiError> {
        let making = self.making;
        let individually = making.service.package.individually == Some(true);
        let external = if individually {
            let bundles = functions
                .iter()
                .filter_map(|function| self.bundle(function));
            self.loaded(bundles)
        } else {
            self.external.names().clone()
        };
        let Closure { files, refused } = self.external.closure(&external);
        let mut holding = Holding {
            joined: Joined::new(Arc::clone(making.files)),
            refused,
            external,
        };
        for (file, at) in files {
            holding.joined.put(file, Origin::Project(at));
        }
        let mut bundles = BTreeSet::new();
        for function in functions {
            let left_out = self.left_out(function, individually)?;
            for output in self
                .bundle(function)
                .into_iter()
                .flat_map(|bundle| &bundle.outputs)
            {
                let path = name(self.settings(), &output.path);
                if left_out.iter().any(|stem| is_derived(path.as_str(), stem)) {
                    continue;
                }
                let file = SelectedFile {
                    path: path.clone(),
                    size: u64::try_from(output.content.len()).unwrap_or(u64::MAX),
                    executable: false,
                };
                let content = Arc::clone(&output.content);
                holding.joined.put(file, Origin::Made(content));
                bundles.insert(path);
            }
        }
        self.add_extras(functions, individually, &bundles, &mut holding, findings)?;
        Ok(holding)
    }

    /// Files that patterns take in: the service's, and those of the functions. As with the plugin one of them wins over a
    /// bundle of its name, and that is told.
    fn add_extras(
        &self,
        functions: &[&String],
        individually: bool,
        bundles: &BTreeSet<ProjectPath>,
        holding: &mut Holding,
        findings: &mut Findings,
    ) -> Result<(), ApiError> {
        let service = self.making.service;
        let files = self.making.files.as_ref();
        let mut taken = vec![extras::extras(files, &service.package.patterns)?];
        let of_all = service.functions.keys().filter(|_| !individually);
        let of_these = functions.iter().copied().filter(|_| individually);
        for key in of_all.chain(of_these) {
            if let Some(function) = service.functions.get(key) {
                taken.push(extras::extras(files, &function.package.patterns)?);
            }
        }
        for selection in taken {
            for file in selection.files {
                if bundles.contains(&file.path) {
                    findings.diagnostics.push(in_place(&file.path));
                }
                let at = file.path.clone();
                holding.joined.put(file, Origin::Project(at));
            }
            holding.refused.extend(selection.refused);
        }
        holding.refused.sort_unstable();
        holding.refused.dedup();
        Ok(())
    }

    /// Outputs that the function's own patterns leave out, without their endings.
    fn left_out(&self, function: &str, individually: bool) -> Result<Vec<String>, ApiError> {
        let own = self.making.service.functions.get(function);
        let patterns = own.into_iter().flat_map(|own| &own.package.patterns);
        let outputs = self.bundled.of.values().flat_map(|bundle| &bundle.outputs);
        let outputs: Vec<&ProjectPath> = outputs.map(|output| &output.path).collect();
        let mut left_out = Vec::new();
        for pattern in patterns.filter(|_| individually) {
            let Some(text) = pattern.strip_prefix('!') else {
                continue;
            };
            let pattern = Pattern::compile(text)
                .map_err(|problem| ArtifactProblem::Patterns(vec![problem]))?;
            let matched = outputs.iter().filter(|path| pattern.matches(path.as_str()));
            left_out.extend(matched.map(|path| stem(path.as_str()).to_owned()));
        }
        Ok(left_out)
    }

    /// The packages that bundles load when they run.
    fn loaded<'b>(&self, bundles: impl Iterator<Item = &'b Bundle>) -> BTreeSet<String> {
        let imports = bundles.flat_map(|bundle| &bundle.imports);
        let names: BTreeSet<String> = imports.map(|import| package(import).to_owned()).collect();
        names.intersection(self.external.names()).cloned().collect()
    }

    fn told(
        &self,
        function: &str,
        archive: &str,
        version: &str,
        external: &BTreeSet<String>,
    ) -> Option<BundledFunction> {
        let bundle = self.bundle(function)?;
        let bytes = bundle
            .outputs
            .iter()
            .map(|output| output.content.len())
            .sum::<usize>();
        Some(BundledFunction {
            function: function.to_owned(),
            archive: archive.to_owned(),
            entry: self.wanted.entries.get(function)?.clone(),
            esbuild: version.to_owned(),
            files: bundle.inputs,
            bytes: u64::try_from(bytes).unwrap_or(u64::MAX),
            external: external.iter().cloned().collect(),
        })
    }

    /// Functions that load the old SDK, which is not bundled, on runtimes that have no such package.
    fn without_sdk(&self) -> Option<Diagnostic> {
        let service = self.making.service;
        let is_new = |function: &String| {
            let own = service.functions.get(function)?.runtime.as_ref();
            let runtime = own.or(service.provider.runtime.as_ref())?;
            let number = runtime.strip_prefix("nodejs")?.strip_suffix(".x")?;
            number
                .parse::<u32>()
                .ok()
                .filter(|number| *number > LAST_WITH_SDK)
        };
        let loads = |function: &String| {
            let imports = self
                .bundle(function)
                .into_iter()
                .flat_map(|bundle| &bundle.imports);
            imports.into_iter().any(|import| package(import) == OLD_SDK)
        };
        let is_packed = self.external.names().contains(OLD_SDK);
        let mut functions = self.wanted.entries.keys().filter(|_| !is_packed);
        let function = functions.find(|function| is_new(function).is_some() && loads(function))?;
        let message = format!(
            "the function `{function}` loads `{OLD_SDK}`, which is not in its bundle and not in its runtime"
        );
        let found = Diagnostic::warning(Code::BundleSetting, message);
        Some(found.path("custom.esbuild.exclude").hint(
            "Load `@aws-sdk/...`, which the runtime has; or write `exclude: []`, so that it is bundled",
        ))
    }
}

fn in_place(path: &ProjectPath) -> Diagnostic {
    Diagnostic::warning(
        Code::BundleSetting,
        format!("`{path}` is packed as it is written, in place of its bundle"),
    )
    .path("package.patterns")
    .reason("a pattern takes in the file, and what patterns take in wins")
    .hint(format!("Add '!{path}' after that pattern"))
}

/// A bundle's name in the archive; an ending such as `.custom.js` becomes `.js` where that is asked for.
fn name(settings: &Esbuild, path: &ProjectPath) -> ProjectPath {
    let endings = settings
        .resolve_endings()
        .filter(|_| settings.strips_endings);
    let text = path.as_str();
    let found = endings
        .iter()
        .flatten()
        .filter_map(|ending| Some((text.find(ending.as_str())?, ending)))
        .min_by_key(|(at, _)| *at);
    let Some((at, ending)) = found.filter(|(_, ending)| !USUAL_ENDINGS.contains(&ending.as_str()))
    else {
        return path.clone();
    };
    let (before, after) = text.split_at(at);
    let after = after.strip_prefix(ending.as_str()).unwrap_or(after);
    let last = ending.rsplit('.').next().unwrap_or_default();
    ProjectPath::parse(&format!("{before}.{last}{after}")).unwrap_or_else(|_| path.clone())
}

/// `src/a.js` of `src/a.js`, `src/a.js.map`, ...: what follows from the name without its last ending.
fn is_derived(path: &str, stem: &str) -> bool {
    path.strip_prefix(stem)
        .is_some_and(|rest| rest.starts_with('.'))
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rfind('.').map_or(0, |at| name.len() - at);
    path.get(..path.len() - ending).unwrap_or(path)
}

/// The package of an import: `@scope/name` of `@scope/name/file`, `name` of `name/file`.
fn package(import: &str) -> &str {
    let parts = if import.starts_with('@') { 2 } else { 1 };
    let end = import.match_indices('/').nth(parts - 1);
    end.and_then(|(at, _)| import.get(..at)).unwrap_or(import)
}
