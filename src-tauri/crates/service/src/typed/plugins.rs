//! What built-in plugins read.

use indexmap::IndexMap;

use super::domains;
use super::esbuild;
use super::provider::values;
use super::python;
use super::reader::{At, Reader};
use super::synced;
use crate::document::{Content, Node};
use crate::plugins::{BuiltIn, built_in, written};
use crate::types::{Capacity, OwnRole, OwnRoles, Plugins, Prune, ScaledTable};

/// Reads what the plugins of a file read.
pub(super) fn read(reader: &mut Reader, root: &At<'_>) -> Plugins {
    let written = written(root.node);
    let used: Vec<&BuiltIn> = written
        .iter()
        .filter_map(|plugin| built_in(&plugin.name))
        .collect();
    let uses = |name: &str| used.iter().any(|plugin| plugin.names.contains(&name));
    let custom = root.get("custom");
    let settings = |name: &str| custom.as_ref().and_then(|custom| custom.get(name));
    let mut plugins = Plugins::default();
    if uses("serverless-iam-roles-per-function") {
        let settings = settings("serverless-iam-roles-per-function");
        plugins.own_roles = Some(own_roles(reader, root, settings.as_ref()));
    }
    if uses("serverless-prune-plugin") {
        plugins.prune = settings("prune").and_then(|at| prune(reader, &at));
    }
    if uses("serverless-domain-manager") {
        let tags = domains::tags(reader, root);
        let one = settings("customDomain").into_iter();
        let all: Vec<At<'_>> = one.chain(reader.items(settings("customDomains"))).collect();
        plugins.domains = domains::read(reader, &all, &tags);
    }
    if uses("serverless-python-requirements") {
        let settings = settings("pythonRequirements");
        plugins.python = Some(python::read(reader, root, settings.as_ref()));
    }
    if uses("serverless-s3-sync") {
        let settings = settings("s3Sync");
        plugins.synced = settings.map_or_else(Vec::new, |at| synced::read(reader, &at));
    }
    for (plugin, key) in [
        ("serverless-dynamodb-autoscaling", "capacities"),
        ("serverless-dynamodb-autoscaling-plugin", "autoscaling"),
    ] {
        if uses(plugin) {
            for table in reader.items(settings(key)) {
                scaled(reader, &table, &mut plugins.scaled_tables);
            }
        }
    }
    plugins.esbuild = esbuild::read(reader, root, uses(crate::plugins::esbuild::NAME));
    plugins.foreign = crate::plugins::foreign(root.node)
        .into_iter()
        .map(|plugin| plugin.name)
        .collect();
    plugins.names = written.into_iter().map(|plugin| plugin.name).collect();
    plugins
}

fn own_roles(reader: &mut Reader, root: &At<'_>, settings: Option<&At<'_>>) -> OwnRoles {
    let get = |name: &str| settings.and_then(|settings| settings.get(name));
    let mut of = IndexMap::new();
    for (name, at) in reader.entries(root.get("functions")) {
        // Written with nothing in it, it asks for a role all the same: one that may only write logs.
        if at.node.get("iamRoleStatements").is_none() {
            continue;
        }
        if let Some(role) = at.get("role") {
            reader.conflict(
                &role,
                format!("the function `{name}` has both `role` and `iamRoleStatements`"),
                "Keep one: `role` names a role that exists, `iamRoleStatements` makes one",
            );
        }
        let role = OwnRole {
            statements: values(reader, at.get("iamRoleStatements")),
            name: reader.text(at.get("iamRoleStatementsName")),
            inherit: reader.truth(at.get("iamRoleStatementsInherit")),
            boundary: reader.text_or_function(at.get("iamPermissionsBoundary")),
        };
        of.insert(name, role);
    }
    OwnRoles {
        default_inherit: reader.truth(get("defaultInherit")).unwrap_or_default(),
        boundary: reader.text_or_function(get("iamGlobalPermissionsBoundary")),
        of,
    }
}

/// Which versions stay; as with the plugin, nothing is deleted unless both keys ask for it.
fn prune(reader: &mut Reader, at: &At<'_>) -> Option<Prune> {
    let automatic = reader.truth(at.get("automatic")).unwrap_or_default();
    let keep = reader.whole(at.get("number"));
    let layers = reader.truth(at.get("includeLayers")).unwrap_or_default();
    Some(Prune {
        keep: keep.filter(|_| automatic)?,
        layers,
    })
}

/// A table and its indexes.
fn scaled(reader: &mut Reader, at: &At<'_>, tables: &mut Vec<ScaledTable>) {
    let read = at.get("read").map(|at| capacity(reader, &at));
    let write = at.get("write").map(|at| capacity(reader, &at));
    if read.is_none() && write.is_none() {
        reader.warn(
            at,
            format!("`{}` scales neither reading nor writing", at.path),
            "Write `read:` or `write:` under it, or remove it",
        );
        return;
    }
    let mut indexes: Vec<Option<String>> = reader
        .texts(at.get("index"))
        .into_iter()
        .map(Some)
        .collect();
    if !reader.truth(at.get("indexOnly")).unwrap_or_default() {
        indexes.insert(0, None);
    }
    for table in reader.texts(at.get("table")) {
        for index in &indexes {
            tables.push(ScaledTable {
                table: table.clone(),
                index: index.clone(),
                read,
                write,
                path: at.path.clone(),
            });
        }
    }
}

/// Bounds; the plugins' own defaults where nothing is written.
fn capacity(reader: &mut Reader, at: &At<'_>) -> Capacity {
    let minimum = reader.whole(at.get("minimum")).unwrap_or(5);
    let maximum = reader.whole(at.get("maximum")).unwrap_or(200);
    if minimum > maximum {
        reader.conflict(
            at,
            format!(
                "the minimum of `{}`, {minimum}, is above its maximum, {maximum}",
                at.path
            ),
            "Write a minimum that is not above the maximum",
        );
    }
    let usage = at.get("usage");
    let written = usage.as_ref().map(|usage| number(usage.node));
    let usage = match (usage, written) {
        (Some(_), Some(Some(number))) if (0.2..=0.9).contains(&number) => number,
        (Some(at), _) => {
            reader.refuse(&at, "a number from 0.2 to 0.9");
            0.75
        }
        (None, _) => 0.75,
    };
    Capacity {
        minimum,
        maximum,
        usage,
    }
}

fn number(node: &Node) -> Option<f64> {
    match &node.content {
        Content::Number(number) => number.as_f64(),
        _ => node.as_text()?.trim().parse().ok(),
    }
}
