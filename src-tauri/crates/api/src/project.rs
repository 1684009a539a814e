//! Opening a project: which folder, which file, which stage, and what it may see.

use std::sync::Arc;
use std::time::SystemTime;

use indexmap::IndexMap;
use pilothouse_effects::{ProjectFiles, ProjectProblem};
use pilothouse_model::{Code, Diagnostic, Diagnostics, ProjectPath, SourceId};
use pilothouse_service::{Answer, Answers, Loaded, Lookup, Options, Rejected, Request, Step, load};

use crate::asking::{self, Known};
use crate::code::{self, Said};
use crate::consent::Program;
use crate::{ApiError, Findings, Host, Kind, overlay};

/// What every use case that reads a project is asked with.
#[derive(Debug, Clone, Default)]
pub struct ProjectRequest {
    /// The project's folder, absolute or relative to the working folder.
    pub folder: String,
    /// The configuration file, relative to the project's folder; found by its usual names when absent.
    pub config: Option<String>,
    /// `--stage`.
    pub stage: Option<String>,
    /// `--region`.
    pub region: Option<String>,
    /// `--param`, each as written.
    pub params: Vec<String>,
    /// `--profile`.
    pub profile: Option<String>,
    /// Which code of the project may run.
    pub consent: CodeConsent,
    /// What AWS has answered so far.
    pub known: Known,
}

/// Which of the project's own code (JavaScript configuration, plugins, builds) may run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum CodeConsent {
    /// None of it.
    #[default]
    Nothing,
    /// What has one of these content hashes (SHA-256, hexadecimal).
    Hashes(Vec<String>),
    /// All of it: for a machine that trusts the project.
    All,
}

impl CodeConsent {
    /// Reads the words of `--allow-code`.
    pub fn from_words(words: &[String]) -> Self {
        if words.is_empty() {
            Self::Nothing
        } else if words.iter().any(|word| word == "all") {
            Self::All
        } else {
            Self::Hashes(words.iter().map(|word| word.to_ascii_lowercase()).collect())
        }
    }

    /// Whether code with this content hash may run.
    pub fn allows(&self, hash: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Hashes(hashes) => hashes.iter().any(|allowed| allowed == hash),
            Self::All => true,
        }
    }
}

/// The names under which a configuration is looked for, in this order.
const CONFIG_NAMES: &[&str] = &["serverless.yml", "serverless.yaml", "serverless.json"];
/// Names that need the project's own code to be run to be read.
const CODE_NAMES: &[&str] = &[
    "serverless.js",
    "serverless.cjs",
    "serverless.mjs",
    "serverless.ts",
];
/// The most bytes of a file that variables may read.
const MOST_BYTES: u64 = 4 << 20;

/// A project whose service is resolved and checked.
#[derive(Debug)]
pub struct OpenProject {
    /// Its files.
    pub files: Arc<dyn ProjectFiles>,
    /// The service, its texts, and what the user should know.
    pub loaded: Loaded,
    /// Milliseconds since 1970 that name this run: the release's folder and `${sls:instanceId}`.
    pub instance_millis: u64,
    /// What is said of plugins that are not built in, when the file names some: they must run to package.
    pub foreign: Option<Findings>,
}

/// Opens a project and resolves its service for a stage. AWS is not asked: see [`crate::asking`].
///
/// # Errors
/// When the folder or its configuration cannot be read, with every diagnostic of the configuration, or with what AWS
/// must be asked.
pub fn open(host: &Host, request: &ProjectRequest) -> Result<OpenProject, ApiError> {
    let files = host.workplace.project(&request.folder)?;
    let (source, text) = configuration_or_code(host, request, files.as_ref())?;
    let instance_millis = instance_millis(host);
    let (params, mut warnings) = params(&request.params);
    let mut foreign = None;
    let mut options = Options {
        stage: request.stage.clone(),
        region: request.region.clone(),
        params,
        others: others(request),
        instance_id: instance_millis.to_string(),
        ..Options::default()
    };
    let mut answers = Answers::default();
    let mut programs = Vec::new();
    loop {
        let step = load(&Request {
            source: &source,
            text: &text,
            options: &options,
            answers: &answers,
        });
        match step {
            Ok(Step::Needs(lookups)) => {
                let found = found(host, request, files.as_ref(), lookups, &mut programs)?;
                answers.extend(found);
            }
            Ok(Step::Ready(mut loaded)) => {
                warnings.extend(loaded.warnings.0);
                loaded.warnings = warnings;
                let added = &loaded.service.plugins.files;
                return Ok(OpenProject {
                    files: overlay::with_files(files, added),
                    loaded: *loaded,
                    instance_millis,
                    foreign,
                });
            }
            // Plugins that are not built in may be run when it comes to packaging.
            Err(rejected) if foreign.is_none() && names_plugins(&rejected) => {
                options.foreign_plugins = true;
                foreign = Some(rejected.into());
            }
            Err(Rejected {
                diagnostics,
                sources,
            }) => {
                warnings.extend(diagnostics.0);
                let mut error = ApiError::from_findings(warnings, sources);
                error.consent = (!programs.is_empty()).then(|| Box::new(programs));
                return Err(error);
            }
        }
    }
}

/// Whether plugins that are not built in are among what is wrong.
fn names_plugins(rejected: &Rejected) -> bool {
    let mut found = rejected.diagnostics.0.iter();
    found.any(|one| one.code == Code::PluginUnknown)
}

impl From<Rejected> for Findings {
    fn from(rejected: Rejected) -> Self {
        Self {
            diagnostics: rejected.diagnostics,
            sources: rejected.sources,
        }
    }
}

/// What is found out in one turn. AWS is not asked; as much as can be is learnt before it is said that it must be.
fn found(
    host: &Host,
    request: &ProjectRequest,
    files: &dyn ProjectFiles,
    lookups: Vec<Lookup>,
    programs: &mut Vec<Program>,
) -> Result<Vec<(Lookup, Answer)>, ApiError> {
    let mut wants = Vec::new();
    let mut found = Vec::new();
    for lookup in lookups {
        let answer = match &lookup {
            Lookup::Cloud(asked) => match request.known.get(asked) {
                Some(answer) => answer.clone(),
                None => {
                    wants.push(asked.clone());
                    continue;
                }
            },
            Lookup::Code(call) => {
                without_consent(code::value(host, request, files, call)?, programs)
            }
            _ => answer(host, files, &lookup),
        };
        found.push((lookup, answer));
    }
    if found.is_empty() {
        return Err(asking::not_asked(wants));
    }
    Ok(found)
}

/// The answer of code; programs that nobody consented to are kept.
fn without_consent(said: Said, programs: &mut Vec<Program>) -> Answer {
    match said {
        Said::Answer(answer) => answer,
        Said::Needs(program) => {
            let hash = program.hash.clone();
            if !programs.contains(&program) {
                programs.push(program);
            }
            Answer::NeedsConsent { hash }
        }
    }
}

/// Whether a file of that name configures a service.
pub(crate) fn is_configuration(name: &str) -> bool {
    CONFIG_NAMES.contains(&name) || CODE_NAMES.contains(&name)
}

/// The time that names this run; `SOURCE_DATE_EPOCH` (seconds), the convention of reproducible builds, sets it.
pub(crate) fn instance_millis(host: &Host) -> u64 {
    let chosen = host.environment.variable("SOURCE_DATE_EPOCH");
    if let Some(seconds) = chosen.and_then(|text| text.parse::<u64>().ok()) {
        return seconds.saturating_mul(1000);
    }
    let since = host.clock.now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |passed| {
        u64::try_from(passed.as_millis()).unwrap_or(u64::MAX)
    })
}

/// The configuration file: the one that is named, or the first of the usual names.
pub(crate) fn configuration(
    files: &dyn ProjectFiles,
    request: &ProjectRequest,
) -> Result<(SourceId, String), ApiError> {
    if let Some(name) = &request.config {
        let path = ProjectPath::parse(name).map_err(|problem| {
            ApiError::new(
                Code::PathOutside,
                Kind::User,
                format!("`{name}` is not a file of the project"),
            )
            .detail(problem.to_string())
            .hint("Name it relative to the project's folder")
        })?;
        return read_text(files, &path);
    }
    for name in CONFIG_NAMES {
        if let Some(found) = read_if_there(files, name)? {
            return Ok(found);
        }
    }
    for name in CODE_NAMES {
        if read_if_there(files, name)?.is_some() {
            return Err(only_code(name));
        }
    }
    Err(ApiError::new(
        Code::ConfigMissing,
        Kind::User,
        format!("there is no `serverless.yml` in `{}`", request.folder),
    )
    .hint("Name the project's folder with --dir, or the file with --config"))
}

/// The configuration, run by consent when it is code.
fn configuration_or_code(
    host: &Host,
    request: &ProjectRequest,
    files: &dyn ProjectFiles,
) -> Result<(SourceId, String), ApiError> {
    match code_file(files, request) {
        Some(path) => code::configuration(host, request, files, &path),
        None => configuration(files, request),
    }
}

/// The file of code that is the configuration, when it is one.
fn code_file(files: &dyn ProjectFiles, request: &ProjectRequest) -> Option<ProjectPath> {
    let is_there = |name: &str| {
        let path = ProjectPath::parse(name).ok()?;
        files.open(&path).is_ok().then_some(path)
    };
    if let Some(name) = &request.config {
        const ENDINGS: &[&str] = &["js", "cjs", "mjs", "ts"];
        let (_, ending) = name.rsplit_once('.')?;
        return ENDINGS.contains(&ending).then(|| is_there(name)).flatten();
    }
    if CONFIG_NAMES.iter().any(|name| is_there(name).is_some()) {
        return None;
    }
    CODE_NAMES.iter().find_map(|name| is_there(name))
}

/// A configuration that is code has no text that could be shown as a configuration.
fn only_code(name: &str) -> ApiError {
    ApiError::new(
        Code::NotYetSupported,
        Kind::Config,
        format!("`{name}` is code, and the editor reads YAML and JSON"),
    )
    .hint("Change it in an editor of yours; the other pages follow it")
}

fn read_if_there(
    files: &dyn ProjectFiles,
    name: &str,
) -> Result<Option<(SourceId, String)>, ApiError> {
    let Ok(path) = ProjectPath::parse(name) else {
        return Ok(None);
    };
    match files.read(&path, MOST_BYTES) {
        Err(ProjectProblem::Missing(_)) => Ok(None),
        other => text_of(&path, other).map(Some),
    }
}

fn read_text(files: &dyn ProjectFiles, path: &ProjectPath) -> Result<(SourceId, String), ApiError> {
    text_of(path, files.read(path, MOST_BYTES))
}

fn text_of(
    path: &ProjectPath,
    read: Result<Vec<u8>, ProjectProblem>,
) -> Result<(SourceId, String), ApiError> {
    let as_config = |mut error: ApiError| {
        error.code = match error.code {
            Code::PackageMissing => Code::ConfigMissing,
            Code::PathOutside => Code::PathOutside,
            _ => Code::ConfigUnreadable,
        };
        error
    };
    let bytes = read.map_err(|problem| as_config(problem.into()))?;
    // A byte-order mark is no part of the text.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((SourceId::new(path.as_str()), text.to_owned())),
        Err(problem) => Err(ApiError::new(
            Code::ConfigUnreadable,
            Kind::Config,
            format!("`{path}` is not UTF-8 text"),
        )
        .detail(problem.to_string())
        .hint("Save it as UTF-8")),
    }
}

/// `--param NAME=VALUE`, the last of equal names. One without `=` says nothing; the peer passes over it.
pub(crate) fn params(written: &[String]) -> (IndexMap<String, String>, Diagnostics) {
    let mut params = IndexMap::new();
    let mut warnings = Diagnostics::default();
    for param in written {
        if let Some((name, value)) = param.split_once('=') {
            params.insert(name.to_owned(), value.to_owned());
        } else {
            warnings.push(
                Diagnostic::warning(
                    Code::Usage,
                    format!("`--param {param}` has no value and is passed over"),
                )
                .hint("Write it as --param NAME=VALUE"),
            );
        }
    }
    (params, warnings)
}

/// What `${opt:...}` sees beyond stage and Region.
pub(crate) fn others(request: &ProjectRequest) -> IndexMap<String, String> {
    let named = [
        ("config", &request.config),
        ("aws-profile", &request.profile),
    ];
    named
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)))
        .collect()
}

pub(crate) fn answer(host: &Host, files: &dyn ProjectFiles, lookup: &Lookup) -> Answer {
    match lookup {
        Lookup::Environment(name) => host
            .environment
            .variable(name)
            .map_or(Answer::Missing, Answer::Found),
        Lookup::File(path) => file(files, path).map_or_else(
            |refusal| refusal,
            |bytes| {
                String::from_utf8(bytes).map_or_else(
                    |_| Answer::Refused {
                        reason: format!("{path} is not UTF-8 text"),
                    },
                    Answer::Found,
                )
            },
        ),
        _ => Answer::Refused {
            reason: "Pilothouse cannot look this up yet".to_owned(),
        },
    }
}

fn file(files: &dyn ProjectFiles, path: &ProjectPath) -> Result<Vec<u8>, Answer> {
    files
        .read(path, MOST_BYTES)
        .map_err(|problem| match problem {
            ProjectProblem::Missing(_) => Answer::Missing,
            problem => Answer::Refused {
                reason: problem.to_string(),
            },
        })
}
