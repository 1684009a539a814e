//! Holds what came of a case against what the peer made of it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::run::{self, LocalAws, Outcome, Problem};

/// One service, and what the peer made of it.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) input: PathBuf,
    pub(crate) expected: PathBuf,
    pub(crate) arguments: Vec<String>,
    pub(crate) environment: BTreeMap<String, String>,
    pub(crate) accepted: bool,
    /// Whether its configuration is, or reads, JavaScript: then it is called with consent.
    pub(crate) runs_code: bool,
    /// Whether its variables ask AWS: then it is given a local one.
    pub(crate) asks_aws: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// As the peer's, or refused for the same problem.
    Equal,
    /// Refused because something is not built yet; the text says what.
    NotApplicable(String),
    Wrong(String),
}

impl Case {
    pub(crate) fn all(folder: &Path) -> Vec<Self> {
        let mut folders: Vec<PathBuf> = std::fs::read_dir(folder)
            .expect("the corpus is in the repository")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        folders.sort();
        folders.into_iter().map(Self::read).collect()
    }

    fn read(folder: PathBuf) -> Self {
        let text = std::fs::read_to_string(folder.join("case.json")).expect("case.json");
        let case: Value = serde_json::from_str(&text).expect("case.json is JSON");
        let input = folder.join("input");
        let runs_code = std::fs::read_dir(&input).expect("an input").any(|entry| {
            let name = entry.expect("an entry").file_name();
            name.to_str().is_some_and(|name| name.ends_with(".js"))
        });
        Self {
            name: folder
                .file_name()
                .and_then(|n| n.to_str())
                .unwrap_or_default()
                .to_owned(),
            input,
            arguments: serde_json::from_value(case["args"].clone()).expect("a list of arguments"),
            environment: serde_json::from_value(case["env"].clone()).expect("an object of texts"),
            accepted: case["exit"] == 0,
            expected: folder,
            runs_code,
            asks_aws: case["needs"]
                .as_str()
                .is_some_and(|needs| needs.contains("seed: ")),
        }
    }

    pub(crate) fn of_example(name: &str, input: PathBuf, expected: PathBuf) -> Self {
        Self {
            name: name.to_owned(),
            input,
            expected,
            arguments: Vec::new(),
            environment: BTreeMap::new(),
            accepted: true,
            runs_code: false,
            asks_aws: false,
        }
    }
}

/// The verdict on each case, by its name.
pub(crate) fn all(cases: &[Case]) -> BTreeMap<String, Verdict> {
    let outcomes: Vec<(&Case, Outcome)> = in_parallel(cases);
    let unequal = compare_templates(&outcomes);
    outcomes
        .iter()
        .map(|(case, outcome)| {
            let verdict = if case.accepted {
                accepted(case, outcome, &unequal)
            } else {
                refused(case, outcome)
            };
            (case.name.clone(), verdict)
        })
        .collect()
}

fn in_parallel(cases: &[Case]) -> Vec<(&Case, Outcome)> {
    let aws = cases.iter().any(|case| case.asks_aws).then(LocalAws::up);
    let aws = aws.as_ref();
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let chunk = cases.len().div_ceil(workers).max(1);
    std::thread::scope(|scope| {
        let threads: Vec<_> = cases
            .chunks(chunk)
            .map(|part| {
                scope.spawn(move || {
                    part.iter()
                        .map(|case| (case, run::package(case, aws)))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("no case panics"))
            .collect()
    })
}

const TEMPLATES: [(&str, &str); 2] = [
    ("expected.json", "cloudformation-template-update-stack.json"),
    (
        "expected.create.json",
        "cloudformation-template-create-stack.json",
    ),
];

/// The folder of the templates of nested stacks, and the template that has them as resources.
const NESTED: &str = "expected.nested";
const DIVIDED: &str = "expected.json";

/// Differences by case, of all cases that were packaged, from one run of the judge.
fn compare_templates(outcomes: &[(&Case, Outcome)]) -> BTreeMap<String, Vec<String>> {
    let mut pairs = Vec::new();
    for (case, outcome) in outcomes
        .iter()
        .filter(|(case, outcome)| case.accepted && outcome.succeeded)
    {
        for (expected, actual) in TEMPLATES {
            if case.expected.join(expected).is_file() {
                let mut pair = vec![
                    json!(format!("{}\t{expected}", case.name)),
                    json!(case.expected.join(expected)),
                    json!(outcome.out.join(actual)),
                ];
                let nested = case.expected.join(NESTED);
                if expected == DIVIDED && nested.is_dir() {
                    pair.extend([json!(nested), json!(outcome.out)]);
                }
                pairs.push(Value::from(pair));
            }
        }
    }
    let mut judge = Command::new("python3")
        .arg("judge.py")
        .current_dir(pilothouse_tests::tests_folder().join("corpus"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    let mut input = judge.stdin.take().expect("a pipe");
    input
        .write_all(Value::from(pairs).to_string().as_bytes())
        .expect("the judge reads");
    drop(input);
    let output = judge.wait_with_output().expect("the judge ends");
    assert!(output.status.success(), "the judge failed");
    let answers: BTreeMap<String, Vec<String>> =
        serde_json::from_slice(&output.stdout).expect("the judge's answer");
    let mut unequal: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (key, differences) in answers {
        let (name, file) = key.split_once('\t').expect("a name and a file");
        unequal
            .entry(name.to_owned())
            .or_default()
            .extend(differences.iter().map(|d| format!("{file}: {d}")));
    }
    unequal
}

fn accepted(case: &Case, outcome: &Outcome, unequal: &BTreeMap<String, Vec<String>>) -> Verdict {
    if !outcome.succeeded && crate::list("differences.json").contains_key(&case.name) {
        return refused(case, outcome);
    }
    if !outcome.succeeded {
        return not_yet(outcome).unwrap_or_else(|| {
            Verdict::Wrong(format!("the peer accepts it, we say: {}", outcome.text))
        });
    }
    let mut differences = unequal.get(&case.name).cloned().unwrap_or_default();
    differences.extend(archive_differences(case, outcome));
    let known = crate::list("differences.json");
    if differences.is_empty() || known.contains_key(&case.name) {
        return Verdict::Equal;
    }
    differences.truncate(12);
    Verdict::Wrong(format!("\n    {}", differences.join("\n    ")))
}

/// A refusal for nothing but what is not built yet.
fn not_yet(outcome: &Outcome) -> Option<Verdict> {
    let errors: Vec<_> = outcome.problems.iter().filter(|p| p.is_error).collect();
    let (not_yet, other): (Vec<&Problem>, Vec<&Problem>) =
        errors.iter().partition(|p| p.code == "NOT_YET_SUPPORTED");
    (other.is_empty() && !not_yet.is_empty()).then(|| {
        Verdict::NotApplicable(
            not_yet
                .iter()
                .map(|p| p.words.as_str())
                .collect::<Vec<_>>()
                .join("; "),
        )
    })
}

/// A case that the peer refuses: we must refuse it too, naming the same problem.
fn refused(case: &Case, outcome: &Outcome) -> Verdict {
    if outcome.succeeded {
        return if crate::list("differences.json").contains_key(&case.name) {
            Verdict::Equal
        } else {
            Verdict::Wrong("the peer refuses it, we accept it".to_owned())
        };
    }
    let problems = crate::list("problems.json");
    let Some(words) = problems.get(&case.name) else {
        return not_yet(outcome).unwrap_or_else(|| {
            Verdict::Wrong(format!(
                "problems.json does not say which problem to name; we say: {}",
                outcome.text
            ))
        });
    };
    let said = outcome
        .problems
        .iter()
        .map(|p| p.words.as_str())
        .collect::<Vec<_>>()
        .join("\n")
        + &outcome.text;
    let unsaid: Vec<&str> = words
        .split_whitespace()
        .filter(|word| !said.contains(word))
        .collect();
    if unsaid.is_empty() {
        Verdict::Equal
    } else {
        not_yet(outcome).unwrap_or_else(|| {
            Verdict::Wrong(format!("the message must say {unsaid:?}: {}", outcome.text))
        })
    }
}

fn archive_differences(case: &Case, outcome: &Outcome) -> Vec<String> {
    let path = case.expected.join("expected.zips.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        return Vec::new();
    };
    let expected: BTreeMap<String, Vec<Value>> =
        serde_json::from_str(&text).expect("expected.zips.json");
    let mut differences = Vec::new();
    for (archive, entries) in expected {
        if archive == CUSTOM_RESOURCES {
            differences.extend(missing_handlers(outcome, &entries));
            continue;
        }
        let mut wanted: Vec<(String, u64, String, String)> = entries
            .iter()
            .map(|e| {
                (
                    string(&e["path"]),
                    e["size"].as_u64().unwrap_or_default(),
                    string(&e["crc"]),
                    string(&e["mode"]),
                )
            })
            .filter(|(path, ..)| !never_packed(path))
            .collect();
        wanted.sort();
        match run::entries(&outcome.out.join(&archive)) {
            Ok(actual) if actual == wanted => {}
            Ok(actual) => {
                let missing: Vec<_> = wanted
                    .iter()
                    .filter(|e| !actual.contains(e))
                    .take(5)
                    .collect();
                let extra: Vec<_> = actual
                    .iter()
                    .filter(|e| !wanted.contains(e))
                    .take(5)
                    .collect();
                differences.push(format!(
                    "{archive}: missing {missing:?}, too many {extra:?}"
                ));
            }
            Err(why) => differences.push(format!("{archive} cannot be read: {why}")),
        }
    }
    differences
}

/// The code behind custom resources: the peer's and ours are each their own.
const CUSTOM_RESOURCES: &str = "custom-resources.zip";

/// Of that code, the files that the template's functions begin in must be there under the same names.
fn missing_handlers(outcome: &Outcome, expected: &[Value]) -> Option<String> {
    let actual = match run::entries(&outcome.out.join(CUSTOM_RESOURCES)) {
        Ok(actual) => actual,
        Err(why) => return Some(format!("{CUSTOM_RESOURCES} cannot be read: {why}")),
    };
    let names = expected.iter().map(|entry| string(&entry["path"]));
    let missing: Vec<String> = names
        .filter(|name| name.ends_with("/handler.js"))
        .filter(|name| actual.iter().all(|(path, ..)| path != name))
        .collect();
    (!missing.is_empty()).then(|| format!("{CUSTOM_RESOURCES} lacks {missing:?}"))
}

/// What the peer packs and we never do: files that hold secrets by their names.
fn never_packed(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with(".env"))
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
