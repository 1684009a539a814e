//! Random documents of variables, resolved by the peer and by us.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::{Map, Value, json};

use crate::beside::keep_folder;
use crate::number;
use crate::package::{first_line, is_fault, node, peer_root};
use crate::random::Random;

const KEYS: &[&str] = &["a", "b", "c", "d", "e", "prod"];
const FILES: &[(&str, &str)] = &[
    ("list.yml", "- one\n- ${opt:stage}\n- {k: 1}\n"),
    (
        "map.yml",
        "k: ${self:custom.a, 'from file'}\nn: 5\nt: true\nz: null\ninner: {k: \"x-${env:GIVEN}\", l: [1, 2]}\nprod: p\n",
    ),
    (
        "data.json",
        "{\"k\": {\"prod\": \"deep\", \"l\": [\"${opt:stage}\"]}, \"text\": \"plain\"}",
    ),
    ("text.txt", "a text of ${opt:stage}\n"),
    ("empty.yml", ""),
];

/// A document of the seed, and the options it is resolved with.
fn document(seed: u64, at: usize) -> (Value, Option<&'static str>) {
    let mut random = Random::of(seed.wrapping_mul(1_000_003).wrapping_add(at as u64));
    let mut custom = Map::new();
    // Mostly each refers to those before it; some documents have circles.
    let may_circle = random.chance(15);
    for (at, key) in KEYS.iter().enumerate() {
        if random.chance(92) {
            let known = if may_circle || at == 0 {
                KEYS
            } else {
                &KEYS[..at]
            };
            let mut maker = Maker {
                random: &mut random,
                known,
            };
            custom.insert((*key).to_owned(), maker.value(0));
        }
    }
    // What is kept with a backslash stands alone: the peer replaces it after all where another refers to it.
    custom.insert(
        "kept".to_owned(),
        json!("\\${self:custom.a} \\\\${opt:stage, 'x'}"),
    );
    let stage = random.chance(70).then_some("prod");
    let service = json!({
        "service": "variables",
        "provider": {"name": "aws", "runtime": "nodejs20.x"},
        "custom": custom,
    });
    (service, stage)
}

/// Makes values that refer to known keys.
struct Maker<'r> {
    random: &'r mut Random,
    known: &'static [&'static str],
}

impl Maker<'_> {
    fn value(&mut self, depth: usize) -> Value {
        match self.random.below(if depth < 3 { 12 } else { 8 }) {
            0 => json!(self.random.below(100)),
            1 => self.random.truth(),
            2 => Value::Null,
            3 => self.random.word(&[
                "plain",
                "",
                "$",
                "${AWS::Region}",
                "${Bucket.Arn}-x",
                "a,b",
                "$${opt:stage, 'x'}",
            ]),
            4..=7 => Value::from(self.text()),
            8 | 9 => (0..self.random.below(4))
                .map(|_| self.value(depth + 1))
                .collect(),
            _ => {
                let mut map = Map::new();
                for key in ["k", "l", "prod"] {
                    if self.random.chance(60) {
                        map.insert(key.to_owned(), self.value(depth + 1));
                    }
                }
                map.into()
            }
        }
    }

    /// A variable alone, or in a text.
    fn text(&mut self) -> String {
        if self.random.chance(70) {
            return self.variable(0);
        }
        let mut text = String::new();
        for _ in 0..self.random.between(1, 3) {
            let before = *self.random.pick(&["", "x-", " ", "/", "'", "é"]);
            text.push_str(before);
            text.push_str(&self.variable(0));
        }
        text
    }

    fn variable(&mut self, depth: usize) -> String {
        let mut sources = vec![self.source(depth)];
        while self.random.chance(35) && sources.len() < 4 {
            sources.push(self.source(depth));
        }
        if self.random.chance(92) {
            let literals = [
                "'text'",
                "\"te\\\"xt\"",
                "5",
                "-1.5",
                "true",
                "null",
                "''",
                "'a, b'",
                "'}'",
            ];
            sources.push((*self.random.pick(&literals)).to_owned());
        }
        let between = *self.random.pick(&[", ", ","]);
        format!("${{{}}}", sources.join(between))
    }

    fn inner(&mut self, depth: usize, plain: &str) -> String {
        if depth < 2 && self.random.chance(10) {
            self.variable(depth + 1)
        } else {
            plain.to_owned()
        }
    }

    fn source(&mut self, depth: usize) -> String {
        let key = *self.random.pick(self.known);
        match self.random.below(10) {
            0..=2 => format!("self:custom.{}", self.inner(depth, key)),
            3 => {
                let inside = self.random.pick(&["k", "l", "prod", "k.k"]);
                format!("self:custom.{key}.{inside}")
            }
            4 => format!("opt:{}", self.random.pick(&["stage", "region", "none"])),
            5 => format!(
                "env:{}",
                self.random.pick(&["GIVEN", "NONE_OF_THESE", "EMPTY"])
            ),
            6 | 7 => {
                let files = [
                    "list.yml",
                    "map.yml",
                    "data.json",
                    "text.txt",
                    "empty.yml",
                    "none.yml",
                    "./map.yml",
                ];
                let file = *self.random.pick(&files);
                let file = self.inner(depth, file);
                // The peer takes a number behind a text for one of its letters.
                let inside: &[&str] = match file.as_str() {
                    "list.yml" => &["0", "1", "2", "2.k", "3", "k"],
                    _ => &[
                        "k",
                        "inner",
                        "inner.k",
                        "inner.l.1",
                        "k.prod",
                        "z",
                        "n",
                        "none",
                    ],
                };
                match self.random.below(3) {
                    0 => format!("file({file})"),
                    _ => format!("file({file}):{}", self.random.pick(inside)),
                }
            }
            8 => {
                let truth = [
                    "true", "'false'", "1", "'0'", "true", "false", "'FALSE'", "yes",
                ];
                let truth = *self.random.pick(&truth);
                format!("strToBool({})", self.inner(depth, truth))
            }
            _ => "sls:stage".to_owned(),
        }
    }
}

/// A document's `custom`, or why it was refused.
type Answer = Result<Value, String>;

fn by_peer(folders: &[(PathBuf, Option<&str>)]) -> Vec<Answer> {
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut child = node(home.path())
        .env("GIVEN", "given")
        .env("EMPTY", "")
        .arg(pilothouse_tests::tests_folder().join("fuzz/resolve-many.js"))
        .arg(peer_root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut answers = Vec::new();
    for (folder, stage) in folders {
        let options = stage.map_or_else(|| json!({}), |stage| json!({ "stage": stage }));
        writeln!(input, "{}", json!({ "folder": folder, "options": options }))
            .expect("the peer reads");
        let line = lines.next().expect("an answer").expect("a line");
        let answer: Value = serde_json::from_str(&line).expect("JSON");
        answers.push(match answer["error"].as_str() {
            None => Ok(answer["custom"].clone()),
            Some(why) => Err(why.to_owned()),
        });
    }
    drop(input);
    child.wait().expect("the peer ends");
    answers
}

fn by_us(folder: &Path, stage: Option<&str>, home: &Path) -> Answer {
    let mut command = pilothouse_tests::pilothouse(home);
    command
        .env("GIVEN", "given")
        .env("EMPTY", "")
        .args(["print", "--json", "--dir"])
        .arg(folder);
    if let Some(stage) = stage {
        command.args(["--stage", stage]);
    }
    let output = command.output().expect("the command starts");
    if output.status.success() {
        let value: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        Ok(value["custom"].clone())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// Both are JSON of the same numbers, however they are written.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, one)| other.get(key).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}

/// What the peer refuses for no reason: `strToBool(false)`, and a place in an empty file.
const FAULTS: &[&str] = &[
    "Missing \"strToBool\" input",
    "not supported result: \"undefined\"",
];

/// Values that the peer makes of what has no sense, and that we refuse: an object in a text, a list as a path.
fn is_nonsense(peer: &Value, ours: &str) -> bool {
    let ours_says = ["needs the path of a file", "cannot be part of a text"];
    peer.to_string().contains("[object Object]")
        || ours_says.iter().any(|words| ours.contains(words))
}

#[test]
fn random_variables_have_the_values_that_the_peer_gives_them() {
    let count = number("PILOTHOUSE_FUZZ_COUNT", 100) as usize;
    let seed = number("PILOTHOUSE_FUZZ_SEED", 5);
    let place = tempfile::tempdir().expect("a temporary folder");
    let folders: Vec<(PathBuf, Option<&str>)> = (0..count)
        .map(|at| {
            let folder = place.path().join(format!("v{at}"));
            std::fs::create_dir_all(&folder).expect("a folder");
            let (document, stage) = document(seed, at);
            let text = serde_json::to_string_pretty(&document).expect("JSON");
            std::fs::write(folder.join("serverless.yml"), text).expect("a file");
            for (name, text) in FILES {
                std::fs::write(folder.join(name), text).expect("a file");
            }
            (folder, stage)
        })
        .collect();
    let peer = by_peer(&folders);
    let mut wrong = Vec::new();
    let (mut equal, mut refused, mut broken) = (0, 0, 0);
    for (at, ((folder, stage), peer)) in folders.iter().zip(&peer).enumerate() {
        let told = match (peer, &by_us(folder, *stage, place.path())) {
            (Err(why), _) if is_fault(why) || FAULTS.iter().any(|fault| why.contains(fault)) => {
                broken += 1;
                continue;
            }
            (Ok(peer), Err(why)) if is_nonsense(peer, why) => {
                broken += 1;
                continue;
            }
            (Ok(peer), Ok(ours)) if same(peer, ours) => {
                equal += 1;
                continue;
            }
            (Err(_), Err(_)) => {
                refused += 1;
                continue;
            }
            (Ok(peer), Ok(ours)) => format!("the peer: {peer}\n    we: {ours}"),
            (Err(why), Ok(ours)) => format!("the peer refuses it: {why}\n    we: {ours}"),
            (Ok(peer), Err(why)) => {
                format!("the peer: {peer}\n    we refuse it: {}", first_line(why))
            }
        };
        keep_folder(folder);
        wrong.push(format!("seed {seed}, number {at}:\n    {told}"));
    }
    println!(
        "variables: seed {seed}: {equal} equal, {refused} refused by both, {broken} that the peer breaks on, {} differ",
        wrong.len()
    );
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(
        equal * 5 > count,
        "too few are accepted to say much: {equal} of {count}"
    );
}
