//! Everything the use cases may ask of the outside world, in one value.

use std::sync::Arc;

use pilothouse_effects::{
    Clock, Clouds, Entropy, Environment, Journal, Loopback, PrivateFolder, Processes, Workplace,
};

/// The effects, joined once in each composition root and passed to every use case.
#[derive(Debug, Clone)]
pub struct Host {
    /// Tells the time and waits.
    pub clock: Arc<dyn Clock>,
    /// Environment variables of this process.
    pub environment: Arc<dyn Environment>,
    /// Folders on this computer.
    pub workplace: Arc<dyn Workplace>,
    /// The app's data folder.
    pub data: Arc<dyn PrivateFolder>,
    /// Where the sandbox's packages are installed.
    pub installs: Arc<dyn PrivateFolder>,
    /// Programs of this computer.
    pub processes: Arc<dyn Processes>,
    /// Servers of this computer.
    pub loopback: Arc<dyn Loopback>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
    /// AWS, and the local AWS.
    pub clouds: Arc<dyn Clouds>,
    /// What was done.
    pub journal: Arc<dyn Journal>,
}
