//! The sandbox: a local AWS and a PostgreSQL that Pilothouse installs, starts, watches and stops by itself.
//!
//! It decides: which packages at which versions, which program with which environment, what a crash means,
//! who still needs it, what it cannot simulate. It does none of it itself: disk, processes, sockets and time
//! are effects. It is not a client of the AWS it runs, and knows nothing of stacks.
//!
//! Its one invariant: what it starts listens on the loopback address alone and sees nothing of the user's
//! environment but the `PATH`, for it runs the code of projects, unconfined.
#![deny(missing_docs)]

mod bring_up;
mod event;
mod install;
mod launch;
mod layout;
mod lease;
mod limits;
mod logs;
mod password;
mod pins;
mod pip;
mod problem;
mod python;
mod record;
mod serve;
mod server_lock;
mod status;
mod stop;
mod watch;
mod world;

pub use bring_up::{Endpoint, Postgres, Purpose, bring_up};
pub use event::Event;
pub use install::usable_python;
pub use lease::Lease;
pub use limits::{LIMITS, Limit, UNKNOWN_TYPES, is_simulated};
pub use logs::{LogLine, LogReader};
pub use pins::{
    ENGINE_VERSION, LEAST_PYTHON, POSTGRES_VERSION, PythonVersion, REGION, SDK_VERSION,
};
pub use problem::SandboxProblem;
pub use record::Part;
pub use serve::serve;
pub use status::{Running, Standing, Status, status};
pub use stop::{Stopped, reset, take_down};
pub use world::{Tell, World};
