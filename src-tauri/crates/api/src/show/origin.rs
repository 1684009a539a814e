//! Why something is there: the line of the file that asks for it.

mod rest;

use std::collections::HashMap;

use pilothouse_model::{Sources, Span};
use pilothouse_service::types::Event;
use pilothouse_service::{Node, Service};
use pilothouse_template::naming;

use super::Origin;

/// Where each thing of a service is written.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    places: HashMap<String, Origin>,
    /// By logical id: the configuration path that asks for it.
    paths: HashMap<String, String>,
    /// By logical id: what people call it.
    names: HashMap<String, String>,
    /// What the ids of a function's resources begin with, and its path; the longest first.
    beginnings: Vec<(String, String)>,
}

impl Origins {
    /// Reads the places of a resolved document and knows the logical ids that its service is given.
    pub fn of(service: &Service, resolved: &Node, sources: &Sources) -> Self {
        let mut origins = Self::default();
        origins.read(resolved, sources, "", 0);
        origins.of_functions(service);
        for id in service
            .resources
            .sections
            .get("Resources")
            .into_iter()
            .flat_map(keys)
        {
            origins
                .paths
                .insert(id.clone(), format!("resources.Resources.{id}"));
        }
        for id in service.resources.extensions.keys() {
            let path = format!("resources.extensions.{id}");
            origins.paths.entry(id.clone()).or_insert(path);
        }
        let role = "IamRoleLambdaExecution".to_owned();
        origins
            .paths
            .entry(role)
            .or_insert_with(|| "provider.iam".to_owned());
        origins
    }

    /// Functions are deep enough at four levels (`functions.hello.events.0`), resources at three.
    fn read(&mut self, node: &Node, sources: &Sources, path: &str, depth: usize) {
        const DEEPEST: usize = 4;
        if depth >= DEEPEST {
            return;
        }
        let below = |name: &str| match path {
            "" => name.to_owned(),
            path => format!("{path}.{name}"),
        };
        let mapped = node.as_mapping().into_iter().flatten();
        let children = mapped.map(|(name, entry)| (below(name), &entry.key, &entry.node));
        let listed = node.as_sequence().into_iter().flatten().enumerate();
        let items = listed.map(|(number, node)| (below(&number.to_string()), &node.span, node));
        let children: Vec<_> = children.chain(items).collect();
        for (path, span, node) in children {
            if let Some(origin) = place(span, sources, &path) {
                self.places.insert(path.clone(), origin);
            }
            self.read(node, sources, &path, depth + 1);
        }
    }

    fn of_functions(&mut self, service: &Service) {
        // What several events can ask for is the first one's, and never hides what one alone asks for.
        let mut shared: HashMap<String, (String, String)> = HashMap::new();
        for (key, function) in &service.functions {
            let path = format!("functions.{key}");
            let mut known = |id: String, path: &str, name: String| {
                self.paths.insert(id.clone(), path.to_owned());
                self.names.insert(id, name);
            };
            known(naming::function_id(key), &path, key.clone());
            known(naming::log_group_id(key), &path, format!("log of {key}"));
            for (number, event) in function.events.iter().enumerate() {
                let path = format!("{path}.events.{number}");
                match event {
                    Event::Http(event) => {
                        let id = naming::method_id(&event.path, &event.method);
                        known(id, &path, super::events::rest_words(event));
                        known(
                            naming::resource_id(&event.path),
                            &path,
                            format!("/{}", event.path),
                        );
                        for (id, name) in rest::of_event(event) {
                            shared.entry(id).or_insert_with(|| (path.clone(), name));
                        }
                    }
                    Event::HttpApi(event) => {
                        let words = super::events::http_words(&event.method, &event.path);
                        let route = if event.path == "*" {
                            "*".to_owned()
                        } else {
                            format!("{} {}", event.method, event.path)
                        };
                        known(naming::http_api_route_id(&route), &path, words);
                        let integration = naming::http_api_integration_id(key);
                        known(integration, &path, format!("integration of {key}"));
                    }
                    other => {
                        for (id, name) in pilothouse_template::of_event(key, other) {
                            known(id, &path, name);
                        }
                        for (id, name) in pilothouse_template::of_event_at(service, key, number) {
                            known(id, &path, name);
                        }
                    }
                }
            }
            self.beginnings.push((naming::normalized(key), path));
        }
        for (id, (path, name)) in shared {
            if !self.paths.contains_key(&id) {
                self.paths.insert(id.clone(), path);
                self.names.insert(id, name);
            }
        }
        self.beginnings
            .sort_by_key(|(start, _)| std::cmp::Reverse(start.len()));
    }

    /// Where a configuration path is written.
    pub fn of_path(&self, path: &str) -> Option<Origin> {
        self.places.get(path).cloned()
    }

    /// Where the thing is written that asks for a resource; none for what every service gets.
    pub fn of_resource(&self, logical_id: &str) -> Option<Origin> {
        if let Some(path) = self.paths.get(logical_id) {
            return self.nearest(path);
        }
        if let Some(path) = rest::path_of(logical_id) {
            return self.nearest(path);
        }
        let (_, path) = self.beginning(logical_id)?;
        self.of_path(path)
    }

    /// What people call a resource: the function's key, `GET /hello`; its logical id when it has no other name.
    pub fn name_of(&self, logical_id: &str) -> String {
        if let Some(name) = self.names.get(logical_id) {
            return name.clone();
        }
        match self.beginning(logical_id) {
            Some((start, path)) => {
                let key = path.strip_prefix("functions.").unwrap_or(path);
                let rest = logical_id.strip_prefix(start.as_str());
                format!(
                    "{} of {key}",
                    super::names::of_part(rest.unwrap_or_default())
                )
            }
            None => super::names::of_generated(logical_id).unwrap_or_else(|| logical_id.to_owned()),
        }
    }

    fn beginning(&self, logical_id: &str) -> Option<&(String, String)> {
        const KINDS: &[&str] = &[
            "LambdaVersion",
            "LambdaPermission",
            "EventsRule",
            "SchedulerSchedule",
        ];
        let fits = |start: &str| {
            let rest = logical_id.strip_prefix(start);
            rest.is_some_and(|rest| KINDS.iter().any(|kind| rest.starts_with(kind)))
        };
        self.beginnings.iter().find(|(start, _)| fits(start))
    }

    /// The place of a path, or of the nearest one above it that is written.
    fn nearest(&self, path: &str) -> Option<Origin> {
        let mut path = path;
        loop {
            if let Some(origin) = self.places.get(path) {
                return Some(origin.clone());
            }
            path = path.rsplit_once('.')?.0;
        }
    }
}

fn keys(section: &serde_json::Value) -> Vec<&String> {
    section
        .as_object()
        .into_iter()
        .flat_map(|map| map.keys())
        .collect()
}

fn place(span: &Span, sources: &Sources, path: &str) -> Option<Origin> {
    let position = sources.position(span)?;
    Some(Origin {
        file: span.source.as_str().to_owned(),
        line: u32::try_from(position.line).ok()?,
        path: path.to_owned(),
    })
}
