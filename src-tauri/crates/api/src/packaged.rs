//! A service that was packaged before, by `package` or by Serverless: what lies in its folder is deployed as it is.

use indexmap::IndexMap;
use pilothouse_artifact::{Archive, found};
use pilothouse_effects::{ProjectFiles, ProjectProblem};
use pilothouse_model::{Code, ProjectPath, Template};
use pilothouse_service::Service;
use pilothouse_template::{Templates, flatten, naming, nested_template_name, release_folder};
use serde_json::Value;

use crate::package::{CREATE_TEMPLATE, Packaged, UPDATE_TEMPLATE, WrittenFile, results_folder};
use crate::project::{self, OpenProject, ProjectRequest};
use crate::{ApiError, Findings, Host, Kind};

/// The most bytes of a template: more than CloudFormation takes.
const MOST_BYTES: u64 = 8 << 20;
/// The places of a template that name a file of the release.
const FILES: [&str; 2] = ["/Properties/Code/S3Key", "/Properties/Content/S3Key"];

/// What lies in a folder, for the service of the project. `from` is relative to the project's folder unless absolute.
///
/// # Errors
/// When something is missing there, or was packaged for another service or stage.
pub(crate) fn packaged(
    host: &Host,
    request: &ProjectRequest,
    from: &str,
) -> Result<Packaged, ApiError> {
    let opened = project::open(host, request)?;
    let folder = results_folder(&request.folder, Some(from));
    let found = read(host, opened, folder, from)?;
    Ok(Packaged {
        from: Some(from.to_owned()),
        ..found
    })
}

/// What lies in a folder, for a service that was opened.
pub(crate) fn read(
    host: &Host,
    opened: OpenProject,
    folder: String,
    from: &str,
) -> Result<Packaged, ApiError> {
    let service = opened.loaded.service;
    let files = host
        .workplace
        .project(&folder)
        .map_err(|problem| missing(from, &problem.to_string()))?;
    let files = files.as_ref();
    let update = whole(files, from, template(files, from, UPDATE_TEMPLATE)?)?;
    let create = match service.provider.deployment_bucket.name {
        Some(_) => None,
        None => Some(template(files, from, CREATE_TEMPLATE)?),
    };
    let keys = keys(&update);
    let instance_millis = moment(&keys, &service, from)?.unwrap_or(opened.instance_millis);
    let mut archives: Vec<Archive> = Vec::new();
    for name in keys.values().map(|key| name_of(key)) {
        if archives.iter().all(|archive| archive.file_name != name) {
            archives.push(archive(files, from, name)?);
        }
    }
    let of_function = |key: &String| {
        let name = name_of(keys.get(&naming::function_id(key))?);
        Some((key.clone(), name.to_owned()))
    };
    let archive_of: IndexMap<String, String> =
        service.functions.keys().filter_map(of_function).collect();
    let has_custom_resources = archives
        .iter()
        .any(|archive| archive.file_name == naming::CUSTOM_RESOURCES_ARCHIVE);
    Ok(Packaged {
        templates: Templates {
            create,
            update,
            has_custom_resources,
            warnings: pilothouse_model::Diagnostics::default(),
        },
        files: archives.iter().map(WrittenFile::of_archive).collect(),
        archives,
        archive_of,
        folder,
        from: None,
        left_out: Vec::new(),
        dependencies: Vec::new(),
        bundles: Vec::new(),
        findings: Findings {
            diagnostics: opened.loaded.warnings,
            sources: opened.loaded.sources,
        },
        instance_millis,
        service,
    })
}

fn template(files: &dyn ProjectFiles, from: &str, name: &str) -> Result<Template, ApiError> {
    let bytes = ProjectPath::parse(name)
        .map_err(|problem| missing(from, &problem.to_string()))
        .and_then(|path| {
            files
                .read(&path, MOST_BYTES)
                .map_err(|problem| missing(from, &problem.to_string()))
        })?;
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(sections)) => Ok(Template(sections)),
        Ok(_) => Err(missing(from, &format!("`{name}` is not a template"))),
        Err(problem) => Err(missing(from, &format!("`{name}` is not JSON: {problem}"))),
    }
}

/// A template with its nested ones that lie beside it, as it was before it was divided.
fn whole(files: &dyn ProjectFiles, from: &str, parent: Template) -> Result<Template, ApiError> {
    let mut nested = IndexMap::new();
    for (id, resource) in parent.section("Resources").into_iter().flatten() {
        let name = nested_template_name(id);
        let address = resource.pointer("/Properties/TemplateURL");
        // A nested stack of the user's own lies elsewhere.
        let is_ours = address.is_some_and(|address| address.to_string().contains(&name));
        if is_ours {
            nested.insert(id.clone(), template(files, from, &name)?);
        }
    }
    if nested.is_empty() {
        return Ok(parent);
    }
    Ok(flatten(&parent, &nested))
}

/// By logical id: the key of the file that a resource names. A key that is not a text is CloudFormation's to find out.
fn keys(template: &Template) -> IndexMap<String, String> {
    let resources = template.section("Resources").into_iter().flatten();
    let key = |(id, resource): (&String, &Value)| {
        let key = FILES
            .iter()
            .find_map(|place| resource.pointer(place)?.as_str())?;
        Some((id.clone(), key.to_owned()))
    };
    resources.filter_map(key).collect()
}

fn name_of(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// The moment that names the release in the template. All its files lie in one folder of this very service.
fn moment(
    keys: &IndexMap<String, String>,
    service: &Service,
    from: &str,
) -> Result<Option<u64>, ApiError> {
    let mut named = None;
    for key in keys.values() {
        let folder = key.rsplit_once('/').map_or("", |(folder, _)| folder);
        let release = folder.rsplit('/').next().unwrap_or_default();
        let digits = release.split('-').next().unwrap_or_default();
        let millis = digits.parse::<u64>().ok();
        match millis.filter(|millis| release_folder(service, *millis) == folder) {
            Some(millis) => named = Some(millis),
            None => return Err(of_another(service, folder, from)),
        }
    }
    Ok(named)
}

fn of_another(service: &Service, folder: &str, from: &str) -> ApiError {
    ApiError::new(
        Code::ConfigConflict,
        Kind::User,
        format!(
            "what lies in `{from}` was not packaged for {} at stage {}",
            service.name, service.stage
        ),
    )
    .detail(format!("its files are meant for `{folder}`"))
    .hint("Choose the service, the stage and the `deploymentPrefix` that it was packaged with, or package it again")
}

fn archive(files: &dyn ProjectFiles, from: &str, name: &str) -> Result<Archive, ApiError> {
    let path = ProjectPath::parse(name).map_err(|problem| missing(from, &problem.to_string()))?;
    found(files, &path).map_err(|problem| match problem {
        pilothouse_artifact::ArtifactProblem::Project(ProjectProblem::Missing(_)) => {
            missing(from, &format!("`{name}` is not there"))
        }
        other => other.into(),
    })
}

fn missing(from: &str, why: &str) -> ApiError {
    ApiError::new(
        Code::PackageMissing,
        Kind::User,
        format!("`{from}` does not hold a packaged service"),
    )
    .detail(why)
    .hint(format!("Package it first: pilothouse package --out {from}"))
}
