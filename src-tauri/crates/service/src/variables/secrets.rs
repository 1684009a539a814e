//! References to secrets: how they are written, and where CloudFormation replaces them.

use std::collections::BTreeSet;

use pilothouse_model::{Code, Diagnostic};

use super::cloud::without_selector;
use super::evaluate::{Had, Resolver, Stop};
use super::walk::step;
use crate::document::{Content, Node};

/// The way that is always open.
pub(super) const READ_AT_RUN_TIME: &str = "Give the function the name in its environment and the permission `ssm:GetParameter`, and let it read the value when it runs";
const IN_SECRETS_MANAGER: &str = "Let the function read it when it runs (its name in the environment, the permission `ssm:GetParameter`), or keep it in Secrets Manager and write `${ssm:/aws/reference/secretsmanager/NAME}`";
const PARAMETER: &str = "{{resolve:ssm-secure:";
/// Where CloudFormation takes a SecureString: type of the resource, and the property.
const TAKEN: &[(&str, &str)] = &[
    ("AWS::DirectoryService::MicrosoftAD", "Password"),
    ("AWS::DirectoryService::SimpleAD", "Password"),
    ("AWS::ElastiCache::ReplicationGroup", "AuthToken"),
    ("AWS::IAM::User", "LoginProfile.Password"),
    (
        "AWS::KinesisFirehose::DeliveryStream",
        "RedshiftDestinationConfiguration.Password",
    ),
    ("AWS::OpsWorks::App", "AppSource.Password"),
    ("AWS::OpsWorks::Stack", "CustomCookbooksSource.Password"),
    ("AWS::OpsWorks::Stack", "RdsDbInstances"),
    ("AWS::RDS::DBCluster", "MasterUserPassword"),
    ("AWS::RDS::DBInstance", "MasterUserPassword"),
    ("AWS::Redshift::Cluster", "MasterUserPassword"),
];
/// Parts of the file that values only wait in until something refers to them.
const WAITING_ROOMS: &[&str] = &["custom", "params"];
/// Parts that are read here and not by CloudFormation.
const READ_HERE: &[&[&str]] = &[
    &["service"],
    &["package"],
    &["plugins"],
    &["provider", "stage"],
    &["provider", "region"],
    &["provider", "profile"],
    &["provider", "stackName"],
    &["provider", "deploymentBucket"],
];

/// The reference to a SecureString. It names the version, so that a new value is a change of the template.
pub(super) fn of_parameter(name: &str, version: u64) -> String {
    format!("{PARAMETER}{name}:{version}}}}}")
}

/// The reference to a secret of Secrets Manager, or to a key of its JSON.
pub(super) fn of_stored(id: &str, key: &str) -> String {
    let (name, selector) = without_selector(id);
    let is_version = |text: &str| text.len() >= 32 && text.contains('-');
    let behind = match selector {
        Some(version) if is_version(version) => format!(":SecretString:{key}::{version}"),
        Some(stage) => format!(":SecretString:{key}:{stage}"),
        None if key.is_empty() => String::new(),
        None => format!(":SecretString:{key}"),
    };
    format!("{{{{resolve:secretsmanager:{name}{behind}}}}}")
}

/// Whether a reference can name this parameter; a version or label may follow.
pub(super) fn is_plain_name(name: &str) -> bool {
    let (name, _) = name.split_once(':').unwrap_or((name, ""));
    name != "arn"
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "_.-/".contains(letter))
}

/// Whether a reference can name this key of a secret.
pub(super) fn is_plain_key(key: &str) -> bool {
    !key.is_empty() && !key.contains([':', '{', '}', '\\'])
}

impl Resolver<'_> {
    /// A secret cannot be part of how another variable is written: its value is not known here.
    pub(super) fn refuse_secret_inside(&mut self, node: &Node) -> Had<()> {
        let Content::Text(text) = &node.content else {
            return Ok(());
        };
        if !self
            .secrets
            .iter()
            .any(|secret| text.contains(secret.as_str()))
        {
            return Ok(());
        }
        Err(self.report(
            Diagnostic::error(
                Code::SecretMisplaced,
                "a secret stands inside another variable",
            )
            .reason("its value is not known here")
            .hint("Keep what the file itself needs to know as a String parameter"),
        ))
    }

    /// The SecureString that names lead into.
    pub(super) fn secret_on_the_way(&self, node: &Node, names: &[&str]) -> Option<String> {
        if self.secrets.is_empty() {
            return None;
        }
        let mut node = node;
        for name in names {
            if let Content::Text(text) = &node.content {
                return (text.starts_with(PARAMETER) && self.secrets.contains(text))
                    .then(|| text.clone());
            }
            node = step(node, name)?;
        }
        None
    }

    pub(super) fn report_part_of_secret(&mut self, secret: &str, path: &str) -> Stop {
        let name = secret.trim_start_matches(PARAMETER).trim_end_matches('}');
        let name = name.rsplit_once(':').map_or(name, |(name, _)| name);
        self.report(
            Diagnostic::error(
                Code::SecretMisplaced,
                format!("`{path}` is a part of the SecureString `{name}`, which is not decrypted"),
            )
            .reason("a part of a SecureString")
            .hint("Keep it as JSON in Secrets Manager: `${ssm:/aws/reference/secretsmanager/NAME}` refers to each of its keys"),
        )
    }
}

/// Secrets that stand where nobody would replace them.
pub(crate) fn misplaced(document: &Node, secrets: &BTreeSet<String>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if secrets.is_empty() {
        return found;
    }
    let mut search = Search {
        secrets,
        found: &mut found,
    };
    for (name, entry) in document.as_mapping().into_iter().flatten() {
        if name == "resources" {
            search.resources(&entry.node);
        } else if !WAITING_ROOMS.contains(&name.as_str()) {
            search.anywhere(&entry.node, &mut vec![name.clone()], &|_| false);
        }
    }
    found
}

struct Search<'a> {
    secrets: &'a BTreeSet<String>,
    found: &'a mut Vec<Diagnostic>,
}

impl Search<'_> {
    fn resources(&mut self, node: &Node) {
        for (name, entry) in node.as_mapping().into_iter().flatten() {
            let mut names = vec!["resources".to_owned(), name.clone()];
            if name != "Resources" {
                self.anywhere(&entry.node, &mut names, &|_| false);
                continue;
            }
            for (id, resource) in entry.node.as_mapping().into_iter().flatten() {
                let kind = resource
                    .node
                    .get("Type")
                    .and_then(Node::to_text)
                    .unwrap_or_default();
                let depth = names.len() + 1;
                names.push(id.clone());
                let taken =
                    |names: &[String]| is_taken(&kind, names.get(depth..).unwrap_or_default());
                self.anywhere(&resource.node, &mut names, &taken);
                names.pop();
            }
        }
    }

    fn anywhere(
        &mut self,
        node: &Node,
        names: &mut Vec<String>,
        is_taken: &dyn Fn(&[String]) -> bool,
    ) {
        match &node.content {
            Content::Text(text) => self.text(node, text, names, is_taken),
            Content::Sequence(nodes) => {
                for (at, node) in nodes.iter().enumerate() {
                    names.push(at.to_string());
                    self.anywhere(node, names, is_taken);
                    names.pop();
                }
            }
            Content::Mapping(entries) => {
                for (name, entry) in entries {
                    names.push(name.clone());
                    self.anywhere(&entry.node, names, is_taken);
                    names.pop();
                }
            }
            Content::Null | Content::Bool(_) | Content::Number(_) => {}
        }
    }

    fn text(
        &mut self,
        node: &Node,
        text: &str,
        names: &[String],
        is_taken: &dyn Fn(&[String]) -> bool,
    ) {
        let Some(secret) = self
            .secrets
            .iter()
            .find(|secret| text.contains(secret.as_str()))
        else {
            return;
        };
        let read_here = READ_HERE
            .iter()
            .any(|path| path.iter().zip(names).filter(|(a, b)| *a == b).count() == path.len());
        let is_parameter = secret.starts_with(PARAMETER);
        if !read_here && (!is_parameter || is_taken(names)) {
            return;
        }
        let reason = if read_here {
            "this value is read here, and a secret is known to CloudFormation alone"
        } else {
            "CloudFormation takes a SecureString in few places, and this is none of them; decrypted, it would stand in the template for everybody to read"
        };
        let path = names.join(".");
        let hint = if is_parameter && !read_here {
            IN_SECRETS_MANAGER
        } else {
            READ_AT_RUN_TIME
        };
        let diagnostic = Diagnostic::error(
            Code::SecretMisplaced,
            format!("`{path}` cannot be a secret"),
        )
        .at(node.span.clone())
        .path(path)
        .reason(reason)
        .hint(hint);
        self.found.push(diagnostic);
    }
}

/// Whether CloudFormation takes a SecureString there. `names` lead from the resource.
fn is_taken(kind: &str, names: &[String]) -> bool {
    let Some((first, rest)) = names.split_first() else {
        return false;
    };
    let path = rest.join(".");
    first == "Properties"
        && TAKEN.iter().any(|(taken, property)| {
            *taken == kind
                && path
                    .strip_prefix(property)
                    .is_some_and(|behind| behind.is_empty() || behind.starts_with('.'))
        })
}
