//! The drawing of a service with what stands of it.

use pilothouse_api::{live, sandbox};
use pilothouse_model::PlannedTarget;

use crate::Desk;
use crate::looks::silent;
use crate::wire::{LiveView, Place, Problem, moment};

impl Desk {
    /// The drawing with what stands of it. A sandbox that does not run is not started for this.
    ///
    /// # Errors
    /// When the project is wrong or the cloud does not answer.
    pub async fn live(&self, place: &Place) -> Result<LiveView, Problem> {
        let request = self.request_of(place)?;
        let asked_at = moment(self.host.clock.now());
        let is_sandbox = request.target == PlannedTarget::Sandbox;
        if is_sandbox && sandbox::status(&self.host)?.running.is_none() {
            return Ok(LiveView {
                live: None,
                asked_at,
            });
        }
        self.keep_sandbox(place).await;
        let found = live::live(&self.host, &request, &silent()).await?;
        Ok(LiveView {
            live: Some(found.live),
            asked_at,
        })
    }
}
