//! Code of the project, run by consent: `serverless.js` and `${file(x.js)}`.
//!
//! It runs in the user's own Node, with an environment that has no credentials, a home of its own, a limit on time and on
//! output, and, where that Node can say so, without leave to write, to start programs or to read other files than those
//! that the hash is over.

pub(crate) mod foreign;
mod reach;

use std::time::Duration;

use pilothouse_effects::{Launch, Limits, Passed, ProcessProblem, ProjectFiles, Ran};
use pilothouse_model::{Code, ProjectPath, SourceId};
use pilothouse_service::{Answer, CodeCall, CodeWant};
use serde_json::{Value, json};

use crate::consent::{self, Program};
use crate::project::{self, ProjectRequest};
use crate::{ApiError, Host, Kind};

const RUNNER: &str = include_str!("code/runner.cjs");
const LIMITS: Limits = Limits {
    time: Duration::from_secs(30),
    bytes: 8 << 20,
};
/// What the answer begins with in the output.
const MARK: &str = "pilothouse-answer:";

/// What came of asking code.
pub(crate) enum Said {
    /// An answer.
    Answer(Answer),
    /// Nobody has consented.
    Needs(Program),
}

/// What a file of the project gives for a variable.
pub(crate) fn value(
    host: &Host,
    request: &ProjectRequest,
    files: &dyn ProjectFiles,
    call: &CodeCall,
) -> Result<Said, ApiError> {
    let reach = match reach::of(files, &call.path) {
        Ok(reach) => reach,
        Err(pilothouse_effects::ProjectProblem::Missing(path)) if path == call.path => {
            return Ok(Said::Answer(Answer::Missing));
        }
        Err(problem) => {
            return Ok(Said::Answer(Answer::Refused {
                reason: problem.to_string(),
            }));
        }
    };
    let program = program(&call.path, &reach);
    if !consent::is_given(host, request, &program.hash)? {
        return Ok(Said::Needs(program));
    }
    let given: Vec<Value> = call.given.iter().map(given).collect();
    let asked = json!({ "mode": "value", "address": call.address, "given": given });
    let answer = match run(host, request, &reach, &call.path, asked)? {
        Ok(answer) => Answer::Found(answer.to_string()),
        Err(reason) => Answer::Refused { reason },
    };
    Ok(Said::Answer(answer))
}

/// The configuration that a file of code exports, as JSON.
pub(crate) fn configuration(
    host: &Host,
    request: &ProjectRequest,
    files: &dyn ProjectFiles,
    path: &ProjectPath,
) -> Result<(SourceId, String), ApiError> {
    let reach = reach::of(files, path)?;
    let program = program(path, &reach);
    if !consent::is_given(host, request, &program.hash)? {
        return Err(program.refused());
    }
    let asked = json!({ "mode": "configuration", "given": [] });
    match run(host, request, &reach, path, asked)? {
        Ok(answer) => {
            let value = answer.get("value").cloned().unwrap_or_default();
            Ok((SourceId::new(path.as_str()), format!("{value:#}")))
        }
        Err(reason) => Err(failed(path).detail(reason)),
    }
}

fn failed(path: &ProjectPath) -> ApiError {
    let title = format!("`{path}` gave no value");
    ApiError::new(Code::CodeFailed, Kind::Config, title)
        .hint("It runs without your environment and credentials: see docs/code-by-consent.md")
}

fn given((want, answer): &(CodeWant, String)) -> Value {
    let want = match want {
        CodeWant::Variable(variable) => json!({ "variable": variable }),
        CodeWant::Property(path) => json!({ "property": path }),
    };
    let answer: Value = serde_json::from_str(answer).unwrap_or_default();
    json!([want, answer])
}

fn program(path: &ProjectPath, reach: &reach::Reach) -> Program {
    let reads = if reach.is_bounded {
        "reads the files that the hash is over"
    } else {
        "reads the whole project"
    };
    Program {
        name: path.to_string(),
        hash: reach.hash(),
        files: reach.files.keys().map(ToString::to_string).collect(),
        may: vec![
            reads.to_owned(),
            "can reach the network".to_owned(),
            "gets no credentials and none of your environment variables".to_owned(),
        ],
    }
}

/// Runs the file; the inner error is the code's own.
fn run(
    host: &Host,
    request: &ProjectRequest,
    reach: &reach::Reach,
    path: &ProjectPath,
    mut asked: Value,
) -> Result<Result<Value, String>, ApiError> {
    let root = host.workplace.absolute(&request.folder)?;
    if let Some(asked) = asked.as_object_mut() {
        asked.insert("file".to_owned(), json!(format!("{root}/{path}")));
        asked.insert("options".to_owned(), options(request));
        asked.insert("mark".to_owned(), json!(MARK));
    }
    let script = [
        "-e".to_owned(),
        RUNNER.to_owned(),
        "--".to_owned(),
        asked.to_string(),
    ];
    let mut bounds = bounds(&root, reach, path);
    let home = host
        .data
        .folder("code/home")
        .map_err(|problem| failed(path).detail(format!("{problem}: {}", problem.source)))?;
    let path_variable = host.environment.variable("PATH").unwrap_or_default();
    let environment = [
        ("PATH", path_variable),
        ("HOME", home.clone()),
        ("TMPDIR", home),
        ("NO_COLOR", "1".to_owned()),
    ];
    for flag in FLAGS {
        if let Some(first) = bounds.first_mut() {
            (*flag).clone_into(first);
        }
        let launch = Launch {
            program: "node".to_owned(),
            arguments: bounds.iter().chain(&script).cloned().collect(),
            environment: environment
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
            folder: root.clone(),
        };
        let ran = host
            .processes
            .ask(&launch, LIMITS)
            .map_err(|problem| not_run(path, &problem))?;
        if ran.code != Some(BAD_OPTION) || bounds.is_empty() {
            return Ok(answer_of(&ran));
        }
    }
    // It is never run without the bound that was consented to.
    Err(failed(path)
        .detail("this Node cannot be told what it may not do")
        .hint("Install Node.js 20 or newer, so that `node` is on your PATH"))
}

/// How Node is told that it may do only what is named: since version 23, and in 20 to 22.
const FLAGS: &[&str] = &["--permission", "--experimental-permission"];
/// Node's exit code for an option that it does not know.
const BAD_OPTION: i32 = 9;

fn not_run(path: &ProjectPath, problem: &ProcessProblem) -> ApiError {
    failed(path)
        .detail(problem.to_string())
        .hint("Install Node.js 20 or newer, so that `node` is on your PATH")
}

/// What Node is told that it may do; the first is the flag that turns it on.
fn bounds(root: &str, reach: &reach::Reach, path: &ProjectPath) -> Vec<String> {
    // What translates TypeScript starts programs and keeps files of its own.
    if path.as_str().ends_with("ts") {
        return Vec::new();
    }
    let mut bounds = vec![String::new()];
    if reach.is_bounded {
        bounds.extend(
            reach
                .files
                .keys()
                .map(|path| format!("--allow-fs-read={root}/{path}")),
        );
    } else {
        bounds.push(format!("--allow-fs-read={root}/*"));
    }
    bounds
}

fn options(request: &ProjectRequest) -> Value {
    let mut options = serde_json::Map::new();
    for (name, value) in [("stage", &request.stage), ("region", &request.region)] {
        if let Some(value) = value {
            options.insert(name.to_owned(), json!(value));
        }
    }
    if !request.params.is_empty() {
        options.insert("param".to_owned(), json!(request.params));
    }
    let others = project::others(request);
    options.extend(others.into_iter().map(|(name, value)| (name, json!(value))));
    Value::Object(options)
}

fn answer_of(ran: &Ran) -> Result<Value, String> {
    match ran.passed {
        Some(Passed::Time) => {
            return Err(format!(
                "it did not end within {} seconds",
                LIMITS.time.as_secs()
            ));
        }
        Some(Passed::Bytes) => return Err(format!("it wrote more than {} bytes", LIMITS.bytes)),
        None => {}
    }
    let output = String::from_utf8_lossy(&ran.output);
    let answer = output
        .lines()
        .rev()
        .find_map(|line| line.strip_prefix(MARK));
    let answer: Option<Value> = answer.and_then(|answer| serde_json::from_str(answer).ok());
    let Some(answer) = answer else {
        let errors = String::from_utf8_lossy(&ran.errors);
        let last: Vec<&str> = errors
            .lines()
            .filter(|line| !line.trim().is_empty())
            .take(8)
            .collect();
        return Err(format!("it ended without a value: {}", last.join("\n")));
    };
    match answer.get("error").and_then(Value::as_str) {
        Some(reason) => Err(reason.lines().take(8).collect::<Vec<_>>().join("\n")),
        None => Ok(answer),
    }
}
