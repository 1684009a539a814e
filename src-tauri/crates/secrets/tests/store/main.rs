//! Reading and writing on a Parameter Store in memory: nothing is lost, nothing is sent that is not in the journal, and
//! what AWS turns away is waited for and told.

#![expect(clippy::expect_used, reason = "a test may panic")]

mod deleting;
mod imports;
mod reading;
mod world;
mod writing;
