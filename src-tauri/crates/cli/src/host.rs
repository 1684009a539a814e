//! The composition root: the real effects, joined once.

use std::sync::Arc;

use pilothouse_api::Host;
use pilothouse_aws::AwsClouds;
use pilothouse_local::{
    DiskJournal, DiskPrivateFolder, DiskWorkplace, ProcessEnvironment, SystemClock, SystemEntropy,
    SystemLoopback, SystemProcesses,
};

/// A line that is typed in a terminal and not shown there; none when nobody can be asked.
pub(crate) fn hidden_answer(question: &str) -> std::io::Result<Option<String>> {
    pilothouse_local::hidden_answer(question)
}

/// The real world.
pub(crate) fn real() -> Host {
    let data = DiskPrivateFolder::of_the_app(&ProcessEnvironment);
    Host {
        clock: Arc::new(SystemClock),
        environment: Arc::new(ProcessEnvironment),
        workplace: Arc::new(DiskWorkplace),
        journal: Arc::new(DiskJournal::in_folder(data.clone())),
        installs: Arc::new(data.of_installs(&ProcessEnvironment)),
        data: Arc::new(data),
        processes: Arc::new(SystemProcesses::of_this_program()),
        loopback: Arc::new(SystemLoopback),
        entropy: Arc::new(SystemEntropy),
        clouds: Arc::new(AwsClouds),
    }
}
