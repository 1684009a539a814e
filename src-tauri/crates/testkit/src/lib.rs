//! Fakes of the outside world for tests: worlds that are values, a clock that moves when told.
//!
//! Not for use outside tests. A fake keeps the promises of its trait's documentation and no others; what only
//! the real thing does (links, permissions, power cuts) is tested in `local`.
#![deny(missing_docs)]

mod archive;
mod clock;
mod project;

pub use archive::MemoryStore;
pub use clock::FakeClock;
pub use project::MemoryProject;
