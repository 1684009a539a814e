//! A service of more resources than a stack takes, as nested stacks.

use std::collections::{BTreeMap, BTreeSet};

use pilothouse_deploy::{
    Desired, DesiredPart, DesiredParts, LiveParts, LiveWhole, Session, live_parts,
};
use pilothouse_model::{Diagnostics, Template};
use pilothouse_service::{NestedStacks, Service};
use pilothouse_template::{
    Division, Live, MostOfOne, check_whole, divide, divide_by_plugin, naming,
    nested_template_address, nested_template_name, unite,
};

use crate::ApiError;
use crate::deploy::closing;
use crate::package::Packaged;

/// Whether the service may be more than one stack.
pub(crate) fn is_on(service: &Service) -> bool {
    service.nested_stacks != NestedStacks::Off
}

/// Divides a template as the service wants it; nothing when one stack is enough.
pub(crate) fn division(
    service: &Service,
    whole: &Template,
    live: &Live,
    release: &str,
) -> Result<Option<Division>, Diagnostics> {
    let address = |id: &str, _: &Template| nested_template_address(service, release, id);
    match &service.nested_stacks {
        NestedStacks::Off => Ok(None),
        NestedStacks::WhenNeeded => divide(whole, live, MostOfOne::CLOUDFORMATION, &address),
        NestedStacks::Split(settings) => {
            let name = |key: &String| {
                let id = naming::function_id(key);
                id.strip_suffix("LambdaFunction").map(str::to_owned)
            };
            let functions: Vec<String> = service.functions.keys().filter_map(name).collect();
            let by = (settings, functions.as_slice());
            divide_by_plugin(whole, by, live, MostOfOne::CLOUDFORMATION, &address).map(Some)
        }
    }
}

/// Divides what is to stand by what lives: asks the stack and its nested stacks where everything is.
///
/// # Errors
/// When the cloud does not answer, or what lives keeps the service from being divided.
pub(crate) async fn arrange(
    session: &Session,
    packaged: &mut Packaged,
    desired: &mut Desired,
) -> Result<(), ApiError> {
    let service = &packaged.service;
    if !is_on(service) {
        return Ok(());
    }
    let lives = closing(session, live_parts(session, desired).await)?;
    let live = lives.as_ref().map(places).unwrap_or_default();
    let division = match division(service, &desired.update, &live, &desired.release) {
        Ok(division) => division,
        Err(found) => {
            let known = &mut packaged.findings;
            known.diagnostics.extend(found.0);
            return Err(ApiError::from_findings(
                std::mem::take(&mut known.diagnostics),
                std::mem::take(&mut known.sources),
            ));
        }
    };
    desired.live = lives.filter(|lives| !lives.nested.is_empty()).map(whole);
    if let Some(division) = division {
        desired.update = division.united();
        desired.parts = Some(parts(division));
    }
    Ok(())
}

fn ids(template: &Template) -> BTreeSet<String> {
    let all = template.section("Resources").into_iter();
    all.flat_map(|all| all.keys().cloned()).collect()
}

/// Where each resource lives.
fn places(lives: &LiveParts) -> Live {
    let mut parent = ids(&lives.parent);
    parent.retain(|id| !lives.nested.contains_key(id));
    let nested = lives.nested.iter();
    Live {
        parent,
        nested: nested
            .map(|(id, template)| (id.clone(), ids(template)))
            .collect(),
    }
}

fn whole(lives: LiveParts) -> LiveWhole {
    let of = |(stack, template): (&String, &Template)| {
        let all = ids(template).into_iter();
        all.map(|id| (id, stack.clone())).collect::<Vec<_>>()
    };
    let places: BTreeMap<String, String> = lives.nested.iter().flat_map(of).collect();
    LiveWhole {
        whole: unite(&lives.parent, &lives.nested),
        template_hash: lives.template_hash,
        places,
    }
}

fn parts(division: Division) -> DesiredParts {
    let nested = division.nested.into_iter();
    DesiredParts {
        parent: division.parent,
        nested: nested
            .map(|(id, template)| DesiredPart {
                file_name: nested_template_name(&id),
                id,
                template,
            })
            .collect(),
    }
}

/// What CloudFormation would refuse of a service, and what keeps it from being divided.
pub(crate) fn check(service: &Service, whole: &Template) -> Diagnostics {
    if !is_on(service) {
        return pilothouse_template::check(whole);
    }
    let mut found = check_whole(whole);
    // Where its parts lie matters for their addresses alone.
    if let Err(problems) = division(service, whole, &Live::default(), "") {
        found.extend(problems.0);
    }
    found
}

/// The files of nested templates.
pub(crate) fn files(division: &Division) -> impl Iterator<Item = (String, &Template)> {
    let nested = division.nested.iter();
    nested.map(|(id, template)| (nested_template_name(id), template))
}
