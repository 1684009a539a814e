//! What an editor asks of a text that is being written: where the cursor stands, what may be written there, and what
//! a key is for. From the same table that files are checked with.
//!
//! The text need not be valid: it is read line by line, leniently (`outline`), and never refused. What is wrong
//! with it is said by [`crate::load`], and nowhere else.

mod complete;
mod examples;
mod explain;
mod flow;
mod outline;
mod shapes;
mod spot;
mod values;
mod variables;

#[cfg(test)]
mod tests;

pub use complete::{Project, Suggestion, SuggestionKind, Suggestions, complete, wants_files};
pub use explain::{Documentation, explain, explain_at, near_path};
pub use outline::{Item, Outline};
pub use spot::{Spot, spot};
pub use values::{Values, values};
