//! Services that may be more than one stack.

use super::*;
use crate::types::NestedStacks;

#[test]
fn the_own_key_asks_for_nested_stacks_where_they_are_needed() {
    for (custom, wanted) in [
        ("{}", NestedStacks::Off),
        ("{pilothouse: {nestedStacks: false}}", NestedStacks::Off),
        (
            "{pilothouse: {nestedStacks: true}}",
            NestedStacks::WhenNeeded,
        ),
        // Without the plugin its settings are values like any others.
        ("{splitStacks: {perFunction: true}}", NestedStacks::Off),
    ] {
        let loaded = service(&format!("{HEAD}custom: {custom}\n"));
        assert_eq!(loaded.service.nested_stacks, wanted, "{custom}");
    }
}

#[test]
fn what_is_neither_yes_nor_no_is_told_with_its_place() {
    let found = errors(&format!(
        "{HEAD}custom:\n  pilothouse:\n    nestedStacks: often\n"
    ));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].1, "custom.pilothouse.nestedStacks");
}

#[test]
fn the_plugin_divides_by_its_own_settings() {
    let with = |settings: &str| {
        format!(
            "{HEAD}plugins: [serverless-plugin-split-stacks]\ncustom: {{splitStacks: {settings}}}\n"
        )
    };
    let split = |settings: &str| match service(&with(settings)).service.nested_stacks {
        NestedStacks::Split(split) => split,
        other => panic!("{other:?}"),
    };
    let plain = split("{}");
    assert!(plain.per_type && !plain.per_function && plain.groups.is_none());
    let all = split(
        "{perType: false, perFunction: true, perGroupFunction: true, nestedStackCount: 4, stackConcurrency: 2, resourceConcurrency: 10}",
    );
    assert!(!all.per_type && all.per_function);
    assert_eq!(
        (all.groups, all.stack_concurrency, all.resource_concurrency),
        (Some(4), Some(2), Some(10))
    );
    for (settings, path) in [
        ("{custom: my-map.js}", "custom.splitStacks.custom"),
        (
            "{perGroupFunction: true}",
            "custom.splitStacks.perGroupFunction",
        ),
        (
            "{perGroupFunction: true, nestedStackCount: 1}",
            "custom.splitStacks.perGroupFunction",
        ),
    ] {
        let found = errors(&with(settings));
        assert!(
            found.iter().any(|(_, at, _)| at == path),
            "{settings}: {found:?}"
        );
    }
    let both = format!(
        "{HEAD}plugins: [serverless-plugin-split-stacks]\ncustom: {{pilothouse: {{nestedStacks: true}}}}\n"
    );
    assert_eq!(errors(&both)[0].1, "custom.pilothouse.nestedStacks");
}
