//! The composition root: the real effects, joined once for the window.

use std::path::PathBuf;
use std::sync::Arc;

use pilothouse_api::Host;
use pilothouse_aws::AwsClouds;
use pilothouse_local::{
    DiskJournal, DiskPrivateFolder, DiskWorkplace, ProcessEnvironment, SystemClock, SystemEntropy,
    SystemLoopback, SystemProcesses,
};

/// The real world. `command` is the program `pilothouse`, which serves the sandbox: it links no window, so the
/// sandbox outlives this one.
pub(crate) fn real(command: PathBuf) -> Host {
    let data = DiskPrivateFolder::of_the_app(&ProcessEnvironment);
    Host {
        clock: Arc::new(SystemClock),
        environment: Arc::new(ProcessEnvironment),
        workplace: Arc::new(DiskWorkplace),
        journal: Arc::new(DiskJournal::in_folder(data.clone())),
        installs: Arc::new(data.of_installs(&ProcessEnvironment)),
        data: Arc::new(data),
        processes: Arc::new(SystemProcesses::new(command)),
        loopback: Arc::new(SystemLoopback),
        entropy: Arc::new(SystemEntropy),
        clouds: Arc::new(AwsClouds),
    }
}
