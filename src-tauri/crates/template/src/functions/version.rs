//! Published versions: frozen copies of a function.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pilothouse_service::types::Function;
use serde_json::{Map, Value};

use crate::canonical;
use crate::draft::{Draft, Resource};
use crate::inputs::Archive;
use crate::intrinsics::reference;
use crate::naming;

/// Properties that belong to the function as a whole and are not frozen by a version. `Code` says only where the
/// archive lies, which is another place in each release; the archive's digest stands for it.
const NOT_FROZEN: &[&str] = &["Code", "ReservedConcurrentExecutions", "Tags"];

/// Adds the version that the function as it stands makes, and the output that names it.
pub(crate) fn add(
    draft: &mut Draft<'_>,
    key: &str,
    function: &Function,
    archive: &Archive,
    properties: &Map<String, Value>,
) {
    let id = naming::version_id(key, &hash(archive, properties));
    let version = Resource::new("AWS::Lambda::Version")
        .retained()
        .with("FunctionName", reference(&naming::function_id(key)))
        .with("CodeSha256", STANDARD.encode(archive.digest.as_bytes()))
        .with_some("Description", function.description.as_deref());
    draft.output(
        &naming::version_output(key),
        Some("Current Lambda function version"),
        reference(&id),
    );
    draft.add(id, version, &format!("functions.{key}"));
}

/// Letters and digits that differ whenever Lambda would publish another version.
fn hash(archive: &Archive, properties: &Map<String, Value>) -> String {
    let frozen: Map<String, Value> = properties
        .iter()
        .filter(|(name, _)| !NOT_FROZEN.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let digest = canonical::digest(&archive.digest.to_string(), &frozen.into());
    // A logical id takes letters and digits alone.
    let mut letters = STANDARD.encode(digest.as_bytes());
    letters.retain(|letter| letter.is_ascii_alphanumeric());
    letters
}
