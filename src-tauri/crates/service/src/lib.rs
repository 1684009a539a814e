//! `serverless.yml` -> one [`Service`]: load with positions, resolve in two phases, validate, type.
//!
//! Pure: it is given texts and answers and returns values and diagnostics. It never reads a file, asks the
//! cloud or runs the project's code; what it needs it lists (see `resolve`).
#![deny(missing_docs)]

pub mod document;
pub mod types;

pub use types::Service;
