//! How large a service is, and what would be left without some of it.

use pilothouse_api::sizes::{SizesRequest, sizes};

use crate::Desk;
use crate::looks::silent;
use crate::wire::{Place, Problem, SizesView};

impl Desk {
    /// Packages a service and tells how large it is; `without` are patterns of what to leave out.
    ///
    /// # Errors
    /// When it cannot be packaged, or a pattern is not understood.
    pub async fn sizes(&self, place: &Place, without: Vec<String>) -> Result<SizesView, Problem> {
        let request = SizesRequest {
            project: self.request_of(place)?.project,
            function: None,
            without,
        };
        Ok(sizes(&self.host, &request, &silent()).await?.to_view())
    }
}
