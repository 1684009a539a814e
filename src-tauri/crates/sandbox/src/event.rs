//! What happens while the sandbox is installed, started and stopped.

use crate::record::Part;

/// Something that happened, for whoever waits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// Another Pilothouse is at it; we wait.
    Waiting {
        /// Who.
        holder: String,
    },
    /// The installation begins.
    Installing {
        /// The interpreter that is used.
        python: String,
        /// How many packages there are.
        packages: usize,
    },
    /// What a cut-off installation left is removed.
    Healing,
    /// A package is fetched.
    Fetching {
        /// The package.
        package: String,
        /// How many were fetched before it.
        done: usize,
    },
    /// All packages are there and are put in place.
    Unpacking,
    /// The installation is complete.
    Installed {
        /// How long it took, in milliseconds.
        millis: u64,
    },
    /// The server is started.
    Starting,
    /// What a killed server left behind is ended.
    Clearing {
        /// What still ran.
        part: Part,
    },
    /// Both answer.
    Ready {
        /// Where the local AWS answers.
        url: String,
        /// How long the start took, in milliseconds; none when it ran already.
        millis: Option<u64>,
    },
    /// The server is stopped.
    Stopping,
    /// What is in the sandbox is removed.
    Emptying,
}
