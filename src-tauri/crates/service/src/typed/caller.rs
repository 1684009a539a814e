//! `cloudwatchLog`, `iot`, `iotFleetProvisioning`, `alexaSkill` and `alexaSmartHome`.

use super::messages::{missing, needed, needed_text};
use super::reader::{At, Reader};
use crate::types::{AlexaEvent, CloudWatchLogEvent, Event, IotEvent, IotFleetEvent};

/// Reads those of an item of `events`.
pub(super) fn read(reader: &mut Reader, item: &At<'_>, events: &mut Vec<Event>) {
    if let Some(at) = item.get("cloudwatchLog") {
        events.extend(cloudwatch_log(reader, &at).map(Event::CloudWatchLog));
    }
    if let Some(at) = item.get("iot") {
        events.extend(iot(reader, &at).map(|event| Event::Iot(Box::new(event))));
    }
    if let Some(at) = item.get("iotFleetProvisioning") {
        events.extend(fleet(reader, &at).map(|event| Event::IotFleet(Box::new(event))));
    }
    if let Some(at) = item.get("alexaSkill") {
        events.extend(alexa(reader, &at).map(Event::AlexaSkill));
    }
    if let Some(at) = item.get("alexaSmartHome") {
        let event = alexa(reader, &at);
        let named = event.filter(|event| event.app_id.is_some());
        if named.is_none() && at.node.as_mapping().is_some() {
            missing(reader, &at, "appId");
        }
        events.extend(named.map(Event::AlexaSmartHome));
    }
}

fn cloudwatch_log(reader: &mut Reader, at: &At<'_>) -> Option<CloudWatchLogEvent> {
    if let Some(group) = at.node.to_text() {
        return Some(CloudWatchLogEvent {
            log_group: one_line(&group),
            filter: String::new(),
        });
    }
    let group = needed_text(reader, at, "logGroup")?;
    let filter = reader.text(at.get("filter")).unwrap_or_default();
    Some(CloudWatchLogEvent {
        log_group: one_line(&group),
        filter: one_line(&filter),
    })
}

fn iot(reader: &mut Reader, at: &At<'_>) -> Option<IotEvent> {
    let sql = needed_text(reader, at, "sql")?;
    let line = |reader: &mut Reader, name| {
        let text = reader.text(at.get(name)).map(|text| one_line(&text));
        text.filter(|text| !text.is_empty())
    };
    Some(IotEvent {
        sql: one_line(&sql),
        sql_version: line(reader, "sqlVersion"),
        name: line(reader, "name"),
        description: line(reader, "description"),
        enabled: reader.truth(at.get("enabled")),
    })
}

fn fleet(reader: &mut Reader, at: &At<'_>) -> Option<IotFleetEvent> {
    let role = needed(reader, at, "provisioningRoleArn");
    let Some(body) = at.get("templateBody") else {
        if at.node.as_mapping().is_some() {
            missing(reader, at, "templateBody");
        }
        return None;
    };
    Some(IotFleetEvent {
        template_body: body.node.to_json(),
        role: role?,
        template_name: reader.words(at.get("templateName")),
        enabled: reader.truth(at.get("enabled")),
    })
}

fn alexa(reader: &mut Reader, at: &At<'_>) -> Option<AlexaEvent> {
    if let Some(id) = at.node.to_text() {
        return Some(AlexaEvent {
            app_id: Some(id),
            enabled: None,
        });
    }
    if at.node.as_mapping().is_none() {
        reader.refuse(at, "the id of a skill, or a mapping with `appId`");
        return None;
    }
    Some(AlexaEvent {
        app_id: reader.text(at.get("appId")),
        enabled: reader.truth(at.get("enabled")),
    })
}

/// A text without its line breaks: folded YAML may have some where the value has none.
fn one_line(text: &str) -> String {
    text.replace("\r\n", "").replace('\n', "")
}
