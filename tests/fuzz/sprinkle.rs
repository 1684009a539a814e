//! Services with more in them than the generators know: keys and events as the peer's schema lets them be written, and
//! the same with one thing wrong.

use serde_json::{Map, Value, json};

use crate::generate;
use crate::grammar::Grammar;
use crate::random::Random;

/// Keys whose values mean something only beside others, which the generators write together.
const BESIDE_OTHERS: &[&str] = &["name", "handler", "events", "role", "iam", "vpc", "runtime"];

/// A generated service with some more keys and events of the schema.
pub(crate) fn service(grammar: &Grammar, seed: u64, number: usize) -> Value {
    let mut service = generate::service(seed, number);
    let random = &mut Random::of(seed.wrapping_mul(7_000_003).wrapping_add(number as u64));
    let provider = grammar.keys("/properties/provider");
    for _ in 0..random.between(0, 2) {
        set(
            random,
            grammar,
            &mut service["provider"],
            "/properties/provider",
            &provider,
        );
    }
    let function = "/properties/functions/*";
    let keys = grammar.keys(function);
    let count = random.between(0, 2);
    let names: Vec<String> = service["functions"]
        .as_object()
        .map(|all| all.keys().cloned().collect())
        .unwrap_or_default();
    for _ in 0..count {
        let name = random.pick(&names).clone();
        set(
            random,
            grammar,
            &mut service["functions"][name],
            function,
            &keys,
        );
    }
    for _ in 0..random.between(1, 2) {
        let name = random.pick(&names).clone();
        let (kind, event) = grammar.event(random);
        if let Some(events) = service["functions"][name]["events"].as_array_mut() {
            events.push(json!({ kind: event }));
        }
    }
    if let Some(functions) = service["functions"].as_object_mut() {
        generate::some_write_logs(functions);
    }
    service
}

fn set(random: &mut Random, grammar: &Grammar, into: &mut Value, pointer: &str, keys: &[&str]) {
    let name = *random.pick(keys);
    if !BESIDE_OTHERS.contains(&name) {
        into[name] = grammar.property(random, pointer, name);
    }
}

/// A way to a value: keys and numbers.
type Path = Vec<String>;

/// Makes one thing wrong, or odd, and says what.
pub(crate) fn spoil(random: &mut Random, service: &mut Value) -> String {
    let mut places = Vec::new();
    for root in ["provider", "functions", "package"] {
        if let Some(value) = service.get(root) {
            walk(value, &mut vec![root.to_owned()], &mut places);
        }
    }
    let path = random.pick(&places).clone();
    let pointer = format!(
        "/{}",
        path.iter()
            .map(|part| part.replace('~', "~0").replace('/', "~1"))
            .collect::<Vec<_>>()
            .join("/")
    );
    let Some(value) = service.pointer_mut(&pointer) else {
        return "nothing".into();
    };
    let before = value.clone();
    let how = spoil_one(random, value);
    // An empty value in what is free says something to some of AWS's services, and is written in another order.
    let is_free = ["tags", "input", "pattern", "filterPatterns", "filterPolicy"]
        .iter()
        .any(|free| path.iter().any(|part| part == free));
    if is_free && value.is_null() {
        *value = before;
        return "nothing".into();
    }
    let told = format!("{}: {how}: {before} became {value}", path.join("."));
    if let Some(functions) = service["functions"].as_object_mut() {
        generate::some_write_logs(functions);
    }
    told
}

fn walk(value: &Value, path: &mut Path, places: &mut Vec<Path>) {
    let entries: Vec<(String, &Value)> = match value {
        Value::Object(entries) => entries
            .iter()
            .map(|(name, value)| (name.clone(), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(at, value)| (at.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (name, value) in entries {
        path.push(name);
        places.push(path.clone());
        walk(value, path, places);
        path.pop();
    }
}

fn spoil_one(random: &mut Random, value: &mut Value) -> &'static str {
    match value {
        Value::Object(entries) if random.chance(50) => {
            entries.insert("unheardOf".into(), 1.into());
            "a key more"
        }
        Value::Object(entries) if random.chance(40) && entries.len() > 1 => {
            let names: Vec<String> = entries.keys().cloned().collect();
            entries.remove(random.pick(&names));
            "a key less"
        }
        Value::Number(_) if random.chance(60) => {
            *value = random
                .pick(&[json!(-1), json!(0), json!(1.5), json!(1_000_000_000)])
                .clone();
            "another number"
        }
        Value::String(text) if random.chance(50) => {
            *text = random
                .pick(&["", "!~ bad", &"x".repeat(600), "5", "true", "arn:no"])
                .to_string();
            "another text"
        }
        _ => {
            let mut list = Map::new();
            list.insert("a".into(), "b".into());
            *value = random
                .pick(&[
                    json!(null),
                    json!(true),
                    json!(7),
                    json!("text"),
                    json!([]),
                    json!(["text"]),
                    list.into(),
                ])
                .clone();
            "another kind"
        }
    }
}
