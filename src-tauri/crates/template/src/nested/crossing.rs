//! The names and forms of what crosses from one stack into another.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use pilothouse_model::{Digest, Template};
use serde_json::{Map, Value, json};

use super::graph::Graph;
use super::parts::ROOT_ONLY;
use super::places::{PARENT, Places};
use super::references::Reference;

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// A resource in the stack of that number.
    Resource(usize),
    /// A parameter of the template.
    Parameter,
    /// A pseudo parameter that is another in a nested stack.
    Pseudo,
}

/// Attributes that are lists of texts, by type and name.
const LISTS: [(&str, &str); 9] = [
    ("AWS::EC2::Subnet", "Ipv6CidrBlocks"),
    ("AWS::EC2::VPC", "CidrBlockAssociations"),
    ("AWS::EC2::VPC", "Ipv6CidrBlocks"),
    ("AWS::EC2::VPCEndpoint", "DnsEntries"),
    ("AWS::EC2::VPCEndpoint", "NetworkInterfaceIds"),
    (
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "SecurityGroups",
    ),
    (
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        "LoadBalancerArns",
    ),
    ("AWS::Lambda::CodeSigningConfig", "AllowedPublishers"),
    ("AWS::Route53::HostedZone", "NameServers"),
];
/// The most letters of a name.
const LONGEST: usize = 200;

/// What crosses.
pub(super) struct Crossings<'a> {
    template: &'a Template,
    graph: &'a Graph<'a>,
    names: RefCell<BTreeMap<String, String>>,
    taken: RefCell<BTreeSet<String>>,
}

impl<'a> Crossings<'a> {
    pub(super) fn new(template: &'a Template, graph: &'a Graph<'a>) -> Self {
        let taken = ["Resources", "Parameters", "Outputs"]
            .into_iter()
            .filter_map(|section| template.section(section))
            .flat_map(|section| section.keys().cloned())
            .collect();
        Self {
            template,
            graph,
            names: RefCell::default(),
            taken: RefCell::new(taken),
        }
    }

    pub(super) fn source(
        &self,
        reference: &Reference,
        places: &Places<'_>,
        keeps_pseudo: bool,
    ) -> Option<Source> {
        if let Some(number) = self.graph.numbers.get(reference.id.as_str()) {
            return Some(Source::Resource(places.place(*number).unwrap_or(PARENT)));
        }
        if reference.attribute.is_some() {
            return None;
        }
        if self.parameter_type(&reference.id).is_some() {
            return Some(Source::Parameter);
        }
        let is_pseudo = !keeps_pseudo && ROOT_ONLY.contains(&reference.id.as_str());
        is_pseudo.then_some(Source::Pseudo)
    }

    fn parameter_type(&self, id: &str) -> Option<&str> {
        let parameter = self.template.section("Parameters")?.get(id)?;
        Some(
            parameter
                .get("Type")
                .and_then(Value::as_str)
                .unwrap_or("String"),
        )
    }

    /// The name of a value that crosses; the same one in every stack.
    pub(super) fn name(&self, reference: &Reference) -> String {
        let key = reference.to_value().to_string();
        if let Some(name) = self.names.borrow().get(&key) {
            return name.clone();
        }
        let mut plain = self.plain(reference);
        let mut taken = self.taken.borrow_mut();
        if plain.len() > LONGEST || taken.contains(&plain) {
            let digest = Digest::of(key.as_bytes()).to_string();
            let start: String = plain.chars().take(LONGEST).collect();
            plain = format!("{start}{}", digest.get(..8).unwrap_or_default());
        }
        taken.insert(plain.clone());
        self.names.borrow_mut().insert(key, plain.clone());
        plain
    }

    /// A version's id has a hash of its code in it. What it is called on the way must not, so that new code
    /// changes nothing but the version.
    fn plain(&self, reference: &Reference) -> String {
        let named = reference.plain_name();
        let resource = self.resource(reference);
        let function = resource
            .filter(|resource| {
                resource.get("Type").and_then(Value::as_str) == Some("AWS::Lambda::Version")
            })
            .and_then(|resource| resource.pointer("/Properties/FunctionName/Ref")?.as_str());
        let base = match (function, &reference.attribute) {
            (Some(function), _) => named.replacen(&reference.id, &format!("{function}Version"), 1),
            (None, Some(_)) => return named,
            (None, None) => named,
        };
        if reference.attribute.is_some() {
            base
        } else {
            format!("{base}Ref")
        }
    }

    fn resource(&self, reference: &Reference) -> Option<&'a Value> {
        let number = self.graph.numbers.get(reference.id.as_str())?;
        self.graph.resources.get(*number).copied()
    }

    /// The parameter of a nested stack that a value is handed over in.
    pub(super) fn parameter(&self, reference: &Reference, source: &Source) -> String {
        match source {
            // A parameter of the template keeps its name: no resource can have it.
            Source::Parameter => reference.id.clone(),
            Source::Resource(_) | Source::Pseudo => self.name(reference),
        }
    }

    /// As [`Self::parameter`], when it has a name already.
    pub(super) fn known(&self, reference: &Reference, source: &Source) -> Option<String> {
        match source {
            Source::Parameter => None,
            Source::Resource(_) | Source::Pseudo => {
                let key = reference.to_value().to_string();
                self.names.borrow().get(&key).cloned()
            }
        }
    }

    /// The condition that decides whether there is something to refer to.
    pub(super) fn condition_of(&self, reference: &Reference) -> Option<String> {
        let condition = self.resource(reference)?.get("Condition")?.as_str()?;
        Some(condition.to_owned())
    }

    /// Whether a value is a list, which has to become a text on its way.
    pub(super) fn is_list(&self, reference: &Reference) -> bool {
        if let Some(kind) = self.parameter_type(&reference.id) {
            return kind.contains("List<") || kind.contains("CommaDelimitedList");
        }
        let kind = self
            .resource(reference)
            .and_then(|one| one.get("Type")?.as_str());
        let attribute = reference.attribute.as_ref().and_then(Value::as_str);
        match (kind, attribute) {
            (Some(kind), Some(attribute)) => LISTS.contains(&(kind, attribute)),
            _ => false,
        }
    }

    /// A value as a text.
    pub(super) fn as_text(&self, reference: &Reference, value: Value) -> Value {
        if self.is_list(reference) {
            json!({ "Fn::Join": [",", value] })
        } else {
            value
        }
    }

    /// How a nested stack declares the parameter.
    pub(super) fn declaration(&self, reference: &Reference) -> Value {
        let kind = if self.is_list(reference) {
            "CommaDelimitedList"
        } else {
            "String"
        };
        let mut made = Map::new();
        made.insert("Type".into(), kind.into());
        let own = self
            .template
            .section("Parameters")
            .and_then(|all| all.get(&reference.id));
        if let Some(secret) = own.and_then(|own| own.get("NoEcho")) {
            made.insert("NoEcho".into(), secret.clone());
        }
        made.into()
    }
}
