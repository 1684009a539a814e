//! Thousands of random documents, in every style that a file can have, and random edits of them.

use pilothouse_model::SourceId;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::steps::Step;
use super::super::verify;
use super::writer::{Dice, entries, text, value};
use super::{Edit, Sharing, Stop, with};
use crate::document::{Syntax, read};

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
#[expect(clippy::too_many_lines, reason = "a table of what can be done")]
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
