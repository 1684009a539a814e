//! Looking at parameters.

use clap::Args;
use pilothouse_api::parameters::{
    self, DifferenceView, ListRequest, ParameterDetails, ParameterType, ParameterView, Tier,
};
use pilothouse_api::{ApiError, Host};
use serde_json::json;

use super::PlaceArguments;
use super::input::{age, kind, tier};
use crate::output;

#[derive(Debug, Args)]
pub(super) struct ListArguments {
    /// Names below this path alone, such as /shop/prod
    #[arg(value_name = "PATH")]
    path: Option<String>,

    /// Words that name, key or description hold; can be given several times
    #[arg(long, short = 'f', value_name = "WORD")]
    filter: Vec<String>,

    /// String, StringList or SecureString
    #[arg(long = "type", value_name = "TYPE", value_parser = kind)]
    kind: Option<ParameterType>,

    /// A part of the key's alias, id or ARN
    #[arg(long, value_name = "KEY")]
    key: Option<String>,

    /// Standard or Advanced
    #[arg(long, value_name = "TIER", value_parser = tier)]
    tier: Option<Tier>,

    /// Not changed for that long, such as 90d
    #[arg(long, value_name = "AGE", value_parser = age)]
    unchanged: Option<std::time::Duration>,

    /// Changed within that time, such as 12h
    #[arg(long, value_name = "AGE", value_parser = age)]
    changed: Option<std::time::Duration>,

    #[command(flatten)]
    pub(super) place: PlaceArguments,
}

#[derive(Debug, Args)]
pub(super) struct TreeArguments {
    /// Paths below this one alone
    #[arg(value_name = "PATH")]
    path: Option<String>,

    #[command(flatten)]
    pub(super) place: PlaceArguments,
}

#[derive(Debug, Args)]
pub(super) struct NameArguments {
    /// The parameter
    #[arg(value_name = "NAME")]
    name: String,

    #[command(flatten)]
    pub(super) place: PlaceArguments,
}

#[derive(Debug, Args)]
pub(super) struct DiffArguments {
    /// The parameter
    #[arg(value_name = "NAME")]
    name: String,

    /// The earlier version
    #[arg(value_name = "VERSION")]
    before: u32,

    /// The later version
    #[arg(value_name = "VERSION")]
    after: u32,

    #[command(flatten)]
    pub(super) place: PlaceArguments,
}

#[derive(Debug, Args)]
pub(super) struct RevealArguments {
    /// The parameter; NAME:VERSION or NAME:LABEL for an earlier one
    #[arg(value_name = "NAME")]
    name: String,

    #[command(flatten)]
    pub(super) place: PlaceArguments,
}

fn value<T: serde::Serialize>(of: &T) -> serde_json::Value {
    serde_json::to_value(of).unwrap_or_default()
}

/// Lists parameters as they are read.
pub(super) async fn list(host: &Host, verb: &ListArguments) -> Result<(), ApiError> {
    let store = verb.place.open(host).await?;
    let request = ListRequest {
        path: verb.path.clone(),
        filter: parameters::Filter {
            words: verb.filter.clone(),
            kind: verb.kind.map(Into::into),
            key: verb.key.clone(),
            tier: verb.tier.map(Into::into),
            unchanged: verb.unchanged,
            changed: verb.changed,
        },
        expected: None,
    };
    let mut all = Vec::new();
    let as_json = verb.place.json;
    let mut shown = 0;
    let read = parameters::list(&store, &request, &mut |page| {
        shown += page.len();
        if as_json {
            all.extend(page);
        } else {
            page.iter().for_each(print);
        }
        true
    })
    .await?;
    if as_json {
        output::json(&json!({
            "account": store.account(), "region": store.region(), "read": read, "parameters": value(&all),
        }));
        return Ok(());
    }
    output::note(format_args!(
        "{shown} of {read} parameters of {} in {}",
        store.account(),
        store.region()
    ));
    Ok(())
}

fn print(one: &ParameterView) {
    let key = one.key_words.as_deref().unwrap_or("no key");
    let day = one.changed.get(..10).unwrap_or(&one.changed);
    let by = one.by_words.as_deref().unwrap_or_default();
    output::line(format_args!(
        "{}  {}  {key}  version {}  {day} {by}",
        one.name,
        type_words(one.kind),
        one.version
    ));
}

const fn type_words(kind: ParameterType) -> &'static str {
    match kind {
        ParameterType::String => "String",
        ParameterType::StringList => "StringList",
        ParameterType::SecureString => "SecureString",
    }
}

/// Shows the paths.
pub(super) async fn tree(host: &Host, verb: &TreeArguments) -> Result<(), ApiError> {
    let store = verb.place.open(host).await?;
    let branches = parameters::tree(&store, verb.path.as_deref()).await?;
    if verb.place.json {
        output::json(&value(&branches));
        return Ok(());
    }
    for branch in &branches {
        let depth = usize::try_from(branch.depth).unwrap_or_default();
        output::line(format_args!(
            "{}{}  {}",
            "  ".repeat(depth),
            branch.name,
            branch.count
        ));
    }
    Ok(())
}

/// Shows all of one parameter but its value.
pub(super) async fn show(host: &Host, verb: &NameArguments) -> Result<(), ApiError> {
    let store = verb.place.open(host).await?;
    let found = parameters::show(host, &store, &verb.name).await?;
    if verb.place.json {
        output::json(&value(&found));
        return Ok(());
    }
    let of = &found.parameter;
    print(of);
    output::line(format_args!("  {}", found.arn));
    output::line(format_args!(
        "  tier {}",
        value(&of.tier).as_str().unwrap_or_default()
    ));
    for (name, text) in [("for", &of.description), ("pattern", &of.pattern)] {
        if let Some(text) = text {
            output::line(format_args!("  {name} {text}"));
        }
    }
    for policy in &of.policies {
        output::line(format_args!("  policy {policy}"));
    }
    for tag in &found.tags {
        output::line(format_args!("  tag {}={}", tag.key, tag.value));
    }
    unread(&found);
    output::note(format_args!(
        "To see its value: pilothouse secrets reveal {}",
        of.name
    ));
    Ok(())
}

/// Shows the versions of a parameter.
pub(super) async fn history(host: &Host, verb: &NameArguments) -> Result<(), ApiError> {
    let store = verb.place.open(host).await?;
    let found = parameters::show(host, &store, &verb.name).await?;
    if verb.place.json {
        output::json(&value(&found.versions));
        return Ok(());
    }
    for version in &found.versions {
        let labels = if version.labels.is_empty() {
            String::new()
        } else {
            format!("  [{}]", version.labels.join(", "))
        };
        output::line(format_args!(
            "version {}  {}  {}  {} bytes, {}{labels}",
            version.version,
            version.changed,
            version.by_words.as_deref().unwrap_or_default(),
            version.bytes,
            version.digest
        ));
        version.differences.iter().for_each(difference);
    }
    unread(&found);
    Ok(())
}

fn unread(found: &ParameterDetails) {
    for part in &found.unread {
        output::note(format_args!(
            "{} could not be read: {}",
            part.part, part.title
        ));
        for hint in &part.hints {
            output::note(format_args!("  help: {hint}"));
        }
    }
}

fn difference(one: &DifferenceView) {
    let nothing = "nothing";
    let before = one.before.as_deref().unwrap_or(nothing);
    let after = one.after.as_deref().unwrap_or(nothing);
    output::line(format_args!("  {}: {before} -> {after}", one.part));
}

/// Shows what differs between two versions.
pub(super) async fn diff(host: &Host, verb: &DiffArguments) -> Result<(), ApiError> {
    let store = verb.place.open(host).await?;
    let found = parameters::diff(host, &store, &verb.name, verb.before, verb.after).await?;
    if verb.place.json {
        output::json(&value(&found));
        return Ok(());
    }
    if found.is_empty() {
        output::line(format_args!(
            "versions {} and {} are the same",
            verb.before, verb.after
        ));
    }
    found.iter().for_each(difference);
    Ok(())
}

/// Shows one value.
pub(super) async fn reveal(host: &Host, verb: &RevealArguments) -> Result<(), ApiError> {
    let store = verb.place.open(host).await?;
    let found = parameters::reveal(&store, &verb.name).await?;
    if verb.place.json {
        output::json(&json!({
            "name": found.name, "version": found.version, "type": type_words(found.kind),
            "value": found.value.expose(),
        }));
        return Ok(());
    }
    output::note(format_args!(
        "{} version {}. It is noted here, and in CloudTrail, that {} saw it",
        found.name,
        found.version,
        store.principal()
    ));
    output::line(found.value.expose());
    Ok(())
}
