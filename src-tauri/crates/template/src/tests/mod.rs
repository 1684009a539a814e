//! What whole services become.

mod apis;
mod event_sources;
mod functions;
mod gateways;
mod hashes;
mod images;
mod layers;
mod messages;
mod plugins;
mod properties;
mod rest;
mod rules;
mod run;
mod runtimes;
mod user_resources;

use indexmap::IndexMap;
use pilothouse_model::Digest;
use pilothouse_service::Service;
use pilothouse_service::types::{Event, Function, HttpApiEvent, HttpEvent, ScheduleEvent};
use serde_json::Value;

use crate::{Archive, Archives, CompileInputs, Templates, compile};

/// A service `shop` at stage `dev` with the functions, each with its events.
fn shop(functions: &[(&str, &[Event])]) -> Service {
    let functions: IndexMap<String, Function> = functions
        .iter()
        .map(|(key, events)| {
            let function = Function {
                handler: "app.main".into(),
                events: events.to_vec(),
                ..Function::default()
            };
            ((*key).to_owned(), function)
        })
        .collect();
    let mut service = Service {
        name: "shop".into(),
        stage: "dev".into(),
        region: "us-east-1".into(),
        functions,
        ..Service::default()
    };
    service.provider.runtime = Some("python3.13".into());
    service
}

fn http(method: &str, path: &str) -> Event {
    Event::Http(Box::new(HttpEvent {
        method: method.into(),
        path: path.into(),
        ..HttpEvent::default()
    }))
}

fn http_with(method: &str, path: &str, change: impl FnOnce(&mut HttpEvent)) -> Event {
    let mut event = HttpEvent {
        method: method.into(),
        path: path.into(),
        ..HttpEvent::default()
    };
    change(&mut event);
    Event::Http(Box::new(event))
}

fn http_api(method: &str, path: &str) -> Event {
    Event::HttpApi(HttpApiEvent {
        method: method.into(),
        path: path.into(),
        authorizer: None,
    })
}

fn schedule(change: impl FnOnce(&mut ScheduleEvent)) -> Event {
    let mut event = ScheduleEvent {
        rates: vec!["rate(1 hour)".into()],
        ..ScheduleEvent::default()
    };
    change(&mut event);
    Event::Schedule(Box::new(event))
}

fn inputs(code: &str) -> CompileInputs {
    CompileInputs {
        instance_millis: 1_795_406_820_310,
        archives: Archives {
            layers: IndexMap::new(),
            service: Some(Archive {
                file_name: "shop.zip".into(),
                digest: Digest::of(code.as_bytes()),
            }),
            functions: IndexMap::new(),
        },
    }
}

fn compiled(service: &Service) -> Templates {
    compile(service, &inputs("code")).expect("the service compiles")
}

/// The whole stack's template as one value, for pointers into it.
fn stack(service: &Service) -> Value {
    Value::Object(compiled(service).update.0)
}

/// A part of the stack's resources, by a JSON pointer.
fn resource(service: &Service, pointer: &str) -> Value {
    stack(service)
        .pointer(&format!("/Resources/{pointer}"))
        .cloned()
        .unwrap_or_default()
}

/// The messages of a service that is refused.
fn refusals(service: &Service) -> Vec<String> {
    let found = compile(service, &inputs("code")).expect_err("the service is refused");
    found.0.into_iter().map(|d| d.message).collect()
}

/// Ids of the resources of a type.
fn ids(template: &Value, kind: &str) -> Vec<String> {
    template["Resources"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, resource)| resource["Type"] == kind)
        .map(|(id, _)| id.clone())
        .collect()
}
