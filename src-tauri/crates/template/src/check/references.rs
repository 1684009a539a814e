//! References that lead nowhere, and references that lead in a circle.

use std::collections::{BTreeMap, BTreeSet};

use pilothouse_model::{Code, Diagnostic, Diagnostics, Template};
use serde_json::{Map, Value};

use super::{function, schemas};

/// What every template may refer to.
const PSEUDO: [&str; 8] = [
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];

pub(super) fn check(template: &Template, found: &mut Diagnostics) {
    let mut walk = Walk {
        template,
        found,
        edges: BTreeMap::new(),
        from: None,
        told: BTreeSet::new(),
    };
    for (id, resource) in template.section("Resources").into_iter().flatten() {
        walk.from = Some(id);
        let path = format!("Resources.{id}");
        walk.order(resource, &path);
        walk.condition_of(resource, &path);
        for part in ["Properties", "Metadata"] {
            if let Some(part_of) = resource.get(part) {
                walk.value(part_of, &format!("{path}.{part}"));
            }
        }
    }
    walk.from = None;
    for (name, output) in template.section("Outputs").into_iter().flatten() {
        let path = format!("Outputs.{name}");
        walk.condition_of(output, &path);
        for part in ["Value", "Export"] {
            if let Some(part_of) = output.get(part) {
                walk.value(part_of, &format!("{path}.{part}"));
            }
        }
    }
    for (name, condition) in template.section("Conditions").into_iter().flatten() {
        walk.value(condition, &format!("Conditions.{name}"));
    }
    let Walk { edges, found, .. } = walk;
    circles(&edges, found);
}

struct Walk<'a> {
    template: &'a Template,
    found: &'a mut Diagnostics,
    edges: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// The resource that is walked through, when it is one.
    from: Option<&'a str>,
    told: BTreeSet<String>,
}

impl<'a> Walk<'a> {
    fn has(&self, section: &str, name: &str) -> bool {
        self.template
            .section(section)
            .is_some_and(|all| all.contains_key(name))
    }

    fn value(&mut self, value: &'a Value, path: &str) {
        match (function(value), value) {
            (Some(("Ref", Value::String(name))), _) => self.name(name, path),
            (Some(("Fn::GetAtt", argument)), _) => self.attribute(argument, path),
            (Some(("Fn::Sub", argument)), _) => self.substitution(argument, path),
            (Some(("Fn::If", Value::Array(parts))), _) => {
                if let Some(Value::String(name)) = parts.first() {
                    self.condition(name, path);
                }
                for part in parts.iter().skip(1) {
                    self.value(part, path);
                }
            }
            (Some(("Condition", Value::String(name))), _) if path.starts_with("Conditions.") => {
                self.condition(name, path);
            }
            (_, Value::Object(map)) => {
                for (key, inner) in map {
                    self.value(inner, &format!("{path}.{key}"));
                }
            }
            (_, Value::Array(list)) => {
                for (number, inner) in list.iter().enumerate() {
                    self.value(inner, &format!("{path}.{number}"));
                }
            }
            _ => {}
        }
    }

    /// A resource, parameter or pseudo parameter.
    fn name(&mut self, name: &'a str, path: &str) {
        if self.has("Resources", name) {
            self.leads_to(name);
        } else if !PSEUDO.contains(&name) && !self.has("Parameters", name) {
            self.tell(
                format!("{path} refers to {name}, which is not in the template"),
                path,
            );
        }
    }

    fn attribute(&mut self, argument: &'a Value, path: &str) {
        let (id, attribute) = match argument {
            Value::String(text) => match text.split_once('.') {
                Some((id, attribute)) => (id, Some(attribute)),
                None => (text.as_str(), None),
            },
            Value::Array(parts) => {
                for part in parts.iter().skip(1) {
                    self.value(part, path);
                }
                let Some(id) = parts.first().and_then(Value::as_str) else {
                    return;
                };
                (id, parts.get(1).and_then(Value::as_str))
            }
            _ => return,
        };
        self.attribute_of(id, attribute, path);
    }

    fn attribute_of(&mut self, id: &'a str, attribute: Option<&str>, path: &str) {
        let known = self
            .template
            .section("Resources")
            .and_then(|all| all.get(id));
        let Some(resource) = known else {
            self.tell(
                format!("{path} refers to {id}, which is no resource of the template"),
                path,
            );
            return;
        };
        self.leads_to(id);
        let kind = resource
            .get("Type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let name = attribute.and_then(|attribute| attribute.split('.').next());
        let (Some(schema), Some(name)) = (schemas::of(kind), name) else {
            return;
        };
        // The outputs of a nested stack are attributes of it, and its schema does not say so.
        let is_output = kind == "AWS::CloudFormation::Stack" && name == "Outputs";
        if schema.is_closed && schema.property(name).is_none() && !is_output {
            let message =
                format!("{path} reads {name} of {id}, and a {kind} has no such attribute");
            // It may be newer than the list it is held against.
            self.push(Diagnostic::warning(Code::TemplateReference, message), path);
        }
    }

    fn substitution(&mut self, argument: &'a Value, path: &str) {
        let none = Map::new();
        let (text, own) = match argument {
            Value::String(text) => (text.as_str(), None),
            Value::Array(parts) => {
                let own = parts.get(1);
                if let Some(own) = own {
                    self.value(own, path);
                }
                let text = parts.first().and_then(Value::as_str);
                (text.unwrap_or_default(), own.and_then(Value::as_object))
            }
            _ => return,
        };
        let own = own.unwrap_or(&none);
        for name in placeholders(text) {
            if own.contains_key(name) {
                continue;
            }
            match name.split_once('.') {
                Some((id, attribute)) => self.attribute_of(id, Some(attribute), path),
                None => self.name(name, path),
            }
        }
    }

    fn order(&mut self, resource: &'a Value, path: &str) {
        let listed = match resource.get("DependsOn") {
            Some(Value::Array(ids)) => ids.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(id)) => vec![id.as_str()],
            _ => Vec::new(),
        };
        for id in listed {
            if self.has("Resources", id) {
                self.leads_to(id);
            } else {
                let path = format!("{path}.DependsOn");
                self.tell(
                    format!("{path} names {id}, which is no resource of the template"),
                    &path,
                );
            }
        }
    }

    fn condition_of(&mut self, of: &Value, path: &str) {
        if let Some(name) = of.get("Condition").and_then(Value::as_str) {
            self.condition(name, &format!("{path}.Condition"));
        }
    }

    fn condition(&mut self, name: &str, path: &str) {
        if !self.has("Conditions", name) {
            self.tell(
                format!("{path} names the condition {name}, which is not in the template"),
                path,
            );
        }
    }

    fn leads_to(&mut self, id: &'a str) {
        if let Some(from) = self.from {
            self.edges.entry(from).or_default().insert(id);
        }
    }

    fn tell(&mut self, message: String, path: &str) {
        self.push(Diagnostic::error(Code::TemplateReference, message), path);
    }

    fn push(&mut self, found: Diagnostic, path: &str) {
        const HINT: &str = "Check how the name is written, or add what it names under resources";
        if self.told.insert(found.message.clone()) {
            self.found.push(found.path(path).hint(HINT));
        }
    }
}

/// What stands between `${` and `}` and is no literal.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split("${").skip(1);
    let inside = after.filter_map(|rest| rest.split_once('}').map(|(name, _)| name.trim()));
    inside.filter(|name| !name.starts_with('!') && !name.is_empty())
}

/// Tells each circle once, with its whole chain.
fn circles(edges: &BTreeMap<&str, BTreeSet<&str>>, found: &mut Diagnostics) {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in edges.keys() {
        let mut chain = Vec::new();
        if let Some(circle) = circle_from(start, edges, &mut done, &mut chain) {
            let message = format!(
                "resources refer to each other in a circle: {}",
                circle.join(" -> ")
            );
            let first = circle.first().copied().unwrap_or_default();
            found.push(
                Diagnostic::error(Code::TemplateCycle, message)
                    .path(format!("Resources.{first}"))
                    .hint("Take one of these references out, or put what both need into a resource of its own"),
            );
        }
    }
}

fn circle_from<'a>(
    at: &'a str,
    edges: &BTreeMap<&'a str, BTreeSet<&'a str>>,
    done: &mut BTreeSet<&'a str>,
    chain: &mut Vec<&'a str>,
) -> Option<Vec<&'a str>> {
    if let Some(begin) = chain.iter().position(|known| *known == at) {
        let mut circle: Vec<&str> = chain.iter().skip(begin).copied().collect();
        circle.push(at);
        return Some(circle);
    }
    if done.contains(at) {
        return None;
    }
    chain.push(at);
    let found = edges
        .get(at)
        .into_iter()
        .flatten()
        .find_map(|next| circle_from(next, edges, done, chain));
    chain.pop();
    done.insert(at);
    found
}
