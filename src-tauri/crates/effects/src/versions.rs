//! Published versions of functions and layers.

use crate::{CloudProblem, Effect};

/// What has versions, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versioned<'a> {
    /// A function.
    Function(&'a str),
    /// A layer.
    Layer(&'a str),
}

/// The versions of one function or layer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// Their numbers, in no order.
    pub numbers: Vec<u64>,
    /// Those that an alias leads to.
    pub aliased: Vec<u64>,
}

/// Versions.
pub trait Versions: Send + Sync + std::fmt::Debug {
    /// All versions; none of what does not exist.
    fn published<'a>(&'a self, of: Versioned<'a>) -> Effect<'a, Result<Published, CloudProblem>>;

    /// Deletes one. One that is gone already is no problem.
    fn delete<'a>(&'a self, of: Versioned<'a>, number: u64)
    -> Effect<'a, Result<(), CloudProblem>>;
}
