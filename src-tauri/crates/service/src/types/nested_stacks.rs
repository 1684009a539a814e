//! Whether a service may be more than one stack.

/// How a service of more resources than a stack takes is divided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum NestedStacks {
    /// It is not: it must fit into one stack.
    #[default]
    Off,
    /// `custom.pilothouse.nestedStacks`: when it does not fit into one stack.
    WhenNeeded,
    /// serverless-plugin-split-stacks.
    Split(SplitStacks),
}

/// What serverless-plugin-split-stacks is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SplitStacks {
    /// Everything of a function goes into a nested stack of the function.
    pub per_function: bool,
    /// Some types of resources have nested stacks of their own.
    pub per_type: bool,
    /// Functions are spread over so many nested stacks.
    pub groups: Option<u32>,
    /// How many nested stacks change at once.
    pub stack_concurrency: Option<u32>,
    /// How many resources of a nested stack change at once.
    pub resource_concurrency: Option<u32>,
}
