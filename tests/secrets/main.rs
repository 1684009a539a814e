//! The Parameter Store for real: the command on the local AWS, and on a second imitation of AWS for what the first one
//! takes that AWS does not.
//!
//! `PILOTHOUSE_SANDBOX_INSTALL` names a folder in which the sandbox's packages are kept between runs of the tests.

mod canary;
mod contract;
mod flows;
mod place;
