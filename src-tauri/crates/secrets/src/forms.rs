//! Files that hold many values: reading `.env`, and writing each form.
//!
//! JSON and YAML are read where the other configurations are; what is here needs no tree.

use std::collections::BTreeMap;

use pilothouse_model::Secret;
use serde_json::{Map, Value};
use thiserror::Error;

/// How a file of many values is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `NAME=value` lines. Levels are joined by `_`.
    Env,
    /// One JSON object; levels stay in the names.
    Json,
    /// JSON objects in each other, one for each level.
    NestedJson,
    /// YAML mappings in each other.
    Yaml,
}

impl Form {
    /// By the ending of a file's name; none when it says nothing.
    pub fn of_name(name: &str) -> Option<Self> {
        let file = name.rsplit('/').next().unwrap_or(name);
        let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "yml" | "yaml" => Some(Self::Yaml),
            "env" => Some(Self::Env),
            _ if file.starts_with(".env") => Some(Self::Env),
            _ => None,
        }
    }
}

/// A value of a file.
#[derive(Debug)]
pub struct Line {
    /// Its name there.
    pub name: String,
    /// The value.
    pub value: Secret,
    /// Its line, from one.
    pub line: usize,
}

/// Why a file cannot be read, with the line from one. What stands there is not told: it may be a secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LineProblem {
    /// No `=`.
    #[error("line {0} has no `=`")]
    NoEquals(usize),
    /// A name that is none.
    #[error("line {0} has no name before its `=`, or one with spaces")]
    NoName(usize),
    /// A quote without its end.
    #[error("the quote that begins in line {0} does not end")]
    OpenQuote(usize),
    /// A name twice.
    #[error("the name in line {line} stands in line {first} already")]
    Twice {
        /// Where it stands again.
        line: usize,
        /// Where it stood first.
        first: usize,
    },
}

/// Reads `.env`: comments, `export`, single quotes as they stand, double quotes with escapes, both over several lines.
///
/// # Errors
/// Every line that cannot be read.
pub fn read_env(text: &str) -> Result<Vec<Line>, Vec<LineProblem>> {
    let mut lines: Vec<Line> = Vec::new();
    let mut problems = Vec::new();
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut number = 1;
    while !rest.is_empty() {
        let at = number;
        let line_end = rest.find('\n').unwrap_or(rest.len());
        let line = rest.get(..line_end).unwrap_or_default();
        let trimmed = line.trim();
        let mut used = line_end;
        if !trimmed.is_empty() && !trimmed.starts_with('#') {
            match entry(rest, line_end, at) {
                Ok((name, value, taken)) => {
                    used = taken;
                    match lines.iter().find(|line| line.name == name) {
                        Some(first) => problems.push(LineProblem::Twice {
                            line: at,
                            first: first.line,
                        }),
                        None => lines.push(Line {
                            name,
                            value,
                            line: at,
                        }),
                    }
                }
                Err(problem) => problems.push(problem),
            }
        }
        let taken = rest.get(..used).unwrap_or_default();
        number += taken.matches('\n').count() + 1;
        rest = rest.get(used..).unwrap_or_default();
        rest = rest
            .find('\n')
            .map_or("", |end| rest.get(end + 1..).unwrap_or_default());
    }
    if problems.is_empty() {
        Ok(lines)
    } else {
        Err(problems)
    }
}

/// Name and value that begin here, and how many bytes they take.
fn entry(rest: &str, line_end: usize, at: usize) -> Result<(String, Secret, usize), LineProblem> {
    let line = rest.get(..line_end).unwrap_or_default();
    let (name, after) = line.split_once('=').ok_or(LineProblem::NoEquals(at))?;
    let name = name.trim();
    let name = name.strip_prefix("export ").unwrap_or(name).trim();
    if name.is_empty() || name.contains(char::is_whitespace) {
        return Err(LineProblem::NoName(at));
    }
    let begin = line.len() - after.trim_start().len();
    let value = rest.get(begin..).unwrap_or_default();
    let quoted = match value.chars().next() {
        Some('\'') => single_quoted(value),
        Some('"') => double_quoted(value),
        _ => return Ok((name.to_owned(), Secret::new(bare(after)), line_end)),
    };
    let (text, taken) = quoted.ok_or(LineProblem::OpenQuote(at))?;
    Ok((name.to_owned(), Secret::new(text), begin + taken))
}

fn single_quoted(value: &str) -> Option<(String, usize)> {
    let inner = value.get(1..)?;
    let end = inner.find('\'')?;
    Some((inner.get(..end)?.to_owned(), end + 2))
}

fn double_quoted(value: &str) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut letters = value.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((text, at + 1)),
            '\\' => match letters.next()?.1 {
                'n' => text.push('\n'),
                'r' => text.push('\r'),
                't' => text.push('\t'),
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
    None
}

/// Without quotes a value ends where a comment begins: at `#` after a space.
fn bare(after: &str) -> String {
    let comment = after.find(" #").unwrap_or(after.len());
    after.get(..comment).unwrap_or(after).trim().to_owned()
}

/// Writes values under their names below a path.
///
/// # Errors
/// Pairs of names that the form cannot keep apart.
pub fn write(form: Form, values: &[(&str, &Secret)]) -> Result<Secret, Vec<(String, String)>> {
    match form {
        Form::Env => env(values),
        Form::Json => {
            let of =
                |(name, value): &(&str, &Secret)| ((*name).to_owned(), Value::from(value.expose()));
            Ok(pretty(&Value::Object(values.iter().map(of).collect())))
        }
        Form::NestedJson => Ok(pretty(&Value::Object(nested(values)?))),
        Form::Yaml => {
            let mut text = String::new();
            yaml(&nested(values)?, 0, &mut text);
            Ok(Secret::new(text))
        }
    }
}

fn pretty(value: &Value) -> Secret {
    Secret::new(format!("{value:#}\n"))
}

fn env(values: &[(&str, &Secret)]) -> Result<Secret, Vec<(String, String)>> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut twice = Vec::new();
    let mut text = String::new();
    for (name, value) in values {
        let fits = |letter: char| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '_'
            }
        };
        let plain: String = name.chars().map(fits).collect();
        if let Some(first) = seen.insert(plain.clone(), name) {
            twice.push((first.to_owned(), (*name).to_owned()));
        }
        text.push_str(&format!("{plain}={}\n", quoted(value.expose())));
    }
    if twice.is_empty() {
        Ok(Secret::new(text))
    } else {
        Err(twice)
    }
}

/// A value that every reader of `.env` reads as it is.
fn quoted(value: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./:@%+,=~".contains(letter);
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.to_owned();
    }
    let mut text = String::from("\"");
    for letter in value.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            other => text.push(other),
        }
    }
    text.push('"');
    text
}

/// A name that is also the path of another cannot be both a value and a mapping.
fn nested(values: &[(&str, &Secret)]) -> Result<Map<String, Value>, Vec<(String, String)>> {
    let mut root = Map::new();
    let mut twice = Vec::new();
    for (name, value) in values {
        let mut levels: Vec<&str> = name.split('/').collect();
        let last = levels.pop().unwrap_or_default();
        let place = levels.iter().try_fold(&mut root, |map, level| {
            let below = map
                .entry(*level)
                .or_insert_with(|| Value::Object(Map::new()));
            below.as_object_mut()
        });
        match place {
            Some(map) if !map.contains_key(last) => {
                map.insert(last.to_owned(), Value::from(value.expose()));
            }
            _ => twice.push(((*name).to_owned(), collided(values, name))),
        }
    }
    if twice.is_empty() {
        Ok(root)
    } else {
        Err(twice)
    }
}

/// The other name that stands in the way of one.
fn collided(values: &[(&str, &Secret)], name: &str) -> String {
    let in_the_way = |other: &&(&str, &Secret)| {
        let (longer, shorter) = if other.0.len() > name.len() {
            (other.0, name)
        } else {
            (name, other.0)
        };
        longer != shorter
            && longer
                .strip_prefix(shorter)
                .is_some_and(|rest| rest.starts_with('/'))
    };
    let found = values.iter().find(in_the_way);
    found.map_or_else(|| name.to_owned(), |(other, _)| (*other).to_owned())
}

/// Every text in double quotes, as JSON writes it, which YAML reads the same.
fn yaml(map: &Map<String, Value>, depth: usize, text: &mut String) {
    let space = "  ".repeat(depth);
    for (name, value) in map {
        let name = Value::from(name.as_str());
        match value {
            Value::Object(below) => {
                text.push_str(&format!("{space}{name}:\n"));
                yaml(below, depth + 1, text);
            }
            value => text.push_str(&format!("{space}{name}: {value}\n")),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<(String, String, usize)> {
        let lines = read_env(text).expect("it can be read");
        lines
            .into_iter()
            .map(|line| (line.name, line.value.expose().to_owned(), line.line))
            .collect()
    }

    #[test]
    fn an_env_file_is_read_with_its_lines() {
        let text = "# c\nA=1\n\nexport B = two words # comment\r\nC='#as is\\n'\nD=\"a\\nb\\\"c\"\nE=\"over\ntwo\" # x\nF=\nG=a=b#c\n";
        let expected = [
            ("A", "1", 2),
            ("B", "two words", 4),
            ("C", "#as is\\n", 5),
            ("D", "a\nb\"c", 6),
            ("E", "over\ntwo", 7),
            ("F", "", 9),
            ("G", "a=b#c", 10),
        ];
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, value, line)| ((*name).to_owned(), (*value).to_owned(), *line))
            .collect();
        assert_eq!(read(text), expected);
    }

    #[test]
    fn every_wrong_line_is_told_by_its_number_and_without_what_it_holds() {
        let problems = read_env("hunter2\n=x\nA B=1\nC=1\nC=2\nD=\"open").expect_err("it is wrong");
        assert_eq!(
            problems,
            [
                LineProblem::NoEquals(1),
                LineProblem::NoName(2),
                LineProblem::NoName(3),
                LineProblem::Twice { line: 5, first: 4 },
                LineProblem::OpenQuote(6),
            ]
        );
        assert!(
            problems
                .iter()
                .all(|problem| !problem.to_string().contains("hunter2"))
        );
    }

    #[test]
    fn names_that_a_form_cannot_keep_apart_are_told() {
        let value = Secret::new("x".to_owned());
        let both = [("a/b", &value), ("a_b", &value)];
        assert_eq!(
            write(Form::Env, &both).expect_err("one name"),
            [("a/b".to_owned(), "a_b".to_owned())]
        );
        assert!(write(Form::Json, &both).is_ok());
        for both in [
            [("a", &value), ("a/b", &value)],
            [("a/b", &value), ("a", &value)],
        ] {
            assert_eq!(
                write(Form::Yaml, &both)
                    .expect_err("a value and a mapping")
                    .len(),
                1
            );
        }
    }

    #[test]
    fn forms_are_known_by_the_names_of_files() {
        for (name, form) in [
            (".env", Some(Form::Env)),
            ("/x/.env.prod", Some(Form::Env)),
            ("prod.env", Some(Form::Env)),
            ("a.JSON", Some(Form::Json)),
            ("a.yml", Some(Form::Yaml)),
            ("a.txt", None),
            ("a", None),
        ] {
            assert_eq!(Form::of_name(name), form, "{name}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_as_env_is_read_back(values in prop::collection::btree_map("[A-Z]{1,6}", "\\PC{0,12}|[\n\r\t\"'\\\\# =$`]{0,8}", 0..8)) {
            let values: Vec<(String, Secret)> = values.into_iter().map(|(name, value)| (name, Secret::new(value))).collect();
            let pairs: Vec<(&str, &Secret)> = values.iter().map(|(name, value)| (name.as_str(), value)).collect();
            let text = write(Form::Env, &pairs).expect("names differ");
            let back: Vec<(String, String)> = read(text.expose()).into_iter().map(|(name, value, _)| (name, value)).collect();
            let expected: Vec<(String, String)> = values.iter().map(|(name, value)| (name.clone(), value.expose().to_owned())).collect();
            prop_assert_eq!(back, expected);
        }

        #[test]
        fn no_env_file_makes_the_reader_panic(text in "[\\PC\n\"'=#\\\\]{0,80}") {
            let _ = read_env(&text);
        }

        #[test]
        fn nested_json_holds_every_value_at_its_levels(names in prop::collection::btree_set("[a-c]{1,2}(/[a-c]{1,2}){0,2}", 0..12)) {
            let value = Secret::new("v".to_owned());
            let pairs: Vec<(&str, &Secret)> = names.iter().map(|name| (name.as_str(), &value)).collect();
            if let Ok(text) = write(Form::NestedJson, &pairs) {
                let read: Value = serde_json::from_str(text.expose()).expect("JSON");
                for name in &names {
                    prop_assert_eq!(read.pointer(&format!("/{name}")), Some(&Value::from("v")));
                }
            }
        }
    }
}
