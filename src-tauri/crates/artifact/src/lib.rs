//! Archives of a project's files: which files ([`select`]), and their bytes ([`pack`]).
//!
//! Selection is the peer's, less what is never packed ([`Refused`]). An archive is a function of the files'
//! names, contents and executable bits: the same tree gives the same bytes on every machine and in every run.
//! It asks the outside world only through `effects`; it does not upload, and it does not install packages.
#![deny(missing_docs)]

mod archive;
mod custom_resources;
mod deflate;
mod development;
pub mod esbuild;
mod format;
mod found;
mod glob;
mod joined;
mod laid_out;
mod output;
mod pack;
mod pattern;
mod problem;
pub mod python;
mod refusal;
mod rules;
mod select;
mod source;

pub use archive::{Archive, Entry};
pub use custom_resources::custom_resources;
pub use development::Development;
pub use found::found;
pub use joined::{Joined, Origin};
pub use laid_out::laid_out;
pub use pack::{Package, pack, place};
pub use pattern::{Pattern, PatternProblem, is_special};
pub use problem::ArtifactProblem;
pub use refusal::{Refused, Why, never_served};
pub use rules::{Rules, Scope, joined};
pub use select::{SelectedFile, Selection, select};
