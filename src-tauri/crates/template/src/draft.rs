//! The template while it is being made: resources are added once, and what is wrong is collected.

use std::collections::HashMap;

use pilothouse_model::{Code, Diagnostic, Diagnostics, Template};
use pilothouse_service::Service;
use serde_json::{Map, Value, json};

use crate::CompileInputs;
use crate::merge::merge;

/// A resource to be added.
#[derive(Debug)]
pub(crate) struct Resource {
    kind: &'static str,
    deletion_policy: Option<&'static str>,
    version: Option<u32>,
    properties: Map<String, Value>,
    condition: Option<String>,
    depends_on: Vec<String>,
}

impl Resource {
    pub(crate) fn new(kind: &'static str) -> Self {
        Self {
            kind,
            deletion_policy: None,
            version: None,
            properties: Map::new(),
            condition: None,
            depends_on: Vec::new(),
        }
    }

    /// Sets a property.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.properties.insert(name.to_owned(), value.into());
        self
    }

    /// Sets a property when there is a value for it.
    pub(crate) fn with_some(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Takes a property away.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.properties.shift_remove(name);
        self
    }

    pub(crate) fn depends_on(mut self, ids: impl IntoIterator<Item = String>) -> Self {
        self.depends_on.extend(ids);
        self
    }

    pub(crate) fn condition(mut self, condition: Option<String>) -> Self {
        self.condition = condition;
        self
    }

    /// CloudFormation leaves it alone when it goes out of the template.
    pub(crate) const fn retained(mut self) -> Self {
        self.deletion_policy = Some("Retain");
        self
    }

    /// The version of what a custom resource's function is asked.
    pub(crate) const fn version(mut self, version: u32) -> Self {
        self.version = Some(version);
        self
    }

    pub(crate) const fn properties(&self) -> &Map<String, Value> {
        &self.properties
    }

    fn into_value(self) -> Value {
        let mut resource = Map::new();
        resource.insert("Type".into(), self.kind.into());
        if let Some(policy) = self.deletion_policy {
            resource.insert("DeletionPolicy".into(), policy.into());
        }
        if let Some(version) = self.version {
            resource.insert("Version".into(), version.into());
        }
        resource.insert("Properties".into(), self.properties.into());
        if let Some(condition) = self.condition {
            resource.insert("Condition".into(), condition.into());
        }
        if !self.depends_on.is_empty() {
            resource.insert("DependsOn".into(), self.depends_on.into());
        }
        resource.into()
    }
}

/// The template while it is being made.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) service: &'a Service,
    pub(crate) inputs: &'a CompileInputs,
    pub(crate) template: Template,
    pub(crate) found: Diagnostics,
    /// Whether the archive behind custom resources is needed.
    pub(crate) has_custom_resources: bool,
    /// What each logical id was made for.
    origins: HashMap<String, String>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(service: &'a Service, inputs: &'a CompileInputs) -> Self {
        let mut template = Template::default();
        template
            .0
            .insert("AWSTemplateFormatVersion".into(), "2010-09-09".into());
        template.0.insert("Description".into(), DESCRIPTION.into());
        template.section_mut("Resources");
        template.section_mut("Outputs");
        Self {
            service,
            inputs,
            template,
            found: Diagnostics::default(),
            has_custom_resources: false,
            origins: HashMap::new(),
        }
    }

    /// Adds a resource that `origin` (a configuration path, or a URL path) asks for.
    ///
    /// Two origins with one logical id cannot both stand in a template, and one would silently be lost.
    pub(crate) fn add(&mut self, id: String, resource: Resource, origin: &str) {
        if let Some(first) = self.origins.insert(id.clone(), origin.to_owned()) {
            self.found.push(
                Diagnostic::error(
                    Code::ConfigConflict,
                    format!("`{first}` and `{origin}` have the same name in the template, `{id}`"),
                )
                .path(origin)
                .reason("names in a template have only letters and digits")
                .hint("Rename one of the two"),
            );
        }
        self.put(id, resource);
    }

    /// Adds a resource for `thing` (such as "the queue `jobs`"), or lays it over the one made for the same thing.
    pub(crate) fn merge(&mut self, id: String, resource: Resource, thing: &str, path: &str) {
        if !self.claim(&id, thing, path) {
            return self.put(id, resource);
        }
        let resources = self.template.section_mut("Resources");
        if let Some(known) = resources.get_mut(&id) {
            merge(known, &resource.into_value());
        }
    }

    /// Adds a resource for `thing`, or replaces the one made for the same thing.
    pub(crate) fn replace(&mut self, id: String, resource: Resource, thing: &str, path: &str) {
        if self.claim(&id, thing, path) {
            self.warn(
                Code::ConfigConflict,
                path,
                format!("`{path}` is a second event of {thing} for one function"),
                "Write one event: of two, the later counts",
            );
        }
        self.put(id, resource);
    }

    /// Notes what an id is made for; true when it was made for the same thing already.
    fn claim(&mut self, id: &str, thing: &str, path: &str) -> bool {
        let Some(first) = self.origins.insert(id.to_owned(), thing.to_owned()) else {
            return false;
        };
        if first == thing {
            return true;
        }
        self.found.push(
            Diagnostic::error(
                Code::ConfigConflict,
                format!("{first} and {thing} have the same name in the template, `{id}`"),
            )
            .path(path)
            .reason("names in a template have only letters and digits")
            .hint("Rename one of the two"),
        );
        false
    }

    /// Adds a resource, or replaces the one of that id.
    pub(crate) fn put(&mut self, id: String, resource: Resource) {
        self.template
            .section_mut("Resources")
            .insert(id, resource.into_value());
    }

    /// Lays a resource over the one of that id, as Serverless does where several things describe one resource.
    pub(crate) fn lay(&mut self, id: String, resource: Resource) {
        let resources = self.template.section_mut("Resources");
        match resources.get_mut(&id) {
            Some(there) => merge(there, &resource.into_value()),
            None => {
                resources.insert(id, resource.into_value());
            }
        }
    }

    /// Whether there is a resource of that id.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.template
            .section("Resources")
            .is_some_and(|resources| resources.contains_key(id))
    }

    pub(crate) fn output(&mut self, name: &str, description: Option<&str>, value: Value) {
        let output = match description {
            Some(text) => json!({ "Description": text, "Value": value }),
            None => json!({ "Value": value }),
        };
        self.template
            .section_mut("Outputs")
            .insert(name.to_owned(), output);
    }

    pub(crate) fn warn(&mut self, code: Code, path: &str, message: String, hint: &str) {
        self.found
            .push(Diagnostic::warning(code, message).path(path).hint(hint));
    }

    pub(crate) fn refuse(&mut self, code: Code, path: &str, message: String, hint: &str) {
        self.found
            .push(Diagnostic::error(code, message).path(path).hint(hint));
    }
}

/// Serverless's own sentence: another one would show as a change of every stack that is taken over.
const DESCRIPTION: &str = "The AWS CloudFormation template for this Serverless application";

/// Tags in the form that most resources take.
pub(crate) fn tag_list<'a>(tags: impl IntoIterator<Item = (&'a String, &'a String)>) -> Value {
    tags.into_iter()
        .map(|(key, value)| json!({ "Key": key, "Value": value }))
        .collect()
}
