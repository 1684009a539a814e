//! Layers that are made from folders of the project: a version for each content, who may use it, and what the stack
//! says of it.

use pilothouse_model::Code;
use pilothouse_service::types::Layer;
use serde_json::{Value, json};

use crate::bucket;
use crate::canonical;
use crate::draft::{Draft, Resource};
use crate::inputs::{Archive, release_folder};
use crate::intrinsics::reference;
use crate::naming;

/// Letters of the hash: as many as the peer's has.
const HASH_LENGTH: usize = 40;

/// Adds the layers.
pub(crate) fn add(draft: &mut Draft<'_>) {
    let service = draft.service;
    for (key, layer) in &service.layers {
        let Some(archive) = draft.inputs.archives.layers.get(key).cloned() else {
            draft.refuse(
                Code::PackageMissing,
                &path_of(key),
                format!("layer `{key}` has no archive with its content"),
                "Package the service again",
            );
            continue;
        };
        add_one(draft, key, layer, &archive);
    }
}

fn path_of(key: &str) -> String {
    format!("layers.{key}")
}

fn plain_id(key: &str) -> String {
    format!("{}LambdaLayer", naming::normalized(key))
}

/// The logical id: with `retain`, versions must not take each other's place, so each content has its own.
fn id_of(key: &str, layer: &Layer, archive: &Archive) -> String {
    let id = plain_id(key);
    if layer.retain {
        format!("{id}{}", hash(key, layer, archive))
    } else {
        id
    }
}

/// Differs whenever another version must be published.
fn hash(key: &str, layer: &Layer, archive: &Archive) -> String {
    let said = json!([
        layer.name.as_deref().unwrap_or(key),
        layer.description,
        layer.license,
        layer.runtimes,
        layer.architectures
    ]);
    let mut hash = canonical::digest(&archive.digest.to_string(), &said).to_string();
    hash.truncate(HASH_LENGTH);
    hash
}

fn add_one(draft: &mut Draft<'_>, key: &str, layer: &Layer, archive: &Archive) {
    let list = |texts: &[String]| (!texts.is_empty()).then(|| json!(texts));
    let origin = path_of(key);
    let id = id_of(key, layer, archive);
    let folder = release_folder(draft.service, draft.inputs.instance_millis);
    let object = format!("{folder}/{}", archive.file_name);
    let content = json!({ "S3Bucket": bucket::name(draft), "S3Key": object });
    let resource = Resource::new("AWS::Lambda::LayerVersion")
        .with("Content", content)
        .with("LayerName", layer.name.as_deref().unwrap_or(key))
        .with_some("Description", layer.description.as_deref())
        .with_some("LicenseInfo", layer.license.as_deref())
        .with_some("CompatibleRuntimes", list(&layer.runtimes))
        .with_some("CompatibleArchitectures", list(&layer.architectures));
    let kept = |resource: Resource| {
        if layer.retain {
            resource.retained()
        } else {
            resource
        }
    };
    draft.add(id.clone(), kept(resource), &origin);
    for account in &layer.allowed_accounts {
        let permission = Resource::new("AWS::Lambda::LayerVersionPermission")
            .with("Action", "lambda:GetLayerVersion")
            .with("LayerVersionArn", reference(&id))
            .with("Principal", account.as_str());
        let suffix = if layer.retain {
            hash(key, layer, archive)
        } else {
            String::new()
        };
        let permission_id = format!(
            "{}{}LambdaLayerPermission{suffix}",
            naming::normalized(key),
            account_words(account)
        );
        draft.add(permission_id, kept(permission), &origin);
    }
    let plain = plain_id(key);
    let outputs = [
        (
            "QualifiedArn",
            "Current Lambda layer version",
            reference(&id),
        ),
        (
            "Hash",
            "Current Lambda layer hash",
            json!(hash(key, layer, archive)),
        ),
        ("S3Key", "Current Lambda layer S3Key", json!(object)),
    ];
    for (end, what, value) in outputs {
        draft.output(&format!("{plain}{end}"), Some(what), value);
    }
}

/// An account in a logical id.
fn account_words(account: &str) -> String {
    let account = account.replace('*', "Wild");
    account
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric())
        .collect()
}

/// What functions refer to: a reference to a layer of the service leads to the version that there is.
pub(crate) fn references(draft: &Draft<'_>, layers: &[Value]) -> Vec<Value> {
    layers
        .iter()
        .map(|written| {
            let known = known(draft, written);
            known.map_or_else(
                || written.clone(),
                |(key, layer, archive)| reference(&id_of(key, layer, archive)),
            )
        })
        .collect()
}

/// The content of the service's own layers that a function has: another content is another version of the function.
pub(crate) fn digests(draft: &Draft<'_>, layers: Option<&Value>) -> Vec<String> {
    let layers = layers.and_then(Value::as_array).into_iter().flatten();
    let known = layers.filter_map(|layer| known(draft, layer));
    known
        .map(|(key, layer, archive)| hash(key, layer, archive))
        .collect()
}

fn known<'d>(draft: &'d Draft<'_>, written: &Value) -> Option<(&'d str, &'d Layer, &'d Archive)> {
    let id = written.get("Ref")?.as_str()?;
    draft.service.layers.iter().find_map(|(key, layer)| {
        let archive = draft.inputs.archives.layers.get(key)?;
        let is_it = plain_id(key) == id || id_of(key, layer, archive) == id;
        is_it.then_some((key.as_str(), layer, archive))
    })
}
