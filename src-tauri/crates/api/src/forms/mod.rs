//! Editing the configuration by form: what a form asks (`describe`), what stands in the file (`outline`), and an edit
//! as the change of its files (`change`), shown before it is made.
//!
//! A form is made of the table of keys that files are checked by, so that the window and the command know the same.

mod actions;
mod additions;
mod change;
mod describe;
mod diff;
mod fields;
mod outline;
mod refers;
mod values;

pub use additions::{Addition, edits, path_of};
pub use change::{Change, FileChange, Written, changed_meanwhile, propose, write};
pub use describe::{Form, form};
pub use diff::{DiffLine, DiffMark};
pub use fields::{Control, Field, Variant};
pub use outline::{FunctionPart, Named, Outline, Part, ResourceStart, outline};
pub use pilothouse_service::edit::{Edit, Sharing, parse_path, say_path};
pub use refers::Reference;
pub use values::value_of_yaml;
