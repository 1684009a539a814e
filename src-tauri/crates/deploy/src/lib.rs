//! Plan, approve, apply, remove: the road from a packaged service to a stack that stands.
//!
//! It decides with values (what changed, which course to take, what a failure means, what a dead process left
//! behind) and acts through effects. It is not a client of AWS, reads no project and packs nothing: it is given
//! a [`Desired`] state and a [`Session`] with the cloud.
//!
//! ```text
//! Desired -> plan -> Plan (a value) -> apply -> Applied
//! ```
//!
//! **How code goes straight to functions, and the stack stays in agreement.** When nothing but code changed
//! and nothing in the stack depends on a function's version, functions are given their archive directly. The
//! rule that keeps this honest: what is live is never taken from a record but asked: a plan compares the
//! stack's own template and each function's own code hash with what is desired, so a direct change and the
//! stack's template can never be mistaken for each other. The next change of the stack names the newest archive
//! and publishes its version; and when a change of the stack is rolled back, which sets functions back to the
//! stack's older archive, they are given again the code that was live before.
//!
//! The one invariant: nothing that changes the cloud is sent before its intent is in the journal.
#![deny(missing_docs)]

mod after;
mod apply;
mod beside;
mod cancel;
mod clean;
mod code;
mod desired;
mod failure;
mod fits;
mod follow;
mod layers;
mod leave_out;
mod look;
mod moved;
mod nested;
mod plan;
mod problem;
mod prune;
mod recovery;
mod remove;
mod rows;
mod session;
mod settings;
mod stage;
mod synced;
mod taken;
mod template;
mod turn;
mod upload;

pub use apply::{Applied, apply, discard};
pub use beside::{Beside, ResourceBeside, beside};
pub use cancel::{Cancel, Stopped};
pub use desired::{
    Desired, DesiredArchive, DesiredBucket, DesiredFile, DesiredFolder, DesiredFunction,
    DesiredPrune, DesiredStage,
};
pub use desired::{DesiredPart, DesiredParts, LiveWhole};
pub use failure::Failure;
pub use layers::keep_layers;
pub use leave_out::leave_out;
pub use moved::{Moved, moved, role_of};
pub use nested::{LiveParts, live_parts};
pub use plan::plan;
pub use problem::DeployProblem;
pub use recovery::recover;
pub use remove::{Removal, RemovalPlan, RemovedFiles, plan_removal, remove};
pub use session::{Means, Purpose, Session, Tell};
pub use synced::files_of;
pub use taken::Taken;
