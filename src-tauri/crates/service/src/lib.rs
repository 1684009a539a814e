//! `serverless.yml` -> one [`Service`]: load with positions, resolve in two phases, validate, type.
//!
//! Pure: it is given texts and answers and returns values and diagnostics. It never reads a file, asks the
//! cloud or runs the project's code; what it needs it lists. The caller drives it in a loop:
//!
//! ```text
//! answers = Answers::default()
//! loop {
//!     match load(&Request { source, text, options: &options, answers: &answers }) {
//!         Ok(Step::Needs(lookups)) => for lookup in lookups { answers.insert(lookup, what the edge found) }
//!         Ok(Step::Ready(loaded))  => done
//!         Err(rejected)            => show rejected.diagnostics over rejected.sources
//!     }
//! }
//! ```
//!
//! Every lookup that was listed must be answered (with [`Answer::Missing`] when there is nothing), then the
//! loop ends: each turn either lists a lookup never listed before, or ends. A service without variables that
//! reach outside needs one turn.
//!
//! The road inside: `document` (text to a tree with positions), `variables` (the tree with its `${...}`
//! replaced), `schema` (which keys and values may stand where), `typed` (the tree to [`Service`]). The one
//! invariant: a value in [`Loaded`] was checked, and everything wrong with a file is said in one pass.
#![deny(missing_docs)]

pub mod document;
pub mod edit;
mod images;
pub mod language;
mod load;
mod lookup;
mod nearest;
pub mod plugins;
mod rules;
pub mod schema;
mod typed;
pub mod types;
mod variables;

pub use document::Node;
pub use load::{Loaded, Options, Rejected, Request, Step, load, resolve};
pub use lookup::{Answer, Answers, CloudLookup, CodeCall, CodeWant, Lookup, Question, Secret};
pub use nearest::of as nearest_name;
pub use types::{NestedStacks, Service, SplitStacks};
