//! `explain`: what a key of the configuration is for.

use clap::Args;
use pilothouse_api::ApiError;
use pilothouse_api::explain::{Documentation, explain};
use serde_json::{Value, json};

use crate::output;

#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// The key's path, such as `provider.runtime` or `functions.*.events.http`; the top of the file when absent
    #[arg(value_name = "PATH", default_value = "")]
    path: String,

    /// Print one JSON value instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

/// Shows what is known of a key.
pub(crate) fn show(verb: &ExplainArguments) -> Result<(), ApiError> {
    let known = explain(&verb.path)?;
    if verb.json {
        output::json(&value(&known));
        return Ok(());
    }
    let title = if known.path.is_empty() {
        "serverless.yml"
    } else {
        &known.path
    };
    output::line(format_args!("{title}: {}", known.doc));
    output::line(format_args!(
        "  It is {}{}",
        known.kind,
        if known.required {
            ", and must be there"
        } else {
            ""
        }
    ));
    if known.words.len() > 1 && !known.kind.contains(&known.words.join(", ")) {
        output::line(format_args!("  One of: {}", known.words.join(", ")));
    }
    if let Some(default) = &known.default {
        output::line(format_args!("  When absent: {default}"));
    }
    if let Some(note) = &known.note {
        output::line(format_args!("  {note}"));
    }
    if let Some(example) = &known.example {
        output::line("  Example:");
        for line in example.lines() {
            output::line(format_args!("    {line}"));
        }
    }
    if !known.keys.is_empty() {
        output::line("  Keys:");
        for (name, doc) in &known.keys {
            output::line(format_args!("    {name:<28} {doc}"));
        }
    }
    Ok(())
}

fn value(known: &Documentation) -> Value {
    json!({
        "path": known.path,
        "doc": known.doc,
        "kind": known.kind,
        "words": known.words,
        "default": known.default,
        "example": known.example,
        "note": known.note,
        "required": known.required,
        "keys": known.keys.iter().map(|(name, doc)| json!({ "name": name, "doc": doc })).collect::<Value>(),
    })
}
