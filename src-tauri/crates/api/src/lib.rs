//! The use cases, one file per feature: what the command and the window both call, with the values both print.
//!
//! Each is a function from a [`Host`] and a request to a value or an [`ApiError`]. The rooms below do not know
//! each other; they are joined here. Nothing here prints, parses arguments or names an SDK.
#![deny(missing_docs)]

pub mod activity;
mod archives;
pub mod asking;
pub mod bundles;
pub mod check;
mod cloud_error;
mod code;
mod command;
pub mod consent;
pub mod create;
pub mod deploy;
mod desired;
pub mod doctor;
pub mod endpoints;
pub mod error;
pub mod examples;
pub mod explain;
pub mod forms;
pub mod host;
pub mod info;
pub mod invoke;
mod layers;
pub mod live;
pub mod logs;
mod media;
mod nested;
mod node_layer;
mod overlay;
pub mod package;
mod packaged;
pub mod parameters;
pub mod plan;
pub mod profiles;
pub mod project;
pub mod python;
pub mod remove;
pub mod request;
mod results;
pub mod sandbox;
mod selected;
pub mod several;
pub mod show;
pub mod sizes;
mod stage;
mod synced;
pub mod target;
pub mod texts;
pub mod usual;
mod within;
pub mod words;

pub use deploy::Cancel;
pub use error::{ApiError, Findings, Kind, Retry};
pub use host::Host;
