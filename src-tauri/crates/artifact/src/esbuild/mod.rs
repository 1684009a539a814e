//! Bundles of Node code: which esbuild makes them ([`Tool`]), what it makes ([`bundle`]), and which installed packages are
//! packed beside them ([`Externals`]).
//!
//! esbuild runs without credentials, in the project's folder, and writes to a folder of ours. Its version is the one that
//! the project has installed, from the registry: the copy in the project is code of others, which runs by consent alone.

mod bundle;
mod externals;
mod problem;
mod tool;

pub use bundle::{Bundle, Bundled, Bundling, Output, Place, Said, bundle};
pub use externals::{Closure, Externals};
pub use problem::BundleProblem;
pub use tool::{EsbuildWorld, Own, PINNED, Tool};
