//! Python packages for Lambda's Linux and the function's processor, on any computer and without Docker.
//!
//! What a project lists ([`list`]) is fetched as ready-made wheels by uv or pip ([`fetch`]), which are told the
//! target and never to build; code of packages runs by consent alone. What was fetched is made the same on every
//! computer and kept by the digest of what was asked for, so that the second time needs no network. Then it is put
//! beside the project's own files ([`put`]).

mod build;
mod content;
mod failure;
mod fetch;
mod locks;
mod make;
mod marker;
mod problem;
mod record;
mod requirement;
mod requirements;
mod settings;
mod source;
mod strip;
mod target;
mod tidy;
mod tool;
mod version;

pub use content::{put, unzip_helper};
pub use fetch::{Fetched, Order, PythonEvent, PythonTell, PythonWorld, fetch, find};
pub use locks::PoetryGroups;
pub use problem::{Line, PythonProblem};
pub use record::FetchedPackage;
pub use settings::PythonSettings;
pub use source::{Listed, list};
pub use target::{Architecture, PythonTarget};
