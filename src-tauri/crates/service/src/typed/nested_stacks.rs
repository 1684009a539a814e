//! Reading whether a service may be more than one stack.

use super::reader::{At, Reader};
use crate::plugins::written;
use crate::types::{NestedStacks, SplitStacks};

/// The fewest groups that functions can be spread over.
const FEWEST_GROUPS: u32 = 2;

/// Reads both keys under `custom`; the plugin's when the file names it.
pub(super) fn read(reader: &mut Reader, root: &At<'_>) -> NestedStacks {
    let mut named = written(root.node).into_iter();
    let splits = named.any(|plugin| plugin.name == "serverless-plugin-split-stacks");
    let custom = root.get("custom");
    let custom = custom.as_ref();
    let own = custom.and_then(|custom| custom.get("pilothouse")?.get("nestedStacks"));
    let is_own = reader.truth(own.clone()).unwrap_or_default();
    if !splits {
        return if is_own {
            NestedStacks::WhenNeeded
        } else {
            NestedStacks::Off
        };
    }
    if let Some(own) = own.filter(|_| is_own) {
        reader.conflict(
            &own,
            "both `nestedStacks` and serverless-plugin-split-stacks divide the service".to_owned(),
            "Keep one: the plugin, where its nested stacks are live, and the key everywhere else",
        );
    }
    let settings = custom.and_then(|custom| custom.get("splitStacks"));
    let get = |name: &str| settings.as_ref().and_then(|settings| settings.get(name));
    if let Some(code) = get("custom").filter(|at| !at.node.is_null()) {
        reader.conflict(
            &code,
            "`custom.splitStacks.custom` names code that says where resources go, which is not run"
                .to_owned(),
            "Remove it, and say it by `perFunction`, `perType` or `perGroupFunction`",
        );
    }
    let mut truth = |name: &str| reader.truth(get(name));
    let per_function = truth("perFunction").unwrap_or_default();
    let per_type = truth("perType").unwrap_or(true);
    let is_grouped = truth("perGroupFunction").unwrap_or_default();
    let count = reader.whole(get("nestedStackCount"));
    if let Some(at) = get("perGroupFunction").filter(|_| is_grouped)
        && count.is_none_or(|count| count < FEWEST_GROUPS)
    {
        reader.conflict(
            &at,
            "`perGroupFunction` needs to know how many groups there are".to_owned(),
            "Write `nestedStackCount:` beside it, with a number from 2 on",
        );
    }
    NestedStacks::Split(SplitStacks {
        per_function,
        per_type,
        groups: count.filter(|_| is_grouped),
        stack_concurrency: reader.whole(get("stackConcurrency")),
        resource_concurrency: reader.whole(get("resourceConcurrency")),
    })
}
