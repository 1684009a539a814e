//! One round of bundling: esbuild is asked, and what it makes is read into memory.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::sync::Arc;

use pilothouse_effects::{Launch, ProjectFiles};
use pilothouse_model::ProjectPath;
use serde_json::{Map, Value, json};

use super::problem::BundleProblem;
use super::tool::{EsbuildWorld, Tool, run, staging, variables};

const SCRIPT: &str = include_str!("bundle.cjs");
/// What esbuild may see of the environment.
const SEES: &[&str] = &["PATH", "LANG", "TMPDIR"];
/// More than Lambda takes unpacked.
const MOST_BYTES: u64 = 512 << 20;

/// What is to be bundled.
#[derive(Debug)]
pub struct Bundling<'a> {
    /// The whole path of the project's folder.
    pub root: &'a str,
    /// The files that are bundled, relative to it.
    pub entries: BTreeSet<String>,
    /// What esbuild is told.
    pub options: Map<String, Value>,
    /// Whether its report is an output too.
    pub reports: bool,
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Bundled {
    /// By the file that was bundled.
    pub of: BTreeMap<String, Bundle>,
    /// What esbuild warns of.
    pub warnings: Vec<Said>,
}

/// What one file became.
#[derive(Debug, Clone, Default)]
pub struct Bundle {
    /// The bundle and what belongs to it: maps, copied files.
    pub outputs: Vec<Output>,
    /// What it leaves to be loaded when it runs, as it is written there.
    pub imports: Vec<String>,
    /// How many files are in it.
    pub inputs: u64,
}

/// A file that was made.
#[derive(Debug, Clone)]
pub struct Output {
    /// Its name in the archive.
    pub path: ProjectPath,
    /// Its content.
    pub content: Arc<[u8]>,
}

/// Something that esbuild says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// What.
    pub text: String,
    /// Where.
    pub place: Option<Place>,
    /// What to write instead.
    pub suggestion: Option<String>,
    /// More about it.
    pub notes: Vec<String>,
}

/// A place in a file of the code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the project's folder.
    pub file: String,
    /// Its line, from one.
    pub line: u64,
    /// Bytes of the line before it.
    pub column: u64,
    /// How many bytes it has.
    pub length: u64,
}

/// Bundles.
///
/// # Errors
/// When the code is wrong, or esbuild cannot be run.
pub async fn bundle(
    world: &EsbuildWorld,
    tool: &Tool,
    bundling: &Bundling<'_>,
) -> Result<Bundled, BundleProblem> {
    let staging = staging(world)?;
    let made = make(world, tool, bundling, &staging).await;
    // What was made is in memory; a folder that cannot be removed is no reason to fail.
    let _ = world.store.remove(&staging);
    made
}

async fn make(
    world: &EsbuildWorld,
    tool: &Tool,
    bundling: &Bundling<'_>,
    staging: &str,
) -> Result<Bundled, BundleProblem> {
    let request = json!({
        "package": tool.package, "root": bundling.root, "entries": bundling.entries,
        "options": bundling.options, "metafile": bundling.reports,
    });
    // In a file, where no other user reads what a setting holds.
    let request = request.to_string();
    let write = |name: &str, content: &str| {
        world
            .store
            .write(&format!("{staging}/{name}"), content.as_bytes())
    };
    write("request.json", &request)?;
    write("bundle.cjs", SCRIPT)?;
    let folder = world.store.folder(staging)?;
    let files = world.store.folder(&format!("{staging}/files"))?;
    let launch = Launch {
        program: "node".to_owned(),
        arguments: vec![format!("{folder}/bundle.cjs")],
        environment: variables(world, SEES),
        folder: bundling.root.to_owned(),
    };
    let (code, told) = run(world, &launch).await?;
    let answer = world.store.read(&format!("{staging}/answer.json"), 0)?;
    let answers: Option<Vec<Value>> = answer
        .filter(|_| code == Some(0))
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let Some(answers) = answers else {
        return Err(BundleProblem::Broken { told });
    };
    let of = |key: &str| {
        let said = answers.iter().flat_map(|answer| list(answer, key));
        let said: BTreeSet<Said> = said.filter_map(Said::read).collect();
        said.into_iter().collect::<Vec<Said>>()
    };
    let errors = of("errors");
    if !errors.is_empty() {
        return Err(BundleProblem::Code(errors));
    }
    let files = world.workplace.project(&files)?;
    let mut bundled = Bundled {
        of: BTreeMap::new(),
        warnings: of("warnings"),
    };
    for answer in &answers {
        let entry = answer.get("entry").and_then(Value::as_str);
        let bundle = read(answer, files.as_ref())?;
        bundled
            .of
            .insert(entry.unwrap_or_default().to_owned(), bundle);
    }
    Ok(bundled)
}

fn read(answer: &Value, files: &dyn ProjectFiles) -> Result<Bundle, BundleProblem> {
    let texts = |key: &str| list(answer, key).filter_map(Value::as_str);
    let mut bundle = Bundle {
        imports: texts("imports").map(str::to_owned).collect(),
        inputs: answer
            .get("inputs")
            .and_then(Value::as_u64)
            .unwrap_or_default(),
        ..Bundle::default()
    };
    for name in texts("outputs") {
        let path = ProjectPath::parse(name).map_err(|problem| {
            let message = format!("esbuild names an output `{name}`: {problem}");
            BundleProblem::setting(
                message,
                "Name it otherwise by `entryNames`, `chunkNames` or `assetNames`",
            )
        })?;
        let mut content = Vec::new();
        let read = files
            .open(&path)?
            .take(MOST_BYTES)
            .read_to_end(&mut content);
        read.map_err(|source| pilothouse_effects::ProjectProblem::Unreadable {
            path: path.clone(),
            source,
        })?;
        bundle.outputs.push(Output {
            path,
            content: content.into(),
        });
    }
    bundle
        .outputs
        .sort_by(|one, other| one.path.cmp(&other.path));
    Ok(bundle)
}

fn list<'v>(answer: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    answer
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

impl Said {
    fn read(value: &Value) -> Option<Self> {
        let text = |value: &Value, key: &str| {
            let text = value.get(key)?.as_str()?;
            Some(text.to_owned())
        };
        let place = value.get("place").filter(|place| place.is_object());
        Some(Self {
            text: text(value, "text")?,
            place: place.map(|place| {
                let number = |key: &str| place.get(key).and_then(Value::as_u64).unwrap_or_default();
                Place {
                    file: text(place, "file").unwrap_or_default(),
                    line: number("line"),
                    column: number("column"),
                    length: number("length"),
                }
            }),
            suggestion: text(value, "suggestion").filter(|text| !text.is_empty()),
            notes: list(value, "notes")
                .filter_map(|note| text(note, "text"))
                .collect(),
        })
    }
}
