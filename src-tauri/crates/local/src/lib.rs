//! The real outside world of this computer: the one room with disk, processes and clock.
//!
//! Each file implements one effect and decides nothing: what may be read, packed or run is decided by the
//! rooms that ask.
#![deny(missing_docs)]

mod abort_points;
mod archive;
mod clock;
mod edits;
mod entropy;
mod environment;
mod graphics;
mod hidden_answer;
mod journal;
#[cfg(unix)]
mod leash;
mod loopback;
mod private_folder;
mod process;
mod process_table;
mod project;
mod short_process;
mod sockets;
mod stop_signals;
mod workplace;

pub use archive::DiskStore;
pub use clock::SystemClock;
pub use edits::DiskEdits;
pub use entropy::SystemEntropy;
pub use environment::ProcessEnvironment;
pub use graphics::has_graphics_card;
pub use hidden_answer::hidden_answer;
pub use journal::DiskJournal;
#[cfg(unix)]
pub use leash::leash;
pub use loopback::SystemLoopback;
pub use private_folder::DiskPrivateFolder;
pub use process::SystemProcesses;
pub use project::DiskProject;
pub use stop_signals::{StopSignals, leave_the_session, on_stop_signals};
pub use workplace::DiskWorkplace;
