//! What several services come to, in words and as values.

use pilothouse_api::plan;
use pilothouse_api::several::{Fate, Member, Round, Seen, Several, first_words};
use serde_json::{Value, json};

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
            Seen::Failed(error) => output::line(format_args!(
                "  It cannot be planned: {}",
                first_words(error)
            )),
        }
    }
}

pub(super) fn seen_value(several: &Several, seen: &[Seen]) -> Value {
    let one = |(member, one): (&Member, &Seen)| {
        json!({
            "name": member.name, "path": member.path, "level": member.level,
            "needs": member.needs,
            "plan": one.plan().map(plan::to_value),
            "knownWhen": match one { Seen::Later(other) => Some(other), _ => None },
            "problem": match one { Seen::Failed(error) => Some(first_words(error)), _ => None },
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
