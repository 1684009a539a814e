//! A plan as a person reads it.

use std::collections::HashMap;

use pilothouse_api::package::size_in_words;
use pilothouse_api::plan::{places, sign, summary, unsynced};
use pilothouse_model::{Change, Course, Plan, PlanRow, PlannedTarget, StackSize, SyncedFolder};

use crate::output;

/// The most places that are written out of one resource.
const MOST_PLACES: usize = 6;
/// Of more rows than this that are alike and harmless, only the first few are written out.
const MANY: usize = 12;
/// How many are written out then.
const SOME: usize = 3;

/// Writes a plan: where, what, and the sum of it.
pub(crate) fn show(plan: &Plan) {
    let place = match &plan.target {
        PlannedTarget::Sandbox => "the sandbox".to_owned(),
        PlannedTarget::Account { .. } => format!("account {}", plan.fingerprint.account),
    };
    output::line(format_args!(
        "{} for stage {}, stack {} in {}, {place}",
        plan.service, plan.stage, plan.stack, plan.fingerprint.region
    ));
    if let Some(from) = &plan.project.package {
        output::line(format_args!(
            "  From what was packaged before in {from}; the project's code is not looked at."
        ));
    }
    if let Course::Anew { .. } = plan.course {
        output::line(
            "  The first deploy of this stack had failed; what is left of it is deleted first.",
        );
    }
    let mut rows: Vec<_> = plan.rows.iter().collect();
    // What can hurt comes first.
    rows.sort_by_key(|row| weight(row.change));
    let mut shown: HashMap<(Change, &str), usize> = HashMap::new();
    for row in &rows {
        let kind = (row.change, row.resource_type.as_str());
        let alike = rows
            .iter()
            .filter(|other| (other.change, other.resource_type.as_str()) == kind)
            .count();
        let number = shown.entry(kind).or_default();
        *number += 1;
        if alike <= MANY || !is_harmless(row.change) || *number <= SOME {
            show_row(row);
        } else if *number == SOME + 1 {
            let (sign, word) = sign(row.change);
            output::line(format_args!(
                "  {sign} {word:<11} and {} more ({})",
                alike - SOME,
                row.resource_type
            ));
        }
    }
    old_versions(plan);
    plan.synced.iter().for_each(synced);
    if let Some(words) = unsynced(plan) {
        output::line(format_args!("  {words}"));
    }
    left_out(plan);
    for size in &plan.sizes {
        let (name, count, most) = (&size.name, size.resources, StackSize::MOST);
        output::line(format_args!("  {name}: {count} of {most} resources"));
    }
    output::line(summary(plan));
}

const fn is_harmless(change: Change) -> bool {
    matches!(
        change,
        Change::Add | Change::Import | Change::Modify | Change::LetGo
    )
}

fn show_row(row: &PlanRow) {
    let (sign, word) = sign(row.change);
    let when = if row.conditional {
        ", on a condition"
    } else {
        ""
    };
    let place = row.stack.as_ref().map(|stack| format!(" in {stack}"));
    let place = place.unwrap_or_default();
    output::line(format_args!(
        "  {sign} {word:<11} {} ({}{place}{when})",
        row.logical_id, row.resource_type
    ));
    let places = places(row);
    for place in places.iter().take(MOST_PLACES) {
        output::line(format_args!("      {place}"));
    }
    if places.len() > MOST_PLACES {
        output::line(format_args!(
            "      and {} more",
            places.len() - MOST_PLACES
        ));
    }
}

const fn weight(change: Change) -> u8 {
    match change {
        Change::Remove => 0,
        Change::Replace => 1,
        Change::MayReplace => 2,
        Change::LetGo => 3,
        Change::Modify => 4,
        Change::Import => 5,
        Change::Add => 6,
    }
}

/// Versions that are deleted when the stack stands.
fn old_versions(plan: &Plan) {
    for old in &plan.old_versions {
        let numbers: Vec<String> = old.numbers.iter().map(u64::to_string).collect();
        let noun = if numbers.len() == 1 {
            "version"
        } else {
            "versions"
        };
        output::line(format_args!(
            "  - delete      {} {noun} {} (custom.prune)",
            old.name,
            numbers.join(", ")
        ));
    }
}

/// Files that are put into a bucket or deleted from it; what is deleted is named, each key.
fn synced(folder: &SyncedFolder) {
    if folder.is_empty() {
        return;
    }
    let (place, from) = (folder.place(), &folder.folder);
    let same = match folder.same {
        0 => String::new(),
        same => format!(", {same} stay as they are"),
    };
    output::line(format_args!("  Files of {from} in {place}{same}"));
    for key in &folder.deleted {
        let whose = if folder.foreign.contains(key) {
            " (no deploy put it there)"
        } else {
            ""
        };
        output::line(format_args!("  - delete      {key}{whose}"));
    }
    for (sign, word, files) in [
        ("~", "change", &folder.changed),
        ("+", "add", &folder.added),
    ] {
        let shown = if files.len() > MANY {
            SOME
        } else {
            files.len()
        };
        for file in files.iter().take(shown) {
            let size = size_in_words(file.bytes);
            let what = if file.served_anew {
                "how it is served"
            } else {
                &size
            };
            output::line(format_args!("  {sign} {word:<11} {} ({what})", file.key));
        }
        if files.len() > shown {
            let rest: u64 = files.iter().skip(shown).map(|file| file.bytes).sum();
            let (more, size) = (files.len() - shown, size_in_words(rest));
            output::line(format_args!("  {sign} {word:<11} and {more} more ({size})"));
        }
    }
    for (key, value) in &folder.tags {
        output::line(format_args!("  ~ tag         {key}: {value}"));
    }
}

fn left_out(plan: &Plan) {
    if plan.left_out.is_empty() {
        return;
    }
    output::line("  Not simulated here, and left out:");
    for left in &plan.left_out {
        let why = match &left.because_of {
            Some(other) => format!(", it refers to {other}"),
            None => String::new(),
        };
        output::line(format_args!(
            "    {} ({}{why})",
            left.logical_id, left.resource_type
        ));
    }
}
