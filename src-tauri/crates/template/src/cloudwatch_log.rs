//! `cloudwatchLog` events: functions that subscribe to log groups.

use pilothouse_service::types::{CloudWatchLogEvent, Event};
use serde_json::{Value, json};

use crate::draft::{Draft, Resource};
use crate::intrinsics::{join, reference};
use crate::naming;
use crate::target::Target;

/// Adds the subscriptions of all functions.
pub(crate) fn add(draft: &mut Draft<'_>) {
    for (key, function) in &draft.service.functions {
        let events: Vec<&CloudWatchLogEvent> = function
            .events
            .iter()
            .filter_map(|event| match event {
                Event::CloudWatchLog(event) => Some(event),
                _ => None,
            })
            .collect();
        if !events.is_empty() {
            subscribe(draft, key, &events);
        }
    }
}

fn subscribe(draft: &mut Draft<'_>, key: &str, events: &[&CloudWatchLogEvent]) {
    let target = Target::of(draft, key);
    let origin = format!("functions.{key}");
    let permission_id = naming::log_filter_permission_id(key);
    for (at, event) in events.iter().enumerate() {
        let filter = Resource::new("AWS::Logs::SubscriptionFilter")
            .with("LogGroupName", event.log_group.as_str())
            .with("FilterPattern", unescaped(&event.filter))
            .with("DestinationArn", target.arn.clone())
            .depends_on([permission_id.clone()])
            .depends_on(target.alias.clone());
        draft.add(naming::log_filter_id(key, at + 1), filter, &origin);
    }
    let groups: Vec<&str> = events
        .iter()
        .map(|event| event.log_group.as_str())
        .collect();
    let principal = json!({
        "Fn::Join": ["", ["logs.", { "Ref": "AWS::Region" }, ".amazonaws.com"]]
    });
    // One permission for all of them: for the groups whose names begin alike.
    let permission = target.permission(principal, group_arn(common_start(&groups)));
    draft.add(permission_id, permission, &origin);
}

fn group_arn(group: String) -> Value {
    let parts = vec![
        "arn:".into(),
        reference("AWS::Partition"),
        ":logs:".into(),
        reference("AWS::Region"),
        ":".into(),
        reference("AWS::AccountId"),
        ":log-group:".into(),
        group.into(),
        ":*".into(),
    ];
    join("", parts)
}

/// What all names begin with, and `*` after it when there are several, alike or not.
fn common_start(names: &[&str]) -> String {
    let Some((first, others)) = names.split_first() else {
        return String::new();
    };
    let mut start = (*first).to_owned();
    for other in others {
        let alike = start
            .chars()
            .zip(other.chars())
            .take_while(|(one, two)| one == two);
        start = alike.map(|(letter, _)| letter).collect();
    }
    if !others.is_empty() && !start.ends_with('*') {
        start.push('*');
    }
    start
}

/// A filter whose quotes are escaped once too often, for a YAML writer who took care of JSON as well.
fn unescaped(filter: &str) -> String {
    let (slash, quote) = (filter.find('\\'), filter.find('"'));
    match (slash, quote) {
        (Some(slash), Some(quote)) if quote > slash => {
            filter.replace("\\\"", "\"").replace("\\'", "'")
        }
        _ => filter.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_permission_is_for_what_names_begin_with() {
        assert_eq!(common_start(&["/a/b"]), "/a/b");
        assert_eq!(common_start(&["/a/b", "/a/c"]), "/a/*");
        assert_eq!(common_start(&["/a", "/a"]), "/a*");
        assert_eq!(common_start(&["/a/b", "/a"]), "/a*");
        assert_eq!(common_start(&["x", "y"]), "*");
    }

    #[test]
    fn quotes_that_are_escaped_first_are_unescaped() {
        assert_eq!(unescaped(r#"{ $.a = \"b\" }"#), r#"{ $.a = "b" }"#);
        assert_eq!(unescaped(r#"{ $.a = "b\"" }"#), r#"{ $.a = "b\"" }"#);
        assert_eq!(unescaped(r"a\b"), r"a\b");
    }
}
