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
