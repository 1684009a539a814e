//! Layers whose content is as it was: they stay where their archive lies, so that no version is published and nothing
//! is uploaded.
//!
//! A stack says of each layer what it holds and where that lies (outputs `<Layer>LambdaLayerHash` and `...S3Key`), as
//! the peer's do.

use serde_json::{Map, Value};

use crate::desired::Desired;
use crate::{DeployProblem, Session};

const HASH: &str = "LambdaLayerHash";
const KEY: &str = "LambdaLayerS3Key";

/// Names the live archive of each layer that did not change, in place of the one of this release.
///
/// # Errors
/// When the cloud does not answer.
pub async fn keep_layers(session: &Session, desired: &mut Desired) -> Result<(), DeployProblem> {
    let wanted = outputs(&desired.update.0, HASH);
    if wanted.is_empty() {
        return Ok(());
    }
    let stacks = &session.cloud().stacks;
    let Some(stack) = stacks.describe(&desired.stack).await? else {
        return Ok(());
    };
    let text = stacks.template(&stack.id).await?.unwrap_or_default();
    let Ok(live) = serde_json::from_str::<Map<String, Value>>(&text) else {
        return Ok(());
    };
    let (known, places) = (outputs(&live, HASH), outputs(&live, KEY));
    let new_places = outputs(&desired.update.0, KEY);
    for (layer, hash) in wanted {
        let of = |all: &[(String, String)]| {
            let found = all.iter().find(|(name, _)| *name == layer);
            found.map(|(_, value)| value.clone())
        };
        if of(&known) != Some(hash) {
            continue;
        }
        if let (Some(old), Some(new)) = (of(&places), of(&new_places)) {
            stay(desired, &old, &new);
        }
    }
    Ok(())
}

/// Outputs by the layer that they are of.
fn outputs(template: &Map<String, Value>, end: &str) -> Vec<(String, String)> {
    let outputs = template.get("Outputs").and_then(Value::as_object);
    let texts = outputs.into_iter().flatten().filter_map(|(name, output)| {
        let layer = name.strip_suffix(end)?;
        let value = output.get("Value")?.as_str()?;
        Some((layer.to_owned(), value.to_owned()))
    });
    texts.collect()
}

fn stay(desired: &mut Desired, old: &str, new: &str) {
    for section in ["Resources", "Outputs"] {
        for (_, value) in desired.update.section_mut(section) {
            replace(value, new, old);
        }
    }
    let file = new.rsplit('/').next().unwrap_or(new);
    desired.archives.retain(|archive| archive.name != file);
}

fn replace(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::String(text) if text == from => to.clone_into(text),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, from, to)),
        Value::Object(entries) => entries
            .values_mut()
            .for_each(|item| replace(item, from, to)),
        _ => {}
    }
}
