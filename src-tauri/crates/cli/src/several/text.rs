//! What several services come to, in words and as values.

use pilothouse_api::plan;
use pilothouse_api::several::{Fate, Member, Round, Several};
use serde_json::{Value, json};

use super::Seen;
use crate::{output, plan_text};

pub(super) fn show(several: &Several, seen: &[Seen]) {
    for (at, (member, one)) in several.members.iter().zip(seen).enumerate() {
        let needs: Vec<String> = member
            .needs
            .iter()
            .map(|(name, why)| format!("{name} ({why})"))
            .collect();
        let after = if needs.is_empty() {
            String::new()
        } else {
            format!(", after {}", needs.join(", "))
        };
        output::line(format_args!("{}. {}{after}", at + 1, member.name));
        match one {
            Seen::Plan(plan) => plan_text::show(plan),
            Seen::Later(other) => output::line(format_args!("  Known when {other} stands")),
        }
    }
}

pub(super) fn seen_value(several: &Several, seen: &[Seen]) -> Value {
    let one = |(member, one): (&Member, &Seen)| {
        json!({
            "name": member.name, "path": member.path, "level": member.level,
            "needs": member.needs,
            "plan": match one { Seen::Plan(plan) => plan::to_value(plan), Seen::Later(_) => Value::Null },
            "knownWhen": match one { Seen::Later(other) => json!(other), Seen::Plan(_) => Value::Null },
        })
    };
    json!({ "services": several.members.iter().zip(seen).map(one).collect::<Value>() })
}

pub(super) fn fates(round: &Round, done: &str) {
    for (name, fate) in &round.fates {
        match fate {
            Fate::Done => output::line(format_args!("  {name} {done}")),
            Fate::Failed(why) => output::line(format_args!("  {name} failed: {why}")),
            Fate::Held(other) => {
                output::line(format_args!("  {name} was not begun, because of {other}"))
            }
        }
    }
}

pub(super) fn fates_value(round: &Round) -> Value {
    let one = |(name, fate): &(String, Fate)| match fate {
        Fate::Done => json!({"name": name, "fate": "done"}),
        Fate::Failed(why) => json!({"name": name, "fate": "failed", "why": why}),
        Fate::Held(other) => json!({"name": name, "fate": "held", "because": other}),
    };
    round.fates.iter().map(one).collect()
}
