//! `package`, `print` and `check`.

use pilothouse_api::asking::{Road, with_answers};
use pilothouse_api::bundles::BundledFunction;
use pilothouse_api::check;
use pilothouse_api::package::{self, Packaged};
use pilothouse_api::project::{self, OpenProject, ProjectRequest};
use pilothouse_api::python::Dependencies;
use pilothouse_api::{ApiError, Findings, Host};
use serde_json::{Value, json};

use crate::arguments::{CheckArguments, PackageArguments, PrintArguments, PrintFormat};
use crate::output;
use crate::progress::watch;

/// Writes templates and archives.
pub(crate) async fn package(host: &Host, verb: &PackageArguments) -> Result<(), ApiError> {
    let request = verb.project.deploy_request();
    let watch = watch(verb.project.json);
    let open = |project: &ProjectRequest| project::open(host, project);
    let (mut project, target) = (request.project, &request.target);
    let road = Road::Looking;
    let (_, known) = with_answers(host, &project, target, road, &watch, open).await?;
    project.known = known;
    let packaged = package::package(host, &project, verb.out.as_deref(), &watch).await?;
    if verb.project.json {
        output::json(&packaged_value(&packaged));
        return Ok(());
    }
    output::findings(&packaged.findings);
    let service = &packaged.service;
    output::line(format_args!(
        "Packaged {} for stage {} in {}",
        service.name, service.stage, service.region
    ));
    output::line(format_args!("  into {}", packaged.folder));
    for file in &packaged.files {
        output::line(format_args!("  {:<52} {}", file.name, file.summary()));
    }
    for one in &packaged.dependencies {
        output::line(format_args!("  {:<52} {}", one.archive, one.summary()));
    }
    for one in &packaged.bundles {
        output::line(format_args!("  {:<52} {}", one.function, one.summary()));
    }
    left_out(&packaged);
    Ok(())
}

/// Says which files were asked for and are never packed, and how to allow those that can be.
pub(crate) fn left_out(packaged: &Packaged) {
    if packaged.left_out.is_empty() {
        return;
    }
    output::note("Left out:");
    for file in &packaged.left_out {
        match &file.allowed_by {
            Some(pattern) => output::note(format_args!(
                "  {}: {}; to pack it, add '{pattern}' to package.patterns",
                file.path, file.why
            )),
            None => output::note(format_args!("  {}: {}", file.path, file.why)),
        }
    }
}

fn packaged_value(packaged: &Packaged) -> Value {
    let service = &packaged.service;
    json!({
        "service": service.name,
        "stage": service.stage,
        "region": service.region,
        "folder": packaged.folder,
        "files": packaged.files.iter().map(package::WrittenFile::to_value).collect::<Value>(),
        "dependencies": packaged.dependencies.iter().map(Dependencies::to_value).collect::<Value>(),
        "bundles": packaged.bundles.iter().map(BundledFunction::to_value).collect::<Value>(),
        "leftOut": packaged.left_out.iter().map(|file| json!({
            "path": file.path, "why": file.why, "allowedBy": file.allowed_by,
        })).collect::<Value>(),
        "warnings": output::findings_value(&packaged.findings),
    })
}

/// Shows the service with its variables resolved.
pub(crate) async fn print(host: &Host, verb: &PrintArguments) -> Result<(), ApiError> {
    let work = |project: &ProjectRequest| project::open(host, project);
    let opened = verb.project.read(host, work).await?;
    let value = opened.loaded.resolved.to_json();
    if verb.project.json || verb.format == PrintFormat::Json {
        output::json(&value);
    } else {
        output::findings(&findings(opened));
        output::line(crate::yaml::document(&value).trim_end());
    }
    Ok(())
}

/// Shows what is wrong, and nothing else.
pub(crate) async fn check(host: &Host, verb: &CheckArguments) -> Result<(), ApiError> {
    let work = |project: &ProjectRequest| check::check(host, project);
    let found = verb.project.read(host, work).await?;
    if verb.project.json {
        output::json(&output::findings_value(&found));
        return Ok(());
    }
    output::findings(&found);
    match found.diagnostics.0.len() {
        0 => output::line("No problems"),
        1 => output::line("No errors, 1 warning"),
        count => output::line(format_args!("No errors, {count} warnings")),
    }
    Ok(())
}

fn findings(opened: OpenProject) -> Findings {
    Findings {
        diagnostics: opened.loaded.warnings,
        sources: opened.loaded.sources,
    }
}
