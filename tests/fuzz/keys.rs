//! Which supported keys of the schema the generated services use.

use std::collections::BTreeSet;

use pilothouse_service::schema::{Key, SERVICE, Shape, Status};
use serde_json::Value;

use crate::package::Service;

/// Says how many of the supported keys were used, and which were not.
pub(crate) fn report(services: &[Service]) {
    let mut wanted = BTreeSet::new();
    of_keys(SERVICE, "", &mut wanted);
    let mut used = BTreeSet::new();
    for service in services {
        of_value(
            &service.configuration,
            &Shape::Keys(SERVICE, &[]),
            "",
            &mut used,
        );
    }
    let missing: Vec<&String> = wanted.difference(&used).collect();
    println!(
        "  {} of {} supported keys were used",
        wanted.len() - missing.len(),
        wanted.len()
    );
    if std::env::var_os("PILOTHOUSE_FUZZ_KEYS").is_some() {
        println!("  not used: {missing:?}");
    }
}

fn of_keys(keys: &[Key], path: &str, all: &mut BTreeSet<String>) {
    for key in keys.iter().filter(|key| key.status == Status::Supported) {
        let here = format!("{path}.{}", key.name);
        of_shape(&key.shape, &here, all);
        all.insert(here);
    }
}

fn of_shape(shape: &Shape, path: &str, all: &mut BTreeSet<String>) {
    match shape {
        Shape::Keys(keys, _) | Shape::Event(keys) => of_keys(keys, path, all),
        Shape::List(shape) => of_shape(shape, path, all),
        Shape::Named(shape) | Shape::NamedBy(_, shape) => {
            of_shape(shape, &format!("{path}.*"), all);
        }
        Shape::Either(shapes) => shapes.iter().for_each(|shape| of_shape(shape, path, all)),
        _ => {}
    }
}

fn of_value(value: &Value, shape: &Shape, path: &str, used: &mut BTreeSet<String>) {
    match (shape, value) {
        (Shape::Keys(keys, _) | Shape::Event(keys), Value::Object(entries)) => {
            for key in *keys {
                if let Some(value) = entries.get(key.name) {
                    let here = format!("{path}.{}", key.name);
                    of_value(value, &key.shape, &here, used);
                    used.insert(here);
                }
            }
        }
        (Shape::List(shape), Value::Array(items)) => {
            items
                .iter()
                .for_each(|item| of_value(item, shape, path, used));
        }
        (Shape::List(shape), single) => of_value(single, shape, path, used),
        (Shape::Named(shape) | Shape::NamedBy(_, shape), Value::Object(entries)) => {
            let here = format!("{path}.*");
            entries
                .values()
                .for_each(|value| of_value(value, shape, &here, used));
        }
        (Shape::Either(shapes), value) => {
            shapes
                .iter()
                .for_each(|shape| of_value(value, shape, path, used));
        }
        _ => {}
    }
}
