//! A plan as a person reads it.

use pilothouse_api::plan::{places, sign, summary};
use pilothouse_model::{Change, Course, Plan, PlannedTarget};

use crate::output;

/// The most rows of the same kind that are written out when all are additions.
const MOST_PLACES: usize = 6;

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
    if let Course::Anew { .. } = plan.course {
        output::line(
            "  The first deploy of this stack had failed; what is left of it is deleted first.",
        );
    }
    let mut rows: Vec<_> = plan.rows.iter().collect();
    // What can hurt comes first.
    rows.sort_by_key(|row| weight(row.change));
    for row in rows {
        let (sign, word) = sign(row.change);
        let when = if row.conditional {
            ", on a condition"
        } else {
            ""
        };
        output::line(format_args!(
            "  {sign} {word:<11} {} ({}{when})",
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
    left_out(plan);
    output::line(summary(plan));
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
