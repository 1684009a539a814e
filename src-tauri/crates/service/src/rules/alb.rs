//! What holds between the rules that `alb` events add to listeners.

use pilothouse_model::{Code, Diagnostic};

use super::{conflict, place};
use crate::document::Node;
use crate::nearest;
use crate::types::{AlbEvent, Event, Service};

/// An event, and whose it is.
struct Rule<'a> {
    function: &'a str,
    event: &'a AlbEvent,
    path: String,
}

/// Checks every event of every function.
pub(super) fn check(service: &Service, document: &Node, found: &mut Vec<Diagnostic>) {
    let mut rules: Vec<Rule<'_>> = Vec::new();
    for (key, function) in &service.functions {
        for (at, event) in function.events.iter().enumerate() {
            let Event::Alb(event) = event else { continue };
            let rule = Rule {
                function: key,
                event,
                path: format!("functions.{key}.events.{at}.alb"),
            };
            settings(service, document, &rule, found);
            let same_priority = |other: &&Rule<'_>| other.event.priority == event.priority;
            if let Some(first) = rules.iter().filter(same_priority).find(|other| {
                let same_listener = listener(other.event) == listener(event);
                same_listener || other.function == rule.function
            }) {
                found.push(clash(document, first, &rule));
            }
            rules.push(rule);
        }
    }
}

fn listener(event: &AlbEvent) -> Option<&str> {
    event.balancer_and_listener().map(|(_, listener)| listener)
}

fn clash(document: &Node, first: &Rule<'_>, second: &Rule<'_>) -> Diagnostic {
    let priority = second.event.priority;
    let path = format!("{}.priority", second.path);
    let taken = format!(
        "`{path}`: the priority {priority} of the function `{}`",
        second.function
    );
    if listener(first.event) != listener(second.event) {
        return conflict(
            document,
            &path,
            format!(
                "{taken} is taken by its event for another listener; names in the template are made of function and priority"
            ),
            "Give each event of a function a priority of its own",
        );
    }
    if first.function == second.function {
        return Diagnostic::warning(
            Code::ConfigConflict,
            format!(
                "{taken} is taken by its own event for the same listener, and the later one counts"
            ),
        )
        .at(place(document, &path))
        .path(path)
        .hint("Give each event a priority of its own, or write one event with all conditions");
    }
    conflict(
        document,
        &path,
        format!(
            "{taken} is taken by the function `{}` on the same listener",
            first.function
        ),
        "Give each event of a listener a priority of its own",
    )
    .related(place(document, &first.path), "the first one")
}

fn settings(service: &Service, document: &Node, rule: &Rule<'_>, found: &mut Vec<Diagnostic>) {
    let alb = &service.provider.alb;
    if rule.event.target_group_name.is_some() && alb.target_group_prefix.is_some() {
        let path = format!("{}.targetGroupName", rule.path);
        found.push(conflict(
            document,
            &path,
            format!("`{path}` and `provider.alb.targetGroupPrefix` cannot stand together"),
            "Keep one: the whole name, or what all names begin with",
        ));
    }
    for name in &rule.event.authorizers {
        if !alb.authorizers.contains_key(name) {
            let path = format!("{}.authorizer", rule.path);
            let hint = match nearest::of(name, alb.authorizers.keys().map(String::as_str)) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Describe it: `provider.alb.authorizers.{name}`"),
            };
            found.push(conflict(
                document,
                &path,
                format!("`{path}`: there is no authorizer `{name}` in `provider.alb.authorizers`"),
                &hint,
            ));
        }
    }
}
