//! The real outside world of this computer: the one room with disk, processes and clock.
//!
//! Each file implements one effect and decides nothing: what may be read, packed or run is decided by the
//! rooms that ask.
#![deny(missing_docs)]

mod archive;
mod clock;
mod environment;
mod project;
mod workplace;

pub use archive::DiskStore;
pub use clock::SystemClock;
pub use environment::ProcessEnvironment;
pub use project::DiskProject;
pub use workplace::DiskWorkplace;
