//! What a function runs: an archive in the bucket, or a container image.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pilothouse_model::Code;
use pilothouse_service::types::{Function, Image};
use serde_json::{Map, Value, json};

use super::runtime;
use crate::bucket;
use crate::draft::{Draft, Resource};
use crate::inputs::{Archive, release_folder};

/// What a function runs.
#[derive(Debug, Clone)]
pub(crate) enum Runs {
    /// Code in an archive.
    Archive(Archive),
    /// A container image.
    Image(Image),
}

impl Runs {
    /// What the function of that key runs; refused when its archive was not made.
    pub(super) fn of(draft: &mut Draft<'_>, key: &str, function: &Function) -> Option<Self> {
        if let Some(image) = &function.image {
            return Some(Self::Image(image.clone()));
        }
        let archive = draft.inputs.archives.of(key).cloned();
        if archive.is_none() {
            draft.refuse(
                Code::PackageMissing,
                &format!("functions.{key}"),
                format!("function `{key}` has no archive with its code"),
                "Package the service again",
            );
        }
        archive.map(Self::Archive)
    }

    /// What names the code in hashes.
    pub(super) fn digest(&self) -> String {
        match self {
            Self::Archive(archive) => archive.digest.to_string(),
            // The address counts too: functions of other repositories are others.
            Self::Image(image) => image.uri.clone(),
        }
    }

    /// Lambda's own hash of the code: of archives in Base64, of images their digest in hexadecimal.
    pub(super) fn sha256(&self) -> String {
        match self {
            Self::Archive(archive) => STANDARD.encode(archive.digest.as_bytes()),
            Self::Image(image) => {
                let digest = image.digest().unwrap_or(&image.uri);
                digest.strip_prefix("sha256:").unwrap_or(digest).to_owned()
            }
        }
    }

    /// A function that runs it.
    pub(super) fn resource(&self, draft: &Draft<'_>, function: &Function) -> Resource {
        let resource = Resource::new("AWS::Lambda::Function");
        match self {
            Self::Image(image) => resource
                .with("Code", json!({ "ImageUri": image.uri }))
                .with_some("ImageConfig", config(image))
                .with("PackageType", "Image"),
            Self::Archive(archive) => {
                let folder = release_folder(draft.service, draft.inputs.instance_millis);
                let code = json!({
                    "S3Bucket": bucket::name(draft),
                    "S3Key": format!("{folder}/{}", archive.file_name)
                });
                let provider = &draft.service.provider;
                let chosen = function.runtime.as_deref().or(provider.runtime.as_deref());
                resource
                    .with("Code", code)
                    .with("Handler", function.handler.as_str())
                    .with("Runtime", chosen.unwrap_or(super::RUNTIME))
                    .with_some(
                        "RuntimeManagementConfig",
                        runtime::management(draft, function),
                    )
            }
        }
    }
}

/// What the function says over the image's own settings.
fn config(image: &Image) -> Option<Value> {
    let mut config = Map::new();
    for (name, words) in [
        ("Command", &image.command),
        ("EntryPoint", &image.entry_point),
    ] {
        if let Some(words) = words {
            config.insert(name.to_owned(), json!(words));
        }
    }
    if let Some(folder) = &image.working_directory {
        config.insert("WorkingDirectory".to_owned(), json!(folder));
    }
    (!config.is_empty()).then_some(Value::Object(config))
}
