//! `functions` and their events.

use indexmap::IndexMap;
use pilothouse_model::{Code, Diagnostic};

use super::reader::{At, Reader};
use super::{
    alb, caller, cloud_front, event_rule, http, http_api, image, messages, package, provider, run,
    stack, websocket,
};
use crate::schema::is_function;
use crate::types::{Event, Function, ScheduleEvent};

pub(super) fn read_all(reader: &mut Reader, root: &At<'_>) -> IndexMap<String, Function> {
    let entries = reader.entries(root.get("functions"));
    entries
        .into_iter()
        // A function without anything is as if it were not written.
        .filter(|(_, at)| !at.node.is_null())
        .map(|(name, at)| {
            let function = read(reader, root, &name, &at);
            (name, function)
        })
        .collect()
}

fn read(reader: &mut Reader, root: &At<'_>, name: &str, at: &At<'_>) -> Function {
    if at.node.as_mapping().is_none() {
        reader.refuse(at, "a mapping");
        return Function::default();
    }
    let mut function = Function {
        handler: handler(reader, name, at),
        image: image::read(reader, root, name, at),
        name: reader.text(at.get("name")),
        description: reader.words(at.get("description")),
        runtime: reader.text(at.get("runtime")),
        architecture: reader.text(at.get("architecture")),
        memory_size: reader.whole(at.get("memorySize")),
        timeout: reader.whole(at.get("timeout")),
        has_environment: at.get("environment").is_some(),
        environment: provider::environment(reader, at.get("environment")),
        tags: reader.texts_by_name(at.get("tags")),
        role: reader.text_or_function(at.get("role")),
        condition: reader.words(at.get("condition")),
        depends_on: reader.texts(at.get("dependsOn")),
        disable_logs: reader.truth(at.get("disableLogs")).unwrap_or_default(),
        log_retention_in_days: reader.whole(at.get("logRetentionInDays")),
        log_data_protection: at
            .get("logDataProtectionPolicy")
            .map(|policy| policy.node.to_json()),
        runtime_management: stack::runtime_management(reader, at.get("runtimeManagement")),
        version_function: reader.truth(at.get("versionFunction")),
        reserved_concurrency: at.get("reservedConcurrency").map(|at| at.node.to_json()),
        ephemeral_storage_size: reader.whole(at.get("ephemeralStorageSize")),
        http_api_payload: at
            .get("httpApi")
            .and_then(|api| reader.text(api.get("payload"))),
        events: events(reader, at),
        package: package(reader, at.get("package")),
        ..Function::default()
    };
    run::read(reader, at, &mut function);
    cloud_front::settle(&mut function);
    function
}

fn handler(reader: &mut Reader, name: &str, at: &At<'_>) -> String {
    let written = at.get("handler");
    let is_empty = written
        .as_ref()
        .is_some_and(|at| at.node.as_text() == Some(""));
    if let Some(handler) = reader.text(written.clone()).filter(|_| !is_empty) {
        return handler;
    }
    if at.get("image").is_none() && (is_empty || written.is_none()) {
        reader.found.push(
            Diagnostic::error(
                Code::ConfigMissingKey,
                format!("the function `{name}` has neither `handler` nor `image`"),
            )
            .at(at.node.span.clone())
            .path(at.join("handler"))
            .hint("Name the code it runs: `handler: file.function`, or the `image`"),
        );
    }
    String::new()
}

fn events(reader: &mut Reader, at: &At<'_>) -> Vec<Event> {
    let items = reader.items(at.get("events"));
    let mut events = Vec::new();
    for item in items {
        // An event that is no mapping was reported; Serverless goes on without it.
        if let Some(http) = item.get("http") {
            events.extend(http::read(reader, &http).map(|event| Event::Http(Box::new(event))));
        }
        http_api::read(reader, &item, &mut events);
        if let Some(schedule) = item.get("schedule") {
            let event = schedule_event(reader, &schedule);
            events.extend(event.map(|event| Event::Schedule(Box::new(event))));
        }
        messages::read(reader, &item, &mut events);
        event_rule::read(reader, &item, &mut events);
        caller::read(reader, &item, &mut events);
        websocket::read(reader, &item, &mut events);
        alb::read(reader, &item, &mut events);
        cloud_front::read(reader, &item, &mut events);
    }
    events
}

fn schedule_event(reader: &mut Reader, at: &At<'_>) -> Option<ScheduleEvent> {
    if at.node.as_text().is_some() {
        return Some(ScheduleEvent {
            rates: vec![at.node.to_json()],
            ..ScheduleEvent::default()
        });
    }
    let Some(rate) = at.get("rate") else {
        reader.refuse(
            at,
            "a schedule such as `rate(5 minutes)`, or a mapping with `rate`",
        );
        return None;
    };
    if rate.node.as_sequence().is_some_and(Vec::is_empty) {
        reader.refuse(&rate, "a schedule such as `rate(5 minutes)`, or several");
        return None;
    }
    let rates = if is_function(rate.node) {
        vec![rate]
    } else {
        reader.items(Some(rate))
    };
    Some(ScheduleEvent {
        rates: rates
            .into_iter()
            .filter_map(|rate| reader.text_or_function(Some(rate)))
            .collect(),
        enabled: reader.truth(at.get("enabled")),
        name: reader.text(at.get("name")),
        description: reader.text(at.get("description")),
        input: at.get("input").map(|input| input.node.to_json()),
        input_path: reader.words(at.get("inputPath")),
        input_transformer: at.get("inputTransformer").map(|input| input.node.to_json()),
        scheduler: reader.text(at.get("method")).as_deref() == Some("scheduler"),
        timezone: reader.text(at.get("timezone")),
    })
}
