//! Fakes of the outside world for tests: worlds that are values, a clock that moves when told.
//!
//! Not for use outside tests. A fake keeps the promises of its trait's documentation and no others; what only
//! the real thing does (links, permissions, power cuts) is tested in `local`.
#![deny(missing_docs)]

mod archive;
mod clipboard;
mod clock;
mod cloud;
mod entropy;
mod journal;
mod private_folder;
mod process;
mod project;
mod trace;

pub use archive::MemoryStore;
pub use clipboard::MemoryClipboard;
pub use clock::FakeClock;
pub use cloud::{FakeCloud, Fault};
pub use entropy::CountingEntropy;
pub use journal::MemoryJournal;
pub use private_folder::FakePrivateFolder;
pub use process::{FakeProcesses, Temper};
pub use project::MemoryProject;
pub use trace::Trace;
