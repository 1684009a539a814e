//! Published versions: frozen copies of a function.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pilothouse_service::types::Function;
use serde_json::{Map, Value, json};

use super::code::Runs;
use crate::canonical;
use crate::draft::{Draft, Resource};
use crate::intrinsics::{attribute, reference};
use crate::layers;
use crate::naming;
use crate::target::Target;

/// Properties that belong to the function as a whole and are not frozen by a version. `Code` says only where the
/// archive lies, which is another place in each release; the archive's digest, or the image's address, stands for it.
const NOT_FROZEN: &[&str] = &["Code", "ReservedConcurrentExecutions", "Tags"];

/// Adds the version that the function as it stands makes, the output that names it, and the alias that events
/// call when versions are kept warm or started from a snapshot.
pub(crate) fn add(
    draft: &mut Draft<'_>,
    key: &str,
    function: &Function,
    runs: &Runs,
    resource: Resource,
) -> Resource {
    let chosen = function.version_function;
    let published = chosen.or(draft.service.provider.version_functions) != Some(false);
    let target = Target::of(draft, key);
    if !published && target.alias.is_none() {
        return resource;
    }
    let id = naming::version_id(key, &hash(draft, runs, resource.properties()));
    let version = Resource::new("AWS::Lambda::Version");
    let version = if published {
        version.retained()
    } else {
        version
    };
    let version = version
        .with("FunctionName", reference(&naming::function_id(key)))
        .with("CodeSha256", runs.sha256())
        .with_some("Description", function.description.as_deref());
    draft.output(
        &naming::version_output(key),
        Some("Current Lambda function version"),
        reference(&id),
    );
    let origin = format!("functions.{key}");
    if let (Some(alias_id), Some(name)) = (target.alias, target.alias_name) {
        let kept_warm = function.provisioned_concurrency.as_ref();
        let alias = Resource::new("AWS::Lambda::Alias")
            .with("FunctionName", reference(&naming::function_id(key)))
            .with("FunctionVersion", attribute(&id, "Version"))
            .with("Name", name)
            .with_some(
                "ProvisionedConcurrencyConfig",
                kept_warm.map(|count| json!({ "ProvisionedConcurrentExecutions": count })),
            )
            .depends_on([naming::function_id(key)]);
        draft.add(alias_id, alias, &origin);
    }
    draft.add(id, version, &origin);
    if function.snap_start {
        return resource.with("SnapStart", json!({ "ApplyOn": "PublishedVersions" }));
    }
    resource
}

/// Letters and digits that differ whenever Lambda would publish another version.
fn hash(draft: &Draft<'_>, runs: &Runs, properties: &Map<String, Value>) -> String {
    let frozen: Map<String, Value> = properties
        .iter()
        .filter(|(name, _)| !NOT_FROZEN.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    // A layer of the service is named alike whatever is in it.
    let layers = layers::digests(draft, properties.get("Layers"));
    let mut code = runs.digest();
    code.extend(layers);
    let digest = canonical::digest(&code, &frozen.into());
    // A logical id takes letters and digits alone.
    let mut letters = STANDARD.encode(digest.as_bytes());
    letters.retain(|letter| letter.is_ascii_alphanumeric());
    letters
}
