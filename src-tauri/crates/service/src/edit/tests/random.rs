//! Thousands of random documents, in every style that a file can have, and random edits of them.

use std::fmt::Write;

use pilothouse_model::SourceId;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::steps::Step;
use super::super::verify;
use super::{Edit, Sharing, Stop, with};
use crate::document::{Syntax, read};

/// Chance from a number.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (most.max(1) as u64)).unwrap()
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }
}

const NAMES: &[&str] = &[
    "functions",
    "a",
    "b-c",
    "d_e",
    "handler",
    "timeout",
    "x y",
    "0",
    "on",
    "é",
    "events",
    "http",
    "long.name",
    "#no",
    "Fn::Sub",
    "*",
    "12",
    "a: b",
];
const TEXTS: &[&str] = &[
    "",
    "x",
    "src/app.handler",
    "yes",
    "no",
    "on",
    "1",
    "012",
    "1.5",
    "a: b",
    "a #b",
    "*star",
    "&and",
    "!bang",
    "%p",
    "@at",
    "`tick",
    "- x",
    "? x",
    "null",
    "~",
    "it's",
    "say \"hi\"",
    "two\nlines",
    "ends\n",
    "\n",
    "a\n\n  b\n",
    "keep\n\n",
    " lead",
    "trail ",
    "tab\tx",
    "é\u{1F600}",
    "${self:custom.a, 'b'}",
    "{x}",
    "[y]",
    "a, b",
    "c:\\d",
    "\u{202e}rtl",
    "a\r\nb",
    "12:30:00",
    "1_000",
    "2024-01-01",
    "0x1F",
    ".5",
    "=",
    "<<",
    "---",
    "...",
    "|",
    ">-",
    "#c",
    "a:",
    ":a",
];

fn value(dice: &mut Dice, depth: usize) -> Value {
    match dice.below(if depth == 0 { 6 } else { 11 }) {
        0 => Value::Null,
        1 => json!(dice.one_in(2)),
        2 => json!(dice.below(1000)),
        3 => json!(1.5),
        4 | 5 => json!(dice.pick(TEXTS)),
        6 | 7 => (0..dice.below(4)).map(|_| value(dice, depth - 1)).collect(),
        _ => Value::Object(entries(dice, depth - 1)),
    }
}

fn entries(dice: &mut Dice, depth: usize) -> Map<String, Value> {
    let mut map = Map::new();
    for _ in 0..dice.below(5) {
        map.insert(dice.pick(NAMES).to_owned(), value(dice, depth));
    }
    map
}

/// Writes a value in a style that changes from place to place.
struct Writer<'d> {
    dice: &'d mut Dice,
    out: String,
    eol: &'static str,
}

impl Writer<'_> {
    fn comment(&mut self, indent: usize) {
        if self.dice.one_in(4) {
            let pad = " ".repeat(indent);
            write!(self.out, "{pad}# c{}{}", self.dice.below(100), self.eol).unwrap();
        }
        if self.dice.one_in(6) {
            self.out.push_str(self.eol);
        }
    }

    fn tail(&mut self) {
        if self.dice.one_in(4) {
            write!(self.out, "  # t{}", self.dice.below(100)).unwrap();
        }
        self.out.push_str(self.eol);
    }

    fn quoted(&mut self, text: &str) -> String {
        let single = !text.contains(|letter: char| letter.is_control() || letter == '\u{202e}');
        if single && self.dice.one_in(2) {
            format!("'{}'", text.replace('\'', "''"))
        } else {
            json!(text).to_string()
        }
    }

    fn scalar(&mut self, value: &Value) -> String {
        match value {
            Value::String(text) => {
                let plain = text.starts_with(|first: char| first.is_ascii_lowercase())
                    && text
                        .chars()
                        .all(|letter| letter.is_ascii_lowercase() || "/.".contains(letter))
                    && !["null", "true", "false"].contains(&text.as_str());
                if plain && self.dice.one_in(2) {
                    text.clone()
                } else {
                    self.quoted(text)
                }
            }
            Value::Null => self.dice.pick(&["null", "~"]).to_owned(),
            other => other.to_string(),
        }
    }

    fn flow(&mut self, value: &Value) -> String {
        let spread = self.dice.one_in(5);
        let between = if spread {
            format!(",  # f{}             ", self.eol)
        } else {
            self.dice.pick(&[",", ", "]).to_owned()
        };
        match value {
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.flow(item)).collect();
                format!("[{}]", items.join(&between))
            }
            Value::Object(entries) => {
                let room = self.dice.pick(&["", " "]);
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{}: {}", self.quoted(key), self.flow(value)))
                    .collect();
                format!("{{{room}{}{room}}}", entries.join(&between))
            }
            scalar => self.scalar(scalar),
        }
    }

    fn is_block(&mut self, value: &Value) -> bool {
        let full = match value {
            Value::Array(items) => !items.is_empty(),
            Value::Object(entries) => !entries.is_empty(),
            _ => false,
        };
        full && !self.dice.one_in(4)
    }

    /// The lines of a value, whose first one is already indented when `begun`.
    fn block(&mut self, value: &Value, indent: usize, mut begun: bool) {
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    if !begun {
                        self.comment(indent);
                        self.out.push_str(&" ".repeat(indent));
                    }
                    begun = false;
                    let key = self.scalar(&json!(key));
                    self.out.push_str(&key);
                    self.out.push(':');
                    self.behind(value, indent, false);
                }
            }
            Value::Array(items) => {
                for item in items {
                    if !begun {
                        self.comment(indent);
                        self.out.push_str(&" ".repeat(indent));
                    }
                    begun = false;
                    self.out.push('-');
                    if self.is_block(item) && self.dice.one_in(2) {
                        self.out.push(' ');
                        self.block(item, indent + 2, true);
                    } else {
                        self.behind(item, indent, true);
                    }
                }
            }
            _ => {}
        }
    }

    fn behind(&mut self, value: &Value, indent: usize, in_list: bool) {
        if self.is_block(value) {
            self.tail();
            let least = usize::from(in_list || !value.is_array());
            let deeper = indent + (1 + self.dice.below(4)).max(least)
                - usize::from(least == 0 && self.dice.one_in(3));
            let deeper = if least == 0 && self.dice.one_in(3) {
                indent
            } else {
                deeper.max(indent + 1)
            };
            return self.block(value, deeper, false);
        }
        match value {
            Value::Null if self.dice.one_in(2) => self.tail(),
            Value::String(text) if text == "two\nlines" && self.dice.one_in(2) => {
                let pad = " ".repeat(indent + 1 + self.dice.below(3));
                write!(self.out, " |-{0}{pad}two{0}{pad}lines{0}", self.eol).unwrap();
            }
            other => {
                let text = self.flow(other);
                write!(self.out, " {text}").unwrap();
                self.tail();
            }
        }
    }
}

fn text(dice: &mut Dice, value: &Value) -> String {
    let eol = if dice.one_in(4) { "\r\n" } else { "\n" };
    let mut writer = Writer {
        dice,
        out: String::new(),
        eol,
    };
    writer.comment(0);
    writer.block(value, 0, false);
    writer.comment(0);
    writer.out
}

fn paths(value: &Value, here: &[String], out: &mut Vec<Vec<String>>) {
    out.push(here.to_vec());
    let mut inside = |name: String, value: &Value| {
        let mut path = here.to_vec();
        path.push(name);
        paths(value, &path, out);
    };
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, item)| inside(at.to_string(), item)),
        Value::Object(entries) => entries
            .iter()
            .for_each(|(key, value)| inside(key.clone(), value)),
        _ => {}
    }
}

fn parsed(text: &str) -> Value {
    read(&SourceId::new("serverless.yml"), text, Syntax::Yaml)
        .unwrap_or_else(|found| panic!("{found:?}\n{text}"))
        .to_json()
}

fn get<'v>(value: &'v Value, path: &[String]) -> &'v Value {
    path.iter().fold(value, |value, name| match value {
        Value::Array(items) => &items[name.parse::<usize>().unwrap()],
        other => &other[name.as_str()],
    })
}

/// An edit, and what it should do to the value.
fn edit(dice: &mut Dice, whole: &Value) -> (Edit, Step) {
    let mut all = Vec::new();
    paths(whole, &[], &mut all);
    let path = all[dice.below(all.len())].clone();
    let here = get(whole, &path).clone();
    let new = value(dice, 2);
    match (&here, dice.below(5)) {
        (Value::Array(items), 0 | 1) => {
            let at = dice.below(items.len() + 1);
            (
                Edit::Insert {
                    path: path.clone(),
                    at: Some(at),
                    value: new.clone(),
                },
                Step::Insert(path, at, new),
            )
        }
        (Value::Array(items), 2) if items.len() > 1 => {
            let (from, to) = (dice.below(items.len()), dice.below(items.len()));
            (
                Edit::Move {
                    path: path.clone(),
                    from,
                    to,
                },
                Step::Move(path, from, to),
            )
        }
        (Value::Object(_), 0 | 1) => {
            let key = dice.pick(&["new", "New-Key", "yes", "a.b"]).to_owned();
            let mut at = path.clone();
            at.push(key.clone());
            (
                Edit::Set {
                    path: at,
                    value: new.clone(),
                },
                Step::Add(path, key, new),
            )
        }
        (_, 3) if !path.is_empty() => (Edit::Remove { path: path.clone() }, Step::Remove(path)),
        (_, 4) if !path.is_empty() && path.last().unwrap().parse::<usize>().is_err() => (
            Edit::Rename {
                path: path.clone(),
                to: "renamed".into(),
            },
            Step::Rename(path, "renamed".into()),
        ),
        _ if path.is_empty() => {
            let new = Value::Object(entries(dice, 2));
            (
                Edit::Set {
                    path: path.clone(),
                    value: new.clone(),
                },
                Step::Replace(path, new),
            )
        }
        _ => (
            Edit::Set {
                path: path.clone(),
                value: new.clone(),
            },
            Step::Replace(path, new),
        ),
    }
}

fn comments(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| line.trim_start().starts_with("# "))
        .map(str::trim)
        .collect()
}

/// Whether all of `small` is in `large`, in its order.
fn within(small: &[&str], large: &[&str]) -> bool {
    let mut rest = large.iter();
    small.iter().all(|one| rest.any(|other| other == one))
}

fn check(seed: u64) -> Result<bool, String> {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    for _ in 0..4 {
        dice.below(2);
    }
    let whole = Value::Object(entries(&mut dice, 4));
    let before = text(&mut dice, &whole);
    let whole = if whole.as_object().is_some_and(Map::is_empty) {
        Value::Null
    } else {
        whole
    };
    assert_eq!(parsed(&before), whole, "the writer is wrong: {before}");
    let whole = if whole.is_null() { json!({}) } else { whole };
    let (edit, step) = edit(&mut dice, &whole);
    let told = |what: &str, after: &str| {
        format!("{what}\n{edit:?}\n--- before\n{before}\n--- after\n{after}")
    };
    let after = match with(&before, &edit, Sharing::Refuse) {
        Ok(after) => after,
        Err(Stop::Refused(found)) => {
            return if found.message.contains("not edited by form") {
                Err(told(&found.message, ""))
            } else {
                Ok(false)
            };
        }
        Err(stop) => return Err(told(&format!("{stop:?}"), "")),
    };
    let mut wanted = whole.clone();
    verify::apply(&mut wanted, &step).unwrap();
    let read = parsed(&after);
    if read != wanted && !(read.is_null() && wanted == json!({})) {
        return Err(told("another value", &after));
    }
    // The same again changes nothing, where it says what is there.
    if matches!(edit, Edit::Set { .. })
        && with(&after, &edit, Sharing::Refuse).as_ref() != Ok(&after)
    {
        return Err(told("not the same twice", &after));
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let grows = match &edit {
        Edit::Insert { path, .. } => !get(&whole, path).as_array().unwrap().is_empty(),
        Edit::Set { .. } => {
            matches!(&step, Step::Add(path, ..) if !get(&whole, path).as_object().unwrap().is_empty())
        }
        _ => false,
    };
    let in_brackets = |text: &str| text.contains(['[', '{']);
    if grows && !in_brackets(&before) && !within(&old, &new) {
        let compact = before.contains("- -") || before.contains("- '") || before.contains("- ");
        if !compact {
            return Err(told("a line that was there changed", &after));
        }
    }
    if grows && !within(&comments(&before), &comments(&after)) {
        return Err(told("a comment is gone", &after));
    }
    undone(&edit, grows, &before, &after).map_err(|what| told(&what, &after))?;
    Ok(true)
}

/// The inverse edit gives the same bytes.
fn undone(edit: &Edit, grows: bool, before: &str, after: &str) -> Result<(), String> {
    match edit {
        Edit::Insert {
            path, at: Some(at), ..
        } if grows => {
            let mut gone = path.clone();
            gone.push(at.to_string());
            back(before, after, &Edit::Remove { path: gone })
        }
        Edit::Set { path, .. } if grows => {
            back(before, after, &Edit::Remove { path: path.clone() })
        }
        Edit::Move { path, from, to } => {
            let edit = Edit::Move {
                path: path.clone(),
                from: *to,
                to: *from,
            };
            back(before, after, &edit)
        }
        Edit::Rename { .. } => {
            let differ = before
                .lines()
                .zip(after.lines())
                .filter(|(one, other)| one != other)
                .count();
            if before.lines().count() != after.lines().count() || differ > 1 {
                return Err("more than the name changed".to_owned());
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn back(before: &str, after: &str, edit: &Edit) -> Result<(), String> {
    match with(after, edit, Sharing::Refuse) {
        Ok(again) if again == before => Ok(()),
        Ok(again) => Err(format!("not back again:\n{again}\n")),
        Err(stop) => Err(format!("no way back: {stop:?}")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn edits_are_exact(seed in any::<u64>()) {
        if let Err(problem) = check(seed) {
            panic!("{problem}");
        }
    }
}

/// Nearly all edits are made: what is refused is rare.
#[test]
fn hardly_any_edit_is_refused() {
    let made = (0..1_000).filter(|seed| check(*seed).unwrap()).count();
    assert!(made > 950, "{made}");
}
