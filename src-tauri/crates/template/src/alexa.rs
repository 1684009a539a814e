//! `alexaSkill` and `alexaSmartHome` events: permissions of Alexa to call a function.

use pilothouse_service::types::{AlexaEvent, Event};

use crate::draft::Draft;
use crate::naming;
use crate::target::Target;

/// Adds the permissions of all functions.
pub(crate) fn add(draft: &mut Draft<'_>) {
    for (key, function) in &draft.service.functions {
        let (mut skills, mut homes) = (0, 0);
        for event in &function.events {
            match event {
                Event::AlexaSkill(event) => {
                    skills += 1;
                    let id = naming::alexa_skill_permission_id(key, skills);
                    permit(draft, key, id, "alexa-appkit.amazon.com", event);
                }
                Event::AlexaSmartHome(event) => {
                    homes += 1;
                    let id = naming::alexa_home_permission_id(key, homes);
                    permit(draft, key, id, "alexa-connectedhome.amazon.com", event);
                }
                _ => {}
            }
        }
    }
}

fn permit(draft: &mut Draft<'_>, key: &str, id: String, principal: &str, event: &AlexaEvent) {
    let action = match event.enabled {
        Some(false) => "lambda:DisableInvokeFunction",
        _ => "lambda:InvokeFunction",
    };
    let permission = Target::of(draft, key)
        .permission_of(action, principal)
        .with_some("EventSourceToken", event.app_id.as_deref());
    draft.add(id, permission, &format!("functions.{key}"));
}
