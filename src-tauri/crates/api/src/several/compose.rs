//! `serverless-compose.yml`: services, where they lie, and what they are given.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use pilothouse_effects::{ProjectFiles, ProjectProblem};
use pilothouse_model::{Code, Diagnostic, Diagnostics, ProjectPath, SourceId, Sources};
use pilothouse_service::Node;
use pilothouse_service::document::{Mapping, Syntax, read};

use super::{Member, Part};
use crate::project::ProjectRequest;
use crate::{ApiError, Host};

/// The names it can have.
const NAMES: [&str; 3] = [
    "serverless-compose.yml",
    "serverless-compose.yaml",
    "serverless-compose.json",
];
/// The most bytes that are read of it.
const MOST_BYTES: u64 = 1 << 20;
/// The keys of a service.
const KEYS: [&str; 5] = ["path", "config", "component", "dependsOn", "params"];
/// Variables that hold credentials: templates would publish them.
const CREDENTIALS: [&str; 4] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
];
/// The one kind of service there is.
const COMPONENT: &str = "serverless-framework";

/// Whether the folder has a compose file.
pub(super) fn is_there(files: &dyn ProjectFiles) -> bool {
    file(files).is_some()
}

/// The name of the folder's compose file.
pub(super) fn file(files: &dyn ProjectFiles) -> Option<&'static str> {
    let read = |name: &str| {
        let path = ProjectPath::parse(name).ok()?;
        files.open(&path).ok()
    };
    NAMES.into_iter().find(|name| read(name).is_some())
}

/// The services that the folder's compose file names; none when it has no such file.
///
/// # Errors
/// When it cannot be read, with everything that is wrong in it.
pub(super) fn find(
    host: &Host,
    files: &dyn ProjectFiles,
    request: &ProjectRequest,
) -> Result<Option<Vec<Member>>, ApiError> {
    for name in NAMES {
        let Ok(path) = ProjectPath::parse(name) else {
            continue;
        };
        let bytes = match files.read(&path, MOST_BYTES) {
            Err(ProjectProblem::Missing(_)) => continue,
            other => other?,
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let variable = |name: &str| host.environment.variable(name);
        let stage = request.stage.as_deref().unwrap_or("dev");
        let source = SourceId::new(name);
        let outcome = members(&source, &text, stage, &variable);
        return outcome.map(Some).map_err(|found| {
            let mut sources = Sources::default();
            sources.insert(source, text);
            ApiError::from_findings(found, sources)
        });
    }
    Ok(None)
}

/// The services of a compose file.
pub(super) fn members(
    source: &SourceId,
    text: &str,
    stage: &str,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<Member>, Diagnostics> {
    let document = read(source, text, Syntax::of_name(source.as_str()))?;
    let mut found = Diagnostics::default();
    let Some(services) = document.get("services").and_then(Node::as_mapping) else {
        found.push(
            Diagnostic::error(Code::ConfigMissingKey, "the file names no services")
                .at(document.span.clone())
                .path("services")
                .hint("Write each service under `services`, with its folder as `path`"),
        );
        return Err(found);
    };
    let names: Vec<&str> = services.keys().map(String::as_str).collect();
    let mut reader = Reader {
        names,
        stage,
        variable,
        found,
    };
    let members: Vec<Member> = services
        .iter()
        .filter_map(|(name, entry)| reader.member(name, &entry.node))
        .collect();
    if reader.found.has_errors() {
        return Err(reader.found);
    }
    Ok(members)
}

struct Reader<'a> {
    names: Vec<&'a str>,
    stage: &'a str,
    variable: &'a dyn Fn(&str) -> Option<String>,
    found: Diagnostics,
}

impl Reader<'_> {
    fn member(&mut self, name: &str, node: &Node) -> Option<Member> {
        let path = format!("services.{name}");
        let Some(keys) = node.as_mapping() else {
            self.bad(
                node,
                &path,
                "a service is a mapping",
                "Give it its folder: `path: orders`",
            );
            return None;
        };
        self.unknown_keys(keys, &path);
        let Some(folder) = node.get("path").and_then(Node::as_text) else {
            let message = format!("the service `{name}` has no folder");
            self.found.push(
                Diagnostic::error(Code::ConfigMissingKey, message)
                    .at(node.span.clone())
                    .path(format!("{path}.path"))
                    .hint("Name it, relative to this file: `path: orders`"),
            );
            return None;
        };
        let folder = match ProjectPath::parse(folder.trim_start_matches("./").trim_end_matches('/'))
        {
            Ok(folder) => folder.as_str().to_owned(),
            Err(problem) => {
                let message = format!("`{folder}` is not a folder below this file: {problem}");
                self.bad(
                    node.get("path").unwrap_or(node),
                    &format!("{path}.path"),
                    &message,
                    "Put the service into a folder beside this file",
                );
                return None;
            }
        };
        if let Some(component) = node.get("component")
            && component.as_text() != Some(COMPONENT)
        {
            self.bad(
                component,
                &format!("{path}.component"),
                "only services of Serverless Framework can be deployed here",
                "Leave `component` out, or take the service out of this file",
            );
        }
        let mut member = Member::new(name, &folder);
        member.config = node
            .get("config")
            .and_then(Node::as_text)
            .map(str::to_owned);
        self.depends(&mut member, node, &path);
        member.params = self.params(&mut member.needs, node, &path);
        Some(member)
    }

    /// Keys that a service does not have here.
    fn unknown_keys(&mut self, keys: &Mapping, path: &str) {
        for (key, entry) in keys {
            if !KEYS.contains(&key.as_str()) {
                let place = format!("{path}.{key}");
                let message = format!("`{key}` is no key of a service here");
                self.found.push(
                    Diagnostic::error(Code::ConfigUnknownKey, message)
                        .at(entry.key.clone())
                        .path(place)
                        .hint(format!("There are {}", KEYS.join(", "))),
                );
            }
        }
    }

    /// `dependsOn`: a name, or several.
    fn depends(&mut self, member: &mut Member, node: &Node, path: &str) {
        let Some(asked) = node.get("dependsOn") else {
            return;
        };
        let list = match asked.as_sequence() {
            Some(list) => list.as_slice(),
            None => std::slice::from_ref(asked),
        };
        for one in list {
            match one.as_text() {
                Some(other) if self.names.contains(&other) => {
                    let reason = "dependsOn".to_owned();
                    member.needs.insert(other.to_owned(), reason);
                }
                _ => {
                    let words = one.to_text().unwrap_or_default();
                    let message = format!("`{words}` is no service of this file");
                    let hint = format!("There are {}", self.names.join(", "));
                    self.bad(one, &format!("{path}.dependsOn"), &message, &hint);
                }
            }
        }
    }

    fn params(
        &mut self,
        needs: &mut BTreeMap<String, String>,
        node: &Node,
        path: &str,
    ) -> IndexMap<String, Vec<Part>> {
        let mut params = IndexMap::new();
        let Some(given) = node.get("params") else {
            return params;
        };
        let place = format!("{path}.params");
        let Some(given_keys) = given.as_mapping() else {
            self.bad(
                given,
                &place,
                "`params` is a mapping",
                "Write `name: value` below it",
            );
            return params;
        };
        for (name, entry) in given_keys {
            let place = format!("{place}.{name}");
            let Some(text) = entry.node.to_text() else {
                self.bad(
                    &entry.node,
                    &place,
                    "a parameter is one value",
                    "Write a text or a number",
                );
                continue;
            };
            match self.parts(&text) {
                Ok(parts) => {
                    for part in &parts {
                        if let Part::Output { service, output } = part {
                            let reason = format!("reads {output}");
                            needs.entry(service.clone()).or_insert(reason);
                        }
                    }
                    params.insert(name.clone(), parts);
                }
                Err((message, hint)) => self.bad(&entry.node, &place, &message, &hint),
            }
        }
        params
    }

    /// A value by its pieces: text, `${service.output}`, `${sls:stage}`, `${env:NAME}`.
    fn parts(&self, text: &str) -> Result<Vec<Part>, (String, String)> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((inside, behind)) = after.split_once('}') else {
                return Err((
                    format!("the variable in `{text}` does not end"),
                    "Close it with `}`".to_owned(),
                ));
            };
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(self.variable_of(inside.trim())?);
            rest = behind;
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(parts)
    }

    fn variable_of(&self, words: &str) -> Result<Part, (String, String)> {
        if words == "sls:stage" {
            return Ok(Part::Text(self.stage.to_owned()));
        }
        if let Some(name) = words.strip_prefix("env:") {
            if CREDENTIALS.contains(&name) {
                return Err((
                    format!("{name} holds credentials, which no parameter is given"),
                    "Name a profile instead: --profile NAME".to_owned(),
                ));
            }
            return match (self.variable)(name) {
                Some(value) => Ok(Part::Text(value)),
                None => Err((
                    format!("the environment has no variable {name}"),
                    format!("Set it: export {name}=..."),
                )),
            };
        }
        match words.split_once('.') {
            Some((service, output)) if self.names.contains(&service) => Ok(Part::Output {
                service: service.to_owned(),
                output: output.to_owned(),
            }),
            _ => Err((
                format!("`${{{words}}}` is nothing that this file knows"),
                format!(
                    "Write ${{service.output}} with one of {}, ${{sls:stage}} or ${{env:NAME}}",
                    self.names.join(", ")
                ),
            )),
        }
    }

    fn bad(&mut self, node: &Node, path: &str, message: &str, hint: &str) {
        self.found.push(
            Diagnostic::error(Code::ConfigBadValue, message)
                .at(node.span.clone())
                .path(path)
                .hint(hint),
        );
    }
}
