//! `Service -> CloudFormation`: the template that creates a stack, and the one that brings it up to date.
//!
//! The templates have the logical ids, properties and outputs that Serverless Framework 3 gives them, so that
//! a stack made by it can be taken over and nothing in it is replaced. Two ids hold a hash:
//!
//! - `<Function>LambdaVersion<hash>`: a version of a function cannot be updated, so a new one needs a new id.
//!   The hash is over the archive's digest and the properties that a version freezes.
//! - `ApiGatewayDeployment<hash>`: a deployment is a snapshot of the API. Serverless puts the time there, so that
//!   each deploy takes a new one; here the hash is over what the snapshot would hold (see [`mod@compile`]),
//!   so that an unchanged service gives an unchanged template.
//!
//! Where Serverless makes what AWS refuses, this does not: a statement of the execution role without resources is
//! left out, and two things whose logical ids are the same (`/a.b` and `/ab`) are a problem that is told.
//!
//! Pure: it reads no file, no clock and no environment, and does not know AWS beyond the words of its templates.
//! Compiling does not check that what the user's own resources refer to exists; [`check()`] judges the finished template.
//! The one invariant: the same service and inputs give the same bytes.
#![deny(missing_docs)]

mod alb;
mod alexa;
mod bucket;
mod canonical;
mod check;
mod cloud_front;
mod cloudwatch_event;
mod cloudwatch_log;
mod cognito;
pub mod compile;
mod custom_resources;
mod draft;
mod event_bridge;
mod event_sources;
mod functions;
mod http;
mod http_api;
mod inputs;
mod intrinsics;
mod iot;
mod layers;
mod merge;
pub mod naming;
mod nested;
mod owned;
mod plugins;
mod resources;
mod s3;
mod scalars;
mod schedule;
mod short_name;
mod sns;
mod target;
mod websocket;

pub use check::{MOST_RESOURCES, check, check_whole, resource_properties, resource_types};
pub use check::{PropertyForm, PropertyOfType, properties_of};
pub use compile::{Templates, compile};
pub use event_sources::{cluster_name, queue_name, stream_name};
pub use functions::{MEMORY_SIZE, RUNTIME, TIMEOUT};
pub use inputs::{Archive, Archives, CompileInputs, release_folder};
pub use nested::{Division, Live, MostOfOne, divide, divide_by_plugin};
pub use nested::{flatten, nested_template_address, nested_template_name, unite};
pub use owned::{of_event, of_event_at};

#[cfg(test)]
mod tests;
