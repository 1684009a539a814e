//! The real AWS, and the local one: the one room that names its SDK.
//!
//! It translates and decides nothing: what to call, in which order and what an answer means is for the rooms
//! that ask. Two things are fixed here because no caller may forget them: endpoints that the environment or a
//! profile configure are ignored (a project must not be able to send credentials elsewhere), and retries are
//! set in code, so that the environment cannot change them.
#![deny(missing_docs)]

mod change_sets;
mod connect;
mod functions;
mod identity;
mod logs;
mod named_profile;
mod objects;
mod only_aws;
mod parameters;
mod problem;
mod requests;
mod settings;
mod stacks;
mod stages;
mod synced;
mod values;
mod versions;

pub use connect::AwsClouds;
