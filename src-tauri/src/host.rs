//! The composition root: the real effects, joined once for the window.

use std::path::PathBuf;
use std::sync::Arc;

use pilothouse_api::Host;
use pilothouse_aws::AwsClouds;
use pilothouse_effects::Environment;
use pilothouse_local::{
    DiskJournal, DiskPrivateFolder, DiskWorkplace, ProcessEnvironment, SystemClock, SystemEntropy,
    SystemLoopback, SystemProcesses,
};

/// Where the sandbox's packages are installed instead of in the data folder, as the command has it.
const INSTALLS: &str = "PILOTHOUSE_SANDBOX_INSTALL";

/// The real world. `command` is the program `pilothouse`, which serves the sandbox: it links no window, so the
/// sandbox outlives this one.
pub(crate) fn real(command: PathBuf) -> Host {
    let data = DiskPrivateFolder::of_the_app(&ProcessEnvironment);
    let installs = ProcessEnvironment
        .variable(INSTALLS)
        .filter(|folder| !folder.is_empty())
        .map_or_else(
            || data.inside("sandbox/install"),
            |folder| DiskPrivateFolder::new(folder.into()),
        );
    Host {
        clock: Arc::new(SystemClock),
        environment: Arc::new(ProcessEnvironment),
        workplace: Arc::new(DiskWorkplace),
        journal: Arc::new(DiskJournal::in_folder(data.clone())),
        data: Arc::new(data),
        installs: Arc::new(installs),
        processes: Arc::new(SystemProcesses::new(command)),
        loopback: Arc::new(SystemLoopback),
        entropy: Arc::new(SystemEntropy),
        clouds: Arc::new(AwsClouds),
    }
}
