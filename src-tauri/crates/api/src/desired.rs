//! From what was packaged to what is to stand in the cloud.

use indexmap::IndexMap;
use pilothouse_artifact::Archive;
use pilothouse_deploy::{Desired, DesiredArchive, DesiredFunction, DesiredPrune, leave_out};
use pilothouse_effects::{Sealing, StackSettings};
use pilothouse_model::{PlannedProject, PlannedTarget, Template};
use pilothouse_service::Service;
use pilothouse_template::{naming, release_folder};
use serde_json::Value;

use crate::package::Packaged;
use crate::project::ProjectRequest;

/// How many releases stay in the bucket when the service does not say, as with Serverless.
const KEEP_RELEASES: usize = 5;
/// The tag that names the stage.
const STAGE_TAG: &str = "STAGE";

/// What is to stand. `archive_of` names the archive of each function.
pub(crate) fn desired(
    packaged: &Packaged,
    project: &ProjectRequest,
    folder: &str,
    target: &PlannedTarget,
) -> Desired {
    let service = &packaged.service;
    let mut create = packaged.templates.create.clone();
    let mut update = packaged.templates.update.clone();
    let mut left_out = Vec::new();
    if *target == PlannedTarget::Sandbox {
        left_out = leave_out(&mut update, &pilothouse_sandbox::is_simulated);
        if let Some(create) = &mut create {
            leave_out(create, &pilothouse_sandbox::is_simulated);
        }
    }
    let mut api_stage = crate::stage::settings(service, &update);
    if let (Some(stage), PlannedTarget::Sandbox) = (&mut api_stage, target) {
        // The local AWS keeps them elsewhere, and does not show them with the stage.
        stage.tags = None;
        api_stage = api_stage.filter(|stage| !stage.settings.is_empty());
    }
    let prune = prune(service, &update);
    let release = release_folder(service, packaged.instance_millis);
    let releases = release.rsplit_once('/').map_or("", |(above, _)| above);
    let bucket = &service.provider.deployment_bucket;
    let most = bucket.max_previous_artifacts;
    let keep = most.and_then(|most| usize::try_from(most).ok());
    Desired {
        project: planned_project(packaged, project, folder),
        target: target.clone(),
        service: service.name.clone(),
        stage: service.stage.clone(),
        stack: naming::stack_name(service),
        releases: releases.to_owned(),
        instance_millis: packaged.instance_millis,
        create,
        update,
        parts: None,
        live: None,
        bucket: bucket.name.clone(),
        sealing: sealing(service),
        archives: packaged
            .archives
            .iter()
            .map(|archive| archive_of(archive, &packaged.folder))
            .collect(),
        functions: functions(packaged),
        api_stage,
        prune,
        synced: Vec::new(),
        calls: service.plugins.calls.clone(),
        tags: stack_tags(service),
        settings: settings(service, target),
        policy: service.provider.stack.policy.clone(),
        keep_releases: keep.unwrap_or(KEEP_RELEASES).max(1),
        left_out,
        release,
    }
}

/// The functions that run an archive; images are the stack's alone.
fn functions(packaged: &Packaged) -> Vec<DesiredFunction> {
    let function = |(key, archive): (&String, &String)| DesiredFunction {
        key: key.clone(),
        id: naming::function_id(key),
        name: naming::function_name(&packaged.service, key),
        archive: archive.clone(),
    };
    packaged.archive_of.iter().map(function).collect()
}

fn sealing(service: &Service) -> Sealing {
    let bucket = &service.provider.deployment_bucket;
    Sealing {
        method: bucket.server_side_encryption.clone(),
        key: bucket.sse_kms_key_id.clone(),
    }
}

/// Which versions stay, when old ones are to go.
fn prune(service: &Service, template: &Template) -> Option<DesiredPrune> {
    let asked = service.plugins.prune?;
    let resources = template.section("Resources").into_iter().flatten();
    let layers = resources.filter(|(_, resource)| {
        asked.layers
            && resource
                .get("Type")
                .is_some_and(|kind| kind == "AWS::Lambda::LayerVersion")
    });
    let name = |layer: &Value| Some(layer.pointer("/Properties/LayerName")?.as_str()?.to_owned());
    Some(DesiredPrune {
        keep: usize::try_from(asked.keep).unwrap_or(usize::MAX),
        layers: layers.filter_map(|(_, layer)| name(layer)).collect(),
    })
}

/// The tags of the stack. As with Serverless the stage is one of them, unless the service has one of that name:
/// without it, CloudFormation would touch every resource of a stack that is taken over.
fn stack_tags(service: &Service) -> IndexMap<String, String> {
    let asked = &service.provider.stack_tags;
    let mut tags = IndexMap::new();
    if !asked.keys().any(|key| key.eq_ignore_ascii_case(STAGE_TAG)) {
        tags.insert(STAGE_TAG.to_owned(), service.stage.clone());
    }
    tags.extend(asked.clone());
    tags
}

/// The local AWS has no roles to take on, no alarms and nobody to tell.
fn settings(service: &Service, target: &PlannedTarget) -> StackSettings {
    let said = &service.provider.stack;
    let both = StackSettings {
        parameters: said.parameters.clone(),
        disable_rollback: said.disable_rollback,
        ..StackSettings::default()
    };
    if *target == PlannedTarget::Sandbox {
        return both;
    }
    let rollback = said.rollback.clone().unwrap_or_default();
    StackSettings {
        role: said.role.clone(),
        notification_arns: said.notification_arns.clone(),
        alarms: rollback.alarms,
        alarm_minutes: rollback.minutes,
        ..both
    }
}

fn planned_project(packaged: &Packaged, project: &ProjectRequest, folder: &str) -> PlannedProject {
    PlannedProject {
        folder: folder.to_owned(),
        config: project.config.clone(),
        stage: project.stage.clone(),
        region: project.region.clone(),
        params: project.params.clone(),
        package: packaged.from.clone(),
        unsynced: None,
    }
}

fn archive_of(archive: &Archive, folder: &str) -> DesiredArchive {
    let files = archive
        .entries
        .iter()
        .map(|entry| (entry.path.clone(), entry.crc));
    DesiredArchive {
        name: archive.file_name.clone(),
        path: format!("{folder}/{}", archive.file_name),
        digest: archive.digest,
        files: files.collect(),
    }
}
